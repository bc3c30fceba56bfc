//! The targets of copied text.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use greengroup::runtime::clipboard::{Clipboard, ClipboardError, MAX_BASE64, SentText};
use rstest::rstest;

fn judged(set: &[(&str, &str)]) -> Clipboard {
    Clipboard::from_environment(|name| {
        let found = set.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| OsString::from(value))
    })
}

#[rstest]
#[case(&[("TERM", "xterm-256color"), ("SSH_TTY", "/dev/pts/3")], Clipboard::Terminal)]
#[case(&[("TERM", "screen"), ("STY", "12.pts-0.host")], Clipboard::Screen)]
#[case(&[("TERM", "dumb")], Clipboard::Unavailable)]
#[case(&[], Clipboard::Unavailable)]
#[case(&[("TERM", "screen"), ("TMUX", "/tmp/x,1,0"), ("PATH", "/nowhere")], Clipboard::Terminal)]
#[case(&[("TERM", "xterm"), ("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "w")], Clipboard::Terminal)]
fn the_way_follows_from_the_surroundings(#[case] set: &[(&str, &str)], #[case] way: Clipboard) {
    assert_eq!(judged(set), way);
}

#[test]
fn tmux_is_used_where_it_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tmux");
    fs::write(&program, "#!/bin/sh\n").unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let path = folder.path().to_str().unwrap();
    let set = [("TERM", "screen"), ("TMUX", "/tmp/x,1,0"), ("PATH", path)];
    assert_eq!(judged(&set), Clipboard::Tmux);
}

#[rstest]
#[case("vt100")]
#[case("vt220")]
#[case("linux")]
fn terminals_without_osc_52_get_none(#[case] term: &str) {
    assert_eq!(judged(&[("TERM", term)]), Clipboard::Unavailable);
}

#[tokio::test]
async fn a_terminal_gets_the_text_as_base64() {
    let text = "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/ä";
    let osc52 = Clipboard::Terminal.send(text.to_owned()).await.unwrap();
    let expected = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    assert_eq!(osc52.for_terminal, expected.as_bytes());
    assert_eq!(osc52.sent, SentText::ToTerminal);
    assert_eq!(osc52.sent.words(), "sent to your terminal (OSC 52)");
}

#[tokio::test]
async fn gnu_screen_gets_same_bytes_in_pieces() {
    let text = "x".repeat(1000);
    let plain = Clipboard::Terminal.send(text.clone()).await.unwrap();
    let wrapped = Clipboard::Screen.send(text).await.unwrap();
    let wrapped = String::from_utf8(wrapped.for_terminal).unwrap();
    let pieces: Vec<&str> = wrapped
        .split_terminator("\x1b\\")
        .map(|piece| piece.strip_prefix("\x1bP").unwrap())
        .collect();
    assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= 256));
    assert_eq!(pieces.concat().into_bytes(), plain.for_terminal);
}

#[tokio::test]
async fn oversized_copy_is_refused_not_cut() {
    let most = "x".repeat(MAX_BASE64 / 4 * 3);
    let sent = Clipboard::Terminal.send(most.clone()).await.unwrap();
    assert!(sent.for_terminal.len() <= MAX_BASE64 + 8);
    let refused = Clipboard::Terminal.send(most + "xxx").await.unwrap_err();
    assert!(matches!(refused, ClipboardError::TooLong { .. }));
    assert!(refused.to_string().contains("74994"), "{refused}");
    let refused = Clipboard::Unavailable
        .send(String::new())
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("takes no text"), "{refused}");
}
