"""Runs moto's own tests of Greengrass against `greengroup serve`, an empty account for each test.

Usage: moto_suite.py PROGRAM FOLDER. FOLDER has `tests/test_greengrass` of moto's repository, which is not on PyPI.
Prints the tests that differ, and fails unless they are those in DIFFERENCES.
"""

import collections
import pathlib
import subprocess
import sys
import tempfile

PROGRAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])

CONFTEST = '''
import os, subprocess
import boto3, pytest
import moto, moto.settings

moto.mock_aws = lambda test=None: test if test else (lambda test: test)
# Times are not frozen in a server, and its tests of resets are to run.
moto.settings.TEST_SERVER_MODE = True
client, endpoint = boto3.client, []


def to_serve(name, *arguments, **parameters):
    return client(name, *arguments, endpoint_url=endpoint[-1], **parameters)


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

RECORDED = "AWS recorded CreateGroup without InitialVersion: the answer has no LatestVersion (awscli, create-group)"
DIFFERENCES = {}


def main():
    with tempfile.TemporaryDirectory() as folder:
        tests = pathlib.Path(folder)
        (tests / "conftest.py").write_text(CONFTEST)
        for file in (FOLDER / "tests" / "test_greengrass").glob("test_*.py"):
            (tests / file.name).write_text(file.read_text())
        environment = {
            "PROGRAM": PROGRAM, "PATH": "/usr/bin:/bin", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": "127.0.0.1", "HOME": folder,
        }
        command = [sys.executable, "-m", "pytest", "-q", "--tb=line", "-rf", "-p", "no:cacheprovider", folder]
        finished = subprocess.run(command, env=environment, capture_output=True, text=True)
    failed = {}
    for line in finished.stdout.splitlines():
        if line.startswith("FAILED "):
            name, _, reason = line.partition(" - ")
            failed[name.split("::")[-1].strip()] = reason
    print(finished.stdout.strip().splitlines()[-1])
    for name, reason in sorted(failed.items()):
        print(f"{name}: {DIFFERENCES.get(name, 'NOT EXPECTED: ' + reason)}")
    reasons = collections.Counter(DIFFERENCES.get(name, "not expected") for name in failed)
    print(dict(reasons))
    sys.exit(set(failed) != set(DIFFERENCES))


main()
