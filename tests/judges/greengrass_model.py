"""The model of Greengrass V1 that botocore ships, and the shapes of its answers."""

import gzip
import importlib.metadata
import json

# Not through botocore's module: the AWS CLI replaces that by a copy of its own.
_BOTOCORE = importlib.metadata.distribution("botocore")
_FILE = _BOTOCORE.locate_file("botocore/data/greengrass/2017-06-07/service-2.json.gz")
MODEL = json.loads(gzip.decompress(_FILE.read_bytes()))
OPERATIONS = MODEL["operations"]
SHAPES = MODEL["shapes"]

NOT_SIMULATED = {
    "GetConnectivityInfo", "UpdateConnectivityInfo",
    "ListGroupCertificateAuthorities", "CreateGroupCertificateAuthority", "GetGroupCertificateAuthority",
    "GetGroupCertificateConfiguration", "UpdateGroupCertificateConfiguration",
    "GetThingRuntimeConfiguration", "UpdateThingRuntimeConfiguration",
    "ListBulkDeployments", "StartBulkDeployment", "GetBulkDeploymentStatus",
    "ListBulkDeploymentDetailedReports", "StopBulkDeployment", "CreateSoftwareUpdateJob",
}


def wire_name(name, member):
    return member.get("locationName", name)


def body_members(shape):
    """The members of a request or an answer that are in its body, by their wire names."""
    return {
        wire_name(name, member): member
        for name, member in shape.get("members", {}).items()
        if "location" not in member
    }


def mismatches(value, shape_name, path="answer"):
    """Where a JSON value differs from a shape: types, enumerations, unknown and missing members."""
    shape = SHAPES[shape_name]
    kind = shape["type"]
    if kind == "structure":
        if not isinstance(value, dict):
            return [f"{path}: not an object"]
        known = body_members(shape)
        found = [f"{path}.{name}: unknown" for name in value if name not in known]
        required = [wire_name(name, shape["members"][name]) for name in shape.get("required", [])]
        found += [f"{path}.{name}: missing" for name in required if name in known and name not in value]
        for name, member in known.items():
            if name in value:
                found += mismatches(value[name], member["shape"], f"{path}.{name}")
        return found
    if kind == "list":
        if not isinstance(value, list):
            return [f"{path}: not a list"]
        return [
            problem
            for index, item in enumerate(value)
            for problem in mismatches(item, shape["member"]["shape"], f"{path}[{index}]")
        ]
    if kind == "map":
        if not isinstance(value, dict):
            return [f"{path}: not a map"]
        return [
            problem
            for key, item in value.items()
            for problem in mismatches(item, shape["value"]["shape"], f"{path}.{key}")
        ]
    types = {"string": str, "boolean": bool, "integer": int, "double": (int, float)}[kind]
    if not isinstance(value, types) or (kind == "integer" and isinstance(value, bool)):
        return [f"{path}: not a {kind}"]
    if "enum" in shape and value not in shape["enum"]:
        return [f"{path}: {value!r} is none of {shape['enum']}"]
    return []
