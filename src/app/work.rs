//! The open group: its draft, the draft's base, and the findings on both.

mod asked_base;
mod draft_file;
mod recovered;
mod superseded;
mod superseding;

use std::path::PathBuf;
use std::sync::Arc;

use recovered::DraftFileState;
pub use recovered::RecoveredDraft;
pub use superseded::{Superseded, Superseding};

use super::catalog::Catalog;
use super::event::UnconfirmedCreate;
use super::launch::SetSlot;
use super::remote::Remote;
use crate::domain::check::{
    self, Checker, Contents, Finding, Findings, Origin, Scope, SlotContent,
};
use crate::domain::{
    Base, Content, CreateGroupVersion, DefinitionKind, DefinitionVersionArn, Draft, ErrorKind,
    GroupChange, GroupId, GroupVersion, GroupVersionId, NewVersion, ServiceError, Slots, Timestamp,
};

/// The open group.
#[derive(Debug)]
pub struct Work {
    pub group: GroupId,
    /// The version asked for as the base; absent for the latest.
    pub from: Option<GroupVersionId>,
    /// The group's name as it was last read; this outlives the connection.
    name: Option<String>,
    /// Absent until the base is read.
    draft: Option<Draft>,
    /// What was last handed out to be saved.
    saved: Option<Draft>,
    pub recovered: Option<RecoveredDraft>,
    file: DraftFileState,
    is_file_to_be_reopened: bool,
    superseded: Option<Superseded>,
    /// Why drafts of this group are not kept, when they are not.
    pub not_kept: Option<String>,
    /// Why the last change is not on the disk; saving is tried again.
    unsaved: Option<String>,
    /// Why the history could not be written before the last request, which was not sent.
    pub history_error: Option<String>,
    /// When a base was made, which is not read again with the lists.
    base_created: Option<(GroupVersionId, Timestamp)>,
    pub quarantined: Option<PathBuf>,
    pub unconfirmed: Option<UnconfirmedCreate>,
    set: Vec<SetSlot>,
    checker: Checker,
    base_checker: Checker,
    origins: Vec<Origin>,
}

impl Work {
    pub fn new(group: GroupId, from: Option<GroupVersionId>, set: Vec<SetSlot>) -> Self {
        Self {
            group,
            from,
            name: None,
            draft: None,
            saved: None,
            recovered: None,
            file: DraftFileState::Unasked,
            is_file_to_be_reopened: false,
            superseded: None,
            not_kept: None,
            unsaved: None,
            history_error: None,
            base_created: None,
            quarantined: None,
            unconfirmed: None,
            set,
            checker: Checker::default(),
            base_checker: Checker::default(),
            origins: Vec::new(),
        }
    }

    /// The group's name, where it has one and it was read.
    pub fn name<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a str> {
        let read = catalog.group(&self.group).map(|group| &group.name);
        let name = read.unwrap_or(&self.name).as_deref();
        name.filter(|name| !name.is_empty())
    }

    /// Keeps what has been read of the group.
    pub fn remember(&mut self, catalog: &Catalog) {
        if let Some(base) = self
            .draft
            .as_ref()
            .and_then(|draft| draft.base().version.as_ref())
            && let Some(read) = catalog.group_version(&self.group, base).ready()
        {
            self.base_created = read.created.map(|created| (base.clone(), created));
        }
        if let Some(group) = catalog.group(&self.group) {
            self.name.clone_from(&group.name);
        }
    }

    /// When a group version was made that is, or was, the base.
    pub fn base_created(&self, version: &GroupVersionId) -> Option<Timestamp> {
        let (base, created) = self.base_created.as_ref()?;
        (base == version).then_some(*created)
    }

    pub const fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// The version that the draft has in a slot.
    pub fn held(&self, kind: DefinitionKind) -> Option<&DefinitionVersionArn> {
        self.draft()?.slots().version(kind)
    }

    /// Changes the draft, when there is one yet.
    pub fn change(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(draft) = &mut self.draft {
            change(draft);
        }
    }

    /// The request that would create the draft's version.
    pub fn request(&self) -> Option<CreateGroupVersion> {
        let draft = self.draft.as_ref()?;
        Some(CreateGroupVersion {
            group: self.group.clone(),
            slots: draft.slots().clone(),
        })
    }

    /// All requests that create it, in their order.
    pub fn requests(&self) -> Option<GroupChange> {
        let draft = self.draft.as_ref()?;
        Some(GroupChange {
            definitions: draft.to_create().map(NewVersion::request).collect(),
            create: self.request()?,
        })
    }

    /// Puts the draft on a version that another user created, with the slots that the rebase gave.
    pub fn rebase(&mut self, base: Base, slots: Slots) {
        self.superseded = None;
        self.change(|draft| draft.rebase(base, slots));
    }

    /// A version was created with these slots, whatever the draft holds by now: the next draft
    /// starts from it, with nothing to undo.
    pub fn created(&mut self, base: Base) {
        self.from.clone_from(&base.version);
        let next = Draft::new(self.group.clone(), base);
        self.saved = Some(next.clone());
        self.draft = Some(next);
        self.superseded = None;
        self.unconfirmed = None;
        self.history_error = None;
    }

    /// The version to read as the base: the one asked for, else the group's latest.
    pub fn base_version<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a GroupVersionId> {
        self.from
            .as_ref()
            .or_else(|| catalog.group(&self.group)?.latest.as_ref())
    }

    /// True if the draft has a version as its base, so that the group has at least one.
    pub fn has_base_version(&self) -> bool {
        let draft = self.draft.as_ref();
        draft.is_some_and(|draft| draft.base().version.is_some())
    }

