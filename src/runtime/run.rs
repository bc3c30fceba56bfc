//! The loop in which everything meets: events into the app, effects out, then one frame.

use std::ffi::OsString;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::{Instant, sleep_until};

use super::clipboard::Clipboard;
use super::clock;
use super::files::texts;
use super::gateway::Gateway;
use super::input::delays::Delays;
use super::input::{Input, Inputs};
use super::journal::Journal;
use super::signals::{Signal, Signals};
use super::terminal::{Capabilities, ColorMode, Terminal, TerminalError};
use super::worker::Worker;
use crate::app::aws_cli::AwsCli;
use crate::app::effect::TerminalEffect;
use crate::app::exit::Ending;
use crate::app::key::{Key, KeyPress};
use crate::app::{App, Event};
use crate::domain::{CreateGroupVersion, CreatedVersion};
use crate::ui::{self, theme::Theme};

/// Something has to be under way for this long before the spinner turns.
const SPINNER_STARTS_AFTER: Duration = Duration::from_millis(300);
const SPINNER_TURNS_EVERY: Duration = Duration::from_millis(250);

/// So many events are taken in before a frame is drawn, if they are there already.
const MOST_EVENTS_PER_FRAME: usize = 256;

/// All that is decided before the terminal is taken.
#[derive(Debug)]
pub struct Setup {
    pub app: App,
    pub gateway: Gateway,
    pub journal: Journal,
    pub theme: Theme,
    pub capabilities: Capabilities,
    pub colors: ColorMode,
}

/// How it ended, and what is to be said about it.
#[derive(Debug)]
pub struct Ended {
    pub ending: Ending,
    pub created: Vec<CreatedVersion>,
    pub rehearsed: Option<CreateGroupVersion>,
    /// For the command that is the same.
    pub aws_cli: AwsCli,
    /// Someone asked the program to end, or its terminal is gone: nobody may be there to read.
    pub was_terminated: bool,
}

type Copying = Pin<
    Box<dyn Future<Output = Result<super::clipboard::Parcel, super::clipboard::ClipboardError>>>,
>;

struct Loop {
    app: App,
    worker: Worker,
    terminal: Terminal,
    theme: Theme,
    clipboard: Clipboard,
    copying: FuturesUnordered<Copying>,
    /// When the spinner turns next, while something is under way.
    next_turn: Option<Instant>,
    is_over: bool,
    was_terminated: bool,
}

