//! The question before a deployment or a reset: its acknowledgements, and the reasons why it cannot be sent.

use crate::app::deployment_run::DeploymentRun;
use crate::app::notice::Obstacle;
use crate::app::remote::{Listing, Remote};
use crate::app::screen::review::{Acknowledgement, Boxes};
use crate::app::session::Session;
use crate::app::text_input::TextInput;
use crate::app::work::slot_content;
use crate::domain::check::{Checker, Contents, Findings};
use crate::domain::fold::is_same;
use crate::domain::{DefinitionKind, DeploymentAction, DeploymentRequest, GroupId};

use super::newest;

/// The focused button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentFocus {
    Cancel,
    Confirm,
}

impl DeploymentFocus {
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Cancel => Self::Confirm,
            Self::Confirm => Self::Cancel,
        }
    }
}

/// The question before one deployment or reset.
#[derive(Debug)]
pub struct DeploymentQuestion {
    pub action: DeploymentAction,
    pub focus: DeploymentFocus,
    pub boxes: Boxes,
    /// The group's name as typed by the user.
    pub typed_name: TextInput,
    /// True for a reset, and for a protected account.
    pub wants_name: bool,
    checker: Checker,
}

impl DeploymentQuestion {
    pub(super) fn new(action: DeploymentAction, session: &Session) -> Self {
        let mut boxes = Boxes::default();
        if let DeploymentAction::Reset { force } = action {
            boxes.put(vec![Acknowledgement::Force]);
            if force {
                boxes.tick();
            }
        }
        Self {
            wants_name: matches!(action, DeploymentAction::Reset { .. }) || session.is_protected(),
            action,
            focus: DeploymentFocus::Cancel,
            boxes,
            typed_name: TextInput::default(),
            checker: Checker::default(),
        }
    }

    pub(super) const fn is_reset(&self) -> bool {
        matches!(self.action, DeploymentAction::Reset { .. })
    }

    pub fn is_typing(&self) -> bool {
        self.wants_name && self.focus == DeploymentFocus::Confirm
    }

    /// The findings of the checks on the version.
    pub const fn findings(&self) -> &Findings {
        self.checker.findings()
    }

    /// Always true on Cancel: a held key must not press any button of a dialog that has just opened.
    pub(super) fn enter_changes(&self, group: &GroupId, session: &Session) -> bool {
        self.focus == DeploymentFocus::Cancel || self.obstacle(group, session).is_none()
    }

    /// Ticks the box under the cursor. For a reset, this also sets `force`.
    pub(super) fn tick(&mut self) {
        self.boxes.tick();
        if let DeploymentAction::Reset { force } = &mut self.action {
            *force = self.boxes.is_forced();
        }
    }

    /// True if there is a box for the history. Sending requires that it is ticked.
    pub(super) fn may_go_unrecorded(&self) -> bool {
        let mut all = self.boxes.all().iter();
        all.any(|one| matches!(one.what, Acknowledgement::Unrecorded(_)))
    }

    pub fn request(&self, group: &GroupId) -> DeploymentRequest {
        DeploymentRequest {
            group: group.clone(),
            action: self.action.clone(),
        }
    }

    /// Runs the checks on the loaded data and updates the boxes.
    pub(super) fn renew(&mut self, group: &GroupId, session: &Session) {
        self.wants_name |= session.is_protected();
        let catalog = session.catalog();
        let version = self.action.version();
        let read = version.and_then(|version| catalog.group_version(group, version).ready());
        let mut needed = Vec::new();
        needed.extend(self.is_reset().then_some(Acknowledgement::Force));
        if let Some(read) = read {
            let known = |arn: &_| slot_content(catalog.contents.get(arn));
            let contents = Contents::of(&read.slots, known);
            self.checker.update(&read.slots, contents, &session.scope());
            let findings = self.checker.findings();
            let blocking = findings.blocking_rules().into_iter();
            needed.extend(blocking.map(Acknowledgement::Blocking));
            let unchecked = findings.pending().iter().chain(findings.unknown());
            let unchecked: Vec<DefinitionKind> = unchecked.copied().collect();
            if !unchecked.is_empty() {
                needed.push(Acknowledgement::Unchecked(unchecked));
            }
            if catalog.service_role == Remote::Ready(None) {
                needed.push(Acknowledgement::NoServiceRole);
            }
        }
        let work = session.work().filter(|work| work.group == *group);
        let history_error = work.and_then(|work| work.history_error.clone());
        needed.extend(history_error.map(Acknowledgement::Unrecorded));
        self.boxes.put(needed);
    }

    /// The reason why the button is blocked; `None` if it is not.
    pub fn obstacle(&self, group: &GroupId, session: &Session) -> Option<Obstacle> {
        if session.launch().read_only {
            return Some(Obstacle::ReadOnly);
        }
        let run = session.deployment_of(group);
        if run.is_some_and(DeploymentRun::is_sending) {
            return Some(Obstacle::Sending);
        }
        let catalog = session.catalog();
        let listing = catalog.deployments(group);
        if let Some(error) = listing.and_then(Listing::error) {
            return Some(Obstacle::DeploymentsNotRead(error.title().to_owned()));
        }
        let status = newest(group, session).map(|newest| catalog.deployment_status(&newest.id));
        let is_status_open =
            status.is_some_and(|status| status.ready().is_none() && status.error().is_none());
        if listing.is_none_or(Listing::is_growing) || is_status_open {
            return Some(Obstacle::DeploymentsLoading);
        }
        if let Some(version) = self.action.version() {
            match catalog.group_version(group, version) {
                Remote::Ready(_) => {}
                Remote::Failed(error) => {
                    return Some(Obstacle::VersionNotRead(error.title().to_owned()));
                }
                Remote::Unasked | Remote::Loading => return Some(Obstacle::VersionLoading),
            }
            if matches!(catalog.service_role, Remote::Unasked | Remote::Loading) {
                return Some(Obstacle::DeploymentsLoading);
            }
        }
        let open = self.boxes.open().count();
        if open > 0 {
            return Some(Obstacle::Acknowledgements(open));
        }
        let name = session.group_name(group);
        let is_typed = !self.wants_name || is_same(self.typed_name.as_str(), &name);
        (!is_typed).then_some(if self.is_reset() {
            Obstacle::ResetNameNotTyped(name)
        } else {
            Obstacle::NameNotTyped
        })
    }
}
