//! Incremental checks: a rule runs again only if a slot that it reads has changed.

use std::sync::Arc;

use super::contents::{Contents, Scope};
use super::finding::{Finding, Findings};
use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport};
use super::rules;
use crate::domain::kind::{DefinitionKind, PerKind};
use crate::domain::slots::Slots;

/// The results of all rules for the last inputs.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    inputs: Option<CheckInputs>,
    runs: Vec<RuleRun>,
    findings: Findings,
}

/// The result of one rule, with the slots that it read.
#[derive(Debug, Clone, Default)]
struct RuleRun {
    read: PerKind<bool>,
    found: Vec<Arc<Finding>>,
}

#[derive(Debug, Clone, PartialEq)]
struct CheckInputs {
    slots: Slots,
    contents: Contents,
    scope: Scope,
}

impl CheckInputs {
    /// The slots whose version or content differs from `before`.
    fn changed(&self, before: Option<&Self>) -> Vec<DefinitionKind> {
        let is_changed = |kind: &DefinitionKind| {
            before.is_none_or(|before| {
                self.slots.get(*kind) != before.slots.get(*kind)
                    || self.contents.get(*kind) != before.contents.get(*kind)
                    || self.scope != before.scope
            })
        };
        DefinitionKind::ALL.into_iter().filter(is_changed).collect()
    }
}

impl Checker {
    /// The findings for the last inputs.
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Checks the version with `slots` and returns the number of rules that ran.
    pub fn update(&mut self, slots: &Slots, contents: Contents, scope: &Scope) -> usize {
        let inputs = CheckInputs {
            slots: slots.clone(),
            contents,
            scope: scope.clone(),
        };
        let changed = inputs.changed(self.inputs.as_ref());
        if changed.is_empty() {
            return 0;
        }
        let group = CheckedGroup::new(&inputs.slots, &inputs.contents, &inputs.scope);
        self.runs.resize_with(rules().count(), RuleRun::default);
        let mut count = 0;
        for (rule, run) in rules().zip(&mut self.runs) {
            if changed.iter().any(|&kind| is_read(rule, run.read, kind)) {
                *run = run_rule(rule, &group);
                count += 1;
            }
        }
        self.findings = Findings::new(
            self.runs
                .iter()
                .flat_map(|run| run.found.iter().cloned())
                .collect(),
            group.pending().collect(),
            group.unknown().collect(),
        );
        self.inputs = Some(inputs);
        count
    }
}

/// Returns whether a rule depends on a slot. A rule without `needs` depends on all slots, and a rule
/// may read more slots than it needs.
fn is_read(rule: &Rule, read: PerKind<bool>, kind: DefinitionKind) -> bool {
    rule.needs.is_empty() || rule.needs.contains(&kind) || read[kind]
}

/// Runs a rule if all slots that it needs are known.
fn run_rule(rule: &'static Rule, group: &CheckedGroup<'_>) -> RuleRun {
    let mut found = Vec::new();
    group.take_read();
    if rule.needs.iter().all(|&kind| group.is_settled(kind)) {
        (rule.find)(group, &mut RuleReport::new(rule, &mut found));
    }
    RuleRun {
        read: group.take_read(),
        found,
    }
}
