//! Performs the app's effects concurrently and returns the results as events, one at a time.

use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::OptionFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::ask::ask;
use super::change::{ChangeRequest, RequestOutcome, change};
use super::clock;
use super::connection::ConnectionTarget;
use super::file_work::{Done, FileWork, Job};
use super::journal::Journal;
use crate::app::effect::{AccountChoice, DefineRequest, Effect, TerminalEffect, Timer};
use crate::app::event::{ConnectFailure, Connected, Event};
use crate::domain::{CallRecord, GroupId, Timestamp};
use crate::greengrass::{Client, ServiceConnection};

/// After this time, a disk that has not finished its work is reported.
const LATE_AFTER: Duration = Duration::from_secs(1);
const NO_ANSWER: &str = "the disk does not answer";

type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request that changes something, while its line in the history is written.
struct Unrecorded {
    client: Client,
    request: ChangeRequest,
    client_token: String,
}

/// All work outside the app.
pub struct Worker {
    target: ConnectionTarget,
    connection: Option<ServiceConnection>,
    files: FileWork,
    connecting: Option<Pending<Result<(ServiceConnection, Connected), ConnectFailure>>>,
    /// Reads in flight; dropped when the user connects again.
    asks: FuturesUnordered<Pending<Event>>,
    /// In the order of their lines.
    unrecorded: VecDeque<Unrecorded>,
    /// Requests that change something and were sent; never dropped.
    changes: FuturesUnordered<Pending<(String, RequestOutcome, Event)>>,
    /// Searches for the effect of such a request; never dropped, since the app waits for their results.
    looks: FuturesUnordered<Pending<Event>>,
    timers: Vec<(Instant, Timer)>,
    /// Groups whose draft was last reported as unsaved.
    unsaved: HashSet<GroupId>,
    ready: VecDeque<Event>,
    records: UnboundedReceiver<CallRecord>,
    credentials_expire: Option<Timestamp>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Worker")
            .field("asks", &self.asks.len())
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// Starts connecting. Must be called in a tokio runtime.
    pub fn start(mut target: ConnectionTarget, journal: Journal) -> Self {
        let (observer, records) = unbounded_channel();
        target.schedule_here(observer);
        let mut worker = Self {
            target,
            connection: None,
            files: FileWork::on(journal),
            connecting: None,
            asks: FuturesUnordered::new(),
            unrecorded: VecDeque::new(),
            changes: FuturesUnordered::new(),
            looks: FuturesUnordered::new(),
            timers: Vec::new(),
            unsaved: HashSet::new(),
            ready: VecDeque::new(),
            records,
            credentials_expire: None,
        };
        worker.connect(AccountChoice::default());
        worker
    }

    /// Performs an effect, or returns one that needs the terminal.
    pub fn perform(&mut self, effect: Effect) -> Option<TerminalEffect> {
        match effect {
            Effect::Ask {
                epoch,
                request,
                attempt,
            } => {
                if let Some(connection) = &self.connection {
                    let client = connection.client.attempt(attempt);
                    let reply = ask(client, epoch, request);
                    self.asks
                        .push(Box::pin(async { Event::Replied(Box::new(reply.await)) }));
                }
            }
            Effect::Connect { choice } => self.connect(choice),
            Effect::Create(request) => self.record(ChangeRequest::Create(request)),
            Effect::Define(request) if request.looks_only => self.look_for_definition(*request),
            Effect::Define(request) => self.record(ChangeRequest::Define(request)),
            Effect::Deploy(request) => self.record(ChangeRequest::Deploy(request)),
            Effect::RecordProbe { group, found } => {
                self.files.push(Job::RecordProbe(group, found));
            }
            Effect::OpenDraft { group, account } => {
                self.files.push(Job::OpenDraft(group, account));
            }
            Effect::SaveDraft(draft) => self.files.push(Job::SaveDraft(draft)),
            Effect::RemoveDraft(group) => self.files.push(Job::RemoveDraft(group)),
            Effect::CloseDraft(group) => self.files.push(Job::CloseDraft(group)),
            Effect::StartTimer(timer, after) => self.start_timer(timer, after),
            Effect::Terminal(effect) => return Some(effect),
        }
        None
    }

