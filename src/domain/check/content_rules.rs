//! The rules that a content can break by itself, in any group.

use std::sync::Arc;

use super::checker::Checker;
use super::contents::{Contents, Scope, SlotContent};
use super::finding::{Finding, Severity};
use crate::domain::arn::DefinitionVersionArn;
use crate::domain::content::Content;
use crate::domain::kind::DefinitionKind;
use crate::domain::slots::Slots;

/// The blocking findings on `content` alone. `arn` is the version that would have the content.
pub fn of_content(
    arn: &DefinitionVersionArn,
    content: &Arc<Content>,
    scope: &Scope,
) -> Vec<Finding> {
    let mut slots = Slots::default();
    slots.fill(arn.clone());
    // The other slots are unknown rather than empty: no rule that needs them runs.
    for kind in DefinitionKind::ALL {
        if kind != arn.kind() {
            slots.fill_verbatim(kind, "unknown");
        }
    }
    let mut contents = Contents::of(&slots, |_| SlotContent::Unknown);
    contents.set(arn.kind(), SlotContent::Known(Arc::clone(content)));
    let mut checker = Checker::default();
    checker.update(&slots, contents, scope);
    let findings = checker.findings().iter();
    let is_own =
        |finding: &&Finding| finding.severity == Severity::Blocks && finding.slots == [arn.kind()];
    findings.filter(is_own).cloned().collect()
}
