//! The sentences in a refusal of the service, and the items of a content that they name.

use serde_json::Value;

use super::content::Content;
use super::service_error::ServiceError;

/// One sentence of a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalReason {
    /// Not made printable.
    pub message: String,
    /// The ids of the items in the message.
    pub items: Vec<String>,
}

/// The details of the error, or else its message. Each has the items of `content` that it names by id or by
/// one of their ARNs. An id must match as a complete word.
pub fn reasons(error: &ServiceError, content: &Content) -> Vec<RefusalReason> {
    let details = error.details.iter();
    let mut messages: Vec<&str> = details
        .filter_map(|detail| detail.message.as_deref())
        .collect();
    if messages.is_empty() {
        messages.push(&error.message);
    }
    let items = content.items_json();
    let reason = |message: &str| RefusalReason {
        message: message.to_owned(),
        items: items
            .iter()
            .filter(|item| names(message, item))
            .filter_map(|item| Some(item.get("Id")?.as_str()?.to_owned()))
            .collect(),
    };
    messages.into_iter().map(reason).collect()
}

fn names(message: &str, item: &Value) -> bool {
    let members = item.as_object().into_iter().flatten();
    let mut texts = members.filter_map(|(name, value)| Some((name, value.as_str()?)));
    texts.any(|(name, text)| match name.as_str() {
        "Id" => has_word(message, text),
        _ => text.starts_with("arn:") && has_word(message, text),
    })
}

/// `cam` in `function cam: …`, but not in `cam-2` or `webcam`.
fn has_word(message: &str, word: &str) -> bool {
    let is_inside = |letter: char| letter.is_alphanumeric() || "-_:".contains(letter);
    !word.is_empty()
        && message.match_indices(word).any(|(start, _)| {
            let before = message
                .get(..start)
                .and_then(|text| text.chars().next_back());
            let mut after = message
                .get(start + word.len()..)
                .unwrap_or_default()
                .chars();
            let (next, second) = (after.next(), after.next());
            // A colon ends a word unless a word follows it.
            let goes_on = match next {
                Some(':') => second.is_some_and(is_inside),
                next => next.is_some_and(is_inside),
            };
            !before.is_some_and(is_inside) && !goes_on
        })
}
