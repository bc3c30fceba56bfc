//! The last words on a creation that did not succeed: one line for standard error.

use crate::domain::printable::printable;
use crate::domain::request::shell_quoted;
use crate::domain::{GroupId, ServiceError};

/// A request to create a version, as far as it is spoken of once the screen is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    pub group: GroupId,
    pub group_name: String,
    /// Drafts and history outlive the program.
    pub is_kept: bool,
}

impl Creation {
    /// The service refused it, or it was never sent.
    pub fn failed_words(&self, error: &ServiceError) -> String {
        let id = shell_quoted(self.group.as_str());
        let next = if self.is_kept {
            format!("the draft is kept, start again with --group {id}")
        } else {
            "the draft is not kept".to_owned()
        };
        let words = format!(
            "no version of {} was created: {error}; {next}",
            self.group_name
        );
        printable(&words).into_owned()
    }

    /// It was sent, and no answer told what became of it.
    pub fn unknown_words(&self) -> String {
        let id = shell_quoted(self.group.as_str());
        let history = if self.is_kept {
            "; the request is in history.jsonl"
        } else {
            ""
        };
        let words = format!(
            "a CreateGroupVersion of {} was sent and its outcome is unknown; \
             before sending it again see aws greengrass list-group-versions --group-id {id}{history}",
            self.group_name
        );
        printable(&words).into_owned()
    }
}
