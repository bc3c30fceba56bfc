//! The Groups screen: every group of the account.

mod holding;
mod preview;
mod texts;

use std::collections::HashMap;

use uuid::Uuid;

use crate::app::command::Command;
use crate::app::effect::Request;
use crate::app::key::KeyPress;
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::picker::Picker;
use crate::app::screen::assemble::FIRST_FOCUS;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::text::error_lines;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::View;
use crate::domain::fold::is_same;
use crate::domain::{DefinitionKind, DefinitionVersionArn, Group, GroupId};
use crate::search::Sort;

pub use preview::GroupPreview;
pub use texts::matched_slot;

const NO_ITEM: Unavailable = Unavailable::NotNow("first search for a content");

/// The loaded groups.
#[derive(Debug)]
pub struct Groups {
    pub picker: Picker<GroupId>,
    pub preview: GroupPreview,
    read: usize,
    /// The latest versions of all groups are requested.
    pub is_reading_rest: bool,
    /// For each version, the loaded groups whose latest version uses it.
    holders: HashMap<DefinitionVersionArn, Vec<GroupId>>,
    /// The drafts shown in the rows.
    drafts: Vec<(GroupId, usize)>,
}

/// The result of looking up `--group`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// A later page may contain it.
    Undecided,
    Found(GroupId),
    Ambiguous(Vec<GroupId>),
    Unknown,
}

impl Default for Groups {
    fn default() -> Self {
        Self {
            picker: Picker::sorted(Sort::Name),
            preview: GroupPreview::default(),
            read: 0,
            is_reading_rest: false,
            holders: HashMap::new(),
            drafts: Vec::new(),
        }
    }
}

impl Groups {
    fn rows(&self, session: &Session) -> usize {
        usize::from(session.size().list_rows())
            .saturating_sub(usize::from(self.picker.has_search_line()))
    }

    /// Adds the groups that arrived since the last call.
    fn add_groups(&mut self, session: &Session) {
        let groups = session.catalog().groups().items();
        for group in groups.iter().skip(self.read) {
            self.put(group, session);
        }
        self.read = groups.len();
        self.reveal(session);
    }

    fn selected<'a>(&self, session: &'a Session) -> Option<&'a Group> {
        session.catalog().group(self.picker.selected()?)
    }
}

impl View for Groups {
    fn context(&self) -> KeyContext {
        KeyContext::Groups
    }

    fn search_text(&self) -> Option<&str> {
        self.picker.search_text()
    }

    fn typed(&mut self, key: KeyPress, session: &Session) {
        self.picker.typed(key);
        self.reveal(session);
    }

