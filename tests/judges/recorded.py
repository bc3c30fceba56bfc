"""Replays the examples of the AWS CLI, whose outputs AWS recorded, against a server.

Usage: recorded.py account FILE      writes an account file in which the recorded reads have their answers
       recorded.py replay ENDPOINT   runs each command through the AWS CLI itself and compares

Reads must give exactly the recorded answer. The other operations must give its members and their types.
"""

import contextlib
import io
import json
import os
import pathlib
import re
import shlex
import sys

import awscli
from greengrass_model import NOT_SIMULATED

EXAMPLES = pathlib.Path(awscli.__file__).parent / "examples" / "greengrass"
ACCOUNT, REGION = "123456789012", "us-west-2"
ARN = f"arn:aws:greengrass:{REGION}:{ACCOUNT}:/greengrass"
KINDS = ["cores", "devices", "functions", "connectors", "resources", "subscriptions", "loggers"]
TIME = "2019-06-18T00:00:00.000Z"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def examples():
    """(name, arguments, recorded output or None) of each example; the last command and output of a page are its own."""
    for file in sorted(EXAMPLES.glob("*.rst")):
        text = re.sub(r"\\\n", " ", file.read_text())
        commands = re.findall(r"^\s+aws greengrass (.*)$", text, re.M)
        outputs = re.findall(r"^Output::?\s*\n(.*?)(?=^\S|\Z)", text, re.M | re.S)
        try:
            recorded = json.loads(outputs[-1], strict=False) if outputs else None
        except ValueError:
            # Two pages have certificates and lists shortened with dots; neither is simulated.
            recorded = None
        yield file.stem, shlex.split(commands[-1]), recorded


def operation(name):
    return "".join(word.capitalize() for word in name.split("-"))


class Account:
    """Groups and definitions by id, as they appear anywhere in the examples."""

    def __init__(self):
        self.groups, self.definitions = {}, {kind: {} for kind in KINDS}
        self.service_role, self.group_roles = None, {}

    def table(self, kind):
        return self.groups if kind == "groups" else self.definitions[kind]

    def entry(self, kind, id_):
        path = f"groups/{id_}" if kind == "groups" else f"definition/{kind}/{id_}"
        new = {"Id": id_, "Arn": f"{ARN}/{path}", "CreationTimestamp": TIME, "LastUpdatedTimestamp": TIME}
        if kind == "groups":
            new["Name"] = "example"
        return self.table(kind).setdefault(id_, {**new, "Versions": {}})

    def version(self, kind, parent, id_):
        entry = self.entry(kind, parent)
        new = {"Version": id_, "Arn": f"{entry['Arn']}/versions/{id_}", "CreationTimestamp": TIME}
        return entry["Versions"].setdefault(id_, {**new, "Definition": {}})

    def learn(self, kind, information):
        entry = self.entry(kind, information["Id"])
        if "CreationTimestamp" in information and "Version" not in information:
            entry.pop("Name", None)
            names = ["Name", "CreationTimestamp", "LastUpdatedTimestamp", "tags"]
            entry.update({name: information[name] for name in names if name in information})
            if "LatestVersion" in information:
                self.version(kind, information["Id"], information["LatestVersion"])
                entry["LatestVersion"] = information["LatestVersion"]

    def learn_version(self, kind, information):
        version = self.version(kind, information["Id"], information["Version"])
        names = ["CreationTimestamp", "Definition"]
        version.update({name: information[name] for name in names if name in information})

    def file(self):
        def listed(table):
            return [{**entry, "Versions": in_order(entry)} for entry in table.values()]

        return {
            "format": "greengroup-account/1", "account": ACCOUNT, "partition": "aws", "region": REGION,
            "serviceRole": self.service_role, "groupRoles": self.group_roles,
            "groups": listed(self.groups),
            "definitions": {kind: listed(self.definitions[kind]) for kind in KINDS},
        }


def in_order(entry):
    """Oldest first; the latest version is the last."""
    latest = entry.get("LatestVersion")
    return sorted(entry["Versions"].values(), key=lambda v: (v["Version"] == latest, v["CreationTimestamp"]))


def kind_of(name):
    found = re.search("(core|device|function|connector|resource|subscription|logger)-definition", name)
    return found.group(1) + "s" if found else "groups"


def value_of(arguments, flag):
    return arguments[arguments.index(flag) + 1] if flag in arguments else None


