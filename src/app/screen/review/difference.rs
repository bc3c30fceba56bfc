//! What a slot of the review shows when it is opened: how its old and its new content differ.

use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::transition::Transition;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, Draft};

/// The difference, or the content where old and new are the same; none where there is neither.
pub fn difference(draft: &Draft, kind: DefinitionKind) -> Option<Subject> {
    let before = draft.base().slots.version(kind).cloned();
    let after = draft.slots().version(kind).cloned();
    match (before, after) {
        (None, None) => None,
        (Some(same), Some(other)) if same == other => Some(Subject::Content(same)),
        (before, after) => Some(Subject::Diff { before, after }),
    }
}

/// The same over the entire screen, where it can be searched.
pub(super) fn read(kind: DefinitionKind, session: &Session) -> Transition {
    let draft = session.work().and_then(Work::draft);
    match draft.and_then(|draft| difference(draft, kind)) {
        Some(subject) => Transition::Read(subject),
        None => Transition::Stay,
    }
}
