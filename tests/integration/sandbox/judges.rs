//! `serve` from the view of boto3 and the AWS CLI.

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Account, Operation, PageSizes, Sandbox};

use crate::support::python;
use crate::support::served::Served;

#[test]
fn boto3_and_aws_cli_understand_serve() {
    let sandbox = Sandbox::demo();
    sandbox.set_pages(PageSizes {
        list: 7,
        content: 3,
    });
    let served = Served::start(sandbox.clone());
    let script = python::judge("boto3_serve.py");
    let printed = python::run(python::python().arg(script).arg(&served.endpoint));
    assert_eq!(printed, "boto3 and the AWS CLI agree with the sandbox\n");
    drop(served);
    sandbox.traffic(|traffic| {
        for operation in every_operation() {
            assert!(traffic.count(operation) > 0, "{operation} was asked");
        }
        assert_eq!(traffic.client_tokens().first().unwrap(), "judge-token");
        assert_eq!(traffic.in_flight(), 0);
    });
}

fn every_operation() -> Vec<Operation> {
    let mut operations = vec![
        Operation::ListGroups,
        Operation::GetGroup,
        Operation::CreateGroup,
        Operation::UpdateGroup,
        Operation::DeleteGroup,
        Operation::ListGroupVersions,
        Operation::GetGroupVersion,
        Operation::CreateGroupVersion,
        Operation::ListDeployments,
        Operation::GetDeploymentStatus,
        Operation::CreateDeployment,
        Operation::GetCallerIdentity,
    ];
    for kind in DefinitionKind::ALL {
        operations.extend([
            Operation::ListDefinitions(kind),
            Operation::GetDefinition(kind),
            Operation::CreateDefinition(kind),
            Operation::UpdateDefinition(kind),
            Operation::DeleteDefinition(kind),
            Operation::ListDefinitionVersions(kind),
            Operation::GetDefinitionVersion(kind),
            Operation::CreateDefinitionVersion(kind),
        ]);
    }
    operations
}

#[test]
fn recorded_examples_of_the_aws_cli_replay() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recorded.json");
    let script = python::judge("recorded.py");
    let account = ["account".as_ref(), file.as_os_str()];
    python::run(python::python().arg(&script).args(account));
    let served = Served::start(Sandbox::open(&file).unwrap());
    let replay = ["replay", &served.endpoint];
    let printed = python::run(python::python().arg(&script).args(replay));
    assert_eq!(printed, "92 recorded examples agree\n");
}

#[test]
fn boto3_calls_all_operations() {
    let served = Served::start(Sandbox::demo());
    let script = python::judge("boto3_operations.py");
    let printed = python::run(python::python().arg(script).arg(&served.endpoint));
    assert_eq!(printed, "92 operations: 77 answered, 15 refused by name\n");
}

/// `greengroup serve --empty FILE` and `conformance.py ENDPOINT 5000` run more of them.
#[test]
fn generated_cases_agree_with_the_model() {
    let account = Account::new("123456789012", "eu-central-1");
    let served = Served::start(Sandbox::with(account));
    let script = python::judge("conformance.py");
    let printed = python::run(python::python().arg(script).args([&served.endpoint, "500"]));
    assert_eq!(printed, "500 cases of 92 operations agree\n");
}
