//! Bytes in, events out: sequences cut anywhere are put together again. crossterm's parser takes `ESC`, `[A` in two
//! writes for Esc, `[` and `A`, and so a paste cut after its first `ESC` for keys, Enter among them.

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

/// What the bytes so far are the beginning of.
#[derive(Debug)]
enum AssemblerState {
    Ground,
    /// The first bytes of one character of several.
    Character(Vec<u8>),
    Escaped,
    /// After `ESC [`.
    Csi(Sequence),
    /// After `ESC O`.
    Ss3(Sequence),
    /// The coordinates of an old mouse report: this many bytes are still to come.
    Mouse(u8),
    /// The linux console's function keys, `ESC [ [ A`.
    Console,
    /// After `ESC ]`, `ESC P` and the like, up to the terminator; holds the introducer.
    Text {
        introducer: u8,
        is_empty: bool,
    },
    /// An ESC within such a text: its terminator, or the beginning of something new.
    TextEscaped,
    Paste(Paste),
}

/// Puts bytes together to keys and pastes. It has no clock: its caller says when the wait was too long.
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

    /// Takes the bytes that came and adds the events that they complete.
    pub fn push(&mut self, bytes: &[u8], events: &mut VecDeque<Input>) {
        for &byte in bytes {
            self.take(byte, events);
        }
    }

    /// How long to wait for more bytes before [`Self::time_out`]; none when nothing has begun.
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

    /// No more bytes came: the incomplete sequence is taken as it is.
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
            AssemblerState::Text {
                introducer,
                is_empty: _,
            } => text(introducer, byte),
            // A terminal that never ends its paste must not swallow every key.
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

/// It was the key after all, and with it the character that looked like an introducer.
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
        // No character begins so: bytes of other encodings and eight-bit controls.
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
        // An error without a length is a character that only lacks its end.
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

/// Bytes that soon after ESC are a key with Alt. Those that begin a sequence are not.
const fn is_alt(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\t' | 0x08 | 0x7f | b'0'..=b'9' | b'a'..=b'z')
}

fn alt(byte: u8, events: &mut VecDeque<Input>) -> AssemblerState {
    let mut keys = VecDeque::new();
    let state = ground(byte, &mut keys);
    events.extend(keys.into_iter().map(|input| match input {
        Input::Key(key) => Input::Key(KeyPress { alt: true, ..key }),
        other @ (Input::Pasted { .. } | Input::Closed) => other,
    }));
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

/// A byte that cannot stand in a sequence: what came before it was typed if it is the bare
/// introducer, and is dropped otherwise.
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
