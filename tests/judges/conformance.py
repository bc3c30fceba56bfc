"""Sends cases made from botocore's model to a server, and reads the answers with botocore's parser.

Usage: conformance.py ENDPOINT COUNT [SEED]. Cases are valid ones, minimal and full, and valid ones with one change:
a member left out, null, of another type, unknown, empty, or outside its enumeration. The server is to be an account
in which anything may be created.
"""

import copy
import json
import random
import sys
import urllib.parse

import urllib3
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from greengrass_model import MODEL, NOT_SIMULATED, OPERATIONS, SHAPES, body_members, mismatches

ENDPOINT, COUNT = sys.argv[1], int(sys.argv[2])
RANDOM = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
POOL = urllib3.PoolManager()
SERVICE, PARSER = ServiceModel(MODEL, "greengrass"), create_parser("rest-json")
KINDS = ["Core", "Device", "Function", "Connector", "Resource", "Subscription", "Logger"]
ACCOUNT, REGION = "123456789012", "eu-central-1"


def name():
    return "".join(RANDOM.choice("abcxyzABC059_-:") for _ in range(RANDOM.randint(2, 20)))


def unique(names=set()):
    while (new := name()) in names:
        pass
    names.add(new)
    return new


def lambda_arn():
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{RANDOM.choice(['cam', 'agg'])}:{RANDOM.randint(1, 99)}"


def thing_arn():
    return f"arn:aws:iot:{REGION}:{ACCOUNT}:thing/{RANDOM.choice(['core', 'device'])}-{RANDOM.randint(1, 999)}"


# Values of strings that have a form, by the name of their member.
STRINGS = {
    "Id": unique,
    "Name": unique,
    "ThingArn": thing_arn,
    "CertificateArn": lambda: f"arn:aws:iot:{REGION}:{ACCOUNT}:cert/{RANDOM.randrange(16**64):064x}",
    "FunctionArn": lambda_arn,
    "ConnectorArn": lambda: f"arn:aws:greengrass:{REGION}::/connectors/SNS/versions/{RANDOM.randint(1, 4)}",
    "Source": lambda: RANDOM.choice(["cloud", "GGShadowService", thing_arn(), lambda_arn()]),
    "Target": lambda: RANDOM.choice(["cloud", "GGShadowService", thing_arn(), lambda_arn()]),
    "SourcePath": lambda: f"/dev/{RANDOM.choice(['null', 'ttyS1', 'video0'])}",
    "RoleArn": lambda: f"arn:aws:iam::{ACCOUNT}:role/{unique().replace(':', '-')}",
}


def value(shape_name, is_full, member="", depth=0):
    """A valid value of a shape."""
    shape = SHAPES[shape_name]
    kind = shape["type"]
    if shape_name == "ResourceDataContainer":
        form = RANDOM.choice(sorted(shape["members"]))
        return {form: value(shape["members"][form]["shape"], is_full, form)}
    if kind == "structure":
        required = shape.get("required", [])
        made = {
            wire: value(of["shape"], is_full, wire, depth + 1)
            for wire, of in body_members(shape).items()
            if is_full or wire in required
        }
        return settle(shape_name, made)
    if kind == "list":
        return [value(shape["member"]["shape"], is_full, member, depth + 1) for _ in range(RANDOM.randint(1, 3))]
    if kind == "map":
        return {"key" + str(n): value(shape["value"]["shape"], is_full, "", depth + 1) for n in range(RANDOM.randint(0, 3))}
    if kind == "boolean":
        return RANDOM.random() < 0.5
    if kind == "integer":
        return RANDOM.choice([0, 1, 3, 1024, 2**31 - 1])
    if "enum" in shape:
        return RANDOM.choice(shape["enum"])
    return STRINGS.get(member, lambda: RANDOM.choice(["text", "Käse ☕", "a/b/#"]))()


def settle(shape_name, made):
    """What members of one function may not be together (developer guide, gg-troubleshooting)."""
    if shape_name == "Function":
        configuration = made.setdefault("FunctionConfiguration", {})
        environment = configuration.get("Environment", {})
        environment.get("Execution", {})["IsolationMode"] = "GreengrassContainer"
        configuration["MemorySize"] = 16384
    return made


def places(shape_name, at, path=()):
    """(path, member's shape, whether required) of every member of a value that is in it."""
    shape = SHAPES[shape_name]
    if shape["type"] == "structure" and isinstance(at, dict):
        for wire, of in body_members(shape).items():
            if wire in at:
                yield (*path, wire), of["shape"], wire in shape.get("required", [])
                yield from places(of["shape"], at[wire], (*path, wire))
    elif shape["type"] == "list" and isinstance(at, list):
        for index, item in enumerate(at):
            yield from places(shape["member"]["shape"], item, (*path, index))


def structures(shape_name, at, path=()):
    shape = SHAPES[shape_name]
    if shape["type"] == "structure" and isinstance(at, dict):
        yield path
        for wire, of in body_members(shape).items():
            if wire in at:
                yield from structures(of["shape"], at[wire], (*path, wire))
    elif shape["type"] == "list" and isinstance(at, list):
        for index, item in enumerate(at):
            yield from structures(shape["member"]["shape"], item, (*path, index))


