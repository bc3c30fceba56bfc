//! A failed call as data: the service's response, and the user's next step.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The day after which AWS no longer serves Greengrass V1.
pub const END_OF_SUPPORT: &str = "2026-10-07";

/// One of the `ErrorDetails` of an error body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetail {
    pub code: Option<String>,
    pub message: Option<String>,
}

/// The kind of an error, which decides the advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ErrorKind {
    AccessDenied,
    /// The credentials exist but have expired.
    ExpiredCredentials,
    /// No credentials could be found or fetched.
    NoCredentials,
    /// The service rejects the credentials or their signature.
    BadCredentials,
    Throttled,
    NotFound,
    /// The service read the request and refused it.
    Refused,
    /// A setting of the user prevents sending the request.
    NotSent,
    /// No connection could be made.
    Unreachable,
    /// The connection was made, but no complete response arrived in time.
    NoAnswer,
    /// The service answered with its own fault (5xx).
    ServerFault,
    /// The response is not what the API documents: HTML, damaged JSON.
    Unreadable,
    /// The response is larger than the program's limit.
    TooLarge,
    /// The endpoint does not know the operation: V1 has ended there, or it is another service.
    NotServed,
    /// Lists that never end: the same NextToken twice, or too many pages.
    EndlessPages,
    /// This program was started with `--read-only`.
    ReadOnly,
}

impl ErrorKind {
    /// A word or two for the screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AccessDenied => "AccessDenied",
            Self::ExpiredCredentials => "ExpiredToken",
            Self::NoCredentials => "no credentials",
            Self::BadCredentials => "credentials refused",
            Self::Throttled => "throttled",
            Self::NotFound => "not found",
            Self::Refused => "refused",
            Self::NotSent => "not sent",
            Self::Unreachable => "unreachable",
            Self::NoAnswer => "no answer",
            Self::ServerFault => "server fault",
            Self::Unreadable => "unreadable answer",
            Self::TooLarge => "answer too large",
            Self::NotServed => "not supported by endpoint",
            Self::EndlessPages => "endless list",
            Self::ReadOnly => "read-only",
        }
    }
}

/// The user's next step after an error; `ui` words it with the current keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Get a policy that allows the operation.
    RequestAccess,
    /// Log in again, or assume the role again.
    RenewCredentials,
    /// Configure credentials for the first time.
    SetCredentials,
    /// Compare profile, region and clock with the service's expectations.
    CheckCredentials,
    /// Wait until the account's request rate allows more calls.
    SlowDown,
    /// The resource may be in another region, or deleted.
    CheckRegion,
    /// The message of the service gives the reason.
    ReadMessage,
    /// Correct the setting that the message names.
    FixSetting,
    /// Check network, endpoint and proxy.
    CheckNetwork,
    /// The connection was lost: call again.
    Retry,
    /// The service itself failed: call again later.
    WaitForService,
    /// The server there is not Greengrass.
    CheckEndpoint,
    /// Use a server that still speaks the API of V1.
    UseOtherEndpoint,
    /// The list is incomplete, and a retry cannot complete it.
    UsePartialList,
    /// Start without `--read-only`.
    AllowChanges,
}

/// Whether a failed request may have been carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// It surely had no effect: refused, or never sent.
    NotExecuted,
    /// It may have had an effect.
    Unknown,
}

/// The error of one call without a usable response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceError {
    /// The API's name for the call: `CreateGroupVersion`.
    pub operation: String,
    pub kind: ErrorKind,
    pub certainty: Certainty,
    /// The service's own code, which is often not a modelled one.
    pub code: Option<String>,
    /// The HTTP status, if a response arrived.
    pub status: Option<u16>,
    pub message: String,
    pub details: Vec<ErrorDetail>,
    pub request_id: Option<String>,
    /// Another attempt may succeed: no connection, no complete answer, a fault of the service.
    #[serde(default, skip)]
    pub is_transient: bool,
    /// `Retry-After` of the response, which gives seconds.
    #[serde(default, skip)]
    pub retry_after: Option<Duration>,
}

impl ServiceError {
    /// An error that this program raises itself before sending.
    pub fn local(operation: &str, kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            operation: operation.to_owned(),
            kind,
            certainty: Certainty::NotExecuted,
            code: None,
            status: None,
            message: message.into(),
            details: Vec::new(),
            request_id: None,
            is_transient: false,
            retry_after: None,
        }
    }

    /// The code, or words for the kind if the service gave none.
    pub fn title(&self) -> &str {
        self.code.as_deref().unwrap_or(self.kind.words())
    }

    /// True for a refusal because another deployment of the group is active (developer guide,
    /// gg-troubleshooting).
    pub fn is_concurrent_deployment(&self) -> bool {
        const CODE: &str = "ConcurrentDeployment";
        self.code.as_deref().unwrap_or_default().contains(CODE) || self.message.contains(CODE)
    }

    /// The user's next step.
    pub const fn next_step(&self) -> NextStep {
        match self.kind {
            ErrorKind::AccessDenied => NextStep::RequestAccess,
            ErrorKind::ExpiredCredentials => NextStep::RenewCredentials,
            ErrorKind::NoCredentials => NextStep::SetCredentials,
            ErrorKind::BadCredentials => NextStep::CheckCredentials,
            ErrorKind::Throttled => NextStep::SlowDown,
            ErrorKind::NotFound => NextStep::CheckRegion,
            ErrorKind::Refused => NextStep::ReadMessage,
            ErrorKind::NotSent => NextStep::FixSetting,
            ErrorKind::Unreachable => NextStep::CheckNetwork,
            ErrorKind::NoAnswer => NextStep::Retry,
            ErrorKind::ServerFault => NextStep::WaitForService,
            ErrorKind::Unreadable | ErrorKind::TooLarge => NextStep::CheckEndpoint,
            ErrorKind::NotServed => NextStep::UseOtherEndpoint,
            ErrorKind::EndlessPages => NextStep::UsePartialList,
            ErrorKind::ReadOnly => NextStep::AllowChanges,
        }
    }
}

impl fmt::Display for ServiceError {
    /// `CreateGroupVersion: 400 BadRequestException: The group is invalid`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.operation)?;
        if let Some(status) = self.status {
            write!(formatter, "{status} ")?;
        }
        write!(formatter, "{}: {}", self.title(), self.message)?;
        for detail in &self.details {
            let (code, message) = (detail.code.as_deref(), detail.message.as_deref());
            let said = [code, message].into_iter().flatten();
            write!(formatter, " [{}]", said.collect::<Vec<_>>().join(" "))?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, " (request {request_id})")?;
        }
        Ok(())
    }
}

impl std::error::Error for ServiceError {}
