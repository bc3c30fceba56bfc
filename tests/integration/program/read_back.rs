//! Contents of all kinds are written, reviewed and created: boto3 reads the reviewed contents from `serve`
//! and moto.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use super::journey::confirm;
use crate::support::moto::Moto;
use crate::support::pty::{Finished, Program, Start};
use crate::support::python;
use crate::support::serving::Serving;

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

type Contents = BTreeMap<&'static str, Value>;

fn thing(name: &str, account: &str) -> Value {
    let iot = format!("arn:aws:iot:eu-central-1:{account}");
    let certificate = format!("{iot}:cert/{}", "a".repeat(64));
    json!({"Id": name, "ThingArn": format!("{iot}:thing/{name}"), "CertificateArn": certificate, "SyncShadow": false})
}

/// A new content for each kind; together they are a valid group.
fn contents(core: &str, account: &str) -> Contents {
    let lambda = format!("arn:aws:lambda:eu-central-1:{account}:function:cam:14");
    let metrics = "arn:aws:greengrass:eu-central-1::/connectors/CloudWatchMetrics/versions/4";
    let parameters =
        json!({"PublishInterval": "60", "MemorySize": "32768", "MaxMetricsToRetain": "2000"});
    let configuration = json!({"MemorySize": 262_144, "Pinned": true, "Timeout": 10});
    let video = json!({"LocalDeviceResourceData": {"SourcePath": "/dev/video9"}});
    Contents::from([
        ("core", json!({"Cores": [thing(core, account)]})),
        ("device", json!({"Devices": [thing("gauge", account)]})),
        (
            "function",
            json!({"Functions": [{"Id": "cam", "FunctionArn": lambda, "FunctionConfiguration": configuration}]}),
        ),
        (
            "connector",
            json!({"Connectors": [{"Id": "metrics", "ConnectorArn": metrics, "Parameters": parameters}]}),
        ),
        (
            "resource",
            json!({"Resources": [{"Id": "video", "Name": "video", "ResourceDataContainer": video}]}),
        ),
        (
            "subscription",
            json!({"Subscriptions": [{"Id": "up", "Source": lambda, "Subject": "plant/über", "Target": "cloud"}]}),
        ),
        (
            "logger",
            json!({"Loggers": [{"Id": "system", "Component": "GreengrassSystem", "Level": "WARN",
                "Type": "FileSystem", "Space": 2048}]}),
        ),
    ])
}

fn with_contents(mut start: Start, contents: &Contents) -> Start {
    for (kind, content) in contents {
        start = start
            .file(&format!("{kind}.json"), content.to_string())
            .argument("--set")
            .argument(format!("{kind}=@{kind}.json"));
    }
    start
}

/// Opens Review and ticks its boxes until Create works.
fn to_create(program: &mut Program, count: usize) {
    program.wait_for(&format!("new {count}"));
    program.send("a");
    program.wait_for("Up to date");
    program.wait_until("everything is read", |screen| {
        let shown = screen.contents();
        shown.contains("Ready. Create") || shown.contains("[ ]")
    });
    while !program.wait_for("Create").contains("Ready. Create") {
        program.send(" \x1b[B");
        program.wait_for("[x]");
    }
}

fn create(program: &mut Program) {
    program.send("\t");
    program.wait_for("> Create");
    confirm(program);
}

/// The bodies of the requests in a saved text, by operation.
fn bodies(finished: &Finished) -> Vec<(String, Value)> {
    let files = fs::read_dir(finished.home.path()).unwrap();
    let mut paths = files.map(|file| file.unwrap().path());
    let saved = paths.find(|path| path.to_string_lossy().contains("greengroup-request-"));
    let text = fs::read_to_string(saved.unwrap()).unwrap();
    let requests = text
        .split(" of ")
        .filter_map(|part| part.split_once("\nPOST "));
    let read = |(head, rest): (&str, &str)| {
        let operation = head.split_whitespace().last().unwrap().to_owned();
        let (_, json) = rest.split_once('\n').unwrap();
        let mut values = serde_json::Deserializer::from_str(json).into_iter();
        (operation, values.next().unwrap().unwrap())
    };
    requests.map(read).collect()
}

