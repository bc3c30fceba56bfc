//! Servers with a wrong certificate or scheme: the message names the problem and the fix.

use serde_json::{Value, json};

use super::loopback::{Server, Tls};
use super::machine::Machine;

/// The error message for an endpoint whose certificate is trusted by a bundle in the home folder.
async fn message(tls: &Tls, url: &str) -> String {
    let machine = Machine::new()
        .file("bundle.pem", &tls.authority)
        .with("AWS_CA_BUNDLE", "~/bundle.pem");
    let found = machine.connect(json!({ "endpoint_url": url })).await;
    let message = found["groups"]["message"].as_str();
    message.unwrap_or_else(|| panic!("{found}")).to_owned()
}

#[tokio::test]
async fn authority_certificate_shows_how_to_make_another() {
    let tls = Tls::self_signed_authority("127.0.0.1");
    let server = Server::start_tls(&tls).await;
    let message = message(&tls, &server.url().replace("http:", "https:")).await;
    assert!(message.contains("CA:TRUE"), "{message}");
    let command = "-addext basicConstraints=critical,CA:FALSE -addext subjectAltName=IP:127.0.0.1";
    assert!(message.contains(command), "{message}");
}

#[tokio::test]
async fn common_name_certificate_shows_how_to_make_another() {
    let tls = Tls::without_names("127.0.0.1");
    let server = Server::start_tls(&tls).await;
    let message = message(&tls, &server.url().replace("http:", "https:")).await;
    assert!(message.contains("subjectAltName"), "{message}");
}

#[tokio::test]
async fn version_1_certificate_shows_how_to_make_another() {
    let tls = Tls::of_version_1("127.0.0.1");
    let server = Server::start_tls(&tls).await;
    let message = message(&tls, &server.url().replace("http:", "https:")).await;
    assert!(message.contains("X.509 version 1"), "{message}");
    assert!(message.contains("-addext basicConstraints"), "{message}");
}

#[tokio::test]
async fn wrong_scheme_is_named() {
    let plain = Server::start().await;
    let tls = Tls::for_host("127.0.0.1");
    let secure = Server::start_tls(&tls).await;
    let text = message(&tls, &plain.url().replace("http:", "https:")).await;
    assert!(
        text.contains("write http:// in place of https://"),
        "{text}"
    );
    let text = message(&tls, &secure.url()).await;
    assert!(
        text.contains("write https:// in place of http://"),
        "{text}"
    );
}

#[tokio::test]
async fn bundle_is_read_for_https_only() {
    let server = Server::start().await;
    let machine = Machine::new().with("AWS_CA_BUNDLE", "/nowhere.pem");
    let found = machine
        .connect(json!({ "endpoint_url": server.url() }))
        .await;
    assert_eq!(found["groups"], 2, "{found}");
    let url = server.url().replace("http:", "https:");
    let found = machine.connect(json!({ "endpoint_url": url })).await;
    assert_ne!(found["error"], Value::Null, "{found}");
}
