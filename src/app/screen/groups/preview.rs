//! The preview next to the list of groups: the group on which the cursor has rested.

use std::time::Duration;

use crate::app::effect::{Request, Timer};
use crate::app::loader::{Urgency, Wanted};
use crate::app::overlay::deployment::newest_requests;
use crate::app::session::Session;
use crate::domain::GroupId;

/// The time for which the cursor must rest on a group before its data is loaded.
const REST: Duration = Duration::from_millis(300);

/// The side preview of the groups.
#[derive(Debug, Default)]
pub struct GroupPreview {
    is_off: bool,
    /// The group under the cursor.
    cursor: Option<GroupId>,
    /// The number of the current rest, so that an earlier timer changes nothing.
    rest: u32,
    group: Option<GroupId>,
}

impl GroupPreview {
    pub const fn is_open(&self, session: &Session) -> bool {
        !self.is_off && session.size().is_wide()
    }

    /// The shown group; `None` until the cursor has rested.
    pub const fn group(&self) -> Option<&GroupId> {
        self.group.as_ref()
    }

    pub const fn toggle(&mut self) {
        self.is_off = !self.is_off;
    }

    /// Follows the cursor.
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

    /// Shows the group. Its deployments are loaded again, because the core's state changes.
    pub fn rested(&mut self, rest: u32, session: &mut Session) {
        if let Some(group) = self.cursor.clone().filter(|_| rest == self.rest) {
            session.forget(&Request::Deployments(group.clone(), None));
            self.group = Some(group);
        }
    }

    pub(super) fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        if let Some(group) = &self.group {
            let newest = newest_requests(group, session);
            wanted.extend(Wanted::all(Urgency::Preview, newest));
        }
    }
}
