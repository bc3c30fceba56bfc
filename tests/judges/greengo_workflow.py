"""Runs greengo's create, update, deploy and remove, with Greengrass from `greengroup serve` and the rest from moto.

Usage: greengo_workflow.py PROGRAM. Needs greengo and moto[server] in this Python environment.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]

DEFINITION = """
Group: {name: plant}
Cores: [{name: plant-core, key_path: ./certs, config_path: ./config, SyncShadow: True}]
Resources:
  - {Name: serial, Id: serial, LocalDeviceResourceData: {SourcePath: /dev/ttyS1, GroupOwnerSetting: {AutoAddGroupOwner: True}}}
Lambdas:
  - name: agg
    handler: function.handler
    package: ./agg
    alias: prod
    greengrassConfig:
      MemorySize: 16384
      Pinned: True
      Timeout: 3
      Environment: {ResourceAccessPolicies: [{ResourceId: serial, Permission: rw}], Variables: {LEVEL: info}}
Subscriptions: [{Subject: "plant/#", Source: "Lambda::agg", Target: cloud}]
Loggers: [{Id: log, Component: Lambda, Level: INFO, Space: 128, Type: FileSystem}]
"""


def start(command, word):
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in child.stdout:
        if word in line:
            return child, line.split(word)[1].split()[0].strip()
    raise AssertionError(f"{command} did not start")


def greengo(folder, environment, command):
    run = [sys.executable, "-m", "greengo.greengo", command]
    finished = subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True)
    # greengo logs errors of AWS and goes on; a traceback is one that it did not expect.
    is_failed = finished.returncode or "Traceback" in finished.stderr or "|ERROR" in finished.stderr
    assert not is_failed, f"greengo {command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "greengo.yaml").write_text(DEFINITION)
        (folder / "agg").mkdir()
        (folder / "agg" / "function.py").write_text("def handler(event, context):\n    pass\n")
        moto = [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
        moto, others = start(moto, "Running on ")
        serve = [PROGRAM, "serve", "--empty", str(folder / "account.json"), "--listen", "127.0.0.1:0"]
        serve, greengrass = start([*serve, "--region", "eu-central-1"], " at ")
        environment = {
            **os.environ, "AWS_ENDPOINT_URL": others, "AWS_ENDPOINT_URL_GREENGRASS": greengrass,
            "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_EC2_METADATA_DISABLED": "true", "NO_PROXY": "127.0.0.1",
        }
        try:
            greengo(folder, environment, "create")
            greengo(folder, environment, "update")
            deployed = greengo(folder, environment, "deploy")
            assert "--- SUCCESS!" in deployed, deployed
            greengo(folder, environment, "remove")
            assert not (folder / ".gg" / "gg_state.json").exists()
        finally:
            moto.kill()
            serve.kill()
    print("greengo created, updated, deployed and removed its group")


main()
