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
    let target = FixTarget::new(finding, content);
    let mut fixes = target.exchanges(contents);
    fixes.extend(target.parameters(contents, others));
    fixes.extend(target.with_memory());
    fixes.extend(target.other_ids());
    fixes.extend(target.without_items());
    let mut distinct: Vec<ContentFix> = Vec::new();
    for fix in fixes {
        if !distinct.iter().any(|other| other.content == fix.content) {
            distinct.push(fix);
        }
    }
    distinct
}

/// A finding with the content where its fix starts.
struct FixTarget<'a> {
    finding: &'a Finding,
    content: &'a Content,
    items: Vec<Value>,
    /// The indices of the finding's items.
    places: Vec<usize>,
}

impl<'a> FixTarget<'a> {
    fn new(finding: &'a Finding, content: &'a Content) -> Self {
        let ids = content.ids().into_iter().enumerate();
        let places = ids.filter(|(_, id)| finding.items.iter().any(|meant| meant == id));
        Self {
            finding,
            content,
            items: content.items_json(),
            places: places.map(|(place, _)| place).collect(),
        }
    }

    /// Exchanges a text of an item at fault for one of the same sort. The other slots get the reverse.
    fn exchanges(&self, contents: &PerKind<Option<&Content>>) -> Vec<ContentFix> {
        let items = self
            .places
            .iter()
            .filter_map(|place| self.items.get(*place));
        let mut texts: BTreeSet<String> = swap::texts_in(items);
        // Another id of the item itself would only hide the finding.
        texts.retain(|text| !self.finding.items.contains(text));
        let known = swap::texts(contents.iter().filter_map(|(_, content)| *content));
        let mut fixes = Vec::new();
        for text in &texts {
            for (other, _) in &known {
                if !is_of_same_sort(text, other, contents) {
                    continue;
                }
                fixes.extend(exchange(self.content, text, other));
                let slots = self.finding.slots.iter().skip(1);
                let others = slots.filter_map(|kind| contents[*kind]);
                fixes.extend(others.filter_map(|content| exchange(content, other, text)));
            }
        }
        fixes
    }

    /// A value for a parameter of a connector at fault.
    fn parameters(
        &self,
        contents: &PerKind<Option<&Content>>,
        others: &[&Content],
    ) -> Vec<ContentFix> {
        let resources = match contents[DefinitionKind::Resource] {
            Some(Content::Resource(held)) => held.resources.as_slice(),
            Some(_) | None => &[],
        };
        let others = others.iter().flat_map(|other| connectors_of(other));
        let others: Vec<&Connector> = others.collect();
        let mut fixes = Vec::new();
        for &place in &self.places {
            if let Some(item) = connectors_of(self.content).get(place) {
                let values = values_to_try(item, resources, &others).into_iter();
                fixes.extend(values.filter_map(|value| self.with_parameter(place, &value)));
            }
        }
        fixes
    }

    fn with_parameter(&self, place: usize, value: &ParameterValue) -> Option<ContentFix> {
        let ParameterValue {
            parameter,
            value,
            instead_of,
        } = value;
        let mut items = self.items.clone();
        let item = items.get_mut(place)?.as_object_mut()?;
        let parameters = item.entry("Parameters").or_insert_with(|| json!({}));
        let parameters = parameters.as_object_mut()?;
        if let Some(misspelt) = instead_of {
            parameters.shift_remove(misspelt);
        }
        parameters.insert(parameter.clone(), value.clone().into());
        let does = match instead_of {
            Some(misspelt) => format!("{parameter} instead of {misspelt} in the connectors"),
            None => format!("{parameter} {value} in the connectors"),
        };
        self.with_items(items, does)
    }

    /// A `MemorySize` for each function at fault that has none.
    fn with_memory(&self) -> Option<ContentFix> {
        if self.content.kind() != DefinitionKind::Function {
            return None;
        }
        let mut items = self.items.clone();
        let mut is_changed = false;
        for &place in &self.places {
            let item = items.get_mut(place)?.as_object_mut()?;
            let configuration = item.entry("FunctionConfiguration");
            let configuration = configuration.or_insert_with(|| json!({}));
            let configuration = configuration.as_object_mut()?;
            if configuration.get("MemorySize").is_none_or(Value::is_null) {
                configuration.insert("MemorySize".to_owned(), CONSOLE_MEMORY.into());
                is_changed = true;
            }
        }
        let does = format!("MemorySize {CONSOLE_MEMORY} KB in the functions");
        self.with_items(items, does).filter(|_| is_changed)
    }

    /// A new id for each item after the first that has the same one.
    fn other_ids(&self) -> Option<ContentFix> {
        let mut items = self.items.clone();
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let mut renamed = Vec::new();
        for &place in &self.places {
            let item = items.get_mut(place)?;
            let id = item.get("Id").and_then(Value::as_str)?.to_owned();
            if ids.insert(id.clone()) {
                continue;
            }
            let mut new = (2..).map(|number| format!("{id}-{number}"));
            let new = new.find(|new| !ids.contains(new))?;
            ids.insert(new.clone());
            item.as_object_mut()?
                .insert("Id".to_owned(), new.clone().into());
            renamed.push(new);
        }
        if renamed.is_empty() {
            return None;
        }
        let does = format!("the id {} for the second of the same", renamed.join(", "));
        self.with_items(items, does)
    }

    fn without_items(&self) -> Option<ContentFix> {
        if self.places.is_empty() {
            return None;
        }
        let rest = self.items.iter().enumerate();
        let rest = rest.filter(|(place, _)| !self.places.contains(place));
        let items = self.finding.items.join(", ");
        let does = format!("no {items} any more in the {}s", self.content.kind());
        self.with_items(rest.map(|(_, item)| item.clone()).collect(), does)
    }

    /// The content with other items; `None` if the result is not a content of its kind.
    fn with_items(&self, items: Vec<Value>, does: String) -> Option<ContentFix> {
        let kind = self.content.kind();
        let mut json = self.content.to_json();
        json.as_object_mut()?
            .insert(kind.items_member().to_owned(), items.into());
        let content = Content::from_json(kind, json).ok()?;
        Some(ContentFix { content, does })
    }
}

/// Versions of one function, or ids of resources of this group.
fn is_of_same_sort(text: &str, other: &str, contents: &PerKind<Option<&Content>>) -> bool {
    if text == other {
        return false;
    }
    if text.starts_with("arn:") {
        let end = |text: &str| text.rfind([':', '/']);
        let stem = |text: &str| Some(text.split_at(end(text)?).0.to_owned());
        return stem(text) == stem(other);
    }
    if text.contains([':', '/', ' ']) {
        return false;
    }
    let resources = contents[DefinitionKind::Resource];
    let is_resource = |id: &str| resources.is_some_and(|content| content.ids().contains(&id));
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

fn connectors_of(content: &Content) -> &[Connector] {
    if let Content::Connector(content) = content {
        &content.connectors
    } else {
        &[]
    }
}

/// The memory that AWS's console gives a function in a container, in KB (developer guide,
/// lambda-group-config).
const CONSOLE_MEMORY: u32 = 16 * 1024;
