//! The slot and the item that a deployment error is about.

use serde_json::Value;

use crate::app::session::Session;
use crate::domain::fold::has_word;
use crate::domain::{Content, DefinitionKind, FailureReason, GroupId, GroupVersionId};

/// A shorter text of an item may be in a message by chance.
const SHORTEST: usize = 3;

/// The place of an error's cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlace {
    pub kind: DefinitionKind,
    /// The id of the item in the message.
    pub item: Option<String>,
}

/// The place of an error of `version`: the item in its message, else the slot of a known error.
pub fn fault_place(
    error: &FailureReason,
    group: &GroupId,
    version: &GroupVersionId,
    session: &Session,
) -> Option<FaultPlace> {
    let known = error.explanation().and_then(|known| known.slot);
    let read = session.catalog().group_version(group, version).ready();
    let held = read.into_iter().flat_map(|read| read.slots.versions());
    let contents = held.filter_map(|arn| {
        let content = session.catalog().contents.get(arn).ready()?;
        Some((arn.kind(), content))
    });
    let named = contents.filter_map(|(kind, content)| {
        let (length, item) = named_item(content, &error.message)?;
        // The slot of the known error comes first, then the longest text.
        Some(((Some(kind) == known, length), kind, item))
    });
    let best = named.max_by_key(|(rank, kind, _)| (*rank, std::cmp::Reverse(kind.index())));
    let best = best.map(|(_, kind, item)| (kind, Some(item)));
    let (kind, item) = best.or(known.map(|kind| (kind, None)))?;
    Some(FaultPlace { kind, item })
}

/// The item with the longest text that is a word of `message`, and the length of that text.
fn named_item(content: &Content, message: &str) -> Option<(usize, String)> {
    let json = content.to_json();
    let members = json.as_object()?;
    let lists = members.values().filter_map(Value::as_array).flatten();
    let items = lists.filter_map(|item| {
        let id = item.get("Id")?.as_str()?;
        let found = texts(item)
            .into_iter()
            .filter(|text| is_named(text, message));
        Some((found.map(str::len).max()?, id.to_owned()))
    });
    items.max_by_key(|(length, _)| *length)
}

/// Every text in an item, nested ones too: a function refers to its resources deep inside.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn is_named(text: &str, message: &str) -> bool {
    // Messages name a function by the end of its ARN: `cam:12`.
    let short = text.rsplit_once(":function:").map(|(_, name)| name);
    let is_inside = |letter: char| letter.is_alphanumeric() || ['-', '_'].contains(&letter);
    [Some(text), short]
        .into_iter()
        .flatten()
        .any(|text| text.len() >= SHORTEST && has_word(message, text, is_inside))
}
