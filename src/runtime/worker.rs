//! Performs the app's effects side by side and hands back what comes of them as events, one at a time.

use std::future::Future;
use std::pin::Pin;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::ask::{ask, create};
use super::clock;
use super::gateway::{Gateway, Reached};
use super::journal::Journal;
use crate::app::effect::{ContextChoice, CreateRequest, Effect, Timer};
use crate::app::event::{ConnectFailure, Connected, Event};
use crate::domain::{CallRecord, Timestamp};

type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Everything that is under way outside the app.
pub struct Worker {
    gateway: Gateway,
    reached: Option<Reached>,
    journal: Journal,
    connecting: Option<Pending<Result<(Reached, Connected), ConnectFailure>>>,
    /// Questions; given up when another connection is asked for.
    asks: FuturesUnordered<Pending<Event>>,
    /// The request that changes something and the timers; never given up.
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
        gateway.observe(observer);
        let mut worker = Self {
            gateway,
            reached: None,
            journal,
            connecting: None,
            asks: FuturesUnordered::new(),
            others: FuturesUnordered::new(),
            records,
            credentials_expire: None,
        };
        worker.connect(ContextChoice::default());
        worker
    }

    /// Performs what needs neither the terminal nor the end of the program; gives back the rest.
    pub fn perform(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Ask { epoch, request } => {
                if let Some(reached) = &self.reached {
                    let reply = ask(reached.client.clone(), epoch, request);
                    self.asks
                        .push(Box::pin(async { Event::Replied(Box::new(reply.await)) }));
                }
            }
            Effect::Connect { choice, .. } => self.connect(choice),
            Effect::Create { epoch, request } => self.create(epoch, request),
            Effect::Settle(settled) => self.journal.settle(&settled),
            Effect::OpenDraft(group) => {
                let file = self.journal.open_draft(&group);
                self.later(Event::DraftOpened(file));
            }
            Effect::SaveDraft(draft) => {
                if let Err(reason) = self.journal.save_draft(&draft) {
                    self.later(Event::DraftNotSaved(reason));
                }
            }
            Effect::RemoveDraft(group) => self.journal.remove_draft(&group),
            Effect::CloseDraft(group) => self.journal.close_draft(&group),
            Effect::StartTimer(timer, after) => self.start_timer(timer, after),
            Effect::Copy(_)
            | Effect::SaveText { .. }
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Quit(_) => return Some(effect),
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
                Some(event) = self.others.next(), if !self.others.is_empty() => return self.seen(event),
                Some(event) = self.asks.next(), if !self.asks.is_empty() => return self.seen(event),
                else => std::future::pending::<()>().await,
            }
        }
    }

    /// True while something but timers is under way.
    pub fn is_busy(&self) -> bool {
        self.connecting.is_some() || !self.asks.is_empty()
    }

    fn connect(&mut self, choice: ContextChoice) {
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

    fn create(&mut self, epoch: u32, request: Box<CreateRequest>) {
        let Some(reached) = &self.reached else { return };
        let client = reached.client.clone();
        let token = clock::client_token();
        let entry = self.journal.before_create(&request, &token);
        self.others.push(Box::pin(async move {
            let reply = create(client, epoch, &request, &token).await;
            entry.after_create(&reply);
            Event::Replied(Box::new(reply))
        }));
    }

    fn start_timer(&mut self, timer: Timer, after: std::time::Duration) {
        self.others.push(Box::pin(async move {
            tokio::time::sleep(after).await;
            Event::TimerElapsed(timer)
        }));
    }

    fn later(&mut self, event: Event) {
        self.others.push(Box::pin(std::future::ready(event)));
    }

    /// Notes who one is, for drafts and history, before the app hears of it.
    fn seen(&mut self, event: Event) -> Event {
        if let Event::Replied(reply) = &event {
            self.journal.replied(reply);
        }
        event
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
