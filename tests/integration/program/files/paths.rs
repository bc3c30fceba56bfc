//! The paths of files and their permissions.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use greengroup::disk;
use greengroup::domain::endpoint::without_secrets;
use greengroup::runtime::files::{Paths, config_file};
use rstest::rstest;

fn variable<'a>(set: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
    move |name| {
        let found = set.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| OsString::from(value))
    }
}

fn paths(set: &[(&str, &str)]) -> Option<Paths> {
    Paths::from_environment(variable(set)).ok()
}

#[rstest]
#[case(&[("HOME", "/home/anna")], "/home/anna/.config/greengroup/config.toml", "/home/anna/.local/state/greengroup")]
#[case(&[("HOME", "/h"), ("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")], "/c/greengroup/config.toml", "/s/greengroup")]
#[case(&[("HOME", "/h"), ("XDG_STATE_HOME", "relative"), ("XDG_CONFIG_HOME", "")], "/h/.config/greengroup/config.toml", "/h/.local/state/greengroup")]
#[case(&[("XDG_CONFIG_HOME", "/c"), ("XDG_STATE_HOME", "/s")], "/c/greengroup/config.toml", "/s/greengroup")]
fn files_follow_the_xdg_variables(
    #[case] set: &[(&str, &str)],
    #[case] config: &str,
    #[case] state: &str,
) {
    let paths = paths(set).unwrap();
    assert_eq!(config_file(variable(set)).unwrap(), Path::new(config));
    assert_eq!(paths.state_folder(), Path::new(state));
    assert_eq!(paths.drafts_folder(), Path::new(state).join("drafts"));
}

#[test]
fn without_a_home_there_is_a_sentence() {
    let error = Paths::from_environment(|_| None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "neither XDG_STATE_HOME nor HOME names a folder; set one of them"
    );
}

#[test]
fn state_variable_makes_home_unnecessary() {
    let only_state = [("XDG_STATE_HOME", "/s")];
    let paths = paths(&only_state).unwrap();
    assert_eq!(paths.state_folder(), Path::new("/s/greengroup"));
    assert_eq!(config_file(variable(&only_state)), None);
    let only_config = [("XDG_CONFIG_HOME", "/c")];
    let file = config_file(variable(&only_config)).unwrap();
    assert_eq!(file, Path::new("/c/greengroup/config.toml"));
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn folders_and_files_are_their_owners_only() {
    let home = tempfile::tempdir().unwrap();
    let home_text = home.path().to_str().unwrap();
    let paths = paths(&[("HOME", home_text)]).unwrap();
    fs::create_dir_all(paths.state_folder()).unwrap();
    fs::set_permissions(paths.state_folder(), Permissions::from_mode(0o755)).unwrap();
    paths.prepare().unwrap();
    assert_eq!(mode(paths.state_folder()), 0o700);
    assert_eq!(mode(&paths.drafts_folder()), 0o700);
    let file = paths.drafts_folder().join("x");
    disk::replace(&file, b"one").unwrap();
    disk::replace(&file, b"two").unwrap();
    assert_eq!(mode(&file), 0o600);
    assert_eq!(fs::read(&file).unwrap(), b"two");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    disk::replace(&file, b"three").unwrap();
    assert_eq!(mode(&file), 0o640, "an existing file keeps its mode");
    let names = fs::read_dir(paths.drafts_folder()).unwrap().count();
    assert_eq!(names, 1, "a temporary file was left");
}

#[test]
fn a_write_that_fails_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("folder");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("inside"), "kept").unwrap();
    assert!(disk::replace(&taken, b"new").is_err());
    assert_eq!(fs::read(taken.join("inside")).unwrap(), b"kept");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[rstest]
#[case(
    "https://user:secret@host:8443/path?x=1@2",
    "https://host:8443/…1f7c1c"
)]
#[case("https://host/a@b", "https://host/…0e0d2c")]
#[case("https://host/…0e0d2c", "https://host/…0e0d2c")]
#[case("https://host?token=secret", "https://host/…")]
#[case("https://host#secret", "https://host/…")]
#[case("https://host/", "https://host/")]
#[case("http://localhost:4566", "http://localhost:4566")]
#[case("not a url", "not a url")]
fn credentials_in_an_address_are_left_out(#[case] address: &str, #[case] without: &str) {
    let shown = without_secrets(address);
    // The hash digits only distinguish two endpoints.
    let cut = |text: &str| text.split_inclusive('…').next().unwrap().to_owned();
    assert_eq!(cut(&shown), cut(without));
    assert_eq!(without_secrets(&shown), shown);
    assert!(!shown.contains("secret"), "{shown}");
}
