//! Lends the terminal to the user's editor; events are handled in this time, but nothing is drawn.

use std::fs;
use std::future::Future;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use tokio::task::{JoinError, spawn_blocking};
use tokio::time::Instant;

use super::Loop;
use crate::app::Event;
use crate::app::effect::EditRequest;
use crate::app::event::{EditFailure, EditProblem, EditedText};
use crate::runtime::editor::Editor;
use crate::runtime::files::edits;
use crate::runtime::input::Inputs;
use crate::runtime::signals::{Signal, Signals};
use crate::runtime::terminal::{TerminalError, open_for_reading};

/// An editor that ends in less time may have moved to the background.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Shown for editors that do not use the terminal; erased afterwards.
const NOTE: &str = "greengroup: waiting for your editor to close the file (Ctrl-C ends it) ";

struct EndedEditor {
    file: PathBuf,
    problem: Option<EditProblem>,
    was_quick: bool,
}

impl Loop {
    /// Lends the terminal to the editor until the editor or the program ends.
    pub(super) async fn edit(
        &mut self,
        request: EditRequest,
        inputs: &mut Inputs,
        signals: &mut Signals,
    ) -> Result<(), TerminalError> {
        if self.meanwhile(inputs.pause(), signals).await?.is_none() {
            return Ok(());
        }
        let Some(edited) = self.edited(request, signals).await? else {
            return Ok(());
        };
        inputs.resume(open_for_reading()?)?;
        self.resized()?;
        self.take(Event::Edited(edited))
    }

    /// `None` if the program ends.
    async fn edited(
        &mut self,
        request: EditRequest,
        signals: &mut Signals,
    ) -> Result<Option<Result<EditedText, EditFailure>>, TerminalError> {
        let EditRequest { name, text, line } = request;
        let (files, before) = (self.edits.clone(), text.clone());
        let created = in_background(move || files.create(&name, &text));
        let file = match self.meanwhile(created, signals).await? {
            None => return Ok(None),
            Some(Ok(file)) => file,
            Some(Err(reason)) => {
                let (problem, kept) = (EditProblem::File(reason), None);
                return Ok(Some(Err(EditFailure { problem, kept })));
            }
        };
        // However the program ends from here on, the file stays and is reported.
        self.kept_text = Some(file.clone());
        let editor = self.editor.clone();
        let Some(ended) = self.run_editor(&editor, file, line, signals).await? else {
            return Ok(None);
        };
        let judged = in_background(move || ended.judge(&before, &editor));
        let judged = self.meanwhile(judged, signals).await?;
        if judged.is_some() {
            self.kept_text = None;
        }
        Ok(judged)
    }

    async fn run_editor(
        &mut self,
        editor: &Editor,
        file: PathBuf,
        line: Option<usize>,
        signals: &mut Signals,
    ) -> Result<Option<EndedEditor>, TerminalError> {
        self.terminal.lend(NOTE);
        let started = Instant::now();
        let ended = match editor.start(&file, line) {
            Ok(mut running) => {
                let ended = self.meanwhile(running.ended(), signals).await?;
                let Some(ended) = ended else {
                    running.end().await;
                    return Ok(None);
                };
                ended
            }
            Err(error) => Err(error),
        };
        self.terminal.take_back()?;
        Ok(Some(EndedEditor {
            file,
            problem: editor.problem(ended),
            was_quick: started.elapsed() < AT_ONCE,
        }))
    }

    /// Waits for `work` and handles other events except keys; `None` if the program ends.
    async fn meanwhile<T>(
        &mut self,
        work: impl Future<Output = T>,
        signals: &mut Signals,
    ) -> Result<Option<T>, TerminalError> {
        let mut work = pin!(work);
        while !self.is_over {
            tokio::select! {
                biased;
                signal = signals.next() => self.signal_meanwhile(signal)?,
                result = &mut work => return Ok(Some(result)),
                event = self.worker.next() => self.take(event)?,
            }
        }
        Ok(None)
    }

    /// Ctrl-C, Ctrl-\ and Ctrl-Z also send their signals to the editor, which handles the first two itself.
    fn signal_meanwhile(&mut self, signal: Signal) -> Result<(), TerminalError> {
        match signal {
            Signal::Terminate => self.take(Event::Terminated),
            Signal::Suspend => {
                // Without a shell the editor does not stop either.
                _ = self.terminal.stop_with_editor();
                Ok(())
            }
            Signal::Interrupt | Signal::Quit | Signal::Continued | Signal::Resized => Ok(()),
        }
    }
}

impl EndedEditor {
    /// Reads the file, and removes it if it has no change by the user.
    fn judge(self, before: &str, editor: &Editor) -> Result<EditedText, EditFailure> {
        let read = edits::read(&self.file);
        let is_unchanged = read.as_ref().is_ok_and(|text| text == before);
        let read = match self.problem {
            None => read.map_err(EditProblem::File),
            Some(problem) => Err(problem),
        };
        match read {
            Ok(text) => Ok(EditedText {
                text,
                path: self.file,
                returned_at_once: (self.was_quick && is_unchanged).then(|| editor.name()),
            }),
            Err(problem) => {
                if is_unchanged {
                    _ = fs::remove_file(&self.file);
                }
                let kept = self.file.exists().then_some(self.file);
                Err(EditFailure { problem, kept })
            }
        }
    }
}

/// Runs file work on another thread, so that a slow file system does not block signals.
async fn in_background<Output: Send + 'static>(
    work: impl FnOnce() -> Output + Send + 'static,
) -> Output {
    match spawn_blocking(work)
        .await
        .map_err(JoinError::try_into_panic)
    {
        Ok(output) => output,
        Err(Ok(panic)) => resume_unwind(panic),
        // The runtime is shutting down.
        Err(Err(_)) => std::future::pending().await,
    }
}