def changed(body, path, change):
    body = copy.deepcopy(body)
    parent = body
    for step in path[:-1]:
        parent = parent[step]
    change(parent, path[-1])
    return body


WRONG = {"structure": "text", "list": {"a": 1}, "map": [1], "string": 7, "boolean": "yes", "integer": "many", "double": "x"}
GOOD, BAD, EITHER = "accepted", "refused", "accepted or refused"


def variants(shape_name, body):
    """(what was changed, body, what is due) for every single change."""
    for path, of, is_required in places(shape_name, body):
        put = lambda new, path=path: changed(body, path, lambda parent, key: parent.__setitem__(key, new))
        label = ".".join(map(str, path))
        due = BAD if is_required else EITHER
        yield f"{label} left out", changed(body, path, lambda parent, key: parent.pop(key)), due
        yield f"{label} null", put(None), due
        yield f"{label} of another type", put(WRONG[SHAPES[of]["type"]]), BAD
        if SHAPES[of]["type"] == "string":
            yield f"{label} empty", put(""), BAD if is_required or "enum" in SHAPES[of] else EITHER
        if "enum" in SHAPES[of]:
            yield f"{label} outside its enumeration", put("NoSuchWord"), BAD
        if SHAPES[of]["type"] == "list":
            yield f"{label} with a null", put([None]), BAD
        if SHAPES[of]["type"] == "integer":
            yield f"{label} too large", put(2**31), BAD
    for path in structures(shape_name, body):
        label = ".".join(map(str, path)) or "the body"
        yield f"{label} with an unknown member", changed(body, (*path, "NoSuchMember"), lambda parent, key: parent.__setitem__(key, 1)), BAD


