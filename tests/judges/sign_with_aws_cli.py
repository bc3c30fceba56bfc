"""Runs the AWS CLI once for each line of JSON on standard input, each in a process of its own with one import.

A line is {"environment": {...}, "arguments": [...]}; the answer is {"status": N, "complaint": "..."}.
"""

import json
import os
import sys
import tempfile

import awscli.clidriver
import awscli.customizations.assumerole
import botocore.credentials
import botocore.tokens


# The CLI finds its own models by this variable, which its import sets.
MODELS = os.environ["AWS_DATA_PATH"]

# All that the CLI imports and reads on the way is in memory before the processes are split off.
os.environ.update(AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_MAX_ATTEMPTS="1")
sys.stderr = open(os.devnull, "w")
awscli.clidriver.create_clidriver().main(["greengrass", "list-groups"])
sys.stderr = sys.__stderr__


def run(case):
    os.environ.clear()
    os.environ.update(case["environment"])
    os.environ["AWS_DATA_PATH"] = MODELS
    # Paths that are found while the modules are imported, with the home folder of that moment.
    folder = os.path.expanduser("~/.aws")
    awscli.customizations.assumerole.CACHE_DIR = folder + "/cli/cache"
    botocore.credentials.SSOProvider._SSO_TOKEN_CACHE_DIR = folder + "/sso/cache"
    botocore.tokens.SSOTokenProvider._SSO_TOKEN_CACHE_DIR = folder + "/sso/cache"
    return awscli.clidriver.create_clidriver().main(case["arguments"])


for line in sys.stdin:
    with tempfile.TemporaryFile() as complaints:
        process = os.fork()
        if process == 0:
            os.dup2(complaints.fileno(), 2)
            nothing = os.open("/dev/null", os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            try:
                status = run(json.loads(line))
            except BaseException as error:  # the CLI's own command line ends like this
                print(repr(error), file=sys.stderr)
                status = 255
            sys.stderr.flush()
            os._exit(status or 0)
        _, status = os.waitpid(process, 0)
        complaints.seek(0)
        complaint = complaints.read().decode("utf-8", "replace").strip()
        answer = {"status": os.waitstatus_to_exitcode(status), "complaint": complaint}
        print(json.dumps(answer), flush=True)
