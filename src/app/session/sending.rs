//! Confirmed requests of the session: sends them, handles their responses, and looks for their outcome.

use super::Session;
use crate::app::deployment_run::PollStep;
use crate::app::effect::{CreateRequest, DefineRequest, Effect, Timer};
use crate::app::event::Answered;
use crate::app::loader::Wanted;
use crate::app::notice::Notice;
use crate::app::submission::{DefinitionState, DefinitionStep, Step, StepState, Submission};
use crate::domain::{CreatedDefinitionVersion, CreatedVersion, GroupId, NewVersion};

impl Session {
    /// Sends confirmed requests, definition versions first. With `--dry-run`, only records them.
    pub fn submit(&mut self, definitions: Vec<(NewVersion, DefineRequest)>, create: CreateRequest) {
        let Some(work) = &self.work else { return };
        let group = work.group.clone();
        let (state, of_definitions) = if self.launch.dry_run {
            (StepState::Rehearsed, DefinitionState::Rehearsed)
        } else {
            (StepState::Waiting, DefinitionState::Waiting)
        };
        let definitions = definitions.into_iter();
        let definitions = definitions.map(|(version, request)| DefinitionStep {
            version,
            request,
            state: of_definitions.clone(),
        });
        self.submissions.begin(Submission {
            group: group.clone(),
            group_name: self.open_group_name(),
            is_kept: self.keeps_draft(work),
            choice: self.connection.choice().clone(),
            definitions: definitions.collect(),
            create: Step {
                request: create,
                state,
            },
        });
        self.send_next(&group);
    }

    fn send_next(&mut self, group: &GroupId) {
        let submission = self.submissions.of_mut(group);
        if let Some(effect) = submission.and_then(|one| one.send_next(&self.catalog)) {
            self.effect(effect);
        }
    }

    /// Records the result for a definition version. A created version replaces the new one in the draft. Then
    /// the next request is sent, unless the outcome came late.
    pub fn definition_answered(
        &mut self,
        group: &GroupId,
        answer: Answered<Option<CreatedDefinitionVersion>>,
    ) {
        let Some(submission) = self.submissions.of_mut(group) else {
            return;
        };
        let was_looking = submission
            .open_definition()
            .is_some_and(DefinitionStep::is_unknown);
        let Some((version, created)) = submission.definition_answered(answer) else {
            return;
        };
        self.catalog.created(&version, &created.arn);
        if let Some(work) = self.work.as_mut().filter(|work| work.group == *group) {
            work.change(|draft| draft.created(version.arn(), &created.arn));
        } else if let Some(parked) = self.parked.get_mut(group) {
            parked.draft.created(version.arn(), &created.arn);
        }
        if !was_looking {
            self.send_next(group);
        }
    }

    /// Records the result of a request; after a success, the next one of its submission is sent.
    pub fn create_answered(&mut self, group: &GroupId, answer: Answered<CreatedVersion>) {
        let number = self.next_number();
        if let Some(submission) = self.submissions.of_mut(group) {
            submission.answered(answer, number, &mut self.catalog);
        }
        self.send_next(group);
    }

    /// Records that an outcome could not be written to the history.
    pub fn outcome_not_recorded(&mut self, reason: String) {
        self.notify(Notice::HistoryNotWritten(reason.clone()));
        self.submissions.unrecorded = Some(reason);
    }

    /// Records that a request was not sent, because the history could not be written.
    pub fn create_not_recorded(&mut self, group: &GroupId, reason: String) {
        self.submissions.forget_sending(group);
        if let Some(work) = self.work.as_mut().filter(|work| work.group == *group) {
            work.history_error = Some(reason);
        }
        self.notify(Notice::NotRecorded);
    }

    /// Adds the reads of the searches for unknown outcomes.
    pub fn want_outcomes(&self, wanted: &mut Vec<Wanted>) {
        let submissions = self.submissions.looked_for(self.connection.choice());
        for (sent, probe) in submissions.filter_map(Submission::probe) {
            probe.wants(sent, &self.catalog, wanted);
        }
    }

    /// Looks for unknown outcomes in the loaded data; returns the groups whose search has just ended.
    pub fn look_for_outcomes(&mut self) -> Vec<GroupId> {
        let submissions = self.submissions.looked_for(self.connection.choice());
        let mut groups: Vec<GroupId> = submissions.map(|one| one.group.clone()).collect();
        groups.retain(|group| self.look_for_outcome(group));
        groups
    }

    fn look_for_outcome(&mut self, group: &GroupId) -> bool {
        let submission = self.submissions.of_mut(group);
        let Some((sent, probe)) = submission.and_then(Submission::probe_mut) else {
            return false;
        };
        match probe.refresh(sent, &self.catalog) {
            PollStep::Stay => false,
            PollStep::Again(pause) => {
                let probe = probe.number();
                self.start_timer(Timer::ProbePaused { probe }, pause);
                false
            }
            PollStep::Ended => true,
        }
    }

    /// Looks again after a pause.
    pub fn look_again(&mut self, number: u32) {
        for (sent, probe) in self.submissions.probes_mut() {
            if probe.number() == number {
                probe.look_again(sent, &mut self.catalog);
            }
        }
    }

    /// Restarts the search at the user's request.
    pub fn restart_probe(&mut self, group: &GroupId) {
        let Some(submission) = self.submissions.of_mut(group) else {
            return;
        };
        if let Some(request) = submission.look_for_definition() {
            self.effect(Effect::Define(Box::new(request)));
        } else if let Some((sent, probe)) = submission.probe_mut() {
            probe.start_over(sent, &mut self.catalog);
        }
    }

    /// True while the group's request is in flight.
    pub fn is_sending(&self, group: &GroupId) -> bool {
        let submission = self.submissions.of(group);
        submission.is_some_and(Submission::is_sending)
    }

    /// The number of requests in flight.
    pub fn under_way(&self) -> usize {
        let is_sending = self.submissions.is_sending() || self.submissions.deployments.is_sending();
        self.loader.under_way() + usize::from(is_sending)
    }
}
