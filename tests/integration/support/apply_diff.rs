//! Builds the new content from the old one and their difference, so that an incomplete difference fails.

use greengroup::domain::Content;
use greengroup::domain::diff::{ContentDiff, MemberChange, PathStep};
use serde_json::Value;

/// Panics if `diff` is not a difference from `old`.
pub(crate) fn apply(diff: &ContentDiff, old: &Content) -> Content {
    let mut json = old.to_json();
    diff.other.iter().for_each(|change| put(&mut json, change));
    let list = json[diff.kind.items_member()].as_array_mut().unwrap();
    let mut items: Vec<Option<Value>> = std::mem::take(list).into_iter().map(Some).collect();
    for gone in &diff.removed {
        assert_eq!(items[gone.index].take().as_ref(), Some(&gone.json));
    }
    for change in &diff.changed {
        let item = items[change.old_index].as_mut().unwrap();
        change.members.iter().for_each(|member| put(item, member));
    }
    let mut kept: Vec<Value> = match &diff.order {
        None => items.into_iter().flatten().collect(),
        Some(order) => order.iter().map(|&at| items[at].take().unwrap()).collect(),
    };
    for new in &diff.added {
        kept.insert(new.index, new.json.clone());
    }
    *list = kept;
    Content::from_json(diff.kind, json).unwrap()
}

fn put(json: &mut Value, change: &MemberChange) {
    let (last, way) = change.path.steps().split_last().unwrap();
    let mut inner = json;
    for step in way {
        inner = match step {
            PathStep::Member(name) => &mut inner[name],
            PathStep::Index(index) => &mut inner[index],
        };
    }
    let before = match last {
        PathStep::Member(name) => inner.get(name).cloned(),
        PathStep::Index(index) => inner.get(index).cloned(),
    };
    assert_eq!(before, change.before, "{}", change.path);
    match (last, &change.after) {
        (PathStep::Member(name), None) => {
            inner.as_object_mut().unwrap().shift_remove(name);
        }
        (PathStep::Member(name), Some(after)) => inner[name] = after.clone(),
        (PathStep::Index(index), after) => inner[index] = after.clone().unwrap(),
    }
}
