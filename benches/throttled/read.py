"""Sends the requests of standard input, one path a line and one after the other, and leaves the retries to boto3.

Usage: read.py ENDPOINT MODE
"""

import re
import sys

import boto3
from botocore.config import Config

endpoint, mode = sys.argv[1:]
# With fewer attempts boto3 gives up on the slower accounts.
config = Config(retries={"mode": mode, "max_attempts": 20})
greengrass = boto3.client("greengrass", endpoint_url=endpoint, config=config)


def read(path):
    if path == "/greengrass/groups":
        return greengrass.list_groups()
    if found := re.fullmatch("/greengrass/groups/([^/]+)(/versions)?(?:/([^/]+))?", path):
        group, versions, version = found.groups()
        if version:
            return greengrass.get_group_version(GroupId=group, GroupVersionId=version)
        return (greengrass.list_group_versions if versions else greengrass.get_group)(GroupId=group)
    found = re.fullmatch("/greengrass/definition/([a-z]+)s(?:/([^/]+)/versions)?(?:/([^/]+))?", path)
    kind, definition, version = found.groups()
    name, arguments = kind.capitalize(), {}
    if definition:
        arguments[f"{name}DefinitionId"] = definition
    if version:
        arguments[f"{name}DefinitionVersionId"] = version
        return getattr(greengrass, f"get_{kind}_definition_version")(**arguments)
    what = "definition_versions" if definition else "definitions"
    return getattr(greengrass, f"list_{kind}_{what}")(**arguments)


for line in sys.stdin:
    read(line.strip())
