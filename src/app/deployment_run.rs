//! The progress of a deployment or reset that was started or found.

use std::collections::HashSet;
use std::time::Duration;

use super::catalog::Catalog;
use super::effect::AccountChoice;
use super::event::{Answered, DeploymentAnswer};
use super::exit::Exit;
use super::remote::Listing;
use crate::domain::printable::printable;
use crate::domain::{
    Certainty, Deployment, DeploymentAction, DeploymentId, DeploymentPhase, DeploymentRequest,
    DeploymentStatus, GroupId, ServiceError, StartedDeployment, Timestamp,
};

/// The pauses before the status is read again; the last one repeats.
const POLL_PAUSES: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
    Duration::from_secs(15),
];

/// One deployment or reset of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct DeploymentRun {
    pub request: DeploymentRequest,
    pub group_name: String,
    /// The account of the deployment. Other accounts do not have its status.
    pub choice: AccountChoice,
    /// This program started it, so it counts for the exit status.
    pub is_own: bool,
    /// The program ends with it: `--deploy=wait`.
    pub is_waited_for: bool,
    /// Its end was shown in full.
    pub is_seen: bool,
    pub state: RunState,
    /// The group's earlier deployments.
    before: HashSet<DeploymentId>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum RunState {
    Sending,
    /// It surely had no effect.
    Failed(ServiceError),
    /// It was sent, no response gives its outcome, and the list does not show it.
    Unknown(ServiceError),
    Running(Box<DeploymentProgress>),
    /// `--dry-run`: it would have been sent.
    Rehearsed,
}

/// An existing deployment with its statuses so far.
#[derive(Debug, Clone, PartialEq)]
pub struct DeploymentProgress {
    pub deployment: StartedDeployment,
    /// AWS's words in order, each with the time when it was first seen.
    pub phases: Vec<(String, Timestamp)>,
    pub status: DeploymentStatus,
    /// The error of the last request for the status.
    pub error: Option<ServiceError>,
    /// How often the status was read.
    pub polls: usize,
    /// The timer of the next request.
    timer: u32,
}

/// The next step after a response with a status, or after a look for an unknown outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollStep {
    /// Nothing follows, or some responses are still missing.
    Stay,
    /// The next read follows after this time.
    Again(Duration),
    /// The deployment has just ended, or the search with a result.
    Ended,
}

impl DeploymentRun {
    pub fn new(
        request: DeploymentRequest,
        group_name: String,
        choice: AccountChoice,
        state: RunState,
    ) -> Self {
        Self {
            request,
            group_name,
            choice,
            is_own: true,
            is_waited_for: false,
            is_seen: false,
            state,
            before: HashSet::new(),
        }
    }

    pub fn answered(&mut self, answer: DeploymentAnswer) {
        if self.state != RunState::Sending {
            return;
        }
        self.before = answer.before;
        self.state = match answer.started {
            Ok(started) => RunState::running(started),
            Err(error) if error.certainty == Certainty::NotExecuted => RunState::Failed(error),
            Err(error) => RunState::Unknown(error),
        };
    }

    /// Looks in the list for the effect of a request with an unknown outcome; true if found.
    pub fn look(&mut self, catalog: &Catalog) -> bool {
        if !matches!(self.state, RunState::Unknown(_)) {
            return false;
        }
        let listing = catalog.deployments(&self.request.group);
        let listed = listing.map_or(&[][..], Listing::items);
        let is_effect =
            |one: &&Deployment| self.request.is_like(one) && !self.before.contains(&one.id);
        let Some(found) = listed.iter().find(is_effect) else {
            return false;
        };
        self.state = RunState::found(found.id.clone());
        true
    }

    pub fn is_of(&self, id: &DeploymentId) -> bool {
        self.progress()
            .is_some_and(|progress| progress.deployment.id == *id)
    }

    pub const fn progress(&self) -> Option<&DeploymentProgress> {
        let RunState::Running(progress) = &self.state else {
            return None;
        };
        Some(progress)
    }

    pub const fn progress_mut(&mut self) -> Option<&mut DeploymentProgress> {
        let RunState::Running(progress) = &mut self.state else {
            return None;
        };
        Some(progress)
    }

