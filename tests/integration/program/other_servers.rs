//! The journey of the real program on servers behind a port: `greengroup serve`, and moto.

use serde_json::Value;

use crate::program::journey::{acknowledge_and_create, confirm, pick, to_review};
use crate::support::moto::Moto;
use crate::support::pty::{Program, Start};
use crate::support::python;
use crate::support::serving::Serving;

/// The request that Review is about to send, as its plain-text view has it on a terminal wide enough for any ARN.
fn reviewed(program: &mut Program) -> Value {
    program.send("Y");
    let shown = program.wait_for("POST /greengrass/groups/");
    let (start, end) = (shown.find('{').unwrap(), shown.find('}').unwrap());
    let request = serde_json::from_str(&shown[start..=end]);
    let request = request.unwrap_or_else(|error| panic!("{error} in\n{shown}"));
    program.send("\x1b");
    program.wait_for("Cancel");
    request
}

/// The definition of the version that a receipt tells, as boto3 reads it.
fn read_back(endpoint: &str, receipt: &str) -> Value {
    let receipt: Value = serde_json::from_str(receipt).unwrap();
    let text = |member: &str| receipt[member].as_str().unwrap().to_owned();
    let script = python::judge("read_group_version.py");
    let printed =
        python::run(
            python::python()
                .arg(script)
                .args([endpoint, &text("Id"), &text("Version")]),
        );
    serde_json::from_str(&printed).unwrap()
}

#[test]
fn boto3_reads_reviewed_version_from_serve() {
    let serving = Serving::start(&[]);
    let start = Start::with("--group press-line-3 --output json --endpoint-url")
        .argument(&serving.endpoint);
    let mut program = start.credentials().size(240, 50).into_file().run();
    to_review(&mut program);
    let expected = reviewed(&mut program);
    acknowledge_and_create(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let definition = read_back(&serving.endpoint, &finished.output);
    assert_eq!(definition, expected);
    let function = definition["FunctionDefinitionVersionArn"].as_str().unwrap();
    assert!(function.contains("/versions/88d2f00a-"), "{function}");
    let members = definition.as_object().unwrap().len();
    assert_eq!(members, 5, "an empty slot is an absent member");
}

#[test]
fn boto3_reads_reviewed_version_from_moto() {
    let moto = Moto::start();
    let script = python::judge("seed_moto.py");
    let seeded = python::run(python::python().arg(script).arg(&moto.endpoint));
    let seeded: Value = serde_json::from_str(&seeded).unwrap();
    let arn = |kind: &str, version: usize| seeded["versions"][kind][version].as_str().unwrap();
    let short = |arn: &str| arn.rsplit('/').next().unwrap()[..8].to_owned();
    let start = Start::with("--group plant --output json --endpoint-url").argument(&moto.endpoint);
    let mut program = start.credentials().size(240, 50).into_file().run();
    program.wait_for("kept 3");
    let shown = program.wait_until("all is read, but for what moto does not have", |screen| {
        let shown = screen.contents();
        shown.matches("not supported by endpoint").count() == 2 && !shown.contains("lists 5/7")
    });
    for kind in ["4 connector", "7 logger"] {
        let line = shown.lines().find(|line| line.contains(kind)).unwrap();
        assert!(line.contains("not supported by endpoint"), "{shown}");
    }
    let (function, resource) = (short(arn("function", 1)), short(arn("resource", 1)));
    pick(&mut program, "3", &function, &function);
    program.wait_for("changed 1");
    pick(&mut program, "5", &resource, &resource);
    program.wait_for("added 1");
    program.send("a");
    program.wait_for("Up to date");
    // Until all contents are read, a box says that not all is checked yet.
    program.wait_for("Ready. Create");
    let expected = reviewed(&mut program);
    program.send("\t");
    program.wait_for("> Create");
    confirm(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let definition = read_back(&moto.endpoint, &finished.output);
    assert_eq!(definition, expected);
    let held = |member: &str| definition[member].as_str().unwrap();
    assert_eq!(held("FunctionDefinitionVersionArn"), arn("function", 1));
    assert_eq!(held("ResourceDefinitionVersionArn"), arn("resource", 1));
    let members = definition.as_object().unwrap().len();
    assert_eq!(members, 4, "an empty slot is an absent member");
}
