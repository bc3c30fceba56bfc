//! What was confirmed for a group: its requests in their order, and how far each has come.

use super::catalog::Catalog;
use super::deployment_run::DeploymentRuns;
use super::effect::{AccountChoice, CreateRequest};
use super::exit::Exit;
use super::outcome_probe::{OutcomeProbe, ProbeResult, versions_before};
use crate::domain::printable::printable;
use crate::domain::request::shell_quoted;
use crate::domain::{
    Certainty, CreateGroupVersion, CreatedVersion, GroupId, ServiceError, VersionsBefore,
};

/// The requests of one confirmed change, sent one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    pub group: GroupId,
    pub group_name: String,
    /// Drafts and the history outlive the program.
    pub is_kept: bool,
    /// Where it was sent: nowhere else can its outcome be looked for.
    pub choice: AccountChoice,
    pub steps: Vec<Step>,
}

/// One request of a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub request: CreateRequest,
    pub state: StepState,
}

/// How far a request has come.
#[derive(Debug, Clone, PartialEq)]
pub enum StepState {
    /// Confirmed, and sent once the step before it is created.
    Waiting,
    Sending(VersionsBefore),
    Created(CreatedVersion),
    /// It surely had no effect.
    Failed(ServiceError),
    /// It was sent, no answer says what it did, and its effect is looked for.
    Unconfirmed(ServiceError, Box<OutcomeProbe>),
    /// `--dry-run`: it would have been sent.
    Rehearsed,
}

impl Step {
    /// The version that the request created, as answered or as found.
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

    /// True while it is not known whether the request had an effect.
    pub const fn is_unknown(&self) -> bool {
        matches!(&self.state, StepState::Unconfirmed(_, probe) if probe.found().is_none())
    }

    /// True where the version exists, or would under `--dry-run`.
    pub fn is_success(&self) -> bool {
        self.created().is_some() || self.state == StepState::Rehearsed
    }

    /// True while its effect is looked for.
    pub fn is_looking(&self) -> bool {
        matches!(&self.state, StepState::Unconfirmed(_, probe) if *probe.result() == ProbeResult::Looking)
    }

    const fn exit(&self) -> Exit {
        match &self.state {
            StepState::Waiting => Exit::NothingCreated,
            StepState::Sending(_) => Exit::OutcomeUnknown,
            StepState::Failed(_) => Exit::Failed,
            StepState::Unconfirmed(..) if self.is_unknown() => Exit::OutcomeUnknown,
            StepState::Created(_) | StepState::Unconfirmed(..) | StepState::Rehearsed => {
                Exit::Created
            }
        }
    }
}

impl Submission {
    /// The step that decides: the first that is not created, else the last.
    pub fn current(&self) -> Option<&Step> {
        let mut steps = self.steps.iter();
        let open = steps.find(|step| step.created().is_none());
        open.or(self.steps.last())
    }

    fn current_mut(&mut self) -> Option<&mut Step> {
        let open = |step: &Step| step.created().is_none();
        let place = self.steps.iter().position(open);
        let last = self.steps.len().checked_sub(1)?;
        self.steps.get_mut(place.unwrap_or(last))
    }

    /// The next request to send: a waiting one, once every step before it is created.
    pub fn send_next(&mut self, catalog: &Catalog) -> Option<CreateRequest> {
        let step = self.current_mut()?;
        if step.state != StepState::Waiting {
            return None;
        }
        let before = versions_before(&step.request.create.group, catalog);
        step.request.before = before.clone();
        step.state = StepState::Sending(before);
        Some(step.request.clone())
    }

    /// Takes in the answer to the request that is on its way; without certainty the looking begins.
    pub fn answered(
        &mut self,
        answer: Result<CreatedVersion, ServiceError>,
        probe_number: u32,
        catalog: &mut Catalog,
    ) {
        let Some(step) = self.current_mut() else {
            return;
        };
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
        let mut steps = self.steps.iter();
        steps.any(|step| matches!(step.state, StepState::Sending(_)))
    }

    pub fn is_unknown(&self) -> bool {
        self.steps.iter().any(Step::is_unknown)
    }

    /// The probe of the step whose effect is looked for, and what that step sent.
    pub fn probe(&self) -> Option<(&CreateGroupVersion, &OutcomeProbe)> {
        self.steps.iter().find_map(|step| {
            let StepState::Unconfirmed(_, probe) = &step.state else {
                return None;
            };
            Some((&step.request.create, &**probe))
        })
    }

