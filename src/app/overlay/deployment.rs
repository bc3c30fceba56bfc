//! The dialog of a group's deployment: the question before it, its status, and the places of its errors.

mod fault_place;
mod question;

pub use fault_place::{FaultPlace, fault_place};
pub use question::{DeploymentFocus, DeploymentQuestion};

use crate::app::command::Command;
use crate::app::deployment_run::{DeploymentRun, RunState};
use crate::app::effect::Request;
use crate::app::key::{Key, KeyPress};
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::Notice;
use crate::app::remote::Listing;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::domain::failure_reason::errors;
use crate::domain::{
    Deployment, DeploymentAction, DeploymentPhase, DeploymentStatus, FailureReason, GroupId,
    GroupVersionId,
};

/// A version to deploy next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Successor<'a> {
    /// The last successfully deployed version.
    LastGood(&'a GroupVersionId),
    /// The group's latest version, if it was not deployed last.
    Latest(&'a GroupVersionId),
}

impl<'a> Successor<'a> {
    pub const fn version(self) -> &'a GroupVersionId {
        match self {
            Self::LastGood(version) | Self::Latest(version) => version,
        }
    }
}

/// The view of one group's deployment.
#[derive(Debug)]
pub struct DeploymentView {
    pub group: GroupId,
    /// The question before a deployment; `None` while the group's deployment is shown.
    pub question: Option<Box<DeploymentQuestion>>,
    /// The scroll position of the body.
    pub scroll: Scroll,
    /// The index of the selected error.
    cursor: usize,
}

impl DeploymentView {
    /// Asks about `action`, unless a deployment of the group is active. Without `action`, shows the last
    /// deployment.
    pub fn new(group: GroupId, action: Option<DeploymentAction>, session: &mut Session) -> Self {
        session.forget(&Request::Deployments(group.clone(), None));
        let run = session.deployment_of(&group);
        let is_active = run.is_some_and(DeploymentRun::is_active);
        let mut view = Self {
            group,
            question: None,
            scroll: Scroll::default(),
            cursor: 0,
        };
        if let Some(action) = action
            && (!is_active || matches!(action, DeploymentAction::Reset { .. }))
        {
            view.ask(action, session);
        }
        view
    }

