//! An AWS account inside the process, behind the SDK's own HTTP connector: for the demo, for tests, for
//! `serve`.

pub mod account;
pub mod account_file;
pub mod api;
mod connector;
mod fault;
mod moment;
mod seed;
mod serve;
mod store;
mod test_control;
mod traffic;
mod wire;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use account::Account;
pub use account_file::DamagedAccount;
pub use api::{ApiRequest, NOT_SIMULATED, Operation, PageSizes, Response};
pub use fault::{Cut, Fault};
pub use moment::{Clock, Ids, Moment};
pub use serve::{MAX_BODY, serve};
pub use store::{MAX_FILE, OpenError, WriteError, create_account, write_account};
pub use traffic::Traffic;

use api::Refusal;
use fault::{Course, Limit, PlannedFault, take_fault};
use store::{Stamp, Store};

/// An account that answers requests. Clones are the same account.
#[derive(Debug, Clone)]
pub struct Sandbox {
    state: Arc<Mutex<SandboxState>>,
    file: Option<Arc<AccountFile>>,
}

#[derive(Debug)]
struct SandboxState {
    account: Account,
    /// Of the file when it was last read or written; `None` without a file.
    stamp: Option<Stamp>,
    clock: Clock,
    ids: Ids,
    pages: PageSizes,
    delay: Duration,
    /// In the order in which they were added.
    faults: Vec<PlannedFault>,
    limit: Option<Limit>,
    /// The maximum size of the account file in bytes.
    max_file: u64,
    traffic: Traffic,
}

/// The file of the account. Each mutex lets one task of this process wait for the file.
#[derive(Debug)]
struct AccountFile {
    store: Store,
    writing: Arc<tokio::sync::Mutex<()>>,
    reading: tokio::sync::Mutex<()>,
}

impl Sandbox {
    /// A fresh copy of the demo account, which is not saved.
    pub fn demo() -> Self {
        Self::with(seed::demo_account())
    }

    /// This account, which is not saved.
    pub fn with(account: Account) -> Self {
        Self::new(account, None, None)
    }

