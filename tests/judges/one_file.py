"""Lets programs share one account file, and looks for creations that were acknowledged and are not in it.

Usage: one_file.py writers PROGRAM ROUNDS   two `serve` on one file, one POST to each at the same moment, each round
       one_file.py kills PROGRAM TIMES      `kill -9` of one `serve` under load, each time at another moment
"""

import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

WHAT, PROGRAM, COUNT = sys.argv[1], sys.argv[2], int(sys.argv[3])
RANDOM = random.Random(1)


class Serve:
    def __init__(self, file):
        command = [PROGRAM, "serve", str(file), "--listen", "127.0.0.1:0"]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.child.stdout.readline()
        assert "http://" in line, (line, self.child.stderr.read())
        self.endpoint = line.split(" at ")[1].split(" ")[0]

    def create(self, name):
        """The id of a new group, or None where no answer came."""
        body = json.dumps({"Name": name}).encode()
        request = urllib.request.Request(self.endpoint + "/greengrass/groups", body, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["Id"]
        except urllib.error.HTTPError as error:
            raise AssertionError((error.code, error.read())) from error
        except (OSError, ValueError):
            return None

    def kill(self):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()
        self.child.stderr.close()


def begin(folder):
    file = pathlib.Path(folder) / "account.json"
    empty = {kind: [] for kind in ["cores", "devices", "functions", "connectors", "resources", "subscriptions", "loggers"]}
    account = {
        "format": "greengroup-account/1", "account": "123456789012", "partition": "aws",
        "region": "eu-central-1", "groups": [], "definitions": empty,
    }
    file.write_text(json.dumps(account))
    return file


def ids(file):
    return {group["Id"] for group in json.loads(file.read_text())["groups"]}


def writers(folder):
    file = begin(folder)
    both, acknowledged = [Serve(file), Serve(file)], []
    for number in range(COUNT):
        barrier = threading.Barrier(2)

        def post(serve, name):
            barrier.wait()
            acknowledged.append(serve.create(name))

        threads = [threading.Thread(target=post, args=(serve, f"{number}")) for serve in both]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert None not in acknowledged
    [serve.kill() for serve in both]
    lost = set(acknowledged) - ids(file)
    assert len(set(acknowledged)) == 2 * COUNT and not lost, lost
    print(f"{COUNT} rounds of two writers: {len(acknowledged)} acknowledged, {len(lost)} lost")


def kills(folder):
    file, acknowledged, leftovers = begin(folder), set(), 0
    for number in range(COUNT):
        serve = Serve(file)
        stopped = threading.Event()

        def load():
            while not stopped.is_set():
                created = serve.create("x" * RANDOM.randint(1, 2000))
                if created:
                    acknowledged.add(created)

        threads = [threading.Thread(target=load) for _ in range(4)]
        [thread.start() for thread in threads]
        # However slow the machine is, some creations are acknowledged and others on their way.
        enough = len(acknowledged) + RANDOM.randint(1, 20)
        while len(acknowledged) < enough:
            time.sleep(0.001)
        time.sleep(RANDOM.uniform(0, 0.05))
        serve.kill()
        stopped.set()
        [thread.join() for thread in threads]
        lost = acknowledged - ids(file)
        assert not lost, f"kill {number}: {len(lost)} lost"
        leftovers += len(list(file.parent.iterdir())) - 1
        # The next write removes what the kill left.
        serve = Serve(file)
        acknowledged.add(serve.create("after"))
        left = [path.name for path in file.parent.iterdir() if path != file]
        serve.kill()
        assert not left, f"kill {number}: {left} beside the file after the next write"
    print(f"{COUNT} kills: {len(acknowledged)} acknowledged, 0 lost; {leftovers} left a file, which the next write replaced")


with tempfile.TemporaryDirectory() as folder:
    {"writers": writers, "kills": kills}[WHAT](folder)
