//! The proxies of the environment: the proxy for each form, and the error for each wrong one.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rstest::rstest;
use serde_json::{Value, json};

use super::loopback::Server;
use super::machine::Machine;

/// A proxy that answers by itself, and records the user name and password of each request.
fn proxy() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let basic = head.iter().find_map(|line| {
                let (name, value) = line.split_once(": Basic ")?;
                name.eq_ignore_ascii_case("proxy-authorization")
                    .then_some(value)
            });
            let decoded = BASE64_STANDARD.decode(basic.unwrap_or_default()).unwrap();
            sender.send(String::from_utf8(decoded).unwrap()).unwrap();
            let body = r#"{"Groups": [{"Id": "1"}]}"#;
            let length = body.len();
            _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
        }
    });
    (address, receiver)
}

async fn connect(machine: Machine) -> Value {
    machine
        .connect(json!({ "endpoint_url": "http://greengrass.invalid" }))
        .await
}

#[rstest]
#[case("http://anna:p%23ss@", "anna:p#ss")]
#[case("http://anna:p#ss@", "anna:p#ss")]
#[case("http://anna:p/s?s@", "anna:p/s?s")]
#[case("http://anna:p@ss@", "anna:p@ss")]
#[case("anna:s3cr3t@", "anna:s3cr3t")]
#[case("HTTP://anna@", "anna:")]
#[case("", "")]
#[tokio::test]
async fn proxy_gets_user_name_and_password(#[case] before: &str, #[case] sent: &str) {
    let (address, received) = proxy();
    let machine = Machine::new().with("HTTP_PROXY", &format!("{before}{address}"));
    let found = connect(machine).await;
    assert_eq!(found["groups"], 1, "{found}");
    assert_eq!(received.recv().unwrap(), sent);
}

#[rstest]
#[case("ftp://anna:s3cr3t@proxy:1", "neither http nor https")]
#[case("socks5://anna:s3cr3t@proxy:1", "neither http nor https")]
#[case("http://anna:s3cr3t@a b", "cannot be used")]
#[case("http://anna:s3cr3t@proxy:99999", "a number up to 65535")]
#[case("http://anna:s3cr3t@", "must end after the host")]
#[case("http://anna:s3cr3t@proxy/path", "must end after the host")]
#[tokio::test]
async fn proxy_that_cannot_be_used_is_named(#[case] value: &str, #[case] reason: &str) {
    for variable in ["HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
        let found = connect(Machine::new().with(variable, value)).await;
        let error = found["error"].as_str().unwrap();
        assert!(
            error.contains(variable) && error.contains(reason),
            "{error}"
        );
        assert!(!error.contains("s3cr3t"), "{error}");
    }
}

#[tokio::test]
async fn empty_lower_case_variable_takes_precedence() {
    let server = Server::start().await;
    let (address, received) = proxy();
    let machine = Machine::new()
        .with("HTTP_PROXY", "")
        .with("http_proxy", &address);
    assert_eq!(connect(machine).await["groups"], 1);
    assert_eq!(received.recv().unwrap(), "");

    let machine = Machine::new()
        .with("http_proxy", "")
        .with("HTTP_PROXY", "http://127.0.0.1:1");
    let found = machine
        .connect(json!({ "endpoint_url": server.url() }))
        .await;
    assert_eq!(found["groups"], 2, "{found}");
}

#[rstest]
#[case("*")]
#[case("other, *")]
#[case("AUTHORITY")]
#[case("127.0.0.0/8")]
#[tokio::test]
async fn no_proxy_accepts_wildcard_port_and_range(#[case] entries: &str) {
    let server = Server::start().await;
    let authority = server.url().replace("http://", "");
    let machine = Machine::new()
        .with("HTTP_PROXY", "http://127.0.0.1:1")
        .with("NO_PROXY", &entries.replace("AUTHORITY", &authority));
    let found = machine
        .connect(json!({ "endpoint_url": server.url() }))
        .await;
    assert_eq!(found["groups"], 2, "{found}");
}

#[tokio::test]
async fn no_proxy_with_another_port_does_not_count() {
    let server = Server::start().await;
    let (address, received) = proxy();
    let machine = Machine::new()
        .with("HTTP_PROXY", &address)
        .with("NO_PROXY", "127.0.0.1:1");
    let found = machine
        .connect(json!({ "endpoint_url": server.url() }))
        .await;
    assert_eq!(found["groups"], 1, "{found}");
    assert_eq!(received.recv().unwrap(), "");
}

#[tokio::test]
async fn proxy_that_is_not_there_is_blamed_itself() {
    let machine = Machine::new().with("HTTPS_PROXY", "http://proxy.invalid:3128");
    let endpoint = "https://greengrass.eu-central-1.amazonaws.com";
    let found = machine.connect(json!({ "endpoint_url": endpoint })).await;
    assert_eq!(found["groups"]["kind"], "Unreachable", "{found}");
    let message = found["groups"]["message"].as_str().unwrap();
    assert!(
        message.contains("the proxy proxy.invalid:3128 (HTTPS_PROXY)"),
        "{message}"
    );
}
