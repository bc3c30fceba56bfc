//! An AWS account inside the process, behind the SDK's own HTTP connector: for the demo, for tests, for `serve`.

pub mod account;
pub mod account_file;
pub mod api;
mod clock;
mod connector;
mod fault;
mod moment;
mod seed;
mod serve;
mod store;
mod traffic;
mod wire;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;

pub use account::Account;
pub use account_file::DamagedAccount;
pub use api::{Operation, PageSizes, Request, Response};
pub use clock::Clock;
pub use fault::{Cut, Fault};
pub use moment::{Ids, Moment};
pub use serve::{LARGEST_BODY, serve};
pub use store::{LARGEST_FILE, OpenError, write_account};
pub use traffic::Traffic;

use api::Refusal;
use fault::{Course, Limit, Script};
use store::Store;

/// An account that answers requests. Copies are the same account.
#[derive(Debug, Clone)]
pub struct Sandbox {
    state: Arc<Mutex<State>>,
    /// Held while a change is being saved, so that changes are saved one after the other.
    store: Arc<tokio::sync::Mutex<Option<Store>>>,
}

#[derive(Debug)]
struct State {
    account: Account,
    clock: Clock,
    ids: Ids,
    pages: PageSizes,
    delay: Duration,
    script: Script,
    limit: Option<Limit>,
    traffic: Traffic,
}

impl Sandbox {
    /// A fresh copy of the demo account, which is saved nowhere.
    pub fn demo() -> Self {
        Self::with(seed::demo_account())
    }

    /// This account, which is saved nowhere.
    pub fn with(account: Account) -> Self {
        Self::new(account, None)
    }

