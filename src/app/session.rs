//! What every screen shares: who one is, what time it is, what has been read, and the work to be done.

mod ending;
mod sending;

use std::collections::HashMap;
use std::time::Duration;

use super::calls::CallLog;
use super::catalog::Catalog;
use super::effect::{ContextChoice, Effect, Request, TerminalEffect, Timer};
use super::event::{ConnectFailure, Connected};
use super::keymap::Keymap;
use super::launch::Launch;
use super::layout::Size;
use super::loader::Loader;
use super::protection::Protection;
use super::remote::Remote;
use super::submission::Submissions;
use super::work::Work;
use crate::domain::check::Scope;
use crate::domain::printable::{is_dangerous, printable_lines};
use crate::domain::{Arn, Base, Draft, GroupId, Timestamp};

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
    /// Since when what is listed has been read.
    pub read_since: Timestamp,
    pub catalog: Catalog,
    pub loader: Loader,
    pub keymap: Keymap,
    pub calls: CallLog,
    /// The group that is open.
    pub work: Option<Work>,
    pub protection: Protection,
    /// Where one is, or is on the way to.
    pub choice: ContextChoice,
    /// What was confirmed, and what became of it.
    pub submissions: Submissions,
    pub notice: Option<String>,
    notice_number: u32,
    /// Why the arguments cannot be.
    refused: Option<String>,
    is_quitting: bool,
    recent_profiles: Vec<String>,
    /// The profiles of the AWS files, as of the last connection.
    pub profiles: Vec<String>,
    /// Drafts of groups that were left with something changed, for when one comes back.
    pub parked: HashMap<GroupId, Parked>,
    numbers: u32,
    effects: Vec<Effect>,
}

/// The draft of a group that was left.
#[derive(Debug, Clone, PartialEq)]
pub struct Parked {
    pub draft: Draft,
    /// It is in a file too, and so outlives the program.
    pub is_kept: bool,
}

impl Session {
    pub fn new(launch: Launch, keymap: Keymap) -> Self {
        Self {
            launch,
            keymap,
            now: Timestamp::from_milliseconds(0),
            size: Size::default(),
            connection: Connection::default(),
            read_since: Timestamp::from_milliseconds(0),
            catalog: Catalog::default(),
            loader: Loader::default(),
            calls: CallLog::default(),
            work: None,
            protection: Protection::default(),
            choice: ContextChoice::default(),
            submissions: Submissions::default(),
            notice: None,
            notice_number: 0,
            refused: None,
            is_quitting: false,
            recent_profiles: Vec::new(),
            profiles: Vec::new(),
            parked: HashMap::new(),
            numbers: 0,
            effects: Vec::new(),
        }
    }

    /// Puts work on the list for the runtime.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Copies a text. It will be pasted into terminals, so it is made safe.
    pub fn copy(&mut self, text: String) {
        let is_safe = !text.chars().any(is_dangerous);
        let text = if is_safe {
            text
        } else {
            printable_lines(&text)
        };
        self.effect(Effect::Terminal(TerminalEffect::Copy(text)));
    }

    pub fn save_text(&mut self, name: impl Into<String>, text: String) {
        let name = name.into();
        self.effect(Effect::Terminal(TerminalEffect::SaveText { name, text }));
    }

    /// Asks the service, unless the answer is there or on its way.
    pub fn ask(&mut self, request: Request) {
        if self.catalog.is_unasked(&request) {
            self.ask_again(request);
        }
    }

    /// Asks the service, though an answer may be there already.
    /// Without a connection there is nobody to ask; whoever waits asks again.
    pub fn ask_again(&mut self, request: Request) {
        if self.connected().is_none() {
            return;
        }
        self.catalog.asked(&request);
        if self.loader.sent(&request) {
            self.effects.push(Effect::Ask {
                epoch: self.loader.epoch(),
                request,
            });
        }
    }

    pub fn start_timer(&mut self, timer: Timer, after: Duration) {
        self.effects.push(Effect::StartTimer(timer, after));
    }

    /// A number that no timer or screen has had before.
    pub fn next_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// Says something in the footer for a while.
    pub fn notify(&mut self, text: impl Into<String>) {
        let notice = self.next_number();
        self.notice = Some(text.into());
        self.notice_number = notice;
        self.start_timer(Timer::NoticeOver { notice }, NOTICE_TIME);
    }

