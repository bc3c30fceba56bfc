//! Where the program is connected to, and where else it could be.

use super::effect::AccountChoice;
use super::event::{ConnectFailure, Connected};
use crate::domain::Timestamp;

/// How far the connection has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionState {
    Connecting,
    Connected(Connected),
    Failed(ConnectFailure),
}

/// The connection, what was asked for, and the profiles to switch to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    state: ConnectionState,
    choice: AccountChoice,
    /// When the lists began to load.
    since: Timestamp,
    /// The profiles of the AWS files.
    profiles: Vec<String>,
    /// Those that were used before, the last first.
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
        match &self.state {
            ConnectionState::Connected(connected) => Some(connected),
            ConnectionState::Connecting | ConnectionState::Failed(_) => None,
        }
    }

    pub fn is_connecting(&self) -> bool {
        self.state == ConnectionState::Connecting
    }

    /// What the user asked for last.
    pub const fn choice(&self) -> &AccountChoice {
        &self.choice
    }

    pub const fn since(&self) -> Timestamp {
        self.since
    }

    /// The profiles, those that were used in this run first.
    pub fn profiles(&self) -> impl Iterator<Item = &str> {
        let recent = &self.recent_profiles;
        let used = recent.iter().filter(|used| self.profiles.contains(used));
        let others = self.profiles.iter();
        let others = others.filter(|profile| !recent.contains(profile));
        used.chain(others).map(String::as_str)
    }

    /// Begins another connection.
    pub fn begin(&mut self, choice: AccountChoice) {
        let profile = self
            .connected()
            .and_then(|connected| connected.profile.clone());
        if let Some(profile) = profile {
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

    /// The credentials in use end then.
    pub fn credentials_expire(&mut self, at: Timestamp) {
        if let ConnectionState::Connected(connected) = &mut self.state {
            connected.credentials_expire = Some(at);
        }
    }
}
