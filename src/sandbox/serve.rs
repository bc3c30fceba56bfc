//! The sandbox over HTTP/1.1, for clients that are not part of this program.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Sandbox;
use super::api::{Refusal, Request, Response};
use super::fault::Cut;

/// The largest body of a request, in bytes; larger ones are refused with 413.
pub const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// How long a client may take to send its request.
const SLOWEST_REQUEST: Duration = Duration::from_mins(1);

/// How long requests that are under way are waited for at the end.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long to wait when no connection can be accepted, mostly because too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers what comes to `listener` from `sandbox` until `shutdown`; then finishes what is under way.
///
/// Must run inside a tokio runtime with I/O and time. There is no authentication: signatures are not looked at.
pub async fn serve(
    listener: TcpListener,
    sandbox: Sandbox,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut shutdown = pin!(shutdown);
    let (closing, closed) = watch::channel(());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, sandbox.clone(), closed.clone()));
                }
                Err(error) if is_of_one_connection(&error) => {}
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
    drop(listener);
    drop(closing);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    // Whoever has not finished by then hangs on purpose.
    drop(tokio::time::timeout(FAREWELL, all_ended).await);
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

async fn connection(stream: TcpStream, sandbox: Sandbox, mut closed: watch::Receiver<()>) {
    let service = service_fn(|request| answer(&sandbox, request));
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(SLOWEST_REQUEST)
            .serve_connection(TokioIo::new(stream), service)
    );
    // A client that breaks off is no error of the server.
    tokio::select! {
        _broken_off = connection.as_mut() => return,
        _ = closed.changed() => connection.as_mut().graceful_shutdown(),
    }
    drop(connection.await);
}

async fn answer(
    sandbox: &Sandbox,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, Cut> {
    let (parts, body) = request.into_parts();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if parts.headers.contains_key("origin") {
        return Ok(refused(
            403,
            "AccessDeniedException",
            "Web pages are not answered.",
        ));
    }
    let too_large = || {
        let message = format!("The body has more than {LARGEST_BODY} bytes.");
        refused(413, "RequestEntityTooLargeException", &message)
    };
    // Who says beforehand that it is too much is not made to send it.
    if body.size_hint().lower() > LARGEST_BODY as u64 {
        return Ok(too_large());
    }
    let limited = Limited::new(body, LARGEST_BODY).collect();
    let body = match tokio::time::timeout(SLOWEST_REQUEST, limited).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Ok(too_large()),
        Ok(Err(_)) | Err(_) => return Err(Cut::Reset),
    };
    let request = Request {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query(),
        client_token: header("x-amzn-client-token"),
        body: &body,
    };
    sandbox.handle(request).await.map(http_response)
}

fn refused(status: u16, code: &'static str, message: &str) -> hyper::Response<Full<Bytes>> {
    http_response(Refusal::new(status, code, message).response())
}

fn http_response(response: Response) -> hyper::Response<Full<Bytes>> {
    let mut answer = hyper::Response::builder().status(response.status);
    for (name, value) in &response.headers {
        answer = answer.header(*name, value);
    }
    answer
        .body(Full::new(Bytes::from(response.body)))
        .unwrap_or_else(|_| hyper::Response::new(Full::new(Bytes::new())))
}
