//! `greengroup snapshot`: the account round-trips, interrupted or not, and missing parts are reported.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use greengroup::domain::{AccountRole, DefinitionKind, Timestamp};
use greengroup::greengrass::{Client, ClientOptions};
use greengroup::runtime::snapshot::{
    Progress, SnapshotError, SnapshotOrigin, Taken, Target, partial_of, take,
};
use greengroup::sandbox::account::{DeploymentError, DeploymentOutcome, GroupSlots, NewDeployment};
use greengroup::sandbox::{
    Account, Fault, Ids, Moment, Operation, Sandbox, account_file, write_account,
};
use serde_json::Value;

use crate::support::program::{greengroup, ran};
use crate::support::served::Served;

fn client(sandbox: &Sandbox) -> Client {
    let options = ClientOptions {
        read_only: true,
        requests_per_second: f64::INFINITY,
        ..ClientOptions::default()
    };
    Client::over(sandbox.http_client(), "eu-central-1", &options)
}

async fn snapshot(sandbox: &Sandbox, file: &Path) -> Result<Taken, SnapshotError> {
    snapshot_to(sandbox, file, false).await
}

/// Takes a snapshot with `--replace`.
async fn snapshot_over(sandbox: &Sandbox, file: &Path) -> Result<Taken, SnapshotError> {
    snapshot_to(sandbox, file, true).await
}

async fn snapshot_to(
    sandbox: &Sandbox,
    file: &Path,
    replace: bool,
) -> Result<Taken, SnapshotError> {
    let mut last = Progress {
        reading: "",
        done: 0,
        total: None,
        missing: 0,
    };
    let origin = SnapshotOrigin::in_region("eu-central-1", None);
    let target = Target { file, replace };
    let taken = take(&client(sandbox), target, origin, |progress| last = progress).await;
    assert!(
        last.total.is_none_or(|total| last.done <= total),
        "{last:?}"
    );
    taken
}

fn assert_same(sandbox: &Sandbox, file: &Path) {
    let due = sandbox.account(account_file::write);
    let found = fs::read_to_string(file).unwrap();
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(json(&found), json(&due));
    Sandbox::open(file).unwrap();
}

#[tokio::test(start_paused = true)]
async fn snapshot_restores_the_demo_account() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    let taken = snapshot(&sandbox, &file).await.unwrap();
    assert_eq!(taken.missing, [""; 0]);
    assert_eq!((taken.account.as_str(), taken.groups), ("111122223333", 19));
    assert!(
        taken.definitions >= 60 && taken.definition_versions >= 250 && taken.deployments > 0,
        "{taken:?}"
    );
    assert_same(&sandbox, &file);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!partial_of(&file).exists());
    // Again over the same file: it is a snapshot of the same account.
    snapshot(&sandbox, &file).await.unwrap();
}

/// Tags, roles and the details of a failed deployment are not in any list of groups or deployments.
#[tokio::test(start_paused = true)]
async fn snapshot_restores_tags_roles_and_deployments() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    sandbox.change(|account, moment| {
        let role = |name: &str| {
            Some(AccountRole {
                role_arn: format!("arn:aws:iam::111122223333:role/{name}").into(),
                associated_at: "2019-09-10T20:03:30Z".into(),
            })
        };
        let group = account.groups().iter().next().unwrap();
        let (id, version) = (
            group.metadata().id.to_string(),
            group.latest().unwrap().id.to_string(),
        );
        account.set_group_role(&id, role("plant"));
        account.set_service_role(role("service"));
        let details = [Some("E"), None].map(|code| DeploymentError {
            code: code.map(Into::into),
            message: "no core".into(),
        });
        let failed = NewDeployment {
            deployment_type: "NewDeployment",
            version: Some(&version),
            outcome: DeploymentOutcome::Fails(details.to_vec()),
            client_token: None,
        };
        account.create_deployment(moment, &id, failed).unwrap();
    });
    let text = sandbox.account(account_file::write);
    for member in ["tags", "groupRoles", "serviceRole", "DetailedErrorMessage"] {
        assert!(text.contains(&format!("\"{member}\"")), "{member}");
    }
    sandbox.set_clock_and_ids(
        || Timestamp::from_milliseconds(4_000_000_000_000),
        Ids::Random,
    );
    let taken = snapshot(&sandbox, &file).await.unwrap();
    assert_eq!(taken.missing, [""; 0]);
    assert_same(&sandbox, &file);
}

