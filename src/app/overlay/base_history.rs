//! The group's versions, newest first: their changes, the deployed one, and the choice of a base.

use std::cmp::Reverse;

use super::deployment::newest;
use super::menu::{Menu, MenuRow};
use crate::app::command::Command;
use crate::app::effect::Request;
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::Notice;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::{Searchable, View};
use crate::app::work::Work;
use crate::domain::failure_reason::errors;
use crate::domain::{
    Base, DefinitionKind, Deployment, DeploymentAction, GroupId, GroupVersionEntry, GroupVersionId,
    SlotState, Slots,
};

/// The number of versions that are read to show their changes.
const READ_VERSIONS: usize = 20;

/// The versions of one group.
#[derive(Debug)]
pub struct BaseHistory {
    group: GroupId,
    pub menu: Menu<GroupVersionId>,
}

impl BaseHistory {
    pub fn new(work: &Work, session: &Session) -> Self {
        let mut history = Self {
            group: work.group.clone(),
            menu: Menu::new(Vec::new()),
        };
        history.update(session);
        history
    }

    /// The versions, newest first.
    pub fn entries<'a>(&self, session: &'a Session) -> Vec<&'a GroupVersionEntry> {
        let listing = session.catalog().group_version_list(&self.group);
        let listed = listing.map_or(&[][..], |listing| listing.items());
        let mut entries: Vec<&GroupVersionEntry> = listed.iter().collect();
        entries.sort_by_key(|entry| (Reverse(entry.created), &entry.id));
        entries
    }

    fn update(&mut self, session: &Session) {
        let entries = self.entries(session);
        let older = entries.iter().skip(1).map(|entry| Some(&entry.id));
        let rows = entries.iter().zip(older.chain([None]));
        let rows = rows.map(|(entry, older)| {
            MenuRow::new(self.describe(entry, older, session), entry.id.clone())
        });
        self.menu.replace(rows.collect());
    }

    fn describe(
        &self,
        entry: &GroupVersionEntry,
        older: Option<&GroupVersionId>,
        session: &Session,
    ) -> String {
        let created = entry.created.map(|created| created.to_string());
        let created = created.as_deref().unwrap_or("-");
        let latest = session.catalog().latest_version(&self.group);
        let base = session
            .draft()
            .and_then(|draft| draft.base().version.as_ref());
        let mut marks = Vec::new();
        marks.extend((latest == Some(&entry.id)).then(|| "latest".to_owned()));
        marks.extend((base == Some(&entry.id)).then(|| "base".to_owned()));
        let deployment = newest_of(&self.group, &entry.id, session);
        marks.extend(deployment.map(|deployment| deployed_mark(deployment, &self.group, session)));
        let changes = self.changes(&entry.id, older, session);
        let failure = deployment.and_then(|deployment| failure_message(deployment, session));
        let failure = failure.map_or_else(String::new, |message| format!("; {message}"));
        format!(
            "{}  {created:<17}  {:<20}  {changes}{failure}",
            entry.id.short(),
            marks.join(", ")
        )
    }

    /// The changes of a version since the one before it.
    fn changes(
        &self,
        version: &GroupVersionId,
        older: Option<&GroupVersionId>,
        session: &Session,
    ) -> String {
        let slots = |version: &GroupVersionId| {
            let read = session.catalog().group_version(&self.group, version);
            read.ready().map(|read| &read.slots)
        };
        let nothing = Slots::default();
        let before = older.map_or(Some(&nothing), slots);
        let (Some(before), Some(after)) = (before, slots(version)) else {
            return String::new();
        };
        let changed = DefinitionKind::ALL.into_iter().filter_map(|kind| {
            let state = SlotState::between(before, after, kind);
            let words = || format!("{kind} {}", state.word());
            state.is_change().then(words)
        });
        let changed: Vec<String> = changed.collect();
        if changed.is_empty() {
            "identical to the previous version".to_owned()
        } else {
            changed.join(", ")
        }
    }

    fn selected_arn(&self, session: &Session) -> Option<String> {
        let version = self.menu.selected()?;
        let entries = self.entries(session);
        let entry = entries.iter().find(|entry| entry.id == *version)?;
        entry.arn.clone()
    }

    /// Starts the draft again from this version; undo restores the previous one.
    fn choose_base(&self, version: &GroupVersionId, session: &mut Session) -> Transition {
        let catalog = session.catalog();
        let Some(read) = catalog.group_version(&self.group, version).ready() else {
            session.notify(Notice::VersionLoading(Command::Open));
            return Transition::Stay;
        };
        let base = Base {
            version: Some(version.clone()),
            slots: read.slots.clone(),
        };
        let latest = catalog.latest_version(&self.group).cloned();
        if let Some(work) = session.work_mut() {
            work.start_from(base, latest);
        }
        session.notify(Notice::BaseChosen(version.clone()));
        Transition::Close
    }
}

