"""Drives every operation of the sandbox's HTTP endpoint with boto3 and the AWS CLI, and believes only what they read.

Usage: boto3_serve.py ENDPOINT. The endpoint pages contents by three items; any failure ends with a traceback.
"""

import json
import re
import subprocess
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1]
CONFIG = Config(retries={"max_attempts": 1, "mode": "standard"})
ACCOUNT, REGION = "111122223333", "eu-central-1"
KINDS = ["core", "device", "function", "connector", "resource", "subscription", "logger"]
ARN_START = f"arn:aws:greengrass:{REGION}:{ACCOUNT}:/greengrass"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"

greengrass = boto3.client("greengrass", endpoint_url=ENDPOINT, config=CONFIG)
sts = boto3.client("sts", endpoint_url=ENDPOINT, config=CONFIG)


def lambda_arn(name, qualifier):
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}:{qualifier}"


def items(kind, count):
    """`count` valid items of a kind."""
    thing = lambda name: {
        "Id": name,
        "ThingArn": f"arn:aws:iot:{REGION}:{ACCOUNT}:thing/{name}",
        "CertificateArn": f"arn:aws:iot:{REGION}:{ACCOUNT}:cert/{'0' * 64}",
        "SyncShadow": True,
    }
    make = {
        "core": lambda n: thing(f"core-{n}"),
        "device": lambda n: thing(f"device-{n}"),
        "function": lambda n: {
            "Id": f"fn-{n}",
            "FunctionArn": lambda_arn("cam", n + 1),
            "FunctionConfiguration": {
                "EncodingType": "binary",
                "MemorySize": 16384,
                "Pinned": True,
                "Timeout": 3,
                "Environment": {
                    "ResourceAccessPolicies": [{"ResourceId": "r-0", "Permission": "ro"}],
                    "Variables": {"NAME": "Käse ☕ \u202e"},
                },
            },
        },
        "connector": lambda n: {
            "Id": f"con-{n}",
            "ConnectorArn": f"arn:aws:greengrass:{REGION}::/connectors/SNS/versions/{n + 1}",
            "Parameters": {"DefaultSNSArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:t"},
        },
        "resource": lambda n: {
            "Id": f"r-{n}",
            "Name": f"resource-{n}",
            "ResourceDataContainer": {
                "LocalVolumeResourceData": {
                    "SourcePath": f"/srv/{n}",
                    "DestinationPath": f"/srv/{n}",
                    "GroupOwnerSetting": {"AutoAddGroupOwner": True},
                }
            },
        },
        "subscription": lambda n: {
            "Id": f"sub-{n}",
            "Source": lambda_arn("cam", n + 1),
            "Subject": "a/b/#",
            "Target": "cloud",
        },
        "logger": lambda n: {
            "Id": f"log-{n}",
            "Type": "FileSystem",
            "Level": "INFO",
            "Component": "Lambda",
            "Space": 128,
        },
    }[kind]
    return [make(number) for number in range(count)]


def content(kind, count):
    made = {kind.capitalize() + "s": items(kind, count)}
    if kind == "function":
        made["DefaultConfig"] = {"Execution": {"IsolationMode": "GreengrassContainer"}}
    return made


def call(operation, **parameters):
    answer = getattr(greengrass, operation)(**parameters)
    meta = answer.pop("ResponseMetadata")
    assert meta["HTTPStatusCode"] == 200, meta
    assert re.fullmatch(UUID, meta["RequestId"]), meta
    return answer


def refused(status, code, operation, **parameters):
    """The error body, after its status and code were found to be these."""
    try:
        getattr(greengrass, operation)(**parameters)
    except ClientError as error:
        found = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
        assert found == (status, code), error.response
        assert error.response["Error"]["Message"], error.response
        return error.response
    raise AssertionError(f"{operation} {parameters} was not refused")


def paged(operation, member, **parameters):
    """All entries, by boto3's own paginator, three a page."""
    pages = greengrass.get_paginator(operation).paginate(
        PaginationConfig={"PageSize": 3}, **parameters
    )
    entries, lengths = [], []
    for page in pages:
        entries += page[member]
        lengths.append(len(page[member]))
    assert all(length == 3 for length in lengths[:-1]), lengths
    by_hand, token = [], {}
    while True:
        page = call(operation, MaxResults="4", **parameters, **token)
        by_hand += page[member]
        if not page.get("NextToken"):
            break
        token = {"NextToken": page["NextToken"]}
    assert by_hand == entries
    return entries


