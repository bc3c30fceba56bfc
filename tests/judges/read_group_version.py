"""Prints the definition of a group version as boto3 reads it, as JSON.

Usage: read_group_version.py ENDPOINT GROUP VERSION
"""

import json
import sys

import boto3

endpoint, group, version = sys.argv[1:]
greengrass = boto3.client("greengrass", endpoint_url=endpoint)
assert greengrass.get_group(GroupId=group)["LatestVersion"] == version
answer = greengrass.get_group_version(GroupId=group, GroupVersionId=version)
print(json.dumps(answer["Definition"]))
