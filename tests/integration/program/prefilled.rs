//! `--from` and `--set` on the real program: the prepared slots are created.

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::Sandbox;
use serde_json::Value;

use super::journey::confirm;
use crate::journeys::launch::version_arn;
use crate::support::pty::{Program, Start};

const ACCOUNT: &str = include_str!("../../../assets/demo-account.json");

fn tick_everything(program: &mut Program) {
    program.wait_for("the new version supersedes it");
    program.wait_for("to acknowledge (");
    let boxes = program.screen().matches("[ ]").count();
    for _ in 0..boxes {
        program.send(" \x1b[B");
    }
    program.wait_for("Ready. Create");
}

#[test]
fn options_for_base_and_slots_are_created() {
    let function = version_arn(DefinitionKind::Function, "88d2f00a");
    let line = "--sandbox=account.json --group press-line-3 --from edbb5cef --set resource=none --output json --set";
    let start = Start::with(line).argument(format!("function={function}"));
    let start = start.file("account.json", ACCOUNT).size(140, 40);
    let mut program = start.into_file().run();
    program.wait_for("base edbb5cef");
    program.wait_for("dropped 1");
    program.wait_for("changed 1");
    program.wait_for("the latest is 9f8e21c0");
    program.send("a");
    program.wait_for("DROPPED: the new version has no resource definition");
    tick_everything(&mut program);
    program.send("\t");
    program.wait_for("> Create");
    confirm(&mut program);
    program.wait_for("CREATED");
    program.send("q");
    let finished = program.finish();
    assert_eq!((finished.status, finished.complaint.as_str()), (0, ""));
    let receipt: Value = serde_json::from_str(&finished.output).unwrap();
    let text = |member: &str| receipt[member].as_str().unwrap();
    let sandbox = Sandbox::open(&finished.home.path().join("account.json")).unwrap();
    sandbox.account(|account| {
        let group = account.group(text("Id")).unwrap();
        let base = group
            .versions()
            .find(|version| version.id.starts_with("edbb5cef"));
        let mut due = base.unwrap().holds.clone();
        due[DefinitionKind::Function] = Some(function.as_str().into());
        due[DefinitionKind::Resource] = None;
        assert_eq!(group.version(text("Version")).unwrap().holds, due);
    });
}
