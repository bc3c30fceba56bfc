//! One definition version that is created before the group version, with its state.

use crate::app::effect::DefineRequest;
use crate::app::event::Answered;
use crate::app::exit::Exit;
use crate::domain::{Certainty, CreatedDefinitionVersion, ErrorKind, NewVersion, ServiceError};

/// One request of a submission that creates a definition version.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionStep {
    pub version: NewVersion,
    pub request: DefineRequest,
    pub state: DefinitionState,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DefinitionState {
    /// Confirmed; sent after the step before it has created its version.
    Waiting,
    Sending,
    Created(CreatedDefinitionVersion),
    /// It surely had no effect.
    Failed(ServiceError),
    /// It was sent, no response gives its outcome, and no version with its effect was found.
    Unknown(ServiceError),
    /// The same, and the user has requested another look.
    Looking(ServiceError),
    /// `--dry-run`: it would have been sent.
    Rehearsed,
}

impl DefinitionStep {
    pub const fn created(&self) -> Option<&CreatedDefinitionVersion> {
        let DefinitionState::Created(created) = &self.state else {
            return None;
        };
        Some(created)
    }

    /// True if nothing remains to be done for it.
    pub fn is_done(&self) -> bool {
        self.created().is_some() || self.state == DefinitionState::Rehearsed
    }

    /// True while it waits for a response.
    pub const fn is_under_way(&self) -> bool {
        matches!(
            self.state,
            DefinitionState::Sending | DefinitionState::Looking(_)
        )
    }

    /// True while its outcome is unknown.
    pub const fn is_unknown(&self) -> bool {
        matches!(
            self.state,
            DefinitionState::Unknown(_) | DefinitionState::Looking(_)
        )
    }

    /// The error by which the service refused this content; `None` for any other failure.
    pub fn refusal(&self) -> Option<&ServiceError> {
        let error = self.error().filter(|_| !self.is_unknown())?;
        (error.kind == ErrorKind::Refused).then_some(error)
    }

    /// The error of the service or the connection.
    pub const fn error(&self) -> Option<&ServiceError> {
        let (DefinitionState::Failed(error)
        | DefinitionState::Unknown(error)
        | DefinitionState::Looking(error)) = &self.state
        else {
            return None;
        };
        Some(error)
    }

    /// Records the response or the result of a look: `Ok(None)` if nothing was found.
    pub(super) fn answered(&mut self, answer: Answered<Option<CreatedDefinitionVersion>>) {
        if !self.is_under_way() {
            return;
        }
        // The error that preceded a look.
        let earlier = self.error().cloned();
        self.state = match (answer, earlier) {
            (Ok(Some(created)), _) => DefinitionState::Created(created),
            (Ok(None) | Err(_), Some(earlier)) => DefinitionState::Unknown(earlier),
            (Ok(None), None) => DefinitionState::Waiting,
            (Err(error), None) if error.certainty == Certainty::NotExecuted => {
                DefinitionState::Failed(error)
            }
            (Err(error), None) => DefinitionState::Unknown(error),
        };
    }

    /// The exit status if no later request was sent.
    pub(super) const fn exit(&self) -> Exit {
        match &self.state {
            DefinitionState::Waiting | DefinitionState::Failed(_) => Exit::Failed,
            DefinitionState::Sending
            | DefinitionState::Unknown(_)
            | DefinitionState::Looking(_) => Exit::OutcomeUnknown,
            DefinitionState::Created(_) | DefinitionState::Rehearsed => Exit::Created,
        }
    }
}
