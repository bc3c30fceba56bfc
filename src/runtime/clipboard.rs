//! Copies text to the clipboard of the user's own terminal, also over SSH.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

use super::terminal::Capabilities;
use crate::domain::printable::printable;

/// The maximum that xterm accepts in one OSC 52; other terminals accept at least as much.
pub const MAX_BASE64: usize = 74_994;
const TMUX_ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// GNU screen does not forward a longer string in one piece.
const SCREEN_PIECE: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clipboard {
    /// tmux stores the text and passes it to its terminal.
    Tmux,
    /// The terminal accepts OSC 52.
    Terminal,
    /// As [`Self::Terminal`], through GNU screen.
    Screen,
    /// The terminal would display the text instead of copying it.
    Unavailable,
}

/// Where a text was sent. No terminal confirms that it copied the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentText {
    ToTmux,
    ToTmuxAndTerminal,
    ToTerminal,
}

impl SentText {
    /// For the screen: `sent to your terminal (OSC 52)`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ToTmux => "sent to tmux and through it to your terminal",
            Self::ToTmuxAndTerminal => "sent to tmux and to your terminal (OSC 52)",
            Self::ToTerminal => "sent to your terminal (OSC 52)",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ClipboardError {
    #[error("this terminal takes no text for its clipboard; Y shows it for selecting by hand")]
    Unavailable,
    #[error(
        "{bytes} bytes are more than terminals take ({MAX_BASE64} as base64); Y shows the text for selecting by hand"
    )]
    TooLong { bytes: usize },
    #[error("tmux did not take the text: {0}")]
    Tmux(String),
}

impl Clipboard {
    /// tmux if `TMUX` is set and tmux is on `PATH`, else the terminal if its `TERM` supports OSC 52.
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let path = variable("PATH").unwrap_or_default();
        let is_on_path = |program: &Path| {
            std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
        };
        if is_set("TMUX") && is_on_path(Path::new("tmux")) {
            return Self::Tmux;
        }
        let capabilities = Capabilities::from_term(variable("TERM").as_deref());
        match capabilities.is_modern {
            false => Self::Unavailable,
            true if is_set("STY") => Self::Screen,
            true => Self::Terminal,
        }
    }

    /// Gives `text` to tmux, or returns the sequence for the terminal. It waits, so the caller must not hold
    /// the terminal.
    pub async fn send(self, text: String) -> Result<Osc52, ClipboardError> {
        let for_terminal = match self {
            Self::Tmux => return send_to_tmux(&text).await,
            Self::Terminal => sequence(&text)?,
            Self::Screen => through_screen(&sequence(&text)?),
            Self::Unavailable => return Err(ClipboardError::Unavailable),
        };
        let sent = SentText::ToTerminal;
        Ok(Osc52 { sent, for_terminal })
    }
}

/// tmux before 3.2 has no `-w`, and `TMUX` may name a server that has ended. OSC 52 then goes to the
/// terminal, which may be tmux itself.
async fn send_to_tmux(text: &str) -> Result<Osc52, ClipboardError> {
    let Err(reason) = load_into_tmux(text, &["load-buffer", "-w", "-"]).await else {
        return Ok(Osc52 {
            sent: SentText::ToTmux,
            for_terminal: Vec::new(),
        });
    };
    let is_in_tmux = load_into_tmux(text, &["load-buffer", "-"]).await.is_ok();
    let for_terminal = match sequence(text) {
        Ok(for_terminal) => for_terminal,
        Err(_) if is_in_tmux => Vec::new(),
        Err(_) => return Err(ClipboardError::Tmux(reason)),
    };
    let sent = match (is_in_tmux, for_terminal.is_empty()) {
        (true, true) => SentText::ToTmux,
        (true, false) => SentText::ToTmuxAndTerminal,
        (false, _) => SentText::ToTerminal,
    };
    Ok(Osc52 { sent, for_terminal })
}

/// A text that was sent, and the bytes still to be written to the terminal, possibly none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Osc52 {
    pub sent: SentText,
    pub for_terminal: Vec<u8>,
}

/// The bytes that copy `text` to a terminal's clipboard.
pub fn sequence(text: &str) -> Result<Vec<u8>, ClipboardError> {
    let encoded = STANDARD.encode(text);
    if encoded.len() > MAX_BASE64 {
        return Err(ClipboardError::TooLong { bytes: text.len() });
    }
    Ok(format!("\x1b]52;c;{encoded}\x07").into_bytes())
}

/// The same bytes in pieces that GNU screen passes to its own terminal.
fn through_screen(sequence: &[u8]) -> Vec<u8> {
    let mut wrapped = Vec::with_capacity(sequence.len() * 2);
    for piece in sequence.chunks(SCREEN_PIECE) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(piece);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    wrapped
}

async fn load_into_tmux(text: &str, arguments: &[&str]) -> Result<(), String> {
    match timeout(TMUX_ANSWERS_WITHIN, run_tmux(text, arguments)).await {
        Err(_) => Err("no answer".to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Ok(Ok(output)) if output.status.success() => Ok(()),
        Ok(Ok(output)) => {
            let message = String::from_utf8_lossy(&output.stderr);
            Err(printable(message.trim()).into_owned())
        }
    }
}

async fn run_tmux(text: &str, arguments: &[&str]) -> io::Result<std::process::Output> {
    let mut child = Command::new("tmux")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A failing tmux closes the pipe, and its message explains more than the write error.
        _ = input.write_all(text.as_bytes()).await;
    }
    child.wait_with_output().await
}
