//! `--set KIND=@FILE` on the real program: contents from files are printed, created, and reported.

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::account::Versioned;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;
use serde_json::Value;

use super::journey::{confirm, press_quit};
use crate::support::pty::{Finished, Program, Start};
use crate::support::served::Served;

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

/// The content of the group's slot, with `cam:14` instead of `cam:12`.
fn edited(kind: DefinitionKind) -> String {
    let content = Sandbox::demo().account(|account| {
        let latest = account.group(GROUP).unwrap().latest().unwrap();
        let arn = latest.holds[kind].clone().unwrap();
        let definitions = account.definitions(kind).iter();
        let mut versions = definitions.flat_map(Versioned::versions);
        let version = versions.find(|version| version.arn == arn).unwrap();
        serde_json::to_string_pretty(&*version.holds).unwrap()
    });
    let edited = content.replace(":cam:12\"", ":cam:14\"");
    assert_ne!(edited, content);
    edited
}

fn with_files(start: Start) -> Start {
    let functions = format!("// rotated\n{}", edited(DefinitionKind::Function));
    let answer = format!(
        "{{\"Arn\": \"any\", \"Definition\": {}}}",
        edited(DefinitionKind::Subscription)
    );
    start
        .file("functions.json", functions)
        .file("subscriptions.json", answer)
        .argument("--set")
        .argument("function=@functions.json")
        .argument("--set")
        .argument("subscription=@subscriptions.json")
}

/// Both slots have a new version and no box is needed: opens Review and presses Create.
fn create(program: &mut Program) {
    program.wait_for("new 2");
    program.send("a");
    program.wait_for("Ready. Create");
    program.send("\t");
    program.wait_for("> Create");
    confirm(program);
}

fn rehearsed(output: &str) -> Finished {
    let start = Start::with("--sandbox --group press-line-3 --dry-run --output");
    let start = with_files(start.argument(output)).size(100, 40);
    let mut program = start.into_file().run();
    create(&mut program);
    program.wait_for("Nothing was sent");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    finished
}

#[test]
fn dry_run_prints_one_object_per_request() {
    let finished = rehearsed("json");
    let requests: Vec<Value> = finished
        .output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let operations: Vec<&str> = requests
        .iter()
        .map(|request| request["operation"].as_str().unwrap())
        .collect();
    assert_eq!(
        operations,
        [
            "CreateFunctionDefinitionVersion",
            "CreateSubscriptionDefinitionVersion",
            "CreateGroupVersion"
        ]
    );
    let due: Value = serde_json::from_str(&edited(DefinitionKind::Function)).unwrap();
    assert_eq!(requests[0]["body"], due);
    let due: Value = serde_json::from_str(&edited(DefinitionKind::Subscription)).unwrap();
    assert_eq!(requests[1]["body"], due);
    assert_eq!(
        requests[2]["path"],
        format!("/greengrass/groups/{GROUP}/versions")
    );
    assert_eq!(
        requests[2]["body"]["FunctionDefinitionVersionArn"],
        "$FUNCTION_VERSION"
    );
}

#[test]
fn dry_run_commands_use_earlier_answers() {
    let finished = rehearsed("text");
    let commands: Vec<&str> = finished.output.lines().collect();
    assert_eq!(commands.len(), 3, "{}", finished.output);
    assert!(
        commands[0].starts_with(
            "FUNCTION_VERSION=$(aws greengrass create-function-definition-version --function-definition-id "
        ),
        "{}",
        commands[0]
    );
    assert!(
        commands[1].starts_with("SUBSCRIPTION_VERSION=$(aws greengrass create-subscription-"),
        "{}",
        commands[1]
    );
    assert!(
        commands[2].starts_with("aws greengrass create-group-version "),
        "{}",
        commands[2]
    );
    for variable in ["\"$FUNCTION_VERSION\"", "\"$SUBSCRIPTION_VERSION\""] {
        assert!(commands[2].contains(variable), "{}", commands[2]);
    }
}

/// A definition version without a group version is a failure, and is named on standard error.
#[test]
fn definition_versions_alone_are_a_failure() {
    let sandbox = Sandbox::demo();
    let second = Operation::CreateDefinitionVersion(DefinitionKind::Subscription);
    sandbox.fail(second, 1, Fault::Deny);
    let served = Served::start(sandbox.clone());
    let start = Start::with("--group press-line-3 --output arn --endpoint-url");
    let start = start.argument(&served.endpoint).credentials();
    let mut program = with_files(start).size(100, 40).into_file().run();
    create(&mut program);
    program.wait_for("FAILED");
    program.send("q");
    press_quit(&mut program);
    let finished = program.finish();
    assert_eq!(
        (finished.status, finished.output.as_str()),
        (1, ""),
        "{}",
        finished.complaint
    );
    let kind = DefinitionKind::Function;
    let arn = sandbox.account(|account| {
        let definitions = account.definitions(kind).iter();
        let mut versions = definitions.flat_map(Versioned::versions);
        let created = versions.find(|version| version.holds.to_string().contains(":cam:14\""));
        created.unwrap().arn.to_string()
    });
    let says = format!("greengroup: created the function definition version {arn}\n");
    assert!(finished.complaint.contains(&says), "{}", finished.complaint);
}

#[rstest]
#[case::absent(
    "function=@absent.json",
    "not read: No such file or directory (os error 2)"
)]
#[case::folder("function=@.", "not read: Is a directory (os error 21)")]
#[case::no_json("function=@wrong.json", "line 3: expected `,` or `}`")]
#[case::other_kind(
    "core=@functions.json",
    "line 2: Functions: unknown field `Functions`, expected `Cores`"
)]
#[case::empty("function=@empty.json", "there is no function content in it")]
#[case::unknown_member(
    "function=@member.json",
    "line 3: Functions[0].Arn is not a member of the API"
)]
fn a_wrong_file_is_refused_with_its_line(#[case] set: &str, #[case] what: &str) {
    let start = Start::with("--sandbox --group press-line-3 --set")
        .argument(set)
        .file("wrong.json", "// a comment\n{\"Functions\": [\n  ]]\n}\n")
        .file("functions.json", "{\n  \"Functions\": []\n}\n")
        .file("empty.json", "// nothing\n")
        .file(
            "member.json",
            "{\n  \"Functions\": [\n    {\"Arn\": \"x\"}\n  ]\n}\n",
        );
    let finished = start.into_file().run().finish();
    finished.assert_given_back();
    assert_eq!(
        finished.complaint,
        format!("greengroup: --set {set}: {what}\n")
    );
    assert_eq!((finished.status, finished.output.as_str()), (2, ""));
}

#[test]
fn a_configuration_without_edits_refuses_a_file() {
    let line = "--sandbox --group press-line-3 --config config.toml --set function=@absent.json";
    let start = Start::with(line).file("config.toml", "[allow]\nedit = false\n");
    let finished = start.into_file().run().finish();
    finished.assert_given_back();
    let says = "greengroup: --set KIND=@FILE: the configuration has edit = false in [allow]\n";
    assert_eq!((finished.status, finished.complaint.as_str()), (2, says));
}
