"""Prints the deployments of a group as boto3 reads them, newest first, as JSON.

Usage: read_deployments.py ENDPOINT GROUP
"""

import json
import sys

import boto3

endpoint, group = sys.argv[1:]
greengrass = boto3.client("greengrass", endpoint_url=endpoint)
listed = greengrass.list_deployments(GroupId=group)["Deployments"]
for one in listed:
    status = greengrass.get_deployment_status(GroupId=group, DeploymentId=one["DeploymentId"])
    one["Status"] = status["DeploymentStatus"]
    one["ErrorMessage"] = status.get("ErrorMessage", "")
listed.sort(key=lambda one: one["CreatedAt"], reverse=True)
print(json.dumps(listed))