def account():
    made = Account()
    for name, arguments, recorded in examples():
        if operation(name) in NOT_SIMULATED:
            continue
        kind, recorded = kind_of(name), recorded or {}
        # Everything that a command refers to exists.
        for of_kind, id_ in re.findall(f"greengrass/definition/([a-z]+)/({UUID})", json.dumps(arguments)):
            made.entry(of_kind, id_)
        for of_kind, id_, version in re.findall(
            f"greengrass/definition/([a-z]+)/({UUID})/versions/({UUID})", json.dumps(arguments)
        ):
            made.version(of_kind, id_, version)
        parent = value_of(arguments, "--group-id" if kind == "groups" else f"--{kind[:-1]}-definition-id")
        in_json = re.search(rf'DefinitionId": "({UUID})"', " ".join(arguments))
        parent = parent or (in_json and in_json.group(1))
        if parent:
            entry = made.entry(kind, parent)
        if name.startswith("list-") and name.endswith("-versions"):
            for version in recorded["Versions"]:
                made.learn_version(kind, version)
        elif name.startswith("list-") and ("Groups" in recorded or "Definitions" in recorded):
            for information in recorded.get("Groups") or recorded.get("Definitions"):
                made.learn(kind, information)
        elif name.startswith("get-") and name.endswith("-version"):
            made.learn_version(kind, recorded)
        elif name.startswith("get-") and "LatestVersion" in recorded:
            made.learn(kind, recorded)
        elif name == "list-deployments":
            version = recorded["Deployments"][0]
            entry["Deployments"] = [{
                **version, "DeploymentArn": f"{entry['Arn']}/deployments/{version['DeploymentId']}",
                "DeploymentStatus": "Success", "UpdatedAt": "2019-06-18T17:04:44.761Z",
            }]
        elif name == "get-associated-role":
            made.group_roles[parent] = recorded
        elif name == "get-service-role-for-account":
            made.service_role = recorded
        elif name == "create-deployment":
            core = made.version("cores", "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
            core["Definition"] = {"Cores": []}
            made.version("groups", parent, value_of(arguments, "--group-version-id"))["Definition"] = {
                "CoreDefinitionVersionArn": core["Arn"]
            }
    return made.file()


def shape(value):
    """A value with its leaves replaced by their types, and ids, times and names forgotten."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return re.sub(UUID, "ID", re.sub(r"\d{4}-\d\d-\d\dT[\d:]+(\.\d{3})?Z", r"TIME\1", value)) if isinstance(value, str) else type(value).__name__


def without_fractions(value):
    return json.loads(re.sub(r"TIME\.\d{3}", "TIME with milliseconds", json.dumps(value)))


# Pages whose command and output, or whose output and another page, are about different things: members and types only.
CONTRADICTIONS = {"get-core-definition", "get-device-definition"}


def of_recorded(answer, recorded):
    """The answer without the entries of lists that other examples need, and without the DeploymentArn of a list."""
    found = dict(answer)
    for member, entries in recorded.items():
        if isinstance(entries, list) and entries and isinstance(entries[0], dict):
            is_known = lambda entry: any(entry.get(key) == one.get(key) for one in entries for key in ["Version", "Id", "DeploymentId"] if key in one)
            found[member] = [entry for entry in found.get(member, []) if is_known(entry)]
    for deployment in found.get("Deployments", []):
        deployment.pop("DeploymentArn", None)
    return found


def run(endpoint, arguments):
    from awscli.clidriver import create_clidriver

    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        status = create_clidriver().main(["greengrass", *arguments, "--endpoint-url", endpoint, "--region", REGION, "--output", "json"])
    return status, output.getvalue(), errors.getvalue()


def difference(name, recorded, endpoint, arguments):
    status, output, errors = run(endpoint, arguments)
    if operation(name) in NOT_SIMULATED:
        is_due = status and "(NotSimulatedException)" in errors and operation(name) in errors
        return None if is_due else f"is not refused by name: {status} {output} {errors}"
    if status:
        return f"failed: {errors}"
    answer = json.loads(output) if output.strip() else None
    if name.startswith(("list-", "get-")) and name not in CONTRADICTIONS:
        found = of_recorded(answer, recorded)
        return None if found == recorded else f"gave {json.dumps(found)}\n  recorded {json.dumps(recorded)}"
    if recorded is None:
        # Pages of updates and deletes show no output; some operations answer with an empty object.
        return None if not answer else f"gave {answer}, recorded nothing"
    found, due = without_fractions(shape(answer)), without_fractions(shape(recorded))
    return None if found == due else f"gave {found}\n  recorded {due}"


def replay(endpoint):
    order = ["get-", "tag-", "list-tags", "update-", "create-", "associate-", "tag-", "reset-", "disassociate-", "delete-"]
    # Other lists come first: the tags were added after they were recorded.
    rank = lambda name: next((index for index, start in enumerate(order) if name.startswith(start)), -1 if name.startswith("list-") else len(order))
    count, differences = 0, []
    for name, arguments, recorded in sorted(examples(), key=lambda example: (rank(example[0]), example[0])):
        count += 1
        found = difference(name, recorded, endpoint, arguments)
        if found:
            differences.append(f"{name}: {found}")
    if differences:
        sys.exit("\n".join(differences))
    print(f"{count} recorded examples agree")


if __name__ == "__main__":
    os.environ.setdefault("AWS_PAGER", "")
    if sys.argv[1] == "account":
        pathlib.Path(sys.argv[2]).write_text(json.dumps(account(), indent=2))
    else:
        replay(sys.argv[2])
