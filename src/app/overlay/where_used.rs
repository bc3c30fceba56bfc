//! The groups that use a definition version, another version of its definition, or an item in it; read on
//! request.

use std::collections::HashSet;

use super::deployment::newest;
use super::menu::{Menu, MenuRow};
use crate::app::command::Command;
use crate::app::effect::Request;
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::remote::Remote;
use crate::app::ring::neighbour;
use crate::app::series::SeriesSlot;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::{Searchable, View};
use crate::domain::content::TermField;
use crate::domain::{DefinitionVersionArn, Group, GroupId, GroupVersion, GroupVersionId, Slots};

/// Only this many requests are listed, because no more can run at a time.
const AT_ONCE: usize = 16;

/// The version to search for, and the groups found so far.
#[derive(Debug)]
pub struct WhereUsed {
    pub arn: DefinitionVersionArn,
    /// A text of one of the version's items, to search for instead of the version.
    item: Option<(TermField, String)>,
    pub menu: Menu<UsedSlot>,
    marked: HashSet<UsedSlot>,
    pub progress: GroupsRead,
}

/// A slot of a group with a match.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UsedSlot {
    pub group: GroupId,
    pub held: DefinitionVersionArn,
    /// The deployed group version, if it is not the latest.
    pub deployed: Option<GroupVersionId>,
}

/// How many groups are loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupsRead {
    pub read: usize,
    pub failed: usize,
    /// Groups with at least one version.
    pub groups: usize,
    /// False while the list of groups is not complete.
    pub all_groups_known: bool,
}

/// The number of other groups whose latest version uses the definition, and the number of loaded groups.
pub fn in_other_groups(
    session: &Session,
    own: &GroupId,
    arn: &DefinitionVersionArn,
) -> (usize, usize) {
    let catalog = session.catalog();
    let others = groups_with_versions(session).filter(|(group, _)| group.id != *own);
    let (mut users, mut read) = (0, 0);
    for (group, latest) in others {
        if let Some(version) = catalog.group_version(&group.id, latest).ready() {
            let held = version.slots.version(arn.kind());
            users += usize::from(held.is_some_and(|held| held.definition() == arn.definition()));
            read += 1;
        }
    }
    (users, read)
}

impl WhereUsed {
    pub fn new(
        arn: DefinitionVersionArn,
        item: Option<(TermField, String)>,
        session: &mut Session,
    ) -> Self {
        let mut view = Self {
            arn,
            item,
            menu: Menu::new(Vec::new()),
            marked: HashSet::new(),
            progress: GroupsRead::default(),
        };
        view.refresh(session);
        view
    }

    /// The item text to search for; `None` for the version itself.
    pub fn item(&self) -> Option<&str> {
        self.item.as_ref().map(|(_, text)| text.as_str())
    }

    pub fn is_marked(&self, slot: &UsedSlot) -> bool {
        self.marked.contains(slot)
    }

    /// True if the data to match these slots is loaded.
    fn is_known(&self, slots: &Slots, session: &Session) -> bool {
        let contents = &session.catalog().contents;
        let is_known = |arn| contents.is_known(arn) || contents.get(arn).error().is_some();
        self.item.is_none() || slots.versions().all(is_known)
    }

    fn used(
        &self,
        group: &Group,
        slots: &Slots,
        deployed: Option<&GroupVersionId>,
        session: &Session,
    ) -> Option<UsedSlot> {
        let held = match &self.item {
            None => slots
                .version(self.arn.kind())
                .filter(|held| held.definition() == self.arn.definition()),
            Some((field, text)) => {
                let has = |arn: &&DefinitionVersionArn| {
                    let mut terms = session.catalog().contents.terms(arn);
                    terms.any(|term| term.field == *field && term.text == text)
                };
                let own = slots.version(self.arn.kind());
                own.into_iter().chain(slots.versions()).find(has)
            }
        };
        held.map(|held| UsedSlot {
            group: group.id.clone(),
            held: held.clone(),
            deployed: deployed.cloned(),
        })
    }

    /// The possible searches: for the version itself, and for each text of its items.
    fn choices(&self, session: &Session) -> Vec<Option<(TermField, String)>> {
        let mut choices = vec![None];
        for term in session.catalog().contents.terms(&self.arn) {
            let choice = Some((term.field, term.text.to_owned()));
            let is_named = !matches!(term.field, TermField::Other | TermField::Row);
            if is_named && !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        choices
    }

    /// Selects the next or the previous search.
    fn choose(&mut self, is_next: bool, session: &mut Session) {
        self.item = neighbour(&self.choices(session), &self.item, is_next);
        self.menu = Menu::new(Vec::new());
        self.marked.clear();
        self.refresh(session);
    }

    /// The marked latest versions; without marks, all of them.
    fn to_change(&self) -> Vec<SeriesSlot> {
        let rows = self.menu.visible().map(|row| &row.value);
        let slots = rows.filter(|slot| self.marked.is_empty() || self.is_marked(slot));
        let latest = slots.filter(|slot| slot.deployed.is_none());
        latest
            .map(|slot| SeriesSlot::new(slot.group.clone(), slot.held.clone()))
            .collect()
    }
}

impl View for WhereUsed {
    fn context(&self) -> KeyContext {
        KeyContext::WhereUsed
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        Some(&self.menu)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        Some(&mut self.menu)
    }