impl View for BaseHistory {
    fn context(&self) -> KeyContext {
        KeyContext::BaseHistory
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        Some(&self.menu)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        Some(&mut self.menu)
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let (group, catalog) = (&self.group, session.catalog());
        let versions = catalog.group_versions_request(group);
        wanted.extend(Wanted::all(Urgency::Base, versions));
        let deployments = catalog.deployments_request(group);
        wanted.extend(Wanted::all(Urgency::OtherLists, deployments));
        let from = self.menu.cursor().saturating_sub(READ_VERSIONS / 2);
        let entries = self.entries(session).into_iter();
        let on_screen: Vec<_> = entries.skip(from).take(READ_VERSIONS).collect();
        let versions = on_screen.iter().map(|entry| &entry.id);
        let deployed = versions
            .clone()
            .filter_map(|id| newest_of(group, id, session));
        let deployments = newest(group, session).into_iter().chain(deployed);
        let statuses =
            deployments.map(|one| Request::DeploymentStatus(group.clone(), one.id.clone()));
        let versions = versions.map(|id| Request::GroupVersion(group.clone(), id.clone()));
        wanted.extend(Wanted::all(Urgency::OnScreen, statuses.chain(versions)));
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        if command == Command::Copy && self.selected_arn(session).is_none() {
            return Some(Unavailable::NotNow("there is no ARN here"));
        }
        if command == Command::Deploy && self.menu.selected().is_none() {
            return Some(Unavailable::NotNow("there is no version here"));
        }
        self.menu.unavailable(command)
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        match (command, self.menu.selected().cloned()) {
            (Command::Back, _) => return Transition::Close,
            (Command::Open, Some(version)) => return self.choose_base(&version, session),
            (Command::Tick, Some(version)) => return Transition::TakeSlot(version),
            (Command::Deploy, Some(version)) => {
                let action = DeploymentAction::Deploy(version);
                return Transition::Deployment(self.group.clone(), Some(action));
            }
            (Command::Copy, _) => {
                if let Some(arn) = self.selected_arn(session) {
                    session.copy(arn);
                }
            }
            (Command::Retry, Some(version)) => {
                session.forget(&Request::GroupVersions(self.group.clone(), None));
                session.forget(&Request::Deployments(self.group.clone(), None));
                session.forget(&Request::GroupVersion(self.group.clone(), version));
            }
            _ => {}
        }
        Transition::Stay
    }

    fn answered(&mut self, _request: &Request, session: &mut Session) -> Transition {
        self.update(session);
        Transition::Stay
    }
}

/// The newest deployment of a version.
fn newest_of<'a>(
    group: &GroupId,
    version: &GroupVersionId,
    session: &'a Session,
) -> Option<&'a Deployment> {
    let listed = session.catalog().deployments(group)?.items().iter();
    let of_version = listed.filter(|one| !one.is_reset() && one.version.as_ref() == Some(version));
    of_version.max_by_key(|one| one.created)
}

/// The reason why a deployment failed; `None` if the mark has it.
fn failure_message(deployment: &Deployment, session: &Session) -> Option<String> {
    let status = session.catalog().deployment_status(&deployment.id);
    let error = errors(status.ready()?).into_iter().next()?;
    error.code.is_some().then_some(error.message)
}

/// The mark of a version by its newest deployment: `deployed (Success)`, and the reason for a failure.
fn deployed_mark(deployment: &Deployment, group: &GroupId, session: &Session) -> String {
    let newest = newest(group, session).filter(|newest| newest.id != deployment.id);
    let word = match newest {
        None => "deployed",
        Some(newest) if newest.is_reset() => "deployed, then reset",
        Some(_) => "deployed earlier",
    };
    // A newer reset gives the core's current status.
    let shown = newest
        .filter(|newest| newest.is_reset())
        .unwrap_or(deployment);
    let status = match session.catalog().deployment_status(&shown.id).ready() {
        None => "status not read".to_owned(),
        Some(status) => match errors(status).first() {
            Some(error) => {
                let code = error.code.as_deref().unwrap_or(&error.message);
                format!("{}: {code}", status.word())
            }
            None => status.word().to_owned(),
        },
    };
    format!("{word} ({status})")
}
