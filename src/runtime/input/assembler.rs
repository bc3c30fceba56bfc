//! Converts bytes to keys and pastes, also if a sequence arrives in several reads.
//!
//! This is hand-written because crossterm's parser cannot do that. It parses `ESC` and `[A` in two reads as
//! Esc, `[` and `A`. It parses a paste that is cut after its first `ESC` as keys, including Enter.

use std::collections::VecDeque;
use std::time::Duration;

use super::Input;
use super::csi::{self, Sequence};
use super::delays::Delays;
use super::paste::Paste;
use crate::app::key::{Key, KeyPress};

const ESCAPE: u8 = 0x1b;
/// Ctrl-C.
const INTERRUPT: u8 = 0x03;
const CANCEL: u8 = 0x18;
const SUBSTITUTE: u8 = 0x1a;
const BELL: u8 = 0x07;

/// The incomplete input so far.
#[derive(Debug)]
enum AssemblerState {
    Ground,
    /// The first bytes of a multi-byte character.
    Character(Vec<u8>),
    Escaped,
    /// After `ESC [`.
    Csi(Sequence),
    /// After `ESC O`.
    Ss3(Sequence),
    /// The coordinates of an old mouse report: this many bytes are missing.
    Mouse(u8),
    /// The linux console's function keys, `ESC [ [ A`.
    Console,
    /// After `ESC ]`, `ESC P` and the like, up to the terminator; holds the introducer.
    Text {
        introducer: u8,
        is_empty: bool,
    },
    /// An ESC within such a text: its terminator, or the start of something else.
    TextEscaped,
    Paste(Paste),
}

/// Combines bytes to keys and pastes. It has no clock: its caller reports a timeout.
#[derive(Debug)]
pub struct Assembler {
    state: AssemblerState,
    delays: Delays,
}

impl Assembler {
    pub const fn new(delays: Delays) -> Self {
        Self {
            state: AssemblerState::Ground,
            delays,
        }
    }

    /// Processes bytes and adds the completed events.
    pub fn push(&mut self, bytes: &[u8], events: &mut VecDeque<Input>) {
        for &byte in bytes {
            self.take(byte, events);
        }
    }

    /// The wait for more bytes before [`Self::time_out`]; `None` without an incomplete sequence.
    pub const fn patience(&self) -> Option<Duration> {
        match self.state {
            AssemblerState::Ground => None,
            AssemblerState::Escaped => Some(self.delays.escape),
            AssemblerState::Paste(_) => Some(self.delays.paste),
            AssemblerState::Character(_)
            | AssemblerState::Csi(_)
            | AssemblerState::Ss3(_)
            | AssemblerState::Mouse(_)
            | AssemblerState::Console
            | AssemblerState::Text { .. }
            | AssemblerState::TextEscaped => Some(self.delays.sequence),
        }
    }

    /// No more bytes arrived: the incomplete sequence is interpreted as it is.
    pub fn time_out(&mut self, events: &mut VecDeque<Input>) {
        match std::mem::replace(&mut self.state, AssemblerState::Ground) {
            AssemblerState::Escaped | AssemblerState::TextEscaped => escape_then(None, events),
            AssemblerState::Csi(sequence) if sequence.is_empty() => escape_then(Some(b'['), events),
            AssemblerState::Ss3(sequence) if sequence.is_empty() => escape_then(Some(b'O'), events),
            AssemblerState::Text {
                introducer,
                is_empty: true,
            } => escape_then(Some(introducer), events),
            AssemblerState::Paste(paste) => events.push_back(paste.end()),
            AssemblerState::Ground
            | AssemblerState::Character(_)
            | AssemblerState::Csi(_)
            | AssemblerState::Ss3(_)
            | AssemblerState::Mouse(_)
            | AssemblerState::Console
            | AssemblerState::Text { .. } => {}
        }
    }

    fn take(&mut self, byte: u8, events: &mut VecDeque<Input>) {
        self.state = match std::mem::replace(&mut self.state, AssemblerState::Ground) {
            AssemblerState::Ground => ground(byte, events),
            AssemblerState::Character(begun) => character(begun, byte, events),
            AssemblerState::TextEscaped if byte == b'\\' => AssemblerState::Ground,
            AssemblerState::Escaped if is_alt(byte) => alt(byte, events),
            AssemblerState::Escaped | AssemblerState::TextEscaped => escaped(byte, events),
            AssemblerState::Csi(sequence) => csi(sequence, byte, events),
            AssemblerState::Ss3(sequence) => ss3(sequence, byte, events),
            AssemblerState::Mouse(1) => AssemblerState::Ground,
            AssemblerState::Mouse(left) => AssemblerState::Mouse(left - 1),
            AssemblerState::Console => {
                let number = byte.wrapping_sub(b'A').wrapping_add(1);
                if (1..=5).contains(&number) {
                    press(Key::Function(number), events);
                }
                AssemblerState::Ground
            }
            AssemblerState::Text { introducer, .. } => text(introducer, byte),
            // A terminal that never ends its paste must not block all keys.
            AssemblerState::Paste(paste) if byte == INTERRUPT => {
                events.push_back(paste.end());
                ground(byte, events)
            }
            AssemblerState::Paste(paste) => match paste.take(byte) {
                Ok(paste) => AssemblerState::Paste(paste),
                Err(done) => {
                    events.push_back(done);
                    AssemblerState::Ground
                }
            },
        };
    }
}

