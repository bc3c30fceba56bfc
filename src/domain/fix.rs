//! Small edits that may fix a finding; the checks run again to see whether they do.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::check::{Finding, ParameterValue, values_to_try};
use super::content::{Connector, Content, endpoint_name};
use super::kind::{DefinitionKind, PerKind};
use super::swap;

/// A content that would replace the one in its slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFix {
    pub content: Content,
    /// Its change in a few words; not made printable.
    pub does: String,
}

impl ContentFix {
    pub const fn kind(&self) -> DefinitionKind {
        self.content.kind()
    }
}

/// The edits that could fix `finding`, the smallest change of meaning first. They use another text of the
/// group's contents, a parameter, or another id. The last one removes the items.
///
/// `contents` are the known contents of the slots. `others` are contents of the account whose connectors show
/// parameter values.
pub fn edits(
    finding: &Finding,
    contents: &PerKind<Option<&Content>>,
    others: &[&Content],
) -> Vec<ContentFix> {
    let Some(content) = finding.first_slot().and_then(|kind| contents[kind]) else {
        return Vec::new();
    };
    let mut fixes = exchanges(finding, content, contents);
    fixes.extend(parameters(finding, content, contents, others));
    fixes.extend(with_memory(finding, content));
    fixes.extend(other_ids(finding, content));
    fixes.extend(without_items(finding, content));
    let mut distinct: Vec<ContentFix> = Vec::new();
    for fix in fixes {
        if !distinct.iter().any(|other| other.content == fix.content) {
            distinct.push(fix);
        }
    }
    distinct
}

/// The indices of the finding's items in the content.
fn places_of(finding: &Finding, items: &[Value]) -> Vec<usize> {
    let is_meant = |item: &Value| {
        let id = item.get("Id").and_then(Value::as_str).unwrap_or_default();
        finding.items.iter().any(|meant| meant == id)
    };
    let places = items.iter().enumerate();
    places
        .filter(|(_, item)| is_meant(item))
        .map(|(place, _)| place)
        .collect()
}

