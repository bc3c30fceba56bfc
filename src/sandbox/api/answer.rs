//! Responses of the service: JSON with its headers, or an error body as documented.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// One HTTP response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// For tests only: over the SDK's connector, the body continues forever with one blank a second.
    pub drips: bool,
}

pub(in crate::sandbox) const REQUEST_ID: &str = "x-amzn-requestid";
pub(in crate::sandbox) const ERROR_TYPE: &str = "x-amzn-errortype";

impl Response {
    pub(in crate::sandbox) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body,
            ..Self::default()
        }
    }

    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string().into_bytes())
    }

    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    #[must_use]
    pub(in crate::sandbox) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// An error response (API reference, `GeneralError` and `ErrorDetail`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sandbox) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    details: Vec<Detail>,
}

/// One of a refusal's `ErrorDetails`.
///
/// No source documents the service's codes for slots and contents; these are the sandbox's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Detail {
    #[serde(rename = "DetailedErrorCode")]
    pub(super) code: &'static str,
    #[serde(rename = "DetailedErrorMessage")]
    pub(super) message: String,
}

impl Refusal {
    pub(in crate::sandbox) fn new(
        status: u16,
        code: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: Vec::new(),
        }
    }

    /// The error that nearly all operations document.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequestException", message)
    }

    /// An error with several reasons, which the service also writes into the message.
    pub(super) fn with_reasons(opening: &str, reasons: &[String], details: Vec<Detail>) -> Self {
        let reasons = reasons.join(", ");
        let message = format!("{opening} (ErrorDetails: [{reasons}])");
        Self {
            details,
            ..Self::bad_request(message)
        }
    }

    pub(in crate::sandbox) fn response(&self) -> Response {
        let details = (!self.details.is_empty()).then_some(&self.details);
        let body = object(json!({"Message": self.message, "ErrorDetails": details}));
        Response::json(self.status, &Value::Object(body)).with_header(ERROR_TYPE, self.code)
    }
}

/// The members of an object, without those that are `null`.
pub(super) fn object(object: Value) -> Map<String, Value> {
    let Value::Object(mut members) = object else {
        return Map::new();
    };
    members.retain(|_, value| !value.is_null());
    members
}