def whole_content(kind, definition, version):
    """The Definition, its pages joined, and how many pages there were."""
    operation = f"get_{kind}_definition_version"
    title = kind.capitalize()
    ids = {f"{title}DefinitionId": definition, f"{title}DefinitionVersionId": version}
    answer = call(operation, **ids)
    joined, pages = answer["Definition"], 1
    while answer.get("NextToken"):
        answer = call(operation, NextToken=answer["NextToken"], **ids)
        joined[title + "s"] += answer["Definition"][title + "s"]
        pages += 1
    return joined, pages


def drive_definitions(kind):
    """Returns the ARN of a version that may stand in a slot."""
    title, plural = kind.capitalize(), kind + "s"
    base = f"{ARN_START}/definition/{plural}"
    before = paged(f"list_{kind}_definitions", "Definitions")

    bare = call(f"create_{kind}_definition")
    assert "Name" not in bare and "LatestVersion" not in bare, bare
    assert bare["Arn"] == f"{base}/{bare['Id']}", bare
    by_id = {f"{title}DefinitionId": bare["Id"]}
    assert call(f"list_{kind}_definition_versions", **by_id)["Versions"] == []

    made = call(
        f"create_{kind}_definition",
        Name=f"judge {kind} ラベル",
        InitialVersion=content(kind, 1),
        tags={"judge": "boto3"},
    )
    assert re.fullmatch(UUID, made["Id"]) and re.fullmatch(TIME, made["CreationTimestamp"]), made
    assert made["LatestVersionArn"] == f"{base}/{made['Id']}/versions/{made['LatestVersion']}", made
    by_id = {f"{title}DefinitionId": made["Id"]}
    listed = paged(f"list_{kind}_definitions", "Definitions")
    ids = [entry["Id"] for entry in listed]
    assert ids == sorted([entry["Id"] for entry in before] + [bare["Id"], made["Id"]]), ids

    versions = [made["LatestVersion"]]
    for count in [2, 3, 4, 7, 0]:
        created = call(f"create_{kind}_definition_version", **by_id, **content(kind, count))
        assert created["Id"] == made["Id"], created
        assert created["Arn"] == f"{base}/{made['Id']}/versions/{created['Version']}", created
        versions.append(created["Version"])
        got, pages = whole_content(kind, made["Id"], created["Version"])
        assert got == content(kind, count), (got, content(kind, count))
        is_paged = kind in ("connector", "device", "function", "subscription")
        assert pages == (max(1, -(-count // 3)) if is_paged else 1), (kind, count, pages)
    listed = paged(f"list_{kind}_definition_versions", "Versions", **by_id)
    assert [entry["Version"] for entry in listed] == versions[::-1], "newest first"
    assert all(set(entry) == {"Arn", "CreationTimestamp", "Id", "Version"} for entry in listed)
    assert call(f"get_{kind}_definition", **by_id)["LatestVersion"] == versions[-1]

    call(f"update_{kind}_definition", Name="renamed", **by_id)
    got = call(f"get_{kind}_definition", **by_id)
    assert (got["Name"], got["tags"]) == ("renamed", {"judge": "boto3"}), got
    assert got["LastUpdatedTimestamp"] >= got["CreationTimestamp"], got

    for verb in ["get", "update", "delete"]:
        more = {"Name": "x"} if verb == "update" else {}
        missing = {f"{title}DefinitionId": "no-such", **more}
        refused(404, "IdNotFoundException", f"{verb}_{kind}_definition", **missing)
    no_version = {**by_id, f"{title}DefinitionVersionId": "no-such"}
    # moto copied from the service that functions have another code.
    code = "IdNotFoundException" if kind == "function" else "VersionNotFoundException"
    refused(404, code, f"get_{kind}_definition_version", **no_version)
    twice = {title + "s": items(kind, 1) * 2}
    error = refused(400, "BadRequestException", f"create_{kind}_definition_version", **by_id, **twice)
    assert "is there twice" in error["ErrorDetails"][0]["DetailedErrorMessage"], error
    token = {"NextToken": "bm8="}
    refused(400, "BadRequestException", f"list_{kind}_definitions", **token)
    for most in ["0", "-1", "abc", "1.5"]:
        refused(400, "BadRequestException", f"list_{kind}_definitions", MaxResults=most)

    call(f"delete_{kind}_definition", **{f"{title}DefinitionId": bare["Id"]})
    left = [entry["Id"] for entry in paged(f"list_{kind}_definitions", "Definitions")]
    assert bare["Id"] not in left and made["Id"] in left
    return got["LatestVersionArn"]


def member(kind):
    return f"{kind.capitalize()}DefinitionVersionArn"


def drive_groups(arns):
    slots = {member(kind): arns[kind] for kind in KINDS}
    before = paged("list_groups", "Groups")
    group = call("create_group", Name="judge")
    assert "LatestVersion" not in group and group["Arn"] == f"{ARN_START}/groups/{group['Id']}"
    same_name = call("create_group", Name="judge", InitialVersion=slots, tags={"a": "b"})
    assert call("get_group", GroupId=same_name["Id"])["tags"] == {"a": "b"}
    listed = [entry["Id"] for entry in paged("list_groups", "Groups")]
    assert listed == sorted([entry["Id"] for entry in before] + [group["Id"], same_name["Id"]])
    by_id = {"GroupId": group["Id"]}

    versions = []
    for left_out in [None, *KINDS]:
        asked = {name: arn for name, arn in slots.items() if left_out is None or name != member(left_out)}
        created = call("create_group_version", **by_id, **asked)
        assert set(created) == {"Arn", "CreationTimestamp", "Id", "Version"}, created
        assert created["Arn"] == f"{ARN_START}/groups/{group['Id']}/versions/{created['Version']}"
        versions.append(created["Version"])
        got = call("get_group_version", GroupVersionId=created["Version"], **by_id)
        assert got["Definition"] == asked, (got, asked)
        assert call("get_group", **by_id)["LatestVersion"] == created["Version"]
    empty = call("create_group_version", AmznClientToken="judge-token", **by_id)
    versions.append(empty["Version"])
    assert call("get_group_version", GroupVersionId=empty["Version"], **by_id)["Definition"] == {}
    listed = paged("list_group_versions", "Versions", **by_id)
    assert [entry["Version"] for entry in listed] == versions[::-1]

    call("update_group", Name="renamed", **by_id)
    assert call("get_group", **by_id)["Name"] == "renamed"
    refuse_bad_versions(by_id, arns, len(versions))
    drive_deployments(by_id, versions)
    call("delete_group", GroupId=same_name["Id"])
    refused(404, "IdNotFoundException", "get_group", GroupId=same_name["Id"])
    return group["Id"]


def refuse_bad_versions(by_id, arns, count):
    refused(404, "IdNotFoundException", "create_group_version", GroupId="no-such")
    refused(404, "IdNotFoundException", "create_group_version", GroupId="a/../b?c=%2f#d")
    refused(404, "VersionNotFoundException", "get_group_version", GroupVersionId="no", **by_id)
    refused(400, "InvalidContainerDefinitionException", "create_group", Name="")
    bad = {
        member("core"): "",
        member("device"): "arn:aws:iot:eu-central-1:111122223333:thing/x",
        member("function"): arns["core"],
        member("connector"): arns["connector"][:-1] + "x",
        member("resource"): arns["resource"].rsplit("/versions/", 1)[0],
        member("subscription"): arns["subscription"].replace(ACCOUNT, "999999999999"),
        member("logger"): "logger",
    }
    error = refused(400, "BadRequestException", "create_group_version", **by_id, **bad)
    assert error["Message"] == error["Error"]["Message"] == (
        "The group is invalid or corrupted. (ErrorDetails: ["
        "Cores definition reference does not exist, Lambda definition reference does not exist, "
        "Resource definition reference does not exist, Devices definition reference does not exist, "
        "Subscription definition reference does not exist, Connectors definition reference does not exist, "
        "Loggers definition reference does not exist])"
    ), error
    codes = [detail["DetailedErrorCode"] for detail in error["ErrorDetails"]]
    assert codes == [
        "MALFORMED_ARN",
        "WRONG_DEFINITION_KIND",
        "MALFORMED_ARN",
        "MALFORMED_ARN",
        "DEFINITION_VERSION_NOT_FOUND",
        "DEFINITION_VERSION_NOT_FOUND",
        "MALFORMED_ARN",
    ], codes
    assert len(paged("list_group_versions", "Versions", **by_id)) == count


def drive_deployments(by_id, versions):
    assert call("list_deployments", **by_id)["Deployments"] == []
    made = []
    for version in versions[:5]:
        parameters = {"DeploymentType": "NewDeployment", "GroupVersionId": version, **by_id}
        if version == versions[1]:
            error = refused(400, "MissingCoreException", "create_deployment", **parameters)
            assert "GG-303" in error["Error"]["Message"], error
            continue
        made.append(call("create_deployment", **parameters)["DeploymentId"])
        refused(400, "ConcurrentDeployment", "create_deployment", **parameters)
        made.append(call("reset_deployments", Force=True, **by_id)["DeploymentId"])
    again = {"DeploymentType": "Redeployment", "DeploymentId": made[0], **by_id}
    made.append(call("create_deployment", **again)["DeploymentId"])
    listed = paged("list_deployments", "Deployments", **by_id)
    assert [entry["DeploymentId"] for entry in listed] == made[::-1], listed
    assert listed[0]["GroupArn"] == f"{ARN_START}/groups/{by_id['GroupId']}/versions/{versions[0]}"
    status = call("get_deployment_status", DeploymentId=made[0], **by_id)
    assert status["DeploymentStatus"] in ("Building", "InProgress", "Failure", "Success"), status
    assert status["DeploymentType"] == "NewDeployment"
    refused(400, "InvalidInputException", "get_deployment_status", DeploymentId="no", **by_id)


def aws(*arguments):
    command = [sys.executable, "-m", "awscli", "--endpoint-url", ENDPOINT, "--output", "json", *arguments]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, (arguments, finished.stdout, finished.stderr)
    return json.loads(finished.stdout)


def drive_the_aws_cli(group, arns):
    names = aws("greengrass", "list-groups", "--page-size", "1000", "--query", "Groups[].Name")
    assert names == [entry.get("Name") for entry in paged("list_groups", "Groups")], names
    assert {"press-line-3", "プレスライン大阪", "خط التعبئة"} <= set(names), names
    flags = [part for kind in KINDS for part in (f"--{kind}-definition-version-arn", arns[kind])]
    created = aws("greengrass", "create-group-version", "--group-id", group, *flags)
    assert set(created) == {"Arn", "CreationTimestamp", "Id", "Version"}, created
    got = aws(
        "greengrass", "get-group-version", "--group-id", group, "--group-version-id", created["Version"]
    )
    assert got["Definition"] == {member(kind): arns[kind] for kind in KINDS}, got
    assert aws("sts", "get-caller-identity")["Account"] == ACCOUNT
    made = aws(
        "greengrass", "create-core-definition", "--name", "by the CLI",
        "--initial-version", json.dumps(content("core", 1)),
    )
    versions = aws(
        "greengrass", "list-core-definition-versions", "--core-definition-id", made["Id"]
    )
    assert [entry["Version"] for entry in versions["Versions"]] == [made["LatestVersion"]]


def main():
    identity = sts.get_caller_identity()
    assert identity["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/sandbox/greengroup", identity
    arns = {kind: drive_definitions(kind) for kind in KINDS}
    group = drive_groups(arns)
    drive_the_aws_cli(group, arns)
    for kind in KINDS:
        definition = arns[kind].split("/")[-3]
        call(f"delete_{kind}_definition", **{f"{kind.capitalize()}DefinitionId": definition})
        latest = call("get_group", GroupId=group)["LatestVersion"]
        slots = call("get_group_version", GroupId=group, GroupVersionId=latest)["Definition"]
        assert slots[member(kind)] == arns[kind], "a deleted definition leaves its ARN in the slot"
    print("boto3 and the AWS CLI agree with the sandbox")


main()
