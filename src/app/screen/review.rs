//! The Review screen: what would be created, what has to be acknowledged, and the one button that creates it.

mod boxes;
mod difference;
mod sending;
mod unavailable;

use std::time::Duration;

pub use boxes::{Acknowledgement, AcknowledgementBox};
pub use difference::difference;

use super::Transition;
use crate::app::command::Command;
use crate::app::effect::{Effect, Request, Timer};
use crate::app::key::KeyPress;
use crate::app::overlay::Overlay;
use crate::app::overlay::reader::{Reader, Subject};
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::text_input::TextInput;
use crate::app::work::Work;
use crate::domain::{DefinitionKind, GroupVersionId, ServiceError};

/// Enter does nothing for this long after the screen has opened, so that a key held down cannot confirm.
const ENTER_IGNORED: Duration = Duration::from_millis(300);

/// Where Enter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Cancel,
    Create,
    /// The slots and findings above: Enter opens a slot's difference, then shows it over the whole
    /// screen, or goes to a finding's slot.
    List,
}

/// How far the sending has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The group is read anew before the button is live.
    Reading,
    Ready,
    /// The group could not be read anew.
    NotRead(ServiceError),
    /// Someone created this version since the draft was begun.
    Moved(GroupVersionId),
    /// Create was pressed: the group is read once more.
    Rereading,
    Sending,
}

/// One line of the list above the buttons that the cursor can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Slot(DefinitionKind),
    /// The place of a finding in the draft's findings.
    Finding(usize),
}

/// A line of the list as it is known whatever comes before it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    Slot(DefinitionKind),
    Finding { rule: &'static str, message: String },
}

/// What is shown, ticked and focused.
#[derive(Debug)]
pub struct Review {
    number: u32,
    is_armed: bool,
    pub focus: Focus,
    pub stage: Stage,
    pub boxes: Vec<AcknowledgementBox>,
    /// The box that Space ticks; none when it went away and another came into its place.
    pub box_cursor: Option<usize>,
    pub list_cursor: usize,
    /// What the list's cursor stands on, to find it again when the list changes.
    list_mark: Option<Mark>,
    /// The slot whose difference is shown in full.
    pub expanded: Option<DefinitionKind>,
    /// How many lines the body is scrolled down.
    pub scroll: Scroll,
    /// In a protected context: the group's name, typed to confirm.
    pub typed_name: Option<TextInput>,
}

impl Review {
    /// Opens over the draft and asks whether the group has moved since.
    pub fn new(session: &mut Session) -> Self {
        let number = session.next_number();
        session.start_timer(Timer::ReviewArmed { review: number }, ENTER_IGNORED);
        let mut review = Self {
            number,
            is_armed: false,
            focus: Focus::Cancel,
            stage: Stage::Reading,
            boxes: Vec::new(),
            box_cursor: Some(0),
            list_cursor: 0,
            list_mark: None,
            expanded: None,
            scroll: Scroll::default(),
            typed_name: None,
        };
        review.refresh(session);
        review
    }

    /// Enter does nothing for a while once more: what it was pressed for lay in front.
    pub fn disarm(&mut self, session: &mut Session) {
        self.number = session.next_number();
        self.is_armed = false;
        let timer = Timer::ReviewArmed {
            review: self.number,
        };
        session.start_timer(timer, ENTER_IGNORED);
    }

    /// On screen again after an outcome: as it opens, with the ticks that still hold.
    pub fn returned_to(&mut self, session: &mut Session) {
        self.disarm(session);
        self.focus = Focus::Cancel;
        self.typed_name = None;
        self.reread(session);
    }

    pub fn armed(&mut self, review: u32) {
        self.is_armed |= review == self.number;
    }

    /// Takes in what has changed below: findings, contents, the group's latest version.
    pub fn refresh(&mut self, session: &mut Session) {
        self.read_group(session);
        if session.is_protected() {
            self.typed_name.get_or_insert_default();
        }
        let Some(work) = &session.work else { return };
        let under_cursor = self
            .box_cursor
            .and_then(|cursor| self.boxes.get(cursor))
            .map(|one| one.what.clone());
        boxes::renew(&mut self.boxes, work, session);
        // Space must not tick what has just come into the place of what one looked at.
        self.box_cursor = match under_cursor {
            Some(what) => self.boxes.iter().position(|one| one.what == what),
            None => self.box_cursor,
        };
        let lines: Vec<Line> = Self::lines(session).collect();
        let again = self.list_mark.as_ref().and_then(|mark| {
            let mut marks = lines.iter().map(|line| Self::mark(*line, session));
            marks.position(|line| line.as_ref() == Some(mark))
        });
        self.list_cursor = again
            .unwrap_or(self.list_cursor)
            .min(lines.len().saturating_sub(1));
    }

