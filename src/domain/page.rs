//! Paged lists, with a limit for lists that never end.

use std::collections::HashSet;

use super::service_error::{ErrorKind, ServiceError};

/// The maximum number of pages: at fifty entries a page, more than the 100 000 entries this program is made
/// for.
const MAX_PAGES: usize = 2500;

/// The maximum number of entries, for pages of any size.
const MAX_ENTRIES: usize = 200_000;

/// AWS's tokens have a few hundred bytes. A token beyond this limit may not fit into a request.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The start of the next page as the service wrote it (`NextToken`); never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageToken(String);

impl PageToken {
    /// Parses a `NextToken`; absent, null and empty all mean that this is the last page.
    pub fn read(text: Option<String>) -> Option<Self> {
        text.filter(|text| !text.is_empty()).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<PageToken> for String {
    fn from(token: PageToken) -> Self {
        token.0
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// `None` on the last page.
    pub next: Option<PageToken>,
    /// The number of entries without an id or with an invalid ARN.
    pub unreadable: usize,
}

impl<T> Page<T> {
    /// Converts the entries of a page and counts those for which `read` returns `None`.
    pub fn reading<S>(
        entries: Vec<S>,
        next: Option<String>,
        read: impl FnMut(S) -> Option<T>,
    ) -> Self {
        let count = entries.len();
        let items: Vec<T> = entries.into_iter().filter_map(read).collect();
        Self {
            unreadable: count - items.len(),
            items,
            next: PageToken::read(next),
        }
    }
}

/// Walks one list page by page; a repeated token is an error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageWalk {
    seen: HashSet<PageToken>,
    entries: usize,
}

impl PageWalk {
    /// Returns the token of the next page, after a page with this many `entries`.
    ///
    /// It is an error if the token repeats or is too long. So are too many pages or entries.
    pub fn step(
        &mut self,
        operation: &str,
        next: Option<PageToken>,
        entries: usize,
    ) -> Result<Option<PageToken>, ServiceError> {
        self.entries += entries;
        let Some(token) = next else {
            return Ok(None);
        };
        let (kind, message) = if token.as_str().len() > MAX_TOKEN_BYTES {
            let message = format!("the NextToken is longer than {MAX_TOKEN_BYTES} bytes");
            (ErrorKind::Unreadable, message)
        } else if self.entries > MAX_ENTRIES {
            let message = format!("the list goes on after {MAX_ENTRIES} entries");
            (ErrorKind::EndlessPages, message)
        } else if self.seen.len() + 1 >= MAX_PAGES {
            let message = format!("the list goes on after {MAX_PAGES} pages");
            (ErrorKind::EndlessPages, message)
        } else if !self.seen.insert(token.clone()) {
            let pages = self.seen.len() + 1;
            let message = format!("the list names the same next page twice, after {pages} pages");
            (ErrorKind::EndlessPages, message)
        } else {
            return Ok(Some(token));
        };
        Err(ServiceError::local(operation, kind, message))
    }
}