/// Saves the text of Review, creates everything, and compares the saved text with the result of boto3.
fn is_read_back(endpoint: &str, group: &str, group_name: &str, contents: &Contents) {
    let start = Start::with("--output json --group").argument(group_name);
    let start = start.argument("--endpoint-url").argument(endpoint);
    let start = with_contents(start.credentials().size(200, 60), contents);
    let mut program = start.into_file().run();
    to_create(&mut program, contents.len());
    program.send("Y");
    program.wait_for("POST /greengrass/");
    program.send("s");
    program.wait_for("Saved as greengroup-request-");
    program.send("\x1b");
    program.wait_for("Ready. Create");
    create(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!(finished.status, 0, "{}", finished.complaint);
    let script = python::judge("read_contents.py");
    let printed = python::run(python::python().arg(script).args([endpoint, group]));
    let read: Value = serde_json::from_str(&printed).unwrap();
    let bodies = bodies(&finished);
    assert_eq!(bodies.len(), contents.len() + 1);
    for (kind, content) in contents {
        assert_eq!(read[kind], *content, "{kind}");
        let operation = format!("Create{}{}Definition", kind[..1].to_uppercase(), &kind[1..]);
        let reviewed = bodies.iter().find(|(name, _)| name.starts_with(&operation));
        let (_, body) = reviewed.unwrap_or_else(|| panic!("no {operation}"));
        let body = body.get("InitialVersion").unwrap_or(body);
        assert_eq!(read[kind], *body, "{kind}");
    }
}

#[test]
fn boto3_reads_written_contents_of_all_kinds() {
    let serving = Serving::start(&[]);
    let contents = contents("press-line-3-core", "111122223333");
    is_read_back(&serving.endpoint, GROUP, "press-line-3", &contents);
}

/// moto has neither connectors nor loggers.
#[test]
fn boto3_reads_written_contents_from_moto() {
    let moto = Moto::start();
    let script = python::judge("seed_moto.py");
    let seeded = python::run(python::python().arg(script).arg(&moto.endpoint));
    let seeded: Value = serde_json::from_str(&seeded).unwrap();
    let mut contents = contents("plant-core", "123456789012");
    contents.retain(|kind, _| !["connector", "logger"].contains(kind));
    let group = seeded["group"].as_str().unwrap();
    is_read_back(&moto.endpoint, group, "plant", &contents);
}

/// A content of more than 100 kB is a file that the commands write and read. The AWS CLI sends the reviewed
/// content.
#[test]
fn aws_cli_sends_what_a_dry_run_prints() {
    let serving = Serving::start(&[]);
    let mut contents = contents("press-line-3-core", "111122223333");
    contents.retain(|kind, _| ["device", "function", "subscription"].contains(kind));
    let words = "it's \\ \"w\" ".repeat(300);
    let variables: BTreeMap<String, &str> = (0..40)
        .map(|number| (format!("V{number}"), words.as_str()))
        .collect();
    let function = contents.get_mut("function").unwrap();
    function["Functions"][0]["FunctionConfiguration"]["Environment"] =
        json!({"Variables": variables});
    assert!(function.to_string().len() > 100_000);
    let start = Start::with("--dry-run --output text --group press-line-3 --endpoint-url");
    let start = start.argument(&serving.endpoint).credentials();
    let mut program = with_contents(start.size(200, 60), &contents)
        .into_file()
        .run();
    to_create(&mut program, contents.len());
    program.send("Y");
    program.wait_for("POST /greengrass/");
    program.send("s");
    program.wait_for(".txt and functions-");
    program.send("\x1b");
    program.wait_for("Ready. Create");
    create(&mut program);
    program.wait_for("Nothing was sent");
    program.send("q");
    let finished = program.finish();
    assert_eq!(finished.status, 0, "{}", finished.complaint);
    let saved = fs::read_dir(finished.home.path()).unwrap();
    let mut saved = saved.map(|file| file.unwrap().path());
    let saved = saved.find(|path| path.to_string_lossy().contains("/functions-"));
    let saved: Value = serde_json::from_slice(&fs::read(saved.unwrap()).unwrap()).unwrap();
    assert_eq!(saved, contents["function"]["Functions"]);
    let folder = tempfile::tempdir().unwrap();
    let mut shell = python::shell();
    fs::write(folder.path().join("script"), &finished.output).unwrap();
    python::run(shell.current_dir(folder.path()).args(["-e", "script"]));
    let script = python::judge("read_contents.py");
    let printed = python::run(
        python::python()
            .arg(script)
            .args([&serving.endpoint, GROUP]),
    );
    let read: Value = serde_json::from_str(&printed).unwrap();
    for (kind, content) in &contents {
        assert_eq!(read[kind], *content, "{kind}");
    }
}
