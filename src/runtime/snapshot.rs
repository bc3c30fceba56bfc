//! A whole account, read through the client into an account file that the sandbox opens.

mod assemble;
mod known;
mod partial;
mod target;
mod task;

use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::domain::{
    Definition, DefinitionKind, Group, Page, PageToken, PageWalk, PerKind, ServiceError, Trouble,
};
use crate::greengrass::Client;
use crate::sandbox::write_account;

use known::Known;
use partial::Partial;
use task::Task;

pub use target::{Origin, partial_of};

/// So many questions are under way at once; the client's own rate holds all the same.
const SIDE_BY_SIDE: usize = 8;

/// So many failures in a row that are nobody's fault here mean that the service is gone.
const MOST_FAILURES_IN_A_ROW: usize = 16;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being read: `versions`.
    pub reading: &'static str,
    pub done: usize,
    /// Absent while a list still grows.
    pub total: Option<usize>,
    /// What could not be read so far.
    pub missing: usize,
}

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    pub account: String,
    pub region: String,
    pub groups: usize,
    pub group_versions: usize,
    pub definitions: usize,
    pub definition_versions: usize,
    pub deployments: usize,
    /// Questions that an earlier run had answered already.
    pub resumed: usize,
    /// What could not be read, a line each.
    pub missing: Vec<String>,
}

/// Why no snapshot was written.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The file cannot be this snapshot; nothing was written.
    #[error("{0}")]
    Target(String),
    /// Nothing at all could be read.
    #[error("nothing could be read: {0}")]
    Nothing(Box<ServiceError>),
    #[error("the account holds neither groups nor definitions, so there is nothing to save")]
    Empty,
    /// It broke off; what was read is kept.
    #[error("{error}; what was read until then is in {}, and the same command goes on from there", .partial.display())]
    Stopped {
        error: Box<ServiceError>,
        partial: PathBuf,
    },
    #[error("{}: {source}", .path.display())]
    File {
        path: PathBuf,
        source: std::io::Error,
    },
}

/// Everything that is read while one snapshot is taken.
struct Taking<'a, R> {
    client: &'a Client,
    file: &'a Path,
    report: R,
    groups: Vec<Group>,
    definitions: PerKind<Vec<Definition>>,
    missing: Vec<String>,
    /// Why the first list failed, if one did.
    first_failure: Option<ServiceError>,
}

/// Reads the account and writes the file; goes on from what an interrupted run has left beside it.
pub async fn take<R: FnMut(Progress)>(
    client: &Client,
    file: &Path,
    origin: Origin,
    report: R,
) -> Result<Taken, SnapshotError> {
    let existing = target::check(file)?;
    let mut taking = Taking {
        client,
        file,
        report,
        groups: Vec::new(),
        definitions: PerKind::default(),
        missing: Vec::new(),
        first_failure: None,
    };
    taking.read_lists().await?;
    let origin = taking.settle_origin(origin).await?;
    target::check_same(file, existing.as_ref(), &origin)?;
    let (mut partial, known) = Partial::open(&partial_of(file), &origin)?;
    let resumed = known.len();
    let known = taking.read_rest(&mut partial, known).await?;
    taking.finish(partial, &known, &origin, resumed)
}

