//! For tests only: the clock, ids, page sizes, delays and faults of a sandbox, and the requests that it
//! received.

use std::time::Duration;

use super::account::Account;
use super::fault::{Fault, Limit, PlannedFault};
use super::moment::{Clock, Ids, Moment};
use super::traffic::Traffic;
use super::{Operation, PageSizes, Sandbox};

impl Sandbox {
    /// Changes the account as another user would; the change is not saved to a file.
    pub fn change<R>(&self, change: impl FnOnce(&mut Account, &mut Moment) -> R) -> R {
        self.lock()
            .at_this_moment(|account, moment, _| change(account, moment))
    }

    /// Replaces the clock and the source of ids, so that tests can predict both.
    pub fn set_clock_and_ids(&self, clock: Clock, ids: Ids) {
        let mut state = self.lock();
        state.clock = clock;
        state.ids = ids;
    }

    pub fn set_pages(&self, pages: PageSizes) {
        self.lock().pages = pages;
    }

    /// Sets the delay of each response, in tokio's time.
    pub fn set_delay(&self, delay: Duration) {
        self.lock().delay = delay;
    }

    /// Sets the maximum size of the account file in bytes.
    pub fn set_max_file(&self, bytes: u64) {
        self.lock().max_file = bytes;
    }

    /// Makes the next `times` requests of `operation` fail, or of any operation if it is `None`.
    ///
    /// Faults for the same request apply in the order in which they were added, one per request.
    pub fn fail(&self, operation: impl Into<Option<Operation>>, times: u32, fault: Fault) {
        let operation = operation.into();
        let planned = PlannedFault {
            operation,
            times,
            fault,
        };
        self.lock().faults.push(planned);
    }

    /// Refuses requests beyond a rate, as the service does: 429 ThrottlingException, in tokio's time.
    pub fn throttle_above(&self, per_second: f64, burst: u32) {
        self.lock().limit = Some(Limit::new(per_second, burst));
    }

    pub fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Looks at the requests received so far.
    pub fn traffic<R>(&self, look: impl FnOnce(&Traffic) -> R) -> R {
        look(&self.lock().traffic)
    }
}
