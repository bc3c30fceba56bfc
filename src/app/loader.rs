//! Which read is sent next: the wanted ones in the order of their urgency, at the rate that the service allows.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use super::effect::Request;
use crate::domain::{ErrorKind, Rate, RequestLimit, ServiceError, Timestamp};

/// How often a read is tried at most, unless the service throttles: then it waits for its turn.
const MAX_ATTEMPTS: u32 = 5;

/// The pause after the first failed attempt; each further pause is twice as long.
const FIRST_PAUSE_MILLISECONDS: i64 = 500;

/// What the user waits for goes out this much earlier than the rest, so that it arrives first, over
/// whatever connection.
const HEAD_START_MILLISECONDS: i64 = 10;

/// How urgent a read is, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// The group, its base, and what a dialog or an outcome waits for.
    Base,
    /// The list of the focused kind, and the list of groups.
    FocusedList,
    /// The contents of the draft's slots.
    Slots,
    /// The first pages of the lists of the other kinds: six reads, which name the versions in the slots. The rows
    /// on screen are many more, and would keep them waiting for seconds where the service throttles.
    OtherLists,
    /// Contents and versions of the rows on screen.
    OnScreen,
    /// The further pages of the other lists, and all lists that no view shows yet.
    MoreLists,
    /// The times by which the focused list is to be ordered.
    Order,
    /// What stands beside a list.
    Preview,
    /// The versions and contents that a search does not know yet.
    Rest,
}

impl Urgency {
    /// How many reads may be under way before one of this urgency joins them. Each step leaves room
    /// for the more urgent ones, so that these never queue behind many others.
    const fn max_in_flight(self) -> usize {
        match self {
            Self::Base | Self::FocusedList | Self::Slots => usize::MAX,
            Self::OtherLists | Self::OnScreen | Self::MoreLists => 12,
            Self::Order | Self::Preview | Self::Rest => 2,
        }
    }

    /// How many tokens are left for more urgent reads: the contents of the slots are wanted only when the lists
    /// are under way already.
    const fn reserve(self) -> u32 {
        match self {
            Self::Base | Self::FocusedList | Self::Slots => 0,
            Self::OtherLists => 2,
            Self::OnScreen | Self::MoreLists | Self::Order | Self::Preview | Self::Rest => 8,
        }
    }
}

/// A read that a view would like to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub urgency: Urgency,
    pub request: Request,
}

/// What follows from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerFate {
    /// It belongs to an earlier connection.
    Stale,
    /// The read goes back into the line.
    SentAgain,
    Taken,
}

/// A read under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PendingRead {
    at: Timestamp,
    /// Sent by [`Loader::demand`], and so not wanted by any view.
    is_demanded: bool,
}

/// The failed attempts of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failures {
    count: u32,
    not_before: Timestamp,
}

/// The reads of one connection: under way, waiting, failed; and the rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Loader {
    epoch: u32,
    rate: Rate,
    /// Never goes back, though the system's clock may.
    clock: Timestamp,
    in_flight: HashMap<Request, PendingRead>,
    demanded: VecDeque<Request>,
    failures: HashMap<Request, Failures>,
    /// Until then only what the user waits for is sent.
    head_start_ends: Timestamp,
    /// What waits for the rate, or for the pause after a failure, as of the last round.
    waiting: HashSet<Request>,
    /// The next read is due then, as of the last round.
    due: Option<Timestamp>,
    /// The timer that runs, by number and time.
    timer: Option<(u32, Timestamp)>,
    timers: u32,
}

impl Loader {
    pub fn new(limit: RequestLimit) -> Self {
        Self {
            epoch: 0,
            rate: Rate::new(limit),
            clock: Timestamp::from_milliseconds(0),
            in_flight: HashMap::new(),
            demanded: VecDeque::new(),
            failures: HashMap::new(),
            head_start_ends: Timestamp::from_milliseconds(0),
            waiting: HashSet::new(),
            due: None,
            timer: None,
            timers: 0,
        }
    }

    /// Counts the connections; an answer of another epoch belongs to an earlier one.
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Gives up everything under way: a new connection begins.
    pub fn begin_epoch(&mut self) {
        self.epoch += 1;
        self.in_flight.clear();
        self.demanded.clear();
        self.failures.clear();
        self.waiting.clear();
    }

    /// Puts a read into the line that no view wants, before all others.
    pub fn demand(&mut self, request: Request) {
        if !self.is_under_way(&request) {
            self.demanded.push_back(request);
        }
    }

    /// True while `request` is under way or demanded.
    pub fn is_under_way(&self, request: &Request) -> bool {
        self.in_flight.contains_key(request) || self.demanded.contains(request)
    }

    /// How many reads are under way, or wait for their turn.
    pub fn under_way(&self) -> usize {
        let demanded = self
            .demanded
            .iter()
            .filter(|one| !self.waiting.contains(*one));
        self.in_flight.len() + self.waiting.len() + demanded.count()
    }

    /// How many reads wait for the rate; what waits for the pause after a failure is not among them.
    pub fn waiting(&self) -> usize {
        let for_rate = self.waiting.iter();
        for_rate.filter(|request| self.is_ready(request)).count()
    }

    pub fn is_waiting(&self, request: &Request) -> bool {
        self.waiting.contains(request)
    }

    /// The estimated rate in requests a second, while the service throttles.
    pub fn throttled(&self) -> Option<f64> {
        self.rate.throttled(self.clock)
    }

    /// Which attempt of `request` the next one is, from 1.
    pub fn attempt(&self, request: &Request) -> u32 {
        self.failures
            .get(request)
            .map_or(1, |failed| failed.count + 1)
    }

