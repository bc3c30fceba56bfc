//! The journey of the real program on servers behind a port: `greengroup serve` and moto.

use serde_json::Value;

use crate::program::journey::{acknowledge_and_create, confirm, pick, to_review};
use crate::support::moto::Moto;
use crate::support::pty::{Program, Start};
use crate::support::python;
use crate::support::serving::Serving;

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

/// The request on Review, from its plain-text view on a terminal wide enough for any ARN.
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

/// The deployments of a receipt's group as read by boto3, newest first.
fn deployments(endpoint: &str, group: &str) -> Vec<Value> {
    let script = python::judge("read_deployments.py");
    let printed = python::run(python::python().arg(script).args([endpoint, group]));
    serde_json::from_str(&printed).unwrap()
}

/// After a created version: asks about its deployment, ticks the boxes, and starts it.
fn deploy(program: &mut Program) {
    program.send("D");
    program.wait_until("the question", |screen| {
        let shown = screen.contents();
        shown.contains("Cancel") && shown.contains("group role") && !shown.contains("loading")
    });
    program.press_until(" ", "the deployment is ready", |screen| {
        screen.contents().contains("Ready. Deploy")
    });
    program.send("\t");
    program.wait_for("> Deploy <");
    confirm(program);
}

/// The text on the screen after `name`.
fn shown_fact(screen: &str, name: &str) -> String {
    let start = format!("{name:<14}");
    let mut facts = screen
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(&start));
    facts
        .next()
        .unwrap_or_else(|| panic!("no {name} in\n{screen}"))
        .trim()
        .to_owned()
}

/// The screen shows the newest deployment as read by boto3.
fn is_read_back(screen: &str, endpoint: &str, group: &str, status: &str) {
    let newest = deployments(endpoint, group).remove(0);
    let read = |member: &str| newest[member].as_str().unwrap().to_owned();
    assert_eq!(shown_fact(screen, "deployment"), read("DeploymentId"));
    assert_eq!(shown_fact(screen, "arn"), read("DeploymentArn"));
    let version = shown_fact(screen, "version");
    assert!(read("GroupArn").ends_with(&version), "{version}: {newest}");
    assert_eq!(
        (&*read("DeploymentType"), &*read("Status")),
        ("NewDeployment", status)
    );
    assert!(
        screen
            .lines()
            .any(|line| line.trim_start().starts_with(status)),
        "{screen}"
    );
}

/// The definition of a receipt's version, as read by boto3.
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
    deploy(&mut program);
    let deployed = program.wait_for("Failure");
    program.send("\x1b");
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!(finished.status, 4, "{}", finished.complaint);
    is_read_back(&deployed, &serving.endpoint, GROUP, "Failure");
    let message = deployments(&serving.endpoint, GROUP)[0]["ErrorMessage"].to_string();
    let message = message.trim_matches('"');
    assert!(
        finished.complaint.contains(message),
        "{}: {message}",
        finished.complaint
    );
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
    // Until all contents are loaded, a box says that some are unchecked.
    program.wait_for("Ready. Create");
    let expected = reviewed(&mut program);
    program.send("\t");
    program.wait_for("> Create");
    confirm(&mut program);
    program.wait_for("CREATED");
    deploy(&mut program);
    let deployed = program.wait_until("the status", |screen| {
        let shown = screen.contents();
        let mut lines = shown.lines();
        lines.any(|line| line.trim_start().starts_with("InProgress"))
    });
    is_read_back(
        &deployed,
        &moto.endpoint,
        seeded["group"].as_str().unwrap(),
        "InProgress",
    );
    program.send("\x1b");
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!(finished.status, 0, "started");
    assert!(
        finished.complaint.contains("is under way (InProgress)"),
        "{}",
        finished.complaint
    );
    let definition = read_back(&moto.endpoint, &finished.output);
    assert_eq!(definition, expected);
    let held = |member: &str| definition[member].as_str().unwrap();
    assert_eq!(held("FunctionDefinitionVersionArn"), arn("function", 1));
    assert_eq!(held("ResourceDefinitionVersionArn"), arn("resource", 1));
    let members = definition.as_object().unwrap().len();
    assert_eq!(members, 4, "an empty slot is an absent member");
}