    fn pasted(&mut self, text: &str, session: &Session) {
        self.picker.pasted(text);
        self.reveal(session);
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command is always available"
    )]
    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        match command {
            Command::Open | Command::Deploy => {
                Unavailable::NotNow("there is no group here").when(self.picker.selected().is_none())
            }
            Command::Copy => {
                let arn = self.selected(session).and_then(|group| group.arn.as_ref());
                Unavailable::NotNow("there is no ARN here").when(arn.is_none())
            }
            Command::Preview => Unavailable::NotNow("the preview needs a wider window")
                .when(!session.size().is_wide()),
            Command::WhereUsed => NO_ITEM.when(self.selected_slot(session).is_none()),
            Command::Successor => {
                NO_ITEM.when(self.selected_slot(session).is_none() && !session.series().goes_on())
            }
            Command::OlderVersions => {
                Unavailable::NotNow("there is no group here").when(self.picker.is_empty())
            }
            Command::Retry => Unavailable::NotNow("nothing failed here")
                .when(session.catalog().groups().error().is_none()),
            Command::Back => Unavailable::NotHere("this is the first screen")
                .when(!self.picker.has_search_line()),
            _ => None,
        }
    }

    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let rows = self.rows(session);
        if self.picker.command(command, rows) {
            self.reveal(session);
            self.picker.hold();
            return Transition::Stay;
        }
        self.execute(command, session)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends a screen only its own commands"
    )]
    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        match command {
            Command::Open => {
                if let Some(id) = self.picker.selected().cloned() {
                    let found = self.selected(session).zip(self.picker.selected_match());
                    let slot = found.and_then(|(group, item)| matched_slot(group, &item, session));
                    self.picker.end_search();
                    return match slot {
                        Some(slot) => Transition::ToSlotOf(id, slot),
                        None => Transition::OpenGroup(id),
                    };
                }
            }
            Command::OlderVersions => self.read_rest(session),
            Command::WhereUsed => {
                if let Some((slot, item)) = self.selected_slot(session) {
                    return Transition::WhereUsed(slot, Some((item.field, item.text)));
                }
            }
            Command::Successor => {
                let slots = self.matched_slots(session);
                if !slots.is_empty() {
                    session.begin_series(slots);
                }
                return Transition::NextOfSeries;
            }
            Command::Copy => {
                if let Some(arn) = self.selected(session).and_then(|group| group.arn.clone()) {
                    session.copy(arn);
                }
            }
            Command::PlainText => {
                let groups = session.catalog().groups();
                let failure = groups.error().filter(|_| groups.items().is_empty());
                return Transition::Read(match failure {
                    Some(error) => Subject::Lines {
                        title: "groups",
                        lines: error_lines(error),
                        files: Vec::new(),
                    },
                    None => Subject::Groups(self.picker.ordered_ids().cloned().collect()),
                });
            }
            Command::Deploy => {
                if let Some(group) = self.selected(session) {
                    return Transition::Deployment(group.id.clone(), None);
                }
            }
            Command::SwitchAccount => return Transition::SwitchAccount,
            Command::Preview => self.preview.toggle(),
            Command::Retry => session.forget(&Request::Groups(None)),
            _ => {}
        }
        Transition::Stay
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        if session.work().is_some() {
            return;
        }
        let mut may_be_listed = true;
        if let Some(name) = &session.launch().group
            && is_id_like(name)
        {
            let id = GroupId::new(name.as_str());
            let reading = session.catalog().group_reading(&id);
            // A name hardly looks like a UUID, so the list is read only if no group has this id.
            may_be_listed = Uuid::parse_str(name).is_err() || reading.error().is_some();
            wanted.push(Wanted(Urgency::Base, Request::Group(id)));
        }
        if may_be_listed {
            let groups = session.catalog().groups_request();
            wanted.extend(Wanted::all(Urgency::FocusedList, groups));
        }
        for id in self.picker.window_ids(self.rows(session)) {
            if let Some(latest) = session.catalog().latest_version(id) {
                let version = Request::GroupVersion(id.clone(), latest.clone());
                wanted.push(Wanted(Urgency::OnScreen, version));
            }
        }
        if self.reads_rest(session) {
            self.want_rest(session, wanted);
        }
        // The first pages load while the user still chooses the group.
        let is_opening = session.launch().group.is_some();
        for kind in DefinitionKind::ALL {
            if session.catalog().definitions(kind).is_unasked() {
                let urgency = match is_opening {
                    true if kind == FIRST_FOCUS => Urgency::FocusedList,
                    true => Urgency::OtherLists,
                    false => Urgency::MoreLists,
                };
                wanted.push(Wanted(urgency, Request::Definitions(kind, None)));
            }
        }
        self.preview.wants(session, wanted);
    }

    /// Moves the cursor to the group with the last draft, unless a key has moved it.
    fn refresh(&mut self, session: &mut Session) {
        let drafts: Vec<_> = session.drafts().collect();
        if drafts != self.drafts {
            let before = std::mem::replace(&mut self.drafts, drafts.clone());
            let groups = before.iter().chain(&drafts).map(|(group, _)| group);
            self.put_all(groups, session);
        }
        if let Some(left) = session.last_left_draft() {
            self.picker.suggest(left.group.clone());
            self.reveal(session);
        }
        self.preview.follow(self.picker.selected(), session);
    }

    fn answered(&mut self, request: &Request, session: &mut Session) -> Transition {
        match request {
            Request::Groups(_) => self.add_groups(session),
            Request::Group(id) | Request::GroupVersion(id, _) => self.version_read(id, session),
            Request::Definitions(kind, _) | Request::Definition(kind, _) => {
                self.named(*kind, session);
            }
            Request::Content(arn, _) => {
                let holders = self.holders.get(arn).cloned().unwrap_or_default();
                self.put_all(&holders, session);
            }
            Request::Identity
            | Request::GroupVersions(..)
            | Request::DefinitionVersions(..)
            | Request::Deployments(..)
            | Request::DeploymentStatus(..)
            | Request::ServiceRole
            | Request::GroupRole(_) => {}
        }
        Transition::Stay
    }

    fn fit(&mut self, session: &Session) {
        self.picker.resized();
        self.reveal(session);
    }

    fn is_searching(&self) -> bool {
        self.picker.is_searching()
    }

    fn reveal(&mut self, session: &Session) {
        let rows = self.rows(session);
        self.picker.reveal(rows);
    }
}

/// Looks up the group of `--group`, by id first, then by name.
pub fn resolve(name: &str, session: &Session) -> Resolution {
    let id = GroupId::new(name);
    if session.catalog().group(&id).is_some() {
        return Resolution::Found(id);
    }
    let listing = session.catalog().groups();
    let matching = listing.items().iter().filter(|group| {
        let other = group.name.as_deref();
        other.is_some_and(|other| is_same(other, name))
    });
    let found: Vec<GroupId> = matching.map(|group| group.id.clone()).collect();
    let by_id = session.catalog().group_reading(&id);
    let may_still_come = listing.is_growing() || by_id.is_loading();
    match found.as_slice() {
        _ if may_still_come => Resolution::Undecided,
        [only] => Resolution::Found(only.clone()),
        [] if listing.error().is_some() => Resolution::Undecided,
        [] => Resolution::Unknown,
        _ => Resolution::Ambiguous(found),
    }
}

/// Ids are opaque, so any text could be one, and a request for it runs in parallel with the list. But a text
/// with blanks or slashes is a name.
fn is_id_like(text: &str) -> bool {
    let is_of_id = |character: char| character.is_ascii_alphanumeric() || character == '-';
    !text.is_empty() && text.chars().all(is_of_id)
}
