//! The Review screen: the request, its acknowledgements, and the button that creates the version.

mod boxes;
mod list;
mod sending;

pub use boxes::{Acknowledgement, AcknowledgementBox, Boxes};
use list::ListCursor;
pub use list::{ReviewLine, lines};

use crate::app::aws_cli::AwsCli;
use crate::app::catalog::Catalog;
use crate::app::command::Command;
use crate::app::edit_step::{EditStep, FixSubject};
use crate::app::effect::Request;
use crate::app::key::{Key, KeyPress};
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::{Notice, Obstacle};
use crate::app::remote::Remote;
use crate::app::ring::neighbour;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::text::request_choices;
use crate::app::text_input::TextInput;
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::app::work::Work;
use crate::domain::check::{Finding, Findings};
use crate::domain::fold::is_same;
use crate::domain::{DefinitionKind, GroupVersionId, ServiceError, SlotState};

/// The focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFocus {
    Cancel,
    Create,
    /// The slots and findings above. Enter opens a slot's difference, and again shows it on the entire
    /// screen. On a finding it goes to the slot.
    List,
}

/// The state of the check before sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewStage {
    /// The group is read again before the button works.
    Reading,
    Ready,
    /// The group could not be read again.
    NotRead(ServiceError),
    /// Another user created this version after the draft was begun.
    Moved(GroupVersionId),
    /// Create was pressed, and the group is read once more.
    Rereading,
}

/// The state of the screen.
#[derive(Debug)]
pub struct Review {
    pub focus: ReviewFocus,
    pub stage: ReviewStage,
    pub boxes: Boxes,
    /// The pending requests of the stage: the group, and the definitions that will have a next version.
    unread: Vec<Request>,
    list: ListCursor,
    /// The slot whose difference is shown in full.
    pub expanded: Option<DefinitionKind>,
    /// The scroll position of the body.
    pub scroll: Scroll,
    /// For a protected account: the group's name as typed by the user.
    pub typed_name: Option<TextInput>,
}

impl Review {
    /// Opens the review and checks whether the group has a newer version.
    pub fn new(session: &mut Session) -> Self {
        let mut review = Self {
            focus: ReviewFocus::Cancel,
            stage: ReviewStage::Reading,
            boxes: Boxes::default(),
            unread: Vec::new(),
            list: ListCursor::default(),
            expanded: None,
            scroll: Scroll::default(),
            typed_name: None,
        };
        review.read(ReviewStage::Reading, session);
        review
    }

    /// Prepares the screen after an outcome: as at first, but with the ticks that still apply.
    pub fn returned_to(&mut self, session: &mut Session) {
        self.focus = ReviewFocus::Cancel;
        self.typed_name = None;
        self.read(ReviewStage::Reading, session);
    }

    /// Requests the data that the stage waits for.
    fn ask_unread(&self, session: &mut Session) {
        for request in &self.unread {
            if !session.loader().is_under_way(request) {
                session.ask_again(request.clone());
            }
        }
    }

    pub fn current_line(&self, session: &Session) -> Option<ReviewLine> {
        let line = self.list.line(session);
        line.filter(|_| self.focus == ReviewFocus::List)
    }

    /// True while keys edit the confirming name.
    pub fn is_typing_name(&self) -> bool {
        self.typed_name.is_some() && self.focus == ReviewFocus::Create
    }

    /// The reason why Create is blocked; `None` if it is not.
    pub fn create_obstacle(&self, session: &Session) -> Option<Obstacle> {
        match &self.stage {
            ReviewStage::Reading | ReviewStage::Rereading => return Some(Obstacle::GroupLoading),
            ReviewStage::NotRead(error) => {
                return Some(Obstacle::GroupNotRead(error.title().to_owned()));
            }
            ReviewStage::Moved(_) => return Some(Obstacle::GroupMoved),
            ReviewStage::Ready if self.is_under_way(session) => return Some(Obstacle::Sending),
            ReviewStage::Ready => {}
        }
        if session.launch().read_only {
            return Some(Obstacle::ReadOnly);
        }
        let open = self.boxes.open().count();
        if open > 0 {
            return Some(Obstacle::Acknowledgements(open));
        }
        let name = session.open_group_name();
        match &self.typed_name {
            None => session.is_protected().then_some(Obstacle::Protected),
            Some(typed) => (!is_same(typed.as_str(), &name)).then_some(Obstacle::NameNotTyped),
        }
    }

