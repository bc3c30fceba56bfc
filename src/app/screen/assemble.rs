//! The Assemble screen: seven panes, one per kind, each a list of versions to pick from.

mod loading;
mod pane;
mod side_preview;
mod steps;
mod unavailable;

use unicode_width::UnicodeWidthStr;

use crate::app::catalog::Catalog;
use crate::app::command::Command;
use crate::app::edit_step::{EditStep, FixSubject};
use crate::app::effect::Request;
use crate::app::key::KeyPress;
use crate::app::keymap::KeyContext;
use crate::app::loader::Wanted;
use crate::app::notice::Notice;
use crate::app::ring::neighbour;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::View;
use crate::app::work::Work;
use crate::domain::check::Finding;
use crate::domain::{
    DefinitionId, DefinitionKind, DefinitionVersionArn, DeploymentAction, Draft, PerKind,
};
use crate::search::Sort;

pub(super) use loading::REST_AT_ONCE;
pub use pane::Pane;
pub use side_preview::{PreviewMode, SidePreview};

/// The pane that is open at first.
pub const FIRST_FOCUS: DefinitionKind = DefinitionKind::Core;

/// The seven panes and the open one.
#[derive(Debug)]
pub struct Assemble {
    pub focus: DefinitionKind,
    pub panes: PerKind<Pane>,
    pub preview: SidePreview,
    /// The kinds of which all versions and contents were requested.
    pub rest: PerKind<bool>,
    /// The definitions whose older versions the user requested.
    older: Vec<(DefinitionKind, DefinitionId)>,
}

impl Assemble {
    pub fn new(sort: Sort) -> Self {
        Self {
            focus: FIRST_FOCUS,
            panes: PerKind::from_fn(|_| Pane::new(sort)),
            preview: SidePreview::default(),
            rest: PerKind::from_fn(|_| false),
            older: Vec::new(),
        }
    }

    pub fn pane(&self) -> &Pane {
        &self.panes[self.focus]
    }

    fn pane_mut(&mut self) -> &mut Pane {
        &mut self.panes[self.focus]
    }

    /// The version under the cursor of the open pane.
    pub fn highlighted(&self) -> Option<&DefinitionVersionArn> {
        self.pane().picker.selected()
    }

    /// Rows for versions in the open pane.
    pub fn rows(&self, session: &Session) -> usize {
        self.rows_of(self.focus, session)
    }

    /// Rows for versions in the pane of this kind while it is open. Its findings stay visible below them.
    fn rows_of(&self, kind: DefinitionKind, session: &Session) -> usize {
        let size = session.size();
        let is_beside = self.preview.mode().is_some() && size.is_wide();
        let width = if is_beside {
            size.list_beside_preview()
        } else {
            size.width
        };
        let findings = session.work().map(Work::findings).into_iter();
        let findings = findings.flat_map(|findings| findings.of(kind));
        let lines = findings.map(|finding| lines_of(finding, session, width.into()));
        let has_search_line = self.panes[kind].picker.has_search_line();
        size.version_rows(kind, has_search_line, lines.sum()).into()
    }

    /// Lists everything in the catalog.
    pub fn read_catalog(&mut self, catalog: &Catalog) {
        for (kind, pane) in self.panes.iter_mut() {
            pane.read_catalog(kind, catalog);
        }
    }

    /// Adds the versions of the base and the draft to every pane.
    pub fn add_draft(&mut self, draft: &Draft, session: &Session) {
        for (kind, pane) in self.panes.iter_mut() {
            pane.add_draft(kind, draft, session.catalog());
        }
        self.reveal(session);
    }

    /// Clears the lists for another connection; the cursors wait for their rows.
    pub fn forget_lists(&mut self) {
        for (_, pane) in self.panes.iter_mut() {
            pane.clear();
        }
        self.older.clear();
    }

