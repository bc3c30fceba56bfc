//! The program without runtime: keys and responses go in as events, and the screen comes out as text.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use greengroup::app::effect::Timer;
use greengroup::app::event::{Answer, Connected, Reply};
use greengroup::app::key::KeyPress;
use greengroup::app::{App, Effect, Event, Keymap, Launch, Request};
use greengroup::domain::{
    CallAttempt, CallEnd, CallOutcome, CallRecord, CreatedVersion, RequestLimit, ServiceError,
    Timestamp,
};
use greengroup::ui::{Drawn, Theme, render};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Buffer;

use super::account::{Account, time};

pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) account: Account,
    pub(crate) theme: Theme,
    /// Only the test itself answers requests.
    pub(crate) is_holding: bool,
    epoch: u32,
    /// The real size of the terminal.
    pub(crate) size: (u16, u16),
    attempts: u64,
    /// In milliseconds; it advances with every key.
    now: i64,
}

/// Milliseconds between two keys, so that Enter is never too soon.
const KEYS_APART: i64 = 300;

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
        let mut stage = Self {
            app: App::new(launch, keymap),
            account,
            theme: Theme::named("dark").unwrap(),
            is_holding: false,
            epoch: 0,
            size,
            attempts: 0,
            now: now().milliseconds(),
        };
        stage.event(Event::Clock(now()));
        stage.resize(size.0, size.1);
        stage
    }

    pub(crate) fn connected(mut self, connected: Connected) -> Self {
        self.event(Event::Connected(Ok(connected)));
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.event(Event::Resized { width, height });
    }

    /// Passes an event and answers every request, until there are no more.
    pub(crate) fn event(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.app.update(event) {
                events.extend(self.perform(effect));
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        if let Effect::StartTimer(timer @ Timer::EnterHeld { .. }, _) = effect {
            return vec![Event::TimerElapsed(timer)];
        }
        let Effect::Ask { epoch, request, .. } = effect else {
            return Vec::new();
        };
        self.epoch = epoch;
        self.ask(epoch, request)
    }

    fn ask(&mut self, epoch: u32, request: Request) -> Vec<Event> {
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
        let reply = Reply {
            epoch,
            request,
            answer,
        };
        vec![
            Event::CallObserved(CallRecord::Sent(attempt.clone())),
            Event::CallObserved(CallRecord::Ended(attempt, end)),
            Event::Replied(Box::new(reply)),
        ]
    }

    /// Answers one request explicitly.
    pub(crate) fn reply(&mut self, request: Request, answer: Answer) {
        let epoch = self.epoch;
        self.event(Event::Replied(Box::new(Reply {
            epoch,
            request,
            answer,
        })));
    }

    /// Answers the only request that changes anything.
    pub(crate) fn answer_create(&mut self, answer: Result<CreatedVersion, ServiceError>) {
        let group = self.app.session.work().unwrap().group.clone();
        self.event(Event::CreateAnswered { group, answer });
    }

    /// Presses keys, separated by blanks: `/ c a m Enter`.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let key = self.in_force(key.parse().unwrap());
            self.now += KEYS_APART;
            self.event(Event::Clock(Timestamp::from_milliseconds(self.now)));
            self.event(Event::Key(key));
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

    /// Draws, and passes the measurements to the app, as the runtime does after every frame.
    pub(crate) fn frame(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let mut drawn = Drawn::default();
        terminal
            .draw(|frame| drawn = render(&self.app, &self.theme, frame))
            .unwrap();
        if let Some(max_hidden) = drawn.max_hidden {
            self.event(Event::Drawn { max_hidden });
        }
    }

    fn drawn(&self) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal
            .draw(|frame| _ = render(&self.app, &self.theme, frame))
            .unwrap();
        terminal
    }

    pub(crate) fn buffer(&self) -> Buffer {
        self.drawn().backend().buffer().clone()
    }

    /// The position of the terminal's cursor, if visible.
    pub(crate) fn cursor(&self) -> Option<(u16, u16)> {
        let mut terminal = self.drawn();
        let backend = terminal.backend_mut();
        let position = backend.get_cursor_position().unwrap();
        backend.cursor_visible().then_some((position.x, position.y))
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

    /// The screen as lines of text without trailing blanks.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut hidden = 0;
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                if hidden == 0 {
                    line.push_str(symbol);
                    hidden = unicode_width::UnicodeWidthStr::width(symbol).max(1);
                }
                hidden -= 1;
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
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
