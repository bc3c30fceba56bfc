//! Stores responses of the service in the catalog and passes them to the open views.

use super::App;
use super::effect::{Effect, Request};
use super::event::{Answered, Reply};
use super::notice::Notice;
use super::overlay::Overlay;
use super::screen::outcome::Outcome;
use super::submission::{Step, Submission};
use super::transition::Transition;
use crate::domain::{
    Base, CreatedDefinitionVersion, CreatedVersion, DeploymentAction, GroupId, GroupVersionId,
};

impl App {
    pub(super) fn replied(&mut self, reply: Reply) {
        let request = reply.request;
        if !self.session.replied(reply.epoch, &request, reply.answer) {
            return;
        }
        self.session.deployment_read(&request);
        let views = self.views.all_mut();
        let transitions: Vec<Transition> = views
            .map(|view| view.answered(&request, &mut self.session))
            .collect();
        for transition in transitions {
            self.follow(transition);
        }
    }

    /// Handles the response or the error of a CreateGroupVersion.
    pub(super) fn create_answered(&mut self, group: &GroupId, answer: Answered<CreatedVersion>) {
        self.session.create_answered(group, answer);
        let submission = self.session.submissions().of(group);
        if submission.is_none_or(Submission::is_sending) {
            return;
        }
        self.take_created(group, false);
        if self.session.is_open(group) {
            self.show_outcome(group);
            self.ask_to_deploy(group);
        }
    }

    fn show_outcome(&mut self, group: &GroupId) {
        self.views.close_overlays();
        self.views.open_outcome(Outcome::new(group.clone()));
    }

    /// A deployment was not sent: its question is shown again, with a box for the history.
    pub(super) fn deployment_not_recorded(&mut self, group: &GroupId, reason: String) {
        let action = self.session.deployment_not_recorded(group, reason);
        if let (Some(action), Some(Overlay::DeploymentView(view))) =
            (action, self.views.front_overlay_mut())
            && view.group == *group
        {
            view.ask(action, &self.session);
        }
    }

    /// Handles the response to a definition version. The outcome is shown if no further request follows.
    pub(super) fn definition_answered(
        &mut self,
        group: &GroupId,
        answer: Answered<Option<CreatedDefinitionVersion>>,
    ) {
        self.session.definition_answered(group, answer);
        let submission = self.session.submissions().of(group);
        let is_over = submission.is_some_and(|one| !one.is_sending());
        if is_over && self.session.is_open(group) && self.shown_outcome().is_none() {
            self.show_outcome(group);
        }
    }

    /// `--deploy`: asks about the deployment of the created version.
    fn ask_to_deploy(&mut self, group: &GroupId) {
        let step = self.shown_outcome().and_then(Step::created);
        let version = step.and_then(|created| created.version.clone());
        if let (Some(_), Some(version)) = (self.session.launch().deploy, version) {
            let action = DeploymentAction::Deploy(GroupVersionId::new(version));
            self.follow(Transition::Deployment(group.clone(), Some(action)));
        }
    }

    /// Handles the end of the search for an unknown outcome.
    pub(super) fn probe_ended(&mut self, group: &GroupId) {
        let is_shown = self.shown_outcome().is_some() && self.session.is_open(group);
        let Some(submission) = self.session.submissions().of(group) else {
            return;
        };
        let created = submission.create.created();
        let found = created.and_then(|created| created.version.clone());
        let notice = found.as_ref().map(|version| Notice::FoundCreated {
            version: version.clone(),
            group: submission.group_name.clone(),
        });
        self.session.effect(Effect::RecordProbe {
            group: group.clone(),
            found: found.map(GroupVersionId::new),
        });
        if let Some(notice) = notice {
            self.take_created(group, !is_shown);
            if is_shown {
                self.ask_to_deploy(group);
            } else {
                self.session.notify(notice);
                self.draft_changed();
            }
        }
    }

    /// After a created version, its draft ends and the next one starts from that version.
    fn take_created(&mut self, group: &GroupId, is_late: bool) {
        let submission = self.session.submissions().of(group);
        let Some(step) = submission.map(|one| &one.create) else {
            return;
        };
        let Some(created) = step.created() else {
            return;
        };
        let created = Base {
            version: created.version.clone().map(GroupVersionId::new),
            slots: step.request.create.slots.clone(),
        };
        let session = &mut self.session;
        session.created_in_series(group);
        if session.start_from_created(group, created, is_late) {
            session.effect(Effect::RemoveDraft(group.clone()));
        }
        session.forget(&Request::GroupVersions(group.clone(), None));
        session.ask_again(Request::Group(group.clone()));
    }
}
