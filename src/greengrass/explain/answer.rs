//! Answers that refuse or cannot be read: code, message, details and request id out of headers and body.

mod body;

use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;

use body::{Said, Shape};

use crate::domain::{Certainty, ServiceError, Trouble};

/// What an answer other than the one asked for says.
///
/// `unread` is why a successful answer could not be read.
pub(in crate::greengrass) fn refusal(
    operation: &str,
    response: &HttpResponse,
    unread: Option<&str>,
) -> ServiceError {
    let status = response.status().as_u16();
    let mut said = Said::read(response.body().bytes().unwrap_or_default());
    said.code = header_code(response.headers()).or(said.code);
    let told = trouble(status, &said);
    // What lists everything has nothing that could be missing, except itself.
    let is_missing = told == Trouble::NotFound && said.code.is_none() && lists_all(operation);
    let trouble = if is_missing { Trouble::NotServed } else { told };
    ServiceError {
        operation: operation.to_owned(),
        trouble,
        certainty: certainty(status, trouble),
        message: message(status, &said, unread),
        code: said.code,
        status: Some(status),
        details: said.details,
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

/// The id under which the service knows the request, from whichever header carries it.
pub(in crate::greengrass) fn request_id(response: &HttpResponse) -> Option<String> {
    ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"]
        .into_iter()
        .find_map(|name| response.headers().get(name))
        .map(str::to_owned)
}

/// `aws.greengrass#FooException:http://…` names `FooException`.
fn header_code(headers: &Headers) -> Option<String> {
    headers.get("x-amzn-errortype").and_then(body::plain_code)
}

fn trouble(status: u16, said: &Said) -> Trouble {
    if (200..300).contains(&status) {
        return Trouble::Unreadable;
    }
    if let Some(trouble) = said.code.as_deref().and_then(of_code) {
        return trouble;
    }
    let is_of_the_service = said.shape == Shape::Json || said.code.is_some();
    match status {
        403 | 404 | 501 if !is_of_the_service => Trouble::NotServed,
        410 => Trouble::NotServed,
        429 => Trouble::Throttled,
        500.. => Trouble::ServerFault,
        404 => Trouble::NotFound,
        403 => Trouble::AccessDenied,
        401 => Trouble::BadCredentials,
        407 => Trouble::Unreachable,
        400.. if is_of_the_service => Trouble::Refused,
        _ => Trouble::Unreadable,
    }
}

fn lists_all(operation: &str) -> bool {
    operation == "ListGroups" || operation.starts_with("List") && operation.ends_with("Definitions")
}

/// What a code means by itself; the names are those that AWS's services share, and Greengrass's own.
fn of_code(code: &str) -> Option<Trouble> {
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    if starts(&["AccessDenied", "UnauthorizedOperation", "NotAuthorized"]) {
        Some(Trouble::AccessDenied)
    } else if starts(&["ExpiredToken", "TokenRefreshRequired"]) {
        Some(Trouble::ExpiredCredentials)
    } else if starts(&["UnknownOperation", "MissingAuthenticationTokenException"]) {
        // Every request is signed, so a missing token is what API gateways say of an unknown path.
        Some(Trouble::NotServed)
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
        Some(Trouble::BadCredentials)
    } else if starts(&[
        "Throttl",
        "TooManyRequests",
        "RequestLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "PriorRequestNotComplete",
    ]) {
        Some(Trouble::Throttled)
    } else if code == "404" || code.contains("NotFound") {
        Some(Trouble::NotFound)
    } else {
        None
    }
}

/// A refusal proves that nothing was done only where it is the service's own, and not its failure.
///
/// A page instead of an answer may come from something that stands between and has already passed
/// the request on; only "there is no such address" can be believed of it.
fn certainty(status: u16, trouble: Trouble) -> Certainty {
    let is_page = trouble == Trouble::NotServed && status == 403;
    let is_settled = (300..500).contains(&status) && status != 408;
    if !is_settled || is_page || trouble == Trouble::Unreadable {
        Certainty::Unknown
    } else {
        Certainty::NotExecuted
    }
}

fn message(status: u16, said: &Said, unread: Option<&str>) -> String {
    match (&said.message, &said.shape) {
        (Some(message), _) => message.clone(),
        (None, Shape::Page(title)) => {
            let named = title
                .as_deref()
                .map_or_else(String::new, |title| format!(": {title}"));
            format!("the endpoint answered with a web page{named}")
        }
        (None, Shape::Text(text)) => format!("the endpoint answered: {text}"),
        (None, Shape::Json | Shape::Empty) if (200..300).contains(&status) => {
            format!(
                "the answer cannot be read: {}",
                unread.unwrap_or("it is damaged")
            )
        }
        (None, Shape::Json | Shape::Empty) => {
            format!("the endpoint answered with status {status} and no message")
        }
    }
}
