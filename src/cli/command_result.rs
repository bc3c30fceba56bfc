//! How a command ends: what is left to say, and the exit status.

/// What is left to say and the status to end with, once the terminal is given back.
#[derive(Debug, Default)]
pub struct CommandResult {
    /// A line for each version that was created, for standard output, or else for standard error.
    pub receipt: Vec<String>,
    /// A text for standard output: a closed pipe (`head`) is not an error.
    pub text: String,
    /// For standard error.
    pub complaint: Option<String>,
    pub status: u8,
    /// The terminal may be gone or stalled, so writing to it must not keep the program.
    pub is_after_screen: bool,
}

impl CommandResult {
    /// Nothing but a text to read.
    pub(super) fn text(text: &str) -> Self {
        Self {
            text: text.trim_end().to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn refused(complaint: impl Into<String>) -> Self {
        Self {
            complaint: Some(complaint.into()),
            status: 2,
            ..Self::default()
        }
    }

    pub fn failed(complaint: impl Into<String>) -> Self {
        Self {
            complaint: Some(complaint.into()),
            status: 1,
            ..Self::default()
        }
    }
}
