//! From Create to the wire: the group is read once more, and only what was reviewed is sent.

use super::{Boxes, Review, Stage};
use crate::app::effect::{CreateRequest, Effect, Request};
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::work::Sent;
use crate::domain::{GroupId, GroupVersionId, ServiceError};

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
            Stage::Ready | Stage::NotRead(_) | Stage::Moved(_) | Stage::Sending => {
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
        let Some(work) = &session.work else {
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
        match (&self.stage, &session.work) {
            (Stage::Moved(latest), Some(_)) => Transition::Rebase(latest.clone()),
            _ => Transition::Stay,
        }
    }

    /// The person has chosen to supersede what somebody else created.
    pub fn overwrite(&mut self, latest: GroupVersionId, session: &mut Session) {
        if let Some(work) = &mut session.work {
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
        let Some((request, draft)) = session
            .work
            .as_ref()
            .and_then(|work| work.request().zip(work.draft()))
        else {
            return Transition::Stay;
        };
        if session.launch.dry_run {
            session.rehearsed = Some(request.clone());
            return Transition::DryRun(request);
        }
        let create = CreateRequest {
            base_version: draft.base().version.clone(),
            old_slots: draft.base().slots.clone(),
            request,
        };
        self.stage = Stage::Sending;
        let sent = Sent {
            request: create.request.clone(),
            latest: latest(session, &create.request.group),
            known: session
                .catalog
                .known_versions(&create.request.group)
                .cloned()
                .collect(),
        };
        if let Some(work) = &mut session.work {
            work.sent = Some(sent);
        }
        session.unknown = session.creation();
        let epoch = session.loader.epoch();
        session
            .loader
            .sent(&Request::Create(create.request.group.clone()));
        session.effect(Effect::Create {
            epoch,
            request: Box::new(create),
        });
        Transition::Stay
    }

    /// The answer to the request is here, or it is known that none will come.
    pub fn sent(&mut self) {
        self.stage = Stage::Ready;
    }

    pub fn is_sending(&self) -> bool {
        self.stage == Stage::Sending
    }
}

fn latest(session: &Session, group: &GroupId) -> Option<GroupVersionId> {
    session.catalog.group(group)?.latest.clone()
}
