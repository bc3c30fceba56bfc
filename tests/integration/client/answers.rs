//! Responses as parsed by the client: pages, absent members, unreadable entries.

use greengroup::domain::{
    Content, DefinitionId, DefinitionKind, DeploymentId, ErrorKind, GroupId, GroupVersionId,
    SlotArn, Slots,
};
use rstest::rstest;
use serde_json::json;

use super::{arn, client, version_arn};
use crate::support::canned_http::{Canned, EMPTY, Reply};

#[tokio::test]
async fn full_and_minimal_groups_are_read() {
    let canned = Canned::always(
        200,
        r#"{"Groups": [
            {"Id": "g-1", "Name": "press-line-3", "Arn": "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/g-1",
             "CreationTimestamp": "2019-11-11T05:47:31.435Z", "LastUpdatedTimestamp": "2019-11-12T05:47:31.435Z",
             "LatestVersion": "v-9", "LatestVersionArn": "arn:…", "Unknown": [1, {"x": null}]},
            {"Id": "g-2", "Name": null, "LatestVersion": ""},
            {"Name": "no id"}, {"Id": ""}, {"Id": null}
        ]}"#,
    );
    let page = client(&canned).groups(None).await.unwrap();
    assert_eq!(page.unreadable, 3);
    assert_eq!(page.next, None);
    let [full, bare] = &page.items[..] else {
        panic!("{page:?}")
    };
    assert_eq!(full.name.as_deref(), Some("press-line-3"));
    assert_eq!(full.latest.as_ref().unwrap().as_str(), "v-9");
    assert_eq!(full.created.unwrap().iso(), "2019-11-11T05:47:31.435Z");
    assert_eq!(full.updated.unwrap().iso(), "2019-11-12T05:47:31.435Z");
    assert_eq!(bare.id.as_str(), "g-2");
    assert_eq!(
        (&bare.name, &bare.latest, bare.created),
        (&None, &None, None)
    );
}

