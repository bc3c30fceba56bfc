//! The sandbox in a file: changes are saved completely, and a damaged file is refused with the position.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use greengroup::domain::Timestamp;
use greengroup::sandbox::{
    Account, Moment, OpenError, Sandbox, WriteError, account_file, create_account, write_account,
};

use crate::support::sdk;

fn small_account() -> Account {
    let mut account = Account::new("111122223333", "eu-central-1");
    let mut moment = Moment::seeded(1, Timestamp::from_milliseconds(1_700_000_000_000));
    let group = account.create_group(&mut moment, "press");
    let slots = greengroup::sandbox::account::GroupSlots::default();
    account.create_group_version(&mut moment, group.as_str(), slots);
    account
}

fn saved(folder: &Path, account: &Account) -> PathBuf {
    let path = folder.join("account.json");
    write_account(&path, account).unwrap();
    path
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o7777
}

async fn create_group(sandbox: &Sandbox, name: &str) -> Result<String, (u16, String, String)> {
    let client = sdk::greengrass(sandbox);
    let sent = client.create_group().name(name).send().await;
    sent.map(|group| group.id().unwrap().to_owned())
        .map_err(|error| sdk::refusal(&error))
}

#[test]
fn account_file_round_trips() {
    for account in [
        small_account(),
        Sandbox::demo().account(Account::clone),
        Account::new("123456789012", "us-gov-west-1"),
        Account::new("123456789012", "cn-north-1"),
    ] {
        let text = account_file::write(&account);
        let read = account_file::read(text.as_bytes()).unwrap();
        assert_eq!(account_file::write(&read), text);
        assert_eq!(read.partition(), account.partition());
    }
}

#[tokio::test]
async fn create_saves_before_it_answers() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.json");
    std::os::unix::fs::symlink(&path, &link).unwrap();

    let sandbox = Sandbox::open(&link).unwrap();
    for name in ["one", "two", "three"] {
        let id = create_group(&sandbox, name).await.unwrap();
        let read = account_file::read(&fs::read(&path).unwrap()).unwrap();
        let group = read.group(&id).unwrap();
        assert_eq!(group.metadata().name.as_deref(), Some(name));
    }
    assert_eq!(mode(&path), 0o640);
    assert!(link.is_symlink());
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "nothing else is left in the folder");
    let again = Sandbox::open(&path).unwrap();
    assert_eq!(again.account(|account| account.groups().iter().len()), 4);
}

#[tokio::test]
async fn a_refused_request_does_not_touch_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let before = path.metadata().unwrap().modified().unwrap();
    let sandbox = Sandbox::open(&path).unwrap();
    assert_eq!(create_group(&sandbox, "").await.unwrap_err().0, 400);
    assert_eq!(path.metadata().unwrap().modified().unwrap(), before);
}

#[tokio::test]
async fn two_programs_keep_and_see_both_changes() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let (one, other) = (Sandbox::open(&path).unwrap(), Sandbox::open(&path).unwrap());
    create_group(&one, "of one").await.unwrap();
    create_group(&other, "of the other").await.unwrap();
    let read = account_file::read(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(read.groups().iter().len(), 3);
    for sandbox in [&one, &other] {
        let listed = sdk::greengrass(sandbox).list_groups().send().await.unwrap();
        assert_eq!(listed.groups().len(), 3, "a read sees what others wrote");
    }
}

#[test]
fn two_writers_at_once_lose_nothing() {
    const ROUNDS: usize = 10;
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let barrier = std::sync::Barrier::new(2);
    let write = |name: &str| {
        let sandbox = Sandbox::open(&path).unwrap();
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().unwrap();
        let mut ids = Vec::new();
        for _ in 0..ROUNDS {
            barrier.wait();
            ids.push(runtime.block_on(create_group(&sandbox, name)).unwrap());
        }
        ids
    };
    let acknowledged = std::thread::scope(|scope| {
        let writers = ["one", "other"].map(|name| scope.spawn(move || write(name)));
        writers.map(|writer| writer.join().unwrap()).concat()
    });
    let read = account_file::read(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(acknowledged.len(), 2 * ROUNDS);
    for id in acknowledged {
        assert!(read.group(&id).is_some(), "{id} is in the file");
    }
}

#[tokio::test]
async fn a_damaged_file_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let sandbox = Sandbox::open(&path).unwrap();
    fs::write(&path, "{}").unwrap();
    let (status, code, message) = create_group(&sandbox, "late").await.unwrap_err();
    assert_eq!((status, code.as_str()), (409, "AccountFileException"));
    assert!(
        message.starts_with("Nothing was changed: the account file"),
        "{message}"
    );
    assert_eq!(sandbox.account(|account| account.groups().iter().len()), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "{}");
    fs::remove_dir_all(folder.path()).unwrap();
    assert_eq!(create_group(&sandbox, "gone").await.unwrap_err().0, 409);
}

#[tokio::test]
async fn unreadable_file_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let before = fs::read(&path).unwrap();
    let sandbox = Sandbox::open(&path).unwrap();
    sandbox.set_max_file(before.len() as u64);
    let (status, _, message) = create_group(&sandbox, "too much").await.unwrap_err();
    assert_eq!(status, 409);
    assert!(message.contains("more than"), "{message}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn hard_and_dangling_links_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let sandbox = Sandbox::open(&path).unwrap();
    let other = folder.path().join("other.json");
    fs::hard_link(&path, &other).unwrap();
    let (status, _, message) = create_group(&sandbox, "late").await.unwrap_err();
    assert_eq!(status, 409);
    assert!(message.contains("hard links"), "{message}");
    fs::remove_file(&other).unwrap();
    create_group(&sandbox, "now").await.unwrap();

    let dangling = folder.path().join("dangling.json");
    std::os::unix::fs::symlink("nowhere.json", &dangling).unwrap();
    let refused = write_account(&dangling, &small_account()).unwrap_err();
    assert!(
        matches!(refused, WriteError::DanglingLink { .. }),
        "{refused}"
    );
    assert!(dangling.is_symlink());
}

