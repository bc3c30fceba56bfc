//! A bracketed paste as it arrives: kept up to a limit, and never interpreted as keys.

use super::Input;

/// The maximum size of a paste, which exceeds any name, id or request.
const MAX_KEPT: usize = 64 * 1024;

const END: &[u8] = b"\x1b[201~";

/// The bytes of the paste so far.
#[derive(Debug, Default)]
pub(super) struct Paste {
    kept: Vec<u8>,
    dropped: usize,
    /// The number of bytes of [`END`] at the end of the input.
    matched: usize,
}

impl Paste {
    /// Adds one byte; returns the paste as an event if it is complete.
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
        // Only the first byte of the end is an ESC, so no shorter match can have started.
        if END.first() == Some(&byte) {
            self.matched = 1;
        } else {
            self.keep(byte);
        }
        Ok(self)
    }

    /// The paste so far.
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
