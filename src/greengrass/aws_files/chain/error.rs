//! Errors of the credentials chain: the wrong setting, and its fix.

use crate::greengrass::aws_files::FilesError;

/// The reason why no credentials can be used, with the wrong setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    #[error(transparent)]
    Files(#[from] FilesError),
    #[error("{variable} is set in the environment, but {missing} is not; set both or none")]
    HalfEnvironment {
        variable: &'static str,
        missing: &'static str,
    },
    #[error("the profile {profile:?} has {key}, but no {missing}; add it or remove {key}")]
    Incomplete {
        profile: String,
        key: &'static str,
        missing: String,
    },
    #[error("{setting} is empty; give it a value or remove it")]
    Empty { setting: String },
    #[error("{setting} contains a line break or another control character; write it again without")]
    Control { setting: String },
    #[error(
        "the profile {profile:?} says source_profile = {source_profile}, and there is no such profile"
    )]
    MissingSource {
        profile: String,
        source_profile: String,
    },
    #[error(
        "the profile {profile:?} says source_profile = {source_profile}, which leads back to itself"
    )]
    Loop {
        profile: String,
        source_profile: String,
    },
    #[error(
        "the profile {source_profile:?} is the source_profile of {profile:?}, but has no credentials"
    )]
    SourceWithoutCredentials {
        profile: String,
        source_profile: String,
    },
    #[error("the profile {profile:?} has source_profile and credential_source; remove one")]
    TwoSources { profile: String },
    #[error(
        "the profile {profile:?} says credential_source = {source_name}; it must be Environment, EcsContainer or Ec2InstanceMetadata"
    )]
    UnknownSource {
        profile: String,
        source_name: String,
    },
    #[error("the profile {profile:?} says credential_source = {source_name}, but {reason}")]
    SourceAbsent {
        profile: String,
        source_name: String,
        reason: &'static str,
    },
    #[error(
        "the profile {profile:?} says sso_session = {session}, and there is no such section [sso-session {session}]"
    )]
    MissingSession { profile: String, session: String },
    #[error(
        "the profile {profile:?} and its sso-session {session:?} have different values for {key}"
    )]
    SessionDiffers {
        profile: String,
        session: String,
        key: String,
    },
    #[error(
        "the profile {profile:?} needs a code of its MFA device {serial}, and this program does not ask for codes; get a session with `aws sts get-session-token --serial-number {serial} --token-code CODE`, put its keys into a profile of their own, and remove mfa_serial where that profile is the source"
    )]
    NeedsMfa { profile: String, serial: String },
    #[error(
        "the profile {profile:?} says login_session, which this program cannot use; use SSO or keys"
    )]
    LoginSession { profile: String },
    #[error("the profile {profile:?} says credential_process = …, with a quote that is not closed")]
    Command { profile: String },
    #[error(
        "no credentials were found: the profile {profile:?} has none, and AWS_EC2_METADATA_DISABLED is set; set AWS_PROFILE or --profile, or run aws configure or aws sso login"
    )]
    Nothing { profile: String },
}
