//! The log has no control characters, no credentials, and a limited size.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use greengroup::runtime::files::log::{MAX_BYTES, subscriber};
use tracing::level_filters::LevelFilter;

fn logged(path: &Path, level: LevelFilter, largest: u64, tell: impl FnOnce()) -> String {
    let subscriber = subscriber(path, level, largest).unwrap();
    tracing::subscriber::with_default(subscriber, tell);
    fs::read_to_string(path).unwrap()
}

#[test]
fn log_has_one_safe_line_per_event() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("greengroup.log");
    let text = logged(&path, LevelFilter::INFO, MAX_BYTES, || {
        tracing::info!(target: "greengroup", name = "a\u{1b}]0;x\u{7}\u{202e}", "one\ntwo");
        tracing::debug!(target: "greengroup", "below the level");
    });
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("INFO greengroup") && text.contains("one") && text.contains("two"));
    assert!(!text.chars().any(|c| c.is_control() && c != '\n') && !text.contains('\u{202e}'));
    assert!(!text.contains("below"), "{text}");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn libraries_never_tell_their_details() {
    let folder = tempfile::tempdir().unwrap();
    let text = logged(
        &folder.path().join("log"),
        LevelFilter::TRACE,
        MAX_BYTES,
        || {
            tracing::trace!(target: "greengroup::runtime", "ours");
            tracing::debug!(target: "aws_sigv4::http_request::sign", "Credentials secret-1");
            tracing::trace!(target: "hyper_util::client", "authorization secret-2");
            tracing::info!(target: "rustls", "secret-3");
            tracing::error!(target: "aws_runtime::env_config::source", "bytes: [115, 101, secret-4");
            tracing::info!(target: "aws_config::meta::region", "provider message");
            tracing::warn!(target: "hyper_util::client", "a warning");
        },
    );
    assert!(!text.contains("secret"), "{text}");
    assert!(
        text.contains("ours") && text.contains("a warning"),
        "{text}"
    );
    assert!(!text.contains("provider message"), "{text}");
}

#[test]
fn full_log_is_rotated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let text = logged(&path, LevelFilter::INFO, 2000, || {
        for number in 0..100 {
            tracing::info!(target: "greengroup", "event number {number} {}", "x".repeat(40));
        }
    });
    let older = fs::read_to_string(folder.path().join("log.1")).unwrap();
    assert!(text.len() <= 2000 && older.len() <= 2000 && older.len() > 1500);
    assert!(text.contains("event number 99"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
