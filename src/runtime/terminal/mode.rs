//! The terminal's mode: taken over as a whole, and given back as a whole on every path there is.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// Alternate screen, bracketed paste, no cursor.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// The same the other way round; erased first, for terminals that have no alternate screen, and
/// with the end of a synchronized frame and the whole scroll region, should a frame have been cut.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[r\x1b[m\x1b[H\x1b[J\x1b[?25h\x1b[?2004l\x1b[?1049l";
const SAVE_TITLE: &[u8] = b"\x1b[22;2t";
const BRING_TITLE_BACK: &[u8] = b"\x1b]2;\x07\x1b[23;2t";

/// What has to be given back; none while the terminal is not ours.
static TAKEN: Mutex<Option<Taken>> = Mutex::new(None);

#[derive(Debug)]
struct Taken {
    terminal: File,
    before: Termios,
    has_title: bool,
}

/// Puts the terminal into raw mode and onto the alternate screen.
pub(super) fn take(terminal: &File) -> io::Result<()> {
    give_back_on_panic();
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    if taken.is_some() {
        return Ok(());
    }
    let mut terminal = terminal.try_clone()?;
    let before = tcgetattr(&terminal)?;
    let mut raw = before.clone();
    raw.make_raw();
    tcsetattr(&terminal, OptionalActions::Drain, &raw)?;
    let sent = terminal.write_all(TAKE);
    *taken = Some(Taken {
        terminal,
        before,
        has_title: false,
    });
    drop(taken);
    if sent.is_err() {
        give_back();
    }
    sent
}

/// Gives everything back, once however often it is asked; of use while the program dies, so that
/// nothing that goes wrong here stops the rest.
pub fn give_back() {
    let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut taken) = taken else {
        return;
    };
    let mut bytes = GIVE_BACK.to_vec();
    if taken.has_title {
        bytes.extend_from_slice(BRING_TITLE_BACK);
    }
    _ = taken.terminal.write_all(&bytes);
    _ = taken.terminal.flush();
    // What was typed meanwhile belongs to us, not to the shell.
    _ = tcsetattr(&taken.terminal, OptionalActions::Flush, &taken.before);
}

/// True until [`give_back`].
pub(super) fn is_taken() -> bool {
    TAKEN
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .is_some()
}

/// The bytes that show a title; the first time, with those that save the one before.
pub(super) fn title(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(taken) = taken.as_mut() else {
        return bytes;
    };
    if !std::mem::replace(&mut taken.has_title, true) {
        bytes.extend_from_slice(SAVE_TITLE);
    }
    bytes.extend_from_slice(b"\x1b]2;");
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0x07);
    bytes
}

/// A panic, in whatever task or thread, gives the terminal back before its message is written.
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
