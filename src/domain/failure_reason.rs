//! Why a deployment failed: the errors of a status, with their meaning and fix.

use super::deployment::DeploymentStatus;
use super::kind::DefinitionKind;

/// One reason of a failed deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureReason {
    pub code: Option<String>,
    pub message: String,
}

/// The meaning of an error, and its fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// A part of the code or of the message that identifies the error.
    mark: &'static str,
    pub meaning: &'static str,
    pub remedy: &'static str,
    /// The slot with the cause; `None` if the cause is outside the group version.
    pub slot: Option<DefinitionKind>,
}

const fn row(
    mark: &'static str,
    slot: Option<DefinitionKind>,
    meaning: &'static str,
    remedy: &'static str,
) -> Explanation {
    Explanation {
        mark,
        meaning,
        remedy,
        slot,
    }
}

/// The known errors. Sources: aws-cli issue 6141 for the first; awslabs/aws-iot-greengrass-accelerators
/// (s3_models) for the second; the developer guide (gg-troubleshooting, deployments, service-role,
/// lambda-functions) for the rest.
#[rustfmt::skip]
const EXPLANATIONS: &[Explanation] = &[
    row("THING_CERT_NOT_FOUND", Some(DefinitionKind::Core), "A certificate of the group does not exist any more.", "Pick a version with the certificate that replaced it."),
    row("RESOURCE_TYPE_UNEXPECTED", Some(DefinitionKind::Resource), "A function or connector uses a resource of another type than it may.", "Pick a resource version in which the resource has the right type."),
    row("GG-303", Some(DefinitionKind::Core), "The group version has no core.", "Fill the core slot."),
    row("need a Greengrass Core", Some(DefinitionKind::Core), "The group version has no core.", "Fill the core slot."),
    row("assume the Service Role", None, "Greengrass may not use the service role of this account.", "Check the trust policy of the role."),
    row("TES service role", None, "This account has no Greengrass service role in this region.", "Associate one (aws greengrass associate-service-role-to-account)."),
    row("InvalidMLModelOwner", Some(DefinitionKind::Resource), "A model resource has an owner setting that is not complete.", "Pick a resource version with GroupOwner and GroupPermission."),
    row("Machine Learnin", Some(DefinitionKind::Function), "A function asks for a permission that its model resource does not give.", "Pick function and resource versions that agree."),
    row("nested destination path", Some(DefinitionKind::Resource), "One resource lies inside the destination of another.", "Pick a resource version with separate destination paths."),
    row("same group owner id", Some(DefinitionKind::Function), "A function would reach a model that it does not name.", "Pick a function version that names the resource, or runs under another group."),
    row("permission to read the object", None, "The group's role may not read an object in S3.", "Check the role of the group and its policy."),
    row("nonexistent S3 object", Some(DefinitionKind::Resource), "A resource names an object that is not in S3.", "Pick a resource version that names an existing object."),
    row("does not match required pattern", Some(DefinitionKind::Connector), "A connector's parameter has the wrong form.", "Pick a connector version with a valid parameter."),
    row("configured to run as root", Some(DefinitionKind::Function), "A function runs as root, which the core does not allow.", "Set allowFunctionsToRunAsRoot on the core, or pick a function version without it."),
    row("permission on the file", Some(DefinitionKind::Resource), "The user of the functions may not use a path on the core.", "Change the rights on the core, or pick a resource version with another path."),
    row("could not find UID", None, "The core has no user ggc_user.", "Create ggc_user and ggc_group on the core."),
    row("Installed Java version", Some(DefinitionKind::Function), "The stream manager needs Java 8 or later on the core.", "Install Java on the core, or pick a function version without the stream manager."),
    row("certificate has expired", None, "The clock of the core is wrong, or its certificate has ended.", "Check the clock and the certificate on the core."),
    row("download retry exceeded", None, "The core could not download what it needs.", "Check the network of the core, then deploy again."),
    row("wait: no child processes", None, "The core lost one of its processes while it deployed.", "Deploy again."),
    row("security token included in the request is invalid", None, "The core's credentials were refused.", "Check the role of the group, then deploy again."),
    row("having a problem right now", None, "The service had a fault.", "Wait some minutes, then deploy again."),
    row("IsolationMode", Some(DefinitionKind::Function), "A function's containerization does not fit the rest of the group.", "Pick a function version with another IsolationMode."),
    row("source is invalid", Some(DefinitionKind::Subscription), "A subscription names a source that is not in the group.", "Pick a subscription version that names what the group holds."),
    row("target is invalid", Some(DefinitionKind::Subscription), "A subscription names a target that is not in the group.", "Pick a subscription version that names what the group holds."),
];

impl FailureReason {
    /// The matching known error; the code is compared first.
    pub fn explanation(&self) -> Option<&'static Explanation> {
        let code = self.code.as_deref().unwrap_or_default();
        let has = |text: &str, row: &&Explanation| text.contains(row.mark);
        let by_code = EXPLANATIONS.iter().find(|row| has(code, row));
        by_code.or_else(|| EXPLANATIONS.iter().find(|row| has(&self.message, row)))
    }
}

/// The single errors of a failed deployment: its details, else the models in its message
/// (`{ErrorSet(errorSet=[ErrorModel(errorCode=C, errorMsg=M), …])}`, aws-cli issue 6141), else the message.
pub fn errors(status: &DeploymentStatus) -> Vec<FailureReason> {
    let models = status
        .error_message
        .as_deref()
        .map(models)
        .unwrap_or_default();
    let mut errors: Vec<FailureReason> = status
        .error_details
        .iter()
        .map(|detail| FailureReason {
            code: detail.code.clone(),
            message: detail.message.clone().unwrap_or_default(),
        })
        .collect();
    // A detail without a code may have one in the message.
    for error in errors.iter_mut().filter(|error| error.code.is_none()) {
        let same = models.iter().find(|model| model.message == error.message);
        error.code = same.and_then(|model| model.code.clone());
    }
    if errors.is_empty() {
        errors = models;
    }
    if errors.is_empty() {
        errors.extend(status.error_message.iter().map(|message| FailureReason {
            code: None,
            message: message.clone(),
        }));
    }
    errors
}

fn models(message: &str) -> Vec<FailureReason> {
    const MODEL: &str = "ErrorModel(errorCode=";
    const TEXT: &str = ", errorMsg=";
    let mut parts = message.split(MODEL).skip(1).peekable();
    let parts = std::iter::from_fn(|| Some((parts.next()?, parts.peek().is_none())));
    let models = parts.filter_map(|(part, is_last)| {
        let (code, rest) = part.split_once(TEXT)?;
        // The last error ends with the set, the others end with a comma.
        let text = rest.trim_end();
        let text = if is_last {
            let text = text.trim_end_matches(['}', ' ']);
            text.strip_suffix("])").unwrap_or(text)
        } else {
            text.trim_end_matches(',')
        };
        Some(FailureReason {
            code: (code != "null").then(|| code.to_owned()),
            message: text.strip_suffix(')').unwrap_or(text).to_owned(),
        })
    });
    models.collect()
}
