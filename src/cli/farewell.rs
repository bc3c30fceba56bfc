//! How a command ends: what is left to say, and the exit status.

/// What is left to say and the status to end with, once the terminal is given back.
#[derive(Debug, Default)]
pub struct Farewell {
    /// Lines for standard output.
    pub receipt: Vec<String>,
    /// For standard error.
    pub complaint: Option<String>,
    pub status: u8,
}

impl Farewell {
    pub(super) fn refused(complaint: impl Into<String>) -> Self {
        Self {
            receipt: Vec::new(),
            complaint: Some(complaint.into()),
            status: 2,
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
