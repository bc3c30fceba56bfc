//! How the program ends: the one place that computes the exit status.

use super::Session;
use crate::app::effect::{Effect, TerminalEffect};
use crate::app::exit::{Ending, Exit};
use crate::app::submission::Submission;

impl Session {
    /// How the program ends, as things are now.
    pub fn ending(&self) -> Ending {
        if let Some(reason) = &self.refused {
            return Ending {
                exit: Exit::BadArguments,
                message: Some(reason.clone()),
            };
        }
        let decisive = self.submissions.decisive();
        Ending {
            exit: decisive.map_or(Exit::NothingCreated, Submission::exit),
            message: decisive.and_then(Submission::message),
        }
    }

    /// Ends the program.
    pub fn quit(&mut self) {
        if self.submissions.is_sending() {
            self.notify("Waiting a few seconds for the answer to the request.");
        }
        if !self.is_quitting {
            self.is_quitting = true;
            self.effect(Effect::Terminal(TerminalEffect::Quit));
        }
    }

    /// Ends the program because of arguments that only the account can refute.
    pub fn refuse(&mut self, reason: String) {
        self.refused.get_or_insert(reason);
        self.quit();
    }
}
