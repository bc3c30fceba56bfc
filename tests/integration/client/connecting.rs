//! Connections from environment, files and flags: each case in a process with its own environment.

use std::path::PathBuf;
use std::time::Duration;

use greengroup::domain::endpoint::without_secrets;
use greengroup::greengrass::aws_files::AwsFiles;
use greengroup::greengrass::{ConnectOptions, Environment, ServiceConnection};
use rustix::fs::{CWD, FileType, Mode};
use serde_json::{Value, json};

use super::loopback::{Proxy, Server, Tls};
use super::machine::Machine;

fn endpoint(url: &str) -> Value {
    json!({ "endpoint_url": url })
}

#[tokio::test]
async fn requests_go_through_the_proxy_of_the_environment() {
    let server = Server::start().await;
    let proxy = Proxy::to(&server).await;
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        let machine = Machine::new().with(name, &proxy.url());
        let found = machine
            .connect(endpoint("http://greengrass.invalid:8080"))
            .await;
        assert_eq!(found["groups"], 2, "{name}: {found}");
        assert_eq!(
            proxy.take_lines(),
            ["GET http://greengrass.invalid:8080/greengrass/groups HTTP/1.1"]
        );
    }
}

#[tokio::test]
async fn tls_proxy_serves_plain_endpoint() {
    let tls = Tls::for_host("127.0.0.1");
    let proxy = Server::start_tls(&tls).await;
    let machine = Machine::new()
        .file("authority.pem", &tls.authority)
        .with("HTTP_PROXY", &proxy.url().replace("http:", "https:"));
    let bundle = machine.path("authority.pem");
    let machine = machine.with("AWS_CA_BUNDLE", &bundle);
    let found = machine.connect(endpoint("http://greengrass.invalid")).await;
    assert_eq!(found["groups"], 2, "{found}");
    assert_eq!(proxy.take_paths(), ["/greengrass/groups"]);
}

#[tokio::test]
async fn certificates_of_the_machine_are_trusted() {
    let tls = Tls::for_host("127.0.0.1");
    let server = Server::start_tls(&tls).await;
    let url = server.url().replace("http:", "https:");
    let machine = Machine::new().file("trusted.pem", &tls.authority);
    let trusted = machine.path("trusted.pem");

    let found = machine.connect(endpoint(&url)).await;
    assert_eq!(found["groups"]["kind"], "Unreachable", "{found}");
    let machine = machine.with("SSL_CERT_FILE", &trusted);
    let found = machine.connect(endpoint(&url)).await;
    assert_eq!(found["groups"], 2, "{found}");
}

#[tokio::test]
async fn plain_endpoint_reads_no_certificates() {
    let server = Server::start().await;
    let machine = Machine::new();
    let pipe = machine.path("unwritten-pipe");
    rustix::fs::mknodat(CWD, &*pipe, FileType::Fifo, Mode::RWXU, 0).unwrap();
    let machine = machine.with("SSL_CERT_FILE", &pipe);
    let found = machine.connect(endpoint(&server.url())).await;
    assert_eq!(found["groups"], 2, "{found}");
}

#[tokio::test]
async fn no_proxy_is_respected() {
    let server = Server::start().await;
    let proxy = Proxy::to(&server).await;
    let machine = Machine::new()
        .with("HTTP_PROXY", &proxy.url())
        .with("NO_PROXY", "localhost,127.0.0.1");
    let found = machine.connect(endpoint(&server.url())).await;
    assert_eq!(found["groups"], 2, "{found}");
    assert_eq!(proxy.take_lines(), Vec::<String>::new());
    assert_eq!(server.take_paths(), ["/greengrass/groups"]);
}

#[tokio::test]
async fn tls_uses_tunnel_and_bundle() {
    let tls = Tls::for_host("greengrass.invalid");
    let server = Server::start_tls(&tls).await;
    let proxy = Proxy::to(&server).await;
    let machine = Machine::new()
        .with("HTTPS_PROXY", &proxy.url())
        .file("authority.pem", &format!("# ours\n{}", tls.authority));
    let asked = endpoint("https://greengrass.invalid");

    let found = machine.connect(asked.clone()).await;
    assert_eq!(found["groups"]["kind"], "Unreachable", "{found}");
    let message = found["groups"]["message"].as_str().unwrap();
    assert!(message.contains("AWS_CA_BUNDLE"), "{message}");

    let bundle = machine.path("authority.pem");
    let machine = machine.with("AWS_CA_BUNDLE", &bundle);
    proxy.take_lines();
    let found = machine.connect(asked.clone()).await;
    assert_eq!(found["groups"], 2, "{found}");
    assert_eq!(
        proxy.take_lines(),
        ["CONNECT greengrass.invalid:443 HTTP/1.1"]
    );

    let profile = format!("[default]\nca_bundle = {bundle}\n");
    let machine = machine
        .with("AWS_CA_BUNDLE", "")
        .file(".aws/config", &profile);
    let found = machine.connect(asked).await;
    assert_eq!(found["groups"], 2, "{found}");
}

