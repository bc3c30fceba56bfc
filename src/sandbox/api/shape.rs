//! The shapes of contents: which members an item has, which must be there, and what kind of value each takes.

use serde_json::Value;

/// What kind of value a member takes.
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

/// Adds to `problems` what is wrong with `value` at `place`; members that are not known are let through.
pub(super) fn check(shape: &Shape, value: &Value, place: &str, problems: &mut Vec<String>) {
    let due = match shape {
        Shape::Text => (!value.is_string()).then(|| "a string".to_owned()),
        Shape::OneOf(words) => {
            let is_known = value.as_str().is_some_and(|word| words.contains(&word));
            (!is_known).then(|| format!("one of {}", words.join(", ")))
        }
        Shape::Flag => (!value.is_boolean()).then(|| "true or false".to_owned()),
        Shape::Whole => {
            let is_whole = value
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok());
            (!is_whole).then(|| "a whole number of 32 bits".to_owned())
        }
        Shape::Texts => {
            let items = value.as_array();
            let are_texts = items.is_some_and(|items| items.iter().all(Value::is_string));
            (!are_texts).then(|| "a list of strings".to_owned())
        }
        Shape::TextByName => {
            let members = value.as_object();
            let are_texts = members.is_some_and(|members| members.values().all(Value::is_string));
            (!are_texts).then(|| "a map from string to string".to_owned())
        }
        Shape::Record(members) => {
            check_record(members, value, place, problems);
            None
        }
        Shape::Records(members) => {
            let items = value.as_array();
            for (index, item) in items.into_iter().flatten().enumerate() {
                check_record(members, item, &format!("{place}[{index}]"), problems);
            }
            items.is_none().then(|| "a list".to_owned())
        }
    };
    problems.extend(due.map(|due| format!("{place} must be {due}")));
}

fn check_record(members: &[Member], value: &Value, place: &str, problems: &mut Vec<String>) {
    let Some(record) = value.as_object() else {
        problems.push(format!("{place} must be an object"));
        return;
    };
    for member in members {
        let place = format!("{place}.{}", member.name);
        match record.get(member.name).filter(|value| !value.is_null()) {
            Some(value) => check(&member.shape, value, &place, problems),
            None if member.is_required => problems.push(format!("{place} is missing")),
            None => {}
        }
    }
}
