//! For tests only: configurable faults, each with its operation and its number of requests.

use std::time::Duration;

use tokio::time::Instant;

use super::api::{Operation, REQUEST_ID, Refusal, Response};

/// One fault of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The response is this much later, and otherwise unchanged.
    Delay(Duration),
    /// 429 ThrottlingException.
    Throttle,
    /// The request has its effect, then gets 429 ThrottlingException.
    ThrottleAfter,
    /// The request has its effect, then a gateway sends 429 without a code.
    GatewayThrottleAfter,
    /// 200 with `{}`, without an effect.
    Empty,
    /// The request has its effect, then gets 200 with `{}`.
    EmptyAfter,
    /// 200 for a version of another group, without an effect.
    OtherGroup,
    /// The request has its effect, then gets 200 for a version of another group.
    OtherGroupAfter,
    /// 500 InternalServerErrorException; nothing was done.
    ServerError,
    /// The request has its effect, then gets 500 InternalServerErrorException.
    ServerErrorAfter,
    /// 403 AccessDeniedException.
    Deny,
    /// 400 BadRequestException with this message.
    Refuse(&'static str),
    /// 403 ExpiredTokenException.
    ExpiredToken,
    /// 200 with an HTML page, as from a captive portal.
    Html,
    /// 404 with an HTML page, as from a server without this API.
    HtmlNotFound,
    /// 200 with incomplete JSON.
    Garbage,
    /// 200 with this many bytes.
    Huge(usize),
    /// The connection is never made.
    Unreachable,
    /// The connection breaks before the request has an effect.
    CutBefore,
    /// The request has its effect, then the connection breaks.
    CutAfter,
    /// The head of a response without an effect, then one blank a second forever.
    Drip,
    /// No response and no effect.
    Hang,
    /// The request has its effect, but gets no response.
    HangAfter,
}

/// How a connection ends without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cut {
    #[error("the connection was refused")]
    Refused,
    #[error("the connection was reset")]
    Reset,
}

/// A fault for the next requests.
#[derive(Debug)]
pub(super) struct PlannedFault {
    /// `None` for any operation.
    pub(super) operation: Option<Operation>,
    /// The remaining number of requests.
    pub(super) times: u32,
    pub(super) fault: Fault,
}

/// Takes the first fault for `operation`.
pub(super) fn take_fault(
    planned: &mut Vec<PlannedFault>,
    operation: Option<Operation>,
) -> Option<Fault> {
    let is_meant = |one: &PlannedFault| one.operation.is_none() || one.operation == operation;
    let place = planned.iter().position(is_meant)?;
    let next = planned.get_mut(place)?;
    let fault = next.fault.clone();
    next.times = next.times.saturating_sub(1);
    if next.times == 0 {
        planned.remove(place);
    }
    Some(fault)
}

/// The request rate that the account allows: a bucket of tokens, full at the beginning.
#[derive(Debug)]
pub(super) struct Limit {
    per_second: f64,
    burst: f64,
    tokens: f64,
    filled: Option<Instant>,
}

impl Limit {
    pub(super) fn new(per_second: f64, burst: u32) -> Self {
        let burst = f64::from(burst);
        Self {
            per_second,
            burst,
            tokens: burst,
            filled: None,
        }
    }

    /// Takes the token of one request; false if there is none.
    pub(super) fn take(&mut self) -> bool {
        let now = Instant::now();
        if let Some(filled) = self.filled.replace(now) {
            let gained = now.duration_since(filled).as_secs_f64() * self.per_second;
            self.tokens = (self.tokens + gained).min(self.burst);
        }
        let is_allowed = self.tokens >= 1.0;
        if is_allowed {
            self.tokens -= 1.0;
        }
        is_allowed
    }
}

impl Fault {
    /// The delay of the response.
    pub(super) const fn lateness(&self) -> Duration {
        if let Self::Delay(late) = self {
            *late
        } else {
            Duration::ZERO
        }
    }

    /// The course of a request with this fault; `None` if the account answers.
    pub(super) fn course(&self, operation: Option<Operation>, request_id: &str) -> Option<Course> {
        let answer = |response: Response| Some(Ok(response.with_header(REQUEST_ID, request_id)));
        let json = |body: Vec<u8>| answer(Response::new(200, "application/json", body));
        let html = |status, page: &str| answer(Response::new(status, "text/html", page.into()));
        let refused =
            |status, code, message: &str| answer(Refusal::new(status, code, message).response());
        let end = match self {
            Self::Delay(_) => return None,
            Self::Throttle | Self::ThrottleAfter => {
                refused(429, "ThrottlingException", "Rate exceeded")
            }
            Self::GatewayThrottleAfter => html(429, BUSY),
            Self::Empty | Self::EmptyAfter => json(b"{}".into()),
            Self::OtherGroup | Self::OtherGroupAfter => json(OTHER_GROUP.into()),
            Self::ServerError | Self::ServerErrorAfter => {
                refused(500, "InternalServerErrorException", INTERNAL_ERROR)
            }
            Self::Refuse(message) => refused(400, "BadRequestException", message),
            Self::Deny => {
                let name = operation.map_or_else(|| "*".to_owned(), |name| name.to_string());
                let message = format!("The caller is not authorized to perform: greengrass:{name}");
                refused(403, "AccessDeniedException", &message)
            }
            Self::ExpiredToken => refused(403, "ExpiredTokenException", EXPIRED),
            Self::Html => html(200, PORTAL),
            Self::HtmlNotFound => html(404, NOT_FOUND),
            Self::Garbage => json(GARBAGE.into()),
            Self::Huge(bytes) => json(vec![b' '; *bytes]),
            Self::Unreachable => Some(Err(Cut::Refused)),
            Self::CutBefore | Self::CutAfter => Some(Err(Cut::Reset)),
            Self::Drip => answer(Response {
                drips: true,
                ..Response::new(200, "application/json", Vec::new())
            }),
            Self::Hang | Self::HangAfter => None,
        };
        let has_effect = matches!(
            self,
            Self::ThrottleAfter
                | Self::GatewayThrottleAfter
                | Self::EmptyAfter
                | Self::OtherGroupAfter
                | Self::ServerErrorAfter
                | Self::CutAfter
                | Self::HangAfter
        );
        Some(Course { has_effect, end })
    }
}

/// The course of a request with a fault.
#[derive(Debug)]
pub(super) struct Course {
    /// Whether the account carries out the request.
    pub(super) has_effect: bool,
    /// `None` if the client waits forever.
    pub(super) end: Option<Result<Response, Cut>>,
}

const INTERNAL_ERROR: &str = "We're having a problem right now. Please try again in a few minutes.";

const EXPIRED: &str = "The security token included in the request is expired";

const OTHER_GROUP: &str = "{\"Id\":\"00000000-0000-4000-8000-000000000000\",\
    \"Version\":\"00000000-0000-4000-8000-000000000001\",\"CreationTimestamp\":\"2020-01-01T00:00:00.000Z\"}";

const BUSY: &str = "<!DOCTYPE html><html><head><title>429 Too Many Requests</title></head></html>";

const GARBAGE: &str = "{\"Groups\":[{\"Id\":\"0";

const PORTAL: &str = "<!DOCTYPE html><html><head><title>Sign in</title></head>\
    <body><h1>Welcome to the plant network</h1></body></html>";

const NOT_FOUND: &str = "<!DOCTYPE html><html><head><title>404 Not Found</title></head>\
    <body><h1>Not Found</h1></body></html>";
