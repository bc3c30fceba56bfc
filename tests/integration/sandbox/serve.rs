//! `serve` with slow, large, forbidden and disconnected clients.

use std::io::ErrorKind;
use std::time::Duration;

use futures_util::future::select_all;
use greengroup::sandbox::{Account, Fault, MAX_BODY, Sandbox, serve};
use rstest::rstest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Running {
    sandbox: Sandbox,
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

async fn start() -> Running {
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async { drop(stopped.await) };
    let server = tokio::spawn(serve(listener, None, sandbox.clone(), stopped));
    Running {
        sandbox,
        address,
        stop,
        server,
    }
}

impl Running {
    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    /// The response until the connection is closed.
    async fn answer(&self, text: &str) -> String {
        all_of(self.send(text).await).await
    }
}

async fn all_of(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

const LIST: &str =
    "GET /greengrass/groups HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn plain_request_gets_json_and_request_id() {
    let running = start().await;
    let answer = running.answer(LIST).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\r\nx-amzn-requestid: "), "{answer}");
    assert!(answer.ends_with("\r\n\r\n{\"Groups\":[]}"), "{answer}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let running = start().await;
    let head = "POST /greengrass/groups HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    let length = MAX_BODY + 1;
    let mut stream = running
        .send(&format!("{head}Content-Length: {length}\r\n\r\n"))
        .await;
    let mut start_of_answer = [0; 12];
    stream.read_exact(&mut start_of_answer).await.unwrap();
    assert_eq!(&start_of_answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn a_web_page_is_not_answered() {
    let running = start().await;
    let asked = LIST.replace(
        "Host: 127.0.0.1",
        "Host: 127.0.0.1\r\nOrigin: http://elsewhere.example",
    );
    let answer = running.answer(&asked).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[tokio::test]
async fn cut_closes_connection_without_an_answer() {
    let running = start().await;
    running.sandbox.fail(None, 1, Fault::CutBefore);
    assert_eq!(running.answer(LIST).await, "");
    assert!(running.answer(LIST).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn serve_finishes_open_requests_before_it_ends() {
    let running = start().await;
    running.sandbox.set_delay(Duration::from_millis(200));
    let stream = running.send(LIST).await;
    let idle = running.send("").await;
    while running
        .sandbox
        .traffic(greengroup::sandbox::Traffic::in_flight)
        == 0
    {
        tokio::task::yield_now().await;
    }
    running.stop.send(()).unwrap();
    let answer = all_of(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(all_of(idle).await, "", "an idle connection is closed");
    running.server.await.unwrap().unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
}

async fn answer_to(running: &Running, head: &str, body: &[u8]) -> String {
    let length = body.len();
    let head = format!("{head}Connection: close\r\nContent-Length: {length}\r\n\r\n");
    let mut stream = running.send(&head).await;
    stream.write_all(body).await.unwrap();
    all_of(stream).await
}

#[rstest]
#[case("127.0.0.1:8471", 200)]
#[case("[::1]:8471", 200)]
#[case("localhost", 200)]
#[case("LOCALHOST.:8471", 200)]
#[case("sandbox.plant.example:8471", 200)]
#[case("rebound.example", 403)]
#[case("127.0.0.1.rebound.example", 403)]
#[case("", 403)]
#[tokio::test]
async fn only_known_host_names_are_answered(#[case] host: &str, #[case] status: u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let name = Some("sandbox.plant.example".to_owned());
    let server = tokio::spawn(serve(listener, name, sandbox, std::future::pending()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = LIST.replace("127.0.0.1", host);
    stream.write_all(asked.as_bytes()).await.unwrap();
    let answer = all_of(stream).await;
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{answer}"
    );
    assert_eq!(
        status == 403,
        answer.contains("--listen NAME:PORT"),
        "{answer}"
    );
    server.abort();
}

#[tokio::test]
async fn gzip_and_byte_order_marks_are_read() {
    let running = start().await;
    let body = b"\xef\xbb\xbf{\"Name\": \"press\"}";
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, body).unwrap();
    let head = "POST /greengrass/groups HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Encoding: gzip\r\n";
    let answer = answer_to(&running, head, &encoder.finish().unwrap()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = answer_to(&running, head, body).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let head = head.replace("gzip", "br");
    let answer = answer_to(&running, &head, body).await;
    assert!(answer.starts_with("HTTP/1.1 415"), "{answer}");
}

#[tokio::test]
async fn unfinished_bodies_share_one_limit() {
    let running = start().await;
    let head = "POST /greengrass/groups HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    let length = format!("Content-Length: {MAX_BODY}\r\n\r\n");
    let part = vec![b' '; MAX_BODY - 1];
    let mut unfinished = Vec::new();
    for _ in 0..5 {
        let mut stream = running.send(&format!("{head}{length}")).await;
        // The server may refuse this one before it has read everything.
        drop(stream.write_all(&part).await);
        unfinished.push(stream);
    }
    let answers = unfinished.iter_mut().map(|stream| {
        Box::pin(async {
            let mut start_of_answer = [0; 12];
            let read = stream.read_exact(&mut start_of_answer).await;
            read.map(|_| start_of_answer)
        })
    });
    let (first, _, _) = select_all(answers).await;
    let is_refused = match &first {
        Ok(start_of_answer) => start_of_answer == b"HTTP/1.1 503",
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    };
    assert!(is_refused, "{first:?}");
    let small = answer_to(&running, head, b"{\"Name\": \"press\"}").await;
    assert!(small.starts_with("HTTP/1.1 200"), "{small}");
}
