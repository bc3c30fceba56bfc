//! The current connection, and the profiles to switch to.

use super::effect::AccountChoice;
use super::event::{ConnectFailure, Connected};
use crate::domain::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionState {
    Connecting,
    Connected(Connected),
    Failed(ConnectFailure),
}

/// The connection, the user's choice, and the other profiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    state: ConnectionState,
    choice: AccountChoice,
    /// When the lists started loading.
    since: Timestamp,
    /// The profiles of the AWS files.
    profiles: Vec<String>,
    /// The profiles that were used before, the most recent first.
    recent_profiles: Vec<String>,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            state: ConnectionState::Connecting,
            choice: AccountChoice::default(),
            since: Timestamp::from_milliseconds(0),
            profiles: Vec::new(),
            recent_profiles: Vec::new(),
        }
    }
}

impl Connection {
    pub const fn state(&self) -> &ConnectionState {
        &self.state
    }

    pub const fn connected(&self) -> Option<&Connected> {
        let ConnectionState::Connected(connected) = &self.state else {
            return None;
        };
        Some(connected)
    }

    pub fn is_connecting(&self) -> bool {
        self.state == ConnectionState::Connecting
    }

    /// The user's last choice.
    pub const fn choice(&self) -> &AccountChoice {
        &self.choice
    }

    pub const fn since(&self) -> Timestamp {
        self.since
    }

    /// The profiles, with those used in this run first.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        let recent = &self.recent_profiles;
        let used = recent.iter().filter(|used| self.profiles.contains(used));
        let others = self.profiles.iter();
        let others = others.filter(|profile| !recent.contains(profile));
        used.chain(others).map(String::as_str)
    }

    /// Starts another connection.
    pub fn begin(&mut self, choice: AccountChoice) {
        let connected = self.connected();
        if let Some(profile) = connected.and_then(|connected| connected.profile.clone()) {
            self.recent_profiles.retain(|recent| *recent != profile);
            self.recent_profiles.insert(0, profile);
        }
        self.state = ConnectionState::Connecting;
        self.choice = choice;
    }

    pub fn succeeded(&mut self, connected: Connected, now: Timestamp) {
        self.profiles.clone_from(&connected.profiles);
        self.state = ConnectionState::Connected(connected);
        self.since = now;
    }

    pub fn failed(&mut self, failure: ConnectFailure) {
        self.state = ConnectionState::Failed(failure);
    }

    pub fn credentials_expire(&mut self, at: Timestamp) {
        if let ConnectionState::Connected(connected) = &mut self.state {
            connected.credentials_expire = Some(at);
        }
    }
}
