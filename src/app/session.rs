//! The state shared by all screens: identity, time, loaded data, the open group, and the effects.

mod candidates;
mod deployments;
mod drafts;
mod ending;
mod fixing;
mod reading;
mod sending;
mod series;
mod writing;

pub use candidates::Candidate;
use candidates::CandidateSearches;
pub use fixing::{Fix, FixAction};

use std::collections::HashMap;
use std::time::Duration;

use super::calls::CallLog;
use super::catalog::Catalog;
use super::connection::Connection;
use super::effect::{AccountChoice, Effect, TerminalEffect, Timer};
use super::event::{ConnectFailure, Connected, LeftDraft};
use super::exit::QuitReason;
use super::keymap::Keymap;
use super::launch::Launch;
use super::layout::Size;
use super::loader::Loader;
use super::notice::Notice;
use super::protection::Protection;
use super::series::Series;
use super::submission::Submissions;
use super::work::Work;
use crate::domain::check::Scope;
use crate::domain::printable::{is_dangerous, printable_lines};
use crate::domain::{
    ArgumentFile, Arn, CallRecord, DefinitionKind, DefinitionVersionArn, Draft, GroupId, Timestamp,
};

/// The time for which a notice stays in the footer.
const NOTICE_TIME: Duration = Duration::from_secs(6);

/// The shared state; only its methods change it.
#[derive(Debug)]
pub struct Session {
    launch: Launch,
    keymap: Keymap,
    protection: Protection,
    now: Timestamp,
    size: Size,
    connection: Connection,
    catalog: Catalog,
    loader: Loader,
    calls: CallLog,
    work: Option<Work>,
    candidates: Box<CandidateSearches>,
    /// Drafts of groups that were left with something changed.
    parked: HashMap<GroupId, Parked>,
    /// Drafts of earlier runs, of groups that were not opened in this run.
    left_drafts: Vec<LeftDraft>,
    /// The confirmed changes and their results.
    submissions: Submissions,
    notice: Option<ShownNotice>,
    copying: Copying,
    /// The effects for the runtime, in order.
    effects: Vec<Effect>,
    /// The last number of a timer or a screen.
    numbers: u32,
    /// The same pick for several groups.
    series: Series,
    quitting: Option<QuitReason>,
}

/// The texts of the copy key: the copied one, and the next one.
#[derive(Debug, Clone, Copy, Default)]
struct Copying {
    count: usize,
    next: Option<&'static str>,
}

/// A notice in the footer, with the number of its timer.
#[derive(Debug)]
struct ShownNotice {
    notice: Notice,
    number: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Parked {
    pub draft: Draft,
    /// It is also in a file, and so survives the end of the program.
    pub is_kept: bool,
}

impl Session {
    pub fn new(launch: Launch, keymap: Keymap) -> Self {
        Self {
            loader: Loader::new(launch.requests),
            launch,
            keymap,
            protection: Protection::default(),
            now: Timestamp::from_milliseconds(0),
            size: Size::default(),
            connection: Connection::default(),
            catalog: Catalog::default(),
            calls: CallLog::default(),
            work: None,
            candidates: Box::default(),
            parked: HashMap::new(),
            left_drafts: Vec::new(),
            submissions: Submissions::default(),
            notice: None,
            copying: Copying::default(),
            effects: Vec::new(),
            numbers: 0,
            series: Series::default(),
            quitting: None,
        }
    }

    pub const fn launch(&self) -> &Launch {
        &self.launch
    }

    pub const fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The time of the current event.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    pub const fn size(&self) -> Size {
        self.size
    }

    pub const fn connection(&self) -> &Connection {
        &self.connection
    }

    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub const fn loader(&self) -> &Loader {
        &self.loader
    }

    pub const fn calls(&self) -> &CallLog {
        &self.calls
    }

    pub const fn work(&self) -> Option<&Work> {
        self.work.as_ref()
    }

    /// The draft of the open group, once its base is loaded.
    pub fn draft(&self) -> Option<&Draft> {
        self.work.as_ref()?.draft()
    }

    /// The version in a slot of the open draft.
    pub fn held(&self, kind: DefinitionKind) -> Option<&DefinitionVersionArn> {
        self.work()?.held(kind)
    }

