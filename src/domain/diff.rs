//! The difference between two contents of one kind, item by item, from which the new content can be rebuilt.

mod lines;
mod member;

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

pub use lines::{BriefLine, DiffLine, Mark};
pub use member::{MemberChange, MemberPath, PathStep};

use super::content::{Content, FunctionContent, Item};
use super::kind::DefinitionKind;

/// The difference between an old content and a new one of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentDiff {
    pub kind: DefinitionKind,
    /// Items that only the new content has, in its order.
    pub added: Vec<ItemHeld>,
    /// Items that only the old content has, in its order.
    pub removed: Vec<ItemHeld>,
    /// Items in both that differ, in the order of the new content.
    pub changed: Vec<ItemChange>,
    /// The old indices of the common items, in their new order; `None` if the order is unchanged.
    pub order: Option<Vec<usize>>,
    /// Changes outside the items: a function content's `DefaultConfig`.
    pub other: Vec<MemberChange>,
}

/// An item that only one of two contents has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemHeld {
    pub id: String,
    /// The name shown to users.
    pub name: String,
    /// Its index in the content that has it.
    pub index: usize,
    /// The item with the API's member names.
    pub json: Value,
}

/// An item that both contents have, with different members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    pub id: String,
    /// The name of the new item.
    pub name: String,
    pub old_index: usize,
    pub new_index: usize,
    pub members: Vec<MemberChange>,
}

impl ContentDiff {
    /// Compares two contents; `None` if their kinds differ.
    ///
    /// Items are paired by id; items with the same id, in their order.
    pub fn between(old: &Content, new: &Content) -> Option<Self> {
        use Content::{Connector, Core, Device, Function, Logger, Resource, Subscription};
        let kind = new.kind();
        Some(match (old, new) {
            (Core(old), Core(new)) => Self::of_items(kind, &old.cores, &new.cores),
            (Device(old), Device(new)) => Self::of_items(kind, &old.devices, &new.devices),
            (Function(old), Function(new)) => Self {
                other: member::changes(&defaults(old), &defaults(new)),
                ..Self::of_items(kind, &old.functions, &new.functions)
            },
            (Connector(old), Connector(new)) => {
                Self::of_items(kind, &old.connectors, &new.connectors)
            }
            (Resource(old), Resource(new)) => Self::of_items(kind, &old.resources, &new.resources),
            (Subscription(old), Subscription(new)) => {
                Self::of_items(kind, &old.subscriptions, &new.subscriptions)
            }
            (Logger(old), Logger(new)) => Self::of_items(kind, &old.loggers, &new.loggers),
            (
                Core(_) | Device(_) | Function(_) | Connector(_) | Resource(_) | Subscription(_)
                | Logger(_),
                _,
            ) => return None,
        })
    }

    fn of_items<T: Item>(kind: DefinitionKind, old: &[T], new: &[T]) -> Self {
        let pairs = Pairs::between(old, new);
        let changed = pairs.both.iter().filter_map(|&(old_index, new_index)| {
            let (before, after) = (old.get(old_index)?, new.get(new_index)?);
            (before != after).then(|| ItemChange {
                id: after.id().to_owned(),
                name: after.name(),
                old_index,
                new_index,
                members: member::changes(&before.json(), &after.json()),
            })
        });
        Self {
            kind,
            added: held(new, &pairs.added),
            removed: held(old, &pairs.removed),
            changed: changed.collect(),
            order: pairs.order(),
            other: Vec::new(),
        }
    }

    /// In parts: `2 added: cam:13, agg:7`, `1 changed: mix:2`, `defaults changed`; not made printable.
    pub fn summary(&self) -> Vec<String> {
        let counted = [
            counted("added", self.added.iter().map(|item| &*item.name)),
            counted("removed", self.removed.iter().map(|item| &*item.name)),
            counted("changed", self.changed.iter().map(|item| &*item.name)),
        ];
        let mut parts: Vec<String> = counted.into_iter().flatten().collect();
        if !self.other.is_empty() {
            parts.push("defaults changed".to_owned());
        }
        if self.order.is_some() {
            parts.push("order changed".to_owned());
        }
        if parts.is_empty() {
            parts.push("no difference".to_owned());
        }
        parts
    }
}

/// The maximum number of names listed for one kind of change.
const MAX_NAMES: usize = 3;

/// `4 added: cam:13, agg:7, mix:2 and 1 more`; `None` without names.
fn counted<'a>(what: &str, names: impl ExactSizeIterator<Item = &'a str>) -> Option<String> {
    let count = names.len();
    let shown: Vec<&str> = names.take(MAX_NAMES).collect();
    let shown = shown.join(", ");
    match count.saturating_sub(MAX_NAMES) {
        0 => (count > 0).then(|| format!("{count} {what}: {shown}")),
        more => Some(format!("{count} {what}: {shown} and {more} more")),
    }
}

fn held<T: Item>(items: &[T], indices: &[usize]) -> Vec<ItemHeld> {
    let found = indices.iter().filter_map(|&index| {
        let item = items.get(index)?;
        Some(ItemHeld {
            id: item.id().to_owned(),
            name: item.name(),
            index,
            json: item.json(),
        })
    });
    found.collect()
}

/// A function content without its functions.
fn defaults(content: &FunctionContent) -> Value {
    let rest = FunctionContent {
        default_config: content.default_config.clone(),
        functions: Vec::new(),
    };
    serde_json::to_value(rest).unwrap_or_default()
}

/// The indices of the items of two contents, paired by id.
struct Pairs {
    /// Old and new index of each common item, in the new order.
    both: Vec<(usize, usize)>,
    /// New indices of the items that only the new content has.
    added: Vec<usize>,
    /// Old indices of the items that only the old content has.
    removed: Vec<usize>,
}

impl Pairs {
    fn between<T: Item>(old: &[T], new: &[T]) -> Self {
        let mut indices: HashMap<&str, VecDeque<usize>> = HashMap::with_capacity(old.len());
        for (index, item) in old.iter().enumerate() {
            indices.entry(item.id()).or_default().push_back(index);
        }
        let mut both = Vec::with_capacity(new.len());
        let mut added = Vec::new();
        for (new_index, item) in new.iter().enumerate() {
            match indices.get_mut(item.id()).and_then(VecDeque::pop_front) {
                Some(old_index) => both.push((old_index, new_index)),
                None => added.push(new_index),
            }
        }
        let mut removed: Vec<usize> = indices.into_values().flatten().collect();
        removed.sort_unstable();
        Self {
            both,
            added,
            removed,
        }
    }

    /// The old indices in their new order; `None` if the order is unchanged.
    fn order(&self) -> Option<Vec<usize>> {
        let order = || self.both.iter().map(|(old, _)| *old);
        (!order().is_sorted()).then(|| order().collect())
    }
}
