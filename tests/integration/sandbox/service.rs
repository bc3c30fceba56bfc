//! The sandbox from the view of the real SDK.

use std::sync::atomic::{AtomicI64, Ordering};

use aws_sdk_greengrass::Client;
use aws_sdk_greengrass::error::ProvideErrorMetadata;
use aws_sdk_greengrass::types::FunctionDefinitionVersion;
use greengroup::domain::Timestamp;
use greengroup::sandbox::{Account, ApiRequest, Ids, PageSizes, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::sdk::{self, ask};

fn empty() -> (Sandbox, Client) {
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let client = sdk::greengrass(&sandbox);
    (sandbox, client)
}

#[tokio::test]
async fn caller_is_session_of_role_sandbox() {
    let (sandbox, _) = empty();
    let identity = sdk::sts(&sandbox)
        .get_caller_identity()
        .send()
        .await
        .unwrap();
    assert_eq!(identity.account(), Some("111122223333"));
    assert_eq!(
        identity.arn(),
        Some("arn:aws:sts::111122223333:assumed-role/sandbox/greengroup")
    );
}

#[tokio::test]
async fn ids_and_times_are_predictable() {
    let mut arns = Vec::new();
    for _ in 0..2 {
        let (sandbox, client) = empty();
        let clock = || Timestamp::from_milliseconds(1_573_451_251_435);
        sandbox.set_clock_and_ids(clock, Ids::Seeded(7));
        let group = client.create_group().name("press").send().await.unwrap();
        assert_eq!(group.creation_timestamp(), Some("2019-11-11T05:47:31.435Z"));
        arns.push(group.arn().unwrap().to_owned());
    }
    assert_eq!(arns[0], arns[1]);
}

#[tokio::test]
async fn new_version_becomes_latest_and_keeps_older_ones() {
    let core = json!([{"Id": "c", "ThingArn": "t", "CertificateArn": "k"}]);
    let (sandbox, _) = empty();
    let first = ask(
        &sandbox,
        "POST",
        "/greengrass/definition/cores",
        &json!({"InitialVersion": {"Cores": core}}),
    )
    .await;
    let id = first["Id"].as_str().unwrap();
    let versions = format!("/greengrass/definition/cores/{id}/versions");
    let second = ask(&sandbox, "POST", &versions, &json!({"Cores": []})).await;
    let definition = ask(
        &sandbox,
        "GET",
        &format!("/greengrass/definition/cores/{id}"),
        &Value::Null,
    )
    .await;
    assert_eq!(definition["LatestVersion"], second["Version"]);
    let older = format!("{versions}/{}", first["LatestVersion"].as_str().unwrap());
    let older = ask(&sandbox, "GET", &older, &Value::Null).await;
    assert_eq!(older["Definition"], json!({ "Cores": core }));
}

#[tokio::test]
async fn last_updated_changes_with_name_only() {
    static NOW: AtomicI64 = AtomicI64::new(0);
    let clock = || Timestamp::from_milliseconds(NOW.fetch_add(1_000, Ordering::Relaxed));
    let (sandbox, client) = empty();
    sandbox.set_clock_and_ids(clock, Ids::Random);
    let made = client.create_group().name("press").send().await.unwrap();
    let id = made.id().unwrap();
    let created = made.creation_timestamp();
    client
        .create_group_version()
        .group_id(id)
        .send()
        .await
        .unwrap();
    let group = client.get_group().group_id(id).send().await.unwrap();
    assert_eq!(group.last_updated_timestamp(), created);
    client
        .update_group()
        .group_id(id)
        .name("new")
        .send()
        .await
        .unwrap();
    let group = client.get_group().group_id(id).send().await.unwrap();
    assert!(group.last_updated_timestamp() > created);
    assert_eq!(group.creation_timestamp(), created);
}

#[tokio::test]
async fn a_nameless_definition_without_a_version_is_legal() {
    let (_, client) = empty();
    let made = client.create_function_definition().send().await.unwrap();
    assert_eq!((made.name(), made.latest_version()), (None, None));
    let versions = client
        .list_function_definition_versions()
        .function_definition_id(made.id().unwrap())
        .send()
        .await
        .unwrap();
    assert!(versions.versions().is_empty() && versions.next_token().is_none());
}

#[tokio::test]
async fn a_version_without_any_slot_is_legal() {
    let (_, client) = empty();
    let group = client.create_group().name("press").send().await.unwrap();
    let id = group.id().unwrap();
    let made = client
        .create_group_version()
        .group_id(id)
        .send()
        .await
        .unwrap();
    let read = client
        .get_group_version()
        .group_id(id)
        .group_version_id(made.version().unwrap())
        .send()
        .await
        .unwrap();
    let definition = read.definition().unwrap();
    assert_eq!(definition.core_definition_version_arn(), None);
    assert_eq!(definition.logger_definition_version_arn(), None);
}

#[tokio::test]
async fn pages_stay_good_while_groups_come_and_go() {
    let (sandbox, client) = empty();
    for _ in 0..6 {
        sandbox.change(|account, moment| account.create_group(moment, "g"));
    }
    let ids = |sandbox: &Sandbox| {
        sandbox.account(|account| {
            let groups = account.groups().iter();
            groups
                .map(|group| group.metadata().id.to_string())
                .collect::<Vec<_>>()
        })
    };
    let before = ids(&sandbox);
    assert!(before.is_sorted(), "in order of id, as AWS lists them");
    let first = client.list_groups().max_results("2").send().await.unwrap();
    let token = first.next_token().unwrap();
    assert!(
        token.contains(['+', '/', '=']),
        "{token} must be encoded in a query"
    );
    for gone in [&before[1], &before[2]] {
        client.delete_group().group_id(gone).send().await.unwrap();
    }
    sandbox.change(|account, moment| account.create_group(moment, "late"));
    let rest = client.list_groups().next_token(token).send().await.unwrap();
    let listed: Vec<&str> = rest
        .groups()
        .iter()
        .filter_map(|group| group.id())
        .collect();
    let expected = ids(&sandbox);
    let expected: Vec<&str> = expected
        .iter()
        .map(String::as_str)
        .filter(|id| *id > before[2].as_str())
        .collect();
    assert_eq!(listed, expected);
    let error = client
        .list_core_definitions()
        .next_token(token)
        .send()
        .await
        .unwrap_err();
    let (status, code, message) = sdk::refusal(&error);
    assert_eq!((status, code.as_str()), (400, "BadRequestException"));
    assert_eq!(message, "The NextToken is invalid.");
}

#[rstest]
#[case("MaxResults=1000", 200)]
#[case("MaxResults=99999999999999999999", 200)]
#[case("MaxResults=&NextToken=", 200)]
#[case("MaxResults=0", 400)]
#[case("MaxResults=-1", 400)]
#[case("MaxResults=abc", 400)]
#[tokio::test]
async fn max_results_is_any_integer(#[case] query: &str, #[case] status: u16) {
    let (sandbox, _) = empty();
    let request = ApiRequest {
        method: "GET",
        path: "/greengrass/groups",
        query: Some(query),
        client_token: None,
        body: b"",
    };
    assert_eq!(sandbox.handle(request).await.unwrap().status, status);
}

#[tokio::test]
async fn contents_are_complete_by_default() {
    let (sandbox, client) = empty();
    let subscription = |number: usize| json!({"Id": format!("s{number}"), "Source": "cloud", "Subject": "#", "Target": "cloud"});
    let subscriptions: Vec<Value> = (0..450).map(subscription).collect();
    let body = json!({"InitialVersion": {"Subscriptions": subscriptions}});
    let path = "/greengrass/definition/subscriptions";
    let made = ask(&sandbox, "POST", path, &body).await;
    let read = client
        .get_subscription_definition_version()
        .subscription_definition_id(made["Id"].as_str().unwrap())
        .subscription_definition_version_id(made["LatestVersion"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(read.definition().unwrap().subscriptions().len(), 450);
    assert_eq!(read.next_token(), None);
}

#[tokio::test]
async fn contents_of_many_items_come_in_pages() {
    let (sandbox, client) = empty();
    sandbox.set_pages(PageSizes {
        list: 100,
        content: 2,
    });
    let item = |number: usize| json!({"Id": format!("f{number}"), "FunctionConfiguration": {"MemorySize": 1}});
    let functions: Vec<Value> = (0..5).map(item).collect();
    let container = json!({"Execution": {"IsolationMode": "GreengrassContainer"}});
    let body = json!({"InitialVersion": {"DefaultConfig": container, "Functions": functions}});
    let made = ask(&sandbox, "POST", "/greengrass/definition/functions", &body).await;
    let (mut token, mut seen) = (None, Vec::new());
    loop {
        let page = client
            .get_function_definition_version()
            .function_definition_id(made["Id"].as_str().unwrap())
            .function_definition_version_id(made["LatestVersion"].as_str().unwrap())
            .set_next_token(token)
            .send()
            .await
            .unwrap();
        let content: &FunctionDefinitionVersion = page.definition().unwrap();
        assert!(content.default_config().is_some());
        seen.push(content.functions().len());
        token = page.next_token().map(str::to_owned);
        if token.is_none() {
            break;
        }
    }
    assert_eq!(seen, [2, 2, 1]);
}

#[tokio::test]
async fn refused_slots_are_all_named() {
    let (_, client) = empty();
    let group = client.create_group().name("press").send().await.unwrap();
    let sent = client
        .create_group_version()
        .group_id(group.id().unwrap())
        .core_definition_version_arn("")
        .logger_definition_version_arn("nonsense");
    let error = sent.send().await.unwrap_err().into_service_error();
    let message = error.message().unwrap();
    assert!(message.contains("Cores definition reference does not exist, Loggers definition"));
    let aws_sdk_greengrass::operation::create_group_version::CreateGroupVersionError::BadRequestException(refusal) =
        error
    else {
        panic!("{error:?}");
    };
    let details = refusal.error_details().iter();
    let reported: Vec<_> = details
        .filter_map(|detail| detail.detailed_error_message())
        .collect();
    assert_eq!(
        reported,
        [
            "CoreDefinitionVersionArn: it is empty; fill it in, or remove it if it comes from an unedited skeleton",
            "LoggerDefinitionVersionArn: \"nonsense\" is not the ARN of a definition version",
        ]
    );
}

#[rstest]
#[case("GET", "/")]
#[case("GET", "/greengrass")]
#[case("GET", "/greengrass/groups/")]
#[case("GET", "/greengrass/groups//versions")]
#[case("PATCH", "/greengrass/groups")]
#[case("GET", "/greengrass/definition/robots")]
#[case("GET", "/greengrass/definition/cores/a/versions/")]
#[case("GET", "/greengrass/v2/components")]
#[case("GET", "/greengrass/groups/%ff")]
#[tokio::test]
async fn unknown_operation_is_404_in_json(#[case] method: &str, #[case] path: &str) {
    let (sandbox, _) = empty();
    let request = ApiRequest {
        method,
        path,
        query: None,
        client_token: None,
        body: b"",
    };
    let answer = sandbox.handle(request).await.unwrap();
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.header("x-amzn-errortype"),
        Some("UnknownOperationException")
    );
    assert!(serde_json::from_slice::<Value>(&answer.body).unwrap()["Message"].is_string());
}
