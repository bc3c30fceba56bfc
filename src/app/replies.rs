//! Answers from the service: into the catalog, and to whoever waits for them.

use super::App;
use super::effect::{Effect, Request, Settled};
use super::event::{Answer, Answered, Reply};
use super::screen::outcome::{Outcome, Verdict};
use super::work::Work;
use crate::domain::{CreatedVersion, GroupVersionId, Slots};

impl App {
    pub(super) fn replied(&mut self, reply: Reply) {
        let Reply {
            epoch,
            request,
            answer,
        } = reply;
        if !self.session.loader.answered(epoch, &request) {
            return;
        }
        if let Answer::Create(answer) = answer {
            return self.outcome_known(answer);
        }
        self.session.catalog.take(&request, answer);
        let mut transitions = Vec::new();
        for view in self.views.all_mut() {
            transitions.push(view.answered(&request, &mut self.session));
        }
        for transition in transitions {
            self.follow(transition);
        }
    }

    /// The one request that changes anything was answered, or will not be.
    fn outcome_known(&mut self, answer: Answered<CreatedVersion>) {
        if let Some(review) = self.views.review_mut() {
            review.sent();
        }
        let work = self.session.work.as_mut();
        let Some(sent) = work.and_then(|work| work.sent.take()) else {
            return;
        };
        if let Ok(created) = &answer {
            let version = created.version.clone().map(GroupVersionId::new);
            self.session.created.push(created.clone());
            self.version_created(version, sent.request.slots.clone());
        }
        let outcome = Outcome::new(sent, answer, &mut self.session);
        self.session.failed = match &outcome.result {
            Verdict::Failed(error) => self.session.creation().zip(Some(error.clone())),
            Verdict::Created(_) | Verdict::Unknown(..) | Verdict::DryRun => None,
        };
        if !matches!(outcome.result, Verdict::Unknown(..)) {
            self.session.unknown = None;
        }
        self.views.close_overlays();
        self.views.open_outcome(outcome);
    }

    /// The draft's version exists: the draft is over and the next one starts from that version.
    fn version_created(&mut self, version: Option<GroupVersionId>, slots: Slots) {
        let Some(work) = &mut self.session.work else {
            return;
        };
        let group = work.group.clone();
        work.created(version, slots);
        self.session
            .catalog
            .forget(&Request::GroupVersions(group.clone(), None));
        self.session.effect(Effect::RemoveDraft(group.clone()));
        self.session.ask_again(Request::Group(group));
    }

    /// What the looking after an unknown outcome has come to.
    pub(super) fn outcome_settled(&mut self) {
        let Some(outcome) = self.views.outcome_mut() else {
            return;
        };
        if !outcome.look_on(&mut self.session) {
            return;
        }
        let found = outcome.found().cloned();
        let slots = outcome.request.slots.clone();
        match found {
            Some(version) => {
                self.session.unknown = None;
                self.session
                    .effect(Effect::Settle(Settled::Created(version.clone())));
                let receipt = self.found_receipt(&version);
                self.session.created.extend(receipt);
                self.version_created(Some(version), slots);
            }
            None => self.session.effect(Effect::Settle(Settled::NotFound)),
        }
    }

    /// The receipt of a version that was found rather than answered, with the same members.
    fn found_receipt(&self, version: &GroupVersionId) -> Option<CreatedVersion> {
        let group = &self
            .session
            .work
            .as_ref()
            .map(|work: &Work| work.group.clone())?;
        let read = self.session.catalog.group_version(group, version).ready()?;
        Some(CreatedVersion {
            arn: read.arn.clone(),
            creation_timestamp: read.created.map(crate::domain::Timestamp::iso),
            id: Some(group.to_string()),
            version: Some(version.to_string()),
            request_id: None,
        })
    }
}
