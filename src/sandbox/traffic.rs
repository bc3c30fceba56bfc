//! For tests only: the number of requests that a sandbox received, by operation.

use std::collections::BTreeMap;

use super::api::Operation;

/// Counts of requests, including those with a fault.
#[derive(Debug, Clone, Default)]
pub struct Traffic {
    by_operation: BTreeMap<Option<Operation>, usize>,
    in_flight: usize,
    client_tokens: Vec<String>,
}

impl Traffic {
    /// The number of requests of `operation`.
    pub fn count(&self, operation: Operation) -> usize {
        self.by_operation
            .get(&Some(operation))
            .copied()
            .unwrap_or_default()
    }

    /// The number of requests, including unknown operations.
    pub fn total(&self) -> usize {
        self.by_operation.values().sum()
    }

    /// The number of requests that wait for a response.
    pub const fn in_flight(&self) -> usize {
        self.in_flight
    }

    /// The values of `X-Amzn-Client-Token`, in the order of arrival.
    pub fn client_tokens(&self) -> &[String] {
        &self.client_tokens
    }

    pub(super) fn begin(&mut self, operation: Option<Operation>, client_token: Option<&str>) {
        *self.by_operation.entry(operation).or_default() += 1;
        self.in_flight += 1;
        self.client_tokens.extend(client_token.map(str::to_owned));
    }

    pub(super) const fn end(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }
}
