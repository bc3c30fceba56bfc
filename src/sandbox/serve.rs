//! The sandbox over HTTP/1.1, for other programs.

use std::future::Future;
use std::io::{self, Read};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use flate2::read::GzDecoder;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONTENT_ENCODING, HOST, HeaderMap, ORIGIN};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Sandbox;
use super::api::{ApiRequest, Refusal, Response};
use super::fault::Cut;

/// The largest body of a request in bytes, also after decompression; a larger one is refused with 413.
pub const MAX_BODY: usize = 16 * 1024 * 1024;

/// The maximum bytes of all bodies together. A body beyond it is refused with 503, which clients retry.
const MAX_BODIES: usize = 64 * 1024 * 1024;

/// This much of each body is always accepted, so that large requests do not block small ones.
const FREE_BODY: usize = 64 * 1024;

/// The unit in which the bytes of bodies are counted.
const KIBIBYTE: usize = 1024;

/// The timeout for receiving a request.
const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);

/// The time for requests in flight at shutdown. Connections still open after it are dropped.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// The pause after a failed accept, usually because too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers requests at `listener` from `sandbox` until `shutdown`, then finishes the requests in flight.
///
/// `name` is the host name under which clients reach the listener, if it has one. Must run inside a tokio
/// runtime with I/O and time. There is no authentication: signatures are ignored.
pub async fn serve(
    listener: TcpListener,
    name: Option<String>,
    sandbox: Sandbox,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut shutdown = pin!(shutdown);
    let server = Arc::new(Server {
        sandbox,
        name,
        bodies: Arc::new(Semaphore::new(MAX_BODIES / KIBIBYTE)),
    });
    let connections = GracefulShutdown::new();
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let server = Arc::clone(&server);
                    let service = service_fn(move |request| {
                        let server = Arc::clone(&server);
                        async move { server.answer(request).await }
                    });
                    let connection = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .header_read_timeout(REQUEST_TIMEOUT)
                        .serve_connection(TokioIo::new(stream), service);
                    // A client that disconnects is not an error of the server.
                    let connection = connections.watch(connection);
                    tokio::spawn(async move { drop(connection.await) });
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
        }
    }
    drop(listener);
    drop(tokio::time::timeout(SHUTDOWN_TIMEOUT, connections.shutdown()).await);
    Ok(())
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

type HttpAnswer = hyper::Response<Full<Bytes>>;

/// Why a request ends before it reaches the sandbox.
enum EarlyEnd {
    Refused(Refusal),
    /// The client was too slow or has disconnected.
    Cut,
}

impl From<Refusal> for EarlyEnd {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

struct Server {
    sandbox: Sandbox,
    name: Option<String>,
    /// Permits for the bytes of bodies, in KiB.
    bodies: Arc<Semaphore>,
}

impl Server {
    async fn answer(&self, request: hyper::Request<Incoming>) -> Result<HttpAnswer, Cut> {
        let (parts, body) = request.into_parts();
        let body = match self.body(&parts.headers, body).await {
            Ok(body) => body,
            Err(EarlyEnd::Refused(refusal)) => return Ok(http_response(refusal.response())),
            Err(EarlyEnd::Cut) => return Err(Cut::Reset),
        };
        let request = ApiRequest {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query(),
            client_token: header(&parts.headers, "x-amzn-client-token"),
            body: &body.bytes,
        };
        self.sandbox.handle(request).await.map(http_response)
    }

    /// Refuses web pages, and clients that use their own name for this address (DNS rebinding).
    fn check_sender(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let denied = |message: String| Err(Refusal::new(403, "AccessDeniedException", message));
        if headers.contains_key(ORIGIN) {
            return denied("Requests of web pages are refused.".to_owned());
        }
        let Some(host) = headers.get(HOST) else {
            return Ok(());
        };
        let name = host_name(host.to_str().unwrap_or_default());
        let is_name = |own: &str| own.eq_ignore_ascii_case(name);
        let is_own = name.parse::<IpAddr>().is_ok()
            || is_name("localhost")
            || self.name.as_deref().is_some_and(is_name);
        if is_own {
            return Ok(());
        }
        denied(format!(
            "This server answers at IP addresses and at localhost, not at {name:?}; \
             start it with --listen NAME:PORT to use another name."
        ))
    }

