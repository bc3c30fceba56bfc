//! Pages of a list: MaxResults, NextToken, and a token that is good for its own list only.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::request::Request;

/// The largest MaxResults (API reference, ListDeploymentsRequest: 1 to 250).
const MOST_RESULTS: usize = 250;

/// Bytes that make `+` and `/` begin every token, so that a client which does not encode them is found out.
const MARK: [u8; 3] = [0xfb, 0xff, 0xbf];

/// How much comes on one page when the request does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSizes {
    /// Entries of a list; no source tells the service's own number.
    pub list: usize,
    /// Items of a content, for the kinds whose contents come in pages.
    pub content: usize,
}

impl Default for PageSizes {
    fn default() -> Self {
        Self {
            list: 100,
            content: 200,
        }
    }
}

/// The part of a list that a request asks for.
#[derive(Debug)]
pub(super) struct Paging {
    scope: String,
    /// Where the page begins; 0 at the beginning of the list.
    pub(super) place: Option<u64>,
    most: usize,
}

impl Paging {
    /// Reads `MaxResults` and `NextToken`; `scope` names the list.
    pub(super) fn of_list(
        request: &Request<'_>,
        scope: String,
        pages: PageSizes,
    ) -> Result<Self, Refusal> {
        let most = match request.query_value("MaxResults")? {
            None => pages.list,
            Some(text) => text
                .parse()
                .ok()
                .filter(|most| (1..=MOST_RESULTS).contains(most))
                .ok_or_else(|| {
                    Refusal::bad_request(format!(
                        "MaxResults is {text:?}; it must be a number from 1 to {MOST_RESULTS}."
                    ))
                })?,
        };
        Self::from_token(request, scope, most)
    }

    /// Reads `NextToken` for the pages of one content.
    pub(super) fn of_content(
        request: &Request<'_>,
        scope: String,
        pages: PageSizes,
    ) -> Result<Self, Refusal> {
        Self::from_token(request, scope, pages.content)
    }

    fn from_token(request: &Request<'_>, scope: String, most: usize) -> Result<Self, Refusal> {
        let place = match request.query_value("NextToken")? {
            None => None,
            Some(token) => Some(
                place_in(&scope, &token)
                    .ok_or_else(|| Refusal::bad_request("The NextToken is invalid."))?,
            ),
        };
        Ok(Self {
            scope,
            place,
            most: most.max(1),
        })
    }

    /// Takes one page of `rest`, each item with its place, and the token of the next page.
    pub(super) fn cut<T>(&self, rest: impl Iterator<Item = (u64, T)>) -> (Vec<T>, Option<String>) {
        let mut rest = rest;
        let page = rest
            .by_ref()
            .take(self.most)
            .map(|(_, item)| item)
            .collect();
        let next = rest.next().map(|(place, _)| token(&self.scope, place));
        (page, next)
    }

    /// The answer of a List operation.
    pub(super) fn answer(
        &self,
        member: &str,
        rest: impl Iterator<Item = (u64, Value)>,
    ) -> Map<String, Value> {
        let (page, next) = self.cut(rest);
        let mut answer = Map::new();
        answer.insert(member.to_owned(), json!(page));
        if let Some(next) = next {
            answer.insert("NextToken".to_owned(), json!(next));
        }
        answer
    }
}

fn token(scope: &str, place: u64) -> String {
    let mut bytes = MARK.to_vec();
    bytes.extend(format!("{place} {scope}").into_bytes());
    STANDARD.encode(bytes)
}

fn place_in(scope: &str, token: &str) -> Option<u64> {
    let bytes = STANDARD.decode(token).ok()?;
    let text = std::str::from_utf8(bytes.strip_prefix(&MARK)?).ok()?;
    let (place, of_scope) = text.split_once(' ')?;
    (of_scope == scope).then(|| place.parse().ok()).flatten()
}
