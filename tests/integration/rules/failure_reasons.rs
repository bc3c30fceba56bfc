//! Why deployments fail: the messages of the sources, the known error of each, and its slot.

use greengroup::domain::failure_reason::errors;
use greengroup::domain::{DefinitionKind, DeploymentStatus, ErrorDetail, FailureReason};
use rstest::rstest;

const CORE: Option<DefinitionKind> = Some(DefinitionKind::Core);
const FUNCTION: Option<DefinitionKind> = Some(DefinitionKind::Function);
const CONNECTOR: Option<DefinitionKind> = Some(DefinitionKind::Connector);
const RESOURCE: Option<DefinitionKind> = Some(DefinitionKind::Resource);
const SUBSCRIPTION: Option<DefinitionKind> = Some(DefinitionKind::Subscription);

/// The text of aws-cli issue 6141, with its two models.
const ISSUE_6141: &str = "We cannot deploy because the group definition is invalid or corrupted for the following \
    reasons: {ErrorSet(errorSet=[ErrorModel(errorCode=THING_CERT_NOT_FOUND_ERROR, errorMsg=The certificate \
    arn:aws:iot:eu-west-1:123456789012:cert/4a5b cannot be found.), ErrorModel(errorCode=null, errorMsg=Greengrass \
    does not have permission to read the object.)])}";

fn reason(code: Option<&str>, message: &str) -> FailureReason {
    FailureReason {
        code: code.map(str::to_owned),
        message: message.to_owned(),
    }
}

fn failed(message: Option<&str>, details: &[(Option<&str>, &str)]) -> DeploymentStatus {
    let detail = |(code, message): &(Option<&str>, &str)| ErrorDetail {
        code: code.map(str::to_owned),
        message: Some((*message).to_owned()),
    };
    DeploymentStatus {
        status: Some("Failure".to_owned()),
        error_message: message.map(str::to_owned),
        error_details: details.iter().map(detail).collect(),
        updated: None,
    }
}

/// Messages of the developer guide (gg-troubleshooting, service-role, deployments), of moto's recordings, of
/// aws-cli issue 6141 and of awslabs/aws-iot-greengrass-accelerators.
#[rstest]
#[case("THING_CERT_NOT_FOUND_ERROR", "", CORE, "does not exist any more")]
#[case("RESOURCE_TYPE_UNEXPECTED_ERROR", "", RESOURCE, "another type")]
#[case(
    "GG-303",
    "You need a Greengrass Core in this Group before you can deploy.",
    CORE,
    "no core"
)]
#[case(
    "",
    "You need a Greengrass Core in this Group before you can deploy.",
    CORE,
    "no core"
)]
#[case(
    "",
    "Greengrass is not authorized to assume the Service Role associated with this account.",
    None,
    "may not use the service role"
)]
#[case(
    "",
    "TES service role is not associated with this account.",
    None,
    "no Greengrass service role"
)]
#[case(
    "",
    "InvalidMLModelOwner - GroupOwnerSetting is provided in ML model resource, but GroupOwner or GroupPermission is not present",
    RESOURCE,
    "owner setting"
)]
#[case(
    "",
    "NoContainer function cannot configure permission when attaching Machine Learning resources. arn:f refers to Machine Learnin resource r with permission ro in resource access policy.",
    FUNCTION,
    "permission that its model resource"
)]
#[case(
    "",
    "Function arn:f refers to Machine Learning resource r with missing permission in both ResourceAccessPolicy and resource OwnerSetting.",
    FUNCTION,
    "permission that its model resource"
)]
#[case(
    "",
    "Function arn:f refers to Machine Learning resource r with permission \"rw\", while resource owner setting GroupPermission only allows \"ro\".",
    FUNCTION,
    "permission that its model resource"
)]
#[case(
    "",
    "NoContainer Function arn:f refers to resources of nested destination path.",
    RESOURCE,
    "inside the destination of another"
)]
#[case(
    "",
    "Lambda arn:f gains access to resource r by sharing the same group owner id",
    FUNCTION,
    "does not name"
)]
#[case(
    "",
    "Greengrass does not have permission to read the object.",
    None,
    "may not read an object"
)]
#[case(
    "",
    "The resource r comes with nonexistent S3 object.",
    RESOURCE,
    "not in S3"
)]
#[case(
    "",
    "configuration parameter X does not match required pattern",
    CONNECTOR,
    "wrong form"
)]
#[case(
    "",
    "[arn:f] are configured to run as root but Greengrass is not configured to run Lambda functions with root permissions.",
    FUNCTION,
    "runs as root"
)]
#[case(
    "",
    "Deployment 1 of type NewDeployment for group 2 failed error: Error while processing. group config is invalid: 112 or [119 0] don't have rw permission on the file: /srv",
    RESOURCE,
    "may not use a path"
)]
#[case(
    "",
    "could not find UID based on user name, userName: ggc_user: user: unknown user ggc_user.",
    None,
    "no user ggc_user"
)]
#[case(
    "",
    "worker with 1 failed to initialize with reason Installed Java version must be greater than or equal to 8",
    FUNCTION,
    "needs Java 8"
)]
#[case(
    "",
    "x509: certificate has expired or is not yet valid",
    None,
    "clock of the core"
)]
#[case(
    "",
    "Artifact download retry exceeded the max retries",
    None,
    "could not download"
)]
#[case("", "wait: no child processes", None, "lost one of its processes")]
#[case(
    "",
    "The security token included in the request is invalid.",
    None,
    "credentials were refused"
)]
#[case(
    "",
    "We're having a problem right now. Please try again in a few minutes.",
    None,
    "had a fault"
)]
#[case(
    "",
    "Your 'IsolationMode' configuration for the group is invalid.",
    FUNCTION,
    "containerization"
)]
#[case(
    "",
    "Function arn:f refers to resource of type Local.Device that is not allowed in IsolationMode=NoContainer.",
    FUNCTION,
    "containerization"
)]
#[case(
    "",
    "The subscriptions definition is invalid or corrupted. (ErrorDetails: [Subscription source is invalid. ID is '1' and Source is 'x'])",
    SUBSCRIPTION,
    "source that is not in the group"
)]
#[case(
    "",
    "Subscription target is invalid. ID is '1' and Target is 'x'",
    SUBSCRIPTION,
    "target that is not in the group"
)]
fn message_is_known_and_leads_to_its_slot(
    #[case] code: &str,
    #[case] message: &str,
    #[case] slot: Option<DefinitionKind>,
    #[case] meaning: &str,
) {
    let error = reason((!code.is_empty()).then_some(code), message);
    let known = error
        .explanation()
        .unwrap_or_else(|| panic!("unknown: {error:?}"));
    assert_eq!(known.slot, slot, "{known:?}");
    assert!(known.meaning.contains(meaning), "{known:?}");
    assert!(!known.remedy.is_empty());
}

