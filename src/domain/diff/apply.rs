//! The new content from the old one and what differs.

use serde_json::Value;

use super::{ContentDiff, ItemHeld, member};
use crate::domain::content::Content;

/// A diff says of a content what is not so; it was made from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the difference was not taken from this content")]
pub struct DoesNotApply;

impl ContentDiff {
    /// Makes the new content from the old one.
    pub fn apply(&self, old: &Content) -> Result<Content, DoesNotApply> {
        if old.kind() != self.kind {
            return Err(DoesNotApply);
        }
        let mut json = old.to_json();
        for change in &self.other {
            put(&mut json, change)?;
        }
        let list = json
            .get_mut(self.kind.items_member())
            .and_then(Value::as_array_mut)
            .ok_or(DoesNotApply)?;
        *list = self.new_items(std::mem::take(list))?;
        Content::from_json(self.kind, json).map_err(|_| DoesNotApply)
    }

    fn new_items(&self, old: Vec<Value>) -> Result<Vec<Value>, DoesNotApply> {
        let mut kept: Vec<Option<Value>> = old.into_iter().map(Some).collect();
        for gone in &self.removed {
            let item = kept.get_mut(gone.place).and_then(Option::take);
            if item.as_ref() != Some(&gone.json) {
                return Err(DoesNotApply);
            }
        }
        for change in &self.changed {
            let slot = kept.get_mut(change.old_place).and_then(Option::as_mut);
            let item = slot.ok_or(DoesNotApply)?;
            for member in &change.members {
                put(item, member)?;
            }
        }
        let kept = match &self.order {
            None => kept.into_iter().flatten().collect(),
            Some(order) => reorder(kept, order)?,
        };
        interleave(kept, &self.added)
    }
}

fn put(json: &mut Value, change: &super::MemberChange) -> Result<(), DoesNotApply> {
    member::put(json, change).then_some(()).ok_or(DoesNotApply)
}

fn reorder(mut kept: Vec<Option<Value>>, order: &[usize]) -> Result<Vec<Value>, DoesNotApply> {
    let take = |place: &usize| kept.get_mut(*place).and_then(Option::take);
    let ordered: Vec<Value> = order.iter().filter_map(take).collect();
    let is_whole = ordered.len() == order.len() && kept.iter().all(Option::is_none);
    is_whole.then_some(ordered).ok_or(DoesNotApply)
}

/// The kept items in order, with each added one at its place.
fn interleave(kept: Vec<Value>, added: &[ItemHeld]) -> Result<Vec<Value>, DoesNotApply> {
    let mut items = Vec::with_capacity(kept.len() + added.len());
    let mut kept = kept.into_iter();
    for new in added {
        while items.len() < new.place {
            items.push(kept.next().ok_or(DoesNotApply)?);
        }
        items.push(new.json.clone());
    }
    items.extend(kept);
    Ok(items)
}
