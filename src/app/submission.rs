//! The confirmed requests for a group in order, with the state of each.

mod definition_step;

pub use definition_step::{DefinitionState, DefinitionStep};

use super::catalog::Catalog;
use super::deployment_run::DeploymentRuns;
use super::effect::{AccountChoice, CreateRequest, DefineRequest, Effect};
use super::event::Answered;
use super::exit::Exit;
use super::outcome_probe::{OutcomeProbe, ProbeResult, versions_before};
use crate::domain::printable::printable;
use crate::domain::request::shell_quoted;
use crate::domain::{
    Certainty, CreateGroupVersion, CreatedDefinitionVersion, CreatedVersion, ErrorKind,
    GroupChange, GroupId, NewVersion, ServiceError, VersionsBefore,
};

/// The requests of one confirmed change, sent one after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    pub group: GroupId,
    pub group_name: String,
    /// Drafts and the history are saved in files.
    pub is_kept: bool,
    /// The account of the request: its outcome can be found only there.
    pub choice: AccountChoice,
    /// The definition versions to create first, in order.
    pub definitions: Vec<DefinitionStep>,
    /// The group version that uses them.
    pub create: Step,
}

/// The request that creates the group version.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub request: CreateRequest,
    pub state: StepState,
}

#[derive(Debug, Clone, PartialEq)]
pub enum StepState {
    /// Confirmed; sent after its definition versions are created.
    Waiting,
    Sending(VersionsBefore),
    Created(CreatedVersion),
    /// It surely had no effect.
    Failed(ServiceError),
    /// It was sent, no response gives its outcome, and the program looks for its effect.
    Unconfirmed(ServiceError, Box<OutcomeProbe>),
    /// `--dry-run`: it would have been sent.
    Rehearsed,
}

impl Step {
    /// The created version, from the response or from the search.
    pub const fn created(&self) -> Option<&CreatedVersion> {
        match &self.state {
            StepState::Created(created) => Some(created),
            StepState::Unconfirmed(_, probe) => probe.found(),
            StepState::Waiting
            | StepState::Sending(_)
            | StepState::Failed(_)
            | StepState::Rehearsed => None,
        }
    }

    /// True while the outcome of the request is unknown.
    pub const fn is_unknown(&self) -> bool {
        matches!(&self.state, StepState::Unconfirmed(_, probe) if probe.found().is_none())
    }

    /// True if the version exists, or under `--dry-run` would exist.
    pub fn is_success(&self) -> bool {
        self.created().is_some() || self.state == StepState::Rehearsed
    }

    /// True while the program looks for its effect.
    pub fn is_looking(&self) -> bool {
        matches!(&self.state, StepState::Unconfirmed(_, probe) if *probe.result() == ProbeResult::Looking)
    }

    const fn exit(&self) -> Exit {
        match &self.state {
            StepState::Waiting | StepState::Failed(_) => Exit::Failed,
            StepState::Sending(_) => Exit::OutcomeUnknown,
            StepState::Unconfirmed(..) if self.is_unknown() => Exit::OutcomeUnknown,
            StepState::Created(_) | StepState::Unconfirmed(..) | StepState::Rehearsed => {
                Exit::Created
            }
        }
    }
}

impl Submission {
    /// All of its requests in order.
    pub fn change(&self) -> GroupChange {
        let definitions = self.definitions.iter();
        GroupChange {
            definitions: definitions
                .map(|step| step.request.create.clone())
                .collect(),
            create: self.create.request.create.clone(),
        }
    }

    /// The first definition version that is not created; nothing after it is sent.
    pub fn open_definition(&self) -> Option<&DefinitionStep> {
        self.definitions.iter().find(|step| !step.is_done())
    }

    fn open_definition_mut(&mut self) -> Option<&mut DefinitionStep> {
        self.definitions.iter_mut().find(|step| !step.is_done())
    }

    /// The next request to send: a waiting one, if all earlier ones have created their versions.
    pub fn send_next(&mut self, catalog: &Catalog) -> Option<Effect> {
        if let Some(step) = self.open_definition_mut() {
            if step.state != DefinitionState::Waiting {
                return None;
            }
            step.state = DefinitionState::Sending;
            return Some(Effect::Define(Box::new(step.request.clone())));
        }
        let step = &mut self.create;
        if step.state != StepState::Waiting {
            return None;
        }
        let before = versions_before(&step.request.create.group, catalog);
        step.request.before = before.clone();
        step.state = StepState::Sending(before);
        Some(Effect::Create(Box::new(step.request.clone())))
    }