#[tokio::test(start_paused = true)]
async fn creations_in_file_are_replaced_on_request_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    snapshot(&sandbox, &file).await.unwrap();
    let mut rehearsed = account_file::read(&fs::read(&file).unwrap()).unwrap();
    let mut moment = Moment::seeded(3, Timestamp::from_milliseconds(1_700_000_000_000));
    let id = rehearsed.create_group(&mut moment, "rehearsed");
    rehearsed.create_group_version(&mut moment, id.as_str(), GroupSlots::default());
    write_account(&file, &rehearsed).unwrap();
    let refused = snapshot(&sandbox, &file).await.unwrap_err().to_string();
    assert!(
        refused.contains("also holds 1 group, 1 group version that this snapshot does not have"),
        "{refused}"
    );
    assert!(refused.contains("Give --replace to lose them"), "{refused}");
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        account_file::write(&rehearsed)
    );
    let taken = snapshot_over(&sandbox, &file).await.unwrap();
    assert!(taken.resumed > 0, "everything read was kept");
    assert_same(&sandbox, &file);
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_snapshot_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    sandbox.set_delay(Duration::from_millis(100));
    let interrupted = tokio::time::timeout(Duration::from_secs(6), snapshot(&sandbox, &file)).await;
    assert!(interrupted.is_err() && !file.exists());
    let partial = partial_of(&file);
    assert_eq!(
        partial.metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    // The last line was cut.
    let mut text = fs::read(&partial).unwrap();
    let lines = str::from_utf8(&text).unwrap().lines().count() - 1;
    text.truncate(text.len() - 5);
    fs::write(&partial, &text).unwrap();
    let before = contents_asked(&sandbox);
    assert!(before > 20, "it broke off too early: {before}");
    let taken = snapshot(&sandbox, &file).await.unwrap();
    assert_eq!(taken.resumed, lines - 1);
    assert_same(&sandbox, &file);
    let versions = taken.definition_versions;
    let asked = contents_asked(&sandbox);
    assert!(
        asked <= versions + 9,
        "{asked} contents were asked for, of {versions} versions"
    );
}

fn contents_asked(sandbox: &Sandbox) -> usize {
    let kinds = DefinitionKind::ALL.into_iter();
    sandbox.traffic(|traffic| {
        kinds
            .map(|kind| traffic.count(Operation::GetDefinitionVersion(kind)))
            .sum()
    })
}

#[tokio::test(start_paused = true)]
async fn resumed_snapshot_includes_later_additions() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    sandbox.set_delay(Duration::from_millis(100));
    let interrupted = tokio::time::timeout(Duration::from_secs(6), snapshot(&sandbox, &file)).await;
    assert!(interrupted.is_err());
    sandbox.change(|account, moment| {
        let group = account
            .groups()
            .iter()
            .next()
            .unwrap()
            .metadata()
            .id
            .to_string();
        account
            .create_group_version(moment, &group, GroupSlots::default())
            .unwrap();
    });
    snapshot(&sandbox, &file).await.unwrap();
    assert_same(&sandbox, &file);
}

#[tokio::test(start_paused = true)]
async fn unreadable_parts_are_reported_and_rest_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::ListDefinitions(DefinitionKind::Logger),
        1,
        Fault::Deny,
    );
    sandbox.fail(
        Operation::GetDefinitionVersion(DefinitionKind::Core),
        2,
        Fault::Deny,
    );
    sandbox.fail(
        Operation::GetDefinitionVersion(DefinitionKind::Device),
        1,
        Fault::Garbage,
    );
    let taken = snapshot(&sandbox, &file).await.unwrap();
    assert_eq!(taken.missing.len(), 4, "{:#?}", taken.missing);
    assert!(
        taken.missing[0].starts_with("ListLoggerDefinitions: 403 AccessDenied"),
        "{}",
        taken.missing[0]
    );
    assert!(
        taken
            .missing
            .iter()
            .any(|line| line.starts_with("content of arn:aws:greengrass:")),
        "{:#?}",
        taken.missing
    );
    Sandbox::open(&file).unwrap();
    // The next run requests the missing parts, and no other immutable ones.
    let asked = contents_asked(&sandbox);
    let taken = snapshot(&sandbox, &file).await.unwrap();
    assert!(taken.missing.is_empty(), "{:#?}", taken.missing);
    let loggers = sandbox.account(|account| {
        account
            .definitions(DefinitionKind::Logger)
            .iter()
            .map(|logger| logger.versions().len())
            .sum::<usize>()
    });
    assert_eq!(contents_asked(&sandbox) - asked, loggers + 3);
    assert_same(&sandbox, &file);
    assert!(!partial_of(&file).exists());
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_stop_snapshot_without_loss() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::GetDefinitionVersion(DefinitionKind::Resource),
        100,
        Fault::ExpiredToken,
    );
    let stopped = snapshot(&sandbox, &file).await.unwrap_err();
    assert!(
        matches!(stopped, SnapshotError::Stopped { .. }),
        "{stopped}"
    );
    assert!(
        stopped
            .to_string()
            .contains("plant.json.partial; run the same command again to continue"),
        "{stopped}"
    );
    assert!(!file.exists());
    sandbox.clear_faults();
    let taken = snapshot(&sandbox, &file).await.unwrap();
    assert!(taken.resumed > 0 && taken.missing.is_empty());
    assert_same(&sandbox, &file);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_gone_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plant.json");
    let sandbox = Sandbox::demo();
    sandbox.fail(Operation::GetGroupVersion, 1000, Fault::Unreachable);
    assert!(matches!(
        snapshot(&sandbox, &file).await,
        Err(SnapshotError::Stopped { .. })
    ));
    sandbox.fail(None, 1000, Fault::Deny);
    let nothing = snapshot(&sandbox, &folder.path().join("other.json"))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        nothing.starts_with("nothing could be read: ListGroups: 403"),
        "{nothing}"
    );
    let empty = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let nothing = snapshot(&empty, &file).await.unwrap_err();
    assert!(matches!(nothing, SnapshotError::Empty), "{nothing}");
}

