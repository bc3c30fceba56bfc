//! The main loop: passes events to the app, performs its effects, and draws one frame.

mod editing;

use std::ffi::OsString;
use std::fs;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use futures_util::future::OptionFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use ratatui::layout::Size;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use super::clipboard::{Clipboard, Osc52};
use super::clock;
use super::connection::ConnectionTarget;
use super::editor::Editor;
use super::ending::{Ended, end};
use super::files::edits::Edits;
use super::files::texts;
use super::input::delays::Delays;
use super::input::{Input, Inputs};
use super::journal::Journal;
use super::signals::{self, Signal, Signals};
use super::terminal::{Capabilities, ColorMode, Terminal, TerminalError, open_for_reading};
use super::worker::Worker;
use crate::app::effect::{EditRequest, TerminalEffect};
use crate::app::key::{Key, KeyPress};
use crate::app::{App, Event};
use crate::ui::{self, theme::Theme};

/// The spinner starts when a call has run for this long.
const SPINNER_STARTS_AFTER: Duration = Duration::from_millis(300);
const SPINNER_TURNS_EVERY: Duration = Duration::from_millis(250);

/// The maximum number of queued events that are handled before a frame is drawn.
const MAX_EVENTS_PER_FRAME: usize = 256;

/// The maximum delay of a frame until its draft is saved. On a faster disk, `kill -9` loses at most the last
/// key.
const SAVED_WITHIN: Duration = Duration::from_millis(250);

/// The settings that are fixed before the terminal is taken.
#[derive(Debug)]
pub struct Setup {
    pub app: App,
    pub target: ConnectionTarget,
    pub journal: Journal,
    pub theme: Theme,
    pub capabilities: Capabilities,
    pub colors: ColorMode,
}

/// A task that runs without the app and the terminal: bytes for the terminal, and the result.
type TerminalTask = Pin<Box<dyn Future<Output = (Vec<u8>, Event)>>>;

struct Loop {
    app: App,
    worker: Worker,
    terminal: Terminal,
    /// The size that the app knows.
    size: Size,
    theme: Theme,
    clipboard: Clipboard,
    tasks: FuturesUnordered<TerminalTask>,
    /// When the spinner turns next, while a call runs.
    next_turn: Option<Instant>,
    editor: Editor,
    edits: Edits,
    /// The next text for the editor; no key is handled until the editor has ended.
    to_edit: Option<EditRequest>,
    /// The file of the running editor, reported if the program ends first.
    kept_text: Option<PathBuf>,
    is_over: bool,
}