    /// The targets of Tab; without Create if it must not be pressed.
    const fn ring(session: &Session) -> &'static [ReviewFocus] {
        if session.launch().read_only {
            &[ReviewFocus::Cancel, ReviewFocus::List]
        } else {
            &[ReviewFocus::Cancel, ReviewFocus::Create, ReviewFocus::List]
        }
    }

    fn go_to_finding(&mut self, is_next: bool, session: &mut Session) {
        let is_in_list = self.focus == ReviewFocus::List;
        let before = self.current_line(session);
        if self.list.go_to_finding(is_next, is_in_list, session) {
            self.focus = ReviewFocus::List;
            if self.current_line(session) == before {
                session.notify(Notice::NoOtherFinding);
            }
        } else {
            session.notify(Notice::NoFindings);
        }
    }

    fn toggle_diff(&mut self, session: &Session) {
        let current = self.current_line(session).into_iter();
        let kind = current.chain(lines(session)).find_map(ReviewLine::slot);
        self.expanded = kind.filter(|_| self.expanded != kind);
    }

    fn enter(&mut self, session: &mut Session) -> Transition {
        if let (ReviewFocus::Create, ReviewStage::Moved(latest)) = (self.focus, &self.stage) {
            return Transition::Rebase(latest.clone());
        }
        match (self.focus, self.current_line(session)) {
            (ReviewFocus::Cancel, _) => Transition::Back,
            (ReviewFocus::Create, _) => self.create(session),
            (ReviewFocus::List, Some(ReviewLine::Slot(kind))) if self.expanded == Some(kind) => {
                let work = session.work();
                let subject = work.and_then(|work| difference(work, kind, session.catalog()));
                subject.map_or(Transition::Stay, Transition::Read)
            }
            (ReviewFocus::List, Some(ReviewLine::Slot(kind))) => {
                self.expanded = Some(kind);
                Transition::Stay
            }
            (ReviewFocus::List, Some(ReviewLine::Finding(place))) => {
                let findings = session.work().map(Work::findings);
                let finding = findings.and_then(|findings| findings.iter().nth(place));
                if let Some(kind) = finding.and_then(Finding::first_slot) {
                    return Transition::ToSlot(kind);
                }
                session.notify(Notice::FindingWithoutSlot);
                Transition::Stay
            }
            (ReviewFocus::List, None) => Transition::Stay,
        }
    }
}

