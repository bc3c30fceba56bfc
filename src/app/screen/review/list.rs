//! The list above the buttons: the slots, the findings, and the cursor.

use crate::app::command::Command;
use crate::app::session::Session;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, SlotState};

/// A line of the list that the cursor can select.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewLine {
    Slot(DefinitionKind),
    /// The index of a finding in the draft's findings.
    Finding(usize),
}

impl ReviewLine {
    pub(super) const fn slot(self) -> Option<DefinitionKind> {
        match self {
            Self::Slot(kind) => Some(kind),
            Self::Finding(_) => None,
        }
    }
}

/// The identity of a line, independent of the lines before it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum LineMark {
    Slot(DefinitionKind),
    Finding { rule: &'static str, message: String },
}

/// The cursor's index and line, so that it can follow the line when the list changes.
#[derive(Debug, Default)]
pub(super) struct ListCursor {
    place: usize,
    mark: Option<LineMark>,
}

impl ListCursor {
    pub(super) fn line(&self, session: &Session) -> Option<ReviewLine> {
        lines(session).nth(self.place)
    }

    /// Remembers the line under the cursor.
    pub(super) fn mark(&mut self, session: &Session) {
        self.mark = self.line(session).and_then(|line| mark(line, session));
    }

    /// Moves to the remembered line.
    pub(super) fn follow(&mut self, session: &Session) {
        let again = self.mark.as_ref().and_then(|wanted| {
            let mut marks = lines(session).map(|line| mark(line, session));
            marks.position(|line| line.as_ref() == Some(wanted))
        });
        self.place = again.unwrap_or(self.place).min(last(session));
    }

    /// Executes a command that moves; a page is half the body.
    pub(super) fn step(&mut self, command: Command, session: &Session) {
        let half = usize::from(session.size().body_rows()) / 2;
        let place = command.moved(self.place, last(session), half);
        self.place = place.unwrap_or(self.place);
    }

    /// Goes to the next or previous finding, wrapping at the ends. From outside the list it goes to the
    /// first. Returns false if there is none.
    pub(super) fn go_to_finding(
        &mut self,
        is_next: bool,
        is_in_list: bool,
        session: &Session,
    ) -> bool {
        let findings = session.work().map_or(0, |work| work.findings().len());
        if findings == 0 {
            return false;
        }
        let last = last(session);
        let first = last + 1 - findings;
        let at = self.place;
        self.place = match (is_in_list, is_next) {
            (true, true) if (first..last).contains(&at) => at + 1,
            (true, true) | (false, _) => first,
            (true, false) if at > first => at - 1,
            (true, false) => last,
        };
        true
    }
}

/// The lines of the list: dropped slots, then the other changed ones, the rest, and the findings.
pub fn lines(session: &Session) -> impl Iterator<Item = ReviewLine> {
    let work = session.work();
    let slots = work.map(|work| slots_in_order(work, session));
    let findings = work.map_or(0, |work| work.findings().len());
    let slots = slots.into_iter().flatten().map(ReviewLine::Slot);
    slots.chain((0..findings).map(ReviewLine::Finding))
}

fn last(session: &Session) -> usize {
    lines(session).count().saturating_sub(1)
}

fn mark(line: ReviewLine, session: &Session) -> Option<LineMark> {
    match line {
        ReviewLine::Slot(kind) => Some(LineMark::Slot(kind)),
        ReviewLine::Finding(place) => {
            let finding = session.work()?.findings().iter().nth(place)?;
            Some(LineMark::Finding {
                rule: finding.rule,
                message: finding.message.clone(),
            })
        }
    }
}

/// The slots in the order of the review: dropped and left out first, then the other changes, then the rest.
fn slots_in_order(work: &Work, session: &Session) -> Vec<DefinitionKind> {
    let left_out: Vec<DefinitionKind> = work.left_out(session.catalog()).collect();
    let mut kinds = DefinitionKind::ALL.to_vec();
    kinds.sort_by_key(|kind| match work.state(*kind, session.catalog()) {
        Some(SlotState::Dropped) => 0,
        Some(SlotState::Empty) if left_out.contains(kind) => 1,
        Some(SlotState::Changed | SlotState::New | SlotState::Added | SlotState::Back) => 2,
        Some(SlotState::Kept) => 3,
        Some(SlotState::Empty) | None => 4,
    });
    kinds
}