    async fn body(&self, headers: &HeaderMap, body: Incoming) -> Result<ReadBody, EarlyEnd> {
        self.check_sender(headers)?;
        // A client that announces too large a body need not send it.
        if body.size_hint().lower() > MAX_BODY as u64 {
            return Err(too_large().into());
        }
        let read = tokio::time::timeout(REQUEST_TIMEOUT, self.read(body));
        let mut body = read.await.map_err(|_| EarlyEnd::Cut)??;
        match header(headers, CONTENT_ENCODING.as_str()).map(str::trim) {
            None | Some("" | "identity") => {}
            Some("gzip") => {
                let bytes = gunzip(&body.bytes)?;
                body.reserve(bytes.len())?;
                body.bytes = bytes;
            }
            Some(encoding) => {
                let message = format!("The Content-Encoding {encoding:?} is not supported.");
                return Err(Refusal::new(415, "UnsupportedMediaTypeException", message).into());
            }
        }
        Ok(body)
    }

    async fn read(&self, mut body: Incoming) -> Result<ReadBody, EarlyEnd> {
        let mut read = ReadBody {
            bytes: Vec::new(),
            permit: None,
            bodies: Arc::clone(&self.bodies),
        };
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| EarlyEnd::Cut)?;
            if let Ok(data) = frame.into_data() {
                read.reserve(read.bytes.len() + data.len())?;
                read.bytes.extend_from_slice(&data);
            }
        }
        Ok(read)
    }
}

/// A body, and its share of the memory for all bodies.
struct ReadBody {
    bytes: Vec<u8>,
    permit: Option<OwnedSemaphorePermit>,
    bodies: Arc<Semaphore>,
}

impl ReadBody {
    fn reserve(&mut self, bytes: usize) -> Result<(), Refusal> {
        if bytes > MAX_BODY {
            return Err(too_large());
        }
        let needed = bytes.saturating_sub(FREE_BODY).div_ceil(KIBIBYTE);
        let held = self
            .permit
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits);
        let more = needed.saturating_sub(held);
        if more == 0 {
            return Ok(());
        }
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        let bodies = Arc::clone(&self.bodies);
        let permit = bodies.try_acquire_many_owned(more).map_err(|_| {
            let message = "Too many large requests at the same time; try again.";
            Refusal::new(503, "ServiceUnavailableException", message)
        })?;
        match &mut self.permit {
            Some(held) => held.merge(permit),
            None => self.permit = Some(permit),
        }
        Ok(())
    }
}

fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut text = Vec::new();
    let mut decoder = GzDecoder::new(bytes).take(MAX_BODY as u64 + 1);
    decoder.read_to_end(&mut text).map_err(|error| {
        Refusal::new(
            400,
            "BadRequestException",
            format!("The body is not gzip: {error}."),
        )
    })?;
    Ok(text)
}

/// The name in a Host header, without the port and without the brackets of an IPv6 address.
fn host_name(host: &str) -> &str {
    if let Some((address, _)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return address;
    }
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name.trim_end_matches('.')
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn too_large() -> Refusal {
    let message = format!("The body has more than {MAX_BODY} bytes.");
    Refusal::new(413, "RequestEntityTooLargeException", message)
}

fn http_response(response: Response) -> HttpAnswer {
    let mut answer = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        answer = answer.header(*name, value);
    }
    answer
        .body(Full::new(Bytes::from(response.body)))
        .unwrap_or_else(|_| hyper::Response::new(Full::new(Bytes::new())))
}
