//! The changed members of one item of the API's JSON, each with its path.

use std::fmt;

use serde_json::{Map, Value};

/// One step into the API's JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathStep {
    Member(String),
    Index(usize),
}

/// The path to a member: `FunctionConfiguration.Environment.ResourceAccessPolicies[0].Permission`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct MemberPath(Vec<PathStep>);

impl MemberPath {
    pub fn steps(&self) -> &[PathStep] {
        &self.0
    }

    fn then(&self, step: PathStep) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// Member names that a dotted path cannot hold are quoted; the text is not made printable.
impl fmt::Display for MemberPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Index(index) => write!(formatter, "[{index}]")?,
                PathStep::Member(name) if !is_plain(name) => write!(formatter, "[{name:?}]")?,
                PathStep::Member(name) if place == 0 => write!(formatter, "{name}")?,
                PathStep::Member(name) => write!(formatter, ".{name}")?,
            }
        }
        Ok(())
    }
}

/// Environment variables and connector parameters can have any name.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(is_plain)
}

/// One changed member; `before` is `None` if it was added, `after` if it was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberChange {
    pub path: MemberPath,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// The innermost changed members of two JSON values.
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
        // In lists of different lengths, an index does not identify an element.
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&path.then(PathStep::Index(index)), before, after, found);
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
        let path = path.then(PathStep::Member(name.clone()));
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
