//! The journey of the real program on servers behind a port: `greengroup serve`, and moto, which nobody here wrote.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use greengroup::domain::DefinitionKind;
use serde_json::Value;

use crate::moto::Moto;
use crate::program::journey::{acknowledge_and_create, confirm, pick, to_review};
use crate::pty::{Start, surroundings};
use crate::python;

/// `greengroup serve` as a process of its own.
struct Serving {
    child: Child,
    endpoint: String,
}

impl Serving {
    fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_greengroup"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env_clear()
            .envs(surroundings(home.path().into()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut printed = BufReader::new(child.stdout.take().unwrap());
        printed.read_line(&mut line).unwrap();
        let endpoint = line.split(' ').find(|word| word.starts_with("http://"));
        let endpoint = endpoint.unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { child, endpoint }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What Review says of each slot: the short id of the version that the slot will hold; none where it is empty.
fn reviewed(review: &str) -> BTreeMap<&'static str, Option<String>> {
    // Another definition's version stands on a line of its own, below what it replaces.
    let rows_of = |kind: DefinitionKind| {
        let mark = format!("{} {} ", kind.index() + 1, kind.name());
        let mut lines = review.lines().skip_while(|line| !line.contains(&mark));
        let row = lines
            .next()
            .unwrap_or_else(|| panic!("no {mark} in\n{review}"));
        let below = lines
            .next()
            .filter(|line| line.trim_start().starts_with('→'));
        format!("{row} {}", below.unwrap_or_default())
    };
    let is_short_id =
        |word: &&str| word.len() == 8 && word.chars().all(|digit| digit.is_ascii_hexdigit());
    let last_id = |kind| {
        rows_of(kind)
            .split(' ')
            .rfind(is_short_id)
            .map(str::to_owned)
    };
    DefinitionKind::ALL
        .into_iter()
        .map(|kind| (kind.name(), last_id(kind)))
        .collect()
}

/// The version that a receipt tells, as boto3 reads it: the short id of each slot's version.
fn read_back(endpoint: &str, receipt: &str) -> (BTreeMap<&'static str, Option<String>>, usize) {
    let receipt: Value = serde_json::from_str(receipt).unwrap();
    let text = |member: &str| receipt[member].as_str().unwrap().to_owned();
    let script = python::judge("read_group_version.py");
    let printed =
        python::run(
            python::python()
                .arg(script)
                .args([endpoint, &text("Id"), &text("Version")]),
        );
    let definition: Value = serde_json::from_str(&printed).unwrap();
    let short = |kind: DefinitionKind| {
        let name = kind.name();
        let member = format!(
            "{}{}DefinitionVersionArn",
            name[..1].to_uppercase(),
            &name[1..]
        );
        let arn = definition.get(member)?.as_str().unwrap();
        Some(arn.rsplit('/').next().unwrap()[..8].to_owned())
    };
    let slots = DefinitionKind::ALL
        .into_iter()
        .map(|kind| (kind.name(), short(kind)));
    (slots.collect(), definition.as_object().unwrap().len())
}

#[test]
fn what_review_showed_is_what_boto3_reads_from_greengroup_serve() {
    let serving = Serving::start();
    let start = Start::with("--group press-line-3 --output json --endpoint-url")
        .argument(&serving.endpoint);
    let mut program = start.credentials().size(120, 40).into_file().run();
    let review = to_review(&mut program);
    let expected = reviewed(&review);
    acknowledge_and_create(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let (slots, members) = read_back(&serving.endpoint, &finished.output);
    assert_eq!(slots, expected);
    assert_eq!(slots["function"].as_deref(), Some("88d2f00a"));
    assert_eq!(members, 5, "an empty slot is an absent member");
}

#[test]
fn what_review_showed_is_what_boto3_reads_from_moto() {
    let moto = Moto::start();
    let script = python::judge("seed_moto.py");
    let seeded = python::run(python::python().arg(script).arg(&moto.endpoint));
    let seeded: Value = serde_json::from_str(&seeded).unwrap();
    let short = |kind: &str, version: usize| {
        let arn = seeded["versions"][kind][version].as_str().unwrap();
        arn.rsplit('/').next().unwrap()[..8].to_owned()
    };
    let start = Start::with("--group plant --output json --endpoint-url").argument(&moto.endpoint);
    let mut program = start.credentials().size(120, 40).into_file().run();
    program.wait_for("kept 3");
    let shown = program.wait_until("all is read, but for what moto does not have", |screen| {
        let shown = screen.contents();
        shown.matches("r to retry").count() == 2 && !shown.contains("lists 5/7")
    });
    for kind in ["4 connector", "7 logger"] {
        let line = shown.lines().find(|line| line.contains(kind)).unwrap();
        assert!(line.contains("not served, r to retry"), "{shown}");
    }
    let (function, resource) = (short("function", 1), short("resource", 1));
    pick(&mut program, "3", &function, &function);
    program.wait_for("changed 1");
    pick(&mut program, "5", &resource, &resource);
    program.wait_for("added 1");
    program.send("a");
    let review = program.wait_for("has not moved");
    let expected = reviewed(&review);
    program.send("\t");
    program.wait_for("> Create");
    confirm(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let (slots, members) = read_back(&moto.endpoint, &finished.output);
    assert_eq!(slots, expected);
    assert_eq!(slots["function"], Some(function));
    assert_eq!(slots["resource"], Some(resource));
    assert_eq!(members, 4, "an empty slot is an absent member");
}