fn press(key: impl Into<KeyPress>, events: &mut VecDeque<Input>) {
    events.push_back(Input::Key(key.into()));
}

/// The ESC was the key itself, followed by the character that looked like an introducer.
fn escape_then(introducer: Option<u8>, events: &mut VecDeque<Input>) {
    press(Key::Escape, events);
    if let Some(byte) = introducer {
        press(char::from(byte), events);
    }
}

fn ground(byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    let control = |sign: u8| KeyPress::control(Key::Char(char::from(sign)));
    match byte {
        ESCAPE => return AssemblerState::Escaped,
        b'\r' => press(Key::Enter, events),
        b'\t' => press(Key::Tab, events),
        0x08 | 0x7f => press(Key::Backspace, events),
        0x00 => press(control(b' '), events),
        0x01..=0x1a => press(control(byte - 1 + b'a'), events),
        0x1c..=0x1f => press(control(byte - 0x1c + b'\\'), events),
        b' '..=b'~' => press(char::from(byte), events),
        0xc2..=0xf4 => return AssemblerState::Character(vec![byte]),
        // No character starts with these bytes of other encodings and eight-bit controls.
        0x80..=0xc1 | 0xf5..=0xff => {}
    }
    AssemblerState::Ground
}

fn character(mut begun: Vec<u8>, byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    if !(0x80..=0xbf).contains(&byte) {
        return ground(byte, events);
    }
    begun.push(byte);
    match std::str::from_utf8(&begun) {
        Ok(text) => {
            for character in text.chars().filter(|character| !character.is_control()) {
                press(character, events);
            }
            AssemblerState::Ground
        }
        // An error without a length means an incomplete character.
        Err(error) if error.error_len().is_none() => AssemblerState::Character(begun),
        Err(_) => AssemblerState::Ground,
    }
}

fn escaped(byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    match byte {
        b'[' => AssemblerState::Csi(Sequence::default()),
        b'O' => AssemblerState::Ss3(Sequence::default()),
        b']' | b'P' | b'X' | b'^' | b'_' => AssemblerState::Text {
            introducer: byte,
            is_empty: true,
        },
        _ => {
            press(Key::Escape, events);
            ground(byte, events)
        }
    }
}

/// Bytes that mean a key with Alt if they follow ESC immediately. Introducers are not among them.
const fn is_alt(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\t' | 0x08 | 0x7f | b'0'..=b'9' | b'a'..=b'z')
}

fn alt(byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    let before = events.len();
    let state = ground(byte, events);
    for event in events.range_mut(before..) {
        if let Input::Key(key) = event {
            key.alt = true;
        }
    }
    state
}

fn csi(mut sequence: Sequence, byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    match byte {
        b'[' if sequence.is_empty() => return AssemblerState::Console,
        b'M' if sequence.is_empty() => return AssemblerState::Mouse(3),
        b'$' if sequence.is_one_number() => {}
        b' '..=b'?' => {
            sequence.push(byte);
            return AssemblerState::Csi(sequence);
        }
        b'@'..=b'~' => {}
        _ => return broken_off(&sequence, b'[', byte, events),
    }
    if sequence.begins_paste(byte) {
        return AssemblerState::Paste(Paste::default());
    }
    if let Some(key) = csi::key(&sequence, byte) {
        press(key, events);
    }
    AssemblerState::Ground
}

fn ss3(mut sequence: Sequence, byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    match byte {
        b'0'..=b';' => {
            sequence.push(byte);
            return AssemblerState::Ss3(sequence);
        }
        b'@'..=b'~' => {}
        _ => return broken_off(&sequence, b'O', byte, events),
    }
    if let Some(key) = csi::ss3_key(&sequence, byte) {
        press(key, events);
    }
    AssemblerState::Ground
}

/// Handles a byte that is invalid in a sequence. A bare introducer before it was typed; anything longer is
/// dropped.
fn broken_off(
    sequence: &Sequence,
    introducer: u8,
    byte: u8,
    events: &mut VecDeque<Input>,
) -> AssemblerState {
    if matches!(byte, CANCEL | SUBSTITUTE) {
        return AssemblerState::Ground;
    }
    if sequence.is_empty() {
        escape_then(Some(introducer), events);
    }
    ground(byte, events)
}

fn text(introducer: u8, byte: u8) -> AssemblerState {
    match byte {
        ESCAPE => AssemblerState::TextEscaped,
        BELL | CANCEL | SUBSTITUTE => AssemblerState::Ground,
        _ => AssemblerState::Text {
            introducer,
            is_empty: false,
        },
    }
}
