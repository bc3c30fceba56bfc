//! A machine with its own environment and files: a process that connects and reports its settings.

use std::path::Path;
use std::process::Stdio;

use greengroup::domain::Timestamp;
use greengroup::greengrass::{ConnectOptions, connect, profiles};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::{own_test, texts};
use crate::support::secrets::assert_no_secret;

/// The arguments of the child process, and the file for its result.
const PLAN: &str = "GREENGROUP_TEST_PLAN";
const RESULT: &str = "GREENGROUP_TEST_RESULT";

#[tokio::test]
#[ignore = "runs in a process of its own, started by the tests of connecting"]
async fn in_a_process_of_its_own() {
    let Ok(plan) = std::env::var(PLAN) else {
        return;
    };
    let plan: Value = serde_json::from_str(&plan).unwrap();
    let text = |name: &str| plan[name].as_str().map(str::to_owned);
    let options = ConnectOptions {
        profile: text("profile"),
        region: text("region"),
        endpoint_url: text("endpoint_url"),
        ..ConnectOptions::default()
    };
    let result = match connect(options).await {
        Err(error) => json!({ "error": error.to_string() }),
        Ok(connection) if plan["asks_nothing"] == true => {
            json!({
                "profile": connection.profile, "region": connection.region,
                "endpoint": connection.endpoint, "profiles": profiles(),
            })
        }
        Ok(connection) => {
            let groups = match connection.client.groups(None).await {
                Ok(page) => json!(page.items.len()),
                Err(error) => json!({
                    "kind": format!("{:?}", error.kind),
                    "message": error.message,
                }),
            };
            let identity = match connection.client.identity().await {
                Ok(identity) => json!(identity.map(|identity| identity.account)),
                Err(error) => json!(error.to_string()),
            };
            json!({
                "profile": connection.profile, "region": connection.region, "endpoint": connection.endpoint,
                "groups": groups, "identity": identity,
                "expiry": connection.credentials_expiry().map(Timestamp::iso),
                "profiles": profiles(),
            })
        }
    };
    std::fs::write(std::env::var(RESULT).unwrap(), result.to_string()).unwrap();
}

/// A home with AWS's files, and the variables of the process.
pub(super) struct Machine {
    home: TempDir,
    variables: Vec<(String, String)>,
}

impl Machine {
    /// Credentials and a region, no files, no metadata service.
    pub(super) fn new() -> Self {
        Self::bare()
            .with("AWS_ACCESS_KEY_ID", "AKIATEST")
            .with("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
            .with("AWS_REGION", "eu-west-1")
    }

    pub(super) fn bare() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().to_str().unwrap().to_owned();
        Self {
            home,
            variables: vec![],
        }
        .with("HOME", &path)
        .with("AWS_EC2_METADATA_DISABLED", "true")
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn file(self, path: &str, text: &str) -> Self {
        let path = self.home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(super) fn path(&self, path: &str) -> String {
        self.home.path().join(path).to_str().unwrap().to_owned()
    }

    pub(super) async fn connect(&self, plan: Value) -> Value {
        let result = self.home.path().join("result.json");
        let mut command = own_test("client::machine::in_a_process_of_its_own");
        command
            .env_clear()
            .envs(self.variables.iter().cloned())
            .env(PLAN, plan.to_string())
            .env(RESULT, &result)
            .stdin(Stdio::null());
        // The servers of the test run in this thread.
        let output = tokio::process::Command::from(command).output();
        let output = texts(&output.await.unwrap());
        let found = read(&result).unwrap_or_else(|| panic!("{output:?}"));
        assert_no_secret(&found.to_string());
        found
    }
}

fn read(result: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(result).ok()?).ok()
}
