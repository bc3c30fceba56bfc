//! The client over canned answers: its requests, its parsing, and its errors.

mod answers;
mod aws_documents;
mod certificates;
mod connecting;
mod contents;
mod create;
mod create_definition;
mod errors;
mod identity;
mod loopback;
mod machine;
mod network;
mod processes;
mod proxies;
mod requests;
mod transport;

use greengroup::domain::DefinitionVersionArn;
use greengroup::greengrass::{Client, ClientOptions};

use crate::support::canned_http::Canned;

/// A client without rate limit.
fn client(canned: &Canned) -> Client {
    with_options(canned, ClientOptions::default())
}

fn with_options(canned: &Canned, options: ClientOptions) -> Client {
    let options = ClientOptions {
        requests_per_second: f64::INFINITY,
        ..options
    };
    Client::over(canned.http_client(), "eu-central-1", &options)
}

fn arn(segment: &str, definition: &str, version: &str) -> String {
    format!(
        "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/{segment}/{definition}/versions/{version}"
    )
}

fn version_arn(segment: &str, definition: &str, version: &str) -> DefinitionVersionArn {
    arn(segment, definition, version).parse().unwrap()
}
