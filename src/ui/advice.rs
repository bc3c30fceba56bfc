//! The next step after an error in words, with the key of its command.

use super::keys::Keys;
use crate::app::Command;
use crate::domain::NextStep;
use crate::domain::service_error::END_OF_SUPPORT;

/// Returns the advice without keys, for the command line.
pub fn advice(step: NextStep) -> String {
    let remedy = remedy(step);
    match then(step) {
        Some(Command::Reload) => format!("{remedy}, then reload."),
        Some(_) => format!("{remedy}, then retry."),
        None => format!("{remedy}."),
    }
}

/// Returns the advice with the key for a retry or a reload, if `keys` has one.
pub(super) fn advice_with_key(step: NextStep, keys: Keys<'_>) -> String {
    match then(step).and_then(|command| keys.bound(command)) {
        Some(key) => format!("{}, then press {key}.", remedy(step)),
        None => advice(step),
    }
}

/// Returns the advice on a request that was not executed: fix the cause, then create again.
pub(super) fn advice_after_create(step: NextStep, keys: Keys<'_>) -> String {
    let back = keys.name(Command::Back);
    match (step, then(step)) {
        (NextStep::Retry | NextStep::WaitForService, _) => {
            format!("Nothing was created: go back ({back}) and create again.")
        }
        (_, Some(_)) => format!("{}, then go back ({back}) and create again.", remedy(step)),
        (_, None) => format!("{}.", remedy(step)),
    }
}

/// True if the same call may succeed later.
pub(super) fn can_retry(step: NextStep) -> bool {
    then(step) == Some(Command::Retry)
}

/// The command to use after the cause is fixed.
const fn then(step: NextStep) -> Option<Command> {
    match step {
        NextStep::RequestAccess
        | NextStep::SlowDown
        | NextStep::CheckNetwork
        | NextStep::Retry
        | NextStep::WaitForService => Some(Command::Retry),
        NextStep::RenewCredentials
        | NextStep::SetCredentials
        | NextStep::CheckCredentials
        | NextStep::CheckRegion
        | NextStep::FixSetting => Some(Command::Reload),
        NextStep::ReadMessage
        | NextStep::CheckEndpoint
        | NextStep::UseOtherEndpoint
        | NextStep::UsePartialList
        | NextStep::AllowChanges => None,
    }
}

fn remedy(step: NextStep) -> String {
    let remedy = match step {
        NextStep::RequestAccess => "Ask for an IAM policy that allows this operation",
        NextStep::RenewCredentials => {
            "Renew the credentials (aws sso login, or assume the role again)"
        }
        NextStep::SetCredentials => {
            "Set AWS_PROFILE or --profile, or run aws configure or aws sso login"
        }
        NextStep::CheckCredentials => "Check the profile, the region and this machine's clock",
        NextStep::SlowDown => "The account's request rate is used up: wait a moment",
        NextStep::CheckRegion => "It was deleted, or is in another region: check the region",
        NextStep::ReadMessage => "The service refused the request: read its message",
        NextStep::FixSetting => "Correct the setting that the message names",
        NextStep::CheckNetwork => "Check the network, the endpoint and the proxy settings",
        NextStep::Retry => "The connection was lost: check the network",
        NextStep::WaitForService => "The service failed: wait a moment",
        NextStep::CheckEndpoint => {
            "Something other than Greengrass answers there: check the endpoint and the proxy"
        }
        NextStep::UseOtherEndpoint => {
            return format!(
                "AWS ended Greengrass V1 on {END_OF_SUPPORT}: use --endpoint-url with a server that speaks its API, or --sandbox"
            );
        }
        NextStep::UsePartialList => "The endpoint repeats its pages: the list is incomplete",
        NextStep::AllowChanges => "Start without --read-only to create versions",
    };
    remedy.to_owned()
}
