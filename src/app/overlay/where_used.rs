//! Which groups' latest versions hold a definition version: read on request, group by group.

use std::sync::Arc;

use crate::app::command::Command;
use crate::app::effect::Request;
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::remote::Remote;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::view::View;
use crate::domain::{DefinitionVersionArn, Group, GroupId, GroupVersion, GroupVersionId};

/// More questions than may be under way at a time need not be listed.
const AT_ONCE: usize = 16;

/// The version whose users are looked for.
#[derive(Debug)]
pub struct WhereUsed {
    pub arn: DefinitionVersionArn,
    scroll: Scroll,
}

/// The result so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GroupsUsing<'a> {
    pub users: Vec<&'a Group>,
    /// Groups of the same definition with another of its versions.
    pub others: Vec<(&'a Group, DefinitionVersionArn)>,
    pub read: usize,
    pub failed: usize,
    /// Groups that have a version at all.
    pub groups: usize,
    /// False while the list of groups is not complete.
    pub all_groups_known: bool,
}

impl GroupsUsing<'_> {
    /// The last group can be alone on the screen.
    fn max_top(&self) -> usize {
        (self.users.len() + self.others.len()).saturating_sub(1)
    }
}

/// In how many other groups' latest versions the definition is, and how many were read.
pub fn in_other_groups(
    session: &Session,
    own: &GroupId,
    arn: &DefinitionVersionArn,
) -> (usize, usize) {
    let catalog = session.catalog();
    let others = groups_with_versions(session).filter(|(group, _)| group.id != *own);
    let read: Vec<_> = others
        .filter_map(|(group, latest)| catalog.group_version(&group.id, latest).ready())
        .collect();
    let is_user = |version: &&&Arc<GroupVersion>| {
        let held = version.slots.version(arn.kind());
        held.is_some_and(|held| held.definition() == arn.definition())
    };
    (read.iter().filter(is_user).count(), read.len())
}

impl WhereUsed {
    pub fn new(arn: DefinitionVersionArn) -> Self {
        Self {
            arn,
            scroll: Scroll::default(),
        }
    }

    /// How many groups are above the screen.
    pub fn top(&self, found: &GroupsUsing<'_>) -> usize {
        self.scroll.hidden(found.max_top())
    }

    pub fn found<'a>(&self, session: &'a Session) -> GroupsUsing<'a> {
        let mut found = GroupsUsing {
            all_groups_known: session.catalog().groups().is_complete(),
            ..GroupsUsing::default()
        };
        for (group, latest) in groups_with_versions(session) {
            found.groups += 1;
            match session.catalog().group_version(&group.id, latest) {
                Remote::Ready(version) => {
                    found.read += 1;
                    match version.slots.version(self.arn.kind()) {
                        Some(held) if *held == self.arn => found.users.push(group),
                        Some(held) if held.definition() == self.arn.definition() => {
                            found.others.push((group, held.clone()));
                        }
                        Some(_) | None => {}
                    }
                }
                Remote::Failed(_) => found.failed += 1,
                Remote::Unasked | Remote::Loading => {}
            }
        }
        found
    }
}

impl View for WhereUsed {
    fn context(&self) -> KeyContext {
        KeyContext::WhereUsed
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        if let Some(token) = session.catalog().groups().wanted() {
            wanted.push(Wanted {
                urgency: Urgency::Base,
                request: Request::Groups(token.clone()),
            });
        }
        let unread = groups_with_versions(session).filter(|(group, latest)| {
            let version = session.catalog().group_version(&group.id, latest);
            version.is_unasked()
        });
        for (group, latest) in unread.take(AT_ONCE) {
            let request = Request::GroupVersion(group.id.clone(), latest.clone());
            wanted.push(Wanted {
                urgency: Urgency::OnScreen,
                request,
            });
        }
    }

    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        if matches!(command, Command::Open | Command::Back) {
            return Transition::Close;
        }
        self.scroll
            .command(command, session.size().list_rows().into());
        self.scroll.end_at(self.found(session).max_top());
        Transition::Stay
    }
}

fn groups_with_versions(session: &Session) -> impl Iterator<Item = (&Group, &GroupVersionId)> {
    session
        .catalog()
        .groups()
        .items()
        .iter()
        .filter_map(|group| Some((group, group.latest.as_ref()?)))
}
