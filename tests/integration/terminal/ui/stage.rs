//! Sessions over an account that answers at once, without the program's worker.

use std::cell::RefCell;
use std::time::Duration;

use greengroup::app::effect::{TerminalEffect, Timer};
use greengroup::app::event::{Answer, Connected, Reply};
use greengroup::app::key::KeyPress;
use greengroup::app::{Effect, Event, Keymap, Launch, Request};
use greengroup::domain::{
    CallAttempt, CallEnd, CallOutcome, CallRecord, CreatedVersion, RequestLimit, ServiceError,
    Timestamp,
};
use ratatui::buffer::Buffer;

use super::account::{Account, time};
use crate::support::session::{Clock, Editor, Runtime, Session, Time};

pub(crate) type Stage = Session<Answers>;

/// The account, and its answers so far.
pub(crate) struct Answers {
    account: Account,
    /// Only the test itself answers requests.
    is_holding: bool,
    epoch: u32,
    attempts: u64,
}

thread_local! {
    /// The keymap of every stage in this thread.
    static KEYMAP: RefCell<Option<Keymap>> = const { RefCell::new(None) };
}

/// Runs `scene` with these keys: stages press the key that has the command of the usual key.
pub(crate) fn with_keymap<T>(keymap: Keymap, scene: impl FnOnce() -> T) -> T {
    KEYMAP.set(Some(keymap));
    let done = scene();
    KEYMAP.set(None);
    done
}

pub(crate) fn now() -> Timestamp {
    time("2026-05-01T11:30:00Z")
}

impl Runtime for Answers {
    const HAS_IDLE_TIME: bool = false;

    fn perform(&mut self, effect: Effect, events: &mut Vec<Event>) -> Option<TerminalEffect> {
        match effect {
            Effect::Terminal(effect) => return Some(effect),
            Effect::StartTimer(timer @ Timer::EnterHeld { .. }, _) => {
                events.push(Event::TimerElapsed(timer));
            }
            Effect::Ask { epoch, request, .. } => {
                self.epoch = epoch;
                events.extend(self.ask(request));
            }
            _ => {}
        }
        None
    }
}

impl Answers {
    fn ask(&mut self, request: Request) -> Vec<Event> {
        let answer = self.account.answer(&request);
        let Some(answer) = answer.filter(|_| !self.is_holding) else {
            return Vec::new();
        };
        self.attempts += 1;
        let attempt = CallAttempt {
            number: self.attempts,
            operation: operation(&request).to_owned(),
            attempt: 1,
            attempts: 3,
            is_unscheduled: false,
        };
        let end = CallEnd {
            duration: Duration::from_millis(40 + self.attempts * 3),
            status: Some(200),
            request_id: Some(format!("{:08x}-0000-4000-8000-00000000cafe", self.attempts)),
            outcome: CallOutcome::Answered,
        };
        vec![
            Event::CallObserved(CallRecord::Sent(attempt.clone())),
            Event::CallObserved(CallRecord::Ended(attempt, end)),
            self.reply(request, answer),
        ]
    }

    fn reply(&self, request: Request, answer: Answer) -> Event {
        Event::Replied(Box::new(Reply {
            epoch: self.epoch,
            request,
            answer,
        }))
    }
}

impl Stage {
    pub(crate) fn new(account: Account, size: (u16, u16)) -> Self {
        Self::launched(account, size, Launch::default())
    }

    pub(crate) fn launched(account: Account, size: (u16, u16), launch: Launch) -> Self {
        Self::bare(account, size, launch).connected(Connected {
            profile: Some("prod".to_owned()),
            region: "eu-central-1".to_owned(),
            profiles: vec!["prod".to_owned(), "staging".to_owned()],
            ..Connected::default()
        })
    }

    /// Not connected yet.
    pub(crate) fn bare(account: Account, size: (u16, u16), launch: Launch) -> Self {
        let keymap = KEYMAP.with_borrow(Clone::clone).unwrap_or_default();
        // The stage's time does not advance, so the rate must not be limited.
        let launch = Launch {
            requests: RequestLimit {
                per_second: f64::INFINITY,
                ..launch.requests
            },
            ..launch
        };
        let answers = Answers {
            account,
            is_holding: false,
            epoch: 0,
            attempts: 0,
        };
        let clock = Clock::new(now(), Time::AtKeys);
        let mut stage = Self::over(answers, (launch, keymap), clock);
        stage.editor = Editor::StaysOpen;
        stage.resize_now(size);
        stage
    }

    pub(crate) fn connected(mut self, connected: Connected) -> Self {
        self.feed(Event::Connected(Ok(connected)));
        self
    }

    /// Connects over an account that answers nothing.
    pub(crate) fn silent(size: (u16, u16)) -> Self {
        let mut stage = Self::bare(Account::default(), size, Launch::default());
        stage.hold();
        stage.connected(Connected {
            region: "eu-central-1".to_owned(),
            ..Connected::default()
        })
    }

    /// Leaves all further requests to the test.
    pub(crate) fn hold(&mut self) {
        self.runtime.is_holding = true;
    }

    pub(crate) const fn account(&mut self) -> &mut Account {
        &mut self.runtime.account
    }

    /// Answers one request explicitly.
    pub(crate) fn reply(&mut self, request: Request, answer: Answer) {
        self.feed(self.runtime.reply(request, answer));
    }

    /// Answers the only request that changes anything.
    pub(crate) fn answer_create(&mut self, answer: Result<CreatedVersion, ServiceError>) {
        let group = self.app.session.work().unwrap().group.clone();
        self.feed(Event::CreateAnswered { group, answer });
    }

    /// Presses keys, separated by blanks: `/ c a m Enter`.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.key(self.in_force(key.parse().unwrap()));
        }
    }

    /// The key that now has the default command of `usual`.
    fn in_force(&self, usual: KeyPress) -> KeyPress {
        let context = self.app.context();
        let command = Keymap::default().command(context, usual);
        let keys = command.map(|command| self.app.session.keymap().keys(context, command));
        let is_usual = keys.is_none_or(|keys| keys.contains(&usual));
        let other = keys.and_then(<[KeyPress]>::first);
        other.copied().filter(|_| !is_usual).unwrap_or(usual)
    }

    pub(crate) fn buffer(&self) -> Buffer {
        self.drawn().buffer
    }

    /// The position of the terminal's cursor, if visible.
    pub(crate) fn cursor(&self) -> Option<(u16, u16)> {
        self.drawn().cursor
    }

    /// Compares the screen with the picture of this name.
    pub(crate) fn picture(&self, name: &str) {
        insta::with_settings!({
            snapshot_path => "../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(format!("ui_{name}"), self.screen());
        });
    }
}

fn operation(request: &Request) -> &'static str {
    match request {
        Request::Identity => "GetCallerIdentity",
        Request::Groups(_) => "ListGroups",
        Request::Group(_) => "GetGroup",
        Request::GroupVersions(..) => "ListGroupVersions",
        Request::GroupVersion(..) => "GetGroupVersion",
        Request::Definitions(..) => "ListSubscriptionDefinitions",
        Request::Definition(..) => "GetSubscriptionDefinition",
        Request::DefinitionVersions(..) => "ListSubscriptionDefinitionVersions",
        Request::Content(..) => "GetFunctionDefinitionVersion",
        Request::Deployments(..) => "ListDeployments",
        Request::DeploymentStatus(..) => "GetDeploymentStatus",
        Request::ServiceRole => "GetServiceRoleForAccount",
        Request::GroupRole(_) => "GetAssociatedRole",
    }
}
