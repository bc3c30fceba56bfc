//! The screen of a terminal with synchronized output: complete frames only.

use std::num::NonZeroU16;

const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

pub(super) struct Emulator {
    /// All output of the program.
    pub(super) bytes: Vec<u8>,
    /// The number of bytes that the terminal has processed.
    taken: usize,
    terminal: vt100::Parser,
    is_in_frame: bool,
}

impl Emulator {
    pub(super) fn new((width, height): (u16, u16)) -> Self {
        Self {
            bytes: Vec::new(),
            taken: 0,
            terminal: vt100::Parser::new(nonzero(height), nonzero(width), 0),
            is_in_frame: false,
        }
    }

    pub(super) fn resize(&mut self, (width, height): (u16, u16)) {
        let size = (nonzero(height), nonzero(width));
        self.terminal.set_size(size.0, size.1);
    }

    /// Processes a piece of output, which may end anywhere.
    pub(super) fn feed(&mut self, piece: &[u8]) {
        self.bytes.extend_from_slice(piece);
        let unseen = self
            .bytes
            .len()
            .saturating_sub(piece.len() + FRAME_ENDS.len() - 1);
        let last = |sequence: &[u8]| {
            let mut windows = self.bytes[unseen..].windows(sequence.len());
            windows.rposition(|window| window == sequence)
        };
        match (last(FRAME_BEGINS), last(FRAME_ENDS)) {
            (None, None) => {}
            (begins, ends) => self.is_in_frame = begins > ends,
        }
        let waiting = &self.bytes[self.taken..];
        // vte loses the text after a character that arrives in two pieces.
        let whole = match std::str::from_utf8(waiting) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => waiting.len(),
        };
        self.terminal.process(&waiting[..whole]);
        self.taken += whole;
    }

    /// The screen, including an incomplete frame.
    pub(super) fn screen(&self) -> &vt100::Screen {
        self.terminal.screen()
    }

    /// False within a synchronized frame.
    pub(super) const fn is_whole(&self) -> bool {
        !self.is_in_frame
    }
}

const fn nonzero(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

#[test]
fn partial_frames_and_characters_are_completed() {
    let text = "خط التعبئة";
    let frame = format!("\x1b[?2026h{text}\x1b[?2026l");
    for size in 1..=frame.len() {
        let mut emulator = Emulator::new((20, 2));
        let mut fed = 0;
        for piece in frame.as_bytes().chunks(size) {
            emulator.feed(piece);
            fed += piece.len();
            let is_within = fed >= FRAME_BEGINS.len() && fed < frame.len();
            assert_eq!(emulator.is_whole(), !is_within, "{fed} in pieces of {size}");
        }
        assert_eq!(emulator.screen().contents(), text, "pieces of {size}");
    }
}