#[tokio::test]
async fn unusable_bundle_is_an_error() {
    let machine = Machine::new().with("AWS_CA_BUNDLE", "/nowhere/ca.pem");
    let found = machine.connect(json!({})).await;
    let error = found["error"].as_str().unwrap();
    assert!(
        error.starts_with("the certificates in \"/nowhere/ca.pem\""),
        "{error}"
    );

    let machine = Machine::new().file(
        "ca.pem",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    let path = machine.path("ca.pem");
    let found = machine
        .with("AWS_CA_BUNDLE", &path)
        .connect(json!({}))
        .await;
    let error = found["error"].as_str().unwrap();
    assert!(error.contains("no certificate"), "{error}");
}

#[tokio::test]
async fn missing_region_error_gives_advice() {
    let found = Machine::bare().connect(json!({})).await;
    assert_eq!(
        found["error"],
        "no region is set; use --region, AWS_REGION, or region = … in the profile"
    );
    let found = Machine::new()
        .connect(json!({"region": "EU Central"}))
        .await;
    assert_eq!(
        found["error"],
        "\"EU Central\" (--region) is not a region; regions look like eu-central-1"
    );
}

#[tokio::test]
async fn empty_region_names_its_setting() {
    let found = Machine::new()
        .with("AWS_REGION", "")
        .connect(json!({}))
        .await;
    let error = found["error"].as_str().unwrap();
    assert!(
        error.starts_with("AWS_REGION is empty; unset it"),
        "{error}"
    );
}

#[tokio::test]
async fn silent_metadata_service_ends_quickly() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let machine = Machine::bare()
        .with("AWS_EC2_METADATA_DISABLED", "false")
        .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url);
    let started = tokio::time::Instant::now();
    let found = machine.connect(json!({})).await;
    assert!(found["error"].as_str().unwrap().starts_with("no region"));
    let waited = started.elapsed();
    assert!(waited < Duration::from_secs(4), "{waited:?}");
}

#[tokio::test]
async fn the_instances_region_is_the_last_resort() {
    let server = Server::start().await;
    let machine = Machine::bare()
        .with("AWS_EC2_METADATA_DISABLED", "false")
        .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", &server.url())
        .with("AWS_ACCESS_KEY_ID", "a")
        .with("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key");
    let found = machine.connect(endpoint(&server.url())).await;
    assert_eq!(found["region"], "ap-south-1", "{found}");
}

#[tokio::test]
async fn metadata_service_bypasses_the_proxy() {
    let server = Server::start().await;
    let proxy = Proxy::to(&server).await;
    let machine = Machine::bare()
        .with("AWS_EC2_METADATA_DISABLED", "false")
        .with("HTTP_PROXY", &proxy.url());
    let found = machine.connect(json!({})).await;
    assert!(found["error"].as_str().unwrap().starts_with("no region"));
    assert_eq!(proxy.take_lines(), Vec::<String>::new());
}

const CONFIG: &str = "[default]\nregion = us-east-2\n[profile plant]\nregion = eu-central-1\n";

