//! What every screen shares: who one is, what time it is, what has been read, and the work to be done.

use std::collections::HashMap;
use std::time::Duration;

use super::calls::CallLog;
use super::catalog::Catalog;
use super::creation::Creation;
use super::effect::{ContextChoice, Effect, Exit, Request, Timer};
use super::event::{ConnectFailure, Connected};
use super::keymap::Keymap;
use super::launch::Launch;
use super::layout::Size;
use super::loader::Loader;
use super::protection::Protection;
use super::remote::Remote;
use super::work::Work;
use crate::domain::check::Scope;
use crate::domain::printable::{is_dangerous, printable_lines};
use crate::domain::{
    Arn, CreateGroupVersion, CreatedVersion, Draft, GroupId, ServiceError, Timestamp,
};

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
    /// What this program created, in order.
    pub created: Vec<CreatedVersion>,
    /// The group that is open.
    pub work: Option<Work>,
    pub protection: Protection,
    /// Where one is, or is on the way to.
    pub choice: ContextChoice,
    /// It was sent, and nobody knows what became of it.
    pub unknown: Option<Creation>,
    /// The person has left it before its outcome was found out; what comes later does not settle it.
    pub left_unknown: Option<Creation>,
    /// It failed, and none succeeded since.
    pub failed: Option<(Creation, ServiceError)>,
    /// What `--dry-run` would have sent.
    pub rehearsed: Option<CreateGroupVersion>,
    pub notice: Option<String>,
    notice_number: u32,
    /// What is to be said on standard error once the terminal is given back.
    pub farewell: Option<String>,
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
            created: Vec::new(),
            work: None,
            protection: Protection::default(),
            choice: ContextChoice::default(),
            unknown: None,
            left_unknown: None,
            failed: None,
            rehearsed: None,
            notice: None,
            notice_number: 0,
            farewell: None,
            is_quitting: false,
            recent_profiles: Vec::new(),
            profiles: Vec::new(),
            parked: HashMap::new(),
            numbers: 0,
            effects: Vec::new(),
        }
    }

    /// Puts work on the list for the runtime; what is copied will be pasted into terminals, so it is made safe.
    pub fn effect(&mut self, effect: Effect) {
        if let Effect::Copy(text) = &effect
            && text.chars().any(is_dangerous)
        {
            let safe = printable_lines(text);
            return self.effects.push(Effect::Copy(safe));
        }
        self.effects.push(effect);
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
            self.fail(Exit::BadArguments, failure.message.clone());
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

    /// Ends the program with what it has come to.
    pub fn quit_as_things_stand(&mut self) {
        if self.work.as_ref().is_some_and(|work| work.sent.is_some()) {
            self.notify("Waiting a few seconds for the answer to the request.");
        }
        let exit = self.conclude();
        self.quit(exit);
    }

    /// What the program has come to, and what is to be said about it on standard error.
    pub fn conclude(&mut self) -> Exit {
        let (exit, words) =
            if let Some(creation) = self.unknown.as_ref().or(self.left_unknown.as_ref()) {
                (Exit::OutcomeUnknown, Some(creation.unknown_words()))
            } else if !self.created.is_empty() || self.rehearsed.is_some() {
                (Exit::Created, None)
            } else if let Some((creation, error)) = &self.failed {
                (Exit::Failed, Some(creation.failed_words(error)))
            } else {
                (Exit::NothingCreated, None)
            };
        self.farewell = words;
        exit
    }

    /// What is to be said of a request of the open group, should it not succeed.
    pub fn creation(&self) -> Option<Creation> {
        let work = self.work.as_ref()?;
        Some(Creation {
            group: work.group.clone(),
            group_name: self.open_group_name(),
            is_kept: self.keeps_draft(work),
        })
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

    /// Ends the program with a reason for standard error.
    pub fn fail(&mut self, exit: Exit, reason: String) {
        self.farewell = Some(reason);
        self.quit(exit);
    }

    fn quit(&mut self, exit: Exit) {
        if !self.is_quitting {
            self.is_quitting = true;
            self.effect(Effect::Quit(exit));
        }
    }
}
