//! The reads that the Assemble screen requests, the most urgent first.

use super::{Assemble, own};
use crate::app::catalog::Catalog;
use crate::app::effect::Request;
use crate::app::loader::{Urgency, Wanted};
use crate::app::session::Session;
use crate::app::work::Work;
use crate::domain::{DefinitionId, DefinitionKind, DefinitionVersionArn, GroupVersionId};
use crate::search::Sort;

/// Only this many contents are listed, because no more can load at a time.
pub(in crate::app::screen) const REST_AT_ONCE: usize = 4;

/// How many rows are searched for the next definition whose versions order the list.
const TOP_OF_THE_PANE: usize = 200;

impl Assemble {
    /// Adds the requests to `wanted`, including answered ones and those in flight.
    pub(super) fn add_wanted(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let catalog = session.catalog();
        if let Some(work) = session.work() {
            want_work(work, catalog, wanted);
        }
        let older = self.older.iter();
        let older = older.filter_map(|(kind, id)| catalog.versions_request(*kind, id));
        wanted.extend(Wanted::all(Urgency::Base, older));
        for kind in self.kinds_by_nearness() {
            if let Some(token) = catalog.definitions(kind).wanted() {
                let urgency = match token {
                    _ if kind == self.focus => Urgency::FocusedList,
                    None => Urgency::OtherLists,
                    Some(_) => Urgency::MoreLists,
                };
                wanted.push(Wanted(urgency, Request::Definitions(kind, token.clone())));
            }
        }
        let contents = self.on_screen(session);
        let contents = contents.map(|arn| catalog.content_request(arn));
        wanted.extend(Wanted::all(Urgency::OnScreen, contents));
        let is_newest_first = self.pane().picker.sort() == Sort::Newest;
        let versions_of = |id: DefinitionId| catalog.versions_request(self.focus, &id);
        let own = session.draft().and_then(|draft| own(draft, self.focus));
        let listed = self.on_screen(session).filter(|_| is_newest_first);
        let definitions = own.into_iter().chain(listed);
        let definitions = definitions.map(DefinitionVersionArn::definition_id);
        let versions = definitions.filter_map(versions_of);
        wanted.extend(Wanted::all(Urgency::OnScreen, versions));
        if is_newest_first {
            let next = self.next_unread(session).and_then(versions_of);
            wanted.extend(Wanted::all(Urgency::Order, next));
        }
        for kind in self.kinds_by_nearness() {
            if self.reads_rest(kind, session) {
                self.want_rest(kind, catalog, wanted);
            }
        }
    }

    /// True while all versions of this kind and their contents are read.
    pub(super) fn reads_rest(&self, kind: DefinitionKind, session: &Session) -> bool {
        session.launch().reads_all || self.rest[kind]
    }

    /// Wants the next versions that are not listed, and the next contents that no search knows yet.
    fn want_rest(&self, kind: DefinitionKind, catalog: &Catalog, wanted: &mut Vec<Wanted>) {
        let definition = catalog.next_without_versions(kind);
        let versions = definition.and_then(|id| catalog.versions_request(kind, id));
        let unread = self.panes[kind].picker.without_contents();
        let unread = unread.filter(|arn| catalog.contents.get(arn).is_unasked());
        let contents = unread.map(|arn| catalog.content_request(arn));
        let requests = versions.into_iter().chain(contents.take(REST_AT_ONCE));
        wanted.extend(Wanted::all(Urgency::Rest, requests));
    }

    /// The versions whose rows are drawn now.
    pub fn on_screen<'a>(
        &'a self,
        session: &Session,
    ) -> impl Iterator<Item = &'a DefinitionVersionArn> {
        self.pane().picker.window_ids(self.rows(session))
    }

    fn kinds_by_nearness(&self) -> impl Iterator<Item = DefinitionKind> {
        let others = DefinitionKind::ALL
            .into_iter()
            .filter(|&kind| kind != self.focus);
        std::iter::once(self.focus).chain(others)
    }

    /// The next definition of the open pane without loaded versions, from the top.
    fn next_unread(&self, session: &Session) -> Option<DefinitionId> {
        let is_unread = |definition: &DefinitionId| {
            !definition.is_new() && session.catalog().versions(definition).is_none()
        };
        let top = self.pane().picker.ordered_ids().take(TOP_OF_THE_PANE);
        top.map(DefinitionVersionArn::definition_id)
            .find(is_unread)
            .or_else(|| session.catalog().next_without_versions(self.focus).cloned())
    }
}

fn want_work(work: &Work, catalog: &Catalog, wanted: &mut Vec<Wanted>) {
    let mut want = |request| wanted.push(Wanted(Urgency::Base, request));
    let group = &work.group;
    let of_group = |version: &GroupVersionId| Request::GroupVersion(group.clone(), version.clone());
    if work.draft().is_none()
        && let Some(version) = work.base_version(catalog)
    {
        want(of_group(version));
        if let Some(base) = work.base_reading(catalog).ready() {
            for arn in work.written_after(&base.slots) {
                want(catalog.content_request(arn));
                want(Request::Definition(arn.kind(), arn.definition_id()));
            }
        }
    }
    if catalog.group(group).is_none() {
        want(Request::Group(group.clone()));
    }
    if let Some(superseded) = work.superseded() {
        want(of_group(&superseded.version));
    }
    if let Some(list) = work.wanted_base_list(catalog) {
        want(list);
    }
    let contents = work.needed_contents();
    let contents = contents.map(|arn| catalog.content_request(arn));
    wanted.extend(Wanted::all(Urgency::Slots, contents));
}
