//! The sandbox as the SDK's HTTP client: requests go to the account instead of a socket.

use std::convert::Infallible;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use futures_util::stream::{self, Stream};
use http_body_util::StreamBody;
use hyper::Uri;
use hyper::body::{Bytes, Frame};

use super::Sandbox;
use super::api::{ApiRequest, Response};
use super::fault::Cut;

impl Sandbox {
    /// For the `http_client` of an SDK configuration; signing, retries and error mapping stay the SDK's own.
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(self.clone())
    }
}

impl HttpClient for Sandbox {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(SandboxConnector {
            sandbox: self.clone(),
            read_timeout: settings.read_timeout(),
        })
    }
}

#[derive(Debug)]
struct SandboxConnector {
    sandbox: Sandbox,
    /// The timeout of a response, enforced as by the SDK's own connector.
    read_timeout: Option<Duration>,
}

impl HttpConnector for SandboxConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let sandbox = self.sandbox.clone();
        let read_timeout = self.read_timeout;
        HttpConnectorFuture::new(async move {
            let answer = answer(&sandbox, &request);
            let Some(limit) = read_timeout else {
                return answer.await;
            };
            let answer = tokio::time::timeout(limit, answer).await;
            answer.unwrap_or_else(|elapsed| Err(ConnectorError::timeout(elapsed.into())))
        })
    }
}

async fn answer(sandbox: &Sandbox, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let body = request.body().bytes();
    let body = body.ok_or("the body is a stream, which no operation sends");
    let body = body.map_err(|error| ConnectorError::user(error.into()))?;
    let uri = Uri::try_from(request.uri());
    let uri = uri.map_err(|error| ConnectorError::user(error.into()))?;
    let request = ApiRequest {
        method: request.method(),
        path: uri.path(),
        query: uri.query(),
        client_token: request.headers().get("x-amzn-client-token"),
        body,
    };
    match sandbox.handle(request).await {
        Ok(response) => http_response(response),
        Err(cut @ Cut::Refused) => {
            let error = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, cut);
            Err(ConnectorError::io(error.into()).never_connected())
        }
        Err(cut @ Cut::Reset) => {
            let error = std::io::Error::new(std::io::ErrorKind::ConnectionReset, cut);
            Err(ConnectorError::io(error.into()))
        }
    }
}

fn http_response(response: Response) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(response.status);
    let status = status.map_err(|error| ConnectorError::other(error.into(), None))?;
    let body = if response.drips {
        SdkBody::from_body_1_x(StreamBody::new(drip()))
    } else {
        SdkBody::from(response.body)
    };
    let mut answer = HttpResponse::new(status, body);
    for (name, value) in response.headers {
        let inserted = answer.headers_mut().try_insert(name, value);
        inserted.map_err(|error| ConnectorError::other(error.into(), None))?;
    }
    Ok(answer)
}

/// An endless body of one blank a second.
fn drip() -> impl Stream<Item = Result<Frame<Bytes>, Infallible>> + Send + Sync {
    stream::unfold((), |()| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Some((Ok(Frame::data(Bytes::from_static(b" "))), ()))
    })
}