    /// The next event; pending without any work. May be dropped while it waits.
    pub async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return event;
            }
            let late = self.late_at();
            tokio::select! {
                biased;
                Some(record) = self.records.recv() => return Event::CallObserved(record),
                Some(connection) = OptionFuture::from(self.connecting.as_mut()) => {
                    self.connecting = None;
                    return self.connected(connection);
                }
                Some((token, outcome, event)) = self.changes.next() => {
                    self.files.push(Job::RecordOutcome(token, outcome));
                    return event;
                }
                done = self.files.next() => self.file_work_done(done),
                Some(()) = OptionFuture::from(late.map(sleep_until)) => self.report_late_files(),
                timer = first(&mut self.timers) => return Event::TimerElapsed(timer),
                Some(event) = self.looks.next() => return event,
                Some(event) = self.asks.next() => return event,
            }
        }
    }

    /// True while a request that changes something is recorded or sent.
    pub fn is_sending(&self) -> bool {
        !self.unrecorded.is_empty() || !self.changes.is_empty()
    }

    /// Waits until drafts and history are read and written; [`Self::next`] returns the results. May be
    /// dropped while it waits.
    pub async fn rest(&mut self) {
        while self.files.busy_since().is_some() {
            let done = self.files.next().await;
            self.file_work_done(done);
        }
    }

    /// As [`Self::rest`], but with a limit for each job, so that a hanging disk is waited for once.
    pub async fn rest_within(&mut self, limit: Duration) {
        if let Some(since) = self.files.busy_since() {
            _ = timeout_at(since + limit, self.rest()).await;
        }
    }

    /// When the disk will be reported as late; `None` if nothing waits for it.
    fn late_at(&self) -> Option<Instant> {
        let mut unsaved = self.files.unsaved();
        let is_awaited =
            !self.unrecorded.is_empty() || unsaved.any(|group| !self.unsaved.contains(group));
        let since = self.files.busy_since().filter(|_| is_awaited)?;
        Some(since + LATE_AFTER)
    }

    /// Reports drafts and requests that wait for the disk as unsaved, until it has finished.
    pub fn report_late_files(&mut self) {
        let unsaved: Vec<GroupId> = self.files.unsaved().cloned().collect();
        for group in unsaved {
            if self.unsaved.insert(group.clone()) {
                let saved = Err(NO_ANSWER.to_owned());
                self.ready.push_back(Event::DraftSaved { group, saved });
            }
        }
        while let Some(unrecorded) = self.unrecorded.pop_front() {
            if unrecorded.request.may_go_unrecorded() {
                self.send(unrecorded);
            } else {
                let not_sent = self.give_up(unrecorded);
                self.ready.push_back(not_sent);
            }
        }
    }

    pub fn take_ready(&mut self) -> Option<Event> {
        self.ready.pop_front()
    }

    fn connect(&mut self, choice: AccountChoice) {
        self.connection = None;
        self.asks = FuturesUnordered::new();
        self.connecting = Some(Box::pin(self.target.clone().connect(choice)));
    }

    fn connected(
        &mut self,
        connection: Result<(ServiceConnection, Connected), ConnectFailure>,
    ) -> Event {
        Event::Connected(connection.map(|(connection, connected)| {
            self.files.push(Job::Connected(Box::new(connected.clone())));
            self.files.push(Job::FindDrafts);
            self.connection = Some(connection);
            connected
        }))
    }

    /// Looks for the effect of a request that was sent earlier.
    fn look_for_definition(&mut self, request: DefineRequest) {
        if let Some(connection) = &self.connection {
            let client = connection.client.clone();
            self.looks.push(Box::pin(async move {
                let answer = client.find_definition_version(&request.create).await;
                Event::DefinitionAnswered {
                    group: request.group,
                    answer,
                }
            }));
        }
    }

    /// Writes the line in the history first; the request is sent when the line is on the disk.
    fn record(&mut self, request: ChangeRequest) {
        let Some(connection) = &self.connection else {
            return;
        };
        let client_token = clock::client_token();
        let job = Job::RecordSending(request.clone(), client_token.clone());
        self.unrecorded.push_back(Unrecorded {
            client: connection.client.clone(),
            request,
            client_token,
        });
        self.files.push(job);
    }

    fn send(&mut self, unrecorded: Unrecorded) {
        self.changes.push(Box::pin(async move {
            let Unrecorded {
                client,
                request,
                client_token,
            } = unrecorded;
            let (outcome, event) = change(&client, request, &client_token).await;
            (client_token, outcome, event)
        }));
    }

    /// Drops the next request without a line in the history; it was not sent.
    pub fn give_up_recording(&mut self) -> Option<Event> {
        let unrecorded = self.unrecorded.pop_front()?;
        Some(self.give_up(unrecorded))
    }

    fn give_up(&mut self, unrecorded: Unrecorded) -> Event {
        // Its line may still be written, and must not look like a request without an outcome.
        let outcome = unrecorded.request.not_sent(NO_ANSWER);
        self.files
            .push(Job::RecordOutcome(unrecorded.client_token, outcome));
        unrecorded.request.not_recorded(NO_ANSWER.to_owned())
    }

    /// Sends a request whose line is in the history or not required.
    fn recorded(&mut self, client_token: &str, recorded: Result<(), String>) {
        let mut waiting = self.unrecorded.iter();
        let place = waiting.position(|one| one.client_token == client_token);
        let Some(unrecorded) = place.and_then(|place| self.unrecorded.remove(place)) else {
            return;
        };
        match recorded {
            Err(reason) if !unrecorded.request.may_go_unrecorded() => {
                self.ready
                    .push_back(unrecorded.request.not_recorded(reason));
            }
            Ok(()) | Err(_) => self.send(unrecorded),
        }
    }

    fn file_work_done(&mut self, done: Done) {
        match done {
            Done::Events(events) => self.ready.extend(events),
            Done::DraftSaved(group, saved) => {
                let was_unsaved = match &saved {
                    Ok(()) => self.unsaved.remove(&group),
                    Err(_) => self.unsaved.insert(group.clone()),
                };
                if was_unsaved || saved.is_err() {
                    self.ready.push_back(Event::DraftSaved { group, saved });
                }
            }
            Done::SendingRecorded(token, recorded) => self.recorded(&token, recorded),
        }
    }

    /// A timer of a replaced notice or review is dropped: a held key would create many of them.
    fn start_timer(&mut self, timer: Timer, after: Duration) {
        let is_replaced = |other: &Timer| {
            matches!(
                (other, timer),
                (Timer::NoticeOver { .. }, Timer::NoticeOver { .. })
                    | (Timer::EnterHeld { .. }, Timer::EnterHeld { .. })
                    | (Timer::SaveAgain, Timer::SaveAgain)
                    | (Timer::DeploymentLasts, Timer::DeploymentLasts)
            )
        };
        self.timers.retain(|(_, other)| !is_replaced(other));
        self.timers.push((Instant::now() + after, timer));
    }

    /// The expiry of the credentials, when it is first known or has changed.
    pub fn credentials_expiry_changed(&mut self) -> Option<Timestamp> {
        let expire = self
            .connection
            .as_ref()
            .and_then(ServiceConnection::credentials_expiry);
        if expire == self.credentials_expire {
            return None;
        }
        self.credentials_expire = expire;
        expire
    }
}

/// The timer that elapses first; pending without any.
async fn first(timers: &mut Vec<(Instant, Timer)>) -> Timer {
    let earliest = timers.iter().enumerate().min_by_key(|(_, (at, _))| *at);
    match earliest.map(|(place, (at, _))| (place, *at)) {
        Some((place, at)) => {
            sleep_until(at).await;
            timers.remove(place).1
        }
        None => std::future::pending().await,
    }
}
