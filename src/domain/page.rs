//! Lists that come in pages, and the watch over pages that never end.

use std::collections::HashSet;

use super::service_error::{ServiceError, Trouble};

/// A list of more pages does not end: with pages of fifty entries these are more than the 100 000 that
/// this program is made for.
const MAX_PAGES: usize = 2500;

/// The same for pages of any size.
const MAX_ENTRIES: usize = 200_000;

/// AWS's tokens have some hundred bytes; one beyond 64 kB fits into no request.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// Where the next page starts, as the service wrote it (`NextToken`); never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageToken(String);

impl PageToken {
    /// Reads a `NextToken`; absent, null and empty all mean that there is no next page.
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
    /// Absent on the last page.
    pub next: Option<PageToken>,
    /// How many entries were left out because they had no id or an ARN that cannot be read.
    pub unreadable: usize,
}

impl<T> Page<T> {
    /// Reads every entry of a page, counting those for which `read` finds no value.
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

/// Follows one list from page to page and refuses to go round in circles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageWalk {
    seen: HashSet<PageToken>,
    entries: usize,
}

impl PageWalk {
    /// Returns the token of the page to ask for next, after one with this many `entries`. It is an error if the token came before, if it
    /// is too long, or if there were too many pages or entries.
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
        let endless =
            |message: String| ServiceError::local(operation, Trouble::EndlessPages, message);
        if token.as_str().len() > MAX_TOKEN_BYTES {
            let message = format!("the NextToken is longer than {MAX_TOKEN_BYTES} bytes");
            return Err(ServiceError::local(operation, Trouble::Unreadable, message));
        }
        if self.entries > MAX_ENTRIES {
            return Err(endless(format!(
                "the list goes on after {MAX_ENTRIES} entries"
            )));
        }
        if self.seen.len() + 1 >= MAX_PAGES {
            return Err(endless(format!("the list goes on after {MAX_PAGES} pages")));
        }
        if !self.seen.insert(token.clone()) {
            return Err(endless(format!(
                "the list names the same next page twice, after {} pages",
                self.seen.len() + 1
            )));
        }
        Ok(Some(token))
    }
}
