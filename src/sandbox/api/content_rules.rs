//! The contents that the service refuses in Create…DefinitionVersion.
//!
//! Member names, enumerations and required members are those of botocore 1.44.5 (greengrass 2017-06-07).
//! Errors that depend on another slot appear only at deployment, as with the service.

mod functions;
mod resources;
mod schema;

use std::collections::HashSet;

use serde_json::Value;

use super::answer::{Detail, Refusal};
use super::shape::{Shape, check as check_shape};
use crate::domain::{Arn, DefinitionKind};
use crate::sandbox::wire;

pub(super) use schema::members;

/// The longest id of an item (API reference: at most 128 of `[a-zA-Z0-9:_-]`).
const MAX_ID: usize = 128;

/// Refuses `content` with all reasons at once. Removes members that are `null`.
pub(super) fn check(kind: DefinitionKind, content: &mut Value) -> Result<(), Refusal> {
    let mut problems = Vec::new();
    let path = format!("{} definition", wire::operation_word(kind));
    check_shape(
        &Shape::Record(schema::content(kind)),
        content,
        &path,
        &mut problems,
    );
    if problems.is_empty() {
        check_ids(kind, content, &mut problems);
        match kind {
            DefinitionKind::Function => functions::check(content, &mut problems),
            DefinitionKind::Resource => resources::check(content, &mut problems),
            DefinitionKind::Subscription => check_subscriptions(content, &mut problems),
            DefinitionKind::Core
            | DefinitionKind::Device
            | DefinitionKind::Connector
            | DefinitionKind::Logger => {}
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let details = problems.iter().map(|problem| Detail {
        code: "INVALID_CONTENT",
        message: problem.clone(),
    });
    let segment = wire::path_segment(kind);
    let or_corrupted = if kind == DefinitionKind::Resource {
        ""
    } else {
        " or corrupted"
    };
    let opening = format!("The {segment} definition is invalid{or_corrupted}.");
    let details = details.collect();
    Err(Refusal::with_reasons(&opening, &problems, details))
}

/// The items of a content; none if the list is absent.
fn items(kind: DefinitionKind, content: &Value) -> impl Iterator<Item = &Value> {
    let list = content.get(wire::items_member(kind));
    list.and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(item: &'a Value, member: &str) -> &'a str {
    item.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn check_ids(kind: DefinitionKind, content: &Value, problems: &mut Vec<String>) {
    check_unique(kind, content, "Id", problems);
    if kind == DefinitionKind::Resource {
        check_unique(kind, content, "Name", problems);
    }
}

/// Ids, and the names of resources: unique, at most 128 of `[a-zA-Z0-9:_-]` (API reference; botocore,
/// Resource).
fn check_unique(kind: DefinitionKind, content: &Value, member: &str, problems: &mut Vec<String>) {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
    let mut seen = HashSet::new();
    for item in items(kind, content) {
        let id = text(item, member);
        if id.is_empty() || id.len() > MAX_ID || !id.bytes().all(is_letter) {
            problems.push(format!(
                "{member} {id:?} is not 1 to {MAX_ID} of the characters a-z, A-Z, 0-9, colon, underscore and dash"
            ));
        }
        if !seen.insert(id) {
            problems.push(format!("{member} {id:?} is there twice"));
        }
    }
}

/// The texts are the service's, which reports all sources before the targets.
fn check_subscriptions(content: &Value, problems: &mut Vec<String>) {
    for (member, word) in [("Source", "source"), ("Target", "target")] {
        for item in items(DefinitionKind::Subscription, content) {
            let (id, end) = (text(item, "Id"), text(item, member));
            if !is_endpoint(end) {
                problems.push(format!(
                    "Subscription {word} is invalid. ID is '{id}' and {member} is '{end}'"
                ));
            }
        }
    }
}

/// `cloud`, `GGShadowService`, or the ARN of a thing, a Lambda function or a connector.
fn is_endpoint(text: &str) -> bool {
    if matches!(text, "cloud" | "GGShadowService") {
        return true;
    }
    Arn::split(text).is_some_and(|arn| match arn.service {
        "iot" => arn.resource.starts_with("thing/"),
        "lambda" => arn.resource.starts_with("function:"),
        "greengrass" => arn.resource.starts_with("/connectors/"),
        _ => false,
    })
}
