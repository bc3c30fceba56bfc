//! The requests under way, and how many more may join them.

use std::collections::HashSet;

use super::effect::Request;

/// How urgent a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// The user waits for it: the group, its base version, the contents of its slots.
    Now,
    /// The lists of definitions, and of groups.
    Lists,
    /// What the rows on screen lack.
    OnScreen,
    /// Older versions, read ahead while the user works in a pane.
    Ahead,
}

impl Urgency {
    /// How many questions may be under way before one of this urgency joins them. Each step
    /// leaves room for the more urgent ones, so that these never queue behind many others.
    const fn most_in_flight(self) -> usize {
        match self {
            Self::Now => usize::MAX,
            Self::Lists => 12,
            Self::OnScreen => 6,
            Self::Ahead => 2,
        }
    }
}

/// A request that a view wants to have answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub urgency: Urgency,
    pub request: Request,
}

/// The requests under way over the current connection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loader {
    epoch: u32,
    in_flight: HashSet<Request>,
}

impl Loader {
    /// Counts the connections; an answer that carries another epoch belongs to an earlier one.
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Gives up everything under way: a new connection begins.
    pub fn begin_epoch(&mut self) {
        self.epoch += 1;
        self.in_flight.clear();
    }

    /// Notes a question as under way; false when it is so already.
    pub fn sent(&mut self, request: &Request) -> bool {
        self.in_flight.insert(request.clone())
    }

    /// Notes an answer; false when it is not of this connection.
    pub fn answered(&mut self, epoch: u32, request: &Request) -> bool {
        epoch == self.epoch && self.in_flight.remove(request)
    }

    /// True while `request` is on its way.
    pub fn is_under_way(&self, request: &Request) -> bool {
        self.in_flight.contains(request)
    }

    /// True while there is room for one more question of this urgency.
    pub fn has_room(&self, urgency: Urgency) -> bool {
        self.in_flight.len() < urgency.most_in_flight()
    }

    pub fn in_flight(&self) -> usize {
        self.in_flight.len()
    }
}
