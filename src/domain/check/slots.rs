//! Rules on the slots: unreadable, deleted, or not a definition version.

use super::arns;
use super::group::{CheckedGroup, ContentState};
use super::rule::{Rule, RuleReport};
use crate::domain::kind::DefinitionKind;

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("slot-arn", not_an_arn).source("BC GroupVersion; SAR"),
    Rule::blocks("slot-missing", missing).source("SAR DeleteFunctionDefinition"),
    Rule::note("slot-unreadable", unreadable).source("no source: what was not read is not sound"),
    Rule::likely("slot-elsewhere", elsewhere).source("DG service-role:13 (inferred)"),
];

fn not_an_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (kind, held) in group.slots.filled() {
        if held.version().is_none() {
            let text = held.as_str();
            let message = format!(
                "the slot holds {text:?}, which is not the ARN of a {kind} definition version"
            );
            report.add_to(&[kind], [], message, format!("pick a {kind} version"));
        }
    }
}

fn missing(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for kind in DefinitionKind::ALL {
        if let ContentState::Missing = group.state(kind) {
            let message =
                format!("the {kind} version of the slot, or its definition, no longer exists");
            let fix = format!("pick a {kind} version that exists, or none");
            report.add_to(&[kind], [], message, fix);
        }
    }
}

fn unreadable(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for kind in DefinitionKind::ALL {
        if let ContentState::Unreadable(reason) = group.state(kind) {
            let message = format!(
                "the content of the {kind} version could not be read, so nothing \
                 that depends on it is checked: {reason}"
            );
            let fix = "read it again, or go on without knowing";
            report.add_to(&[kind], [], message, fix);
        }
    }
}

fn elsewhere(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (kind, held) in group.slots.filled() {
        let version = held.version();
        let place = version.and_then(|version| arns::elsewhere(version.parts(), group.scope));
        if let Some(place) = place {
            let message = format!("the {kind} version is of {place}");
            let fix = format!("pick a {kind} version of the account and region in use");
            report.add_to(&[kind], [], message, fix);
        }
    }
}