    /// Records the response for a definition version. Returns the version if it was created now.
    pub fn definition_answered(
        &mut self,
        answer: Answered<Option<CreatedDefinitionVersion>>,
    ) -> Option<(NewVersion, CreatedDefinitionVersion)> {
        let step = self.open_definition_mut()?;
        step.answered(answer);
        let created = (step.version.clone(), step.created()?.clone());
        let slots = &mut self.create.request.create.slots;
        if slots.version(created.0.kind()) == Some(created.0.arn()) {
            slots.fill(created.1.arn.clone());
        }
        Some(created)
    }

    /// Looks again for a definition version with an unknown outcome; nothing is sent.
    pub fn look_for_definition(&mut self) -> Option<DefineRequest> {
        let step = self.open_definition_mut()?;
        let DefinitionState::Unknown(error) = &step.state else {
            return None;
        };
        step.state = DefinitionState::Looking(error.clone());
        Some(DefineRequest {
            looks_only: true,
            ..step.request.clone()
        })
    }

    /// Records the response to the request in flight. If the outcome is uncertain, a search starts.
    pub fn answered(
        &mut self,
        answer: Answered<CreatedVersion>,
        probe_number: u32,
        catalog: &mut Catalog,
    ) {
        let step = &mut self.create;
        let StepState::Sending(before) = &step.state else {
            return;
        };
        step.state = match answer {
            Ok(created) => StepState::Created(created),
            Err(error) if error.certainty == Certainty::NotExecuted => StepState::Failed(error),
            Err(error) => {
                let sent = &step.request.create;
                let probe = OutcomeProbe::begin(before.clone(), probe_number, sent, catalog);
                StepState::Unconfirmed(error, Box::new(probe))
            }
        };
    }

    pub fn is_sending(&self) -> bool {
        matches!(self.create.state, StepState::Sending(_))
            || self.definitions.iter().any(DefinitionStep::is_under_way)
    }

    pub fn is_unknown(&self) -> bool {
        self.create.is_unknown()
    }

    /// Resets the request that could not be sent to waiting.
    fn not_recorded(&mut self) {
        match self.open_definition_mut() {
            Some(step) => step.state = DefinitionState::Waiting,
            None => self.create.state = StepState::Waiting,
        }
    }

    /// The probe for the group version, with the request.
    pub fn probe(&self) -> Option<(&CreateGroupVersion, &OutcomeProbe)> {
        let StepState::Unconfirmed(_, probe) = &self.create.state else {
            return None;
        };
        Some((&self.create.request.create, probe))
    }

    /// The same, to continue the search.
    pub fn probe_mut(&mut self) -> Option<(&CreateGroupVersion, &mut OutcomeProbe)> {
        let StepState::Unconfirmed(_, probe) = &mut self.create.state else {
            return None;
        };
        Some((&self.create.request.create, probe))
    }

    /// The exit status of this submission alone. Definition versions without a group version count as failed.
    pub fn exit(&self) -> Exit {
        match self.open_definition() {
            Some(step) => step.exit(),
            None => self.create.exit(),
        }
    }

    /// One line for standard error; `None` if it succeeded.
    pub fn message(&self) -> Option<String> {
        let words = match (self.open_definition(), &self.create.state) {
            (Some(step), _) => match &step.state {
                DefinitionState::Failed(error) => self.failed_words(error),
                DefinitionState::Sending
                | DefinitionState::Unknown(_)
                | DefinitionState::Looking(_) => self.unknown_definition_words(step),
                DefinitionState::Waiting
                | DefinitionState::Created(_)
                | DefinitionState::Rehearsed => self.not_sent_words(),
            },
            (None, StepState::Failed(error)) => self.failed_words(error),
            (None, StepState::Sending(_)) => self.unknown_words(),
            (None, StepState::Unconfirmed(..)) if self.is_unknown() => self.unknown_words(),
            (None, StepState::Waiting) => self.not_sent_words(),
            (None, StepState::Unconfirmed(..) | StepState::Created(_) | StepState::Rehearsed) => {
                return None;
            }
        };
        Some(printable(&words).into_owned())
    }

    /// The created definition versions that no group version uses.
    fn not_sent_words(&self) -> String {
        let error =
            ServiceError::local("CreateGroupVersion", ErrorKind::NotSent, "it was not sent");
        self.failed_words(&error)
    }

