//! The group that is open: its draft, the base it stands on, and what the checks say of both.

mod asked_base;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::catalog::Catalog;
use super::event::DraftFile;
use super::launch::SetSlot;
use super::remote::Remote;
use crate::domain::check::{self, Contents, Finding, Findings, Origin, Scope, SlotContent};
use crate::domain::{
    Base, Content, CreateGroupVersion, DefinitionVersionArn, Draft, GroupId, GroupVersion,
    GroupVersionId, ServiceError, Slots, Timestamp, Trouble,
};

/// A draft that an earlier run left behind, waiting for the person's word.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftDraft {
    pub draft: Draft,
    pub saved: Timestamp,
}

/// How far one is with the file that an earlier run may have left; nothing is saved over it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DraftFileState {
    Unasked,
    Asked,
    Known,
}

/// The request that was sent last, and what was known of the group at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub request: CreateGroupVersion,
    /// The group's latest version, just read.
    pub latest: Option<GroupVersionId>,
    /// Versions that were there already, as far as anyone had heard of them.
    pub known: HashSet<GroupVersionId>,
}

/// The open group.
#[derive(Debug)]
pub struct Work {
    pub group: GroupId,
    /// The version asked for as the base; absent for the latest.
    pub from: Option<GroupVersionId>,
    /// Absent until the base is read.
    draft: Option<Draft>,
    /// What was last handed out to be saved.
    saved: Option<Draft>,
    pub left: Option<LeftDraft>,
    pub sent: Option<Sent>,
    file: DraftFileState,
    is_file_to_be_reopened: bool,
    /// The latest version that the person knowingly starts behind.
    superseded: Option<GroupVersionId>,
    /// Why drafts of this group are not kept, when they are not.
    pub not_kept: Option<String>,
    pub put_aside: Option<PathBuf>,
    set: Vec<SetSlot>,
    findings: Findings,
    base_findings: Findings,
    origins: Vec<Origin>,
    checked: Option<Inputs>,
    base_checked: Option<Inputs>,
}

/// What the checks last ran over: they run again only when this changes.
#[derive(Debug, Clone, PartialEq)]
struct Inputs {
    slots: Slots,
    contents: Contents,
    scope: Scope,
}

impl Work {
    pub fn new(group: GroupId, from: Option<GroupVersionId>, set: Vec<SetSlot>) -> Self {
        Self {
            group,
            from,
            draft: None,
            saved: None,
            left: None,
            sent: None,
            file: DraftFileState::Unasked,
            is_file_to_be_reopened: false,
            superseded: None,
            not_kept: None,
            put_aside: None,
            set,
            findings: Findings::default(),
            base_findings: Findings::default(),
            origins: Vec::new(),
            checked: None,
            base_checked: None,
        }
    }

    pub const fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
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

    /// Puts the draft on the version that somebody else created, with the slots that came of comparing.
    pub fn rebase(&mut self, base: Base, slots: Slots) {
        self.superseded = None;
        self.change(|draft| draft.rebase(base, slots));
    }

    /// Starts from another version of the group, knowing that it is not the latest.
    pub fn start_from(&mut self, base: Base, latest: Option<GroupVersionId>) {
        self.superseded = latest;
        self.change(|draft| draft.rebase(base.clone(), base.slots));
    }

    /// The version that creating would supersede, besides the base, as far as the person knows.
    pub fn superseded(&self) -> Option<&GroupVersionId> {
        let base = self
            .draft
            .as_ref()
            .and_then(|draft| draft.base().version.as_ref());
        self.superseded
            .as_ref()
            .filter(|superseded| Some(*superseded) != base)
    }

    /// True when `latest` is neither the draft's base nor known to be superseded by it.
    pub fn is_moved(&self, latest: &GroupVersionId) -> bool {
        let base = self
            .draft
            .as_ref()
            .and_then(|draft| draft.base().version.as_ref());
        Some(latest) != base && Some(latest) != self.superseded()
    }

    /// The draft's version was created: the next draft starts from it, with nothing to undo.
    pub fn created(&mut self, version: Option<GroupVersionId>) {
        if let Some(draft) = &self.draft {
            let next = Draft::new(
                self.group.clone(),
                Base {
                    version: version.clone(),
                    slots: draft.slots().clone(),
                },
            );
            self.saved = Some(next.clone());
            self.draft = Some(next);
            self.from = version;
            self.superseded = None;
        }
    }

