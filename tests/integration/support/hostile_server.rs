//! A server in front of the sandbox that replaces some responses according to a table.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use greengroup::sandbox::Sandbox;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::served::Served;

/// A replaced response and its requests.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) method: &'static str,
    /// The end of the path.
    pub(crate) path: &'static str,
    /// The number of such requests that the sandbox answers first.
    pub(crate) after: usize,
    /// The sandbox also gets the request, and its effect stays.
    pub(crate) has_effect: bool,
    pub(crate) status: u16,
    /// `@COUNT@` in it is replaced by the number of the request.
    pub(crate) body: String,
}

impl Line {
    /// 200 with this body for every such request, without an effect.
    pub(crate) fn new(method: &'static str, path: &'static str, body: impl Into<String>) -> Self {
        Self {
            method,
            path,
            after: 0,
            has_effect: false,
            status: 200,
            body: body.into(),
        }
    }
}

/// The server ends with this value.
pub(crate) struct HostileServer {
    /// `http://127.0.0.1:PORT`
    pub(crate) endpoint: String,
    requests: Arc<Mutex<Vec<String>>>,
    _front: Served,
    _behind: Served,
}

impl HostileServer {
    pub(crate) fn start(sandbox: Sandbox, table: Vec<Line>) -> Self {
        let behind = Served::start(sandbox);
        let target: SocketAddr = behind.endpoint["http://".len()..].parse().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let state = Arc::new(State {
            target,
            counts: table.iter().map(|_| Mutex::new(0)).collect(),
            table,
            requests: Arc::clone(&requests),
        });
        let front = Served::by(async move |listener, stopped| {
            tokio::select! {
                _ = stopped => {}
                () = accept(listener, state) => {}
            }
        });
        Self {
            endpoint: front.endpoint.clone(),
            requests,
            _front: front,
            _behind: behind,
        }
    }

    /// The number of requests with this method and end of the path.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        let requests = self.requests.lock().unwrap();
        let fits = |line: &&String| line.starts_with(method) && line.ends_with(path);
        requests.iter().filter(fits).count()
    }
}

struct State {
    target: SocketAddr,
    table: Vec<Line>,
    counts: Vec<Mutex<usize>>,
    requests: Arc<Mutex<Vec<String>>>,
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let answer = service_fn(move |request| answer(request, Arc::clone(&state)));
            let connection = hyper::server::conn::http1::Builder::new();
            _ = connection
                .serve_connection(TokioIo::new(stream), answer)
                .await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    state: Arc<State>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (method, path) = (
        request.method().to_string(),
        request.uri().path().to_owned(),
    );
    let line = format!("{method} {path}");
    state.requests.lock().unwrap().push(line);
    let fitting = state
        .table
        .iter()
        .zip(&state.counts)
        .find_map(|(line, count)| {
            if line.method != method || !path.ends_with(line.path) {
                return None;
            }
            let mut count = count.lock().unwrap();
            *count += 1;
            (*count > line.after).then_some((line, *count))
        });
    let Some((line, count)) = fitting else {
        return Ok(forward(request, state.target).await);
    };
    if line.has_effect {
        forward(request, state.target).await;
    }
    let body = line.body.replace("@COUNT@", &count.to_string());
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = line.status.try_into().unwrap();
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    Ok(response)
}

async fn forward(request: Request<Incoming>, target: SocketAddr) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let body = Full::new(body.collect().await.unwrap().to_bytes());
    let stream = TcpStream::connect(target).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .unwrap();
    tokio::spawn(connection);
    let request = Request::from_parts(head, body);
    let (head, body) = sender.send_request(request).await.unwrap().into_parts();
    Response::from_parts(head, Full::new(body.collect().await.unwrap().to_bytes()))
}
