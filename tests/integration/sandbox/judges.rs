//! `serve` as boto3 and the AWS CLI see it.

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Operation, PageSizes, Sandbox};

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
