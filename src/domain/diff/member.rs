//! What differs inside one item: members of the API's JSON, with the path to each.

use std::fmt;

use serde_json::{Map, Value};

/// One step into the API's JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    Member(String),
    Index(usize),
}

/// The way to a member: `FunctionConfiguration.Environment.ResourceAccessPolicies[0].Permission`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct MemberPath(Vec<Step>);

impl MemberPath {
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// Not made printable, but for what cannot stand in a dotted path, which is quoted.
impl fmt::Display for MemberPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(formatter, "[{index}]")?,
                Step::Member(name) if !is_plain(name) => write!(formatter, "[{name:?}]")?,
                Step::Member(name) if place == 0 => write!(formatter, "{name}")?,
                Step::Member(name) => write!(formatter, ".{name}")?,
            }
        }
        Ok(())
    }
}

/// Environment variables and connector parameters have names of any form.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(is_plain)
}

/// One member that differs; absent before means added, absent after means removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberChange {
    pub path: MemberPath,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// The innermost members that differ between two JSON values.
pub(super) fn changes(before: &Value, after: &Value) -> Vec<MemberChange> {
    let mut found = Vec::new();
    compare(&MemberPath::default(), before, after, &mut found);
    found
}

fn compare(path: &MemberPath, before: &Value, after: &Value, found: &mut Vec<MemberChange>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Value::Object(before), Value::Object(after)) => {
            compare_members(path, before, after, found);
        }
        // Of lists of different lengths no index says which element is which.
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&path.then(Step::Index(index)), before, after, found);
            }
        }
        (before, after) => found.push(MemberChange {
            path: path.clone(),
            before: Some(before.clone()),
            after: Some(after.clone()),
        }),
    }
}

fn compare_members(
    path: &MemberPath,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    found: &mut Vec<MemberChange>,
) {
    let only_after = after.keys().filter(|name| !before.contains_key(*name));
    for name in before.keys().chain(only_after) {
        let path = path.then(Step::Member(name.clone()));
        match (before.get(name), after.get(name)) {
            (Some(before), Some(after)) => compare(&path, before, after, found),
            (before, after) => found.push(MemberChange {
                path,
                before: before.cloned(),
                after: after.cloned(),
            }),
        }
    }
}

/// Puts the new value of one member into `json`; false when `json` has not the old one there.
pub(super) fn put(json: &mut Value, change: &MemberChange) -> bool {
    let Some((last, way)) = change.path.steps().split_last() else {
        return false;
    };
    let Some(inner) = way.iter().try_fold(json, step_into) else {
        return false;
    };
    match (last, inner, &change.after) {
        (Step::Member(name), Value::Object(members), after) => {
            if members.get(name) != change.before.as_ref() {
                return false;
            }
            match after {
                Some(after) => {
                    members.insert(name.clone(), after.clone());
                }
                None => {
                    members.shift_remove(name);
                }
            }
            true
        }
        (Step::Index(index), Value::Array(elements), Some(after)) => {
            match elements.get_mut(*index) {
                Some(element) if Some(&*element) == change.before.as_ref() => {
                    *element = after.clone();
                    true
                }
                _ => false,
            }
        }
        _ => false,
    }
}

fn step_into<'a>(json: &'a mut Value, step: &Step) -> Option<&'a mut Value> {
    match step {
        Step::Member(name) => json.as_object_mut()?.get_mut(name),
        Step::Index(index) => json.as_array_mut()?.get_mut(*index),
    }
}
