//! The version that the draft supersedes besides its base, and its slots.

use super::Work;
use crate::app::catalog::Catalog;
use crate::domain::{Base, DefinitionKind, Draft, GroupVersionId, SlotState, Slots};

/// A version of the group later than the draft's base, which the user supersedes knowingly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Superseded {
    pub version: GroupVersionId,
    pub why: Superseding,
}

/// The reason why a version is superseded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Superseding {
    /// The user chose an older version as the base.
    OlderBase,
    /// Another user created it, and the user chose to keep the draft.
    MovedOn,
}

impl Superseded {
    pub(super) const fn by_older_base(version: GroupVersionId) -> Self {
        Self {
            version,
            why: Superseding::OlderBase,
        }
    }
}

impl Work {
    /// Starts from another version of the group, which may be older than the latest one.
    pub fn start_from(&mut self, base: Base, latest: Option<GroupVersionId>) {
        let is_older = base.version != latest;
        self.superseded = latest.map(Superseded::by_older_base);
        self.change(|draft| draft.start_from(base, is_older));
    }

    /// Resumes an earlier draft. If its base is an older version, it supersedes the version that the draft
    /// would have started from.
    pub(super) fn go_on_with(&mut self, left: Draft) {
        if left.older_base().is_some() {
            let latest = self.base_id().cloned();
            self.superseded = latest.map(Superseded::by_older_base);
        }
        self.saved = Some(left.clone());
        self.draft = Some(left);
    }

    /// Keeps the draft although another user created `latest`.
    pub fn overwrite(&mut self, latest: GroupVersionId) {
        self.superseded = Some(Superseded {
            version: latest,
            why: Superseding::MovedOn,
        });
    }

    /// The version that Create would supersede besides the base, as far as it is known.
    pub fn superseded(&self) -> Option<&Superseded> {
        let superseded = self.superseded.as_ref();
        superseded.filter(|superseded| Some(&superseded.version) != self.base_id())
    }

    /// The slots of the superseded version, once it is loaded.
    pub fn superseded_slots<'a>(&self, catalog: &'a Catalog) -> Option<&'a Slots> {
        let superseded = self.superseded()?;
        let version = catalog.group_version(&self.group, &superseded.version);
        version.ready().map(|version| &version.slots)
    }

    /// The state of a slot compared with the base. If it is unchanged, the slot is compared with the
    /// superseded version.
    pub fn state(&self, kind: DefinitionKind, catalog: &Catalog) -> Option<SlotState> {
        let draft = self.draft.as_ref()?;
        let latest = self.superseded_slots(catalog);
        Some(SlotState::beside(
            &draft.base().slots,
            latest,
            draft.slots(),
            kind,
        ))
    }

    /// The slots that the superseded version fills and the draft leaves empty, besides those that it drops.
    pub fn left_out(&self, catalog: &Catalog) -> impl Iterator<Item = DefinitionKind> {
        let draft = self.draft.as_ref();
        let slots = self.superseded_slots(catalog);
        DefinitionKind::ALL.into_iter().filter(move |&kind| {
            slots.is_some_and(|slots| slots.get(kind).is_some())
                && draft.is_some_and(|draft| draft.state(kind) == SlotState::Empty)
        })
    }

    /// True if `latest` is neither the draft's base nor a superseded version.
    pub fn is_moved(&self, latest: &GroupVersionId) -> bool {
        let superseded = self.superseded().map(|superseded| &superseded.version);
        Some(latest) != self.base_id() && Some(latest) != superseded
    }
}
