//! The result of a command: its output and the exit status.

/// The output and the exit status, printed after the terminal is restored.
#[derive(Debug, Default)]
pub struct CommandResult {
    /// A line for each created version, for standard output, or else for standard error.
    pub receipt: Vec<String>,
    /// A text for standard output: a closed pipe (`head`) is not an error.
    pub text: String,
    /// An error for standard error.
    pub complaint: Option<String>,
    pub status: u8,
    /// The terminal may be disconnected or stalled, so writing to it must not block the program.
    pub is_after_screen: bool,
}

impl CommandResult {
    /// A text on standard output.
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
