//! From Create to the wire: the group is read once more, and only what was reviewed is sent.

use super::{Boxes, Review, Stage};
use crate::app::effect::{CreateRequest, Request};
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::domain::{GroupVersionId, ServiceError};

impl Review {
    /// Asks once more where the group stands, before anything is sent.
    pub(super) fn create(&mut self, session: &mut Session) -> Transition {
        if let Some(missing) = self.missing(session) {
            session.notify(missing);
            return Transition::Stay;
        }
        self.stage = Stage::Rereading;
        self.keep_up(session);
        Transition::Stay
    }

    /// Reads the group again without sending anything.
    pub(super) fn reread(&mut self, session: &mut Session) {
        self.stage = Stage::Reading;
        self.keep_up(session);
    }

    /// The group has been read anew: is its latest version still the one that was known?
    /// An answer that is not waited for, as while a request is on its way, decides nothing.
    pub(super) fn group_read(
        &mut self,
        answer: Result<Option<GroupVersionId>, ServiceError>,
        session: &mut Session,
    ) -> Transition {
        let is_sending = match self.stage {
            Stage::Rereading => true,
            Stage::Reading => false,
            Stage::Ready | Stage::NotRead(_) | Stage::Moved(_) => {
                return Transition::Stay;
            }
        };
        let latest = match answer {
            Err(error) => {
                self.stage = Stage::NotRead(error);
                return Transition::Stay;
            }
            Ok(latest) => latest,
        };
        let Some(work) = session.work() else {
            return Transition::Stay;
        };
        if let Some(latest) = latest.filter(|latest| work.is_moved(latest)) {
            let request = Request::GroupVersion(work.group.clone(), latest.clone());
            self.stage = Stage::Moved(latest);
            session.ask(request);
            return if is_sending {
                self.open_moved(session)
            } else {
                Transition::Stay
            };
        }
        self.stage = Stage::Ready;
        self.keep_up(session);
        if is_sending {
            self.send(session)
        } else {
            Transition::Stay
        }
    }

    pub(super) fn open_moved(&self, session: &Session) -> Transition {
        match (&self.stage, session.work()) {
            (Stage::Moved(latest), Some(_)) => Transition::Rebase(latest.clone()),
            _ => Transition::Stay,
        }
    }

    /// The person has chosen to supersede what somebody else created.
    pub fn overwrite(&mut self, latest: GroupVersionId, session: &mut Session) {
        if let Some(work) = session.work_mut() {
            work.overwrite(latest);
        }
        self.stage = Stage::Ready;
        self.disarm(session);
        self.keep_up(session);
        self.boxes.go_to_first();
    }

    /// The draft stands on the new base now, so nothing that was ticked before counts.
    pub fn rebased(&mut self, session: &mut Session) {
        self.boxes = Boxes::default();
        self.stage = Stage::Ready;
        self.disarm(session);
        self.keep_up(session);
    }

    fn send(&mut self, session: &mut Session) -> Transition {
        if let Some(missing) = self.missing(session) {
            session.notify(missing);
            return Transition::Stay;
        }
        let Some((create, draft)) = session
            .work()
            .and_then(|work| work.request().zip(work.draft()))
        else {
            return Transition::Stay;
        };
        let identity = session.catalog().identity.ready().and_then(Option::as_ref);
        let request = CreateRequest {
            base_version: draft.base().version.clone(),
            old_slots: draft.base().slots.clone(),
            caller: identity.map(|identity| identity.arn.clone()),
            create,
        };
        session.submit(request);
        if session.launch().dry_run {
            return Transition::Outcome;
        }
        Transition::Stay
    }

    /// True from Create until the outcome: nothing can be changed meanwhile.
    pub fn is_sent(&self, session: &Session) -> bool {
        let work = session.work();
        self.stage == Stage::Rereading || work.is_some_and(|work| session.is_sending(&work.group))
    }
}