    /// Asks where the group stands, when that is waited for and nobody has asked yet.
    fn read_group(&self, session: &mut Session) {
        if let (Stage::Reading | Stage::Rereading, Some(work)) = (&self.stage, &session.work) {
            let request = Request::Group(work.group.clone());
            if !session.loader.is_under_way(&request) {
                session.ask_again(request);
            }
        }
    }

    fn mark(line: Line, session: &Session) -> Option<Mark> {
        match line {
            Line::Slot(kind) => Some(Mark::Slot(kind)),
            Line::Finding(place) => {
                let finding = session.work.as_ref()?.findings().iter().nth(place)?;
                Some(Mark::Finding {
                    rule: finding.rule,
                    message: finding.message.clone(),
                })
            }
        }
    }

    /// The lines that the cursor can stand on: changed slots first, dropped ones before all, then the findings.
    pub fn lines(session: &Session) -> impl Iterator<Item = Line> {
        let work = session.work.as_ref();
        let slots = work
            .and_then(|work| Some(boxes::slots_in_order(work.draft()?, work, session)))
            .unwrap_or_default();
        let findings = session
            .work
            .as_ref()
            .map_or(0, |work| work.findings().len());
        slots
            .into_iter()
            .map(Line::Slot)
            .chain((0..findings).map(Line::Finding))
    }

    pub fn current_line(&self, session: &Session) -> Option<Line> {
        (self.focus == Focus::List)
            .then(|| Self::lines(session).nth(self.list_cursor))
            .flatten()
    }

    /// True while keys edit the name that confirms.
    pub fn is_typing_name(&self) -> bool {
        self.typed_name.is_some() && self.focus == Focus::Create
    }

    pub fn typed(&mut self, key: KeyPress) -> bool {
        let is_typing = self.is_typing_name();
        self.typed_name
            .as_mut()
            .is_some_and(|name| is_typing && name.press(key))
    }

    /// What still stands between the person and Create, in one sentence; none when nothing does.
    pub fn missing(&self, session: &Session) -> Option<String> {
        match &self.stage {
            Stage::Reading => return Some("The group is being read once more.".into()),
            Stage::NotRead(error) => {
                return Some(format!(
                    "The group could not be read again ({}); r asks again.",
                    error.title()
                ));
            }
            Stage::Moved(_) => {
                return Some("The group has moved: decide on the new base first (Enter).".into());
            }
            Stage::Rereading | Stage::Sending => return Some("It is being sent.".into()),
            Stage::Ready => {}
        }
        if session.launch.read_only {
            return Some("This program was started with --read-only.".into());
        }
        let open = self.boxes.iter().filter(|one| !one.ticked).count();
        if open > 0 {
            let boxes = if open == 1 {
                "1 box is".to_owned()
            } else {
                format!("{open} boxes are")
            };
            return Some(format!("{boxes} not ticked yet (Up/Down, Space)."));
        }
        let name = session.open_group_name();
        match &self.typed_name {
            None if session.is_protected() => Some("This context is protected.".into()),
            Some(typed) if typed.as_str() != name => Some(format!(
                "This context is protected: type {name} to confirm."
            )),
            Some(_) | None => None,
        }
    }

