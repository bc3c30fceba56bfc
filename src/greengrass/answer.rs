//! Error responses and unreadable ones: code, message, details and request id from headers and body.

mod body;

use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;

use body::{BodyShape, ErrorBody};

use super::attempt_failure::{host, is_of_aws};
use crate::domain::{Certainty, ErrorKind, ServiceError};

/// The address that a response came from; the transport puts it on each response.
#[derive(Debug, Clone)]
pub(super) struct AnsweredBy(pub(super) String);

/// The error of a response that is not a success or cannot be read.
///
/// `unread` is the reason why a successful response could not be read.
pub(super) fn refusal(
    operation: &str,
    response: &HttpResponse,
    unread: Option<&str>,
) -> ServiceError {
    let status = response.status().as_u16();
    let mut body = ErrorBody::read(response.body().bytes().unwrap_or_default());
    body.code = header_code(response.headers()).or(body.code);
    let answered_by = response.extension::<AnsweredBy>();
    let uri = answered_by.map_or("", |AnsweredBy(uri)| uri);
    let is_gate = status == 403 && is_page(&body) && !uri.is_empty() && !is_of_aws(uri);
    let mut kind = in_context(operation, &body, kind(status, &body));
    if is_gate && kind == ErrorKind::NotServed {
        // A page from a custom endpoint is no evidence of the end of V1 at AWS.
        kind = ErrorKind::Unreadable;
    }
    ServiceError {
        operation: operation.to_owned(),
        kind,
        certainty: certainty(status, kind, &body),
        message: message(response, uri, &body, unread),
        code: body.code,
        status: Some(status),
        details: body.details,
        request_id: request_id(response),
        // The statuses that the SDKs retry.
        is_transient: matches!(status, 429 | 500 | 502 | 503 | 504),
        retry_after: retry_after(response.headers()),
    }
}

/// `Retry-After` in seconds; its other form, a date, is not used by AWS.
fn retry_after(headers: &Headers) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The kind of the error for this operation.
fn in_context(operation: &str, body: &ErrorBody, kind: ErrorKind) -> ErrorKind {
    let is_sts = operation == "GetCallerIdentity";
    if is_sts && matches!(kind, ErrorKind::NotFound | ErrorKind::NotServed) {
        return ErrorKind::Unreadable;
    }
    // A list of everything cannot be missing at AWS, so the endpoint does not serve it.
    if kind == ErrorKind::NotFound && body.code.is_none() && lists_all(operation) {
        return ErrorKind::NotServed;
    }
    kind
}

fn is_page(body: &ErrorBody) -> bool {
    matches!(body.shape, BodyShape::Page(_)) && body.code.is_none()
}

/// The request id of the service, from the first header that has it.
pub(super) fn request_id(response: &HttpResponse) -> Option<String> {
    ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"]
        .into_iter()
        .find_map(|name| response.headers().get(name))
        .map(str::to_owned)
}

/// `aws.greengrass#FooException:http://…` names `FooException`.
fn header_code(headers: &Headers) -> Option<String> {
    headers.get("x-amzn-errortype").and_then(body::plain_code)
}

fn kind(status: u16, body: &ErrorBody) -> ErrorKind {
    if (200..300).contains(&status) {
        return ErrorKind::Unreadable;
    }
    if let Some(kind) = body.code.as_deref().and_then(of_code) {
        return kind;
    }
    let is_of_the_service = body.shape == BodyShape::Json || body.code.is_some();
    match status {
        403 | 404 | 501 if !is_of_the_service => ErrorKind::NotServed,
        410 => ErrorKind::NotServed,
        429 => ErrorKind::Throttled,
        500.. => ErrorKind::ServerFault,
        404 => ErrorKind::NotFound,
        403 => ErrorKind::AccessDenied,
        401 => ErrorKind::BadCredentials,
        407 => ErrorKind::Unreachable,
        400.. if is_of_the_service => ErrorKind::Refused,
        _ => ErrorKind::Unreadable,
    }
}

fn lists_all(operation: &str) -> bool {
    operation == "ListGroups" || operation.starts_with("List") && operation.ends_with("Definitions")
}

/// The kind for a code alone. Some names are common to AWS's services, others are Greengrass's own.
fn of_code(code: &str) -> Option<ErrorKind> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    if starts(&["AccessDenied", "UnauthorizedOperation", "NotAuthorized"]) {
        Some(ErrorKind::AccessDenied)
    } else if starts(&["ExpiredToken", "TokenRefreshRequired"]) {
        Some(ErrorKind::ExpiredCredentials)
    } else if starts(&["UnknownOperation", "MissingAuthenticationTokenException"]) {
        // Every request is signed, so API gateways use this code for an unknown path.
        Some(ErrorKind::NotServed)
    } else if starts(&[
        "UnrecognizedClient",
        "InvalidClientTokenId",
        "InvalidSignature",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "MissingAuthenticationToken",
        "AuthFailure",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "OptInRequired",
    ]) {
        Some(ErrorKind::BadCredentials)
    } else if starts(&[
        "Throttl",
        "TooManyRequests",
        "RequestLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "PriorRequestNotComplete",
    ]) {
        Some(ErrorKind::Throttled)
    } else if code == "404" || code.contains("NotFound") {
        Some(ErrorKind::NotFound)
    } else {
        None
    }
}

/// Only a refusal by the service itself proves that nothing was done, and only below 500.
///
/// A page may come from a proxy that has already passed the request on. Only its 404 is trusted.
fn certainty(status: u16, kind: ErrorKind, body: &ErrorBody) -> Certainty {
    let is_settled = (300..500).contains(&status) && status != 408;
    let is_unread = kind == ErrorKind::Unreadable && status != 404;
    if !is_settled || is_unread || (status == 403 && is_page(body)) {
        Certainty::Unknown
    } else {
        Certainty::NotExecuted
    }
}

fn message(response: &HttpResponse, uri: &str, body: &ErrorBody, unread: Option<&str>) -> String {
    let status = response.status().as_u16();
    let header = |name: &str| response.headers().get(name).map(str::to_owned);
    if status == 407 {
        return "the proxy asks for a user name and password (407)".to_owned();
    }
    if (300..400).contains(&status)
        && let Some(location) = header("location")
    {
        let host = host(uri);
        return format!("{host} redirects to {location}; use that as the endpoint");
    }
    let encoding = header("content-encoding").filter(|encoding| encoding != "identity");
    if let Some(encoding) = encoding
        && body.message.is_none()
    {
        return format!(
            "the answer is compressed (Content-Encoding: {encoding}), which was not asked for"
        );
    }
    match (&body.message, &body.shape) {
        (Some(message), _) => message.clone(),
        (None, BodyShape::Page(Some(title))) => {
            format!("the endpoint answered with a web page: {title}")
        }
        (None, BodyShape::Page(None)) => "the endpoint answered with a web page".to_owned(),
        (None, BodyShape::Text(text)) => format!("the endpoint answered: {text}"),
        (None, BodyShape::Json | BodyShape::Empty) if (200..300).contains(&status) => {
            let reason = unread.unwrap_or("it is damaged");
            format!("the answer cannot be read: {reason}")
        }
        (None, BodyShape::Json | BodyShape::Empty) => {
            format!("the endpoint answered with status {status} and no message")
        }
    }
}