    /// The version to read as the base: the one asked for, else the group's latest.
    pub fn base_version<'a>(&'a self, catalog: &'a Catalog) -> Option<&'a GroupVersionId> {
        self.from
            .as_ref()
            .or_else(|| catalog.group(&self.group)?.latest.as_ref())
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
            .or_else(|| catalog.single_group(&self.group).error())
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
        let mut draft = Draft::new(self.group.clone(), base);
        for set in self.set.drain(..) {
            match set {
                SetSlot::Fill(arn) => draft.pick(arn),
                SetSlot::Empty(kind) => draft.empty(kind),
            }
        }
        self.superseded = self
            .from
            .is_some()
            .then(|| latest(catalog, &self.group))
            .flatten();
        self.saved = (!draft.differs()).then(|| draft.clone());
        self.draft = Some(draft);
        true
    }

    /// True once for each connection: when the draft's file is to be looked at.
    pub fn asks_for_file(&mut self) -> bool {
        let asks = self.file == DraftFileState::Unasked || self.is_file_to_be_reopened;
        if asks {
            self.file = DraftFileState::Asked;
            self.is_file_to_be_reopened = false;
        }
        asks
    }

    /// Credentials are read anew, and with them whose file it is; until then it is the one it was.
    pub const fn reopen_file(&mut self) {
        self.is_file_to_be_reopened = true;
    }

    /// Takes in what was found of an earlier draft.
    pub fn draft_opened(&mut self, file: DraftFile) {
        self.file = DraftFileState::Known;
        self.not_kept = None;
        match file {
            // What was changed while the draft could not be kept is saved now.
            DraftFile::None => self.saved = self.saved.take().filter(|saved| !saved.differs()),
            DraftFile::Found { draft, saved } => {
                // What this program itself has saved was not left by another.
                let is_own = self.saved.as_ref() == Some(&*draft);
                if draft.differs() && !is_own {
                    self.left = Some(LeftDraft {
                        draft: *draft,
                        saved,
                    });
                }
            }
            DraftFile::Locked { holder } => {
                self.not_kept = Some(format!("another greengroup has this group open ({holder})"));
            }
            DraftFile::Damaged { put_aside, .. } => self.put_aside = Some(put_aside),
            DraftFile::Unavailable(reason) => self.not_kept = Some(reason),
        }
    }

    /// Goes on with the draft that an earlier run left.
    pub fn resume(&mut self) {
        if let Some(left) = self.left.take() {
            self.from.clone_from(&left.draft.base().version);
            self.saved = Some(left.draft.clone());
            self.draft = Some(left.draft);
        }
    }

    /// The draft, when it changed since this was asked last.
    pub fn draft_to_save(&mut self) -> Option<Draft> {
        if self.file != DraftFileState::Known || self.left.is_some() || self.draft == self.saved {
            return None;
        }
        self.saved.clone_from(&self.draft);
        self.draft.clone()
    }

    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Every finding on the draft, worst first, each with whether the base had it too.
    pub fn findings_with_origin(&self) -> impl ExactSizeIterator<Item = (&Finding, Origin)> {
        self.findings.iter().zip(self.origins.iter().copied())
    }

    /// The versions whose contents the checks need: those of the draft, then those of the base.
    pub fn needed_contents(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        self.draft
            .iter()
            .flat_map(|draft| versions(draft.slots()).chain(versions(&draft.base().slots)))
    }

    /// Runs the checks over the draft and over its base, when anything they look at has changed.
    pub fn check(&mut self, catalog: &Catalog, scope: &Scope) {
        let Some(draft) = &self.draft else { return };
        let is_new = check_anew(
            draft.slots(),
            catalog,
            scope,
            &mut self.checked,
            &mut self.findings,
        );
        let base = &draft.base().slots;
        let is_base_new = check_anew(
            base,
            catalog,
            scope,
            &mut self.base_checked,
            &mut self.base_findings,
        );
        if is_new || is_base_new {
            self.origins = check::against_base(&self.findings, &self.base_findings)
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

fn check_anew(
    slots: &Slots,
    catalog: &Catalog,
    scope: &Scope,
    checked: &mut Option<Inputs>,
    findings: &mut Findings,
) -> bool {
    let contents = Contents::of(slots, |arn| known_content(catalog.contents.get(arn)));
    let inputs = Inputs {
        slots: slots.clone(),
        contents,
        scope: scope.clone(),
    };
    if checked.as_ref() == Some(&inputs) {
        return false;
    }
    *findings = check::check(&inputs.slots, &inputs.contents, &inputs.scope);
    *checked = Some(inputs);
    true
}

fn known_content(content: &Remote<Arc<Content>>) -> SlotContent {
    match content {
        Remote::Unasked | Remote::Loading => SlotContent::Unknown,
        Remote::Ready(content) => SlotContent::Known(Arc::clone(content)),
        Remote::Failed(error) if error.trouble == Trouble::NotFound => SlotContent::Missing,
        Remote::Failed(error) => SlotContent::Unreadable(error.title().to_owned()),
    }
}
