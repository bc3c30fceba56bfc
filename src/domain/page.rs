//! One page of a list, and where the next begins.

use std::fmt;
use std::sync::Arc;

/// The service's NextToken: opaque, passed back as it came.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageToken(Arc<str>);

impl PageToken {
    /// A token, unless the text is empty: an empty NextToken is the end (API reference: "or null if there are no additional results").
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PageToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Absent on the last page.
    pub next: Option<PageToken>,
    /// Entries that were left out because they carried no id or an unreadable ARN.
    pub unreadable: usize,
}