    /// Moves the cursor of every pane to its slot's version.
    pub fn show_slots(&mut self, draft: &Draft) {
        for (kind, pane) in self.panes.iter_mut() {
            if let Some(arn) = own(draft, kind) {
                pane.picker.set_own(arn.as_str());
            }
            if let Some(arn) = draft.slots().version(kind) {
                pane.picker.select(arn.clone());
            }
        }
    }

    fn go_to_neighbour(&mut self, is_next: bool) {
        self.focus = neighbour(&DefinitionKind::ALL, &self.focus, is_next);
    }

    /// The subject of the preview in `mode`, for the selected version.
    pub fn preview_subject(&self, mode: PreviewMode, session: &Session) -> Option<Subject> {
        let arn = self.highlighted();
        match mode {
            PreviewMode::Content => arn.cloned().map(Subject::Content),
            PreviewMode::Diff => {
                let base = &session.draft()?.base().slots;
                let compared = self.preview.compared();
                let compared = compared.filter(|other| other.kind() == self.focus);
                let before = compared.or_else(|| base.version(self.focus));
                (before.is_some() || arn.is_some()).then(|| Subject::Diff {
                    before: before.cloned(),
                    after: arn.cloned(),
                })
            }
        }
    }

    /// Shows the selected version in the side preview.
    pub fn refresh_preview(&mut self, session: &Session) {
        match self.preview.mode() {
            Some(mode) if session.size().is_wide() => {
                let subject = self.preview_subject(mode, session);
                let texts = self.matched_texts(session);
                self.preview.refresh(subject, &texts, session);
            }
            Some(_) | None => self.preview.clear(),
        }
    }
}

/// About how many lines a finding takes below the versions, wrapped at blanks.
fn lines_of(finding: &Finding, session: &Session, width: usize) -> usize {
    const INDENT: usize = 10;
    let room = width.saturating_sub(INDENT).max(1);
    let cells = finding.message.width() + finding.severity.words().width();
    cells.div_ceil(room) + usize::from(session.candidate(finding).is_some())
}

impl View for Assemble {
    fn context(&self) -> KeyContext {
        KeyContext::Assemble
    }

    fn search_text(&self) -> Option<&str> {
        self.pane().picker.search_text()
    }

    fn typed(&mut self, key: KeyPress, session: &Session) {
        self.pane_mut().picker.typed(key);
        self.reveal(session);
    }

