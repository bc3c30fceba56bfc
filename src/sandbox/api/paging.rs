//! Pages of a list: MaxResults, NextToken, and tokens that are valid for one list only.

use std::fmt::Display;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::answer::{Refusal, object};
use super::request::ApiRequest;

/// The largest page (API reference, ListDeploymentsRequest: 1 to 250).
const MAX_RESULTS: usize = 250;

/// Makes every token begin with `+` and `/`, so that a client fails if it does not encode them.
const MARK: [u8; 3] = [0xfb, 0xff, 0xbf];

/// The length of a page if the request has no MaxResults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    /// Entries of a list; no source has the service's own number.
    pub list: usize,
    /// Items of a content. By default all: clients such as botocore do not follow these pages.
    pub content: usize,
}

impl Default for PageSizes {
    fn default() -> Self {
        Self {
            list: 100,
            content: usize::MAX,
        }
    }
}

/// The requested part of a list.
#[derive(Debug)]
pub(super) struct Paging {
    scope: String,
    /// The key of the first entry of the page; `None` for the first page.
    pub(super) from: Option<String>,
    length: usize,
}

impl Paging {
    /// Reads `MaxResults` and `NextToken`; `scope` names the list.
    pub(super) fn of_list(
        request: &ApiRequest<'_>,
        scope: String,
        pages: PageSizes,
    ) -> Result<Self, Refusal> {
        let length = match request.query_value("MaxResults")? {
            None => pages.list,
            Some(text) => page_length(&text).ok_or_else(|| {
                Refusal::bad_request(format!(
                    "MaxResults is {text:?}; it must be a whole number from 1."
                ))
            })?,
        };
        Self::of_pages(request, scope, length)
    }

    /// Reads `NextToken` for pages of this length; `scope` names the list.
    pub(super) fn of_pages(
        request: &ApiRequest<'_>,
        scope: String,
        length: usize,
    ) -> Result<Self, Refusal> {
        let from = match request.query_value("NextToken")? {
            None => None,
            Some(token) => Some(
                key_in(&scope, &token)
                    .ok_or_else(|| Refusal::bad_request("The NextToken is invalid."))?,
            ),
        };
        Ok(Self {
            scope,
            from,
            length: length.max(1),
        })
    }

    /// The key as an index, for lists with numbered entries.
    pub(super) fn start_index(&self) -> Option<usize> {
        self.from.as_deref()?.parse().ok()
    }

    /// The numbered entries from the key on, newest first; `entries` has the oldest first.
    pub(super) fn newest_first<T>(
        &self,
        entries: impl DoubleEndedIterator<Item = T> + ExactSizeIterator,
    ) -> impl Iterator<Item = (usize, T)> {
        let end = self
            .start_index()
            .map_or(usize::MAX, |from| from.saturating_add(1));
        entries.enumerate().take(end).rev()
    }

    /// Returns one page of `rest`, a list of keys and items, and the token of the next page.
    pub(super) fn cut<K: Display, T>(
        &self,
        mut rest: impl Iterator<Item = (K, T)>,
    ) -> (Vec<T>, Option<String>) {
        let page = rest
            .by_ref()
            .take(self.length)
            .map(|(_, item)| item)
            .collect();
        let next = rest.next().map(|(key, _)| token(&self.scope, &key));
        (page, next)
    }

    /// The answer of a List operation.
    pub(super) fn answer<K: Display>(
        &self,
        member: &str,
        rest: impl Iterator<Item = (K, Value)>,
    ) -> Map<String, Value> {
        let (page, next) = self.cut(rest);
        object(json!({member: page, "NextToken": next}))
    }
}

/// The model has a string here: any whole number from 1 is accepted, and a page has at most [`MAX_RESULTS`]
/// entries.
fn page_length(text: &str) -> Option<usize> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_positive = text.bytes().any(|byte| byte != b'0');
    (is_number && is_positive).then(|| {
        text.parse()
            .map_or(MAX_RESULTS, |max: usize| max.min(MAX_RESULTS))
    })
}

fn token(scope: &str, key: &impl Display) -> String {
    let mut bytes = MARK.to_vec();
    bytes.extend(format!("{scope}\n{key}").into_bytes());
    STANDARD.encode(bytes)
}

fn key_in(scope: &str, token: &str) -> Option<String> {
    let bytes = STANDARD.decode(token).ok()?;
    let text = std::str::from_utf8(bytes.strip_prefix(&MARK)?).ok()?;
    let (of_scope, key) = text.split_once('\n')?;
    (of_scope == scope).then(|| key.to_owned())
}
