//! What each fault looks like to the real SDK.

use std::time::Duration;

use aws_sdk_greengrass::config::timeout::TimeoutConfig;
use aws_sdk_greengrass::error::SdkError;
use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Account, Fault, Operation, Sandbox, Traffic};
use tokio::time::Instant;

use crate::sdk;

fn sandbox() -> Sandbox {
    Sandbox::with(Account::new("111122223333", "eu-central-1"))
}

#[tokio::test(start_paused = true)]
async fn refusals_carry_their_status_code_and_message() {
    for (fault, status, code) in [
        (Fault::Throttle, 429, "ThrottlingException"),
        (Fault::ServerError, 500, "InternalServerErrorException"),
        (Fault::Deny, 403, "AccessDeniedException"),
        (Fault::ExpiredToken, 403, "ExpiredTokenException"),
    ] {
        let sandbox = sandbox();
        sandbox.fail(Operation::ListGroups, 1, fault);
        let client = sdk::greengrass(&sandbox);
        let error = client.list_groups().send().await.unwrap_err();
        let (found_status, found_code, message) = sdk::refusal(&error);
        assert_eq!((found_status, found_code.as_str()), (status, code));
        assert!(!message.is_empty());
        client.list_groups().send().await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn faults_come_as_often_as_ordered_and_to_whom_they_are_meant() {
    let sandbox = sandbox();
    let client = sdk::greengrass(&sandbox);
    let cores = Operation::ListDefinitions(DefinitionKind::Core);
    sandbox.fail(cores, 2, Fault::Deny);
    sandbox.fail(cores, 1, Fault::Throttle);
    client.list_groups().send().await.unwrap();
    client.list_device_definitions().send().await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let answer = client.list_core_definitions().send().await;
        statuses.push(answer.err().map(|error| sdk::refusal(&error).0));
    }
    assert_eq!(statuses, [Some(403), Some(403), Some(429), None]);
    sandbox.fail(None, 5, Fault::ServerError);
    assert!(client.list_groups().send().await.is_err());
    sandbox.heal();
    client.list_groups().send().await.unwrap();
    assert_eq!(sandbox.traffic(|traffic| traffic.count(cores)), 4);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_json_is_a_refusal_without_a_code_and_with_status_200() {
    for fault in [Fault::Html, Fault::Garbage, Fault::Huge(1_000_000)] {
        let sandbox = sandbox();
        sandbox.fail(Operation::ListGroups, 1, fault.clone());
        let error = sdk::greengrass(&sandbox)
            .list_groups()
            .send()
            .await
            .unwrap_err();
        // To the SDK this is a refusal without a code.
        let service = error.as_service_error().unwrap();
        assert_eq!(service.meta().code(), None, "{fault:?}");
        assert_eq!(error.raw_response().unwrap().status().as_u16(), 200);
    }
}

#[tokio::test(start_paused = true)]
async fn a_cut_connection_is_an_error_of_dispatch_before_or_after_the_effect() {
    for (fault, versions) in [
        (Fault::Unreachable, 0),
        (Fault::CutBefore, 0),
        (Fault::CutAfter, 1),
    ] {
        let sandbox = sandbox();
        let group = sandbox.change(|account, moment| account.create_group(moment, "press"));
        sandbox.fail(Operation::CreateGroupVersion, 1, fault.clone());
        let client = sdk::greengrass(&sandbox);
        let sent = client
            .create_group_version()
            .group_id(group.as_str())
            .send();
        let error = sent.await.unwrap_err();
        let SdkError::DispatchFailure(failure) = error else {
            panic!("{fault:?}: {error:?}");
        };
        assert!(failure.is_io(), "{fault:?}");
        // Only the Debug form tells whether there was a connection.
        let was_never_made = format!("{failure:?}").contains("NeverConnected");
        assert_eq!(was_never_made, fault == Fault::Unreachable);
        let made =
            sandbox.account(|account| account.group(group.as_str()).unwrap().versions().len());
        assert_eq!(made, versions, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn silence_ends_by_the_timeouts_of_the_client() {
    for (fault, versions) in [(Fault::Hang, 0), (Fault::HangAfter, 1)] {
        let sandbox = sandbox();
        let group = sandbox.change(|account, moment| account.create_group(moment, "press"));
        sandbox.fail(Operation::CreateGroupVersion, 1, fault);
        let timeouts = TimeoutConfig::builder()
            .read_timeout(Duration::from_secs(7))
            .build();
        let config = sdk::greengrass(&sandbox)
            .config()
            .to_builder()
            .timeout_config(timeouts);
        let client = aws_sdk_greengrass::Client::from_conf(config.build());
        let begun = Instant::now();
        let sent = client
            .create_group_version()
            .group_id(group.as_str())
            .send();
        let error = sent.await.unwrap_err();
        assert_eq!(begun.elapsed().as_secs(), 7);
        let is_timeout =
            matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout());
        assert!(is_timeout, "{error:?}");
        let made =
            sandbox.account(|account| account.group(group.as_str()).unwrap().versions().len());
        assert_eq!(made, versions);
        assert_eq!(sandbox.traffic(Traffic::in_flight), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn every_request_takes_the_delay_and_some_take_longer() {
    let sandbox = sandbox();
    sandbox.set_delay(Duration::from_millis(300));
    sandbox.fail(
        Operation::ListGroups,
        1,
        Fault::Delay(Duration::from_secs(4)),
    );
    let client = sdk::greengrass(&sandbox);
    for expected in [4_300, 300] {
        let begun = Instant::now();
        client.list_groups().send().await.unwrap();
        assert_eq!(begun.elapsed().as_millis(), expected);
    }
    let list = || client.list_groups().send();
    let (one, other) = tokio::join!(list(), list());
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(sandbox.traffic(Traffic::most_in_flight), 2);
    assert_eq!(sandbox.traffic(Traffic::total), 4);
}
