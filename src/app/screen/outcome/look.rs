//! Looking whether a version whose outcome is unknown is there; nothing is ever sent again from here.

use std::collections::HashSet;
use std::time::Duration;

use crate::app::effect::{Request, Timer};
use crate::app::loader::{Urgency, Wanted};
use crate::app::remote::{Listing, Remote};
use crate::app::session::Session;
use crate::app::work::Sent;
use crate::domain::{GroupId, GroupVersionEntry, GroupVersionId, ServiceError, Slots, Timestamp};

/// How long to wait before each look after the first: the service may still be at work.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// What the looking has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    Looking,
    /// A version that did not exist before holds exactly what was sent.
    Found(GroupVersionId),
    /// The last look saw no such version.
    NotThere,
    /// The account could not be read.
    Failed(ServiceError),
}

/// The search for one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    group: GroupId,
    slots: Slots,
    known_latest: Option<GroupVersionId>,
    /// Versions that were there before the request: none of them came of it.
    known: HashSet<GroupVersionId>,
    number: u32,
    looks: usize,
    looked: Looked,
    waits: bool,
}

impl Look {
    pub(super) fn begin(sent: Sent, session: &mut Session) -> Self {
        let mut look = Self {
            group: sent.request.group,
            slots: sent.request.slots,
            known_latest: sent.latest,
            known: sent.known,
            number: session.next_number(),
            looks: 0,
            looked: Looked::Looking,
            waits: false,
        };
        look.ask(session);
        look
    }

    pub const fn looked(&self) -> &Looked {
        &self.looked
    }

    pub const fn found(&self) -> Option<&GroupVersionId> {
        match &self.looked {
            Looked::Found(version) => Some(version),
            Looked::Looking | Looked::NotThere | Looked::Failed(_) => None,
        }
    }

    /// How often it was looked since the person last asked for it.
    pub const fn looks(&self) -> usize {
        self.looks
    }

    /// How many looks there are at the most.
    pub const fn most_looks() -> usize {
        PAUSES.len() + 1
    }

    pub(super) fn start_over(&mut self, session: &mut Session) {
        if matches!(self.looked, Looked::NotThere | Looked::Failed(_)) {
            self.looks = 0;
            self.looked = Looked::Looking;
            self.ask(session);
        }
    }

    pub(super) fn again(&mut self, number: u32, session: &mut Session) {
        if number == self.number && self.waits {
            self.ask(session);
        }
    }

    fn ask(&mut self, session: &mut Session) {
        self.waits = false;
        self.looks += 1;
        for version in self.candidates(session) {
            // What could not be read at the last look is asked for again.
            if session
                .catalog
                .group_version(&self.group, &version)
                .error()
                .is_some()
            {
                let request = Request::GroupVersion(self.group.clone(), version);
                session.catalog.forget(&request);
            }
        }
        session
            .catalog
            .forget(&Request::GroupVersions(self.group.clone(), None));
        session.ask_again(Request::Group(self.group.clone()));
        session.ask(Request::GroupVersions(self.group.clone(), None));
    }

    pub(super) fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        if self.looked != Looked::Looking || self.waits {
            return;
        }
        let mut want = |request| {
            wanted.push(Wanted {
                urgency: Urgency::Now,
                request,
            });
        };
        if let Some(listing) = session.catalog.group_version_list(&self.group)
            && let Some(token) = listing.wanted()
        {
            want(Request::GroupVersions(self.group.clone(), token.clone()));
        }
        for version in self.candidates(session) {
            want(Request::GroupVersion(self.group.clone(), version));
        }
    }

    /// Versions that may have come of the request: the group's latest, and all that the list
    /// dates after the version that was the latest before. Before that date is known, none but the latest.
    fn candidates(&self, session: &Session) -> Vec<GroupVersionId> {
        let listed = session.catalog.group_version_list(&self.group);
        let entries = listed.map_or(&[][..], |listing| listing.items());
        let before = self.created_before(session, entries);
        let is_newer = |entry: &&GroupVersionEntry| match (&self.known_latest, before) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some(before)) => entry.created.is_none_or(|created| created >= before),
        };
        let newer = entries
            .iter()
            .filter(is_newer)
            .map(|entry| entry.id.clone());
        let latest = session
            .catalog
            .single_group(&self.group)
            .ready()
            .and_then(|group| group.latest.clone());
        let mut candidates: Vec<GroupVersionId> = latest.into_iter().chain(newer).collect();
        candidates.retain(|version| !self.known.contains(version));
        candidates.dedup();
        candidates
    }

    fn created_before(
        &self,
        session: &Session,
        entries: &[GroupVersionEntry],
    ) -> Option<Timestamp> {
        let known = self.known_latest.as_ref()?;
        let listed = entries
            .iter()
            .find(|entry| entry.id == *known)
            .and_then(|entry| entry.created);
        listed.or_else(|| {
            session
                .catalog
                .group_version(&self.group, known)
                .ready()?
                .created
        })
    }

    /// Judges what has been read; true when the outcome is settled just now.
    pub(super) fn refresh(&mut self, session: &mut Session) -> bool {
        if self.looked != Looked::Looking || self.waits {
            return false;
        }
        let candidates = self.candidates(session);
        let catalog = &session.catalog;
        let reading = |version: &GroupVersionId| catalog.group_version(&self.group, version);
        let is_sent = |version: &&GroupVersionId| {
            reading(version)
                .ready()
                .is_some_and(|read| read.slots == self.slots)
        };
        if let Some(version) = candidates.iter().find(is_sent) {
            self.looked = Looked::Found(version.clone());
            return true;
        }
        let is_reading = candidates
            .iter()
            .any(|version| matches!(reading(version), Remote::Unasked | Remote::Loading));
        // One that cannot be read hides none that is still being read.
        if is_reading {
            return false;
        }
        let unread = candidates
            .iter()
            .find_map(|version| reading(version).error());
        if let Some(error) = unread.cloned().or_else(|| self.reading_error(session)) {
            return self.fail(error, session);
        }
        let listing_grows = session
            .catalog
            .group_version_list(&self.group)
            .is_none_or(Listing::is_growing);
        let group_loads = session.catalog.single_group(&self.group).is_loading();
        if listing_grows || group_loads {
            return false;
        }
        self.not_there_yet(Looked::NotThere, session)
    }

    fn reading_error(&self, session: &Session) -> Option<ServiceError> {
        let listed = session
            .catalog
            .group_version_list(&self.group)
            .and_then(|listing| listing.error());
        let group = session.catalog.single_group(&self.group).error();
        listed.or(group).cloned()
    }

    fn fail(&mut self, error: ServiceError, session: &mut Session) -> bool {
        self.not_there_yet(Looked::Failed(error), session)
    }

    /// This look saw nothing: another follows after a pause, until it was the last.
    fn not_there_yet(&mut self, otherwise: Looked, session: &mut Session) -> bool {
        if let Some(&pause) = PAUSES.get(self.looks - 1) {
            self.waits = true;
            session.start_timer(Timer::LookAgain { look: self.number }, pause);
            return false;
        }
        let is_settled = otherwise == Looked::NotThere;
        self.looked = otherwise;
        is_settled
    }
}
