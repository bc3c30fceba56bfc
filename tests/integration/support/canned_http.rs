//! An HTTP client with canned responses below the SDK: a closure returns the response to each request.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use tokio::time::Instant;

/// A request as it would have been sent.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    pub(crate) at: Instant,
}

impl Seen {
    /// `GET /path?query`.
    pub(crate) fn line(&self) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method, self.path, self.query)
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.query.strip_prefix("NextToken=")
    }
}

/// An empty response to every read.
pub(crate) const EMPTY: &str = r#"{"Groups": [], "Versions": [], "Definitions": [], "Deployments": [], "Definition": {}, "Id": "g-1"}"#;

/// The response to a request.
pub(crate) enum Reply {
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: SdkBody,
    },
    Fails(ConnectorError),
    /// No response ever.
    Hangs,
}

impl Reply {
    pub(crate) fn json(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(crate) fn status(status: u16, body: impl Into<String>) -> Self {
        Self::Answer {
            status,
            headers: vec![],
            body: SdkBody::from(body.into()),
        }
    }

    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "message": message });
        Self::status(status, body.to_string()).with("x-amzn-ErrorType", code)
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }

    /// No connection can be made.
    pub(crate) fn refused() -> Self {
        let error = io::Error::new(io::ErrorKind::ConnectionRefused, "Connection refused");
        Self::Fails(ConnectorError::io(error.into()))
    }

    /// The connection breaks after the request was sent.
    pub(crate) fn cut() -> Self {
        let error = io::Error::new(io::ErrorKind::ConnectionReset, "connection reset by peer");
        Self::Fails(ConnectorError::io(error.into()))
    }
}

type Answers = dyn Fn(&Seen, usize) -> Reply + Send + Sync;

/// Answers every request with a closure of the request and the number of earlier ones.
#[derive(Clone)]
pub(crate) struct Canned {
    answers: Arc<Answers>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl fmt::Debug for Canned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Canned").finish_non_exhaustive()
    }
}

impl Canned {
    pub(crate) fn new(answers: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self {
            answers: Arc::new(answers),
            seen: Arc::default(),
        }
    }

    /// The same response to everything.
    pub(crate) fn always(status: u16, body: &'static str) -> Self {
        Self::new(move |_, _| Reply::status(status, body))
    }

    /// One response after another; the last one repeats.
    pub(crate) fn in_turn(replies: impl IntoIterator<Item = fn() -> Reply>) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        Self::new(move |_, before| replies[before.min(replies.len() - 1)]())
    }

    pub(crate) fn http_client(&self) -> SharedHttpClient {
        let canned = self.clone();
        http_client_fn(move |_, _| SharedHttpConnector::new(canned.clone()))
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// When each request arrived, counted from the first.
    pub(crate) fn times(&self) -> Vec<Duration> {
        let seen = self.seen();
        seen.iter().map(|request| request.at - seen[0].at).collect()
    }
}

impl HttpConnector for Canned {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = request.try_into_http1x().unwrap();
        let headers = request.headers().iter();
        let seen = Seen {
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
                .collect(),
            body: String::from_utf8(request.body().bytes().unwrap_or_default().to_vec()).unwrap(),
            at: Instant::now(),
        };
        let before = self.count();
        self.seen.lock().unwrap().push(seen.clone());
        let reply = (self.answers)(&seen, before);
        HttpConnectorFuture::new(async move {
            match reply {
                Reply::Answer {
                    status,
                    headers,
                    body,
                } => {
                    let mut response = HttpResponse::new(status.try_into().unwrap(), body);
                    for (name, value) in headers {
                        response.headers_mut().insert(name, value);
                    }
                    Ok(response)
                }
                Reply::Fails(error) => Err(error),
                Reply::Hangs => std::future::pending().await,
            }
        })
    }
}
