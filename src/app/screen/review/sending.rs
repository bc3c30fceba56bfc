//! Sends the reviewed request: reads the group once more, and sends only if nothing has changed.

use super::{Boxes, Review, ReviewStage};
use crate::app::effect::{CreateRequest, DefineRequest, Request};
use crate::app::notice::Notice;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::view::View;
use crate::domain::{
    DefinitionTarget, Draft, ErrorKind, GroupVersionId, NewVersion, ServiceError, VersionsBefore,
};

impl Review {
    /// Reads the group and the definitions again before sending.
    pub(super) fn create(&mut self, session: &mut Session) -> Transition {
        if let Some(obstacle) = self.create_obstacle(session) {
            session.notify(Notice::Obstacle(obstacle));
            return Transition::Stay;
        }
        self.read(ReviewStage::Rereading, session);
        Transition::Stay
    }

    /// Requests the group and the definitions that will have a next version.
    pub(super) fn read(&mut self, stage: ReviewStage, session: &mut Session) {
        self.stage = stage;
        self.unread = Vec::new();
        if let Some(work) = session.work() {
            self.unread.push(Request::Group(work.group.clone()));
            let next = work.draft().into_iter().flat_map(Draft::to_create);
            let of_definition = |version: &NewVersion| match &version.target {
                DefinitionTarget::Existing(id) => {
                    Some(Request::Definition(version.kind(), id.clone()))
                }
                DefinitionTarget::New(_) => None,
            };
            self.unread.extend(next.filter_map(of_definition));
        }
        self.refresh(session);
    }

    /// Compares the group's latest version with the known one.
    ///
    /// A response is ignored if the stage does not wait for it, for example during a request.
    pub(super) fn group_read(
        &mut self,
        answer: Result<Option<GroupVersionId>, ServiceError>,
        session: &mut Session,
    ) -> Transition {
        let is_sending = self.stage == ReviewStage::Rereading;
        if !is_sending && self.stage != ReviewStage::Reading {
            return Transition::Stay;
        }
        let latest = match answer {
            Err(error) => {
                self.stage = ReviewStage::NotRead(error);
                return Transition::Stay;
            }
            Ok(latest) => latest,
        };
        let Some(work) = session.work() else {
            return Transition::Stay;
        };
        // A group that had versions always has a latest one.
        if latest.is_none() && work.has_base_version() {
            let message = "the answer names no latest version, and the group has versions";
            let error = ServiceError::local("GetGroup", ErrorKind::Unreadable, message);
            self.stage = ReviewStage::NotRead(error);
            return Transition::Stay;
        }
        if let Some(latest) = latest.filter(|latest| work.is_moved(latest)) {
            let request = Request::GroupVersion(work.group.clone(), latest.clone());
            self.stage = ReviewStage::Moved(latest.clone());
            if session.catalog().is_unasked(&request) {
                session.ask_again(request);
            }
            if is_sending {
                return Transition::Rebase(latest);
            }
            return Transition::Stay;
        }
        self.stage = ReviewStage::Ready;
        self.refresh(session);
        if is_sending {
            return self.send(session);
        }
        Transition::Stay
    }

    /// Supersedes a version that another user created.
    pub fn overwrite(&mut self, latest: GroupVersionId, session: &mut Session) {
        if let Some(work) = session.work_mut() {
            work.overwrite(latest);
        }
        self.stage = ReviewStage::Ready;
        self.refresh(session);
        self.boxes.go_to_first();
    }

    /// Discards the earlier ticks, because the draft has a new base.
    pub fn rebased(&mut self, session: &mut Session) {
        self.boxes = Boxes::default();
        self.stage = ReviewStage::Ready;
        self.refresh(session);
    }

    fn send(&mut self, session: &mut Session) -> Transition {
        if let Some(obstacle) = self.create_obstacle(session) {
            session.notify(Notice::Obstacle(obstacle));
            return Transition::Stay;
        }
        let Some(work) = session.work() else {
            return Transition::Stay;
        };
        let (Some(create), Some(draft)) = (work.request(), work.draft()) else {
            return Transition::Stay;
        };
        let catalog = session.catalog();
        let identity = catalog.identity.ready().and_then(Option::as_ref);
        let caller = identity.map(|identity| identity.arn.clone());
        // The box is ticked, otherwise Create would be blocked.
        let may_go_unrecorded = work.history_error.is_some();
        let superseded_slots = work.superseded_slots(catalog).cloned();
        let definition = |version: &NewVersion| {
            let request = DefineRequest {
                group: create.group.clone(),
                create: version.request(),
                caller: caller.clone(),
                may_go_unrecorded,
                looks_only: false,
            };
            (version.clone(), request)
        };
        let definitions = draft.to_create().map(definition).collect();
        let request = CreateRequest {
            before: VersionsBefore::default(),
            base_version: draft.base().version.clone(),
            old_slots: draft.base().slots.clone(),
            superseded_slots,
            caller,
            may_go_unrecorded,
            create,
        };
        session.submit(definitions, request);
        if session.launch().dry_run {
            return Transition::Outcome;
        }
        Transition::Stay
    }

    /// True from Create until the outcome: nothing can be changed in this time.
    pub fn is_under_way(&self, session: &Session) -> bool {
        let work = session.work();
        self.stage == ReviewStage::Rereading
            || work.is_some_and(|work| session.is_sending(&work.group))
    }
}
