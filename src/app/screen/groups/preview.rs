//! What stands beside the list of groups: the group that the cursor has rested on.

use std::time::Duration;

use crate::app::effect::{Request, Timer};
use crate::app::loader::{Urgency, Wanted};
use crate::app::overlay::deployment::newest;
use crate::app::remote::Listing;
use crate::app::session::Session;
use crate::domain::GroupId;

/// How long the cursor rests on a group before anything is read for it.
const REST: Duration = Duration::from_millis(300);

/// The side preview of the groups.
#[derive(Debug, Default)]
pub struct GroupPreview {
    is_off: bool,
    /// Where the cursor is.
    cursor: Option<GroupId>,
    /// Numbers the rests, so that the timer of an earlier one changes nothing.
    rest: u32,
    group: Option<GroupId>,
}

impl GroupPreview {
    pub const fn is_open(&self, session: &Session) -> bool {
        !self.is_off && session.size().is_wide()
    }

    /// The group that is shown; `None` until the cursor has rested.
    pub const fn group(&self) -> Option<&GroupId> {
        self.group.as_ref()
    }

    pub const fn toggle(&mut self) {
        self.is_off = !self.is_off;
    }

    /// Takes in where the cursor is now.
    pub(super) fn follow(&mut self, cursor: Option<&GroupId>, session: &mut Session) {
        let cursor = cursor.filter(|_| self.is_open(session));
        if self.cursor.as_ref() == cursor {
            return;
        }
        self.cursor = cursor.cloned();
        self.group = None;
        self.rest += 1;
        if cursor.is_some() {
            session.start_timer(Timer::CursorRested { rest: self.rest }, REST);
        }
    }

    /// The cursor has rested; the deployments are read again, since the core goes on.
    pub(super) fn rested(&mut self, rest: u32, session: &mut Session) {
        if let Some(group) = self.cursor.clone().filter(|_| rest == self.rest) {
            session.forget(&Request::Deployments(group.clone(), None));
            self.group = Some(group);
        }
    }

    pub(super) fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let Some(group) = &self.group else { return };
        let mut want = |request| {
            let urgency = Urgency::Preview;
            wanted.push(Wanted { urgency, request });
        };
        let listing = session.catalog().deployments(group);
        if let Some(token) = listing.map_or(Some(&None), Listing::wanted) {
            want(Request::Deployments(group.clone(), token.clone()));
        }
        if let Some(newest) = newest(group, session) {
            want(Request::DeploymentStatus(group.clone(), newest.id.clone()));
        }
    }
}