    /// Begins a round: what is wanted may have changed.
    pub fn begin_round(&mut self, now: Timestamp) {
        self.clock = self.clock.max(now);
        self.waiting.clear();
        self.due = None;
    }

    /// The next demanded read that may go out now, marked as sent.
    pub fn next_demanded(&mut self) -> Option<Request> {
        let place = self
            .demanded
            .iter()
            .position(|request| self.is_ready(request));
        for request in self.demanded.clone() {
            self.wait_for_pause(&request);
        }
        let place = place?;
        let request = self.demanded.get(place)?.clone();
        if !self.may_send(&request, 0) {
            return None;
        }
        self.demanded.remove(place);
        self.sent(&request, true);
        Some(request)
    }

    /// Marks a wanted read as sent, or lets it wait.
    pub fn admit(&mut self, urgency: Urgency, request: &Request) -> bool {
        if !self.is_ready(request) {
            self.wait_for_pause(request);
            return false;
        }
        if self.in_flight.len() >= urgency.max_in_flight() {
            return false;
        }
        if urgency > Urgency::FocusedList && self.clock < self.head_start_ends {
            self.wait_until(self.head_start_ends);
            return false;
        }
        if !self.may_send(request, urgency.reserve()) {
            return false;
        }
        if urgency <= Urgency::FocusedList && is_paced(request) && self.rate.is_limited() {
            let end = self.clock.milliseconds() + HEAD_START_MILLISECONDS;
            self.head_start_ends = Timestamp::from_milliseconds(end);
        }
        self.sent(request, false);
        true
    }

    /// Counts a request that a change sends for itself: it waits for no token, but the reads after it do.
    pub fn spend(&mut self, now: Timestamp) {
        self.clock = self.clock.max(now);
        self.rate.spend(self.clock);
    }

    /// When the next round is due, if no timer runs that is as early: its number and how long it waits.
    pub fn next_timer(&mut self) -> Option<(u32, Duration)> {
        let due = self.due?;
        if self.timer.is_some_and(|(_, at)| at <= due) {
            return None;
        }
        self.timers = self.timers.wrapping_add(1);
        self.timer = Some((self.timers, due));
        let wait = due.milliseconds() - self.clock.milliseconds();
        let wait = Duration::from_millis(u64::try_from(wait).unwrap_or(0).max(1));
        Some((self.timers, wait))
    }

    /// A timer has elapsed; it is as late as it was to ring, whatever the system's clock says.
    pub fn timer_elapsed(&mut self, number: u32) {
        if let Some((running, at)) = self.timer
            && running == number
        {
            self.timer = None;
            self.clock = self.clock.max(at);
        }
    }

    /// Takes in that `request` was answered, or why not.
    pub fn answered(
        &mut self,
        epoch: u32,
        request: &Request,
        error: Option<&ServiceError>,
        now: Timestamp,
    ) -> AnswerFate {
        if epoch != self.epoch {
            return AnswerFate::Stale;
        }
        let Some(sent) = self.in_flight.remove(request) else {
            return AnswerFate::Stale;
        };
        self.clock = self.clock.max(now);
        let is_again = match error {
            Some(error) if is_paced(request) && error.kind == ErrorKind::Throttled => {
                self.rate.refused(sent.at, self.clock, error.retry_after);
                true
            }
            Some(error) => error.is_transient && self.failed(request),
            None => {
                self.rate.accepted(sent.at);
                false
            }
        };
        if !is_again {
            self.failures.remove(request);
            return AnswerFate::Taken;
        }
        if sent.is_demanded {
            self.demanded.push_front(request.clone());
        }
        AnswerFate::SentAgain
    }

    /// True while `request` was sent by [`Self::demand`]: nothing else would ask for it again.
    pub fn is_demanded(&self, request: &Request) -> bool {
        self.demanded.contains(request)
    }

    /// Counts a failed attempt; true if another one follows.
    fn failed(&mut self, request: &Request) -> bool {
        let count = self.attempt(request);
        let pause = FIRST_PAUSE_MILLISECONDS << (count - 1).min(8);
        let not_before = Timestamp::from_milliseconds(self.clock.milliseconds() + pause);
        self.failures
            .insert(request.clone(), Failures { count, not_before });
        count < MAX_ATTEMPTS
    }

    fn is_ready(&self, request: &Request) -> bool {
        let failed = self.failures.get(request);
        failed.is_none_or(|failed| failed.not_before <= self.clock)
    }

    fn may_send(&mut self, request: &Request, reserve: u32) -> bool {
        if !is_paced(request) || self.rate.take(self.clock, reserve) {
            return true;
        }
        self.waiting.insert(request.clone());
        let wait =
            i64::try_from(self.rate.wait(self.clock, reserve).as_millis()).unwrap_or(i64::MAX);
        let at = self.clock.milliseconds().saturating_add(wait);
        self.wait_until(Timestamp::from_milliseconds(at));
        false
    }

    /// Lets a failed read wait until its pause is over.
    fn wait_for_pause(&mut self, request: &Request) {
        if let Some(failed) = self
            .failures
            .get(request)
            .filter(|_| !self.is_ready(request))
        {
            self.wait_until(failed.not_before);
            self.waiting.insert(request.clone());
        }
    }

    fn wait_until(&mut self, at: Timestamp) {
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
    }

    fn sent(&mut self, request: &Request, is_demanded: bool) {
        let at = self.clock;
        self.in_flight
            .insert(request.clone(), PendingRead { at, is_demanded });
    }
}

/// STS has limits of its own.
const fn is_paced(request: &Request) -> bool {
    !matches!(request, Request::Identity)
}
