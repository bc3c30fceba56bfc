//! A session from the user's view: keys go in, the drawn state comes out, the sandbox answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use greengroup::app::effect::{EditRequest, TerminalEffect};
use greengroup::app::event::{EditFailure, EditProblem, EditedText, Event};
use greengroup::app::exit::Exit;
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::layout::HEADER_ROWS;
use greengroup::app::{App, Keymap, Launch};
use greengroup::domain::Timestamp;
use greengroup::greengrass::ClientOptions;
use greengroup::runtime::clock;
use greengroup::runtime::connection::ConnectionTarget;
use greengroup::runtime::ending::{Ended, end, finish};
use greengroup::runtime::journal::Journal;
use greengroup::runtime::worker::Worker;
use greengroup::sandbox::Sandbox;
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// When every session starts.
pub const NOW: &str = "2026-05-02T08:00:00.000Z";

/// Longer than any timer and any retry of the program: after it, no event will follow.
const NOTHING_COMES: Duration = Duration::from_secs(400);

/// Milliseconds between two keys, so that Enter is never too soon.
const KEYS_APART: i64 = 300;

/// The program without its terminal. Time is tokio's, which tests pause.
pub struct Session {
    pub app: App,
    pub sandbox: Sandbox,
    worker: Box<Worker>,
    width: u16,
    height: u16,
    started: tokio::time::Instant,
    time: Time,
    /// Milliseconds of the pauses between keys.
    pressed_apart: i64,
    /// The copied texts.
    pub copied: Vec<String>,
    /// The number of times that the bell rang.
    pub rung: usize,
    pub exit: Option<Exit>,
    /// The user's editor, which returns another text. Without one, no editor is found.
    pub editor: Option<Editor>,
    /// The texts given to the editor.
    pub given: Vec<EditRequest>,
}

/// An editor's function from text to text.
pub type Editor = Box<dyn FnMut(&str) -> String>;

/// The clock of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Follows the virtual time, and advances at each key.
    Passes,
    /// For pictures: always [`NOW`].
    Stands,
    /// For comparisons with a real process.
    OfThisMachine,
}

impl Session {
    /// Starts on `sandbox` at 80×24 and waits until no call is in flight.
    pub async fn start(sandbox: Sandbox, launch: Launch) -> Self {
        Self::start_with(sandbox, launch, Journal::nowhere(), (80, 24)).await
    }

    /// Starts in another size, with drafts and history.
    pub async fn start_with(
        sandbox: Sandbox,
        launch: Launch,
        journal: Journal,
        size: (u16, u16),
    ) -> Self {
        let mut session = Self::begin(sandbox, launch, journal, size);
        session.settle().await;
        session
    }

    /// Starts without waiting.
    pub fn begin(
        sandbox: Sandbox,
        launch: Launch,
        journal: Journal,
        (width, height): (u16, u16),
    ) -> Self {
        let options = ClientOptions {
            read_only: launch.read_only,
            ..ClientOptions::default()
        };
        let target = ConnectionTarget::Sandbox {
            sandbox: Arc::new(sandbox.clone().into()),
            options,
        };
        let mut session = Self {
            app: App::new(launch, Keymap::default()),
            sandbox,
            worker: Box::new(Worker::start(target, journal)),
            width,
            height,
            started: tokio::time::Instant::now(),
            time: Time::Passes,
            pressed_apart: 0,
            copied: Vec::new(),
            rung: 0,
            exit: None,
            editor: None,
            given: Vec::new(),
        };
        session.feed(Event::Resized { width, height });
        session
    }

    /// Passes one event to the app and performs the effects.
    pub fn feed(&mut self, event: Event) {
        let now = self.now();
        let is_idle = matches!(event, Event::Idle);
        let mut effects = self.app.update(Event::Clock(now));
        effects.extend(self.app.update(event));
        for effect in effects {
            match self.worker.perform(effect) {
                None => {}
                Some(TerminalEffect::Copy(text)) => self.copied.push(text),
                Some(TerminalEffect::Ring) => self.rung += 1,
                Some(TerminalEffect::Edit(request)) => self.edit(request),
                Some(TerminalEffect::Quit) => self.exit = Some(self.app.session.ending().exit),
                Some(_) => {}
            }
        }
        while !is_idle && self.app.wants_idle() {
            self.feed(Event::Idle);
        }
    }

    /// Lets the user's editor change a text.
    fn edit(&mut self, request: EditRequest) {
        let edited = match &mut self.editor {
            Some(editor) => Ok(EditedText {
                text: editor(&request.text),
                path: PathBuf::from(format!("/run/edit/{}", request.name)),
                returned_at_once: None,
            }),
            None => Err(EditFailure {
                problem: EditProblem::NoEditor("vi".to_owned()),
                kept: None,
            }),
        };
        self.given.push(request);
        self.feed(Event::Edited(edited));
    }

