//! The reads that the Assemble screen requests, the most urgent first.

use super::{Assemble, own};
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
        let mut want = |urgency, request| wanted.push(Wanted(urgency, request));
        if let Some(work) = session.work() {
            want_work(work, session, &mut want);
        }
        for (kind, definition) in &self.older {
            want_versions(session, *kind, definition, Urgency::Base, &mut want);
        }
        for kind in self.kinds_by_nearness() {
            if let Some(token) = session.catalog().definitions(kind).wanted() {
                let urgency = match token {
                    _ if kind == self.focus => Urgency::FocusedList,
                    None => Urgency::OtherLists,
                    Some(_) => Urgency::MoreLists,
                };
                want(urgency, Request::Definitions(kind, token.clone()));
            }
        }
        let is_newest_first = self.pane().picker.sort() == Sort::Newest;
        let draft = session.work().and_then(Work::draft);
        let own = draft.and_then(|draft| own(draft, self.focus));
        for arn in self.on_screen(session) {
            want(Urgency::OnScreen, session.catalog().content_request(arn));
        }
        let listed = self.on_screen(session).filter(|_| is_newest_first);
        for arn in own.into_iter().chain(listed) {
            let definition = arn.definition_id();
            want_versions(
                session,
                self.focus,
                &definition,
                Urgency::OnScreen,
                &mut want,
            );
        }
        if is_newest_first && let Some(definition) = self.next_unread(session) {
            want_versions(session, self.focus, &definition, Urgency::Order, &mut want);
        }
        for kind in self.kinds_by_nearness() {
            if self.reads_rest(kind, session) {
                self.want_rest(kind, session, &mut want);
            }
        }
    }

    /// True while all versions of this kind and their contents are read.
    pub(super) fn reads_rest(&self, kind: DefinitionKind, session: &Session) -> bool {
        session.launch().reads_all || self.rest[kind]
    }

    /// Wants the next versions that are not listed, and the next contents that no search knows yet.
    fn want_rest(
        &self,
        kind: DefinitionKind,
        session: &Session,
        want: &mut impl FnMut(Urgency, Request),
    ) {
        let catalog = session.catalog();
        if let Some(definition) = catalog.next_without_versions(kind) {
            want_versions(session, kind, definition, Urgency::Rest, want);
        }
        let unread = self.panes[kind].picker.without_contents();
        let unread = unread.filter(|arn| catalog.contents.get(arn).is_unasked());
        for arn in unread.take(REST_AT_ONCE) {
            want(Urgency::Rest, catalog.content_request(arn));
        }
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

fn want_work(work: &Work, session: &Session, want: &mut impl FnMut(Urgency, Request)) {
    let group = &work.group;
    let of_group = |version: &GroupVersionId| Request::GroupVersion(group.clone(), version.clone());
    if work.draft().is_none()
        && let Some(version) = work.base_version(session.catalog())
    {
        want(Urgency::Base, of_group(version));
        if let Some(base) = work.base_reading(session.catalog()).ready() {
            for arn in work.written_after(&base.slots) {
                want(Urgency::Base, session.catalog().content_request(arn));
                let definition = arn.definition_id();
                want(Urgency::Base, Request::Definition(arn.kind(), definition));
            }
        }
    }
    if session.catalog().group(group).is_none() {
        want(Urgency::Base, Request::Group(group.clone()));
    }
    if let Some(superseded) = work.superseded() {
        want(Urgency::Base, of_group(&superseded.version));
    }
    if let Some(request) = work.wanted_base_list(session.catalog()) {
        want(Urgency::Base, request);
    }
    for arn in work.needed_contents() {
        want(Urgency::Slots, session.catalog().content_request(arn));
    }
}

fn want_versions(
    session: &Session,
    kind: DefinitionKind,
    definition: &DefinitionId,
    urgency: Urgency,
    want: &mut impl FnMut(Urgency, Request),
) {
    // The service does not know it yet.
    if definition.is_new() {
        return;
    }
    let token = match session.catalog().versions(definition) {
        None => None,
        Some(listing) => match listing.wanted() {
            Some(token) => token.clone(),
            None => return,
        },
    };
    want(
        urgency,
        Request::DefinitionVersions(kind, definition.clone(), token),
    );
}