    fn pasted(&mut self, text: &str, session: &Session) {
        self.pane_mut().picker.pasted(text);
        self.reveal(session);
    }

    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let transition = self.execute(command, session);
        self.reveal(session);
        self.pane_mut().picker.hold();
        transition
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends a screen only its own commands"
    )]
    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        let rows = self.rows(session);
        if self.pane_mut().picker.command(command, rows) {
            if self.pane().picker.hides_order(command) {
                session.notify(Notice::BestMatchFirst);
            }
            return Transition::Stay;
        }
        match command {
            Command::NextPane => self.go_to_neighbour(true),
            Command::PreviousPane => self.go_to_neighbour(false),
            Command::Pane(kind) => self.focus = kind,
            Command::NextMark => self.go_to_mark(session, true),
            Command::PreviousMark => self.go_to_mark(session, false),
            Command::Open => self.pick(session, true),
            Command::PickAndStay => self.pick(session, false),
            Command::Edit => return self.edit(session),
            Command::Fix => return Transition::Edit(EditStep::Fix(FixSubject::Slot(self.focus))),
            Command::Swap => return Transition::Edit(EditStep::Swap),
            Command::Empty => self.change(command, Draft::empty, session),
            Command::Reset => self.change(command, Draft::reset, session),
            Command::Undo => self.change(command, |draft, _| _ = draft.undo(), session),
            Command::Redo => self.change(command, |draft, _| _ = draft.redo(), session),
            Command::OlderVersions if self.pane().picker.has_search_line() => {
                self.read_rest(session);
            }
            Command::OlderVersions => self.read_older(session),
            Command::Preview => return self.show(PreviewMode::Content, session),
            Command::Diff => return self.show(PreviewMode::Diff, session),
            Command::PreviewUp | Command::PreviewDown => {
                let rows = usize::from(session.size().list_rows());
                self.preview.scroll(command == Command::PreviewDown, rows);
            }
            Command::Compare => self.compare(session),
            Command::Right => {
                let mode = self.preview.mode().unwrap_or(PreviewMode::Content);
                return self.open_reader(mode, session);
            }
            Command::Copy => self.copy(session),
            Command::PlainText => {
                return Transition::Read(Subject::Request(self.highlighted().cloned()));
            }
            Command::WhereUsed => return self.where_used(),
            Command::Successor => return Transition::NextOfSeries,
            Command::Retry => self.retry(session),
            Command::SwitchAccount => return Transition::SwitchAccount,
            Command::BaseHistory => return Transition::BaseHistory,
            Command::Deploy | Command::ResetDeployments => {
                let reset = DeploymentAction::Reset { force: false };
                let action = (command == Command::ResetDeployments).then_some(reset);
                if let Some(work) = session.work() {
                    return Transition::Deployment(work.group.clone(), action);
                }
            }
            Command::Review => {
                session.warn_of_expiry();
                return Transition::Review;
            }
            Command::Back if self.preview.is_opened() && session.size().is_wide() => {
                self.preview.close();
            }
            Command::Back => return Transition::Back,
            _ => {}
        }
        Transition::Stay
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        self.obstacle(command, session)
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        self.add_wanted(session, wanted);
    }

    fn answered(&mut self, request: &Request, session: &mut Session) -> Transition {
        match request {
            Request::Definitions(kind, _) => {
                self.panes[*kind].add_definitions(*kind, session.catalog());
            }
            Request::Definition(kind, definition) => {
                self.panes[*kind].definition_read(*kind, definition, session.catalog());
            }
            Request::DefinitionVersions(kind, definition, _) => {
                self.panes[*kind].add_versions(definition, session.catalog());
                let listing = session.catalog().versions(definition);
                let is_cut = listing.is_some_and(|listing| listing.wanted().is_some());
                if self.reads_rest(*kind, session) && is_cut {
                    self.read_all_of(*kind, definition.clone());
                }
            }
            Request::Content(arn, _) => {
                if !self.panes[arn.kind()].content_read(arn, session.catalog()) {
                    return Transition::Stay;
                }
            }
            Request::Identity
            | Request::Groups(_)
            | Request::Group(_)
            | Request::GroupVersions(..)
            | Request::GroupVersion(..)
            | Request::Deployments(..)
            | Request::DeploymentStatus(..)
            | Request::ServiceRole
            | Request::GroupRole(_) => return Transition::Stay,
        }
        self.reveal(session);
        Transition::Stay
    }

    fn fit(&mut self, session: &Session) {
        for (_, pane) in self.panes.iter_mut() {
            pane.picker.resized();
        }
        self.reveal(session);
    }

    fn is_searching(&self) -> bool {
        let mut panes = self.panes.iter();
        panes.any(|(_, pane)| pane.picker.is_searching())
    }

    fn reveal(&mut self, session: &Session) {
        let draft = session.draft();
        let rows = PerKind::from_fn(|kind| self.rows_of(kind, session));
        for (kind, pane) in self.panes.iter_mut() {
            let picker = &mut pane.picker;
            // The rows of the open pane keep their order while the user picks among them.
            if (kind != self.focus || !picker.has_own())
                && let Some(arn) = draft.and_then(|draft| own(draft, kind))
            {
                picker.set_own(arn.as_str());
            }
            picker.reveal(rows[kind]);
        }
    }
}

/// The version in the slot, or in the base if the slot is empty. Its definition comes first in the list.
fn own(draft: &Draft, kind: DefinitionKind) -> Option<&DefinitionVersionArn> {
    let held = draft.slots().version(kind);
    held.or_else(|| draft.base().slots.version(kind))
}
