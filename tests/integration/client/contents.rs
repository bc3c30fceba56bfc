//! Contents of the seven kinds: complete, with missing members, and over several pages.

use greengroup::domain::content::{IsolationMode, ResourceData};
use greengroup::domain::{Content, DefinitionKind, ErrorKind};
use serde_json::json;

use super::{client, version_arn};
use crate::support::canned_http::{Canned, Reply};

/// A content of each kind, with every member of the API's model that the program knows.
fn contents() -> [(DefinitionKind, serde_json::Value); 7] {
    let thing = json!({"Id": "t", "ThingArn": "arn:thing", "CertificateArn": "arn:cert", "SyncShadow": true});
    let run_as = json!({"IsolationMode": "NoContainer", "RunAs": {"Uid": 1, "Gid": 2}});
    let owner = json!({"AutoAddGroupOwner": true, "GroupOwner": "video"});
    let model_owner = json!({"GroupOwner": "1001", "GroupPermission": "ro"});
    [
        (DefinitionKind::Core, json!({"Cores": [thing]})),
        (DefinitionKind::Device, json!({"Devices": [thing]})),
        (
            DefinitionKind::Function,
            json!({"DefaultConfig": {"Execution": run_as}, "Functions": [{
                "Id": "f", "FunctionArn": "arn:f:13", "FunctionConfiguration": {
                    "EncodingType": "json", "ExecArgs": "-v", "Executable": "main.run", "MemorySize": 16384,
                    "Pinned": true, "Timeout": 3, "FunctionRuntimeOverride": "python3.8",
                    "Environment": {"AccessSysfs": false, "Execution": run_as,
                        "ResourceAccessPolicies": [{"ResourceId": "r", "Permission": "rw"}],
                        "Variables": {"A": "1"}}}}]}),
        ),
        (
            DefinitionKind::Connector,
            json!({"Connectors": [{"Id": "c", "ConnectorArn": "arn:c", "Parameters": {"Port": "502"}}]}),
        ),
        (
            DefinitionKind::Resource,
            json!({"Resources": [
                {"Id": "1", "Name": "one", "ResourceDataContainer": {"LocalDeviceResourceData": {"SourcePath": "/dev/x", "GroupOwnerSetting": owner}}},
                {"Id": "2", "ResourceDataContainer": {"LocalVolumeResourceData": {"SourcePath": "/a", "DestinationPath": "/b", "GroupOwnerSetting": owner}}},
                {"Id": "3", "ResourceDataContainer": {"S3MachineLearningModelResourceData": {"S3Uri": "s3://a", "DestinationPath": "/m", "OwnerSetting": model_owner}}},
                {"Id": "4", "ResourceDataContainer": {"SageMakerMachineLearningModelResourceData": {"SageMakerJobArn": "arn:j", "DestinationPath": "/m", "OwnerSetting": model_owner}}},
                {"Id": "5", "ResourceDataContainer": {"SecretsManagerSecretResourceData": {"ARN": "arn:s", "AdditionalStagingLabelsToDownload": ["x"]}}},
            ]}),
        ),
        (
            DefinitionKind::Subscription,
            json!({"Subscriptions": [{"Id": "s", "Source": "cloud", "Subject": "a/#", "Target": "GGShadowService"}]}),
        ),
        (
            DefinitionKind::Logger,
            json!({"Loggers": [{"Id": "l", "Type": "FileSystem", "Level": "INFO", "Component": "Lambda", "Space": 1024}]}),
        ),
    ]
}

#[tokio::test]
async fn contents_of_every_kind_are_read_completely() {
    for (kind, definition) in contents() {
        let body = json!({ "Definition": definition }).to_string();
        let canned = Canned::new(move |_, _| Reply::json(body.clone()));
        let arn = version_arn(kind.path_segment(), "d", "v");
        let content = client(&canned).content(&arn).await.unwrap();
        assert_eq!(content.to_json(), definition, "{kind}");
    }
}