    /// The shown run.
    pub fn run<'a>(&self, session: &'a Session) -> Option<&'a DeploymentRun> {
        session.deployment_of(&self.group)
    }

    /// The errors of the failed deployment.
    pub fn errors(&self, session: &Session) -> Vec<FailureReason> {
        let run = self.run(session).filter(|run| run.is_failure());
        let progress = run.and_then(DeploymentRun::progress);
        progress.map_or_else(Vec::new, |progress| errors(&progress.status))
    }

    /// The index of the error under the cursor.
    pub fn current(&self, session: &Session) -> Option<usize> {
        let last = self.errors(session).len().checked_sub(1)?;
        Some(self.cursor.min(last))
    }

    /// The place of the error under the cursor.
    fn place(&self, session: &Session) -> Option<FaultPlace> {
        let errors = self.errors(session);
        let error = errors.get(self.current(session)?)?;
        let version = self.run(session)?.request.action.version()?;
        fault_place(error, &self.group, version, session)
    }

    /// The version for the next deployment. After a failure it is the last successful version, otherwise a
    /// latest version that is not deployed.
    pub fn successor<'a>(&self, session: &'a Session) -> Option<Successor<'a>> {
        let run = self.run(session);
        if run.is_some_and(DeploymentRun::is_failure)
            && let Some((_, version)) = session.last_success(&self.group)
        {
            return Some(Successor::LastGood(version));
        }
        let listing = session.catalog().deployments(&self.group);
        let is_listed = listing.is_some_and(Listing::is_complete);
        if !is_listed || run.is_some_and(DeploymentRun::is_active) {
            return None;
        }
        let newest = newest(&self.group, session).filter(|one| !one.is_reset());
        let deployed = newest.and_then(|one| one.version.as_ref());
        let latest = session.catalog().latest_version(&self.group)?;
        (deployed != Some(latest)).then_some(Successor::Latest(latest))
    }

    /// Shows the listed active deployment instead: the service refuses a second one.
    fn turn_to_active(&mut self, session: &mut Session) {
        // The list may contain the running request before its response arrives.
        if self.run(session).is_some_and(DeploymentRun::is_sending) {
            return;
        }
        let is_asking = self.question.is_some();
        let is_reset = self.question.as_ref().is_some_and(|one| one.is_reset());
        let Some(newest) = newest(&self.group, session) else {
            return;
        };
        let status = session.catalog().deployment_status(&newest.id);
        let phase = status.ready().map(DeploymentStatus::phase);
        let is_active = matches!(
            phase,
            Some(DeploymentPhase::Building | DeploymentPhase::InProgress)
        );
        let has_run = self.run(session).is_some();
        if (is_active && !is_reset) || (!is_asking && !has_run && phase.is_some()) {
            let newest = newest.clone();
            session.watch_deployment(&self.group, &newest);
            if is_asking {
                self.question = None;
                session.notify(Notice::DeploymentActive);
            }
        }
    }

    /// Asks about `action`.
    pub(in crate::app) fn ask(&mut self, action: DeploymentAction, session: &Session) {
        self.question = Some(Box::new(DeploymentQuestion::new(action, session)));
        self.scroll = Scroll::default();
    }

    fn confirm(&mut self, session: &mut Session) {
        let Some(question) = &self.question else {
            return;
        };
        if let Some(obstacle) = question.obstacle(&self.group, session) {
            return session.notify(Notice::Obstacle(obstacle));
        }
        let request = question.request(&self.group);
        let may_go_unrecorded = question.may_go_unrecorded();
        self.question = None;
        self.scroll = Scroll::default();
        session.deploy(request, may_go_unrecorded);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends an overlay only its own commands"
    )]
    fn watch(&mut self, command: Command, session: &mut Session) -> Transition {
        let errors = self.errors(session).len();
        match command {
            Command::Open => match self.place(session) {
                Some(place) => return Transition::ToSlotOf(self.group.clone(), place.kind),
                None if errors > 0 => session.notify(Notice::FindingWithoutSlot),
                None => return Transition::Close,
            },
            Command::Deploy => {
                if let Some(successor) = self.successor(session) {
                    let action = DeploymentAction::Deploy(successor.version().clone());
                    session.deployment_seen(&self.group);
                    self.ask(action, session);
                }
            }
            Command::Retry => session.look_at_deployment(&self.group),
            Command::Copy => {
                if let Some(text) = self.to_copy(session) {
                    session.copy(text);
                }
            }
            _ => match self.current(session) {
                // A page has all errors.
                Some(current) => {
                    let cursor = command.moved(current, errors - 1, errors);
                    self.cursor = cursor.unwrap_or(current);
                }
                None => self.scroll_body(command, session),
            },
        }
        Transition::Stay
    }

    fn scroll_body(&mut self, command: Command, session: &Session) {
        let rows = session.size().body_rows().into();
        self.scroll.command(command, rows);
    }

    /// The full errors, or the id.
    fn to_copy(&self, session: &Session) -> Option<String> {
        let run = self.run(session)?;
        match &run.state {
            RunState::Failed(error) | RunState::Unknown(error) => Some(error.to_string()),
            RunState::Running(progress) => {
                let message = progress.status.error_message.clone();
                Some(message.unwrap_or_else(|| progress.deployment.id.to_string()))
            }
            RunState::Sending | RunState::Rehearsed => None,
        }
    }
}

/// The newest listed deployment or reset of a group.
pub fn newest<'a>(group: &GroupId, session: &'a Session) -> Option<&'a Deployment> {
    let listed = session.catalog().deployments(group)?;
    listed.items().iter().max_by_key(|one| one.created)
}

/// The reads of a group's newest deployment: the list, then its status.
pub fn newest_requests(group: &GroupId, session: &Session) -> impl Iterator<Item = Request> {
    let list = session.catalog().deployments_request(group);
    let newest = newest(group, session);
    let status = newest.map(|one| Request::DeploymentStatus(group.clone(), one.id.clone()));
    list.into_iter().chain(status)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a view has rules for only some of the commands"
)]
impl View for DeploymentView {
    fn context(&self) -> KeyContext {
        KeyContext::Deployment
    }

    fn enter_changes(&self, session: &Session) -> bool {
        let question = self.question.as_ref();
        question.is_some_and(|question| question.enter_changes(&self.group, session))
    }

