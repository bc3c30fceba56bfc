//! The shapes of contents: the members of a record, the required ones, and the type of each value.

use serde_json::Value;

/// The type of a value.
#[derive(Debug)]
pub(super) enum Shape {
    Text,
    OneOf(&'static [&'static str]),
    Flag,
    Whole,
    Texts,
    TextByName,
    Record(&'static [Member]),
    Records(&'static [Member]),
}

/// The AWS CLI's `--generate-cli-skeleton` writes all members, with empty strings.
pub(super) const EMPTY: &str =
    "it is empty; fill it in, or remove it if it comes from an unedited skeleton";

/// A member of a record.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    pub(super) shape: Shape,
}

pub(super) const fn required(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        is_required: true,
        shape,
    }
}

pub(super) const fn optional(name: &'static str, shape: Shape) -> Member {
    Member {
        name,
        is_required: false,
        shape,
    }
}

/// Adds to `problems` each difference between `value` at `path` and its shape.
///
/// Members that are `null` are removed: for the API they are absent.
pub(super) fn check(shape: &Shape, value: &mut Value, path: &str, problems: &mut Vec<String>) {
    let one_of;
    let (fits, expected) = match shape {
        Shape::Text => (value.is_string(), "a string"),
        Shape::OneOf(words) => {
            let fits = value.as_str().is_some_and(|word| words.contains(&word));
            one_of = format!("one of {}", words.join(", "));
            (fits, one_of.as_str())
        }
        Shape::Flag => (value.is_boolean(), "true or false"),
        Shape::Whole => {
            let number = value.as_i64().map(i32::try_from);
            (matches!(number, Some(Ok(_))), "a whole number of 32 bits")
        }
        Shape::Texts => {
            let items = value.as_array();
            let fits = items.is_some_and(|items| items.iter().all(Value::is_string));
            (fits, "a list of strings")
        }
        Shape::TextByName => {
            let members = value.as_object();
            let fits = members.is_some_and(|members| members.values().all(Value::is_string));
            (fits, "a map from string to string")
        }
        Shape::Record(members) => return check_record(members, value, path, problems),
        Shape::Records(members) => {
            for (index, item) in value.as_array_mut().into_iter().flatten().enumerate() {
                check_record(members, item, &format!("{path}[{index}]"), problems);
            }
            (value.is_array(), "a list")
        }
    };
    if !fits {
        problems.push(format!("{path} must be {expected}"));
    }
}

fn check_record(members: &[Member], value: &mut Value, path: &str, problems: &mut Vec<String>) {
    let Some(record) = value.as_object_mut() else {
        problems.push(format!("{path} must be an object"));
        return;
    };
    record.retain(|_, value| !value.is_null());
    let is_known = |name: &str| members.iter().any(|member| member.name == name);
    for name in record.keys().filter(|name| !is_known(name)) {
        problems.push(format!("{path} has an unknown member {name:?}"));
    }
    for member in members {
        let path = format!("{path}.{}", member.name);
        match record.get_mut(member.name) {
            Some(value) if member.is_required && value.as_str() == Some("") => {
                problems.push(format!("{path}: {EMPTY}"));
            }
            Some(value) => check(&member.shape, value, &path, problems),
            None if member.is_required => problems.push(format!("{path} is missing")),
            None => {}
        }
    }
}
