"""Builds one group a case on a server that speaks the API, and prints what came of each.

Reads from standard input {"endpoint": URL, "cases": [{"slots": {kind: content}, "deleted": [kind]}]}, where
the definitions of the deleted kinds are deleted once the group version holds them, and writes a list:
{"group": id, "version": id}, or {"refused": message} where the service would not have a content.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError, ParamValidationError

NAMES = {kind: kind.capitalize() for kind in (
    "core", "device", "function", "connector", "resource", "subscription", "logger")}


def build(client, number, slots, deleted):
    arns, definitions = {}, {}
    for kind, content in slots.items():
        create = getattr(client, f"create_{kind}_definition")
        answer = create(Name=f"case-{number}-{kind}", InitialVersion=content)
        arns[f"{NAMES[kind]}DefinitionVersionArn"] = answer["LatestVersionArn"]
        definitions[kind] = answer["Id"]
    group = client.create_group(Name=f"case-{number}")["Id"]
    version = client.create_group_version(GroupId=group, **arns)["Version"]
    for kind in deleted:
        delete = getattr(client, f"delete_{kind}_definition")
        delete(**{f"{NAMES[kind]}DefinitionId": definitions[kind]})
    return {"group": group, "version": version}


def main():
    asked = json.load(sys.stdin)
    client = boto3.client(
        "greengrass", endpoint_url=asked["endpoint"], region_name="eu-central-1",
        aws_access_key_id="AKIAJUDGE", aws_secret_access_key="judge")
    answers = []
    for number, case in enumerate(asked["cases"]):
        try:
            answers.append(build(client, number, case["slots"], case["deleted"]))
        except (ClientError, ParamValidationError) as error:
            answers.append({"refused": str(error)})
    json.dump(answers, sys.stdout)


main()