    fn enter_label(&self, session: &Session) -> Option<&'static str> {
        Some(match &self.question {
            Some(question) => match question.focus {
                DeploymentFocus::Cancel => "cancel",
                DeploymentFocus::Confirm => "press the button",
            },
            None if self.place(session).is_some() => "go to its slot",
            None => "close",
        })
    }

    fn takes_as_text(&self, key: KeyPress) -> bool {
        let is_typing = self.question.as_ref().is_some_and(|one| one.is_typing());
        is_typing && (key.types_text() || key.key == Key::Backspace)
    }

    fn typed(&mut self, key: KeyPress, _session: &Session) {
        let is_text = self.takes_as_text(key);
        if let Some(question) = self.question.as_mut().filter(|_| is_text) {
            question.typed_name.press(key);
        }
    }

    fn pasted(&mut self, text: &str, _session: &Session) {
        if let Some(question) = self.question.as_mut().filter(|one| one.is_typing()) {
            question.typed_name.paste(text);
        }
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        let is_asking = self.question.is_some();
        match command {
            Command::Tick => {
                let boxes = self.question.as_ref().map(|question| question.boxes.all());
                Unavailable::NotHere("there is no box").when(boxes.is_none_or(<[_]>::is_empty))
            }
            Command::Left | Command::Right | Command::NextPane | Command::PreviousPane => {
                Unavailable::NotHere("there is no question").when(!is_asking)
            }
            Command::Up | Command::Down if is_asking => None,
            _ if command.scrolls() && self.errors(session).len() > 1 => None,
            _ if command.scrolls() => SHOWN_WHOLE.when(self.scroll.is_all_shown()),
            Command::Deploy if is_asking => Some(Unavailable::NotHere("this is the question")),
            Command::Deploy => Unavailable::NotHere("there is no other version to deploy")
                .when(self.successor(session).is_none()),
            Command::Copy => Unavailable::NotNow("there is nothing to copy")
                .when(is_asking || self.to_copy(session).is_none()),
            _ => None,
        }
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        if command == Command::Back {
            session.deployment_seen(&self.group);
            return Transition::Close;
        }
        let Some(question) = &mut self.question else {
            return self.watch(command, session);
        };
        match command {
            Command::Left => question.focus = DeploymentFocus::Cancel,
            Command::Right => question.focus = DeploymentFocus::Confirm,
            Command::NextPane | Command::PreviousPane => question.focus = question.focus.other(),
            Command::Up | Command::Down => question.boxes.step(command == Command::Down),
            Command::Tick => question.tick(),
            Command::Open if question.focus == DeploymentFocus::Cancel => {
                return Transition::Close;
            }
            Command::Open => self.confirm(session),
            Command::Retry => {
                session.forget(&Request::Deployments(self.group.clone(), None));
                session.forget(&Request::ServiceRole);
                session.forget(&Request::GroupRole(self.group.clone()));
                session.forget_failed_contents();
            }
            _ => self.scroll_body(command, session),
        }
        Transition::Stay
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let (group, catalog) = (&self.group, session.catalog());
        wanted.extend(Wanted::all(Urgency::Base, newest_requests(group, session)));
        let failed = self.run(session).filter(|run| run.is_failure());
        if failed.is_some() && session.last_success(group).is_none() {
            let listed = catalog.deployments(group).map_or(&[][..], Listing::items);
            let earlier = listed.iter().filter(|one| !one.is_reset());
            let statuses =
                earlier.map(|one| Request::DeploymentStatus(group.clone(), one.id.clone()));
            wanted.extend(Wanted::all(Urgency::OnScreen, statuses));
        }
        let of_question = self.question.as_ref().map(|question| &question.action);
        let action = of_question.or_else(|| failed.map(|run| &run.request.action));
        let Some(version) = action.and_then(DeploymentAction::version) else {
            return;
        };
        let request = Request::GroupVersion(group.clone(), version.clone());
        wanted.push(Wanted(Urgency::Base, request));
        if self.question.is_some() {
            let roles = [Request::ServiceRole, Request::GroupRole(group.clone())];
            wanted.extend(Wanted::all(Urgency::Slots, roles));
        }
        if let Some(read) = catalog.group_version(group, version).ready() {
            let held = read.slots.versions();
            let contents = held.map(|arn| catalog.content_request(arn));
            wanted.extend(Wanted::all(Urgency::Slots, contents));
        }
    }

    fn answered(&mut self, _request: &Request, session: &mut Session) -> Transition {
        self.turn_to_active(session);
        Transition::Stay
    }

    fn refresh(&mut self, session: &mut Session) {
        if let Some(question) = &mut self.question {
            question.renew(&self.group, session);
        }
    }

    fn drawn(&mut self, max_hidden: usize) {
        self.scroll.end_at(max_hidden);
    }
}
