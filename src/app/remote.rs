//! A value from AWS: not requested, loading, ready, or failed with the error.

use super::event::Answered;
use crate::domain::{Page, PageToken, PageWalk, ServiceError};

/// One value with its state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remote<T> {
    #[default]
    Unasked,
    Loading,
    Ready(T),
    Failed(ServiceError),
}

impl<T> Remote<T> {
    pub const fn ready(&self) -> Option<&T> {
        let Self::Ready(value) = self else {
            return None;
        };
        Some(value)
    }

    pub const fn error(&self) -> Option<&ServiceError> {
        let Self::Failed(error) = self else {
            return None;
        };
        Some(error)
    }

    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading)
    }

    pub const fn is_unasked(&self) -> bool {
        matches!(self, Self::Unasked)
    }

    /// True until there is a value or an error.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Unasked | Self::Loading)
    }
}

impl<T> From<Answered<T>> for Remote<T> {
    fn from(answer: Answered<T>) -> Self {
        match answer {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(error),
        }
    }
}

/// A list that is loaded page by page; its items can be used before the last page.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    items: Vec<T>,
    progress: ListingProgress,
    walk: PageWalk,
    unreadable: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum ListingProgress {
    /// The next page begins at the token; `None` is the first page.
    Next(Option<PageToken>),
    Loading(Option<PageToken>),
    Complete,
    /// The page at the token failed; a retry requests it again.
    Failed(Option<PageToken>, Box<ServiceError>),
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            progress: ListingProgress::Next(None),
            walk: PageWalk::default(),
            unreadable: 0,
        }
    }
}

impl<T> Listing<T> {
    pub fn items(&self) -> &[T] {
        &self.items
    }

    pub fn items_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }

    /// The number of entries without an id or with an unreadable ARN.
    pub const fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// The page to request next, if one can be requested: `Some(None)` is the first page.
    pub const fn wanted(&self) -> Option<&Option<PageToken>> {
        let ListingProgress::Next(token) = &self.progress else {
            return None;
        };
        Some(token)
    }

    pub const fn error(&self) -> Option<&ServiceError> {
        let ListingProgress::Failed(_, error) = &self.progress else {
            return None;
        };
        Some(error)
    }

    pub const fn is_complete(&self) -> bool {
        matches!(self.progress, ListingProgress::Complete)
    }

    /// True before the first page is requested.
    pub const fn is_unasked(&self) -> bool {
        matches!(self.progress, ListingProgress::Next(None))
    }

    /// True if a page is loading or still to be requested.
    pub const fn is_growing(&self) -> bool {
        matches!(
            self.progress,
            ListingProgress::Next(_) | ListingProgress::Loading(_)
        )
    }

    /// Marks the wanted page as requested.
    pub fn asked(&mut self) {
        if let ListingProgress::Next(token) = &mut self.progress {
            self.progress = ListingProgress::Loading(token.take());
        }
    }

    /// Reverts [`Self::asked`].
    pub fn unasked(&mut self) {
        if let ListingProgress::Loading(token) = &mut self.progress {
            self.progress = ListingProgress::Next(token.take());
        }
    }

    /// Adds the page at `token`; its items become the last ones of [`Self::items`]. A page that is not
    /// loading is ignored: it was requested by an earlier list.
    pub fn take(&mut self, operation: &str, token: Option<&PageToken>, answer: Answered<Page<T>>) {
        if !matches!(&self.progress, ListingProgress::Loading(of) if of.as_ref() == token) {
            return;
        }
        self.progress = match answer {
            Ok(page) => {
                let entries = page.items.len() + page.unreadable;
                self.items.extend(page.items);
                self.unreadable += page.unreadable;
                match self.walk.step(operation, page.next.clone(), entries) {
                    Ok(None) => ListingProgress::Complete,
                    Ok(Some(token)) => ListingProgress::Next(Some(token)),
                    Err(error) => ListingProgress::Failed(page.next, Box::new(error)),
                }
            }
            Err(error) => ListingProgress::Failed(token.cloned(), Box::new(error)),
        };
    }

    /// Lets the failed page be requested again.
    pub fn retry(&mut self) {
        if let ListingProgress::Failed(token, _) = &mut self.progress {
            self.progress = ListingProgress::Next(token.take());
        }
    }
}