    /// For the header and the terminal's title: `deploying 59563f5f: Building`, `deployed 59563f5f: Success`.
    pub fn words(&self) -> Option<String> {
        let (active, ended) = match &self.request.action {
            DeploymentAction::Deploy(version) => (
                format!("deploying {}", version.short()),
                format!("deployed {}", version.short()),
            ),
            DeploymentAction::Reset { .. } => ("resetting".to_owned(), "reset".to_owned()),
        };
        match &self.state {
            RunState::Sending => Some(active),
            RunState::Running(progress) if progress.is_ended() => {
                Some(format!("{ended}: {}", progress.status.word()))
            }
            RunState::Running(progress) => Some(match progress.current() {
                Some((word, _)) => format!("{active}: {word}"),
                None => active,
            }),
            RunState::Unknown(_) => Some(format!("{active}: outcome unknown")),
            RunState::Failed(_) => Some(format!("{active}: not started")),
            RunState::Rehearsed => None,
        }
    }

    pub fn is_sending(&self) -> bool {
        self.state == RunState::Sending
    }

    /// True while it is being sent or runs.
    pub fn is_active(&self) -> bool {
        self.is_sending() || self.progress().is_some_and(|progress| !progress.is_ended())
    }

    pub fn is_failure(&self) -> bool {
        let progress = self.progress();
        progress.is_some_and(|progress| progress.status.phase() == DeploymentPhase::Failure)
    }

    /// The exit status of this run alone; a deployment by another program does not count.
    pub fn exit(&self) -> Exit {
        match &self.state {
            _ if !self.is_own => Exit::NothingCreated,
            RunState::Sending | RunState::Failed(_) | RunState::Unknown(_) => {
                Exit::DeploymentFailed
            }
            RunState::Running(_) if self.is_failure() => Exit::DeploymentFailed,
            RunState::Running(progress) if self.is_waited_for && !progress.is_ended() => {
                Exit::DeploymentFailed
            }
            RunState::Running(_) | RunState::Rehearsed => Exit::Created,
        }
    }

    /// One line for standard error.
    pub fn message(&self) -> Option<String> {
        let (name, what) = (&self.group_name, &self.request.action);
        let words = match &self.state {
            _ if !self.is_own => return None,
            RunState::Rehearsed => return None,
            RunState::Failed(error) => format!("no {what} of {name} was started: {error}"),
            RunState::Sending | RunState::Unknown(_) => format!(
                "a {what} of {name} was sent and its outcome is unknown; \
                 see aws greengrass list-deployments --group-id {}",
                self.request.group
            ),
            RunState::Running(progress) => {
                let id = &progress.deployment.id;
                let message = progress.status.error_message.as_deref().unwrap_or_default();
                match progress.status.phase() {
                    DeploymentPhase::Success => format!("{what} of {name} succeeded: {id}"),
                    DeploymentPhase::Failure => {
                        format!("{what} of {name} failed: {id}: {message}")
                    }
                    DeploymentPhase::Building
                    | DeploymentPhase::InProgress
                    | DeploymentPhase::Other => format!(
                        "{what} of {name} is under way ({}): {id}",
                        progress.status.word()
                    ),
                }
            }
        };
        Some(printable(&words).into_owned())
    }
}

impl RunState {
    fn running(deployment: StartedDeployment) -> Self {
        Self::Running(Box::new(DeploymentProgress {
            deployment,
            phases: Vec::new(),
            status: DeploymentStatus::default(),
            error: None,
            polls: 0,
            timer: 0,
        }))
    }

    /// A listed deployment, started by this program or another.
    pub(super) fn found(id: DeploymentId) -> Self {
        Self::running(StartedDeployment {
            id,
            arn: None,
            attempt: None,
            request_id: None,
        })
    }
}

impl DeploymentProgress {
    pub fn is_ended(&self) -> bool {
        self.status.phase().is_ended()
    }

    /// The current status, with the time since when it has been current.
    pub fn current(&self) -> Option<(&str, Timestamp)> {
        self.phases.last().map(|(word, since)| (&**word, *since))
    }

