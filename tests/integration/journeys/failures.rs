//! Failures: the screen's report, the account's content, and the saved files.

mod drafts;
mod endings;
mod outcomes;
mod reads;
mod shared_file;
mod truncation;
mod unsaved;
mod written;

use std::path::Path;

use greengroup::app::outcome_probe::ProbeResult;
use greengroup::app::submission::{Step, StepState};
use greengroup::runtime::files::Paths;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::open_group::press_line;
use crate::support::session::Session;

/// Picks another version for the function slot.
const PICK: &str = "3/press<Down><Enter>";
/// Picks, reviews, ticks and creates.
const CREATE: &str = "3/press<Down><Enter>a<Tab><Space><Enter>";
/// Answers yes to the question about quitting.
const YES: &str = "<Right><Enter>";

/// The user's machine with the files of its programs.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn state(&self) -> &Path {
        self.0.path()
    }

    fn paths(&self) -> Paths {
        Paths::from_environment(|_| Some(self.0.path().into())).unwrap()
    }

    /// Starts the program on press-line-3.
    async fn start(&self, sandbox: &Sandbox) -> Session {
        let journal = Journal::at(&self.paths());
        Session::start_with(sandbox.clone(), press_line(), journal, (80, 24)).await
    }

    /// The names of the draft files.
    fn drafts(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.paths().drafts_folder()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".json")).collect()
    }

    fn history(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.paths().history_file()).unwrap_or_default();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Session {
    fn outcome(&self) -> &Step {
        let step = self.app.shown_outcome();
        step.unwrap_or_else(|| panic!("no outcome but {:?}", self.app.screen()))
    }

    /// The id of the version found after an unknown outcome.
    fn found(&self) -> &str {
        let ProbeResult::Found(created) = self.looked() else {
            panic!("found nothing: {:?}", self.looked());
        };
        created.version.as_deref().unwrap()
    }

    /// The result of the search after an unknown outcome.
    fn looked(&self) -> &ProbeResult {
        match &self.outcome().state {
            StepState::Unconfirmed(_, look) => look.result(),
            other => panic!("not unknown but {other:?}"),
        }
    }

    /// Every attempt of an operation in order, with the maximum.
    fn attempts(&self, operation: &str) -> Vec<(u32, u32)> {
        let calls = self.app.session.calls().iter().map(|call| &call.attempt);
        calls
            .filter(|attempt| attempt.operation == operation)
            .map(|attempt| (attempt.attempt, attempt.attempts))
            .collect()
    }
}