#[tokio::test]
async fn the_next_write_replaces_a_leftover() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    fs::write(folder.path().join(".account.json.new"), "half").unwrap();
    let sandbox = Sandbox::open(&path).unwrap();
    create_group(&sandbox, "one").await.unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_empty_account_never_replaces_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let refused = create_account(&path, &small_account()).unwrap_err();
    assert!(matches!(refused, WriteError::Exists { .. }), "{refused}");
    let new = folder.path().join("new.json");
    create_account(&new, &Account::new("123456789012", "eu-central-1")).unwrap();
    assert!(Sandbox::open(&new).is_ok());
    assert_eq!(mode(&new), 0o600);
}

#[tokio::test]
async fn changes_at_the_same_time_are_all_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), &small_account());
    let sandbox = Sandbox::open(&path).unwrap();
    let create = |name| create_group(&sandbox, name);
    let (a, b, c) = tokio::join!(create("a"), create("b"), create("c"));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    let read = account_file::read(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(read.groups().iter().len(), 4);
}

#[test]
fn missing_file_names_the_fix() {
    let error = Sandbox::open(Path::new("/nowhere/account.json")).unwrap_err();
    assert!(matches!(error, OpenError::Missing { .. }));
    assert_eq!(
        error.to_string(),
        "there is no account file /nowhere/account.json; `greengroup snapshot FILE` writes one, \
         `greengroup serve --empty FILE` begins an empty one, and --sandbox without a file opens the demo account"
    );
    let folder = tempfile::tempdir().unwrap();
    let error = Sandbox::open(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::Unreadable { .. }), "{error}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn damaged_file_reports_the_path() {
    let whole = account_file::write(&small_account());
    let group = &whole[whole.find("groups/").unwrap() + 7..][..36];
    let table: [(&str, &str, &str); 13] = [
        (
            "{\n  \"format\"",
            "\n  \"format\"",
            "line 2, column 10 (the top): ",
        ),
        (
            "greengroup-account/1",
            "greengroup-account/9",
            "line 2, column 13 (format): it is \"greengroup-account/9\", this program reads \"greengroup-account/1\"",
        ),
        (
            "  \"format\": \"greengroup-account/1\",\n",
            "",
            "line 1, column 1 (format): the member is missing; it must be \"greengroup-account/1\"",
        ),
        (
            "\"111122223333\"",
            "\"1111\"",
            "line 3, column 14 (account): an account id has twelve digits",
        ),
        (
            "\"region\"",
            "\"regoin\"",
            "line 5, column 10 (regoin): unknown field `regoin`",
        ),
        (
            "\"CreationTimestamp\": \"2023-11-14T22:13:20.000Z\"",
            "\"CreationTimestamp\": 7",
            "line 11, column 28 (groups[0].CreationTimestamp): invalid type: integer `7`",
        ),
        (
            "      \"LastUpdatedTimestamp\": \"2023-11-14T22:13:20.000Z\",\n",
            "",
            "(groups[0]): missing field `LastUpdatedTimestamp`",
        ),
        (
            "\"Definition\": {}",
            "\"Definition\": {\"CoreArn\": \"x\"}",
            "(groups[0].Versions[0].Definition.CoreArn): unknown field `CoreArn`",
        ),
        (
            &format!("\"Id\": \"{group}\""),
            "\"Id\": \"other\"",
            "line 9, column 14 (groups[0].Arn): the ARN is \"arn:aws:greengrass:",
        ),
        (
            "\"LatestVersion\": \"",
            "\"LatestVersion\": \"x",
            "line 13, column 24 (groups[0].LatestVersion): it is none of the Versions",
        ),
        (
            "\"devices\": []",
            "\"devices\": [{\"Id\": \"a/b\", \"Arn\": \"a\", \"CreationTimestamp\": \"\", \"LastUpdatedTimestamp\": \"\", \"Versions\": []}]",
            "(definitions.devices[0].Id): the id is empty or holds a slash",
        ),
        (
            "\"cores\": [],\n",
            "\"cores\": [],,\n",
            "(definitions): key must be a string",
        ),
        (
            "\"loggers\": []\n  }\n}\n",
            "\"loggers\": [",
            "(definitions.loggers): EOF while parsing a list",
        ),
    ];
    for (old, new, expected) in table {
        assert!(whole.contains(old), "{old:?} is in\n{whole}");
        let damaged = whole.replacen(old, new, 1);
        let error = account_file::read(damaged.as_bytes()).unwrap_err();
        let message = error.to_string();
        assert!(message.contains(expected), "{old:?} -> {new:?}: {message}");
        assert!(
            !message.contains(" at line "),
            "the path is reported once: {message}"
        );
    }
    let mut bytes = whole.clone().into_bytes();
    let place = whole.find("press").unwrap();
    bytes[place] = 0xff;
    let message = account_file::read(&bytes).unwrap_err().to_string();
    assert_eq!(
        message,
        "line 10, column 16 (groups[0].Name): invalid unicode code point"
    );
}

#[test]
fn invalid_content_reports_its_path() {
    let text = account_file::write(&Sandbox::demo().account(Account::clone));
    let damaged = text.replacen("\"Cores\": [", "\"Cores\": 5, \"x\": [", 1);
    let message = account_file::read(damaged.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(
        message.ends_with(
            "(definitions.cores[0].Versions[0].Definition): \
             a core content is an object whose Cores is a list of objects"
        ),
        "{message}"
    );
}
