//! The open group: its draft, the draft's base, and the findings on both.

mod asked_base;
mod draft_file;
mod superseding;

use std::path::PathBuf;
use std::sync::Arc;

use draft_file::DraftFileState;
pub use draft_file::RecoveredDraft;
pub use superseding::{Superseded, Superseding};

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

#[derive(Debug)]
pub struct Work {
    pub group: GroupId,
    /// The requested base version; `None` for the latest.
    pub from: Option<GroupVersionId>,
    /// The group's last loaded name, which is kept without a connection.
    name: Option<String>,
    /// `None` until the base is loaded.
    draft: Option<Draft>,
    /// The draft as it was last passed on for saving.
    saved: Option<Draft>,
    pub recovered: Option<RecoveredDraft>,
    file: DraftFileState,
    is_file_to_be_reopened: bool,
    superseded: Option<Superseded>,
    /// The reason why drafts of this group are not saved.
    pub not_kept: Option<String>,
    /// The reason why the last change is not saved; saving is tried again.
    unsaved: Option<String>,
    /// The reason why the history could not be written before the last request, which was not sent.
    pub history_error: Option<String>,
    /// When a base was created, kept because the lists do not contain it.
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

    /// The group's name, if it has one and it was loaded.
    pub fn name<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a str> {
        let read = catalog.group(&self.group).map(|group| &group.name);
        let name = read.unwrap_or(&self.name).as_deref();
        name.filter(|name| !name.is_empty())
    }

    /// Stores the loaded data of the group.
    pub fn remember(&mut self, catalog: &Catalog) {
        if let Some(base) = self.base_id()
            && let Some(read) = catalog.group_version(&self.group, base).ready()
        {
            self.base_created = read.created.map(|created| (base.clone(), created));
        }
        if let Some(group) = catalog.group(&self.group) {
            self.name.clone_from(&group.name);
        }
    }

    /// When a base, current or previous, was created.
    pub fn base_created(&self, version: &GroupVersionId) -> Option<Timestamp> {
        let (base, created) = self.base_created.as_ref()?;
        (base == version).then_some(*created)
    }

    pub const fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// The version that is the draft's base.
    fn base_id(&self) -> Option<&GroupVersionId> {
        self.draft()?.base().version.as_ref()
    }

    /// The version in a slot of the draft.
    pub fn held(&self, kind: DefinitionKind) -> Option<&DefinitionVersionArn> {
        self.draft()?.slots().version(kind)
    }

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

    /// All requests that create it, in order.
    pub fn requests(&self) -> Option<GroupChange> {
        let draft = self.draft.as_ref()?;
        Some(GroupChange {
            definitions: draft.to_create().map(NewVersion::request).collect(),
            create: self.request()?,
        })
    }

    /// Moves the draft to a version that another user created, with the slots of the rebase.
    pub fn rebase(&mut self, base: Base, slots: Slots) {
        self.superseded = None;
        self.change(|draft| draft.rebase(base, slots));
    }

    /// Starts the next draft from a created version, with nothing to undo. The old draft is dropped, even
    /// with later changes.
    pub fn created(&mut self, base: Base) {
        self.from.clone_from(&base.version);
        let next = Draft::new(self.group.clone(), base);
        self.saved = Some(next.clone());
        self.draft = Some(next);
        self.superseded = None;
        self.unconfirmed = None;
        self.history_error = None;
    }

    /// The version to load as the base: the requested one, else the group's latest.
    pub fn base_version<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a GroupVersionId> {
        let from = self.from.as_ref();
        from.or_else(|| catalog.latest_version(&self.group))
    }

    /// True if the draft has a version as its base, so that the group has at least one.
    pub fn has_base_version(&self) -> bool {
        self.base_id().is_some()
    }

    /// The state of loading the base.
    pub fn base_reading<'a>(&'a self, catalog: &'a Catalog) -> &'a Remote<Arc<GroupVersion>> {
        self.base_version(catalog)
            .map_or(&Remote::Unasked, |version| {
                catalog.group_version(&self.group, version)
            })
    }

    /// The error that prevents a draft.
    pub fn error<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a ServiceError> {
        if self.draft.is_some() {
            return None;
        }
        self.base_reading(catalog)
            .error()
            .or_else(|| catalog.group_reading(&self.group).error())
    }

    /// Starts the draft once its base is known; true if it started now.
    pub fn begin(&mut self, catalog: &Catalog) -> bool {
        if self.draft.is_some() {
            return false;
        }
        let base = self.base(catalog);
        let Some(base) = base.filter(|base| !self.waits_to_write(&base.slots, catalog)) else {
            return false;
        };
        let draft = Draft::new(self.group.clone(), base);
        let latest = catalog.latest_version(&self.group).cloned();
        let latest = latest.filter(|_| self.from.is_some());
        self.superseded = latest.map(Superseded::by_older_base);
        self.saved = Some(draft.clone());
        self.draft = Some(draft);
        true
    }

    /// The base for the draft, once it is loaded.
    fn base(&self, catalog: &Catalog) -> Option<Base> {
        let Some(version) = self.base_version(catalog) else {
            return catalog.group(&self.group).map(|_| Base::default());
        };
        let read = catalog.group_version(&self.group, version).ready()?;
        Some(Base {
            version: Some(version.clone()),
            slots: read.slots.clone(),
        })
    }

    pub fn asked_slots(&self) -> &[SetSlot] {
        &self.set
    }

    /// The versions whose content and definition must be loaded before `--set` writes the next version.
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
            let definition = catalog.definition_reading(arn.kind(), &arn.definition_id());
            catalog.contents.get(arn).is_open() || definition.is_open()
        })
    }

    pub const fn findings(&self) -> &Findings {
        self.checker.findings()
    }

    /// Every finding on the draft, worst first, each with whether the base had it too.
    pub fn findings_with_origin(&self) -> impl ExactSizeIterator<Item = (&Finding, Origin)> {
        self.findings().iter().zip(self.origins.iter().copied())
    }

    /// The versions whose contents the checks need: first the draft's, then the base's.
    pub fn needed_contents(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        self.draft.iter().flat_map(|draft| {
            draft
                .slots()
                .versions()
                .chain(draft.base().slots.versions())
        })
    }

    /// The findings on the draft if one slot had this version instead.
    pub fn findings_with(
        &self,
        version: &DefinitionVersionArn,
        content: &Arc<Content>,
        catalog: &Catalog,
        scope: &Scope,
    ) -> Findings {
        let mut slots = self.draft().map(Draft::slots).cloned().unwrap_or_default();
        slots.fill(version.clone());
        let known = |arn: &DefinitionVersionArn| slot_content(catalog.contents.get(arn));
        let mut contents = Contents::of(&slots, known);
        contents.set(version.kind(), SlotContent::Known(Arc::clone(content)));
        let mut checker = self.checker.clone();
        checker.update(&slots, contents, scope);
        checker.findings().clone()
    }

    /// Runs the checks on the draft and its base whose inputs have changed.
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

/// A content in the form for the checks.
pub(super) fn slot_content(content: &Remote<Arc<Content>>) -> SlotContent {
    match content {
        Remote::Unasked | Remote::Loading => SlotContent::Unknown,
        Remote::Ready(content) => SlotContent::Known(Arc::clone(content)),
        Remote::Failed(error) if error.kind == ErrorKind::NotFound => SlotContent::Missing,
        Remote::Failed(error) => SlotContent::Unreadable(error.title().to_owned()),
    }
}