/// Takes the terminal, runs until the end, and gives the terminal back.
pub async fn run(
    setup: Setup,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Ended, TerminalError> {
    // A signal that came before this would end the program with the terminal still taken.
    let mut signals = Signals::start()?;
    let mut terminal = Terminal::open(setup.capabilities, setup.colors)?;
    let mut inputs = Inputs::start(Terminal::input()?, Delays::from_environment(&variable))?;
    let size = terminal.size()?;
    terminal.set_title("greengroup")?;
    let mut this = Loop {
        app: setup.app,
        worker: Worker::start(setup.gateway, setup.journal),
        terminal,
        theme: setup.theme,
        clipboard: Clipboard::from_environment(&variable),
        copying: FuturesUnordered::new(),
        next_turn: None,
        is_over: false,
        was_terminated: false,
    };
    this.take(Event::Resized {
        width: size.width,
        height: size.height,
    })?;
    this.draw()?;
    let ran = this.until_the_end(&mut inputs, &mut signals).await;
    // A terminal that is gone is no reason not to know what became of a request.
    finish_sending(&mut this.app, &mut this.worker).await;
    ran?;
    let session = &this.app.session;
    Ok(Ended {
        ending: session.ending(),
        created: session.submissions().created().cloned().collect(),
        rehearsed: session.submissions().rehearsed().cloned(),
        aws_cli: AwsCli::of(session),
        was_terminated: this.was_terminated,
    })
}

/// Takes in the answer to a request that is still under way, so that what is written and reported at
/// the end is true.
pub async fn finish_sending(app: &mut App, worker: &mut Worker) {
    if let Some(answer) = worker.last_answer().await {
        for effect in app.update(answer) {
            // What needs the terminal comes too late.
            _ = worker.perform(effect);
        }
    }
}

impl Loop {
    async fn until_the_end(
        &mut self,
        inputs: &mut Inputs,
        signals: &mut Signals,
    ) -> Result<(), TerminalError> {
        while !self.is_over {
            self.wait(inputs, signals).await?;
            self.drain(inputs)?;
            self.draw()?;
        }
        Ok(())
    }

    /// Waits for whatever comes first and takes it in.
    async fn wait(
        &mut self,
        inputs: &mut Inputs,
        signals: &mut Signals,
    ) -> Result<(), TerminalError> {
        tokio::select! {
            biased;
            signal = signals.next() => self.signal(signal),
            input = inputs.next() => self.input(input),
            event = self.worker.next() => self.take(event),
            () = std::future::ready(()), if self.app.is_searching() => self.take(Event::Idle),
            Some(copied) = self.copying.next(), if !self.copying.is_empty() => self.copied(copied),
            () = turn(self.next_turn) => {
                self.next_turn = Some(Instant::now() + SPINNER_TURNS_EVERY);
                self.take(Event::Ticked)
            }
        }
    }

    /// Takes in what is here already, so that many keys or answers make one frame.
    fn drain(&mut self, inputs: &mut Inputs) -> Result<(), TerminalError> {
        for _ in 0..MOST_EVENTS_PER_FRAME {
            if self.is_over {
                break;
            }
            if let Some(input) = inputs.take_ready() {
                self.input(input)?;
            } else if let Some(event) = self.worker.next().now_or_never() {
                self.take(event)?;
            } else {
                break;
            }
        }
        Ok(())
    }

    fn input(&mut self, input: Input) -> Result<(), TerminalError> {
        match input {
            Input::Key(key) => self.take(Event::Key(key)),
            Input::Pasted { text, dropped } => {
                self.take(Event::Pasted(text))?;
                if dropped > 0 {
                    self.take(Event::PasteCut { dropped })?;
                }
                Ok(())
            }
            Input::Closed => self.terminate(),
        }
    }

    fn signal(&mut self, signal: Signal) -> Result<(), TerminalError> {
        match signal {
            Signal::Terminate => self.terminate(),
            Signal::Interrupt => self.take(Event::Key(KeyPress::control(Key::Char('c')))),
            Signal::Suspend => self.suspend(),
            Signal::Continued => {
                self.terminal.resume()?;
                self.take(Event::Resumed)
            }
            Signal::Resized => {
                // There and back is no change of size, but the terminal has cut what it showed.
                self.terminal.forget()?;
                let size = self.terminal.size()?;
                self.take(Event::Resized {
                    width: size.width,
                    height: size.height,
                })
            }
        }
    }

    fn terminate(&mut self) -> Result<(), TerminalError> {
        self.was_terminated = true;
        self.take(Event::Terminated)
    }

    /// Gives one event to the app and performs what follows.
    fn take(&mut self, event: Event) -> Result<(), TerminalError> {
        let mut effects = self.app.update(Event::Clock(clock::now()));
        effects.extend(self.app.update(event));
        if let Some(expire) = self.worker.credentials_expiry_changed() {
            effects.extend(self.app.update(Event::CredentialsExpire(expire)));
        }
        for effect in effects {
            match self.worker.perform(effect) {
                None => {}
                Some(effect) => self.perform(effect)?,
            }
        }
        Ok(())
    }

    /// Performs what needs the terminal.
    fn perform(&mut self, effect: TerminalEffect) -> Result<(), TerminalError> {
        match effect {
            TerminalEffect::Quit => self.is_over = true,
            TerminalEffect::Copy(text) => {
                self.copying.push(Box::pin(self.clipboard.send(text)));
            }
            TerminalEffect::SaveText { name, text } => {
                let saved = texts::save(Path::new("."), &name, &text);
                self.take(Event::TextSaved(saved.map_err(|error| error.to_string())))?;
            }
            TerminalEffect::Suspend => self.suspend()?,
            TerminalEffect::Redraw => self.terminal.forget()?,
        }
        Ok(())
    }

    fn suspend(&mut self) -> Result<(), TerminalError> {
        match self.terminal.suspend() {
            Ok(()) => Ok(()),
            Err(error) => self.take(Event::NotSuspended(error.to_string())),
        }
    }

    fn copied(
        &mut self,
        copied: Result<super::clipboard::Parcel, super::clipboard::ClipboardError>,
    ) -> Result<(), TerminalError> {
        let copied = match copied {
            Ok(parcel) => {
                self.terminal.send(&parcel.for_terminal)?;
                Ok(parcel.sent.words())
            }
            Err(error) => Err(error.to_string()),
        };
        self.take(Event::Copied(copied))
    }

    fn draw(&mut self) -> Result<(), TerminalError> {
        self.next_turn = match (self.app.is_busy(), self.next_turn) {
            (false, _) => None,
            (true, None) => Some(Instant::now() + SPINNER_STARTS_AFTER),
            (true, turn) => turn,
        };
        self.terminal.set_title(&self.app.title())?;
        let (app, theme) = (&self.app, &self.theme);
        let mut drawn = ui::Drawn::default();
        self.terminal
            .draw(|frame| drawn = ui::render(app, theme, frame))?;
        if let Some(most_hidden) = drawn.most_hidden {
            self.app.update(Event::Drawn { most_hidden });
        }
        Ok(())
    }
}

async fn turn(next: Option<Instant>) {
    match next {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
