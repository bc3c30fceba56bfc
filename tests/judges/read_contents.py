"""Prints the contents of a group's latest version as boto3 reads them: JSON with a member for each slot's kind.

Usage: read_contents.py ENDPOINT GROUP
"""

import json
import sys

import boto3

endpoint, group = sys.argv[1:]
greengrass = boto3.client("greengrass", endpoint_url=endpoint)
latest = greengrass.get_group(GroupId=group)["LatestVersion"]
slots = greengrass.get_group_version(GroupId=group, GroupVersionId=latest)["Definition"]
contents = {}
for member, arn in slots.items():
    kind = member.removesuffix("DefinitionVersionArn")
    definition, version = arn.split("/")[-3], arn.split("/")[-1]
    read = getattr(greengrass, f"get_{kind.lower()}_definition_version")
    ids = {f"{kind}DefinitionId": definition, f"{kind}DefinitionVersionId": version}
    contents[kind.lower()] = read(**ids)["Definition"]
print(json.dumps(contents))