#[test]
fn error_code_takes_precedence_over_message() {
    let error = reason(
        Some("GG-303"),
        "does not have permission to read the object",
    );
    assert_eq!(error.explanation().unwrap().slot, CORE);
    assert_eq!(
        reason(Some("NEW_ERROR"), "Something else.").explanation(),
        None
    );
}

#[test]
fn message_models_are_errors_without_details() {
    let errors = errors(&failed(Some(ISSUE_6141), &[]));
    let certificate =
        "The certificate arn:aws:iot:eu-west-1:123456789012:cert/4a5b cannot be found.";
    let object = "Greengrass does not have permission to read the object.";
    let expected = [
        reason(Some("THING_CERT_NOT_FOUND_ERROR"), certificate),
        reason(None, object),
    ];
    assert_eq!(errors, expected);
}

/// A message may end with brackets.
#[test]
fn brackets_of_a_message_stay() {
    let message = "{ErrorSet(errorSet=[ErrorModel(errorCode=A, errorMsg=f (cam:12), r [video]), \
        ErrorModel(errorCode=B, errorMsg=the last (one))])}";
    let expected = [
        reason(Some("A"), "f (cam:12), r [video]"),
        reason(Some("B"), "the last (one)"),
    ];
    assert_eq!(errors(&failed(Some(message), &[])), expected);
}

#[test]
fn details_precede_message_and_take_its_codes() {
    let certificate =
        "The certificate arn:aws:iot:eu-west-1:123456789012:cert/4a5b cannot be found.";
    let details = [(None, certificate), (Some("GG-303"), "no core")];
    let expected = [
        reason(Some("THING_CERT_NOT_FOUND_ERROR"), certificate),
        reason(Some("GG-303"), "no core"),
    ];
    assert_eq!(errors(&failed(Some(ISSUE_6141), &details)), expected);
}

#[test]
fn plain_message_is_one_error_and_absence_none() {
    let plain = "Deployment failed.";
    assert_eq!(errors(&failed(Some(plain), &[])), [reason(None, plain)]);
    assert_eq!(errors(&failed(None, &[])), []);
}
