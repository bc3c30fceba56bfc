//! Every request of the SDK, compared with the API's documents.

use std::future::Future;

use greengroup::domain::{
    DefinitionId, DefinitionKind, DeploymentId, GroupId, GroupVersionId, PageToken,
};
use greengroup::greengrass::Client;

use super::{client, version_arn};
use crate::support::canned_http::{Canned, EMPTY};

async fn line<F: Future>(call: impl FnOnce(Client) -> F) -> String {
    let canned = Canned::always(200, EMPTY);
    let _ = call(client(&canned)).await;
    let lines = canned.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines[0].clone()
}

fn token() -> Option<PageToken> {
    PageToken::read(Some("a b+/=".to_owned()))
}

#[tokio::test]
async fn group_requests_use_documented_paths() {
    let group = GroupId::new("g-1");
    let version = GroupVersionId::new("v-1");
    assert_eq!(
        line(|client| async move { client.groups(None).await }).await,
        "GET /greengrass/groups"
    );
    assert_eq!(
        line(|client| async move { client.groups(token()).await }).await,
        "GET /greengrass/groups?NextToken=a%20b%2B%2F%3D"
    );
    assert_eq!(
        line(|client| async move { client.group(&GroupId::new("g-1")).await }).await,
        "GET /greengrass/groups/g-1"
    );
    let asked = group.clone();
    assert_eq!(
        line(|client| async move { client.group_versions(&asked, token()).await }).await,
        "GET /greengrass/groups/g-1/versions?NextToken=a%20b%2B%2F%3D"
    );
    let asked = group.clone();
    assert_eq!(
        line(|client| async move { client.group_version(&asked, &version).await }).await,
        "GET /greengrass/groups/g-1/versions/v-1"
    );
    let asked = group.clone();
    assert_eq!(
        line(|client| async move { client.deployments(&asked, token()).await }).await,
        "GET /greengrass/groups/g-1/deployments?NextToken=a%20b%2B%2F%3D"
    );
    let deployment = DeploymentId::new("d-1");
    assert_eq!(
        line(|client| async move { client.deployment_status(&group, &deployment).await }).await,
        "GET /greengrass/groups/g-1/deployments/d-1/status"
    );
}

#[tokio::test]
async fn definition_requests_use_documented_paths() {
    let plurals = [
        (DefinitionKind::Core, "cores"),
        (DefinitionKind::Device, "devices"),
        (DefinitionKind::Function, "functions"),
        (DefinitionKind::Connector, "connectors"),
        (DefinitionKind::Resource, "resources"),
        (DefinitionKind::Subscription, "subscriptions"),
        (DefinitionKind::Logger, "loggers"),
    ];
    for (kind, plural) in plurals {
        let id = DefinitionId::new("def-1");
        assert_eq!(
            line(|client| async move { client.definitions(kind, token()).await }).await,
            format!("GET /greengrass/definition/{plural}?NextToken=a%20b%2B%2F%3D")
        );
        assert_eq!(
            line(|client| async move { client.definition_versions(kind, &id, token()).await })
                .await,
            format!("GET /greengrass/definition/{plural}/def-1/versions?NextToken=a%20b%2B%2F%3D")
        );
        let arn = version_arn(plural, "def-1", "ver-1");
        assert_eq!(
            line(|client| async move { client.content(&arn).await }).await,
            format!("GET /greengrass/definition/{plural}/def-1/versions/ver-1")
        );
    }
}

#[tokio::test]
async fn ids_are_escaped_in_paths() {
    let group = GroupId::new("../a b?x#y");
    assert_eq!(
        line(|client| async move { client.group(&group).await }).await,
        "GET /greengrass/groups/..%2Fa%20b%3Fx%23y"
    );
}

#[tokio::test]
async fn requests_are_signed_for_greengrass_in_the_region() {
    let canned = Canned::always(200, EMPTY);
    client(&canned).groups(None).await.unwrap();
    let headers = &canned.seen()[0].headers;
    let signature = &headers["authorization"];
    assert!(signature.starts_with("AWS4-HMAC-SHA256 Credential=AKIASANDBOX/"));
    assert!(signature.contains("/eu-central-1/greengrass/aws4_request"));
}

#[tokio::test]
async fn get_caller_identity_is_sent_to_sts() {
    const ANSWER: &str = r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:sts::111122223333:assumed-role/ops-admin/anna</Arn>
    <UserId>AROA:anna</UserId><Account>111122223333</Account>
  </GetCallerIdentityResult></GetCallerIdentityResponse>"#;
    let canned = Canned::always(200, ANSWER);
    let identity = client(&canned).identity().await.unwrap().unwrap();
    assert_eq!(identity.account, "111122223333");
    assert_eq!(identity.principal(), "ops-admin");
    let seen = &canned.seen()[0];
    assert_eq!(seen.line(), "POST /");
    assert_eq!(seen.body, "Action=GetCallerIdentity&Version=2011-06-15");
}
