//! One definition version that is created before the group version, and how far it has come.

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

/// How far it has come.
#[derive(Debug, Clone, PartialEq)]
pub enum DefinitionState {
    /// Confirmed, and sent once the step before it is created.
    Waiting,
    Sending,
    Created(CreatedDefinitionVersion),
    /// It surely had no effect.
    Failed(ServiceError),
    /// It was sent, no answer says what it did, and no version was found that is its effect.
    Unknown(ServiceError),
    /// The same, and the user has asked to look once more.
    Looking(ServiceError),
    /// `--dry-run`: it would have been sent.
    Rehearsed,
}

impl DefinitionStep {
    pub const fn created(&self) -> Option<&CreatedDefinitionVersion> {
        match &self.state {
            DefinitionState::Created(created) => Some(created),
            DefinitionState::Waiting
            | DefinitionState::Sending
            | DefinitionState::Failed(_)
            | DefinitionState::Unknown(_)
            | DefinitionState::Looking(_)
            | DefinitionState::Rehearsed => None,
        }
    }

    /// True once nothing of it is left to do.
    pub fn is_done(&self) -> bool {
        self.created().is_some() || self.state == DefinitionState::Rehearsed
    }

    /// True while its answer is awaited.
    pub const fn is_under_way(&self) -> bool {
        matches!(
            self.state,
            DefinitionState::Sending | DefinitionState::Looking(_)
        )
    }

    /// True while it is not known whether it had an effect.
    pub const fn is_unknown(&self) -> bool {
        matches!(
            self.state,
            DefinitionState::Unknown(_) | DefinitionState::Looking(_)
        )
    }

    /// Why the service does not take this content; no other failure lies in it.
    pub fn refusal(&self) -> Option<&ServiceError> {
        let error = self.error().filter(|_| !self.is_unknown())?;
        (error.kind == ErrorKind::Refused).then_some(error)
    }

    /// What the service or the connection said against it.
    pub const fn error(&self) -> Option<&ServiceError> {
        match &self.state {
            DefinitionState::Failed(error)
            | DefinitionState::Unknown(error)
            | DefinitionState::Looking(error) => Some(error),
            DefinitionState::Waiting
            | DefinitionState::Sending
            | DefinitionState::Created(_)
            | DefinitionState::Rehearsed => None,
        }
    }

    /// Takes in the answer, or what a look has found: `Ok(None)` if nothing.
    pub(super) fn answered(&mut self, answer: Answered<Option<CreatedDefinitionVersion>>) {
        let earlier = match &self.state {
            DefinitionState::Looking(error) => Some(error.clone()),
            DefinitionState::Sending => None,
            DefinitionState::Waiting
            | DefinitionState::Created(_)
            | DefinitionState::Failed(_)
            | DefinitionState::Unknown(_)
            | DefinitionState::Rehearsed => return,
        };
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

    /// How the program ends where no request after this one was sent.
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
