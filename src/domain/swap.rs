//! Replaces one text in several contents at once: a Lambda version, a thing, a topic's beginning.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::content::Content;
use super::kind::DefinitionKind;

/// The member with a topic, whose beginning can also be replaced.
const TOPIC: &str = "Subject";

/// A place that would change: one text in one content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwapPlace {
    pub kind: DefinitionKind,
    /// The item's id; empty outside the items.
    pub item: String,
    /// A JSON pointer into the content.
    pub pointer: String,
    pub before: String,
    pub after: String,
}

impl SwapPlace {
    /// The member at the end of the pointer: `FunctionArn`.
    pub fn member(&self) -> &str {
        let mut steps = self.pointer.rsplit('/');
        let named = steps.find(|step| !step.bytes().all(|byte| byte.is_ascii_digit()));
        named.unwrap_or_default()
    }
}

/// The member whose texts may be secrets.
const VARIABLES: &str = "/Environment/Variables/";

/// Every replaceable text in the contents with the number of its places, most frequent first.
///
/// Values of environment variables are left out, because they may be secrets.
pub fn texts<'a>(contents: impl IntoIterator<Item = &'a Content>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for content in contents {
        visit(&content.to_json(), "", &mut |pointer, text| {
            if !text.is_empty() && !pointer.contains(VARIABLES) {
                *counts.entry(text.to_owned()).or_default() += 1;
            }
        });
    }
    let mut texts: Vec<(String, usize)> = counts.into_iter().collect();
    texts.sort_by(|(one, first), (other, second)| second.cmp(first).then_with(|| one.cmp(other)));
    texts
}

/// The texts in some items.
pub(super) fn texts_in<'a>(items: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for item in items {
        visit(item, "", &mut |_, text| {
            texts.insert(text.to_owned());
        });
    }
    texts
}

/// The places where `from` is the entire text or begins a topic.
pub fn places(content: &Content, from: &str, to: &str) -> Vec<SwapPlace> {
    let json = content.to_json();
    let mut places = Vec::new();
    visit(&json, "", &mut |pointer, text| {
        let Some(after) = swapped(pointer, text, from, to) else {
            return;
        };
        places.push(SwapPlace {
            kind: content.kind(),
            item: item(&json, pointer),
            pointer: pointer.to_owned(),
            before: text.to_owned(),
            after,
        });
    });
    places
}

/// The content with these places changed; `None` if the result is not a content of its kind.
pub fn apply(content: &Content, places: &[SwapPlace]) -> Option<Content> {
    let mut json = content.to_json();
    for place in places {
        *json.pointer_mut(&place.pointer)? = Value::String(place.after.clone());
    }
    Content::from_json(content.kind(), json).ok()
}

fn swapped(pointer: &str, text: &str, from: &str, to: &str) -> Option<String> {
    if from.is_empty() || from == to {
        return None;
    }
    if text == from {
        return Some(to.to_owned());
    }
    let rest = text.strip_prefix(from)?;
    let is_topic = pointer.rsplit('/').next() == Some(TOPIC);
    let is_whole_level = from.ends_with('/') || rest.starts_with('/');
    (is_topic && is_whole_level).then(|| format!("{to}{rest}"))
}

fn visit(value: &Value, pointer: &str, each: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => each(pointer, text),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                visit(item, &format!("{pointer}/{place}"), each);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                visit(member, &format!("{pointer}/{name}"), each);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The id of the item that a pointer leads into: `/Functions/0/…`.
fn item(json: &Value, pointer: &str) -> String {
    let mut steps = pointer.splitn(4, '/').skip(1);
    let (list, place) = (steps.next(), steps.next());
    let (list, place) = (list.unwrap_or_default(), place.unwrap_or_default());
    let id = json.pointer(&format!("/{list}/{place}/Id"));
    id.and_then(Value::as_str).unwrap_or_default().to_owned()
}
