//! What every screen shares: who one is, what time it is, what has been read, and the work to be done.

use std::time::Duration;

use super::calls::CallLog;
use super::catalog::Catalog;
use super::effect::{Effect, Request, Timer};
use super::event::{ConnectFailure, Connected};
use super::keymap::Keymap;
use super::launch::Launch;
use super::layout::Size;
use super::loader::Loader;
use crate::domain::check::Scope;
use crate::domain::{Arn, CreatedVersion, GroupId, Timestamp};

/// How long a notice stays in the footer.
const NOTICE_TIME: Duration = Duration::from_secs(6);

/// Whether one is connected yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Connection {
    #[default]
    Connecting,
    Connected(Connected),
    Failed(ConnectFailure),
}

/// Shared by all screens and overlays.
#[derive(Debug)]
pub struct Session {
    pub launch: Launch,
    pub now: Timestamp,
    pub size: Size,
    pub connection: Connection,
    pub catalog: Catalog,
    pub loader: Loader,
    pub keymap: Keymap,
    pub calls: CallLog,
    /// What this program created, in order.
    pub created: Vec<CreatedVersion>,
    /// The group that is open, for the header and the terminal's title.
    pub open_group: Option<GroupId>,
    pub notice: Option<String>,
    notices: u32,
    effects: Vec<Effect>,
}

impl Session {
    pub fn new(launch: Launch, keymap: Keymap) -> Self {
        Self {
            launch,
            keymap,
            now: Timestamp::from_milliseconds(0),
            size: Size::default(),
            connection: Connection::default(),
            catalog: Catalog::default(),
            loader: Loader::default(),
            calls: CallLog::default(),
            created: Vec::new(),
            open_group: None,
            notice: None,
            notices: 0,
            effects: Vec::new(),
        }
    }

    /// Puts work on the list for the runtime.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks the service, unless the answer is there or on its way.
    pub fn ask(&mut self, request: Request) {
        if self.catalog.is_unasked(&request) {
            self.ask_again(request);
        }
    }

    /// Asks the service, though an answer may be there already.
    pub fn ask_again(&mut self, request: Request) {
        self.catalog.asked(&request);
        if self.loader.sent(&request) {
            self.effects.push(Effect::Ask { epoch: self.loader.epoch(), request });
        }
    }

    pub fn start_timer(&mut self, timer: Timer, after: Duration) {
        self.effects.push(Effect::StartTimer(timer, after));
    }

    /// Says something in the footer for a while.
    pub fn notify(&mut self, text: impl Into<String>) {
        self.notices += 1;
        self.notice = Some(text.into());
        self.start_timer(Timer::NoticeOver { notice: self.notices }, NOTICE_TIME);
    }

    /// Takes a notice down, unless a newer one stands there.
    pub fn notice_over(&mut self, notice: u32) {
        if notice == self.notices {
            self.notice = None;
        }
    }

    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub const fn connected(&self) -> Option<&Connected> {
        match &self.connection {
            Connection::Connected(connected) => Some(connected),
            Connection::Connecting | Connection::Failed(_) => None,
        }
    }

    /// The account, region and partition that one works in, as far as they are known.
    pub fn scope(&self) -> Scope {
        let identity = self.catalog.identity.ready().and_then(Option::as_ref);
        let group_arn = self.open_group.as_ref().and_then(|group| self.catalog.group(group)?.arn.clone());
        let group_parts = group_arn.as_deref().and_then(Arn::split);
        let part = |of: fn(Arn<'_>) -> &str| group_parts.map(|arn| of(arn).to_owned());
        Scope {
            partition: part(|arn| arn.partition),
            region: part(|arn| arn.region)
                .or_else(|| self.connected().map(|connected| connected.region.clone())),
            account: part(|arn| arn.account)
                .or_else(|| identity.map(|identity| identity.account.clone())),
        }
    }
}
