//! What went wrong with one call, as data: everything the service said, and what to do next.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The day after which AWS no longer serves Greengrass V1.
pub const END_OF_SUPPORT: &str = "2026-10-07";

/// One of the `ErrorDetails` of an error body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetail {
    pub code: Option<String>,
    pub message: Option<String>,
}

/// What kind of trouble an error is, which decides the advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trouble {
    AccessDenied,
    /// The credentials are there, but their time is over.
    ExpiredCredentials,
    /// No credentials could be found or fetched.
    NoCredentials,
    /// The credentials or their signature are refused.
    BadCredentials,
    Throttled,
    NotFound,
    /// The service read the request and refused it.
    Refused,
    /// No connection came about.
    Unreachable,
    /// A connection was there, but the answer did not come whole or in time.
    NoAnswer,
    /// The service answered with its own fault (5xx).
    ServerFault,
    /// The answer is not what the API promises: HTML, damaged JSON.
    Unreadable,
    /// The answer is larger than this program reads.
    TooLarge,
    /// The endpoint does not know the operation: V1 has ended there, or it is another service.
    NotServed,
    /// Lists that never end: the same NextToken twice, or too many pages.
    EndlessPages,
    /// This program was started with `--read-only`.
    ReadOnly,
}

impl Trouble {
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
            Self::Unreachable => "unreachable",
            Self::NoAnswer => "no answer",
            Self::ServerFault => "server fault",
            Self::Unreadable => "unreadable answer",
            Self::TooLarge => "answer too large",
            Self::NotServed => "not served",
            Self::EndlessPages => "endless list",
            Self::ReadOnly => "read-only",
        }
    }
}

/// Whether a failed request may have been carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// It surely had no effect: refused, or never sent.
    NotExecuted,
    /// It may have had its effect.
    Unknown,
}

/// Why one call gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceError {
    /// The API's name for the call: `CreateGroupVersion`.
    pub operation: String,
    pub trouble: Trouble,
    pub certainty: Certainty,
    /// The service's own code, which is often not a modelled one.
    pub code: Option<String>,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    pub message: String,
    pub details: Vec<ErrorDetail>,
    pub request_id: Option<String>,
}

impl ServiceError {
    /// An error that this program raises itself, before anything is sent.
    pub fn local(operation: &str, trouble: Trouble, message: impl Into<String>) -> Self {
        Self {
            operation: operation.to_owned(),
            trouble,
            certainty: Certainty::NotExecuted,
            code: None,
            status: None,
            message: message.into(),
            details: Vec::new(),
            request_id: None,
        }
    }

    /// The code, or words for the trouble where the service gave none.
    pub fn title(&self) -> &str {
        self.code.as_deref().unwrap_or(self.trouble.words())
    }

    /// One sentence on what the person can do next.
    pub const fn advice(&self) -> &'static str {
        match self.trouble {
            Trouble::AccessDenied => {
                "Ask for an IAM policy that allows this operation, then press r."
            }
            Trouble::ExpiredCredentials => {
                "Renew the credentials (aws sso login, or assume the role again), then press R."
            }
            Trouble::NoCredentials => {
                "Set AWS_PROFILE or --profile, or run aws configure or aws sso login, then press R."
            }
            Trouble::BadCredentials => {
                "Check the profile, the region and this machine's clock, then press R."
            }
            Trouble::Throttled => {
                "The account's request rate is used up; wait a moment, then press r."
            }
            Trouble::NotFound => {
                "It was deleted, or the region is another one; press R to read anew."
            }
            Trouble::Refused => "Read the message; the service refused what was asked.",
            Trouble::Unreachable => {
                "Check the network, the endpoint and the proxy settings, then press r."
            }
            Trouble::NoAnswer => "The connection was lost on the way; press r to ask again.",
            Trouble::ServerFault => "The service has a fault of its own; press r to ask again.",
            Trouble::Unreadable => {
                "Something other than Greengrass answers there; check the endpoint and the proxy."
            }
            Trouble::TooLarge => {
                "The answer is beyond any quota of Greengrass; check the endpoint."
            }
            Trouble::NotServed => {
                "AWS ended Greengrass V1 on 2026-10-07; use --endpoint-url with a server that speaks its API, or --sandbox."
            }
            Trouble::EndlessPages => {
                "The endpoint repeats its pages; what was read until then is shown."
            }
            Trouble::ReadOnly => "Start without --read-only to create versions.",
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
