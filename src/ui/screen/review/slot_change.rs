//! The version in one slot of Review before and after the change.

use crate::app::Session;
use crate::app::effect::CreateRequest;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, Draft, SlotArn, SlotState};

pub(super) struct SlotChange<'a> {
    pub(super) kind: DefinitionKind,
    pub(super) state: SlotState,
    pub(super) before: Option<&'a SlotArn>,
    pub(super) after: Option<&'a SlotArn>,
    /// The words after the old version of a slot that goes back.
    pub(super) went_back_from: &'static str,
}

impl<'a> SlotChange<'a> {
    /// The change from the base to the draft. If the draft goes back, the change is from the latest version.
    pub(super) fn of_draft(
        session: &'a Session,
        work: &'a Work,
        draft: &'a Draft,
        kind: DefinitionKind,
    ) -> Self {
        let catalog = session.catalog();
        let state = work
            .state(kind, catalog)
            .unwrap_or_else(|| draft.state(kind));
        let latest = work.superseded_slots(catalog);
        let before = match latest {
            Some(latest) if state == SlotState::Back => latest,
            _ => &draft.base().slots,
        };
        Self {
            kind,
            state,
            before: before.get(kind),
            after: draft.slots().get(kind),
            went_back_from: " (latest)",
        }
    }

    pub(super) fn of_request(request: &'a CreateRequest, kind: DefinitionKind) -> Self {
        let (old, new) = (&request.old_slots, &request.create.slots);
        let latest = request.superseded_slots.as_ref();
        let state = SlotState::beside(old, latest, new, kind);
        Self {
            kind,
            state,
            before: latest
                .filter(|_| state == SlotState::Back)
                .unwrap_or(old)
                .get(kind),
            after: new.get(kind),
            // Once the request was sent, another version may be the latest.
            went_back_from: "",
        }
    }
}
