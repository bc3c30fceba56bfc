//! What the Assemble screen would like to have read, the most urgent first.

use super::Assemble;
use crate::app::effect::Request;
use crate::app::loader::{Urgency, Wanted};
use crate::app::session::Session;
use crate::app::work::Work;
use crate::domain::{DefinitionId, DefinitionKind, DefinitionVersionArn};

impl Assemble {
    /// Adds what is wanted to `wanted`; what has been answered or is under way may be among it.
    pub fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let mut want = |urgency, request| wanted.push(Wanted { urgency, request });
        if let Some(work) = &session.work {
            want_work(work, session, &mut want);
        }
        for definition in &self.older {
            want_versions(session, self.focus, definition, Urgency::Now, &mut want);
        }
        for kind in self.kinds_by_nearness() {
            if let Some(token) = session.catalog.definitions(kind).wanted() {
                want(Urgency::Lists, Request::Definitions(kind, token.clone()));
            }
        }
        for arn in self.on_screen(session) {
            want(Urgency::OnScreen, Request::Content(arn.clone()));
            want_versions(
                session,
                self.focus,
                &arn.definition_id(),
                Urgency::OnScreen,
                &mut want,
            );
        }
        if self.ahead > 0
            && let Some(definition) = self.next_unread(session)
        {
            want_versions(session, self.focus, &definition, Urgency::Ahead, &mut want);
        }
    }

    /// One question less may be read ahead.
    pub fn read_ahead(&mut self) {
        self.ahead = self.ahead.saturating_sub(1);
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

    /// The definition nearest to the top of the open pane whose older versions are not read.
    fn next_unread(&self, session: &Session) -> Option<DefinitionId> {
        self.pane()
            .picker
            .ordered_ids()
            .map(DefinitionVersionArn::definition_id)
            .find(|definition| session.catalog.versions(definition).is_none())
    }
}

fn want_work(work: &Work, session: &Session, want: &mut impl FnMut(Urgency, Request)) {
    if work.draft().is_none() {
        match work.base_version(&session.catalog) {
            Some(version) => want(
                Urgency::Now,
                Request::GroupVersion(work.group.clone(), version.clone()),
            ),
            None if session.catalog.group(&work.group).is_none() => {
                want(Urgency::Now, Request::Group(work.group.clone()));
            }
            None => {}
        }
    }
    if let Some(request) = work.wanted_base_list(&session.catalog) {
        want(Urgency::Now, request);
    }
    for arn in work.needed_contents() {
        want(Urgency::Now, Request::Content(arn.clone()));
    }
}

fn want_versions(
    session: &Session,
    kind: DefinitionKind,
    definition: &DefinitionId,
    urgency: Urgency,
    want: &mut impl FnMut(Urgency, Request),
) {
    let token = match session.catalog.versions(definition) {
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
