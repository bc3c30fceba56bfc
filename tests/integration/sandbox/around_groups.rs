//! Deployments, roles, tags, and the operations refused by name.

use std::cell::Cell;

use aws_sdk_greengrass::Client;
use aws_sdk_greengrass::types::DeploymentType;
use greengroup::domain::Timestamp;
use greengroup::sandbox::{Account, ApiRequest, Ids, NOT_SIMULATED, Sandbox};
use serde_json::{Value, json};

use crate::support::sdk::{self, ask};

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(1_573_451_251_435) };
}

fn wait(milliseconds: i64) {
    NOW.set(NOW.get() + milliseconds);
}

const ARN: &str = "arn:aws:greengrass:eu-central-1:111122223333:/greengrass";

struct Group {
    sandbox: Sandbox,
    client: Client,
    id: String,
    version: String,
}

/// A group whose version has one core.
async fn group() -> Group {
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    sandbox.set_clock_and_ids(|| Timestamp::from_milliseconds(NOW.get()), Ids::Random);
    let thing = "arn:aws:iot:eu-central-1:111122223333:thing/core";
    let certificate = format!(
        "arn:aws:iot:eu-central-1:111122223333:cert/{}",
        "a".repeat(64)
    );
    let core = json!({"Id": "c", "ThingArn": thing, "CertificateArn": certificate});
    let slots = json!({"CoreDefinitionVersionArn": made(&sandbox, "cores", json!({"Cores": [core]})).await});
    let body = json!({"Name": "press", "InitialVersion": slots});
    let made = ask(&sandbox, "POST", "/greengrass/groups", &body).await;
    Group {
        client: sdk::greengrass(&sandbox),
        id: made["Id"].as_str().unwrap().to_owned(),
        version: made["LatestVersion"].as_str().unwrap().to_owned(),
        sandbox,
    }
}

async fn made(sandbox: &Sandbox, plural: &str, content: Value) -> Value {
    let path = format!("/greengrass/definition/{plural}");
    let made = ask(sandbox, "POST", &path, &json!({"InitialVersion": content})).await;
    made["LatestVersionArn"].clone()
}

impl Group {
    async fn deploy(&self, token: Option<&str>) -> Result<String, (u16, String, String)> {
        let sent = self.client.create_deployment().group_id(&self.id);
        let sent = sent
            .group_version_id(&self.version)
            .deployment_type(DeploymentType::NewDeployment)
            .set_amzn_client_token(token.map(str::to_owned));
        let sent = sent.send().await.map_err(|error| sdk::refusal(&error))?;
        Ok(sent.deployment_id().unwrap().to_owned())
    }

    async fn reset(&self, force: bool) -> Result<String, (u16, String, String)> {
        let sent = self
            .client
            .reset_deployments()
            .group_id(&self.id)
            .force(force);
        let sent = sent.send().await.map_err(|error| sdk::refusal(&error))?;
        Ok(sent.deployment_id().unwrap().to_owned())
    }

    async fn delete(&self) -> Result<(), (u16, String, String)> {
        let sent = self.client.delete_group().group_id(&self.id).send().await;
        sent.map(drop).map_err(|error| sdk::refusal(&error))
    }

    async fn status(&self, deployment: &str) -> Value {
        let path = format!(
            "/greengrass/groups/{}/deployments/{deployment}/status",
            self.id
        );
        ask(&self.sandbox, "GET", &path, &Value::Null).await
    }