impl<R: FnMut(Progress)> Taking<'_, R> {
    /// Groups and definitions: always anew, because they change.
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
            self.definitions[kind] = self.list(&name, "definitions", &mut failed, ask).await?;
        }
        match self.first_failure.take() {
            Some(error) if failed > DefinitionKind::ALL.len() => {
                Err(SnapshotError::Nothing(Box::new(error)))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Follows one list to its end; a list that is refused is missing, and what was read of it stays.
    async fn list<T, F: Future<Output = Result<Page<T>, ServiceError>>>(
        &mut self,
        operation: &str,
        reading: &'static str,
        failed: &mut usize,
        ask: impl Fn(Option<PageToken>) -> F,
    ) -> Result<Vec<T>, SnapshotError> {
        let (mut items, mut walk, mut from) = (Vec::new(), PageWalk::default(), None);
        loop {
            let page = ask(from).await.and_then(|page| {
                let next = walk.step(operation, page.next.clone(), page.items.len())?;
                Ok((page, next))
            });
            let next = match page {
                Ok((page, next)) => {
                    self.count_unreadable(operation, page.unreadable);
                    items.extend(page.items);
                    next
                }
                Err(error) if ends_everything(&error) => {
                    return Err(SnapshotError::Nothing(Box::new(error)));
                }
                Err(error) => {
                    *failed += 1;
                    self.missing.push(error.to_string());
                    self.first_failure.get_or_insert(error);
                    return Ok(items);
                }
            };
            (self.report)(Progress {
                reading,
                done: items.len(),
                total: None,
                missing: self.missing.len(),
            });
            match next {
                Some(token) => from = Some(token),
                None => return Ok(items),
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

    /// The ARNs say which account this is; only where there are none is STS asked.
    async fn settle_origin(&self, origin: Origin) -> Result<Origin, SnapshotError> {
        let latest = |definition: &Definition| {
            definition
                .latest
                .as_ref()
                .map(|arn| arn.as_str().to_owned())
        };
        let of_groups = self.groups.iter().find_map(|group| group.arn.clone());
        let mut of_definitions = self.definitions.iter();
        let arn =
            of_groups.or_else(|| of_definitions.find_map(|(_, list)| list.iter().find_map(latest)));
        if let Some(origin) = arn.and_then(|arn| origin.clone().of_arn(&arn)) {
            return Ok(origin);
        }
        let is_empty =
            self.groups.is_empty() && self.definitions.iter().all(|(_, list)| list.is_empty());
        let identity = self.client.identity().await;
        match identity {
            Ok(Some(identity)) if !is_empty => Ok(origin.of_account(identity.account)),
            Err(error) if !is_empty => Err(SnapshotError::Nothing(Box::new(error))),
            Ok(_) | Err(_) => Err(SnapshotError::Empty),
        }
    }

    /// Versions first, then what they hold, then the deployments; what is known already is not asked again.
    async fn read_rest(
        &mut self,
        partial: &mut Partial,
        mut known: Known,
    ) -> Result<Known, SnapshotError> {
        let lists = known.unlisted(&self.groups, &self.definitions);
        self.perform("lists of versions", lists, partial, &mut known)
            .await?;
        let contents = known.unread(&self.groups, &self.definitions);
        self.perform("versions", contents, partial, &mut known)
            .await?;
        let deployments = self
            .groups
            .iter()
            .map(|group| Task::Deployments(group.id.clone()));
        self.perform(
            "lists of deployments",
            deployments.collect(),
            partial,
            &mut known,
        )
        .await?;
        let statuses = known.unsettled();
        self.perform("deployments", statuses, partial, &mut known)
            .await?;
        Ok(known)
    }

    async fn perform(
        &mut self,
        reading: &'static str,
        tasks: Vec<Task>,
        partial: &mut Partial,
        known: &mut Known,
    ) -> Result<(), SnapshotError> {
        let total = Some(tasks.len());
        let mut waiting = tasks.into_iter();
        let mut under_way: FuturesUnordered<_> = FuturesUnordered::new();
        let (mut done, mut in_a_row) = (0, 0);
        loop {
            while under_way.len() < SIDE_BY_SIDE {
                let Some(task) = waiting.next() else { break };
                under_way.push(task.ask(self.client));
            }
            let Some((task, answer)) = under_way.next().await else {
                return Ok(());
            };
            match answer {
                Ok((record, unreadable)) => {
                    in_a_row = 0;
                    self.count_unreadable(&task.words(), unreadable);
                    partial.append(&record)?;
                    known.learn(record);
                }
                Err(error) => {
                    in_a_row += usize::from(is_passing(&error));
                    if ends_everything(&error) || in_a_row >= MOST_FAILURES_IN_A_ROW {
                        return Err(SnapshotError::Stopped {
                            error: Box::new(error),
                            partial: partial.path().to_owned(),
                        });
                    }
                    self.missing.push(format!("{}: {error}", task.words()));
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

    /// The partial file goes when nothing is missing; otherwise the next run asks for what is.
    fn finish(
        mut self,
        partial: Partial,
        known: &Known,
        origin: &Origin,
        resumed: usize,
    ) -> Result<Taken, SnapshotError> {
        let (account, mut taken) = assemble::account(
            &self.groups,
            &self.definitions,
            known,
            origin,
            &mut self.missing,
        );
        write_account(self.file, &account).map_err(|source| SnapshotError::File {
            path: self.file.to_owned(),
            source,
        })?;
        if self.missing.is_empty() {
            partial.remove()?;
        }
        taken.resumed = resumed;
        taken.missing = self.missing;
        Ok(taken)
    }
}

/// Troubles that the next question would meet as well.
const fn ends_everything(error: &ServiceError) -> bool {
    matches!(
        error.trouble,
        Trouble::ExpiredCredentials | Trouble::NoCredentials | Trouble::BadCredentials
    )
}

/// Troubles that are not about what was asked.
const fn is_passing(error: &ServiceError) -> bool {
    matches!(
        error.trouble,
        Trouble::Throttled
            | Trouble::Unreachable
            | Trouble::NoAnswer
            | Trouble::ServerFault
            | Trouble::Unreadable
    )
}
