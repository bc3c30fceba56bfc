"""Calls each of the 92 operations that boto3 has for Greengrass V1.

Usage: boto3_operations.py ENDPOINT. 77 must be answered as the model says, 15 must be refused by name.
"""

import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from greengrass_model import NOT_SIMULATED, OPERATIONS

CLIENT = boto3.client("greengrass", endpoint_url=sys.argv[1], config=Config(retries={"max_attempts": 1, "mode": "standard"}))
NAMES = {CLIENT.meta.method_to_api_mapping[method]: method for method in CLIENT.meta.method_to_api_mapping}
KINDS = ["Core", "Device", "Function", "Connector", "Resource", "Subscription", "Logger"]
ROLE = "arn:aws:iam::111122223333:role/Greengrass_ServiceRole"
THING = {
    "Id": "one", "ThingArn": "arn:aws:iot:eu-central-1:111122223333:thing/one",
    "CertificateArn": "arn:aws:iot:eu-central-1:111122223333:cert/" + "a" * 64,
}

called = set()


def call(operation, **parameters):
    called.add(operation)
    answer = getattr(CLIENT, NAMES[operation])(**parameters)
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    assert status == OPERATIONS[operation]["http"].get("responseCode", 200), (operation, status)
    return answer


def definitions():
    """Calls the operations of all kinds but the deletes; returns ids and ARNs by kind."""
    made = {}
    for kind in KINDS:
        content = {f"{kind}s": [THING] if kind == "Core" else []}
        definition = call(f"Create{kind}Definition", Name="boto3", InitialVersion=content)
        by_id = {f"{kind}DefinitionId": definition["Id"]}
        version = call(f"Create{kind}DefinitionVersion", **by_id, **content)
        call(f"List{kind}Definitions")
        call(f"List{kind}DefinitionVersions", **by_id)
        call(f"Get{kind}Definition", **by_id)
        call(f"Get{kind}DefinitionVersion", **by_id, **{f"{kind}DefinitionVersionId": version["Version"]})
        call(f"Update{kind}Definition", Name="renamed", **by_id)
        made[kind] = by_id, version["Arn"]
    return made


def group(made):
    slots = {f"{kind}DefinitionVersionArn": arn for kind, (_, arn) in made.items()}
    created = call("CreateGroup", Name="boto3")
    by_id = {"GroupId": created["Id"]}
    version = call("CreateGroupVersion", **by_id, **slots)["Version"]
    call("ListGroups")
    call("GetGroup", **by_id)
    call("ListGroupVersions", **by_id)
    call("GetGroupVersion", GroupVersionId=version, **by_id)
    call("UpdateGroup", Name="renamed", **by_id)
    deployment = call("CreateDeployment", DeploymentType="NewDeployment", GroupVersionId=version, **by_id)
    call("ListDeployments", **by_id)
    call("GetDeploymentStatus", DeploymentId=deployment["DeploymentId"], **by_id)
    call("AssociateRoleToGroup", RoleArn=ROLE, **by_id)
    assert call("GetAssociatedRole", **by_id)["RoleArn"] == ROLE
    call("DisassociateRoleFromGroup", **by_id)
    call("TagResource", ResourceArn=created["Arn"], tags={"a": "b", "c": "d"})
    call("UntagResource", ResourceArn=created["Arn"], TagKeys=["a"])
    assert call("ListTagsForResource", ResourceArn=created["Arn"])["tags"] == {"c": "d"}
    call("ResetDeployments", Force=True, **by_id)
    call("DeleteGroup", **by_id)


def service_role():
    call("AssociateServiceRoleToAccount", RoleArn=ROLE)
    assert call("GetServiceRoleForAccount")["RoleArn"] == ROLE
    call("DisassociateServiceRoleFromAccount")


def refused():
    """Calls the operations that are not simulated with any value for what they require."""
    for operation in NOT_SIMULATED:
        shape = CLIENT.meta.service_model.operation_model(operation).input_shape
        parameters = {name: some(shape.members[name]) for name in shape.required_members}
        try:
            call(operation, **parameters)
        except ClientError as error:
            assert error.response["Error"]["Code"] == "NotSimulatedException", error.response
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 501, error.response
            assert operation in error.response["Error"]["Message"], error.response
        else:
            raise AssertionError(f"{operation} was answered")


def some(shape):
    if shape.type_name == "list":
        return [some(shape.member)]
    return shape.enum[0] if getattr(shape, "enum", None) else "any"


made = definitions()
group(made)
service_role()
refused()
for kind in KINDS:
    call(f"Delete{kind}Definition", **made[kind][0])
assert called == set(OPERATIONS), set(OPERATIONS) - called
print(f"{len(called)} operations: {len(called) - len(NOT_SIMULATED)} answered, {len(NOT_SIMULATED)} refused by name")
