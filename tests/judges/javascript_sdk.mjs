// Runs a workflow of the AWS SDK for JavaScript v3 against `greengroup serve`: create, deploy, reset, tags, roles, remove.
//
// Usage: node javascript_sdk.mjs ENDPOINT, in a folder where @aws-sdk/client-greengrass is installed.

import assert from "node:assert";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const sdk = require("@aws-sdk/client-greengrass");

const client = new sdk.GreengrassClient({
  endpoint: process.argv[2],
  region: "eu-central-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
});

const call = (name, input = {}) => client.send(new sdk[`${name}Command`](input));

const refused = async (name, input, code) => {
  await assert.rejects(call(name, input), (error) => {
    assert.equal(error.name, code);
    return true;
  });
};

const thing = {
  Id: "core",
  ThingArn: "arn:aws:iot:eu-central-1:111122223333:thing/core",
  CertificateArn: "arn:aws:iot:eu-central-1:111122223333:cert/" + "a".repeat(64),
};

const core = await call("CreateCoreDefinition", { Name: "js", InitialVersion: { Cores: [thing] } });
const subscriptions = Array.from({ length: 450 }, (_, n) => ({
  Id: `s${n}`, Source: "cloud", Subject: `a/${n}`, Target: thing.ThingArn,
}));
const many = await call("CreateSubscriptionDefinition", { InitialVersion: { Subscriptions: subscriptions } });
const read = await call("GetSubscriptionDefinitionVersion", {
  SubscriptionDefinitionId: many.Id, SubscriptionDefinitionVersionId: many.LatestVersion,
});
assert.equal(read.Definition.Subscriptions.length, 450);

const group = await call("CreateGroup", { Name: "js", tags: { site: "north" } });
const GroupId = group.Id;
const version = await call("CreateGroupVersion", { GroupId, CoreDefinitionVersionArn: core.LatestVersionArn });
const deploy = { GroupId, GroupVersionId: version.Version, DeploymentType: "NewDeployment", AmznClientToken: "js" };
const deployment = await call("CreateDeployment", deploy);
assert.equal((await call("CreateDeployment", deploy)).DeploymentId, deployment.DeploymentId);
await refused("CreateDeployment", { ...deploy, AmznClientToken: "other" }, "ConcurrentDeployment");

const seen = [];
for (;;) {
  const status = await call("GetDeploymentStatus", { GroupId, DeploymentId: deployment.DeploymentId });
  if (seen.at(-1) !== status.DeploymentStatus) seen.push(status.DeploymentStatus);
  if (["Success", "Failure"].includes(status.DeploymentStatus)) break;
  await new Promise((resolve) => setTimeout(resolve, 500));
}
assert.deepEqual(seen, ["Building", "InProgress", "Success"]);
await refused("DeleteGroup", { GroupId }, "BadRequestException");

await call("TagResource", { ResourceArn: group.Arn, tags: { line: "3" } });
await call("UntagResource", { ResourceArn: group.Arn, TagKeys: ["site"] });
assert.deepEqual((await call("ListTagsForResource", { ResourceArn: group.Arn })).tags, { line: "3" });

const RoleArn = "arn:aws:iam::111122223333:role/role";
await call("AssociateRoleToGroup", { GroupId, RoleArn });
assert.equal((await call("GetAssociatedRole", { GroupId })).RoleArn, RoleArn);
await call("AssociateServiceRoleToAccount", { RoleArn });
assert.equal((await call("GetServiceRoleForAccount")).RoleArn, RoleArn);
await call("DisassociateServiceRoleFromAccount");
await refused("ListBulkDeployments", {}, "NotSimulatedException");

await call("ResetDeployments", { GroupId, Force: true });
await call("DeleteGroup", { GroupId });
console.log("the AWS SDK for JavaScript agrees with the sandbox");
