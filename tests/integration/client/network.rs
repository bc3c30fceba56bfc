//! Failures of real connections, as reported by hyper and the resolver.

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDns, ResolveDnsError};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector,
    http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use greengroup::domain::{
    CallOutcome, CallRecord, Certainty, CreateGroupVersion, ErrorKind, GroupId, ServiceError,
    Slots, VersionsBefore,
};
use greengroup::greengrass::{Client, ClientOptions};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::sync::mpsc::unbounded_channel;

/// Sends everything without TLS to one address, whatever the URL is.
#[derive(Debug)]
struct Diverted {
    inner: SharedHttpConnector,
    to: String,
}

impl HttpConnector for Diverted {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let path = request.uri().splitn(4, '/').nth(3).unwrap();
        let uri = format!("http://{}/{path}", self.to);
        request.set_uri(uri).unwrap();
        self.inner.call(request)
    }
}

fn diverted(to: &str) -> SharedHttpClient {
    let (network, to) = (Builder::new().build_http(), to.to_owned());
    http_client_fn(move |settings, components| {
        SharedHttpConnector::new(Diverted {
            inner: network.http_connector(settings, components),
            to: to.clone(),
        })
    })
}

async fn create(http_client: SharedHttpClient) -> ServiceError {
    let request = CreateGroupVersion {
        group: GroupId::new("g"),
        slots: Slots::default(),
    };
    Client::over(http_client, "eu-central-1", &ClientOptions::default())
        .create_group_version(&request, &VersionsBefore::default(), "token")
        .await
        .unwrap_err()
}

/// The outcome of the first attempt, without waiting for further ones.
async fn first_outcome(http_client: SharedHttpClient) -> CallOutcome {
    let (observer, mut records) = unbounded_channel();
    let options = ClientOptions {
        observer: Some(observer),
        ..ClientOptions::default()
    };
    let client = Client::over(http_client, "eu-central-1", &options);
    let call = client.groups(None);
    let ended = async {
        loop {
            if let Some(CallRecord::Ended(_, end)) = records.recv().await {
                return end.outcome;
            }
        }
    };
    tokio::select! {
        outcome = ended => outcome,
        _ = call => panic!("the call ended before its first attempt was reported"),
    }
}

#[tokio::test]
async fn closed_port_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let outcome = first_outcome(diverted(&address)).await;
    assert_eq!(outcome, CallOutcome::Failed(ErrorKind::Unreachable));
}

#[tokio::test]
async fn connection_closed_after_request_is_uncertain() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Arn\": ",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, answer.as_bytes())
                .await
                .unwrap();
        };
        let (error, ()) = tokio::join!(create(diverted(&address)), server);
        assert_eq!(error.kind, ErrorKind::NoAnswer, "{error}");
        assert_eq!(error.certainty, Certainty::Unknown);
    }
}

#[derive(Debug, Clone)]
struct FailingResolver(&'static str);

impl ResolveDns for FailingResolver {
    fn resolve_dns<'a>(&'a self, _name: &'a str) -> DnsFuture<'a> {
        let error = std::io::Error::other(self.0);
        DnsFuture::ready(Err(ResolveDnsError::new(error)))
    }
}

fn unresolved(text: &'static str) -> SharedHttpClient {
    let tls = TlsContext::builder().with_trust_store(TrustStore::empty());
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(tls.build().unwrap())
        .build_with_resolver(FailingResolver(text))
}

#[tokio::test]
async fn aws_endpoint_without_address_is_retired() {
    let gone = "failed to lookup address information: Name or service not known";
    let error = create(unresolved(gone)).await;
    assert_eq!(error.kind, ErrorKind::NotServed, "{error}");
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert!(
        error
            .message
            .starts_with("there is no host greengrass.eu-central-1.amazonaws.com: "),
        "{error}"
    );
    let offline = "failed to lookup address information: Temporary failure in name resolution";
    let outcome = first_outcome(unresolved(offline)).await;
    assert_eq!(outcome, CallOutcome::Failed(ErrorKind::Unreachable));
}
