//! Performs the app's effects side by side and hands back what comes of them as events, one at a time.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use super::ask::ask;
use super::clock;
use super::gateway::{Gateway, Reached};
use super::journal::Journal;
use crate::app::effect::{AccountChoice, CreateRequest, Effect, TerminalEffect, Timer};
use crate::app::event::{Answered, ConnectFailure, Connected, Event};
use crate::domain::{CallRecord, CreatedVersion, GroupId, Timestamp};

type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// How long the answer to a request is waited for while the program ends.
const LAST_PATIENCE: Duration = Duration::from_secs(5);

/// The answer to the request that changes something, and whether the history has it.
struct Created {
    group: GroupId,
    answer: Answered<CreatedVersion>,
    written: Result<(), String>,
}

/// Everything that is under way outside the app.
pub struct Worker {
    gateway: Gateway,
    reached: Option<Reached>,
    journal: Journal,
    connecting: Option<Pending<Result<(Reached, Connected), ConnectFailure>>>,
    /// Questions; given up when another connection is asked for.
    asks: FuturesUnordered<Pending<Event>>,
    /// The request that changes something; never given up.
    creations: FuturesUnordered<Pending<Created>>,
    /// The timers, and what is known already.
    others: FuturesUnordered<Pending<Event>>,
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
    /// Begins to connect at once.
    pub fn start(mut gateway: Gateway, journal: Journal) -> Self {
        let (observer, records) = unbounded_channel();
        gateway.schedule_here(observer);
        let mut worker = Self {
            gateway,
            reached: None,
            journal,
            connecting: None,
            asks: FuturesUnordered::new(),
            creations: FuturesUnordered::new(),
            others: FuturesUnordered::new(),
            records,
            credentials_expire: None,
        };
        worker.connect(AccountChoice::default());
        worker
    }

    /// Performs an effect; gives back what needs the terminal.
    pub fn perform(&mut self, effect: Effect) -> Option<TerminalEffect> {
        match effect {
            Effect::Ask {
                epoch,
                request,
                attempt,
            } => {
                if let Some(reached) = &self.reached {
                    let client = reached.client.attempt(attempt);
                    let reply = ask(client, epoch, request);
                    self.asks
                        .push(Box::pin(async { Event::Replied(Box::new(reply.await)) }));
                }
            }
            Effect::Connect { choice } => self.connect(choice),
            Effect::Create(request) => self.create(request),
            Effect::RecordProbe { group, found } => {
                let written = self.journal.record_probe(&group, found.as_ref());
                self.tell_unwritten(written);
            }
            Effect::OpenDraft { group, account } => self.open_draft(&group, account.as_deref()),
            Effect::SaveDraft(draft) => {
                if let Err(reason) = self.journal.save_draft(&draft) {
                    self.later(Event::DraftNotSaved(reason));
                }
            }
            Effect::RemoveDraft(group) => self.journal.remove_draft(&group),
            Effect::CloseDraft(group) => self.journal.close_draft(&group),
            Effect::StartTimer(timer, after) => self.start_timer(timer, after),
            Effect::Terminal(effect) => return Some(effect),
        }
        None
    }

    /// The next thing that came of something; pending while nothing is under way. May be dropped while it waits.
    pub async fn next(&mut self) -> Event {
        loop {
            tokio::select! {
                biased;
                Some(record) = self.records.recv() => return Event::CallObserved(record),
                reached = pending(&mut self.connecting) => {
                    self.connecting = None;
                    return self.connected(reached);
                }
                Some(created) = self.creations.next(), if !self.creations.is_empty() => return self.created(created),
                Some(event) = self.others.next(), if !self.others.is_empty() => return event,
                Some(event) = self.asks.next(), if !self.asks.is_empty() => return event,
                else => std::future::pending::<()>().await,
            }
        }
    }

    /// The answer to the request that changes something, where one is under way as the program ends:
    /// it is waited for a little, so that the history and the exit status can say what became of it.
    pub async fn last_answer(&mut self) -> Option<Event> {
        let created = timeout(LAST_PATIENCE, self.creations.next()).await;
        created.ok()?.map(|created| self.created(created))
    }

    /// True while something but timers is under way.
    pub fn is_busy(&self) -> bool {
        self.connecting.is_some() || !self.asks.is_empty()
    }

    fn connect(&mut self, choice: AccountChoice) {
        self.reached = None;
        self.asks = FuturesUnordered::new();
        self.connecting = Some(Box::pin(self.gateway.clone().reach(choice)));
    }

    fn connected(&mut self, reached: Result<(Reached, Connected), ConnectFailure>) -> Event {
        Event::Connected(reached.map(|(reached, connected)| {
            self.journal.connected(&connected);
            self.reached = Some(reached);
            connected
        }))
    }

    fn create(&mut self, request: Box<CreateRequest>) {
        let Some(reached) = &self.reached else { return };
        let client = reached.client.clone();
        let token = clock::client_token();
        let (entry, written) = self.journal.before_create(&request, &token);
        self.tell_unwritten(written);
        self.creations.push(Box::pin(async move {
            let answer = client.create_group_version(&request.create, &token).await;
            Created {
                group: request.create.group,
                written: entry.after_create(&answer),
                answer,
            }
        }));
    }

    fn created(&mut self, created: Created) -> Event {
        self.tell_unwritten(created.written);
        Event::CreateAnswered {
            group: created.group,
            answer: created.answer,
        }
    }

    fn tell_unwritten(&mut self, written: Result<(), String>) {
        if let Err(reason) = written {
            self.later(Event::HistoryNotWritten(reason));
        }
    }

    fn open_draft(&mut self, group: &GroupId, account: Option<&str>) {
        let file = self.journal.open_draft(group, account);
        self.later(Event::DraftOpened(file));
        if let Some(unsettled) = self.journal.unsettled(group) {
            self.later(Event::UnconfirmedCreateFound(unsettled));
        }
    }

    fn start_timer(&mut self, timer: Timer, after: Duration) {
        self.others.push(Box::pin(async move {
            tokio::time::sleep(after).await;
            Event::TimerElapsed(timer)
        }));
    }

    fn later(&mut self, event: Event) {
        self.others.push(Box::pin(std::future::ready(event)));
    }

    /// When the credentials end, the first time that this is known or when it has changed.
    pub fn credentials_expiry_changed(&mut self) -> Option<Timestamp> {
        let expire = self.reached.as_ref().and_then(Reached::credentials_expiry);
        if expire == self.credentials_expire {
            return None;
        }
        self.credentials_expire = expire;
        expire
    }
}

async fn pending<T>(future: &mut Option<Pending<T>>) -> T {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}
