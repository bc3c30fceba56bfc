//! The difference between two contents of one kind, item by item, from which the new content can be rebuilt.

mod lines;
mod member;
mod pair;

use serde_json::Value;

pub use lines::{BriefLine, DiffLine, Mark};
pub use member::{MemberChange, MemberPath, PathStep};

use super::content::{Content, FunctionContent, Item};
use super::kind::DefinitionKind;
use pair::Pairs;

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
                members: member::changes(&json(before), &json(after)),
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

    /// True when the contents are the same, order of items included.
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.order.is_none()
            && self.other.is_empty()
    }

    /// In parts: `2 added: cam:13, agg:7`, `1 changed: mix:2`, `defaults changed`; not made printable.
    pub fn summary(&self) -> Vec<String> {
        let counted = [
            (
                self.added.len(),
                "added",
                names(self.added.iter().map(|item| &item.name)),
            ),
            (
                self.removed.len(),
                "removed",
                names(self.removed.iter().map(|item| &item.name)),
            ),
            (
                self.changed.len(),
                "changed",
                names(self.changed.iter().map(|item| &item.name)),
            ),
        ];
        let mut parts: Vec<String> = counted
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, what, names)| format!("{count} {what}: {names}"))
            .collect();
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

fn names<'a>(names: impl ExactSizeIterator<Item = &'a String>) -> String {
    let more = names.len().saturating_sub(MAX_NAMES);
    let shown: Vec<&str> = names.take(MAX_NAMES).map(String::as_str).collect();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn held<T: Item>(items: &[T], indices: &[usize]) -> Vec<ItemHeld> {
    let found = indices.iter().filter_map(|&index| {
        let item = items.get(index)?;
        Some(ItemHeld {
            id: item.id().to_owned(),
            name: item.name(),
            index,
            json: json(item),
        })
    });
    found.collect()
}

fn json<T: Item>(item: &T) -> Value {
    serde_json::to_value(item).unwrap_or_default()
}

/// A function content without its functions.
fn defaults(content: &FunctionContent) -> Value {
    let rest = FunctionContent {
        default_config: content.default_config.clone(),
        functions: Vec::new(),
    };
    serde_json::to_value(rest).unwrap_or_default()
}
