//! A bracketed paste while it comes in: kept up to a limit, whole, and never taken for keys.

use super::Input;

/// What is kept of one paste; more than any name, id or request needs.
const MAX_KEPT: usize = 64 * 1024;

const END: &[u8] = b"\x1b[201~";

/// The bytes since the paste began.
#[derive(Debug, Default)]
pub(super) struct Paste {
    kept: Vec<u8>,
    dropped: usize,
    /// How much of [`END`] the last bytes are.
    matched: usize,
}

impl Paste {
    /// Takes one more byte; the paste as an event when that was its last.
    pub(super) fn take(mut self, byte: u8) -> Result<Self, Input> {
        if END.get(self.matched) == Some(&byte) {
            self.matched += 1;
            if self.matched == END.len() {
                self.matched = 0;
                return Err(self.end());
            }
            return Ok(self);
        }
        self.keep_matched();
        // Only the first byte of the end is an ESC, so nothing shorter can have begun meanwhile.
        if END.first() == Some(&byte) {
            self.matched = 1;
        } else {
            self.keep(byte);
        }
        Ok(self)
    }

    /// The paste as far as it came.
    pub(super) fn end(mut self) -> Input {
        self.keep_matched();
        let mut text = String::with_capacity(self.kept.len());
        for chunk in self.kept.utf8_chunks() {
            text.push_str(chunk.valid());
        }
        Input::Pasted {
            text: text.replace("\r\n", "\n").replace('\r', "\n"),
            dropped: self.dropped,
        }
    }

    fn keep_matched(&mut self) {
        for &byte in END.iter().take(std::mem::take(&mut self.matched)) {
            self.keep(byte);
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.kept.len() < MAX_KEPT {
            self.kept.push(byte);
        } else {
            self.dropped += 1;
        }
    }
}