    fn now(&self) -> Timestamp {
        let begun = NOW.parse::<Timestamp>().unwrap().milliseconds();
        let passed = match self.time {
            Time::Passes => i64::try_from(self.started.elapsed().as_millis()).unwrap(),
            Time::Stands => 0,
            Time::OfThisMachine => clock::now().milliseconds() - begun,
        };
        Timestamp::from_milliseconds(begun + passed + self.pressed_apart)
    }

    /// Uses this clock from now on.
    pub fn keep_time(&mut self, time: Time) {
        self.time = time;
    }

    /// Changes the terminal's size.
    pub async fn resize(&mut self, size: (u16, u16)) {
        self.resize_now(size);
        self.settle().await;
    }

    /// The same without waiting.
    pub fn resize_now(&mut self, (width, height): (u16, u16)) {
        (self.width, self.height) = (width, height);
        self.feed(Event::Resized { width, height });
    }

    /// Waits until no call is in flight and no timer runs.
    pub async fn settle(&mut self) {
        while let Ok(event) = tokio::time::timeout(NOTHING_COMES, self.worker.next()).await {
            self.feed(event);
        }
    }

    /// Waits for `time`, and handles the events in it.
    pub async fn wait(&mut self, time: Duration) {
        let end = tokio::time::Instant::now() + time;
        while let Ok(event) = tokio::time::timeout_at(end, self.worker.next()).await {
            self.feed(event);
        }
    }

    /// Presses keys with the pauses that buttons require, and waits for nothing else.
    pub async fn press_apart(&mut self, keys: &str) {
        for key in parse_keys(keys) {
            self.wait(Duration::from_millis(300)).await;
            self.feed(Event::Key(key));
        }
        self.wait(Duration::from_millis(100)).await;
    }

    /// Presses keys and waits for their effects. Characters stand for themselves; named keys are in angle
    /// brackets: `press("/cam<Enter>")`.
    pub async fn press(&mut self, keys: &str) {
        for key in parse_keys(keys) {
            self.come_apart();
            self.feed(Event::Key(key));
            self.settle().await;
        }
    }

    /// Runs the end of the program after the exit command.
    pub async fn end(&mut self) {
        finish(&mut self.app, &mut self.worker).await;
        self.exit = Some(self.app.session.ending().exit);
    }

    /// The result if a panic ends the program here.
    pub async fn break_down(self) -> Ended {
        let panic: Box<dyn std::any::Any + Send> = Box::new("a defect");
        end(Err(panic), self.app, *self.worker).await
    }

    /// Presses keys without waiting.
    pub fn press_now(&mut self, keys: &str) {
        self.come_apart();
        for key in parse_keys(keys) {
            self.feed(Event::Key(key));
        }
    }

    /// Adds a pause between keys even if the clock does not follow the virtual time.
    fn come_apart(&mut self) {
        if self.time != Time::Passes {
            self.pressed_apart += KEYS_APART;
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.feed(Event::Pasted(text.to_owned()));
    }

    pub fn screen_name(&self) -> &'static str {
        self.app.screen().name()
    }

    /// Draws, and passes the measurements to the app, as after every frame.
    pub fn drawn(&mut self, theme: &Theme) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.width, self.height)).unwrap();
        let mut drawn = ui::Drawn::default();
        terminal
            .draw(|frame| drawn = ui::render(&self.app, theme, frame))
            .unwrap();
        if let Some(max_hidden) = drawn.max_hidden {
            self.app.update(Event::Drawn { max_hidden });
        }
        terminal
    }

    /// The drawn lines without trailing blanks.
    pub fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(self.width, self.height)).unwrap();
        let theme = Theme::named("dark").unwrap();
        terminal
            .draw(|frame| _ = ui::render(&self.app, &theme, frame))
            .unwrap();
        let text = terminal.backend().to_string();
        let lines = text.lines().map(|line| line.trim_matches('"').trim_end());
        lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// The lines between header and footer, which contain the screen's own text.
    pub fn body(&self) -> String {
        let screen = self.screen();
        let rows = usize::from(self.height - HEADER_ROWS - 1);
        let body = screen.lines().skip(HEADER_ROWS.into()).take(rows);
        body.collect::<Vec<_>>().join("\n")
    }
}

/// Parses `a/<Enter><Ctrl-C>` to keys.
pub fn parse_keys(text: &str) -> Vec<KeyPress> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '<'
            && let Some((name, after)) = rest[1..].split_once('>')
            && let Ok(key) = name.parse::<KeyPress>()
        {
            keys.push(key);
            rest = after;
            continue;
        }
        keys.push(KeyPress {
            key: Key::Char(first),
            control: false,
            shift: false,
            alt: false,
        });
        rest = &rest[first.len_utf8()..];
    }
    keys
}