    /// The same, to look on.
    pub fn probe_mut(&mut self) -> Option<(&CreateGroupVersion, &mut OutcomeProbe)> {
        self.steps.iter_mut().find_map(|step| {
            let StepState::Unconfirmed(_, probe) = &mut step.state else {
                return None;
            };
            Some((&step.request.create, &mut **probe))
        })
    }

    /// How the program ends if this was all.
    pub fn exit(&self) -> Exit {
        self.current().map_or(Exit::NothingCreated, Step::exit)
    }

    /// One line for standard error; `None` if it succeeded.
    pub fn message(&self) -> Option<String> {
        match &self.current()?.state {
            StepState::Failed(error) => Some(self.failed_words(error)),
            StepState::Sending(_) => Some(self.unknown_words()),
            StepState::Unconfirmed(..) if self.is_unknown() => Some(self.unknown_words()),
            StepState::Unconfirmed(..)
            | StepState::Waiting
            | StepState::Created(_)
            | StepState::Rehearsed => None,
        }
    }

    fn failed_words(&self, error: &ServiceError) -> String {
        let id = shell_quoted(self.group.as_str());
        let next = if self.is_kept {
            format!("the draft is kept, start again with --group {id}")
        } else {
            "the draft is not kept".to_owned()
        };
        let words = format!(
            "no version of {} was created: {error}; {next}",
            self.group_name
        );
        printable(&words).into_owned()
    }

    fn unknown_words(&self) -> String {
        let id = shell_quoted(self.group.as_str());
        let history = if self.is_kept {
            "; the request is in history.jsonl"
        } else {
            ""
        };
        let words = format!(
            "a CreateGroupVersion of {} was sent and its outcome is unknown; \
             before sending it again see aws greengrass list-group-versions --group-id {id}{history}",
            self.group_name
        );
        printable(&words).into_owned()
    }
}

/// Every submission of this run, in the order in which they were confirmed, and every deployment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Submissions {
    all: Vec<Submission>,
    /// What was deployed or reset after that.
    pub(super) deployments: DeploymentRuns,
}

impl Submissions {
    /// The last one of a group.
    pub fn of(&self, group: &GroupId) -> Option<&Submission> {
        self.all.iter().rev().find(|one| one.group == *group)
    }

    pub fn of_mut(&mut self, group: &GroupId) -> Option<&mut Submission> {
        self.all.iter_mut().rev().find(|one| one.group == *group)
    }

    /// Adds one. A look of the same group that ended without a find is answered by it.
    pub fn begin(&mut self, submission: Submission) {
        let was_not_found = |one: &Submission| {
            let probe = one.probe();
            probe.is_some_and(|(_, probe)| *probe.result() == ProbeResult::NotThere)
        };
        self.all
            .retain(|one| one.group != submission.group || !was_not_found(one));
        self.all.push(submission);
    }

    /// Drops the submission of a group whose request turned out not to be sent.
    pub fn forget_sending(&mut self, group: &GroupId) {
        self.all
            .retain(|one| one.group != *group || !one.is_sending());
    }

    /// Those whose outcome is looked for: the last one of each group, sent with this account choice.
    pub fn looked_for(&self, choice: &AccountChoice) -> impl Iterator<Item = &Submission> {
        self.all.iter().enumerate().filter_map(move |(place, one)| {
            let mut later = self.all.iter().skip(place + 1);
            let is_last = later.all(|other| other.group != one.group);
            (is_last && one.choice == *choice && one.is_unknown()).then_some(one)
        })
    }

    /// Every probe with what its step sent.
    pub fn probes_mut(&mut self) -> impl Iterator<Item = (&CreateGroupVersion, &mut OutcomeProbe)> {
        self.all.iter_mut().filter_map(Submission::probe_mut)
    }

    pub fn is_sending(&self) -> bool {
        self.all.iter().any(Submission::is_sending)
    }

    pub fn is_unknown(&self) -> bool {
        self.all.iter().any(Submission::is_unknown)
    }

    pub const fn deployments(&self) -> &DeploymentRuns {
        &self.deployments
    }

    /// The receipts.
    pub fn created(&self) -> impl Iterator<Item = &CreatedVersion> {
        let steps = self.all.iter().flat_map(|one| &one.steps);
        steps.filter_map(Step::created)
    }

    /// What `--dry-run` would have sent last.
    pub fn rehearsed(&self) -> Option<&CreateGroupVersion> {
        let steps = self.all.iter().flat_map(|one| &one.steps);
        let mut rehearsed = steps.filter(|step| step.state == StepState::Rehearsed);
        rehearsed.next_back().map(|step| &step.request.create)
    }

    /// The one that decides how the program ends: of the worst, the last.
    pub fn decisive(&self) -> Option<&Submission> {
        self.all.iter().max_by_key(|one| one.exit())
    }
}
