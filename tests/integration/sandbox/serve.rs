//! `serve` towards clients that are late, large, curious or gone.

use std::time::Duration;

use greengroup::sandbox::{Account, Fault, LARGEST_BODY, Sandbox, serve};
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
    let server = tokio::spawn(serve(listener, sandbox.clone(), stopped));
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

    /// What comes back until the connection is closed.
    async fn answer(&self, text: &str) -> String {
        all_of(self.send(text).await).await
    }
}

async fn all_of(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

const LIST: &str = "GET /greengrass/groups HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

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
    let head = "POST /greengrass/groups HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    let length = LARGEST_BODY + 1;
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
    let asked = LIST.replace("Host: x", "Host: x\r\nOrigin: http://elsewhere.example");
    let answer = running.answer(&asked).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[tokio::test]
async fn a_cut_closes_the_connection_without_a_word() {
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