fn items_of(content: &Content) -> Vec<Value> {
    let json = content.to_json();
    let list = json.get(content.kind().items_member());
    list.and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Exchanges a text of an item at fault for one of the same sort. The other slots get the reverse.
fn exchanges(
    finding: &Finding,
    content: &Content,
    contents: &PerKind<Option<&Content>>,
) -> Vec<ContentFix> {
    let items = items_of(content);
    let places = places_of(finding, &items);
    let mut texts: BTreeSet<String> = swap::texts_in(content, |item| places.contains(&item));
    // Another id of the item itself would only hide the finding.
    texts.retain(|text| !finding.items.contains(text));
    let known = contents.iter().filter_map(|(_, content)| *content);
    let known: Vec<String> = swap::texts(known)
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    let mut fixes = Vec::new();
    for text in &texts {
        for other in known
            .iter()
            .filter(|other| is_of_same_sort(text, other, contents))
        {
            fixes.extend(exchange(content, text, other));
            let slots = finding.slots.iter().skip(1);
            let others = slots.filter_map(|kind| contents[*kind]);
            fixes.extend(others.filter_map(|content| exchange(content, other, text)));
        }
    }
    fixes
}

/// Versions of one function, or ids of resources of this group.
fn is_of_same_sort(text: &str, other: &str, contents: &PerKind<Option<&Content>>) -> bool {
    if text == other {
        return false;
    }
    let stem = |text: &str| {
        text.rfind([':', '/'])
            .map(|end| text.split_at(end).0.to_owned())
    };
    if text.starts_with("arn:") {
        return stem(text) == stem(other);
    }
    if text.contains([':', '/', ' ']) {
        return false;
    }
    let resources = contents[DefinitionKind::Resource].map(items_of);
    let is_resource = |id: &str| {
        let mut items = resources.iter().flatten();
        items.any(|item| item.get("Id").and_then(Value::as_str) == Some(id))
    };
    is_resource(other) && !is_resource(text)
}

fn exchange(content: &Content, from: &str, to: &str) -> Option<ContentFix> {
    let places = swap::places(content, from, to);
    if places.is_empty() {
        return None;
    }
    let name = |text: &str| endpoint_name(Some(text), "");
    Some(ContentFix {
        content: swap::apply(content, &places)?,
        does: format!(
            "{} instead of {} in the {}s",
            name(to),
            name(from),
            content.kind()
        ),
    })
}

/// A value for a parameter of a connector at fault.
fn parameters(
    finding: &Finding,
    content: &Content,
    contents: &PerKind<Option<&Content>>,
    others: &[&Content],
) -> Vec<ContentFix> {
    let Content::Connector(connectors) = content else {
        return Vec::new();
    };
    let resources = if let Some(Content::Resource(held)) = contents[DefinitionKind::Resource] {
        held.resources.as_slice()
    } else {
        &[]
    };
    let others: Vec<&Connector> = others
        .iter()
        .flat_map(|other| connectors_of(other))
        .collect();
    let items = items_of(content);
    let mut fixes = Vec::new();
    for place in places_of(finding, &items) {
        let Some(item) = connectors.connectors.get(place) else {
            continue;
        };
        for value in values_to_try(item, resources, &others) {
            fixes.extend(with_parameter(content, &items, place, &value));
        }
    }
    fixes
}

fn connectors_of(content: &Content) -> &[Connector] {
    if let Content::Connector(content) = content {
        &content.connectors
    } else {
        &[]
    }
}

fn with_parameter(
    content: &Content,
    items: &[Value],
    place: usize,
    value: &ParameterValue,
) -> Option<ContentFix> {
    let mut items = items.to_vec();
    let item = items.get_mut(place)?.as_object_mut()?;
    let parameters = item.entry("Parameters").or_insert_with(|| json!({}));
    let parameters = parameters.as_object_mut()?;
    if let Some(misspelt) = &value.instead_of {
        parameters.shift_remove(misspelt);
    }
    parameters.insert(value.parameter.clone(), value.value.clone().into());
    let does = match &value.instead_of {
        Some(misspelt) => format!(
            "{} instead of {misspelt} in the connectors",
            value.parameter
        ),
        None => format!("{} {} in the connectors", value.parameter, value.value),
    };
    Some(ContentFix {
        content: with_items(content, items)?,
        does,
    })
}

/// The memory that AWS's console gives a function in a container, in KB (developer guide,
/// lambda-group-config).
const CONSOLE_MEMORY: u32 = 16 * 1024;

/// A `MemorySize` for each function at fault that has none.
fn with_memory(finding: &Finding, content: &Content) -> Option<ContentFix> {
    if content.kind() != DefinitionKind::Function {
        return None;
    }
    let mut items = items_of(content);
    let mut is_changed = false;
    for place in places_of(finding, &items) {
        let item = items.get_mut(place)?.as_object_mut()?;
        let configuration = item
            .entry("FunctionConfiguration")
            .or_insert_with(|| json!({}));
        let configuration = configuration.as_object_mut()?;
        if configuration.get("MemorySize").is_none_or(Value::is_null) {
            configuration.insert("MemorySize".to_owned(), CONSOLE_MEMORY.into());
            is_changed = true;
        }
    }
    is_changed.then_some(ContentFix {
        content: with_items(content, items)?,
        does: format!("MemorySize {CONSOLE_MEMORY} KB in the functions"),
    })
}

/// A new id for each item after the first that has the same one.
fn other_ids(finding: &Finding, content: &Content) -> Option<ContentFix> {
    let mut items = items_of(content);
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut renamed = Vec::new();
    for place in places_of(finding, &items) {
        let item = items.get_mut(place)?;
        let id = item.get("Id").and_then(Value::as_str)?.to_owned();
        if ids.insert(id.clone()) {
            continue;
        }
        let new = (2..).map(|number| format!("{id}-{number}"));
        let new = new.into_iter().find(|new| !ids.contains(new))?;
        ids.insert(new.clone());
        item.as_object_mut()?
            .insert("Id".to_owned(), new.clone().into());
        renamed.push(new);
    }
    if renamed.is_empty() {
        return None;
    }
    Some(ContentFix {
        content: with_items(content, items)?,
        does: format!("the id {} for the second of the same", renamed.join(", ")),
    })
}

fn without_items(finding: &Finding, content: &Content) -> Option<ContentFix> {
    let items = items_of(content);
    let places = places_of(finding, &items);
    if places.is_empty() {
        return None;
    }
    let rest = items.into_iter().enumerate();
    let rest = rest.filter(|(place, _)| !places.contains(place));
    Some(ContentFix {
        content: with_items(content, rest.map(|(_, item)| item).collect())?,
        does: format!(
            "no {} any more in the {}s",
            finding.items.join(", "),
            content.kind()
        ),
    })
}

fn with_items(content: &Content, items: Vec<Value>) -> Option<Content> {
    let mut json = content.to_json();
    let list = content.kind().items_member();
    json.as_object_mut()?.insert(list.to_owned(), items.into());
    Content::from_json(content.kind(), json).ok()
}