    /// The account in a file, to which each change is saved before it is answered.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let (store, account) = Store::open(path)?;
        Ok(Self::new(account, Some(store)))
    }

    fn new(account: Account, store: Option<Store>) -> Self {
        Self {
            state: Arc::new(Mutex::new(State {
                account,
                clock: clock::system,
                ids: Ids::Random,
                pages: PageSizes::default(),
                delay: Duration::ZERO,
                script: Script::default(),
                limit: None,
                traffic: Traffic::default(),
            })),
            store: Arc::new(tokio::sync::Mutex::new(store)),
        }
    }

    /// Looks at the account as it is now.
    pub fn account<R>(&self, look: impl FnOnce(&Account) -> R) -> R {
        look(&self.lock().account)
    }

    /// Changes the account behind the API's back, as another person would; this is not saved to a file.
    pub fn change<R>(&self, change: impl FnOnce(&mut Account, &mut Moment) -> R) -> R {
        self.lock()
            .at_this_moment(|account, moment, _| change(account, moment))
    }

    /// The time comes from here, and ids from `ids`, so that a test can foretell both.
    pub fn foretell(&self, clock: Clock, ids: Ids) {
        let mut state = self.lock();
        state.clock = clock;
        state.ids = ids;
    }

    /// How much comes on one page.
    pub fn set_pages(&self, pages: PageSizes) {
        self.lock().pages = pages;
    }

    /// How long each answer takes, in tokio's time.
    pub fn set_delay(&self, delay: Duration) {
        self.lock().delay = delay;
    }

    /// Orders a fault for the next `times` requests of `operation`, or of any operation where it is `None`.
    ///
    /// Faults for the same request come in the order in which they were ordered, one a request.
    pub fn fail(&self, operation: impl Into<Option<Operation>>, times: u32, fault: Fault) {
        self.lock().script.add(operation.into(), times, fault);
    }

    /// Refuses requests beyond a rate, as the service does: 429 ThrottlingException, in tokio's time.
    pub fn throttle_above(&self, per_second: f64, burst: u32) {
        self.lock().limit = Some(Limit::new(per_second, burst));
    }

    /// Takes back the faults that have not come yet.
    pub fn heal(&self) {
        self.lock().script.clear();
    }

    /// Looks at what has been asked so far.
    pub fn traffic<R>(&self, look: impl FnOnce(&Traffic) -> R) -> R {
        look(&self.lock().traffic)
    }

    /// Answers one request, or breaks the connection as a fault says.
    ///
    /// A request that is given up is not taken back: a change that was begun is saved and stays.
    pub async fn handle(&self, request: Request<'_>) -> Result<Response, Cut> {
        let operation = request.operation();
        let (_in_flight, delay, fault) = self.receive(&request, operation);
        let delay = delay + fault.as_ref().map_or(Duration::ZERO, Fault::lateness);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let course = fault.map_or(Course::Answered, |fault| {
            let request_id = self.lock().ids.fresh();
            fault.course(operation, &request_id)
        });
        match course {
            Course::Answered => Ok(self.carry_out(operation, &request).await),
            Course::Instead {
                after_effect,
                response,
            } => {
                if after_effect {
                    self.carry_out(operation, &request).await;
                }
                Ok(response)
            }
            Course::BreaksOff { after_effect, cut } => {
                if after_effect {
                    self.carry_out(operation, &request).await;
                }
                Err(cut)
            }
            Course::Silence { after_effect } => {
                if after_effect {
                    self.carry_out(operation, &request).await;
                }
                std::future::pending().await
            }
        }
    }

    fn receive(
        &self,
        request: &Request<'_>,
        operation: Option<Operation>,
    ) -> (InFlight, Duration, Option<Fault>) {
        let mut state = self.lock();
        state.traffic.begin(operation, request.client_token);
        let in_flight = InFlight(Arc::clone(&self.state));
        let is_limited = operation != Some(Operation::GetCallerIdentity);
        let is_refused = is_limited && state.limit.as_mut().is_some_and(|limit| !limit.take());
        let fault = state.script.take(operation);
        let fault = fault.or(is_refused.then_some(Fault::Throttle));
        (in_flight, state.delay, fault)
    }

    /// Answers from the account; a change is saved first, if there is where to.
    async fn carry_out(&self, operation: Option<Operation>, request: &Request<'_>) -> Response {
        if operation.is_some_and(Operation::changes_the_account) {
            let store = Arc::clone(&self.store).lock_owned().await;
            if store.is_some() {
                return self.carry_out_saved(store, request).await;
            }
        }
        self.lock()
            .at_this_moment(|account, moment, pages| api::answer(account, moment, pages, request))
    }

    /// The change is made to a copy, which takes the account's place once it is saved.
    async fn carry_out_saved(
        &self,
        mut store: OwnedMutexGuard<Option<Store>>,
        request: &Request<'_>,
    ) -> Response {
        let (changed, response) = self.lock().at_this_moment(|account, moment, pages| {
            let mut changed = account.clone();
            let response = api::answer(&mut changed, moment, pages, request);
            (changed, response)
        });
        if !response.is_success() {
            return response;
        }
        let state = Arc::clone(&self.state);
        // Not to be interrupted when nobody waits for the answer any more: the file and the account go together.
        let saving = tokio::task::spawn_blocking(move || {
            let saved = store.as_mut().map_or(Ok(()), |store| store.save(&changed));
            if saved.is_ok() {
                lock(&state).account = changed;
            }
            saved
        });
        match saving.await {
            Ok(Ok(())) => response,
            Ok(Err(error)) => not_saved(&error.to_string()),
            Err(error) => not_saved(&error.to_string()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// A panic of another holder leaves nothing half done: changes are made in one step.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn not_saved(why: &str) -> Response {
    Refusal::new(
        500,
        "InternalServerErrorException",
        format!("Nothing was changed, because the sandbox's file could not be saved: {why}."),
    )
    .response()
}

impl State {
    fn at_this_moment<R>(
        &mut self,
        act: impl FnOnce(&mut Account, &mut Moment, PageSizes) -> R,
    ) -> R {
        let mut moment = Moment {
            now: (self.clock)(),
            ids: self.ids.clone(),
        };
        let result = act(&mut self.account, &mut moment, self.pages);
        self.ids = moment.ids;
        result
    }
}

/// Counts a request as unanswered for as long as it lives.
struct InFlight(Arc<Mutex<State>>);

impl Drop for InFlight {
    fn drop(&mut self) {
        lock(&self.0).traffic.end();
    }
}
