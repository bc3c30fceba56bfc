//! The terminal's modes: all set when it is taken, and all restored on every way out.

use std::fs::File;
use std::io;
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{cursor, queue};
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};

use super::capabilities::Capabilities;
use super::tty::{takes_bytes_within, write_within};

const ENABLE_BRACKETED_PASTE: Print<&str> = Print("\x1b[?2004h");
const DISABLE_BRACKETED_PASTE: Print<&str> = Print("\x1b[?2004l");
const SAVE_TITLE: &[u8] = b"\x1b[22;2t";
const BRING_TITLE_BACK: &[u8] = b"\x1b[23;2t";
/// The timeout for a terminal that accepts no bytes.
const PATIENCE: Duration = Duration::from_millis(500);
const WHOLE_SCROLL_REGION: &[u8] = b"\x1b[r";

/// The state to restore; `None` while the terminal is not taken.
static TAKEN: Mutex<Option<TakenTerminal>> = Mutex::new(None);

#[derive(Debug)]
struct TakenTerminal {
    terminal: File,
    before: Termios,
    has_title: bool,
    is_modern: bool,
    /// An editor uses it.
    is_lent: bool,
}

/// False if standard error is a terminal that accepts no bytes.
pub fn stderr_takes_bytes() -> bool {
    takes_bytes_within(PATIENCE, &io::stderr()).unwrap_or(true)
}

/// Resets modes that a killed program may have left on: line graphics, shifted character set, insert mode, a
/// scroll region, origin mode, no wrapping, attributes.
const REPAIR: &[u8] = b"\x1b(B\x0f\x1b[4l\x1b[r\x1b[?6l\x1b[?7h\x1b[0m";

/// Resets further modes that a killed editor may have left on: application keys, mouse, focus reports,
/// changed codes of Ctrl keys.
const REPAIR_KEYS: &[u8] =
    b"\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[>4;0m";
const ERASE_NOTE: &[u8] = b"\r\x1b[K";

/// The bytes that prepare a terminal for drawing.
pub(super) fn entry(is_modern: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    if is_modern {
        _ = queue!(bytes, EnterAlternateScreen, ENABLE_BRACKETED_PASTE);
    }
    bytes.extend_from_slice(REPAIR);
    _ = queue!(bytes, cursor::Hide);
    bytes
}

/// Puts the terminal into raw mode and onto the alternate screen.
pub(super) fn take(terminal: &File, capabilities: Capabilities) -> io::Result<()> {
    give_back_on_panic();
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    if taken.is_some() {
        return Ok(());
    }
    let terminal = terminal.try_clone()?;
    let before = tcgetattr(&terminal)?;
    let mut raw = before.clone();
    raw.make_raw();
    tcsetattr(&terminal, OptionalActions::Now, &raw)?;
    let sent = write_within(PATIENCE, &terminal, &entry(capabilities.is_modern));
    *taken = Some(TakenTerminal {
        terminal,
        before,
        has_title: false,
        is_modern: capabilities.is_modern,
        is_lent: false,
    });
    drop(taken);
    if sent.is_err() {
        give_back();
    }
    sent
}

/// Restores the terminal once, however often it is called. It is also used after a panic, so its own errors
/// are ignored.
pub fn give_back() {
    let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(taken) = taken else {
        return;
    };
    if taken.is_lent {
        _ = write_within(PATIENCE, &taken.terminal, &after_editor(taken.is_modern));
    }
    leave(&taken);
}

/// Restores the terminal for an editor, until [`take_back`]. `note` is shown if the editor does not use the
/// terminal.
pub(super) fn lend(note: &str) {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(taken) = taken.as_mut().filter(|taken| !taken.is_lent) else {
        return;
    };
    leave(taken);
    taken.has_title = false;
    taken.is_lent = true;
    _ = write_within(PATIENCE, &taken.terminal, note.as_bytes());
}

/// Takes the terminal again, whatever its state after the editor.
pub(super) fn take_back() -> io::Result<()> {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(taken) = taken.as_mut().filter(|taken| taken.is_lent) else {
        return Ok(());
    };
    // Input in this time was meant for the editor.
    tcflush(&taken.terminal, QueueSelector::IFlush)?;
    let mut raw = taken.before.clone();
    raw.make_raw();
    tcsetattr(&taken.terminal, OptionalActions::Now, &raw)?;
    write_within(PATIENCE, &taken.terminal, &after_editor(taken.is_modern))?;
    taken.is_lent = false;
    Ok(())
}

fn leave(taken: &TakenTerminal) {
    _ = write_within(PATIENCE, &taken.terminal, &all_back(taken));
    // Input in this time was meant for this program, not for the shell.
    _ = tcflush(&taken.terminal, QueueSelector::IFlush);
    _ = tcsetattr(&taken.terminal, OptionalActions::Now, &taken.before);
}

fn after_editor(is_modern: bool) -> Vec<u8> {
    let mut bytes = ERASE_NOTE.to_vec();
    bytes.extend_from_slice(&entry(is_modern));
    if is_modern {
        bytes.extend_from_slice(REPAIR_KEYS);
    }
    bytes
}

/// The bytes that undo [`take`] and an incomplete frame. The screen is erased first, for terminals without an
/// alternate one.
fn all_back(taken: &TakenTerminal) -> Vec<u8> {
    let mut bytes = WHOLE_SCROLL_REGION.to_vec();
    _ = queue!(
        bytes,
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        cursor::MoveTo(0, 0),
        Clear(ClearType::FromCursorDown),
        cursor::Show
    );
    if taken.is_modern {
        _ = queue!(bytes, DISABLE_BRACKETED_PASTE, LeaveAlternateScreen);
    }
    if taken.has_title {
        bytes.extend_from_slice(&titled(""));
        bytes.extend_from_slice(BRING_TITLE_BACK);
    }
    bytes
}

/// True until [`give_back`], except between [`lend`] and [`take_back`].
pub(super) fn is_taken() -> bool {
    TAKEN
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .as_ref()
        .is_some_and(|taken| !taken.is_lent)
}

/// The bytes that set a title. The first time they also save the previous one.
pub(super) fn title(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(taken) = taken.as_mut() else {
        return bytes;
    };
    if !std::mem::replace(&mut taken.has_title, true) {
        bytes.extend_from_slice(SAVE_TITLE);
    }
    bytes.extend_from_slice(&titled(text));
    bytes
}

fn titled(text: &str) -> Vec<u8> {
    format!("\x1b]2;{text}\x07").into_bytes()
}

/// Restores the terminal after a panic in any task or thread, before the message is written.
fn give_back_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            report(panic);
        }));
    });
}