    /// The base's own reading.
    pub fn base_reading<'a>(&'a self, catalog: &'a Catalog) -> &'a Remote<Arc<GroupVersion>> {
        self.base_version(catalog)
            .map_or(&Remote::Unasked, |version| {
                catalog.group_version(&self.group, version)
            })
    }

    /// Why there is no draft, when something failed on the way to it.
    pub fn error<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a ServiceError> {
        if self.draft.is_some() {
            return None;
        }
        self.base_reading(catalog)
            .error()
            .or_else(|| catalog.group_reading(&self.group).error())
    }

    /// Begins the draft as soon as its base is known; true when it began now.
    pub fn begin(&mut self, catalog: &Catalog) -> bool {
        if self.draft.is_some() {
            return false;
        }
        let base = match self.base_version(catalog) {
            Some(version) => match catalog.group_version(&self.group, version) {
                Remote::Ready(read) => Base {
                    version: Some(version.clone()),
                    slots: read.slots.clone(),
                },
                Remote::Unasked | Remote::Loading | Remote::Failed(_) => return false,
            },
            None if catalog.group(&self.group).is_some() => Base::default(),
            None => return false,
        };
        if self.waits_to_write(&base.slots, catalog) {
            return false;
        }
        let draft = Draft::new(self.group.clone(), base);
        self.superseded = self
            .from
            .is_some()
            .then(|| latest(catalog, &self.group))
            .flatten()
            .map(Superseded::by_older_base);
        self.saved = Some(draft.clone());
        self.draft = Some(draft);
        true
    }

    /// What `--set` asks for.
    pub fn asked_slots(&self) -> &[SetSlot] {
        &self.set
    }

    /// Of these, the content and the definition are read before `--set` writes the next version.
    pub fn written_after<'a>(
        &'a self,
        slots: &'a Slots,
    ) -> impl Iterator<Item = &'a DefinitionVersionArn> {
        let written = self.set.iter().filter_map(|set| match set {
            SetSlot::Write(content) => Some(content.kind()),
            SetSlot::Fill(_) | SetSlot::Empty(_) => None,
        });
        written.filter_map(|kind| slots.version(kind))
    }

    fn waits_to_write(&self, slots: &Slots, catalog: &Catalog) -> bool {
        self.written_after(slots).any(|arn| {
            let content = catalog.contents.get(arn);
            let definition = catalog.definition_reading(&arn.definition_id());
            let is_open = content.is_unasked() || content.is_loading();
            is_open || definition.is_unasked() || definition.is_loading()
        })
    }

    pub const fn findings(&self) -> &Findings {
        self.checker.findings()
    }

    /// Every finding on the draft, worst first, each with whether the base had it too.
    pub fn findings_with_origin(&self) -> impl ExactSizeIterator<Item = (&Finding, Origin)> {
        self.findings().iter().zip(self.origins.iter().copied())
    }

    /// The versions whose contents the checks need: those of the draft, then those of the base.
    pub fn needed_contents(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        self.draft
            .iter()
            .flat_map(|draft| versions(draft.slots()).chain(versions(&draft.base().slots)))
    }

    /// The findings on the draft if one slot had this version instead.
    pub fn findings_with(
        &self,
        version: &DefinitionVersionArn,
        content: &Arc<Content>,
        catalog: &Catalog,
        scope: &Scope,
    ) -> Findings {
        let mut slots = self
            .draft
            .as_ref()
            .map_or_else(Slots::default, |draft| draft.slots().clone());
        slots.fill(version.clone());
        let known = |arn: &DefinitionVersionArn| slot_content(catalog.contents.get(arn));
        let mut contents = Contents::of(&slots, known);
        contents.set(version.kind(), SlotContent::Known(Arc::clone(content)));
        let mut checker = self.checker.clone();
        checker.update(&slots, contents, scope);
        checker.findings().clone()
    }

    /// Checks the draft and its base, as far as anything that the rules read has changed.
    pub fn check(&mut self, catalog: &Catalog, scope: &Scope) {
        let Some(draft) = &self.draft else { return };
        let of_base = &draft.base().slots;
        let known = |arn: &DefinitionVersionArn| slot_content(catalog.contents.get(arn));
        let concerned =
            self.checker
                .update(draft.slots(), Contents::of(draft.slots(), known), scope);
        let concerned_in_base =
            self.base_checker
                .update(of_base, Contents::of(of_base, known), scope);
        if concerned + concerned_in_base > 0 {
            self.origins =
                check::against_base(self.checker.findings(), self.base_checker.findings())
                    .map(|(_, origin)| origin)
                    .collect();
        }
    }
}

fn latest(catalog: &Catalog, group: &GroupId) -> Option<GroupVersionId> {
    catalog.group(group).and_then(|group| group.latest.clone())
}

fn versions(slots: &Slots) -> impl Iterator<Item = &DefinitionVersionArn> {
    slots.filled().filter_map(|(_, held)| held.version())
}

/// A content as the checks take it.
pub(super) fn slot_content(content: &Remote<Arc<Content>>) -> SlotContent {
    match content {
        Remote::Unasked | Remote::Loading => SlotContent::Unknown,
        Remote::Ready(content) => SlotContent::Known(Arc::clone(content)),
        Remote::Failed(error) if error.kind == ErrorKind::NotFound => SlotContent::Missing,
        Remote::Failed(error) => SlotContent::Unreadable(error.title().to_owned()),
    }
}
