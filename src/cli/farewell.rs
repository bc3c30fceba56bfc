//! How a command ends: what is left to say, and the exit status.

/// What is left to say and the status to end with, once the terminal is given back.
#[derive(Debug, Default)]
pub struct Farewell {
    /// What was created, for standard output: a line that is lost is told of.
    pub receipt: Vec<String>,
    /// A text for standard output: whoever stops reading, as `head` does, has read enough.
    pub text: String,
    /// For standard error.
    pub complaint: Option<String>,
    pub status: u8,
}

impl Farewell {
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

    pub(super) fn failed(complaint: impl Into<String>) -> Self {
        Self {
            complaint: Some(complaint.into()),
            status: 1,
            ..Self::default()
        }
    }
}
