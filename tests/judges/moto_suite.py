"""Runs moto's own tests of Greengrass against `greengroup serve`, an empty account for each test.

Usage: moto_suite.py PROGRAM FOLDER. FOLDER has `tests/test_greengrass` of moto's repository, which is not on PyPI;
this Python environment needs moto, boto3, freezegun and pytest.

The tests run twice. As written, exactly those in DIFFERENCES must fail. Then the differences are taken away: what
moto expects there is put in the place of what AWS says, and all tests must pass.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile

PROGRAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])

CONFTEST = '''
import os, subprocess, time
import boto3, pytest
import moto, moto.settings

moto.mock_aws = lambda test=None: test if test else (lambda test: test)
# Times are not frozen in a server, and its tests of resets are to run.
moto.settings.TEST_SERVER_MODE = True
client, endpoint = boto3.client, []
IN_PROGRESS, ENDED = 3.5, 7


def as_moto_answers(parsed, model, **_):
    metadata, error = parsed["ResponseMetadata"], parsed.get("Error", {})
    if model.name.startswith("Create") and model.name != "CreateDeployment" and metadata["HTTPStatusCode"] == 200:
        metadata["HTTPStatusCode"] = 201
    parsed.get("Deployments", []).reverse()
    if error.get("Code") == "BadRequestException":
        error["Code"] = "400"


def as_moto_creates(params, model, **_):
    if model.name == "CreateGroup":
        params.setdefault("InitialVersion", {})


def as_moto_deploys(model, **_):
    time.sleep({"GetDeploymentStatus": IN_PROGRESS, "ResetDeployments": ENDED}.get(model.name, 0))


def to_serve(name, *arguments, **parameters):
    made = client(name, *arguments, endpoint_url=endpoint[-1], **parameters)
    if os.environ["AS_MOTO"] == "true":
        made.meta.events.register("provide-client-params.greengrass", as_moto_creates)
        made.meta.events.register("before-call.greengrass", as_moto_deploys)
        made.meta.events.register("after-call.greengrass", as_moto_answers)
    return made


boto3.client = to_serve


def pytest_collection_modifyitems(items):
    for item in items:
        item.own_markers = [mark for mark in item.own_markers if mark.name != "skipif"]


@pytest.fixture(autouse=True)
def account(tmp_path):
    command = [os.environ["PROGRAM"], "serve", "--empty", str(tmp_path / "account.json"),
               "--region", "ap-northeast-1", "--listen", "127.0.0.1:0"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    endpoint.append(child.stdout.readline().split(" at ")[1].split(" ")[0])
    yield
    child.kill()
    child.wait()
'''

STATUS = "the status: 200 in AWS's model (botocore, responseCode)"
CODE = "the code: AWS's model declares BadRequestException for the status 400 of this operation"
NO_VERSION = "AWS recorded CreateGroup without InitialVersion: the group has no version (awscli, create-group)"
LIVING = (
    "what the guide says of deployments: Building comes first (deployment-notifications), no reset before the end "
    "(reset-deployments-scenario:22), newest first (gg-troubleshooting:429)"
)

DIFFERENCES = {
    "test_create_core_definition": STATUS,
    "test_create_device_definition": STATUS,
    "test_create_function_definition": STATUS,
    "test_create_resource_definition": STATUS,
    "test_create_subscription_definition[cloud]": STATUS,
    "test_create_subscription_definition[GGShadowService]": STATUS,
    "test_create_subscription_definition[target2]": STATUS,
    "test_create_subscription_definition[arn:aws:lambda:ap-northeast-1:123456789012:function:test-func:v1]": STATUS,
    "test_create_group": STATUS,
    **{
        f"test_create_group_version_with_invalid_version_arn[{kind}DefinitionVersionArn-{arn}-{word} definition reference "
        "does not exist]": CODE
        for kind, number, word in [
            ("Core", 1, "Cores"), ("Device", 3, "Devices"), ("Function", 5, "Lambda"), ("Resource", 7, "Resource"),
            ("Subscription", 9, "Subscription"),
        ]
        for arn in ["123", f"arn{number}"]
    },
    "test_create_resource_definition_with_invalid_local_device_resource": CODE,
    "test_create_resource_definition_with_invalid_volume_resource": CODE,
    "test_create_resources_definition_version_with_invalid_local_device_resource": CODE,
    "test_create_resources_definition_version_with_volume_resource": CODE,
    "test_create_subscription_definition_version_with_invalid_source": CODE,
    "test_create_subscription_definition_version_with_invalid_target": CODE,
    "test_create_subscription_definition_with_invalid_source": CODE,
    "test_create_subscription_definition_with_invalid_target": CODE,
    "test_create_deployment_with_invalid_deployment_type": NO_VERSION,
    "test_create_deployment_with_no_core_group": NO_VERSION,
    "test_get_group": NO_VERSION,
    "test_list_group_versions": NO_VERSION,
    "test_list_groups": NO_VERSION,
    "test_get_deployment_status": LIVING,
    "test_reset_deployments": LIVING,
    "test_reset_deployments_with_already_reset_group": LIVING,
}


def failed(folder, as_moto):
    """The tests that fail, with the reason that pytest prints, and pytest's last line."""
    environment = {
        "PROGRAM": PROGRAM, "PATH": "/usr/bin:/bin", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": "127.0.0.1", "HOME": folder, "AS_MOTO": json.dumps(as_moto),
        "COLUMNS": "400",
    }
    command = [sys.executable, "-m", "pytest", "-q", "--tb=line", "-rfE", "-p", "no:cacheprovider", folder]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True)
    reasons = {}
    for line in finished.stdout.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            name, _, reason = line.partition(" - ")
            reasons[name.partition("::")[2].strip()] = reason
    return reasons, finished.stdout.strip().splitlines()[-1]


def main():
    with tempfile.TemporaryDirectory() as folder:
        tests = pathlib.Path(folder)
        (tests / "conftest.py").write_text(CONFTEST)
        for file in (FOLDER / "tests" / "test_greengrass").glob("test_*.py"):
            (tests / file.name).write_text(file.read_text())
        as_written, summary = failed(folder, as_moto=False)
        rest, rest_summary = failed(folder, as_moto=True)
    print(f"as written: {summary}")
    for reason, count in collections.Counter(DIFFERENCES.get(name) for name in as_written if name in DIFFERENCES).items():
        print(f"{count} differ in {reason}")
    print(f"without these differences: {rest_summary}")
    wrong = [f"{name} fails: {reason}" for name, reason in as_written.items() if name not in DIFFERENCES]
    wrong += [f"{name} passes, though it is named as one that differs" for name in DIFFERENCES if name not in as_written]
    wrong += [f"{name} fails without the differences: {reason}" for name, reason in rest.items()]
    print(*wrong, sep="\n")
    sys.exit(bool(wrong) or not as_written)


main()
