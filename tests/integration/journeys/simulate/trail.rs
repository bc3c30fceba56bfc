//! The steps of a session as text, and a hash of everything.

use std::fmt::Write;
use std::time::Duration;

use greengroup::app::event::{Answer, DraftFile, Event};
use ratatui::buffer::Cell;

/// FNV-1a (Fowler, Noll and Vo).
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The steps so far.
#[derive(Debug)]
pub(super) struct Trail {
    pub(super) lines: Vec<String>,
    /// Everything received, with its time, and everything drawn.
    pub(super) hash: u64,
}

impl Trail {
    pub(super) const fn new() -> Self {
        Self {
            lines: Vec::new(),
            hash: OFFSET,
        }
    }

    pub(super) fn event(&mut self, at: Duration, screen: &str, event: &Event) {
        _ = write!(self, "{at:?} {event:?}");
        if matches!(event, Event::CallObserved(_) | Event::Clock(_)) {
            return;
        }
        let at = at.as_millis();
        self.lines
            .push(format!("{at:>9} ms  {screen:<9} {}", described(event)));
    }

    pub(super) fn drawn(&mut self, cells: &[Cell]) {
        for cell in cells {
            _ = self.write_str(cell.symbol());
        }
    }

    pub(super) fn tell(&mut self, what: &str) {
        self.lines.push(format!("                        {what}"));
    }
}

impl Write for Trail {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
        Ok(())
    }
}

fn described(event: &Event) -> String {
    match event {
        Event::Replied(reply) => {
            format!("{:?} {}", reply.request, outcome_of(&reply.answer))
        }
        Event::DraftOpened(DraftFile::Found { draft, .. }) => {
            let changed: Vec<_> = draft.changed_kinds().collect();
            format!("DraftOpened {changed:?}")
        }
        other => format!("{other:?}"),
    }
}

fn outcome_of(answer: &Answer) -> String {
    let text = format!("{answer:?}");
    text.chars().take(160).collect()
}