    async fn tag_as_offline(&self) {
        let arn = format!("{ARN}/groups/{}", self.id);
        let sent = self.client.tag_resource().resource_arn(arn);
        sent.tags("greengroup:core", "offline")
            .send()
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn deployment_builds_runs_and_succeeds() {
    let group = group().await;
    let id = group.deploy(None).await.unwrap();
    let mut seen = Vec::new();
    for milliseconds in [0, 2_999, 1, 2_999, 1, 1_000_000] {
        wait(milliseconds);
        let status = group.status(&id).await;
        seen.push(status["DeploymentStatus"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        seen,
        [
            "Building",
            "Building",
            "InProgress",
            "InProgress",
            "Success",
            "Success"
        ]
    );
    let again = group.client.create_deployment().group_id(&group.id);
    let again = again
        .deployment_type(DeploymentType::Redeployment)
        .deployment_id(&id);
    let again = again.send().await.unwrap();
    let listed = group
        .client
        .list_deployments()
        .group_id(&group.id)
        .send()
        .await
        .unwrap();
    let listed = &listed.deployments()[0];
    assert_eq!(listed.deployment_id(), again.deployment_id());
    assert_eq!(
        listed.group_arn(),
        Some(&*format!(
            "{ARN}/groups/{}/versions/{}",
            group.id, group.version
        ))
    );
}

#[tokio::test]
async fn blocking_finding_fails_the_deployment() {
    let mut group = group().await;
    let read = group
        .client
        .get_group_version()
        .group_id(&group.id)
        .group_version_id(&group.version);
    let core = read.send().await.unwrap();
    let core = core
        .definition()
        .unwrap()
        .core_definition_version_arn()
        .unwrap();
    let nowhere = "arn:aws:lambda:eu-central-1:111122223333:function:nowhere:1";
    let subscription = json!({"Id": "s", "Source": nowhere, "Subject": "#", "Target": "cloud"});
    let subscriptions = made(
        &group.sandbox,
        "subscriptions",
        json!({"Subscriptions": [subscription]}),
    )
    .await;
    let created = group.client.create_group_version().group_id(&group.id);
    let created = created
        .core_definition_version_arn(core)
        .subscription_definition_version_arn(subscriptions.as_str().unwrap());
    group.version = created.send().await.unwrap().version().unwrap().to_owned();
    let id = group.deploy(None).await.unwrap();
    assert_eq!(group.status(&id).await["DeploymentStatus"], "Building");
    wait(3_000);
    let status = group.status(&id).await;
    assert_eq!(status["DeploymentStatus"], "Failure");
    let message = status["ErrorMessage"].as_str().unwrap();
    let start = "We cannot deploy because the group definition is invalid or corrupted for the following reasons: \
                 {ErrorSet(errorSet=[ErrorModel(errorCode=null, errorMsg=";
    assert!(
        message.starts_with(start) && message.ends_with(")])}"),
        "{message}"
    );
    let details = status["ErrorDetails"].as_array().unwrap();
    assert_eq!(details.len(), 1, "{details:?}");
    assert!(message.contains(details[0]["DetailedErrorMessage"].as_str().unwrap()));
    assert_eq!(details[0].get("DetailedErrorCode"), None);
    // A failed deployment does not prevent deleting the group.
    group.delete().await.unwrap();
}

#[tokio::test]
async fn active_deployment_refuses_another_and_a_reset() {
    let group = group().await;
    group.tag_as_offline().await;
    let first = group.deploy(None).await.unwrap();
    wait(1_000_000);
    assert_eq!(group.status(&first).await["DeploymentStatus"], "InProgress");
    for refused in [group.deploy(None).await, group.reset(false).await] {
        let (status, code, _) = refused.unwrap_err();
        assert_eq!((status, code.as_str()), (400, "ConcurrentDeployment"));
    }
    let (status, ..) = group.delete().await.unwrap_err();
    assert_eq!(status, 400, "it is deployed");
    let reset = group.reset(true).await.unwrap();
    assert_eq!(group.status(&reset).await["DeploymentStatus"], "Success");
    let (status, _, message) = group.reset(false).await.unwrap_err();
    assert_eq!(status, 404);
    assert_eq!(
        message,
        format!(
            "Group id: {} has not been deployed or has already been reset.",
            group.id
        )
    );
    group.delete().await.unwrap();
}

#[tokio::test]
async fn same_client_token_gives_the_same_deployment() {
    let group = group().await;
    let first = group.deploy(Some("token")).await.unwrap();
    assert_eq!(group.deploy(Some("token")).await.unwrap(), first);
    wait(10_000);
    assert_eq!(group.deploy(Some("token")).await.unwrap(), first);
    assert_ne!(group.deploy(Some("other")).await.unwrap(), first);
}

#[tokio::test]
async fn deleted_core_definition_does_not_deploy() {
    let group = group().await;
    let listed = group.client.list_core_definitions().send().await.unwrap();
    let definition = listed.definitions()[0].id().unwrap();
    let deleted = group
        .client
        .delete_core_definition()
        .core_definition_id(definition);
    deleted.send().await.unwrap();
    let (status, code, message) = group.deploy(None).await.unwrap_err();
    assert_eq!((status, code.as_str()), (400, "MissingCoreException"));
    assert!(message.contains("GG-303"), "{message}");
}

#[tokio::test]
async fn roles_are_associated_and_removed() {
    let group = group().await;
    let role = "arn:aws:iam::111122223333:role/GG-Group-Role";
    let (client, id) = (&group.client, &group.id);
    let associate = |role: &str| {
        let sent = client.associate_role_to_group().group_id(id);
        sent.role_arn(role).send()
    };
    let read = || client.get_associated_role().group_id(id).send();
    assert_eq!(
        sdk::refusal(&read().await.unwrap_err()),
        (
            404,
            "404".to_owned(),
            "You need to attach an IAM role to this deployment group.".to_owned()
        )
    );
    let set = associate(role).await.unwrap();
    assert_eq!(
        set.associated_at().unwrap().len(),
        "2019-09-10T20:03:30Z".len()
    );
    let found = read().await.unwrap();
    assert_eq!(
        (found.role_arn(), found.associated_at()),
        (Some(role), set.associated_at())
    );
    client
        .disassociate_role_from_group()
        .group_id(id)
        .send()
        .await
        .unwrap();
    assert!(read().await.is_err());

    let read = || client.get_service_role_for_account().send();
    assert!(read().await.is_err());
    client
        .associate_service_role_to_account()
        .role_arn(role)
        .send()
        .await
        .unwrap();
    assert_eq!(read().await.unwrap().role_arn(), Some(role));
    client
        .disassociate_service_role_from_account()
        .send()
        .await
        .unwrap();
    assert!(read().await.is_err());
    let bad = associate("role").await.unwrap_err();
    assert_eq!(sdk::refusal(&bad).0, 400);
}

#[tokio::test]
async fn tags_are_added_replaced_and_removed() {
    let group = group().await;
    let arn = format!("{ARN}/groups/{}", group.id);
    let (client, tag) = (&group.client, |key: &str, value: &str| {
        let tagged = group.client.tag_resource().resource_arn(&arn);
        tagged.tags(key, value).send()
    });
    tag("site", "north").await.unwrap();
    tag("line", "3").await.unwrap();
    tag("site", "south").await.unwrap();
    client
        .untag_resource()
        .resource_arn(&arn)
        .tag_keys("line")
        .tag_keys("gone")
        .send()
        .await
        .unwrap();
    let listed = client
        .list_tags_for_resource()
        .resource_arn(&arn)
        .send()
        .await
        .unwrap();
    let listed: Vec<_> = listed.tags().unwrap().iter().collect();
    assert_eq!(listed, [(&"site".to_owned(), &"south".to_owned())]);
    let unknown = client
        .list_tags_for_resource()
        .resource_arn(format!("{arn}x"))
        .send()
        .await;
    assert_eq!(sdk::refusal(&unknown.unwrap_err()).0, 400);
    assert!(tag("aws:site", "x").await.is_err());
    let request = ApiRequest {
        method: "DELETE",
        path: &format!("/tags/{arn}"),
        query: Some("tagKeys=site"),
        client_token: None,
        body: b"",
    };
    let answer = group.sandbox.handle(request).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (204, 0));
}

#[tokio::test]
async fn other_operations_are_refused_by_name() {
    let group = group().await;
    let client = &group.client;
    let refused = [
        sdk::refusal(&client.list_bulk_deployments().send().await.unwrap_err()),
        sdk::refusal(
            &client
                .get_connectivity_info()
                .thing_name("t")
                .send()
                .await
                .unwrap_err(),
        ),
        sdk::refusal(
            &client
                .list_group_certificate_authorities()
                .group_id("g")
                .send()
                .await
                .unwrap_err(),
        ),
    ];
    for (status, code, message) in refused {
        assert_eq!((status, code.as_str()), (501, "NotSimulatedException"));
        assert!(
            NOT_SIMULATED.iter().any(|name| message.starts_with(name)),
            "{message}"
        );
    }
}
