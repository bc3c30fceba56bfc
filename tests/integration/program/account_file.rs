//! `greengroup serve FILE`: the initial content, the owner and the folder of the file.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use crate::support::serving::{Serving, command};

/// A user without privileges, which exists on each machine.
const OTHER_USER: u32 = 65_534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// An empty account in a folder that any user may enter.
fn account_in(folder: &Path) -> PathBuf {
    let file = folder.join("account.json");
    drop(Serving::start(&["--empty", file.to_str().unwrap()]));
    fs::set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
    file
}

#[test]
fn empty_account_is_created_and_prints_its_commands() {
    let home = tempfile::tempdir().unwrap();
    let arguments = [
        "--empty",
        "new.json",
        "--region",
        "eu-west-1",
        "--listen",
        "localhost:0",
    ];
    let mut beginning = command(home.path(), &arguments);
    let mut serving = Serving::run(beginning.current_dir(home.path()));
    let endpoint = serving.endpoint.clone();
    assert!(endpoint.starts_with("http://localhost:"), "{endpoint}");
    let ready = format!(
        "serving Greengrass V1 at {endpoint} (no authentication), account 123456789012 in eu-west-1\n"
    );
    assert_eq!(serving.ready, ready);
    let export = format!(
        "export AWS_ENDPOINT_URL_GREENGRASS={endpoint} AWS_DEFAULT_REGION=eu-west-1 AWS_REGION=eu-west-1 \
         AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox\n"
    );
    assert_eq!(serving.next_line(), export);
    assert_eq!(serving.next_line(), "aws greengrass list-groups\n");
    let answer = serving.create_group("press");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let file = home.path().join("new.json");
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .contains("\"Name\": \"press\"")
    );
    let again = command(home.path(), &arguments)
        .current_dir(home.path())
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(2));
    let complaint = String::from_utf8(again.stderr).unwrap();
    assert!(
        complaint.contains("new.json exists; leave --empty out"),
        "{complaint}"
    );
}

/// Only root can give a file away, or create one of another user.
#[test]
fn owner_stays_or_the_change_is_refused() {
    if !is_root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = account_in(folder.path());
    chown(&file, Some(OTHER_USER), Some(OTHER_USER)).unwrap();
    let as_root = Serving::start(&[file.to_str().unwrap()]);
    let answer = as_root.create_group("by root");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let metadata = file.metadata().unwrap();
    assert_eq!((metadata.uid(), metadata.gid()), (OTHER_USER, OTHER_USER));

    chown(&file, Some(0), Some(0)).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o666)).unwrap();
    let before = fs::read(&file).unwrap();
    let as_other = Serving::start_as(OTHER_USER, &[file.to_str().unwrap()]);
    let answer = as_other.create_group("by the other");
    assert!(answer.starts_with("HTTP/1.1 409"), "{answer}");
    assert!(answer.contains("belongs to another user"), "{answer}");
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(file.metadata().unwrap().uid(), 0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn folder_that_cannot_be_read_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = account_in(folder.path());
    let path = file.to_str().unwrap();
    if is_root() {
        chown(folder.path(), Some(OTHER_USER), Some(OTHER_USER)).unwrap();
        chown(&file, Some(OTHER_USER), Some(OTHER_USER)).unwrap();
    }
    fs::set_permissions(folder.path(), Permissions::from_mode(0o300)).unwrap();
    let serving = if is_root() {
        Serving::start_as(OTHER_USER, &[path])
    } else {
        Serving::start(&[path])
    };
    let answer = serving.create_group("press");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let (_, id) = answer.split_once("\"Id\":\"").unwrap();
    let (id, _) = id.split_once('"').unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains(id), "{answer}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