    fn unknown_definition_words(&self, step: &DefinitionStep) -> String {
        format!(
            "a {} for {} was sent and its outcome is unknown; no version of the group was created",
            step.request.create.operation(),
            self.group_name
        )
    }

    fn failed_words(&self, error: &ServiceError) -> String {
        let id = shell_quoted(self.group.as_str());
        let next = if self.is_kept {
            format!("the draft is kept, start again with --group {id}")
        } else {
            "the draft is not kept".to_owned()
        };
        let name = &self.group_name;
        format!("no version of {name} was created: {error}; {next}")
    }

    fn unknown_words(&self) -> String {
        let id = shell_quoted(self.group.as_str());
        let history = if self.is_kept {
            "; the request is in history.jsonl"
        } else {
            ""
        };
        format!(
            "a CreateGroupVersion of {} was sent and its outcome is unknown; \
             before sending it again see aws greengrass list-group-versions --group-id {id}{history}",
            self.group_name
        )
    }
}

/// All submissions and deployments of this run, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Submissions {
    all: Vec<Submission>,
    /// The deployments and resets of this run.
    pub(super) deployments: DeploymentRuns,
    /// The reason why the history lacks an outcome.
    pub(super) unrecorded: Option<String>,
}

impl Submissions {
    pub fn of(&self, group: &GroupId) -> Option<&Submission> {
        self.all.iter().rev().find(|one| one.group == *group)
    }

    pub fn of_mut(&mut self, group: &GroupId) -> Option<&mut Submission> {
        self.all.iter_mut().rev().find(|one| one.group == *group)
    }

    /// Adds a submission. It replaces earlier ones of the group whose version was not found.
    pub fn begin(&mut self, submission: Submission) {
        let was_not_found = |one: &Submission| {
            let probe = one.probe();
            probe.is_some_and(|(_, probe)| *probe.result() == ProbeResult::NotThere)
        };
        self.all
            .retain(|one| one.group != submission.group || !was_not_found(one));
        self.all.push(submission);
    }

    /// Drops the submission of a group that was not sent, unless part of it was.
    pub fn forget_sending(&mut self, group: &GroupId) {
        let is_created =
            |one: &Submission| one.definitions.iter().any(|step| step.created().is_some());
        for one in &mut self.all {
            if one.group == *group && one.is_sending() && is_created(one) {
                one.not_recorded();
            }
        }
        self.all
            .retain(|one| one.group != *group || !one.is_sending());
    }

    /// The submissions with a search for their outcome: the last one of each group, for this account.
    pub fn looked_for(&self, choice: &AccountChoice) -> impl Iterator<Item = &Submission> {
        self.all.iter().enumerate().filter_map(move |(place, one)| {
            let mut later = self.all.iter().skip(place + 1);
            let is_last = later.all(|other| other.group != one.group);
            (is_last && one.choice == *choice && one.is_unknown()).then_some(one)
        })
    }

    /// Every probe with the request of its step.
    pub fn probes_mut(&mut self) -> impl Iterator<Item = (&CreateGroupVersion, &mut OutcomeProbe)> {
        self.all.iter_mut().filter_map(Submission::probe_mut)
    }

    pub fn is_sending(&self) -> bool {
        self.all.iter().any(Submission::is_sending)
    }

    pub fn is_unknown(&self) -> bool {
        self.all
            .iter()
            .any(|one| one.is_unknown() || one.definitions.iter().any(DefinitionStep::is_unknown))
    }

    pub const fn deployments(&self) -> &DeploymentRuns {
        &self.deployments
    }

    /// The receipts of the created versions.
    pub fn created(&self) -> impl Iterator<Item = &CreatedVersion> {
        self.all.iter().filter_map(|one| one.create.created())
    }

    /// The created definition versions in order.
    pub fn created_definitions(&self) -> impl Iterator<Item = &CreatedDefinitionVersion> {
        let steps = self.all.iter().flat_map(|one| &one.definitions);
        steps.filter_map(DefinitionStep::created)
    }

    /// The last submission that `--dry-run` did not send.
    pub fn rehearsed(&self) -> Option<&Submission> {
        let mut rehearsed = self.all.iter();
        rehearsed.rfind(|one| one.create.state == StepState::Rehearsed)
    }

    /// The submission that decides the exit status: the last one with the worst status.
    pub fn decisive(&self) -> Option<&Submission> {
        self.all.iter().max_by_key(|one| one.exit())
    }
}