    pub const fn submissions(&self) -> &Submissions {
        &self.submissions
    }

    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref().map(|shown| &shown.notice)
    }

    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }

    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    pub fn protect(&mut self, protection: Protection) {
        self.protection = protection;
    }

    pub fn call_observed(&mut self, record: CallRecord) {
        if let CallRecord::Sent(attempt) = &record
            && attempt.is_unscheduled
        {
            self.loader.spend(self.now);
        }
        self.calls.observe(record, self.now);
    }

    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Copies a text. Dangerous characters are escaped, because the text will be pasted into terminals.
    pub fn copy(&mut self, text: String) {
        let is_safe = !text.chars().any(is_dangerous);
        let text = if is_safe {
            text
        } else {
            printable_lines(&text)
        };
        self.effect(Effect::Terminal(TerminalEffect::Copy(text)));
    }

    /// Copies the first of `choices`; each repetition copies the next one.
    pub fn copy_one_of(&mut self, choices: Vec<(&'static str, String)>) {
        let place = self.copying.count % choices.len().max(1);
        self.copying.count += 1;
        let next = choices.get(self.copying.count % choices.len().max(1));
        self.copying.next = next.filter(|_| choices.len() > 1).map(|(name, _)| *name);
        if let Some((_, text)) = choices.into_iter().nth(place) {
            self.copy(text);
        }
    }

    /// Resets copying to the first choice after another key.
    pub fn end_copying(&mut self) {
        self.copying = Copying::default();
    }

    /// The text that `key` copies when pressed again.
    pub const fn copied_next(&self) -> Option<&'static str> {
        self.copying.next
    }

    pub fn save_text(&mut self, name: impl Into<String>, text: String, files: Vec<ArgumentFile>) {
        let name = name.into();
        self.effect(Effect::Terminal(TerminalEffect::SaveText {
            name,
            text,
            files,
        }));
    }

    pub fn start_timer(&mut self, timer: Timer, after: Duration) {
        self.effect(Effect::StartTimer(timer, after));
    }

    /// An unused number for a timer or a screen.
    pub const fn next_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// Shows a notice in the footer for a limited time.
    pub fn notify(&mut self, notice: Notice) {
        let number = self.next_number();
        self.notice = Some(ShownNotice { notice, number });
        self.start_timer(Timer::NoticeOver { notice: number }, NOTICE_TIME);
    }

    /// Removes the notice with this number; a newer one stays.
    pub fn notice_over(&mut self, number: u32) {
        self.notice.take_if(|notice| notice.number == number);
    }

    pub fn clear_notice(&mut self) {
        self.notice = None;
    }

    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub const fn connected(&self) -> Option<&Connected> {
        self.connection.connected()
    }

    /// The current account, region and partition, as far as they are known.
    pub fn scope(&self) -> Scope {
        let work = self.work.as_ref();
        let group = work.and_then(|work| self.catalog.group(&work.group));
        let arn = group.and_then(|group| Arn::split(group.arn.as_deref()?));
        let region = self.connected().map(|connected| connected.region.as_str());
        let caller = self.catalog.caller().map(|caller| caller.account.as_str());
        Scope {
            partition: arn.map(|arn| arn.partition.to_owned()),
            region: arn.map(|arn| arn.region).or(region).map(str::to_owned),
            account: arn.map(|arn| arn.account).or(caller).map(str::to_owned),
        }
    }

    /// The name of the open group, or its id without a name.
    pub fn open_group_name(&self) -> String {
        let Some(work) = &self.work else {
            return String::new();
        };
        work.name(&self.catalog)
            .map_or_else(|| work.group.to_string(), str::to_owned)
    }

    /// True for a protected context, and as long as it is unknown whether the context is protected.
    pub fn is_protected(&self) -> bool {
        // The current profile may define region and endpoint while other credentials sign.
        let profiles: Vec<&str> = self.connected().map_or_else(Vec::new, |connected| {
            let in_force = connected.profile.as_deref();
            let signing = connected.credentials.profiles.iter().map(String::as_str);
            in_force.into_iter().chain(signing).collect()
        });
        let caller = self.catalog.caller().map(|caller| caller.account.as_str());
        let work = self.work.as_ref();
        let of_group = work.and_then(|work| self.catalog.account_of(&work.group));
        let accounts: Vec<&str> = caller.into_iter().chain(of_group).collect();
        let group = work.map(|_| self.open_group_name());
        let protection = &self.protection;
        let is_account_open =
            work.is_some() && accounts.is_empty() && !protection.accounts.is_empty();
        is_account_open || protection.covers(&profiles, &accounts, group.as_deref())
    }

    /// Drops the loaded data and connects again.
    pub fn connect(&mut self, choice: AccountChoice) {
        self.connection.begin(choice.clone());
        self.loader.begin_epoch();
        self.catalog = Catalog::default();
        if let Some(work) = &mut self.work {
            work.reopen_file();
        }
        self.effect(Effect::Connect { choice });
    }

    /// If the first connection fails, the program ends. A later failure leaves the draft on screen.
    pub fn connection_ended(&mut self, result: Result<Connected, ConnectFailure>) {
        match result {
            Ok(connected) => {
                self.connection.succeeded(connected, self.now);
                self.watch_again();
            }
            Err(failure) => {
                if self.loader.epoch() == 0 {
                    self.refuse(failure.message.clone());
                }
                self.connection.failed(failure);
            }
        }
    }

    pub fn credentials_expire(&mut self, at: Timestamp) {
        self.connection.credentials_expire(at);
    }
}