#[tokio::test]
async fn contents_may_lack_members_and_have_unknown_ones() {
    let canned = Canned::always(
        200,
        r#"{"Definition": {"Functions": [{}, {"FunctionConfiguration": {"EncodingType": "cbor",
            "Environment": {"Execution": {"IsolationMode": "MicroVm"}}}}]}}"#,
    );
    let Content::Function(content) = client(&canned)
        .content(&version_arn("functions", "f", "1"))
        .await
        .unwrap()
    else {
        panic!("no functions")
    };
    assert_eq!(content.functions[0].id, "");
    assert_eq!(
        content.isolation_of(&content.functions[1]),
        IsolationMode::Other("MicroVm".to_owned())
    );
    for (segment, member) in [
        ("cores", "Cores"),
        ("devices", "Devices"),
        ("connectors", "Connectors"),
        ("subscriptions", "Subscriptions"),
        ("loggers", "Loggers"),
    ] {
        let definition = json!({member: [{"Id": "x"}]});
        let body = json!({ "Definition": definition }).to_string();
        let canned = Canned::new(move |_, _| Reply::json(body.clone()));
        let arn = version_arn(segment, "d", "v");
        let content = client(&canned).content(&arn).await.unwrap();
        assert_eq!(content.to_json(), definition);
    }
    let model = json!({"Definition": {"Resources": [
        {"Id": "m", "ResourceDataContainer": {"S3MachineLearningModelResourceData": {"OwnerSetting": {}}}}
    ]}});
    let canned = Canned::new({
        let model = model.to_string();
        move |_, _| Reply::json(model.clone())
    });
    let arn = version_arn("resources", "r", "1");
    let content = client(&canned).content(&arn).await.unwrap();
    assert_eq!(content.to_json(), model["Definition"]);
    let canned = Canned::always(200, r#"{"Definition": {"Resources": [{"Id": "r"}]}}"#);
    let Content::Resource(content) = client(&canned)
        .content(&version_arn("resources", "r", "1"))
        .await
        .unwrap()
    else {
        panic!("no resources")
    };
    assert_eq!(content.resources[0].data, ResourceData::default());
}

/// The kinds with paged contents (the API's model has a token both ways).
const PAGED: [(&str, &str); 4] = [
    ("devices", "Devices"),
    ("functions", "Functions"),
    ("connectors", "Connectors"),
    ("subscriptions", "Subscriptions"),
];

#[tokio::test]
async fn contents_are_read_to_their_last_page() {
    for (segment, member) in PAGED {
        let canned = Canned::new(move |request, _| {
            let (id, next) = match request.token() {
                None => ("1", json!("p2")),
                Some("p2") => ("2", json!("p3")),
                Some("p3") => ("3", json!("")),
                Some(other) => panic!("{other}"),
            };
            let body = json!({"Definition": {member: [{"Id": id}]}, "NextToken": next});
            Reply::json(body.to_string())
        });
        let content = client(&canned)
            .content(&version_arn(segment, "d", "v"))
            .await
            .unwrap();
        let ids: Vec<_> = content.to_json()[member]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["Id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids, ["1", "2", "3"], "{segment}");
        assert_eq!(canned.count(), 3);
    }
}

#[tokio::test]
async fn the_default_configuration_of_functions_survives_paging() {
    let canned = Canned::new(|request, _| match request.token() {
        None => Reply::json(
            r#"{"Definition": {"DefaultConfig": {"Execution": {"RunAs": {"Uid": 7}}}, "Functions": [{"Id": "a"}]}, "NextToken": "2"}"#,
        ),
        Some(_) => Reply::json(r#"{"Definition": {"Functions": [{"Id": "b"}]}}"#),
    });
    let content = client(&canned)
        .content(&version_arn("functions", "d", "v"))
        .await
        .unwrap();
    let json = content.to_json();
    assert_eq!(json["DefaultConfig"]["Execution"]["RunAs"]["Uid"], 7);
    assert_eq!(content.len(), 2);
}

#[tokio::test]
async fn contents_that_repeat_a_token_are_refused() {
    let canned = Canned::always(
        200,
        r#"{"Definition": {"Devices": [{"Id": "1"}]}, "NextToken": "again"}"#,
    );
    let error = client(&canned)
        .content(&version_arn("devices", "d", "v"))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::EndlessPages);
    assert_eq!(error.operation, "GetDeviceDefinitionVersion");
    assert_eq!(canned.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn contents_that_never_end_are_refused() {
    let canned = Canned::new(|_, before| {
        Reply::json(format!(
            r#"{{"Definition": {{}}, "NextToken": "{before}"}}"#
        ))
    });
    let error = client(&canned)
        .content(&version_arn("subscriptions", "d", "v"))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::EndlessPages);
    assert_eq!(canned.count(), 2500);
}
