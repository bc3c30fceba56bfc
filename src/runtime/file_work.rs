//! Reads and writes drafts and history in order on another thread, so that a slow file system blocks no key.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::Instant;

use super::change::{ChangeRequest, RequestOutcome};
use super::journal::Journal;
use crate::app::event::{Connected, Event};
use crate::domain::{Draft, GroupId, GroupVersionId};

/// One job on the files.
#[derive(Debug)]
pub(super) enum Job {
    Connected(Box<Connected>),
    FindDrafts,
    /// The account owns the group; `None` if it is unknown.
    OpenDraft(GroupId, Option<String>),
    SaveDraft(Box<Draft>),
    RemoveDraft(GroupId),
    CloseDraft(GroupId),
    RecordSending(ChangeRequest, String),
    RecordOutcome(String, RequestOutcome),
    RecordProbe(GroupId, Option<GroupVersionId>),
}

impl Job {
    fn saves(&self) -> Option<&GroupId> {
        let Self::SaveDraft(draft) = self else {
            return None;
        };
        Some(draft.group())
    }
}

#[derive(Debug)]
pub(super) enum Done {
    Events(Vec<Event>),
    DraftSaved(GroupId, Result<(), String>),
    /// For the request with this client token.
    SendingRecorded(String, Result<(), String>),
}

/// The queue of jobs, and the journal that they use.
#[derive(Debug)]
pub(super) struct FileWork {
    /// `None` while a job uses it.
    journal: Option<Journal>,
    waiting: VecDeque<Job>,
    running: Option<RunningJob>,
}

#[derive(Debug)]
struct RunningJob {
    since: Instant,
    /// The group whose draft it saves.
    saves: Option<GroupId>,
    result: JoinHandle<(Journal, Result<Done, Panic>)>,
}

type Panic = Box<dyn Any + Send>;

impl FileWork {
    pub(super) const fn on(journal: Journal) -> Self {
        Self {
            journal: Some(journal),
            waiting: VecDeque::new(),
            running: None,
        }
    }

    /// Adds a job. A draft replaces an older one of its group whose job has not started.
    pub(super) fn push(&mut self, job: Job) {
        match (self.waiting.back_mut(), job) {
            (Some(Job::SaveDraft(older)), Job::SaveDraft(newer))
                if older.group() == newer.group() =>
            {
                *older = newer;
            }
            (_, job) => self.waiting.push_back(job),
        }
        self.begin_next();
    }

    /// When the running job started.
    pub(super) fn busy_since(&self) -> Option<Instant> {
        self.running.as_ref().map(|running| running.since)
    }

    /// The groups with a draft to save.
    pub(super) fn unsaved(&self) -> impl Iterator<Item = &GroupId> {
        let running = self.running.as_ref().and_then(|job| job.saves.as_ref());
        running
            .into_iter()
            .chain(self.waiting.iter().filter_map(Job::saves))
    }

    /// The next result, in the order of the jobs; pending without jobs. May be dropped while it waits.
    pub(super) async fn next(&mut self) -> Done {
        let Some(running) = &mut self.running else {
            return std::future::pending().await;
        };
        let joined = (&mut running.result).await;
        self.running = None;
        match joined {
            Ok((journal, done)) => {
                self.journal = Some(journal);
                self.begin_next();
                // After a panic the other jobs still run.
                done.unwrap_or_else(|panic| resume_unwind(panic))
            }
            // The runtime is shutting down.
            Err(_) => std::future::pending().await,
        }
    }

    fn begin_next(&mut self) {
        if self.running.is_some() {
            return;
        }
        let Some(job) = self.waiting.pop_front() else {
            return;
        };
        if let Some(mut journal) = self.journal.take() {
            self.running = Some(RunningJob {
                since: Instant::now(),
                saves: job.saves().cloned(),
                result: spawn_blocking(move || {
                    let done = catch_unwind(AssertUnwindSafe(|| perform(&mut journal, job)));
                    (journal, done)
                }),
            });
        }
    }
}

fn perform(journal: &mut Journal, job: Job) -> Done {
    let mut events = Vec::new();
    match job {
        Job::Connected(connected) => journal.connected(&connected),
        Job::FindDrafts => events.push(Event::DraftsFound(journal.left_drafts())),
        Job::RemoveDraft(group) => journal.remove_draft(&group),
        Job::CloseDraft(group) => journal.close_draft(&group),
        Job::OpenDraft(group, account) => {
            let file = journal.open_draft(&group, account.as_deref());
            events.push(Event::DraftOpened(file));
            let unsettled = journal.unsettled(&group);
            events.extend(unsettled.map(Event::UnconfirmedCreateFound));
        }
        Job::SaveDraft(draft) => {
            let saved = journal.save_draft(&draft);
            return Done::DraftSaved(draft.group().clone(), saved);
        }
        Job::RecordSending(request, token) => {
            let recorded = journal.record_sending(&request, &token);
            return Done::SendingRecorded(token, recorded);
        }
        Job::RecordOutcome(token, outcome) => {
            let recorded = journal.record_outcome(token, outcome);
            events.extend(recorded.err().map(Event::HistoryNotWritten));
        }
        Job::RecordProbe(group, found) => {
            let recorded = journal.record_probe(&group, found.as_ref());
            events.extend(recorded.err().map(Event::HistoryNotWritten));
        }
    }
    Done::Events(events)
}
