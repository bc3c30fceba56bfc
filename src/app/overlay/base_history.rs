//! The group's versions, newest first: what changed from each to the next, which is deployed, and which to start from.

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
use crate::domain::{
    Base, DefinitionKind, Deployment, GroupId, GroupVersionEntry, GroupVersionId, SlotState, Slots,
};

/// How many versions are read to show what changed between them.
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
            menu: Menu::default(),
        };
        history.update(session);
        history
    }

    /// The versions, newest first.
    pub fn entries<'a>(&self, session: &'a Session) -> Vec<&'a GroupVersionEntry> {
        let listing = session.catalog().group_version_list(&self.group);
        let mut entries: Vec<&GroupVersionEntry> = listing
            .map_or(&[][..], |listing| listing.items())
            .iter()
            .collect();
        entries.sort_by(|one, other| {
            other
                .created
                .cmp(&one.created)
                .then_with(|| one.id.cmp(&other.id))
        });
        entries
    }

    fn update(&mut self, session: &Session) {
        let entries = self.entries(session);
        let older = entries
            .iter()
            .skip(1)
            .map(|entry| Some(&entry.id))
            .chain([None]);
        let rows = entries.iter().zip(older).map(|(entry, older)| {
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
        let created = entry
            .created
            .map_or_else(|| "-".to_owned(), |created| created.to_string());
        let work = session.work();
        let mut marks = Vec::new();
        if session
            .catalog()
            .group(&self.group)
            .and_then(|group| group.latest.as_ref())
            == Some(&entry.id)
        {
            marks.push("latest".to_owned());
        }
        if work
            .and_then(Work::draft)
            .and_then(|draft| draft.base().version.as_ref())
            == Some(&entry.id)
        {
            marks.push("base".to_owned());
        }
        marks
            .extend(last_deployed(&self.group, session).and_then(|last| last.mark(entry, session)));
        let changes = self.changes(&entry.id, older, session);
        format!(
            "{}  {created:<17}  {:<20}  {changes}",
            entry.id.short(),
            marks.join(", ")
        )
    }

    /// What a version changed against the one before it.
    fn changes(
        &self,
        version: &GroupVersionId,
        older: Option<&GroupVersionId>,
        session: &Session,
    ) -> String {
        let slots = |version: &GroupVersionId| {
            session
                .catalog()
                .group_version(&self.group, version)
                .ready()
                .map(|read| &read.slots)
        };
        let nothing = Slots::default();
        let before = older.map_or(Some(&nothing), slots);
        let (Some(before), Some(after)) = (before, slots(version)) else {
            return String::new();
        };
        let changed = DefinitionKind::ALL.into_iter().filter_map(|kind| {
            let state = SlotState::between(before, after, kind);
            state
                .is_change()
                .then(|| format!("{kind} {}", state.word()))
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

    /// The draft starts again from this version; undo brings back what was.
    fn choose_base(&self, version: &GroupVersionId, session: &mut Session) -> Transition {
        let Some(read) = session
            .catalog()
            .group_version(&self.group, version)
            .ready()
        else {
            session.notify(Notice::VersionLoading(Command::Open));
            return Transition::Stay;
        };
        let base = Base {
            version: Some(version.clone()),
            slots: read.slots.clone(),
        };
        let latest = session
            .catalog()
            .group(&self.group)
            .and_then(|group| group.latest.clone());
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
        let mut want = |urgency, request| wanted.push(Wanted { urgency, request });
        let group = &self.group;
        match session.catalog().group_version_list(group) {
            None => want(Urgency::Base, Request::GroupVersions(group.clone(), None)),
            Some(listing) => {
                if let Some(token) = listing.wanted() {
                    want(
                        Urgency::Base,
                        Request::GroupVersions(group.clone(), token.clone()),
                    );
                }
            }
        }
        match session.catalog().deployments(group) {
            None => want(
                Urgency::OtherLists,
                Request::Deployments(group.clone(), None),
            ),
            Some(listing) => {
                if let Some(token) = listing.wanted() {
                    want(
                        Urgency::OtherLists,
                        Request::Deployments(group.clone(), token.clone()),
                    );
                }
            }
        }
        if let Some(last) = last_deployed(group, session) {
            want(
                Urgency::OtherLists,
                Request::DeploymentStatus(group.clone(), last.newest().id.clone()),
            );
        }
        let from = self.menu.cursor().saturating_sub(READ_VERSIONS / 2);
        for entry in self
            .entries(session)
            .into_iter()
            .skip(from)
            .take(READ_VERSIONS)
        {
            want(
                Urgency::OnScreen,
                Request::GroupVersion(group.clone(), entry.id.clone()),
            );
        }
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        if command == Command::Copy && self.selected_arn(session).is_none() {
            return Some(Unavailable::NotNow("there is no ARN here"));
        }
        self.menu.unavailable(command)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends an overlay only its own commands"
    )]
    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        if self.menu.command(command, session) {
            return Transition::Stay;
        }
        if command == Command::Back {
            return Transition::Close;
        }
        let Some(version) = self.menu.selected().cloned() else {
            return Transition::Stay;
        };
        match command {
            Command::Open => self.choose_base(&version, session),
            Command::Tick => Transition::TakeSlot(version),
            Command::Copy => {
                if let Some(arn) = self.selected_arn(session) {
                    session.copy(arn);
                }
                Transition::Stay
            }
            Command::Retry => {
                session.forget(&Request::GroupVersions(self.group.clone(), None));
                session.forget(&Request::Deployments(self.group.clone(), None));
                session.forget(&Request::GroupVersion(self.group.clone(), version));
                Transition::Stay
            }
            _ => Transition::Stay,
        }
    }

    fn answered(&mut self, _request: &Request, session: &mut Session) -> Transition {
        self.update(session);
        Transition::Stay
    }
}

/// What was deployed last, whatever came of it.
struct LastDeployed<'a> {
    deployment: &'a Deployment,
    /// Made after it: the core has nothing any more, unless this failed.
    reset: Option<&'a Deployment>,
}

impl<'a> LastDeployed<'a> {
    /// The deployment whose status is the current one.
    fn newest(&self) -> &'a Deployment {
        self.reset.unwrap_or(self.deployment)
    }

    /// The mark of the version that was deployed: `deployed (Success)`.
    fn mark(&self, entry: &GroupVersionEntry, session: &Session) -> Option<String> {
        if self.deployment.version.as_ref() != Some(&entry.id) {
            return None;
        }
        let status = session.catalog().deployment_status(&self.newest().id);
        let status = status.ready().and_then(|status| status.status.as_deref());
        let word = match self.reset {
            None => "deployed",
            Some(_) => "deployed, then reset",
        };
        Some(format!("{word} ({})", status.unwrap_or("status not read")))
    }
}

fn last_deployed<'a>(group: &GroupId, session: &'a Session) -> Option<LastDeployed<'a>> {
    let deployments = session.catalog().deployments(group)?.items();
    let newest = |is_meant: fn(&Deployment) -> bool| {
        let meant = deployments.iter().filter(|one| is_meant(one));
        meant.max_by_key(|one| one.created)
    };
    let deployment = newest(|one| !one.is_reset() && one.version.is_some())?;
    let reset = newest(Deployment::is_reset).filter(|reset| reset.created > deployment.created);
    Some(LastDeployed { deployment, reset })
}