    /// The account in a file. Each change is saved before its response.
    ///
    /// Other programs may use the same file. Their changes are loaded, and none is lost.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let (store, account, stamp) = Store::open(path)?;
        let file = AccountFile {
            store,
            writing: Arc::default(),
            reading: tokio::sync::Mutex::default(),
        };
        Ok(Self::new(account, Some(stamp), Some(Arc::new(file))))
    }

    fn new(account: Account, stamp: Option<Stamp>, file: Option<Arc<AccountFile>>) -> Self {
        Self {
            state: Arc::new(Mutex::new(SandboxState {
                account,
                stamp,
                clock: moment::system_time,
                ids: Ids::Random,
                pages: PageSizes::default(),
                delay: Duration::ZERO,
                faults: Vec::new(),
                limit: None,
                max_file: MAX_FILE,
                traffic: Traffic::default(),
            })),
            file,
        }
    }

    /// Looks at the account as it is now.
    pub fn account<R>(&self, look: impl FnOnce(&Account) -> R) -> R {
        look(&self.lock().account)
    }

    /// Answers one request, or breaks the connection if a fault requires it.
    ///
    /// A change that has started is saved even if the caller drops this future.
    pub async fn handle(&self, request: ApiRequest<'_>) -> Result<Response, Cut> {
        let operation = request.operation();
        let (_in_flight, delay, fault) = self.receive(&request, operation);
        let delay = delay + fault.as_ref().map_or(Duration::ZERO, Fault::lateness);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let course = fault.and_then(|fault| {
            let request_id = self.lock().ids.fresh();
            fault.course(operation, &request_id)
        });
        let Some(Course { has_effect, end }) = course else {
            return Ok(self.carry_out(&request).await);
        };
        if has_effect {
            self.carry_out(&request).await;
        }
        match end {
            Some(end) => end,
            None => std::future::pending().await,
        }
    }

    fn receive(
        &self,
        request: &ApiRequest<'_>,
        operation: Option<Operation>,
    ) -> (InFlight, Duration, Option<Fault>) {
        let mut state = self.lock();
        state.traffic.begin(operation, request.client_token);
        let in_flight = InFlight(Arc::clone(&self.state));
        let is_limited = operation != Some(Operation::GetCallerIdentity);
        let is_refused = is_limited && state.limit.as_mut().is_some_and(|limit| !limit.take());
        let fault = take_fault(&mut state.faults, operation);
        let fault = fault.or(is_refused.then_some(Fault::Throttle));
        (in_flight, state.delay, fault)
    }

    /// Answers from the account. If the account has a file, a change is saved first.
    async fn carry_out(&self, request: &ApiRequest<'_>) -> Response {
        let Some(file) = &self.file else {
            return self.answer_from_memory(request);
        };
        if request.changes_the_account() {
            let changed = self.change_file(file, request).await;
            return changed.unwrap_or_else(|error| not_saved(&error));
        }
        self.refresh(file).await;
        self.answer_from_memory(request)
    }

    fn answer_from_memory(&self, request: &ApiRequest<'_>) -> Response {
        self.lock()
            .at_this_moment(|account, moment, pages| api::answer(account, moment, pages, request))
    }

    /// Reads the file if another program has written it. If that fails, the account stays as it is.
    async fn refresh(&self, file: &AccountFile) {
        if self.is_current(file) {
            return;
        }
        let _turn = file.reading.lock().await;
        while !self.is_current(file) {
            let store = file.store.clone();
            let read = tokio::task::spawn_blocking(move || store.read()).await;
            let Ok(Ok((account, stamp))) = read else {
                return;
            };
            let mut state = self.lock();
            // A change saved in the meantime is newer.
            if file.store.stamp() == Some(stamp) {
                state.account = account;
                state.stamp = Some(stamp);
            }
        }
    }

    fn is_current(&self, file: &AccountFile) -> bool {
        let stamp = file.store.stamp();
        stamp == self.lock().stamp
    }

    /// Applies the change to the account that is now in the file, under the file's lock.
    async fn change_file(
        &self,
        file: &AccountFile,
        request: &ApiRequest<'_>,
    ) -> Result<Response, WriteError> {
        let turn = Arc::clone(&file.writing).lock_owned().await;
        let store = file.store.clone();
        let (known, max_file) = {
            let state = self.lock();
            ((state.account.clone(), state.stamp), state.max_file)
        };
        let locked = tokio::task::spawn_blocking(move || store.lock(known)).await??;
        let mut changed = locked.account.clone();
        let response = {
            let mut state = self.lock();
            state.account = locked.account.clone();
            state.stamp = Some(locked.stamp);
            let mut moment = state.moment();
            let response = api::answer(&mut changed, &mut moment, state.pages, request);
            state.ids = moment.ids;
            response
        };
        if !response.is_success() {
            return Ok(response);
        }
        let state = Arc::clone(&self.state);
        // The task runs on if the client disconnects, so that file and memory change together.
        let saving = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let stamp = locked.write(&changed, max_file)?;
            let mut state = lock(&state);
            state.account = changed;
            state.stamp = Some(stamp);
            Ok::<_, WriteError>(())
        });
        saving.await??;
        Ok(response)
    }

    fn lock(&self) -> MutexGuard<'_, SandboxState> {
        lock(&self.state)
    }
}

/// A panic while the lock is held leaves no half-done change, because each change is one step.
fn lock(state: &Mutex<SandboxState>) -> MutexGuard<'_, SandboxState> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Not a server error: a client would not know whether the change was made.
fn not_saved(error: &WriteError) -> Response {
    let message = format!("Nothing was changed: {error}.");
    Refusal::new(409, "AccountFileException", message).response()
}

impl SandboxState {
    fn at_this_moment<R>(
        &mut self,
        act: impl FnOnce(&mut Account, &mut Moment, PageSizes) -> R,
    ) -> R {
        let mut moment = self.moment();
        let result = act(&mut self.account, &mut moment, self.pages);
        self.ids = moment.ids;
        result
    }

    fn moment(&self) -> Moment {
        Moment {
            now: (self.clock)(),
            ids: self.ids.clone(),
        }
    }
}

/// Counts a request as in flight until it is dropped.
struct InFlight(Arc<Mutex<SandboxState>>);

impl Drop for InFlight {
    fn drop(&mut self) {
        lock(&self.0).traffic.end();
    }
}