    /// Finds the slots with a match, those with this version first.
    fn refresh(&mut self, session: &mut Session) {
        let catalog = session.catalog();
        let mut progress = GroupsRead {
            all_groups_known: catalog.groups().is_complete(),
            ..GroupsRead::default()
        };
        let mut found = Vec::new();
        for (group, latest) in groups_with_versions(session) {
            progress.groups += 1;
            let name = group.name.as_deref();
            let mut add = |version: &GroupVersion, deployed| {
                let slot = self.used(group, &version.slots, deployed, session);
                found.extend(slot.map(|slot| (name, slot)));
            };
            match catalog.group_version(&group.id, latest) {
                Remote::Ready(version) => {
                    progress.read += usize::from(self.is_known(&version.slots, session));
                    add(version, None);
                }
                Remote::Failed(_) => progress.failed += 1,
                Remote::Unasked | Remote::Loading => {}
            }
            if let Some(deployed) = deployed(group, session).filter(|id| *id != latest)
                && let Some(version) = catalog.group_version(&group.id, deployed).ready()
            {
                add(version, Some(deployed));
            }
        }
        found.sort_by_key(|(name, slot)| (slot.deployed.is_some(), slot.held != self.arn, *name));
        let rows = found.into_iter().map(|(name, slot)| {
            let (id, held) = (slot.group.short(), slot.held.short());
            let (name, kind) = (name.unwrap_or_default(), slot.held.kind());
            let text = format!("{name} {id} {kind} {held}");
            MenuRow::new(text, slot)
        });
        self.menu.replace(rows.collect());
        self.progress = progress;
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let catalog = session.catalog();
        wanted.extend(Wanted::all(Urgency::Base, catalog.groups_request()));
        let requests = groups_with_versions(session).flat_map(|(group, latest)| {
            let version = |id: &GroupVersionId| Request::GroupVersion(group.id.clone(), id.clone());
            let deployments = Request::Deployments(group.id.clone(), None);
            let read = catalog.group_version(&group.id, latest).ready();
            let held = read.iter().flat_map(|read| read.slots.versions());
            let held = held.filter(|_| self.item.is_some());
            let contents: Vec<_> = held.map(|arn| catalog.content_request(arn)).collect();
            let deployed = deployed(group, session).map(version);
            let first = [version(latest), deployments].into_iter();
            first.chain(deployed).chain(contents)
        });
        let unread = requests.filter(|request| catalog.is_unasked(request));
        wanted.extend(Wanted::all(Urgency::OnScreen, unread.take(AT_ONCE)));
    }

    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        let is_empty = command == Command::Successor && self.to_change().is_empty();
        let no_group = Unavailable::NotNow("there is no group here").when(is_empty);
        no_group.or_else(|| self.menu.unavailable(command))
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        let selected = self.menu.selected().cloned();
        match (command, selected) {
            (Command::Open, Some(slot)) => {
                return Transition::ToSlotOf(slot.group, slot.held.kind());
            }
            (Command::Tick, Some(slot)) => {
                if !self.marked.remove(&slot) {
                    self.marked.insert(slot);
                }
                self.menu.command(Command::Down, session);
            }
            (Command::Copy, Some(slot)) => {
                let group = session.catalog().group(&slot.group);
                if let Some(arn) = group.and_then(|group| group.arn.clone()) {
                    session.copy(arn);
                }
            }
            (Command::NextPane | Command::PreviousPane, _) => {
                self.choose(command == Command::NextPane, session);
            }
            (Command::Successor, _) => {
                session.begin_series(self.to_change());
                return Transition::NextOfSeries;
            }
            (Command::Back, _) => return Transition::Close,
            _ => {}
        }
        Transition::Stay
    }
}

/// The group version of the newest deployment; `None` after a reset.
fn deployed<'a>(group: &Group, session: &'a Session) -> Option<&'a GroupVersionId> {
    newest(&group.id, session)?.version.as_ref()
}

fn groups_with_versions(session: &Session) -> impl Iterator<Item = (&Group, &GroupVersionId)> {
    session
        .catalog()
        .groups()
        .items()
        .iter()
        .filter_map(|group| Some((group, group.latest.as_ref()?)))
}