#[tokio::test]
async fn list_ends_at_missing_or_empty_token() {
    for end in [
        r#"{"Groups": []}"#,
        r#"{"Groups": [], "NextToken": null}"#,
        r#"{"Groups": [], "NextToken": ""}"#,
    ] {
        let canned = Canned::new(move |_, _| Reply::json(end));
        let page = client(&canned).groups(None).await.unwrap();
        assert_eq!(page.next, None, "{end}");
    }
    let canned = Canned::always(200, r#"{"Groups": [], "NextToken": "more"}"#);
    let page = client(&canned).groups(None).await.unwrap();
    assert_eq!(page.items, []);
    assert_eq!(page.next.unwrap().as_str(), "more");
}

#[tokio::test]
async fn group_version_keeps_slots_verbatim() {
    let core = arn("cores", "c", "1");
    let without_slash =
        "arn:aws:greengrass:eu-central-1:123456789012:greengrass/definition/functions/f/versions/2";
    let body = json!({"Id": "g-1", "Version": "v-1", "Definition": {
        "CoreDefinitionVersionArn": core,
        "FunctionDefinitionVersionArn": without_slash,
        "DeviceDefinitionVersionArn": core,
        "LoggerDefinitionVersionArn": "rubbish",
        "ResourceDefinitionVersionArn": "",
        "SubscriptionDefinitionVersionArn": null,
    }});
    let canned = Canned::new(move |_, _| Reply::json(body.to_string()));
    let version = client(&canned)
        .group_version(&GroupId::new("g-1"), &GroupVersionId::new("v-1"))
        .await
        .unwrap();
    let slots = version.slots;
    let held = |kind| slots.get(kind).map(SlotArn::as_str);
    assert_eq!(held(DefinitionKind::Core), Some(core.as_str()));
    assert_eq!(held(DefinitionKind::Function), Some(without_slash));
    assert_eq!(held(DefinitionKind::Device), Some(core.as_str()));
    assert_eq!(slots.version(DefinitionKind::Device), None);
    assert_eq!(held(DefinitionKind::Logger), Some("rubbish"));
    assert_eq!(slots.filled().count(), 4);
}

#[rstest]
#[case::nothing_in_it("{}", "no Definition")]
#[case::null(r#"{"Definition": null, "Version": "v-1"}"#, "no Definition")]
#[case::another(r#"{"Definition": {}, "Version": "v-2"}"#, "version v-2")]
#[tokio::test]
async fn answer_without_slots_or_id_is_refused(#[case] answer: &'static str, #[case] why: &str) {
    let canned = Canned::always(200, answer);
    let (group, version) = (GroupId::new("g-1"), GroupVersionId::new("v-1"));
    let error = client(&canned)
        .group_version(&group, &version)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert!(error.message.contains(why), "{error}");
}

#[tokio::test]
async fn a_version_may_have_no_slot_filled() {
    let canned = Canned::always(200, r#"{"Definition": {}}"#);
    let (group, version) = (GroupId::new("g-1"), GroupVersionId::new("v-1"));
    let read = client(&canned)
        .group_version(&group, &version)
        .await
        .unwrap();
    assert_eq!(read.id, version);
    assert_eq!(read.slots, Slots::default());
}

/// An empty list is written as `[]`, an empty definition as `{}`.
#[rstest]
#[case::nothing("{}")]
#[case::null(r#"{"Groups": null, "Versions": null, "Definitions": null, "Deployments": null, "Definition": null, "Id": null}"#)]
#[tokio::test]
async fn answer_without_requested_member_is_an_error(#[case] answer: &'static str) {
    let client = client(&Canned::always(200, answer));
    let group = GroupId::new("g-1");
    let error = client.groups(None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert_eq!(error.message, "the answer has no Groups");
    assert!(client.group(&group).await.is_err());
    assert!(client.group_versions(&group, None).await.is_err());
    assert!(client.deployments(&group, None).await.is_err());
    for kind in DefinitionKind::ALL {
        let id = DefinitionId::new("def");
        assert!(client.definitions(kind, None).await.is_err());
        assert!(client.definition_versions(kind, &id, None).await.is_err());
        let arn = version_arn(kind.path_segment(), "def", "ver");
        assert!(client.content(&arn).await.is_err());
    }
}

#[tokio::test]
async fn empty_answers_are_values_without_members() {
    let client = client(&Canned::always(200, EMPTY));
    let group = GroupId::new("g-1");
    assert_eq!(client.group(&group).await.unwrap().id, group);
    let status = client
        .deployment_status(&group, &DeploymentId::new("d"))
        .await
        .unwrap();
    assert_eq!(status.status, None);
    for kind in DefinitionKind::ALL {
        let id = DefinitionId::new("def");
        assert_eq!(client.definitions(kind, None).await.unwrap().items, []);
        let versions = client.definition_versions(kind, &id, None).await.unwrap();
        assert_eq!(versions.items, []);
        let arn = version_arn(kind.path_segment(), "def", "ver");
        assert_eq!(client.content(&arn).await.unwrap(), Content::empty(kind));
    }
}

#[tokio::test]
async fn unreadable_version_arns_are_counted() {
    let body = json!({"Versions": [
        {"Arn": arn("functions", "f", "1"), "Id": "f", "Version": "1", "CreationTimestamp": "2020-01-01T00:00:00.000Z"},
        {"Arn": arn("cores", "f", "1")},
        {"Arn": "arn:aws:greengrass"},
        {"Id": "f", "Version": "2"},
    ]});
    let canned = Canned::new(move |_, _| Reply::json(body.to_string()));
    let page = client(&canned)
        .definition_versions(DefinitionKind::Function, &DefinitionId::new("f"), None)
        .await
        .unwrap();
    assert_eq!(page.unreadable, 3);
    assert_eq!(page.items[0].arn.as_str(), arn("functions", "f", "1"));
}

#[tokio::test]
async fn definitions_and_deployments_keep_listed_members() {
    let latest = arn("loggers", "l", "7");
    let body = json!({
        "Definitions": [{"Id": "l", "Name": "plant", "LatestVersion": "7", "LatestVersionArn": latest,
                         "tags": {"a": "b"}}, {"Id": "bare"}],
        "Deployments": [{"DeploymentId": "d", "DeploymentType": "NewDeployment", "CreatedAt": "2020-01-01T00:00:00.000Z",
                         "GroupArn": "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/g/versions/v"}],
    });
    let canned = Canned::new(move |_, _| Reply::json(body.to_string()));
    let client = client(&canned);
    let page = client
        .definitions(DefinitionKind::Logger, None)
        .await
        .unwrap();
    assert_eq!(page.items[0].name.as_deref(), Some("plant"));
    assert_eq!(page.items[0].latest.as_ref().unwrap().as_str(), latest);
    assert_eq!(page.items[1].latest, None);
    let page = client.deployments(&GroupId::new("g"), None).await.unwrap();
    assert_eq!(page.items[0].version.as_ref().unwrap().as_str(), "v");
    assert_eq!(
        page.items[0].deployment_type.as_deref(),
        Some("NewDeployment")
    );
}
