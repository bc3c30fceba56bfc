//! The one driver of the app. Events go in, their effects are performed, and the drawn screen comes out.

mod clock;
mod keys;
mod picture;
mod regions;
mod sandboxed;

use std::collections::VecDeque;
use std::path::PathBuf;

use greengroup::app::effect::{EditRequest, Effect, TerminalEffect};
use greengroup::app::event::{EditFailure, EditProblem, EditedText, Event};
use greengroup::app::exit::Exit;
use greengroup::app::key::KeyPress;
use greengroup::app::{App, Keymap, Launch};
use greengroup::ui::theme::Theme;

pub use self::clock::{Clock, Time};
pub use self::keys::parse_keys;
pub use self::picture::{Canvas, Picture, text};
pub use self::sandboxed::{NOW, Sandboxed};

/// Performs the effects of a session.
pub trait Runtime {
    /// True if the app may use the time after each event, as it does when no key waits.
    const HAS_IDLE_TIME: bool;

    /// Performs an effect, or returns one that needs the terminal. Events that follow at once go to `events`.
    fn perform(&mut self, effect: Effect, events: &mut Vec<Event>) -> Option<TerminalEffect>;
}

/// The user's editor.
pub enum Editor {
    /// The program finds none.
    Missing,
    /// Returns another text at once.
    Returns(Box<dyn FnMut(&str) -> String>),
    /// Stays open until the test passes [`Event::Edited`].
    StaysOpen,
}

/// The program without its terminal.
pub struct Session<R = Sandboxed> {
    pub app: App,
    pub runtime: R,
    pub clock: Clock,
    /// The real size of the terminal.
    pub size: (u16, u16),
    pub theme: Theme,
    /// The copied texts.
    pub copied: Vec<String>,
    /// The number of times that the bell rang.
    pub rung: usize,
    pub exit: Option<Exit>,
    pub editor: Editor,
    /// The texts given to the editor.
    pub given: Vec<EditRequest>,
}

impl<R: Runtime> Session<R> {
    /// The app does not know the size of its terminal yet.
    pub fn over(runtime: R, (launch, keymap): (Launch, Keymap), clock: Clock) -> Self {
        Self {
            app: App::new(launch, keymap),
            runtime,
            clock,
            size: (80, 24),
            theme: Theme::named("dark").unwrap(),
            copied: Vec::new(),
            rung: 0,
            exit: None,
            editor: Editor::Missing,
            given: Vec::new(),
        }
    }

    /// Passes one event to the app, performs the effects, and uses the idle time after them.
    pub fn feed(&mut self, event: Event) {
        self.take(event);
        while R::HAS_IDLE_TIME && self.app.wants_idle() {
            self.take(Event::Idle);
        }
    }

    /// Passes an event and those that follow from its effects at once.
    fn take(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let effects = self.update(event);
            events.extend(self.perform(effects));
        }
    }

    /// Passes the time and one event to the app; returns the effects.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = self.app.update(Event::Clock(self.clock.now()));
        effects.extend(self.app.update(event));
        effects
    }

    /// Performs effects; returns the events that follow at once.
    pub fn perform(&mut self, effects: Vec<Effect>) -> Vec<Event> {
        let mut events = Vec::new();
        for effect in effects {
            match self.runtime.perform(effect, &mut events) {
                Some(TerminalEffect::Copy(text)) => self.copied.push(text),
                Some(TerminalEffect::Ring) => self.rung += 1,
                Some(TerminalEffect::Edit(request)) => events.extend(self.edit(request)),
                Some(TerminalEffect::Quit) => self.exit = Some(self.app.session.ending().exit),
                Some(_) | None => {}
            }
        }
        events
    }

    /// Gives a text to the user's editor.
    fn edit(&mut self, request: EditRequest) -> Option<Event> {
        let edited = match &mut self.editor {
            Editor::Returns(edit) => Some(Ok(EditedText {
                text: edit(&request.text),
                path: PathBuf::from(format!("/run/edit/{}", request.name)),
                returned_at_once: None,
            })),
            Editor::Missing => Some(Err(EditFailure {
                problem: EditProblem::NoEditor("vi".to_owned()),
                kept: None,
            })),
            Editor::StaysOpen => None,
        };
        self.given.push(request);
        edited.map(Event::Edited)
    }

    /// Lets the user's editor change a text in this way from now on.
    pub fn edit_with(&mut self, edit: impl FnMut(&str) -> String + 'static) {
        self.editor = Editor::Returns(Box::new(edit));
    }

    /// Presses one key, after the pause that a clock without the virtual time needs.
    pub fn key(&mut self, key: KeyPress) {
        self.clock.come_apart();
        self.feed(Event::Key(key));
    }

    /// Changes the terminal's size without waiting.
    pub fn resize_now(&mut self, (width, height): (u16, u16)) {
        self.size = (width, height);
        self.feed(Event::Resized { width, height });
    }

    /// Presses keys without waiting. Characters stand for themselves; named keys are in angle brackets:
    /// `press_now("/cam<Enter>")`.
    pub fn press_now(&mut self, keys: &str) {
        for key in parse_keys(keys) {
            self.key(key);
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.feed(Event::Pasted(text.to_owned()));
    }

    pub fn screen_name(&self) -> &'static str {
        self.app.screen().name()
    }

    /// Draws, and passes the measurements to the app, as after every frame.
    pub fn frame(&mut self) -> Picture {
        let (picture, drawn) = Canvas::new(self.size).frame(&self.app, &self.theme);
        if let Some(max_hidden) = drawn.max_hidden {
            self.app.update(Event::Drawn { max_hidden });
        }
        picture
    }

    /// Draws, and changes nothing.
    pub fn drawn(&self) -> Picture {
        Canvas::new(self.size).frame(&self.app, &self.theme).0
    }

    /// The drawn lines without trailing blanks.
    pub fn screen(&self) -> String {
        self.drawn().rows().join("\n").trim_end().to_owned()
    }
}