#[tokio::test]
async fn flag_overrides_environment_overrides_profile() {
    let server = Server::start().await;
    let url = server.url();
    let config = format!("{CONFIG}endpoint_url = {url}/profile\n");
    let machine = Machine::bare()
        .file(".aws/config", &config)
        .file(".aws/credentials", "[other]\naws_access_key_id = a\n")
        .with("AWS_ACCESS_KEY_ID", "a")
        .with("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
        // No test may send a request to AWS.
        .with("HTTPS_PROXY", "http://127.0.0.1:9");

    let found = machine.connect(json!({"asks_nothing": true})).await;
    assert_eq!(
        (&found["profile"], &found["region"]),
        (&json!("default"), &json!("us-east-2"))
    );
    assert_eq!(found["profiles"], json!(["default", "other", "plant"]));
    assert_eq!(found["endpoint"], Value::Null);

    let machine = machine.with("AWS_PROFILE", "plant");
    let found = machine.connect(json!({})).await;
    assert_eq!(
        (&found["profile"], &found["region"]),
        (&json!("plant"), &json!("eu-central-1"))
    );
    assert_eq!(
        found["endpoint"],
        without_secrets(&format!("{url}/profile"))
    );
    assert_eq!(
        server.take_paths(),
        ["/profile/greengrass/groups", "/profile/"]
    );

    let machine = machine
        .with("AWS_REGION", "eu-west-3")
        .with("AWS_ENDPOINT_URL", &format!("{url}/all"));
    let found = machine.connect(json!({})).await;
    assert_eq!(found["region"], "eu-west-3");
    assert_eq!(server.take_paths(), ["/all/greengrass/groups", "/all/"]);

    let machine = machine.with("AWS_ENDPOINT_URL_GREENGRASS", &format!("{url}/own"));
    let machine = machine.file(
        ".aws/credentials",
        "[default]\naws_access_key_id = a\naws_secret_access_key = s3cr3t/file+key\n",
    );
    let found = machine
        .connect(json!({"profile": "default", "region": "us-west-2"}))
        .await;
    assert_eq!(
        (&found["profile"], &found["region"]),
        (&json!("default"), &json!("us-west-2"))
    );
    assert_eq!(server.take_paths(), ["/own/greengrass/groups", "/all/"]);

    machine.connect(endpoint(&format!("{url}/flag"))).await;
    assert_eq!(server.take_paths(), ["/flag/greengrass/groups", "/all/"]);
}

#[tokio::test]
async fn configured_endpoints_can_be_ignored() {
    let server = Server::start().await;
    let url = server.url();
    let machine = Machine::new()
        .with("AWS_ENDPOINT_URL", &url)
        .with("AWS_ENDPOINT_URL_GREENGRASS", &url)
        .with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    // No test may send a request to AWS: requests to it end at the proxy.
    let proxy = Proxy::to(&server).await;
    let machine = machine.with("HTTPS_PROXY", &proxy.url());
    let found = machine.connect(endpoint(&format!("{url}/flag"))).await;
    assert_eq!(found["groups"], 2, "{found}");
    assert_eq!(found["identity"], Value::Null);
    assert_eq!(server.take_paths(), ["/flag/greengrass/groups"]);
    assert_eq!(proxy.take_lines(), Vec::<String>::new());
    let found = machine.connect(json!({"asks_nothing": true})).await;
    assert_eq!(found["endpoint"], Value::Null);
}

#[tokio::test]
async fn sts_endpoint_is_configured_separately() {
    let server = Server::start().await;
    let url = server.url();
    let found = Machine::new().connect(endpoint(&url)).await;
    assert_eq!(found["identity"], Value::Null, "{found}");
    assert_eq!(server.take_paths(), ["/greengrass/groups"]);

    let machine = Machine::new().with("AWS_ENDPOINT_URL_STS", &format!("{url}/sts"));
    let found = machine.connect(endpoint(&url)).await;
    assert_eq!(found["identity"], "111122223333", "{found}");
    assert_eq!(server.take_paths(), ["/greengrass/groups", "/sts/"]);
}

#[tokio::test]
async fn unknown_profile_error_names_known_ones() {
    let machine = Machine::new().file(".aws/config", CONFIG);
    let found = machine.connect(json!({"profile": "plnt"})).await;
    assert_eq!(
        found["error"],
        "there is no profile \"plnt\"; the AWS files have default, plant"
    );
    let found = Machine::new()
        .with("AWS_PROFILE", "x")
        .connect(json!({}))
        .await;
    assert_eq!(
        found["error"],
        "there is no profile \"x\" (AWS_PROFILE); the AWS files have none"
    );
}

#[tokio::test]
async fn a_damaged_configuration_is_an_error_sentence() {
    let machine = Machine::new().file(".aws/config", "[default\nregion = x");
    let found = machine.connect(json!({})).await;
    let error = found["error"].as_str().unwrap();
    assert!(error.contains("config, line 1: "), "{error}");
}

#[tokio::test]
async fn a_malformed_endpoint_is_an_error_sentence() {
    for url in [
        "localhost:5000",
        "ftp://host",
        "http://",
        "not a url",
        "",
        "http://h:99999",
    ] {
        let found = Machine::new().connect(endpoint(url)).await;
        let error = found["error"].as_str().unwrap();
        assert!(
            error.starts_with(&format!(
                "the endpoint {url:?} (--endpoint-url) is not a URL ("
            )),
            "{error}"
        );
    }
    let found = Machine::new()
        .connect(endpoint("http://anna:s3cr3t@host"))
        .await;
    let error = found["error"].as_str().unwrap();
    assert!(error.contains("it must not contain a user name"), "{error}");
    let found = Machine::new().connect(endpoint("http://h/?s3cr3t")).await;
    let error = found["error"].as_str().unwrap();
    assert!(error.contains("it must not contain a query"), "{error}");
    for variable in ["AWS_ENDPOINT_URL_GREENGRASS", "AWS_ENDPOINT_URL_STS"] {
        let machine = Machine::new().with(variable, "moto");
        let found = machine.connect(json!({})).await;
        let error = found["error"].as_str().unwrap();
        let start = format!("the endpoint \"moto\" ({variable})");
        assert!(error.starts_with(&start), "{error}");
    }
}

#[tokio::test]
async fn credential_expiry_is_known_after_first_call() {
    let server = Server::start().await;
    let credentials = r#"{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "s3cr3t/proc+key", "SessionToken": "s3cr3t/t0k3n", "Expiration": "2036-01-02T03:04:05Z"}"#;
    let machine = Machine::bare()
        .with("AWS_REGION", "eu-west-1")
        .with("PATH", "/usr/bin:/bin");
    let process = format!("cat {}", machine.path("credentials.json"));
    let machine = machine.file("credentials.json", credentials).file(
        ".aws/config",
        &format!("[default]\ncredential_process = {process}\n"),
    );
    let found = machine.connect(endpoint(&server.url())).await;
    assert_eq!(found["groups"], 2, "{found}");
    assert_eq!(found["expiry"], "2036-01-02T03:04:05.000Z");
}

#[tokio::test]
async fn missing_and_expired_credentials_differ() {
    let server = Server::start().await;
    let machine = Machine::bare().with("AWS_REGION", "eu-west-1");
    let found = machine.connect(endpoint(&server.url())).await;
    let error = found["error"].as_str().unwrap();
    assert!(error.starts_with("no credentials were found"), "{error}");

    let session = "[default]\nsso_session = plant\nsso_account_id = 111122223333\nsso_role_name = ops\n\
        [sso-session plant]\nsso_region = eu-west-1\nsso_start_url = https://sso.invalid/start\n";
    let machine = machine.file(".aws/config", session);
    let found = machine.connect(endpoint(&server.url())).await;
    assert_eq!(found["groups"]["kind"], "NoCredentials", "{found}");

    // The file's name is the SHA-1 of the session's name, as in the AWS CLI.
    let token = r#"{"accessToken": "s3cr3t", "expiresAt": "2020-01-01T00:00:00Z", "region": "eu-west-1", "startUrl": "https://sso.invalid/start"}"#;
    let cache = ".aws/sso/cache/baf0bf92eb79156bdc34cddba390e31738b942f1.json";
    let machine = machine.file(cache, token);
    let found = machine.connect(endpoint(&server.url())).await;
    assert_eq!(found["groups"]["kind"], "ExpiredCredentials", "{found}");
    assert_eq!(server.take_paths(), Vec::<String>::new());
}

/// Connects in this process, with time that the test advances.
async fn connect_here(
    variables: &[(&str, &str)],
    config: &str,
    server: &Server,
) -> ServiceConnection {
    let of_process = variables
        .iter()
        .map(|&(name, value)| (name.into(), value.into()));
    let config = (PathBuf::from("config"), Ok(Some(config.to_owned())));
    let credentials = (PathBuf::from("credentials"), Ok(None));
    let options = ConnectOptions {
        endpoint_url: Some(server.url()),
        environment: Some(Environment::new(of_process).into()),
        files: Some(AwsFiles::parse(config, credentials).into()),
        ..ConnectOptions::default()
    };
    greengroup::greengrass::connect(options).await.unwrap()
}

/// A NAT drops an idle connection silently: a request on it would wait for its timeout.
#[tokio::test]
async fn idle_connection_is_not_used_again() {
    let server = Server::start().await;
    let variables = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIATEST"),
        ("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key"),
    ];
    let connection = connect_here(&variables, "", &server).await;
    for (seconds, connections) in [(0, 1), (10, 1), (20, 2)] {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(seconds)).await;
        tokio::time::resume();
        connection.client.groups(None).await.unwrap();
        assert_eq!(server.connections(), connections, "after {seconds} s");
    }
}

#[tokio::test(start_paused = true)]
async fn hanging_credential_process_ends_with_its_own_reason() {
    let server = Server::start().await;
    let variables = [("AWS_REGION", "eu-west-1"), ("PATH", "/usr/bin:/bin")];
    let config = "[default]\ncredential_process = sleep 100000\n";
    let connection = connect_here(&variables, config, &server).await;
    let error = connection.client.groups(None).await.unwrap_err();
    let reason = "credential_process sleep: no answer within 100 s; it was ended";
    assert!(error.message.contains(reason), "{error}");
}