    /// Takes a notice down, unless a newer one stands there.
    pub fn notice_over(&mut self, notice: u32) {
        if notice == self.notice_number {
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
        let group = self
            .work
            .as_ref()
            .and_then(|work| self.catalog.group(&work.group));
        let arn = group
            .and_then(|group| group.arn.as_deref())
            .and_then(Arn::split);
        let region = self.connected().map(|connected| connected.region.clone());
        Scope {
            partition: arn.map(|arn| arn.partition.to_owned()),
            region: arn.map(|arn| arn.region.to_owned()).or(region),
            account: arn
                .map(|arn| arn.account.to_owned())
                .or_else(|| identity.map(|identity| identity.account.clone())),
        }
    }

    /// What the open group is called: its name, or its id where it has none.
    pub fn open_group_name(&self) -> String {
        let Some(work) = &self.work else {
            return String::new();
        };
        work.name(&self.catalog)
            .map_or_else(|| work.group.to_string(), str::to_owned)
    }

    /// True where the configuration says that a slip costs most, or where it is not known yet
    /// whether it says so.
    pub fn is_protected(&self) -> bool {
        let identity = self.catalog.identity.ready().and_then(Option::as_ref);
        let profile = self
            .connected()
            .and_then(|connected| connected.profile.as_deref());
        let named = identity.map(|identity| identity.account.as_str());
        let of_group = self
            .work
            .as_ref()
            .and_then(|work| self.catalog.account_of(&work.group));
        let accounts: Vec<&str> = named.into_iter().chain(of_group).collect();
        let group = self.work.as_ref().map(|_| self.open_group_name());
        let is_account_open =
            self.work.is_some() && accounts.is_empty() && !self.protection.accounts.is_empty();
        is_account_open || self.protection.covers(profile, &accounts, group.as_deref())
    }

    /// Begins another connection: what was read over the old one is forgotten.
    pub fn begin_connection(&mut self, choice: ContextChoice) {
        if let Some(profile) = self
            .connected()
            .and_then(|connected| connected.profile.clone())
        {
            self.recent_profiles.retain(|recent| *recent != profile);
            self.recent_profiles.insert(0, profile);
        }
        self.loader.begin_epoch();
        self.catalog = Catalog::default();
        self.connection = Connection::Connecting;
        self.choice = choice.clone();
        self.effect(Effect::Connect { choice });
    }

    /// The profiles, those that were used in this session first.
    pub fn recent_profiles(&self) -> impl Iterator<Item = &str> {
        let recent = self
            .recent_profiles
            .iter()
            .filter(|recent| self.profiles.contains(recent));
        let others = self
            .profiles
            .iter()
            .filter(|profile| !self.recent_profiles.contains(profile));
        recent.chain(others).map(String::as_str)
    }

    /// Without a connection at the start there is nothing to do; later the draft may still be saved and read.
    pub fn connection_failed(&mut self, failure: ConnectFailure) {
        if self.loader.epoch() == 0 {
            self.refuse(failure.message.clone());
        }
        self.connection = Connection::Failed(failure);
    }

    /// Lets what failed for the open group be asked again.
    pub fn retry_work(&mut self) {
        let Some(work) = &self.work else { return };
        let group = work.group.clone();
        let version = work.base_version(&self.catalog).cloned();
        if self.catalog.single_group(&group).error().is_some() {
            self.catalog.forget(&Request::Group(group.clone()));
        }
        if let Some(version) = version
            && self
                .catalog
                .group_version(&group, &version)
                .error()
                .is_some()
        {
            self.catalog.forget(&Request::GroupVersion(group, version));
        }
        if self.catalog.identity.error().is_some() {
            self.catalog.identity = Remote::Unasked;
        }
    }

    /// Goes on with the draft that an earlier run left.
    pub fn resume_draft(&mut self) {
        if let Some(work) = &mut self.work {
            work.resume();
        }
    }

    /// Starts anew; the left draft's file is overwritten by the next change.
    pub fn drop_left_draft(&mut self) {
        if let Some(work) = &mut self.work {
            work.left = None;
        }
    }

    pub fn is_open(&self, group: &GroupId) -> bool {
        self.work.as_ref().is_some_and(|work| work.group == *group)
    }

    /// A version was created with these slots: the next draft of its group starts from it.
    /// Where the outcome came late, a draft that was changed meanwhile stays. True if a draft began.
    pub fn start_from_created(&mut self, group: &GroupId, created: Base, is_late: bool) -> bool {
        let is_same = |draft: &Draft| *draft.slots() == created.slots;
        let parked = self.parked.get(group);
        if parked.is_some_and(|parked| is_same(&parked.draft)) {
            self.parked.remove(group);
        }
        match &mut self.work {
            Some(work)
                if work.group == *group && (!is_late || work.draft().is_some_and(is_same)) =>
            {
                work.created(created);
                true
            }
            Some(_) | None => false,
        }
    }

    /// True where the draft is in a file, and so outlives the program.
    pub const fn keeps_draft(&self, work: &Work) -> bool {
        !self.launch.is_demo && work.not_kept.is_none()
    }

    /// How many drafts of groups that were left end with the program.
    pub fn count_parked_in_vain(&self) -> usize {
        self.parked
            .values()
            .filter(|parked| !parked.is_kept)
            .count()
    }
}