impl View for Review {
    fn context(&self) -> KeyContext {
        KeyContext::Review
    }

    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let transition = self.execute(command, session);
        self.list.mark(session);
        transition
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends a screen only its own commands"
    )]
    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        match command {
            Command::Left => self.focus = ReviewFocus::Cancel,
            Command::Right => self.focus = ReviewFocus::Create,
            Command::NextPane | Command::PreviousPane => {
                let is_next = command == Command::NextPane;
                self.focus = neighbour(Self::ring(session), &self.focus, is_next);
            }
            _ if command.scrolls() && self.focus == ReviewFocus::List => {
                self.list.step(command, session);
            }
            Command::Up | Command::Down => self.boxes.step(command == Command::Down),
            Command::Tick => self.boxes.tick(),
            Command::NextMark | Command::PreviousMark => {
                self.go_to_finding(command == Command::NextMark, session);
            }
            Command::Diff => self.toggle_diff(session),
            Command::Fix => {
                let place = match self.current_line(session) {
                    Some(ReviewLine::Finding(place)) => place,
                    Some(ReviewLine::Slot(_)) | None => 0,
                };
                return Transition::Edit(EditStep::Fix(FixSubject::Finding(place)));
            }
            Command::Open => return self.enter(session),
            Command::Copy => {
                if let Some(request) = session.work().and_then(Work::requests) {
                    let choices = request_choices(&request, &AwsCli::of(session));
                    session.copy_one_of(choices);
                }
            }
            Command::PlainText => return Transition::Read(Subject::Request(None)),
            Command::Retry => self.read(ReviewStage::Reading, session),
            Command::Back => return Transition::Back,
            _ => {
                let rows = session.size().body_rows().into();
                self.scroll.command(command, rows);
            }
        }
        Transition::Stay
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command can be executed at any time"
    )]
    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        match command {
            Command::FindCommand | Command::Calls => None,
            _ if self.stage == ReviewStage::Rereading => Some(Unavailable::NotNow(
                "nothing was sent; the group's latest version is loading once more",
            )),
            _ if self.is_under_way(session) => Some(Unavailable::NotNow(
                "the request was sent; wait for its outcome",
            )),
            Command::Tick => Unavailable::NotHere("there is nothing to acknowledge")
                .when(self.boxes.all().is_empty()),
            Command::Up | Command::Down => Unavailable::NotNow("there is no box to go to")
                .when(self.boxes.all().is_empty() && self.focus != ReviewFocus::List),
            Command::PageUp | Command::PageDown | Command::First | Command::Last => {
                SHOWN_WHOLE.when(self.scroll.is_all_shown() && self.focus != ReviewFocus::List)
            }
            Command::Fix => {
                let findings = session.work().map(Work::findings);
                let is_sound = findings.is_none_or(Findings::is_empty);
                Unavailable::NotHere("there is no finding").when(is_sound)
            }
            Command::Diff => {
                let slot = lines(session).find_map(ReviewLine::slot);
                Unavailable::NotNow("no slot is changed").when(slot.is_none())
            }
            _ => None,
        }
    }

    /// Requests the contents of the latest version's slots that the draft reverts.
    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let Some(work) = session.work() else { return };
        let catalog = session.catalog();
        let Some(latest) = work.superseded_slots(catalog) else {
            return;
        };
        let kinds = DefinitionKind::ALL.into_iter();
        let back = kinds.filter(|kind| work.state(*kind, catalog) == Some(SlotState::Back));
        let contents = back.filter_map(|kind| latest.version(kind));
        let requests = contents.map(|arn| catalog.content_request(arn));
        wanted.extend(Wanted::all(Urgency::Slots, requests));
    }

    fn enter_changes(&self, session: &Session) -> bool {
        match self.focus {
            // A held key must not cancel and then pick in the screen below.
            ReviewFocus::Cancel => true,
            ReviewFocus::Create => self.create_obstacle(session).is_none(),
            ReviewFocus::List => false,
        }
    }

    fn enter_label(&self, session: &Session) -> Option<&'static str> {
        Some(match (self.focus, self.current_line(session)) {
            (ReviewFocus::Cancel, _) => "cancel",
            (ReviewFocus::Create, _) => "create",
            (ReviewFocus::List, Some(ReviewLine::Slot(kind))) if self.expanded == Some(kind) => {
                "full screen"
            }
            (ReviewFocus::List, Some(ReviewLine::Slot(_))) => "difference",
            (ReviewFocus::List, Some(ReviewLine::Finding(_))) => "go to its slot",
            (ReviewFocus::List, None) => "",
        })
    }

    /// For a protected account, letters go to the confirming name.
    fn takes_as_text(&self, key: KeyPress) -> bool {
        self.is_typing_name() && (key.types_text() || key.key == Key::Backspace)
    }

    fn typed(&mut self, key: KeyPress, _session: &Session) {
        let is_text = self.takes_as_text(key);
        if let Some(name) = self.typed_name.as_mut().filter(|_| is_text) {
            name.press(key);
        }
    }

    fn pasted(&mut self, text: &str, _session: &Session) {
        let is_typing = self.is_typing_name();
        if let Some(name) = self.typed_name.as_mut().filter(|_| is_typing) {
            name.paste(text);
        }
    }

    /// Once everything is loaded, sends the request or opens the comparison.
    fn answered(&mut self, request: &Request, session: &mut Session) -> Transition {
        let before = self.unread.len();
        self.unread.retain(|waited| waited != request);
        if before == 0 || !self.unread.is_empty() {
            return Transition::Stay;
        }
        let Some(group) = session.work().map(|work| &work.group) else {
            return Transition::Stay;
        };
        let catalog = session.catalog();
        let answer = match catalog.group_reading(group) {
            Remote::Ready(()) => Ok(catalog.latest_version(group).cloned()),
            Remote::Failed(error) => Err(error.clone()),
            // Another view has requested it again.
            Remote::Unasked | Remote::Loading => {
                self.unread.push(Request::Group(group.clone()));
                return Transition::Stay;
            }
        };
        self.group_read(answer, session)
    }

    /// Updates the screen to changed findings, contents, and the group's latest version.
    fn refresh(&mut self, session: &mut Session) {
        self.ask_unread(session);
        if session.is_protected() {
            self.typed_name.get_or_insert_default();
        }
        let Some(work) = session.work() else { return };
        self.boxes.renew(work, session);
        self.list.follow(session);
    }

    fn drawn(&mut self, max_hidden: usize) {
        self.scroll.end_at(max_hidden);
    }
}

/// The difference of an opened slot, or the content if both are equal; `None` if there is neither.
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
