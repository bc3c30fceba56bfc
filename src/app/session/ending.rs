//! The end of the program, and the only place that computes the exit status.

use super::Session;
use crate::app::deployment_run::DeploymentRun;
use crate::app::effect::{Effect, TerminalEffect};
use crate::app::exit::{Ending, Exit, QuitReason};
use crate::app::submission::Submission;

impl Session {
    /// The ending if the program ended now.
    pub fn ending(&self) -> Ending {
        if let Some(QuitReason::Refused(reason)) = &self.quitting {
            return Ending {
                exit: Exit::BadArguments,
                message: Some(reason.clone()),
            };
        }
        let decisive = self.submissions.decisive();
        let deployments = &self.submissions.deployments;
        let messages = [decisive.and_then(Submission::message), self.lost_draft()];
        let messages = messages.into_iter().flatten();
        let messages = messages.chain(deployments.iter().filter_map(DeploymentRun::message));
        let unrecorded = self.submissions.unrecorded.iter();
        let unrecorded = unrecorded.map(|reason| format!("the history was not written: {reason}"));
        let messages: Vec<String> = messages.chain(unrecorded).collect();
        let exit = decisive.map_or(Exit::NothingCreated, Submission::exit);
        Ending {
            exit: exit.max(deployments.exit()),
            message: (!messages.is_empty()).then(|| messages.join("; ")),
        }
    }

    pub fn quit(&mut self) {
        self.save_again();
        self.end(QuitReason::Asked);
    }

    fn end(&mut self, reason: QuitReason) {
        if self.quitting.is_none() {
            self.quitting = Some(reason);
            self.effect(Effect::Terminal(TerminalEffect::Quit));
        }
    }

    /// Ends the program because of arguments that only the account shows to be wrong.
    pub fn refuse(&mut self, reason: String) {
        self.end(QuitReason::Refused(reason));
    }
}
