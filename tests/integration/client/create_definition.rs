//! Create…DefinitionVersion and Create…Definition over the sandbox: one object for a request, whatever the
//! response.

use std::collections::HashSet;
use std::sync::Arc;

use greengroup::domain::{
    Certainty, Content, CreateDefinitionVersion, DefinitionKind, DefinitionTarget,
    DefinitionVersionArn, ErrorKind, VersionsBefore,
};
use greengroup::greengrass::{Client, ClientOptions};
use greengroup::sandbox::account::Versioned;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;
use serde_json::json;

use super::version_arn;

fn client(sandbox: &Sandbox) -> Client {
    let options = ClientOptions {
        requests_per_second: f64::INFINITY,
        ..ClientOptions::default()
    };
    Client::over(sandbox.http_client(), "eu-central-1", &options)
}

/// Every version of this kind in the account.
fn versions(sandbox: &Sandbox, kind: DefinitionKind) -> HashSet<String> {
    sandbox.account(|account| {
        let definitions = account.definitions(kind).iter();
        let versions = definitions.flat_map(Versioned::versions);
        versions.map(|version| version.arn.to_string()).collect()
    })
}

/// The latest version of some definition of this kind, and its content with its items in the reverse order.
async fn changed(sandbox: &Sandbox, kind: DefinitionKind) -> CreateDefinitionVersion {
    let client = client(sandbox);
    let definitions = client.definitions(kind, None).await.unwrap().items;
    let latest = definitions
        .into_iter()
        .find_map(|definition| definition.latest)
        .unwrap();
    let content = client.content(&latest).await.unwrap();
    let mut json = content.to_json();
    let items = json[kind.items_member()].as_array_mut().unwrap();
    items[0]["Id"] = json!("renamed");
    CreateDefinitionVersion {
        target: DefinitionTarget::Existing(latest.definition_id()),
        content: Arc::new(Content::from_json(kind, json).unwrap()),
        after: Some(latest),
    }
}

fn first(name: &str, kind: DefinitionKind) -> CreateDefinitionVersion {
    CreateDefinitionVersion {
        target: DefinitionTarget::New(name.to_owned()),
        content: Arc::new(Content::empty(kind)),
        after: None,
    }
}

#[tokio::test(start_paused = true)]
async fn each_kind_is_created_with_the_reviewed_content() {
    for kind in DefinitionKind::ALL {
        let sandbox = Sandbox::demo();
        for request in [changed(&sandbox, kind).await, first("pump-house", kind)] {
            let before = versions(&sandbox, kind);
            let created = client(&sandbox)
                .create_definition_version(&request, "token-1")
                .await
                .unwrap();
            let after = versions(&sandbox, kind);
            let new: Vec<&String> = after.difference(&before).collect();
            assert_eq!(new, [created.arn.as_str()], "{kind}");
            let read = client(&sandbox).content(&created.arn).await.unwrap();
            assert_eq!(read, *request.content, "{kind}");
            assert!(created.request_id.is_some());
        }
    }
}

#[rstest]
#[case::nothing_was_done(Fault::CutBefore)]
#[case::it_was_done(Fault::CutAfter)]
#[case::no_answer(Fault::HangAfter)]
#[case::server_error(Fault::ServerErrorAfter)]
#[case::throttled(Fault::Throttle)]
#[case::throttled_after(Fault::ThrottleAfter)]
#[case::gateway_throttled(Fault::GatewayThrottleAfter)]
#[case::unreachable(Fault::Unreachable)]
#[case::empty_answer(Fault::EmptyAfter)]
#[tokio::test(start_paused = true)]
async fn a_lost_answer_leaves_at_most_one_object(#[case] fault: Fault) {
    let kind = DefinitionKind::Function;
    for is_new in [false, true] {
        let sandbox = Sandbox::demo();
        let (request, operation) = if is_new {
            (first("pump-house", kind), Operation::CreateDefinition(kind))
        } else {
            (
                changed(&sandbox, kind).await,
                Operation::CreateDefinitionVersion(kind),
            )
        };
        let before = versions(&sandbox, kind);
        sandbox.fail(operation, 1, fault.clone());
        let answer = client(&sandbox)
            .create_definition_version(&request, "token-1")
            .await;
        let after = versions(&sandbox, kind);
        let new: Vec<&String> = after.difference(&before).collect();
        match answer {
            Ok(created) => assert_eq!(new, [created.arn.as_str()]),
            Err(error) => {
                assert_eq!(error.certainty, Certainty::Unknown, "{error}");
                assert!(new.is_empty(), "found although it was not created: {new:?}");
            }
        }
        // The next attempt finishes the change and creates nothing twice.
        let again = client(&sandbox)
            .create_definition_version(&request, "token-2")
            .await
            .unwrap();
        let new: Vec<String> = versions(&sandbox, kind)
            .difference(&before)
            .cloned()
            .collect();
        assert_eq!(new, [again.arn.as_str()]);
        let found = client(&sandbox).find_definition_version(&request).await;
        assert_eq!(found.unwrap().unwrap().arn, again.arn);
    }
}

/// The list lacks the version from which the edit began. Any version with the same content may be the earlier
/// effect.
#[tokio::test(start_paused = true)]
async fn effect_is_found_without_the_earlier_version() {
    let sandbox = Sandbox::demo();
    let kind = DefinitionKind::Function;
    let mut request = changed(&sandbox, kind).await;
    let created = client(&sandbox)
        .create_definition_version(&request, "token-1")
        .await
        .unwrap();
    let listed = versions(&sandbox, kind);
    let after = request.after.take().unwrap();
    let gone = after
        .as_str()
        .replace(after.version(), "gone")
        .parse()
        .unwrap();
    for after in [None, Some(gone)] {
        request.after = after;
        let client = client(&sandbox);
        let again = client.create_definition_version(&request, "token-2");
        assert_eq!(again.await.unwrap().arn, created.arn);
        assert_eq!(versions(&sandbox, kind), listed);
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_service_is_certain() {
    let sandbox = Sandbox::demo();
    let request = changed(&sandbox, DefinitionKind::Core).await;
    let operation = Operation::CreateDefinitionVersion(DefinitionKind::Core);
    sandbox.fail(operation, 1, Fault::Deny);
    let error = client(&sandbox)
        .create_definition_version(&request, "token-1")
        .await
        .unwrap_err();
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(error.operation, "CreateCoreDefinitionVersion");
    assert_eq!(error.kind, ErrorKind::AccessDenied);
}

/// A temporary ARN never reaches the service.
#[tokio::test(start_paused = true)]
async fn group_version_with_new_content_is_not_sent() {
    let sandbox = Sandbox::demo();
    let arn: DefinitionVersionArn = version_arn("cores", "d", "NEW-0123456789ab");
    assert!(arn.is_new());
    let mut slots = greengroup::domain::Slots::default();
    slots.fill(arn);
    let request = greengroup::domain::CreateGroupVersion {
        group: greengroup::domain::GroupId::new("g"),
        slots,
    };
    let error = client(&sandbox)
        .create_group_version(&request, &VersionsBefore::default(), "token-1")
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotSent);
    assert_eq!(
        sandbox.traffic(|traffic| traffic.count(Operation::CreateGroupVersion)),
        0
    );
}
