//! Whether a group version can be deployed: the checks of the domain on the contents of its slots.

use std::sync::Arc;

use serde_json::Value;

use crate::domain::check::{Contents, Scope, Severity, SlotContent, check};
use crate::domain::{Content, DefinitionVersionArn, Slots};
use crate::sandbox::account::{Account, DeploymentError, GroupSlots};
use crate::sandbox::wire;

/// The findings that make the deployment fail; none if it succeeds.
///
/// They have no codes, because no source documents them.
pub(super) fn errors(account: &Account, group_slots: &GroupSlots) -> Vec<DeploymentError> {
    let mut slots = Slots::default();
    for (kind, arn) in group_slots.iter() {
        if let Some(arn) = arn {
            slots.fill_verbatim(kind, arn);
        }
    }
    let contents = Contents::of(&slots, |arn| content(account, arn));
    let scope = Scope {
        partition: Some(account.partition().to_owned()),
        region: Some(account.region().to_owned()),
        account: Some(account.id().to_owned()),
    };
    let findings = check(&slots, &contents, &scope);
    let blocking = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks);
    blocking
        .map(|finding| DeploymentError {
            code: None,
            message: finding.message.as_str().into(),
        })
        .collect()
}

fn content(account: &Account, arn: &DefinitionVersionArn) -> SlotContent {
    let Some(version) = account.definition_version(arn.kind(), arn.as_str()) else {
        return SlotContent::Missing;
    };
    let mut json = (*version.holds).clone();
    if let Some(members) = json.as_object_mut() {
        let list = wire::items_member(arn.kind());
        members
            .entry(list)
            .or_insert_with(|| Value::Array(Vec::new()));
    }
    match Content::from_json(arn.kind(), json) {
        Ok(content) => SlotContent::Known(Arc::new(content)),
        Err(error) => SlotContent::Unreadable(error.to_string()),
    }
}