#[tokio::test(start_paused = true)]
async fn nothing_else_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::demo();
    let at = |name: &str| folder.path().join(name);
    let other = Account::new("999988887777", "eu-central-1");
    fs::write(at("letter.txt"), "Dear Anna").unwrap();
    fs::write(at("other.json"), account_file::write(&other)).unwrap();
    fs::write(at("a.json.partial"), "{\"format\":\"something\"}\n").unwrap();
    fs::write(at("b.json.partial"), "my notes").unwrap();
    let heading = r#"{"format":"greengroup-partial-snapshot/1","account":"999988887777","partition":"aws","region":"eu-central-1","endpoint":null}"#;
    fs::write(at("c.json.partial"), format!("{heading}\n")).unwrap();
    let rows = [
        ("letter.txt", "it exists and is not a snapshot"),
        (
            "other.json",
            "holds account 999988887777 in eu-central-1, and this is 111122223333 in eu-central-1",
        ),
        (
            "a.json",
            "a.json.partial: it is not an unfinished snapshot; move it away",
        ),
        (
            "b.json",
            "b.json.partial: it is not an unfinished snapshot; move it away",
        ),
        ("c.json", "an unfinished snapshot of account 999988887777"),
        ("none/x.json", "there is no such folder"),
        ("", "this is a folder; name a file"),
    ];
    for (name, said) in rows {
        let refused = snapshot(&sandbox, &at(name)).await.unwrap_err();
        assert!(
            matches!(refused, SnapshotError::Target(_)) && refused.to_string().contains(said),
            "{name}: {refused}"
        );
    }
    assert_eq!(fs::read_to_string(at("letter.txt")).unwrap(), "Dear Anna");
    assert_eq!(
        fs::read_to_string(at("b.json.partial")).unwrap(),
        "my notes"
    );
    assert_eq!(
        fs::read_to_string(at("other.json")).unwrap(),
        account_file::write(&other)
    );
}

#[test]
fn the_command_saves_what_a_server_serves() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("plant.json");
    let config = home.path().join("fast.toml");
    fs::write(&config, "requests = { per_second = 1000, burst = 100 }").unwrap();
    let sandbox = Sandbox::demo();
    let served = Served::start(sandbox.clone());
    let mut command = greengroup(home.path());
    command.args([
        "snapshot",
        "--region",
        "us-east-1",
        "--endpoint-url",
        &served.endpoint,
        "--config",
    ]);
    command
        .arg(&config)
        .arg(&file)
        .env("AWS_ACCESS_KEY_ID", "A")
        .env("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key");
    let (status, printed, said) = ran(&mut command);
    assert_eq!((status, printed.as_str()), (Some(0), ""), "{said}");
    assert!(
        said.contains("account 111122223333 in eu-central-1: 19 groups"),
        "{said}"
    );
    assert!(
        said.contains("reading versions: 1 of ") && !said.contains('\x1b'),
        "{said}"
    );
    assert_same(&sandbox, &file);
    // And from the file itself, which stays unchanged.
    let again = home.path().join("again.json");
    let mut command = greengroup(home.path());
    command
        .arg("snapshot")
        .arg(format!("--sandbox={}", file.display()))
        .arg(&again)
        .arg("--config")
        .arg(&config);
    let (status, _, said) = ran(&mut command);
    assert_eq!(status, Some(0), "{said}");
    assert_same(&sandbox, &again);
    let (status, _, said) = ran(greengroup(home.path()).args(["snapshot", "--sandbox", "/"]));
    assert_eq!(status, Some(2), "{said}");
}
