//! `snapshot`: reads an account through the client and writes an account file for the sandbox.

mod assemble;
mod known;
mod partial;
mod record;
mod target;
mod task;

use std::path::PathBuf;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::domain::{
    Definition, DefinitionKind, DefinitionVersionArn, ErrorKind, Group, GroupId, Page, PageToken,
    ServiceError,
};
use crate::greengrass::{Client, read_pages};
use crate::sandbox::{WriteError, write_account};

use partial::Partial;
use task::Task;

pub use target::{SnapshotOrigin, Target, partial_of};

/// Calls in flight at once; the client's rate limit applies as well.
const MAX_IN_FLIGHT: usize = 8;

/// Abort after this many consecutive transient failures.
const MAX_CONSECUTIVE_FAILURES: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The kind of thing being read: `versions`.
    pub reading: &'static str,
    pub done: usize,
    /// `None` while the list is incomplete.
    pub total: Option<usize>,
    /// Calls that failed so far.
    pub missing: usize,
}

/// The contents of the written file, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    pub account: String,
    pub region: String,
    pub groups: usize,
    pub group_versions: usize,
    pub definitions: usize,
    pub definition_versions: usize,
    pub deployments: usize,
    /// Records taken from an interrupted run's partial file.
    pub resumed: usize,
    /// One line for each call that failed.
    pub missing: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot hold this snapshot; nothing was written.
    #[error("{0}")]
    Target(String),
    /// Every list failed.
    #[error("nothing could be read: {0}")]
    Nothing(Box<ServiceError>),
    #[error("the account holds neither groups nor definitions, so there is nothing to save")]
    Empty,
    /// The run was aborted; the partial file keeps everything read so far.
    #[error("{error}; everything read until then is in {}; run the same command again to continue", .partial.display())]
    Stopped {
        error: Box<ServiceError>,
        partial: PathBuf,
    },
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{}: {source}", .path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
}

struct Run<'a, R> {
    client: &'a Client,
    target: Target<'a>,
    report: R,
    groups: Vec<Group>,
    definitions: Vec<Definition>,
    missing: Vec<String>,
    /// The error of the first list that failed.
    first_failure: Option<ServiceError>,
}

/// Reads the account and writes the file. Continues from the partial file of an interrupted run.
pub async fn take<R: FnMut(Progress)>(
    client: &Client,
    target: Target<'_>,
    origin: SnapshotOrigin,
    report: R,
) -> Result<Taken, SnapshotError> {
    let existing = target::check(target.file)?;
    let mut run = Run {
        client,
        target,
        report,
        groups: Vec::new(),
        definitions: Vec::new(),
        missing: Vec::new(),
        first_failure: None,
    };
    run.read_lists().await?;
    let origin = run.find_account(origin).await?;
    target::check_same(target.file, existing.as_ref(), &origin)?;
    let mut partial = Partial::open(&partial_of(target.file), &origin)?;
    let resumed = partial.known.len();
    run.read_rest(&mut partial).await?;
    run.finish(partial, &origin, resumed)
}

