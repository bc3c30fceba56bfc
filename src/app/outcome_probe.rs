//! The search for a group version after a CreateGroupVersion without a usable response; nothing is sent
//! again.

use std::time::Duration;

use super::catalog::Catalog;
use super::deployment_run::PollStep;
use super::effect::Request;
use super::loader::{Urgency, Wanted};
use super::remote::Listing;
use crate::domain::{
    CreateGroupVersion, CreatedVersion, GroupId, GroupVersion, GroupVersionEntry, GroupVersionId,
    ServiceError, Timestamp, VersionsBefore,
};

/// The pauses before each look after the first, because the service may still be at work.
const PAUSES: [Duration; 3] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// The versions of `group` in the catalog.
pub fn versions_before(group: &GroupId, catalog: &Catalog) -> VersionsBefore {
    VersionsBefore {
        latest: catalog.latest_version(group).cloned(),
        known: catalog.known_versions(group).cloned().collect(),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeResult {
    Looking,
    /// A new version has exactly the slots that were sent.
    Found(CreatedVersion),
    /// The last look found no such version.
    NotThere,
    /// The account could not be read.
    Failed(ServiceError),
}

/// The search for one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeProbe {
    before: VersionsBefore,
    /// Distinguishes its timers from those of other probes.
    number: u32,
    looks: usize,
    result: ProbeResult,
    is_pausing: bool,
}

impl OutcomeProbe {
    /// The maximum number of looks until the user requests more.
    pub const MAX_LOOKS: usize = PAUSES.len() + 1;

    /// Starts with the first look.
    pub fn begin(
        before: VersionsBefore,
        number: u32,
        sent: &CreateGroupVersion,
        catalog: &mut Catalog,
    ) -> Self {
        let mut probe = Self {
            before,
            number,
            looks: 0,
            result: ProbeResult::Looking,
            is_pausing: false,
        };
        probe.look(sent, catalog);
        probe
    }

    pub const fn result(&self) -> &ProbeResult {
        &self.result
    }

    pub const fn number(&self) -> u32 {
        self.number
    }

    pub const fn found(&self) -> Option<&CreatedVersion> {
        let ProbeResult::Found(version) = &self.result else {
            return None;
        };
        Some(version)
    }

    /// The number of looks since the user's last request.
    pub const fn looks(&self) -> usize {
        self.looks
    }

    pub fn start_over(&mut self, sent: &CreateGroupVersion, catalog: &mut Catalog) {
        if matches!(self.result, ProbeResult::NotThere | ProbeResult::Failed(_)) {
            self.looks = 0;
            self.result = ProbeResult::Looking;
            self.look(sent, catalog);
        }
    }

    pub fn look_again(&mut self, sent: &CreateGroupVersion, catalog: &mut Catalog) {
        if self.is_pausing {
            self.look(sent, catalog);
        }
    }

    /// Lets the data of a look be requested again.
    fn look(&mut self, sent: &CreateGroupVersion, catalog: &mut Catalog) {
        self.is_pausing = false;
        self.looks += 1;
        let group = &sent.group;
        for version in self.candidates(group, catalog) {
            if catalog.group_version(group, &version).error().is_some() {
                catalog.forget(&Request::GroupVersion(group.clone(), version));
            }
        }
        catalog.forget(&Request::GroupVersions(group.clone(), None));
        catalog.forget(&Request::Group(group.clone()));
    }

    pub fn wants(&self, sent: &CreateGroupVersion, catalog: &Catalog, wanted: &mut Vec<Wanted>) {
        if self.result != ProbeResult::Looking || self.is_pausing {
            return;
        }
        let mut want = |request| wanted.push(Wanted(Urgency::Base, request));
        let group = &sent.group;
        want(Request::Group(group.clone()));
        if let Some(list) = catalog.group_versions_request(group) {
            want(list);
        }
        for version in self.candidates(group, catalog) {
            want(Request::GroupVersion(group.clone(), version));
        }
    }

    /// Versions that may be the effect of the request. They are the group's latest version, and all with a
    /// date after the previous latest version. Until that date is known, only the latest.
    fn candidates(&self, group: &GroupId, catalog: &Catalog) -> Vec<GroupVersionId> {
        let listed = catalog.group_version_list(group);
        let entries = listed.map_or(&[][..], |listing| listing.items());
        let before = self.created_before(group, catalog, entries);
        let is_newer = |entry: &&GroupVersionEntry| match (&self.before.latest, before) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some(before)) => entry.created.is_none_or(|created| created >= before),
        };
        let newer = entries.iter().filter(is_newer);
        let newer = newer.map(|entry| entry.id.clone());
        let is_read = catalog.group_reading(group).ready().is_some();
        let latest = catalog.latest_version(group).filter(|_| is_read).cloned();
        let mut candidates: Vec<GroupVersionId> = latest.into_iter().chain(newer).collect();
        candidates.retain(|version| !self.before.contains(version));
        candidates.dedup();
        candidates
    }

    fn created_before(
        &self,
        group: &GroupId,
        catalog: &Catalog,
        entries: &[GroupVersionEntry],
    ) -> Option<Timestamp> {
        let known = self.before.latest.as_ref()?;
        let listed = entries.iter().find(|entry| entry.id == *known);
        let created = listed.and_then(|entry| entry.created);
        created.or_else(|| catalog.group_version(group, known).ready()?.created)
    }

    /// Compares the loaded versions with the request.
    pub fn refresh(&mut self, sent: &CreateGroupVersion, catalog: &Catalog) -> PollStep {
        if self.result != ProbeResult::Looking || self.is_pausing {
            return PollStep::Stay;
        }
        let group = &sent.group;
        let candidates = self.candidates(group, catalog);
        let reading = |version: &GroupVersionId| catalog.group_version(group, version);
        let found = candidates.iter().find_map(|version| {
            let read = reading(version).ready()?;
            (read.slots == sent.slots).then(|| receipt(group, version, read))
        });
        if let Some(found) = found {
            self.result = ProbeResult::Found(found);
            return PollStep::Ended;
        }
        let mut versions = candidates.iter();
        let is_reading = versions.any(|version| reading(version).is_open());
        // An unreadable version must not end the look while others are loading.
        if is_reading {
            return PollStep::Stay;
        }
        let mut errors = candidates.iter();
        let unread = errors.find_map(|version| reading(version).error());
        let listing = catalog.group_version_list(group);
        let read = catalog.group_reading(group);
        let error = unread
            .or_else(|| listing.and_then(Listing::error))
            .or_else(|| read.error());
        if let Some(error) = error {
            return self.not_there_yet(ProbeResult::Failed(error.clone()));
        }
        if listing.is_none_or(Listing::is_growing) || read.ready().is_none() {
            return PollStep::Stay;
        }
        self.not_there_yet(ProbeResult::NotThere)
    }

    /// This look found nothing: another follows after a pause, unless it was the last.
    fn not_there_yet(&mut self, otherwise: ProbeResult) -> PollStep {
        if let Some(&pause) = PAUSES.get(self.looks - 1) {
            self.is_pausing = true;
            return PollStep::Again(pause);
        }
        let is_about_account = otherwise == ProbeResult::NotThere;
        self.result = otherwise;
        if is_about_account {
            PollStep::Ended
        } else {
            PollStep::Stay
        }
    }
}

/// The receipt of a version found later, with the members of a response.
fn receipt(group: &GroupId, version: &GroupVersionId, read: &GroupVersion) -> CreatedVersion {
    CreatedVersion {
        arn: read.arn.clone(),
        creation_timestamp: read.created.map(Timestamp::iso),
        id: Some(group.to_string()),
        version: Some(version.to_string()),
        request_id: None,
    }
}
