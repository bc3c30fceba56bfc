//! The contents of the groups: loaded for the search, and matched by it.

use std::collections::HashSet;

use super::Groups;
use super::texts::{is_read, latest, slot_with, texts};
use crate::app::effect::Request;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::{Notice, ReadingNotice};
use crate::app::picker::{PickerRow, RowTexts};
use crate::app::screen::assemble::REST_AT_ONCE;
use crate::app::series::SeriesSlot;
use crate::app::session::Session;
use crate::app::view::View;
use crate::domain::{DefinitionKind, DefinitionVersionArn, Group, GroupId};
use crate::search::ItemMatch;

impl Groups {
    pub(super) fn put(&mut self, group: &Group, session: &Session) {
        let texts = texts(group, session);
        let texts = texts.iter().map(|text| (text.field, text.text.as_str()));
        let texts: Vec<_> = texts.collect();
        let row = PickerRow {
            name: group.name.as_deref(),
            arn: group.arn.as_deref().unwrap_or(group.id.as_str()),
            is_base: false,
            is_latest: false,
            is_new: false,
            created: None,
        };
        let found_by = RowTexts {
            texts: &texts,
            has_contents: is_read(group, session),
        };
        self.picker.put(group.id.clone(), row, found_by);
    }

    pub(super) fn put_all<'a>(
        &mut self,
        groups: impl IntoIterator<Item = &'a GroupId>,
        session: &Session,
    ) {
        for id in groups {
            if let Some(group) = session.catalog().group(id) {
                self.put(group, session);
            }
        }
        self.reveal(session);
    }

    /// Records the versions in a group's latest version.
    pub(super) fn version_read(&mut self, id: &GroupId, session: &Session) {
        let group = session.catalog().group(id);
        let latest = group.and_then(|group| latest(group, session));
        for arn in latest.iter().flat_map(|version| version.slots.versions()) {
            let holders = self.holders.entry(arn.clone()).or_default();
            if !holders.contains(id) {
                holders.push(id.clone());
            }
        }
        self.put_all([id], session);
    }

    /// Updates the groups that use versions of this kind, because a definition now has a name.
    pub(super) fn named(&mut self, kind: DefinitionKind, session: &Session) {
        let holders = self.holders.iter();
        let of_kind = holders.filter(|(arn, _)| arn.kind() == kind);
        let groups: HashSet<GroupId> = of_kind.flat_map(|(_, groups)| groups).cloned().collect();
        self.put_all(&groups, session);
    }

    /// The match of the selected group, with the version in the matching slot.
    pub(super) fn selected_slot(
        &self,
        session: &Session,
    ) -> Option<(DefinitionVersionArn, ItemMatch)> {
        let matched = self.picker.selected_match()?;
        let slot = slot_with(self.selected(session)?, &matched, session)?;
        Some((slot, matched))
    }

    /// The matching slots of all groups found by their contents.
    pub(super) fn matched_slots(&self, session: &Session) -> Vec<SeriesSlot> {
        let found = self.picker.matches().filter_map(|(id, matched)| {
            let group = session.catalog().group(id)?;
            let held = slot_with(group, &matched?, session)?;
            Some(SeriesSlot::new(id.clone(), held))
        });
        found.collect()
    }

    /// Loads the contents of all groups, or stops that.
    pub(super) fn read_rest(&mut self, session: &mut Session) {
        let left = self.picker.len() - self.picker.with_contents();
        let is_reading = self.reads_rest(session);
        session.notify(match (left, is_reading) {
            (0, _) => Notice::Reading(ReadingNotice::AllRead),
            (left, false) => Notice::Reading(ReadingNotice::Begun(left)),
            (left, true) => Notice::Reading(ReadingNotice::Stopped(left)),
        });
        self.is_reading_rest = left > 0 && !is_reading;
    }

    /// True while the contents of all groups are loading.
    pub(super) fn reads_rest(&self, session: &Session) -> bool {
        session.launch().reads_all || self.is_reading_rest
    }

    /// Requests the next latest versions and contents for the search.
    pub(super) fn want_rest(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let catalog = session.catalog();
        let groups = self.picker.without_contents();
        let groups = groups.filter_map(|id| catalog.group(id));
        let requests = groups.flat_map(|group| {
            let id = group.latest.as_ref();
            let version = id.map(|id| Request::GroupVersion(group.id.clone(), id.clone()));
            let held = latest(group, session).into_iter();
            let held = held.flat_map(|version| version.slots.versions());
            let contents = held.map(|arn| catalog.content_request(arn));
            version.into_iter().chain(contents)
        });
        let requests = requests.filter(|request| catalog.is_unasked(request));
        wanted.extend(Wanted::all(Urgency::Rest, requests.take(REST_AT_ONCE)));
    }
}