    /// Records a response with the status.
    pub fn read(&mut self, answer: Answered<DeploymentStatus>, now: Timestamp) -> PollStep {
        if self.is_ended() {
            return PollStep::Stay;
        }
        self.polls += 1;
        match answer {
            Ok(status) => {
                self.error = None;
                let word = status.word();
                if self.current().is_none_or(|(last, _)| last != word) {
                    let since = self.since(status.updated, now);
                    self.phases.push((word.to_owned(), since));
                }
                self.status = status;
            }
            Err(error) => self.error = Some(error),
        }
        if self.is_ended() {
            return PollStep::Ended;
        }
        let pause = POLL_PAUSES.get(self.polls - 1).or(POLL_PAUSES.last());
        PollStep::Again(pause.copied().unwrap_or_default())
    }

    /// The start of a phase. The first has the service's time, or the local time if that is earlier.
    /// Later ones have the time when they were first seen.
    fn since(&self, updated: Option<Timestamp>, now: Timestamp) -> Timestamp {
        let updated = updated.filter(|_| self.phases.is_empty());
        updated.map_or(now, |updated| updated.min(now))
    }

    pub const fn waits_for(&mut self, timer: u32) {
        self.timer = timer;
    }

    pub const fn is_due(&self, timer: u32) -> bool {
        self.timer == timer
    }
}

/// All deployments of this run of the program, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeploymentRuns {
    all: Vec<DeploymentRun>,
}

impl DeploymentRuns {
    /// The last deployment of a group.
    pub fn of(&self, group: &GroupId) -> Option<&DeploymentRun> {
        let mut all = self.all.iter();
        all.rfind(|one| one.request.group == *group)
    }

    pub fn of_mut(&mut self, group: &GroupId) -> Option<&mut DeploymentRun> {
        let mut all = self.all.iter_mut();
        all.rfind(|one| one.request.group == *group)
    }

    /// The deployment of a group that is being sent.
    pub fn sending_mut(&mut self, group: &GroupId) -> Option<&mut DeploymentRun> {
        let mut all = self.all.iter_mut();
        all.find(|one| one.request.group == *group && one.is_sending())
    }

    pub fn with_id_mut(&mut self, id: &DeploymentId) -> Option<&mut DeploymentRun> {
        self.all.iter_mut().find(|one| one.is_of(id))
    }

    /// Adds a run, and drops the group's runs that this program only watched.
    pub fn begin(&mut self, run: DeploymentRun) {
        self.all
            .retain(|one| one.is_own || one.request.group != run.request.group);
        self.all.push(run);
    }

    /// Makes the deployment with this id the last one; false if it is absent.
    pub fn bring_up(&mut self, id: &DeploymentId) -> bool {
        let Some(place) = self.all.iter().position(|run| run.is_of(id)) else {
            return false;
        };
        let run = self.all.remove(place);
        self.all.push(run);
        true
    }

    /// Drops the run of a group whose request was not sent.
    pub fn forget_sending(&mut self, group: &GroupId) {
        self.all
            .retain(|one| one.request.group != *group || !one.is_sending());
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &DeploymentRun> {
        self.all.iter()
    }

    /// The run that every screen shows: the last active one, else the last whose end was not seen.
    pub fn shown(&self, choice: &AccountChoice) -> Option<&DeploymentRun> {
        let here = || self.all.iter().rev().filter(|one| one.choice == *choice);
        let active = here().find(|one| one.is_active());
        active.or_else(|| here().find(|one| !one.is_seen))
    }

    pub fn is_sending(&self) -> bool {
        self.all.iter().any(DeploymentRun::is_sending)
    }

    pub fn exit(&self) -> Exit {
        let exits = self.all.iter().map(DeploymentRun::exit);
        exits.max().unwrap_or(Exit::NothingCreated)
    }

    /// The last deployment that `--dry-run` did not send.
    pub fn rehearsed(&self) -> Option<&DeploymentRequest> {
        let mut all = self.all.iter();
        let rehearsed = all.rfind(|one| one.state == RunState::Rehearsed)?;
        Some(&rehearsed.request)
    }
}