/// Takes the terminal, runs until the end, and restores the terminal. The result states the outcome of the
/// sent request, however the loop ended.
pub async fn run(
    setup: Setup,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Ended, TerminalError> {
    // An earlier signal would end the program without restoring the terminal.
    let mut signals = Signals::start()?;
    let mut terminal = Terminal::open(setup.capabilities, setup.colors)?;
    let mut inputs = Inputs::start(open_for_reading()?, Delays::from_environment(&variable))?;
    terminal.set_title("greengroup")?;
    let mut this = Loop {
        app: setup.app,
        worker: Worker::start(setup.target, setup.journal),
        terminal,
        size: Size::default(),
        theme: setup.theme,
        clipboard: Clipboard::from_environment(&variable),
        tasks: FuturesUnordered::new(),
        next_turn: None,
        editor: Editor::from_environment(&variable),
        edits: Edits::from_environment(&variable),
        to_edit: None,
        kept_text: None,
        is_over: false,
    };
    let running = async {
        this.resized()?;
        this.draw()?;
        this.until_the_end(&mut inputs, &mut signals).await
    };
    let ran = AssertUnwindSafe(running).catch_unwind().await;
    let Loop {
        app,
        worker,
        terminal,
        kept_text,
        ..
    } = this;
    drop(terminal);
    let mut ended = end(ran, app, worker).await;
    let kept = |path: PathBuf| format!("the text in the editor is kept in {}", path.display());
    ended.messages.extend(kept_text.map(kept));
    signals::restore_defaults();
    Ok(ended)
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
            self.worker.rest_within(SAVED_WITHIN).await;
            while let Some(request) = self.to_edit.take().filter(|_| !self.is_over) {
                self.edit(request, inputs, signals).await?;
            }
            self.draw()?;
        }
        Ok(())
    }

    /// Waits for the first event of any kind and handles it.
    async fn wait(
        &mut self,
        inputs: &mut Inputs,
        signals: &mut Signals,
    ) -> Result<(), TerminalError> {
        tokio::select! {
            biased;
            signal = signals.next() => self.signal(signal),
            drained = self.terminal.drain(), if self.terminal.is_behind() => Ok(drained?),
            input = inputs.next() => self.input(input),
            event = self.worker.next() => self.take(event),
            () = std::future::ready(()), if self.app.wants_idle() => self.take(Event::Idle),
            Some((bytes, event)) = self.tasks.next() => {
                self.terminal.send(&bytes)?;
                self.take(event)
            }
            Some(()) = OptionFuture::from(self.next_turn.map(sleep_until)) => {
                self.next_turn = Some(Instant::now() + SPINNER_TURNS_EVERY);
                self.take(Event::Ticked)
            }
        }
    }

    /// Handles all queued events, so that many keys or responses need one frame.
    fn drain(&mut self, inputs: &mut Inputs) -> Result<(), TerminalError> {
        for _ in 0..MAX_EVENTS_PER_FRAME {
            if self.is_over || self.to_edit.is_some() {
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
            // Terminals send Alt as Esc and the key. Without a focused line, it is handled as these two keys.
            Input::Key(key) if key.alt && key.follows_escape() && !self.app.takes_text() => {
                self.take(Event::Key(KeyPress::from(Key::Escape)))?;
                self.take(Event::Key(KeyPress { alt: false, ..key }))
            }
            Input::Key(key) => self.take(Event::Key(key)),
            Input::Pasted { text, dropped } => {
                self.take(Event::Pasted(text))?;
                if dropped > 0 {
                    self.take(Event::PasteCut { dropped })?;
                }
                Ok(())
            }
            Input::Closed => self.take(Event::Terminated),
        }
    }

    fn signal(&mut self, signal: Signal) -> Result<(), TerminalError> {
        match signal {
            Signal::Terminate | Signal::Quit => self.take(Event::Terminated),
            Signal::Interrupt => self.take(Event::Key(KeyPress::control(Key::Char('c')))),
            Signal::Suspend => self.suspend(),
            Signal::Continued => {
                self.terminal.resume()?;
                self.take(Event::Resumed)
            }
            Signal::Resized => {
                // If the size changed and changed back, the terminal has still cut its content.
                self.terminal.forget()?;
                self.resized()
            }
        }
    }

    fn resized(&mut self) -> Result<(), TerminalError> {
        self.size = self.terminal.size()?;
        let Size { width, height } = self.size;
        self.take(Event::Resized { width, height })?;
        if self.terminal.is_cut()? {
            self.take(Event::ScreenCut { width, height })?;
        }
        Ok(())
    }

    /// Passes one event to the app and performs the effects.
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

    /// Performs an effect on the terminal.
    fn perform(&mut self, effect: TerminalEffect) -> Result<(), TerminalError> {
        match effect {
            TerminalEffect::Quit => self.is_over = true,
            TerminalEffect::Copy(text) => {
                let name = copied_name(&text);
                let sending = self.clipboard.send(text);
                self.tasks.push(Box::pin(async move {
                    match sending.await {
                        Ok(Osc52 { sent, for_terminal }) => {
                            let notice = format!("{name} {}", sent.words());
                            (for_terminal, Event::Copied(Ok(notice)))
                        }
                        Err(error) => (Vec::new(), Event::Copied(Err(error.to_string()))),
                    }
                }));
            }
            TerminalEffect::SaveText { name, text, files } => {
                let save = move || texts::save_with(Path::new("."), &name, &text, &files);
                let saved = spawn_blocking(save);
                self.tasks.push(Box::pin(async {
                    let saved = saved.await.unwrap_or_else(|error| Err(error.into()));
                    let saved = saved.map_err(|error| error.to_string());
                    (Vec::new(), Event::TextSaved(saved))
                }));
            }
            TerminalEffect::Edit(request) => self.to_edit = Some(request),
            TerminalEffect::RemoveEdited(path) => {
                spawn_blocking(move || fs::remove_file(path));
            }
            TerminalEffect::Suspend => self.suspend()?,
            TerminalEffect::Redraw => self.terminal.repair()?,
            TerminalEffect::Ring => self.terminal.send(b"\x07")?,
        }
        Ok(())
    }

    fn suspend(&mut self) -> Result<(), TerminalError> {
        let suspended = self.terminal.suspend();
        suspended.or_else(|error| self.take(Event::NotSuspended(error.to_string())))
    }

    fn draw(&mut self) -> Result<(), TerminalError> {
        self.next_turn = match (self.app.is_busy(), self.next_turn) {
            (false, _) => None,
            (true, None) => Some(Instant::now() + SPINNER_STARTS_AFTER),
            (true, turn) => turn,
        };
        if !self.terminal.catch_up()? {
            return Ok(());
        }
        // The frame has the terminal's size, even if its signal has not arrived yet.
        if self.terminal.size().is_ok_and(|size| size != self.size) {
            self.resized()?;
        }
        self.terminal.set_title(&self.app.title())?;
        let (app, theme) = (&self.app, &self.theme);
        let mut drawn = ui::Drawn::default();
        self.terminal
            .draw(|frame| drawn = ui::render(app, theme, frame))?;
        if let Some(max_hidden) = drawn.max_hidden {
            self.app.update(Event::Drawn { max_hidden });
        }
        Ok(())
    }
}

/// The name of a copied text in a notice: its number of lines, or its line cut in the middle.
fn copied_name(text: &str) -> String {
    const END: usize = 18;
    let lines = text.lines().count();
    if lines > 1 {
        return format!("{lines} lines");
    }
    let characters: Vec<char> = text.chars().collect();
    match (
        characters.first_chunk::<END>(),
        characters.last_chunk::<END>(),
    ) {
        (Some(first), Some(last)) if characters.len() > 2 * END + 1 => {
            first.iter().chain(['…'].iter()).chain(last).collect()
        }
        _ => text.to_owned(),
    }
}
