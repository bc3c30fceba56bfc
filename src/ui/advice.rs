//! The next step after an error in words, with the key of its command.

use super::keys::Keys;
use crate::app::Command;
use crate::domain::NextStep;
use crate::domain::service_error::END_OF_SUPPORT;

/// Returns the advice without keys, for the command line.
pub fn advice(step: NextStep) -> String {
    match remedy(step) {
        (remedy, Some(Command::Reload)) => format!("{remedy}, then reload."),
        (remedy, Some(_)) => format!("{remedy}, then retry."),
        (remedy, None) => format!("{remedy}."),
    }
}

/// Returns the advice with the key for a retry or a reload, if `keys` has one.
pub(super) fn advice_with_key(step: NextStep, keys: Keys<'_>) -> String {
    let (remedy, then) = remedy(step);
    match then.and_then(|command| keys.bound(command)) {
        Some(key) => format!("{remedy}, then press {key}."),
        None => advice(step),
    }
}

/// Returns the advice on a request that was not executed: fix the cause, then create again.
pub(super) fn advice_after_create(step: NextStep, keys: Keys<'_>) -> String {
    let back = keys.name(Command::Back);
    match (step, remedy(step)) {
        (NextStep::Retry | NextStep::WaitForService, _) => {
            format!("Nothing was created: go back ({back}) and create again.")
        }
        (_, (remedy, Some(_))) => format!("{remedy}, then go back ({back}) and create again."),
        (_, (remedy, None)) => format!("{remedy}."),
    }
}

/// True if the same call may succeed later.
pub(super) fn can_retry(step: NextStep) -> bool {
    remedy(step).1 == RETRY
}

const RETRY: Option<Command> = Some(Command::Retry);
const RELOAD: Option<Command> = Some(Command::Reload);

/// The fix of the cause, and the command to use then.
fn remedy(step: NextStep) -> (String, Option<Command>) {
    let (remedy, then) = match step {
        NextStep::RequestAccess => ("Ask for an IAM policy that allows this operation", RETRY),
        NextStep::RenewCredentials => (
            "Renew the credentials (aws sso login, or assume the role again)",
            RELOAD,
        ),
        NextStep::SetCredentials => (
            "Set AWS_PROFILE or --profile, or run aws configure or aws sso login",
            RELOAD,
        ),
        NextStep::CheckCredentials => (
            "Check the profile, the region and this machine's clock",
            RELOAD,
        ),
        NextStep::SlowDown => (
            "The account's request rate is used up: wait a moment",
            RETRY,
        ),
        NextStep::CheckRegion => (
            "It was deleted, or is in another region: check the region",
            RELOAD,
        ),
        NextStep::ReadMessage => ("The service refused the request: read its message", None),
        NextStep::FixSetting => ("Correct the setting that the message names", RELOAD),
        NextStep::CheckNetwork => (
            "Check the network, the endpoint and the proxy settings",
            RETRY,
        ),
        NextStep::Retry => ("The connection was lost: check the network", RETRY),
        NextStep::WaitForService => ("The service failed: wait a moment", RETRY),
        NextStep::CheckEndpoint => (
            "Something other than Greengrass answers there: check the endpoint and the proxy",
            None,
        ),
        NextStep::UseOtherEndpoint => {
            let remedy = format!(
                "AWS ended Greengrass V1 on {END_OF_SUPPORT}: use --endpoint-url with a server that speaks its API, or --sandbox"
            );
            return (remedy, None);
        }
        NextStep::UsePartialList => (
            "The endpoint repeats its pages: the list is incomplete",
            None,
        ),
        NextStep::AllowChanges => ("Start without --read-only to create versions", None),
    };
    (remedy.to_owned(), then)
}