impl<R: FnMut(Progress)> Run<'_, R> {
    /// Reads the groups and definitions, in every run again, because they change.
    async fn read_lists(&mut self) -> Result<(), SnapshotError> {
        let client = self.client;
        let mut failed = 0;
        self.groups = self
            .list("ListGroups", "groups", &mut failed, |from| {
                client.groups(from)
            })
            .await?;
        for kind in DefinitionKind::ALL {
            let name = format!("List{}Definitions", task::operation_word(kind));
            let ask = |from| client.definitions(kind, from);
            let definitions = self.list(&name, "definitions", &mut failed, ask).await?;
            self.definitions.extend(definitions);
        }
        match self.first_failure.take() {
            Some(error) if failed > DefinitionKind::ALL.len() => {
                Err(SnapshotError::Nothing(Box::new(error)))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Reads one list to its end. A failing list counts as missing, but its entries before the error are
    /// kept.
    async fn list<T, F: Future<Output = Result<Page<T>, ServiceError>>>(
        &mut self,
        operation: &str,
        reading: &'static str,
        failed: &mut usize,
        ask: impl Fn(Option<PageToken>) -> F,
    ) -> Result<Vec<T>, SnapshotError> {
        let mut items = Vec::new();
        let read = read_pages(operation, ask, |page| {
            self.count_unreadable(operation, page.unreadable);
            items.extend(page.items);
            (self.report)(Progress {
                reading,
                done: items.len(),
                total: None,
                missing: self.missing.len(),
            });
        });
        match read.await {
            Ok(()) => Ok(items),
            Err(error) if ends_everything(&error) => Err(SnapshotError::Nothing(Box::new(error))),
            Err(error) => {
                *failed += 1;
                self.missing.push(error.to_string());
                self.first_failure.get_or_insert(error);
                Ok(items)
            }
        }
    }

    fn count_unreadable(&mut self, operation: &str, unreadable: usize) {
        if unreadable > 0 {
            self.missing.push(format!(
                "{operation}: {unreadable} entries without an id, or with an ARN that cannot be read"
            ));
        }
    }

    /// Finds the account id in the ARNs, or asks STS if there is no ARN.
    async fn find_account(&self, origin: SnapshotOrigin) -> Result<SnapshotOrigin, SnapshotError> {
        let of_groups = self.groups.iter().filter_map(|group| group.arn.as_deref());
        let latest = self.definitions.iter();
        let latest = latest.filter_map(|definition| definition.latest.as_ref());
        let arn = of_groups
            .chain(latest.map(DefinitionVersionArn::as_str))
            .next();
        if let Some(origin) = arn.and_then(|arn| origin.clone().of_arn(arn)) {
            return Ok(origin);
        }
        let is_empty = self.groups.is_empty() && self.definitions.is_empty();
        match self.client.identity().await {
            Ok(Some(identity)) if !is_empty => Ok(origin.of_account(identity.account)),
            Err(error) if !is_empty => Err(SnapshotError::Nothing(Box::new(error))),
            Ok(_) | Err(_) => Err(SnapshotError::Empty),
        }
    }

    /// Reads lists of versions, contents, deployments, then tags and roles, except those already known.
    async fn read_rest(&mut self, partial: &mut Partial) -> Result<(), SnapshotError> {
        let groups: Vec<GroupId> = self.groups.iter().map(|group| group.id.clone()).collect();
        let lists = partial.known.unlisted(&self.groups, &self.definitions);
        self.perform("lists of versions", lists, partial).await?;
        let contents = partial.known.unread(&self.groups, &self.definitions);
        self.perform("versions", contents, partial).await?;
        let deployments = groups.iter().cloned().map(Task::Deployments).collect();
        self.perform("lists of deployments", deployments, partial)
            .await?;
        let statuses = partial.known.unfinished();
        self.perform("deployments", statuses, partial).await?;
        let around = groups
            .into_iter()
            .flat_map(|group| [Task::GroupTags(group.clone()), Task::GroupRole(group)])
            .chain([Task::ServiceRole])
            .collect();
        self.perform("tags and roles", around, partial).await
    }

    async fn perform(
        &mut self,
        reading: &'static str,
        tasks: Vec<Task>,
        partial: &mut Partial,
    ) -> Result<(), SnapshotError> {
        let total = Some(tasks.len());
        let mut waiting = tasks.into_iter();
        let mut in_flight: FuturesUnordered<_> = FuturesUnordered::new();
        let (mut done, mut in_a_row) = (0, 0);
        loop {
            while in_flight.len() < MAX_IN_FLIGHT {
                let Some(task) = waiting.next() else { break };
                in_flight.push(task.run(self.client));
            }
            let Some((task, answer)) = in_flight.next().await else {
                return Ok(());
            };
            match answer {
                Ok((record, unreadable)) => {
                    in_a_row = 0;
                    self.count_unreadable(&task.subject(), unreadable);
                    partial.add(record)?;
                }
                Err(error) => {
                    in_a_row += usize::from(is_transient(&error));
                    if ends_everything(&error) || in_a_row >= MAX_CONSECUTIVE_FAILURES {
                        return Err(SnapshotError::Stopped {
                            error: Box::new(error),
                            partial: partial.path().to_owned(),
                        });
                    }
                    self.missing.push(format!("{}: {error}", task.subject()));
                }
            }
            done += 1;
            (self.report)(Progress {
                reading,
                done,
                total,
                missing: self.missing.len(),
            });
        }
    }

    /// Writes the file. The partial file stays for the next run if something is missing.
    fn finish(
        mut self,
        partial: Partial,
        origin: &SnapshotOrigin,
        resumed: usize,
    ) -> Result<Taken, SnapshotError> {
        let (account, mut taken) = assemble::account(
            &self.groups,
            &self.definitions,
            &partial.known,
            origin,
            &mut self.missing,
        );
        // The check is repeated, because the file may have changed in the meantime.
        if let (Some(existing), false) = (target::check(self.target.file)?, self.target.replace) {
            target::check_nothing_lost(self.target.file, &existing, &account)?;
        }
        write_account(self.target.file, &account)?;
        if self.missing.is_empty() {
            partial.remove()?;
        }
        taken.resumed = resumed;
        taken.missing = self.missing;
        Ok(taken)
    }
}

/// Whether every further call would fail with the same error.
const fn ends_everything(error: &ServiceError) -> bool {
    matches!(
        error.kind,
        ErrorKind::ExpiredCredentials | ErrorKind::NoCredentials | ErrorKind::BadCredentials
    )
}

/// Whether the error is transient, not caused by the request.
const fn is_transient(error: &ServiceError) -> bool {
    matches!(
        error.kind,
        ErrorKind::Throttled
            | ErrorKind::Unreachable
            | ErrorKind::NoAnswer
            | ErrorKind::ServerFault
            | ErrorKind::Unreadable
    )
}