    pub fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let transition = self.obey(command, session);
        let line = Self::lines(session).nth(self.list_cursor);
        self.list_mark = line.and_then(|line| Self::mark(line, session));
        transition
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends a screen only its own commands"
    )]
    fn obey(&mut self, command: Command, session: &mut Session) -> Transition {
        match command {
            Command::Left => self.focus = Focus::Cancel,
            Command::Right => self.focus = Focus::Create,
            Command::NextPane => self.focus = self.neighbour(1, session),
            Command::PreviousPane => {
                self.focus = self.neighbour(Self::ring(session).len() - 1, session);
            }
            Command::Up | Command::Down => self.step(command == Command::Down, session),
            Command::PageUp | Command::PageDown if self.focus == Focus::List => {
                self.page(command == Command::PageDown, session);
            }
            Command::First if self.focus == Focus::List => self.list_cursor = 0,
            Command::Last if self.focus == Focus::List => {
                self.list_cursor = Self::lines(session).count().saturating_sub(1);
            }
            Command::PageUp => self.scroll.up(usize::from(session.size.body_rows()) / 2),
            Command::PageDown => self.scroll.down(usize::from(session.size.body_rows()) / 2),
            Command::First => self.scroll.to_start(),
            Command::Last => self.scroll.to_end(),
            Command::Tick => self.tick(),
            Command::NextMark | Command::PreviousMark => {
                self.go_to_finding(command == Command::NextMark, session);
            }
            Command::Diff => self.toggle_diff(session),
            Command::Open => return self.enter(session),
            Command::Copy => Self::copy_request(session),
            Command::PlainText => {
                return Transition::Open(Overlay::Reader(Box::new(Reader::new(
                    Subject::Request,
                    session,
                ))));
            }
            Command::Retry => self.reread(session),
            Command::Back => return Transition::Pop,
            _ => {}
        }
        Transition::Stay
    }

    /// What Tab goes round; without a Create that must not be pressed.
    const fn ring(session: &Session) -> &'static [Focus] {
        if session.launch.read_only {
            &[Focus::Cancel, Focus::List]
        } else {
            &[Focus::Cancel, Focus::Create, Focus::List]
        }
    }

    /// The focus `step` further on the ring.
    fn neighbour(&self, step: usize, session: &Session) -> Focus {
        let ring = Self::ring(session);
        let place = ring
            .iter()
            .position(|&focus| focus == self.focus)
            .unwrap_or(0);
        ring.iter()
            .copied()
            .cycle()
            .nth(place + step)
            .unwrap_or(Focus::Cancel)
    }

    fn step(&mut self, is_down: bool, session: &Session) {
        if self.focus == Focus::List {
            let last = Self::lines(session).count().saturating_sub(1);
            self.list_cursor = stepped(self.list_cursor, is_down, last);
        } else {
            let last = self.boxes.len().saturating_sub(1);
            self.box_cursor = Some(match self.box_cursor {
                Some(cursor) => stepped(cursor, is_down, last),
                None if is_down => 0,
                None => last,
            });
        }
    }

    /// Half a page further in the list; the view goes where its cursor goes.
    fn page(&mut self, is_down: bool, session: &Session) {
        let last = Self::lines(session).count().saturating_sub(1);
        let half = usize::from(session.size.body_rows()) / 2;
        self.list_cursor = if is_down {
            (self.list_cursor + half).min(last)
        } else {
            self.list_cursor.saturating_sub(half)
        };
    }

    fn tick(&mut self) {
        match self.box_cursor {
            Some(cursor) => {
                if let Some(one) = self.boxes.get_mut(cursor) {
                    one.ticked = !one.ticked;
                }
            }
            None => self.box_cursor = Some(0),
        }
    }

    fn go_to_finding(&mut self, is_next: bool, session: &mut Session) {
        let findings: Vec<usize> = Self::lines(session)
            .enumerate()
            .filter(|(_, line)| matches!(line, Line::Finding(_)))
            .map(|(place, _)| place)
            .collect();
        let from = if self.focus == Focus::List {
            Some(self.list_cursor)
        } else {
            None
        };
        let found = match from {
            None => findings.first(),
            Some(at) if is_next => findings
                .iter()
                .find(|&&place| place > at)
                .or(findings.first()),
            Some(at) => findings
                .iter()
                .rev()
                .find(|&&place| place < at)
                .or(findings.last()),
        };
        match found {
            Some(&place) if from == Some(place) => session.notify("There is no other finding."),
            Some(&place) => {
                self.focus = Focus::List;
                self.list_cursor = place;
            }
            None => session.notify("The checks have nothing to say."),
        }
    }

    fn toggle_diff(&mut self, session: &Session) {
        let kind = match self.current_line(session) {
            Some(Line::Slot(kind)) => Some(kind),
            Some(Line::Finding(_)) | None => Self::lines(session).find_map(|line| match line {
                Line::Slot(kind) => Some(kind),
                Line::Finding(_) => None,
            }),
        };
        self.expanded = if self.expanded == kind { None } else { kind };
    }

    fn enter(&mut self, session: &mut Session) -> Transition {
        if !self.is_armed {
            return Transition::Stay;
        }
        if let Stage::Moved(_) = &self.stage
            && self.focus == Focus::Create
        {
            return self.open_moved(session);
        }
        match (self.focus, self.current_line(session)) {
            (Focus::Cancel, _) => Transition::Pop,
            (Focus::Create, _) => self.create(session),
            (Focus::List, Some(Line::Slot(kind))) => {
                if self.expanded == Some(kind) {
                    return difference::read(kind, session);
                }
                self.expanded = Some(kind);
                Transition::Stay
            }
            (Focus::List, Some(Line::Finding(place))) => {
                let finding = session
                    .work
                    .as_ref()
                    .and_then(|work| work.findings().iter().nth(place));
                if let Some(kind) = finding.and_then(crate::domain::check::Finding::first_slot) {
                    return Transition::ToSlot(kind);
                }
                session.notify("This finding is about no slot.");
                Transition::Stay
            }
            (Focus::List, None) => Transition::Stay,
        }
    }

    fn copy_request(session: &mut Session) {
        if let Some(request) = session.work.as_ref().and_then(Work::request) {
            session.effect(Effect::Copy(crate::app::text::request_json(&request)));
        }
    }
}

fn stepped(cursor: usize, is_down: bool, last: usize) -> usize {
    if is_down {
        (cursor + 1).min(last)
    } else {
        cursor.saturating_sub(1)
    }
}