def send(method, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    return POOL.request(method, ENDPOINT + path, body=data, headers=headers or {}, redirect=False)


def made(path, body):
    answer = send("POST", path, body)
    assert answer.status == 200, (path, body, answer.data)
    return json.loads(answer.data)


class World:
    """What exists, so that ids of requests are real ones."""

    def __init__(self):
        self.definitions = {kind: self.definition(kind) for kind in KINDS}
        self.group, self.version = self.new_group()
        self.deployment = self.deploy()
        for path in [f"/greengrass/groups/{self.group['Id']}/role", "/greengrass/servicerole"]:
            answer = send("PUT", path, {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/role"})
            assert answer.status == 200, answer.data

    def definition(self, kind):
        content = value(f"{kind}DefinitionVersion", False)
        content[f"{kind}s"] = value(SHAPES[f"{kind}DefinitionVersion"]["members"][f"{kind}s"]["shape"], False)[:1]
        return made(f"/greengrass/definition/{kind.lower()}s", {"Name": unique(), "InitialVersion": content})

    def slots(self):
        return {f"{kind}DefinitionVersionArn": of["LatestVersionArn"] for kind, of in self.definitions.items()}

    def new_group(self):
        group = made("/greengrass/groups", {"Name": unique(), "InitialVersion": self.slots()})
        return group, group["LatestVersion"]

    def deploy(self):
        path = f"/greengrass/groups/{self.group['Id']}/deployments"
        return made(path, {"DeploymentType": "NewDeployment", "GroupVersionId": self.version})["DeploymentId"]

    def ids(self, operation):
        """The parameters of the path; what is to be deleted or deployed is new."""
        group = self.group
        if operation in ("DeleteGroup", "CreateDeployment", "ResetDeployments"):
            group, _ = self.new_group()
        if operation == "ResetDeployments":
            made(f"/greengrass/groups/{group['Id']}/deployments/$reset", {"Force": True})
        ids = {"GroupId": group["Id"], "GroupVersionId": group["LatestVersion"], "DeploymentId": self.deployment}
        for kind in KINDS:
            definition = self.definitions[kind]
            if operation == f"Delete{kind}Definition":
                definition = self.definition(kind)
            ids[f"{kind}DefinitionId"], ids[f"{kind}DefinitionVersionId"] = definition["Id"], definition["LatestVersion"]
        return {**ids, "ResourceArn": group["Arn"]}


def cases(world, operation):
    """(label, path, query, body, due) of one operation."""
    model = OPERATIONS[operation]
    shape_name = model["input"]["shape"]
    shape = SHAPES[shape_name]
    members = shape.get("members", {})
    ids = world.ids(operation)
    in_path = {of["locationName"]: name_ for name_, of in members.items() if of.get("location") == "uri"}

    def path(ids):
        filled = model["http"]["requestUri"]
        for wire, name_ in in_path.items():
            filled = filled.replace("{%s}" % wire, urllib.parse.quote(ids.get(name_, "any"), safe=""))
        return filled

    query = {}
    if operation == "UntagResource":
        query = {"tagKeys": "a"}
    due = GOOD
    for is_full in [False, True]:
        body = body_of(world, operation, shape_name, is_full, ids)
        yield "full" if is_full else "minimal", path(ids), query, body, due
        for label, variant, due_ in variants(shape_name, body) if body is not None else []:
            if operation in ("CreateDeployment", "ResetDeployments"):
                yield label, path(world.ids(operation)), query, variant, due_
            else:
                yield label, path(ids), query, variant, due_
    has_parent = in_path and operation not in ("AssociateRoleToGroup", "GetAssociatedRole", "DisassociateRoleFromGroup", "ListDeployments")
    for id_ in ["no-such", "00000000-0000-4000-8000-000000000000", "a/b?c=d#e", "ラベル"] if has_parent else []:
        other = {name_: id_ for name_ in ids}
        yield f"unknown id {id_}", path(other), query, body_of(world, operation, shape_name, True, ids), BAD
    if "MaxResults" in members:
        for most, due_ in [("1", GOOD), ("250", GOOD), ("1000", GOOD), ("99999999999999999999", GOOD), ("", GOOD), ("0", BAD), ("-1", BAD), ("abc", BAD), ("1.5", BAD)]:
            yield f"MaxResults {most}", path(ids), {"MaxResults": most}, None, due_
        for token, due_ in [("", GOOD), ("no", BAD), ("%", BAD)]:
            yield f"NextToken {token}", path(ids), {"NextToken": token}, None, due_


def body_of(world, operation, shape_name, is_full, ids):
    if not body_members(SHAPES[shape_name]):
        return None
    body = value(shape_name, is_full)
    if operation == "CreateDeployment":
        return {"DeploymentType": "NewDeployment", "GroupVersionId": ids["GroupVersionId"]}
    if operation == "CreateGroupVersion":
        return world.slots() if is_full else {}
    if operation == "CreateGroup" and is_full:
        body["InitialVersion"] = world.slots()
    if operation.startswith("Update"):
        body["Name"] = unique()
    return body


def problem(operation, answer, due):
    """Why an answer is not one that the model has, or not the one that is due."""
    model = OPERATIONS[operation]
    text = answer.data.decode()
    if operation in NOT_SIMULATED:
        is_due = answer.status == 501 and operation in json.loads(text)["Message"]
        return None if is_due else f"not refused by name: {answer.status} {text}"
    if answer.status >= 500:
        return f"server error {answer.status} {text}"
    output = SERVICE.operation_model(operation).output_shape
    read = PARSER.parse({"status_code": answer.status, "headers": answer.headers, "body": answer.data}, output)
    if answer.status < 300:
        if due == BAD:
            return f"accepted with {text}"
        if answer.status != model["http"].get("responseCode", 200):
            return f"status {answer.status}"
        if output is None:
            return None if not answer.data else f"a body where none is due: {text}"
        found = mismatches(json.loads(text), output.name)
        return "; ".join(found) or None
    if due == GOOD:
        return f"refused with {answer.status} {text}"
    error = json.loads(text)
    if not read["Error"]["Code"] or not read["Error"]["Message"]:
        return f"an error without code or message: {text}"
    found = mismatches(error, "BadRequestException")
    return "; ".join(found) or None


def main():
    world = World()
    groups = {}
    rounds = 0
    chosen = []
    while len(chosen) < COUNT:
        rounds += 1
        for operation in OPERATIONS:
            groups.setdefault(operation, []).extend(cases(world, operation))
        chosen = [(operation, case) for operation, of in groups.items() for case in of]
    # Every operation keeps its two valid cases.
    RANDOM.shuffle(chosen)
    chosen.sort(key=lambda case: case[1][0] not in ("minimal", "full"))
    chosen = chosen[:COUNT]
    # Deletes last: others need what they delete.
    chosen.sort(key=lambda case: case[0].startswith(("Delete", "Disassociate")))
    failures = []
    for operation, (label, path, query, body, due) in chosen:
        method = OPERATIONS[operation]["http"]["method"]
        if operation in ("DeleteGroup", *(f"Delete{kind}Definition" for kind in KINDS)) and due == GOOD:
            # Each is deleted once.
            path = path.rsplit("/", 1)[0] + "/" + (list(world.ids(operation).items())[0][1] if operation == "DeleteGroup" else world.ids(operation)[operation[6:] + "Id"])
        if operation in ("CreateDeployment", "ResetDeployments") and due == GOOD:
            ids = world.ids(operation)
            path = OPERATIONS[operation]["http"]["requestUri"].replace("{GroupId}", ids["GroupId"])
            body = {"DeploymentType": "NewDeployment", "GroupVersionId": ids["GroupVersionId"]} if operation == "CreateDeployment" else {"Force": True}
        target = path + ("?" + urllib.parse.urlencode(query) if query else "")
        answer = send(method, target, body)
        found = problem(operation, answer, due)
        if found:
            failures.append(f"{operation}, {label}, {due}: {found}\n  {method} {target} {json.dumps(body)[:600]}")
    if failures:
        print("\n".join(failures[:40]))
        sys.exit(f"{len(failures)} of {len(chosen)} cases differ")
    operations = {operation for operation, _ in chosen}
    print(f"{len(chosen)} cases of {len(operations)} operations agree")


main()
