"""Fills a moto server with a plant of two versions for each definition, and prints the ids as JSON.

Usage: seed_moto.py ENDPOINT. moto has neither connectors nor loggers.
"""

import json
import sys

import boto3

greengrass = boto3.client("greengrass", endpoint_url=sys.argv[1])
REGION, ACCOUNT = "eu-central-1", "123456789012"


def thing(name):
    return {
        "Id": name,
        "ThingArn": f"arn:aws:iot:{REGION}:{ACCOUNT}:thing/{name}",
        "CertificateArn": f"arn:aws:iot:{REGION}:{ACCOUNT}:cert/{'0' * 64}",
        "SyncShadow": True,
    }


def contents(version):
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:cam:7"
    return {
        "core": {"Cores": [thing("plant-core")]},
        "device": {"Devices": [thing(f"sensor-{version}")]},
        "function": {
            "Functions": [
                {
                    "Id": "cam",
                    "FunctionArn": function,
                    "FunctionConfiguration": {"MemorySize": 16384 * version, "Timeout": 3, "Pinned": True},
                }
            ]
        },
        "resource": {
            "Resources": [
                {
                    "Id": "video",
                    "Name": "video",
                    "ResourceDataContainer": {
                        "LocalDeviceResourceData": {"SourcePath": f"/dev/video{version}"}
                    },
                }
            ]
        },
        "subscription": {
            "Subscriptions": [
                {"Id": "up", "Source": function, "Subject": f"plant/{version}", "Target": "cloud"}
            ]
        },
    }


versions = {}
for kind in ["core", "device", "function", "resource", "subscription"]:
    title = kind.capitalize()
    create = getattr(greengrass, f"create_{kind}_definition")
    made = create(Name=f"plant-{kind}", InitialVersion=contents(1)[kind])
    again = getattr(greengrass, f"create_{kind}_definition_version")
    newer = again(**{f"{title}DefinitionId": made["Id"]}, **contents(2)[kind])
    versions[kind] = [made["LatestVersionArn"], newer["Arn"]]

slots = {
    f"{kind.capitalize()}DefinitionVersionArn": versions[kind][0]
    for kind in ["core", "function", "subscription"]
}
group = greengrass.create_group(Name="plant", InitialVersion=slots)
print(json.dumps({"group": group["Id"], "versions": versions}))
