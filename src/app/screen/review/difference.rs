//! The content of an opened slot in the review: the difference between its old and new version.

use crate::app::catalog::Catalog;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::transition::Transition;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, SlotState};

/// The difference, or the content if both are equal; `None` if there is neither.
pub fn difference(work: &Work, kind: DefinitionKind, catalog: &Catalog) -> Option<Subject> {
    let draft = work.draft()?;
    let latest = work.superseded_slots(catalog);
    let before = match latest {
        Some(latest) if work.state(kind, catalog) == Some(SlotState::Back) => latest,
        _ => &draft.base().slots,
    };
    let before = before.version(kind).cloned();
    let after = draft.slots().version(kind).cloned();
    match (before, after) {
        (None, None) => None,
        (Some(same), Some(other)) if same == other => Some(Subject::Content(same)),
        (before, after) => Some(Subject::Diff { before, after }),
    }
}

/// The difference over the entire screen, where the user can search it.
pub(super) fn read(kind: DefinitionKind, session: &Session) -> Transition {
    let work = session.work();
    match work.and_then(|work| difference(work, kind, session.catalog())) {
        Some(subject) => Transition::Read(subject),
        None => Transition::Stay,
    }
}
