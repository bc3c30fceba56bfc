//! Text to the clipboard of the terminal that the person sits at, however far away it is.

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

use crate::domain::printable::printable;

/// What xterm takes in one OSC 52; others take at least as much.
pub const MOST_BASE64: usize = 74_994;
const TMUX_ANSWERS_WITHIN: Duration = Duration::from_secs(2);
/// GNU screen forwards no longer string in one piece.
const SCREEN_PIECE: usize = 200;

/// Where text goes from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clipboard {
    /// tmux keeps the text and passes it on to the terminal that it is shown on.
    Tmux,
    /// The terminal is told by OSC 52.
    Terminal,
    /// As [`Self::Terminal`], through GNU screen.
    Screen,
    /// The terminal would show the text instead of taking it.
    Unavailable,
}

/// What became of a text. Whether the clipboard holds it, only the person can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    ToTmux,
    ToTerminal,
}

impl Sent {
    /// For the screen: `sent to your terminal (OSC 52)`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ToTmux => "sent to tmux and through it to your terminal",
            Self::ToTerminal => "sent to your terminal (OSC 52)",
        }
    }
}

/// Why a text was not sent.
#[derive(Debug, thiserror::Error)]
pub enum ClipboardError {
    #[error("this terminal takes no text for its clipboard; Y shows it for selecting by hand")]
    Unavailable,
    #[error(
        "{bytes} bytes are more than terminals take ({MOST_BASE64} as base64); Y shows the text for selecting by hand"
    )]
    TooLong { bytes: usize },
    #[error("tmux did not take the text: {0}")]
    Tmux(String),
}

impl Clipboard {
    /// `TMUX` with tmux to be found on `PATH`, else the terminal unless `TERM` is `dumb` or absent.
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        let path = variable("PATH").unwrap_or_default();
        let is_on_path = |program: &Path| {
            std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
        };
        if is_set("TMUX") && is_on_path(Path::new("tmux")) {
            return Self::Tmux;
        }
        let is_dumb = variable("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        match is_dumb {
            true => Self::Unavailable,
            false if is_set("STY") => Self::Screen,
            false => Self::Terminal,
        }
    }

    /// Gives `text` to tmux, or packs it for the terminal. Holds no terminal while it waits.
    pub async fn send(self, text: String) -> Result<Parcel, ClipboardError> {
        let parcel = |sent, for_terminal| Parcel { sent, for_terminal };
        match self {
            Self::Tmux => load_into_tmux(&text)
                .await
                .map(|()| parcel(Sent::ToTmux, Vec::new())),
            Self::Terminal => Ok(parcel(Sent::ToTerminal, sequence(&text)?)),
            Self::Screen => Ok(parcel(Sent::ToTerminal, through_screen(&sequence(&text)?))),
            Self::Unavailable => Err(ClipboardError::Unavailable),
        }
    }
}

/// A text on its way: what is left to do is to send the bytes to the terminal, if there are any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub sent: Sent,
    pub for_terminal: Vec<u8>,
}

/// The bytes that put `text` into a terminal's clipboard.
pub fn sequence(text: &str) -> Result<Vec<u8>, ClipboardError> {
    let encoded = STANDARD.encode(text);
    if encoded.len() > MOST_BASE64 {
        return Err(ClipboardError::TooLong { bytes: text.len() });
    }
    Ok(format!("\x1b]52;c;{encoded}\x07").into_bytes())
}

/// The same bytes in pieces that GNU screen hands on to its own terminal.
fn through_screen(sequence: &[u8]) -> Vec<u8> {
    let mut wrapped = Vec::with_capacity(sequence.len() * 2);
    for piece in sequence.chunks(SCREEN_PIECE) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(piece);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    wrapped
}

async fn load_into_tmux(text: &str) -> Result<(), ClipboardError> {
    let told = timeout(TMUX_ANSWERS_WITHIN, run_tmux(text)).await;
    let why = match told {
        Err(_) => "no answer".to_owned(),
        Ok(Err(error)) => error.to_string(),
        Ok(Ok(output)) if output.status.success() => return Ok(()),
        Ok(Ok(output)) => {
            let said = String::from_utf8_lossy(&output.stderr);
            printable(said.trim()).into_owned()
        }
    };
    Err(ClipboardError::Tmux(why))
}

async fn run_tmux(text: &str) -> io::Result<std::process::Output> {
    let mut child = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A tmux that refuses closes its end; its message says more than that.
        _ = input.write_all(text.as_bytes()).await;
    }
    child.wait_with_output().await
}
