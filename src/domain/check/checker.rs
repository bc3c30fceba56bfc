//! The checks over a version that changes: a rule runs again only when a slot that it reads has changed.

use std::sync::Arc;

use super::contents::{Contents, Scope};
use super::finding::{Finding, Findings};
use super::group::{Group, Kinds};
use super::rule::{Report, Rule};
use super::rules;
use crate::domain::kind::DefinitionKind;
use crate::domain::slots::Slots;

/// What every rule said last, and of what.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    inputs: Option<Inputs>,
    by_rule: Vec<Said>,
    findings: Findings,
}

/// What one rule said, and the slots that it looked at to say so.
#[derive(Debug, Clone, Default)]
struct Said {
    read: Kinds,
    found: Vec<Arc<Finding>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Inputs {
    slots: Slots,
    contents: Contents,
    scope: Scope,
}

impl Inputs {
    /// The slots that hold or are known to hold something else than before.
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
    /// What the rules say of the version that was given last.
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Looks at the version that `slots` would make, and tells how many rules that concerned.
    pub fn update(&mut self, slots: &Slots, contents: Contents, scope: &Scope) -> usize {
        let inputs = Inputs {
            slots: slots.clone(),
            contents,
            scope: scope.clone(),
        };
        let changed = inputs.changed(self.inputs.as_ref());
        if changed.is_empty() {
            return 0;
        }
        let group = Group::new(&inputs.slots, &inputs.contents, &inputs.scope);
        self.by_rule.resize_with(rules().count(), Said::default);
        let mut concerned = 0;
        for (rule, said) in rules().zip(&mut self.by_rule) {
            if changed.iter().any(|&kind| is_read(rule, said.read, kind)) {
                *said = run(rule, &group);
                concerned += 1;
            }
        }
        self.findings = Findings::new(
            self.by_rule
                .iter()
                .flat_map(|said| said.found.iter().cloned())
                .collect(),
            group.pending().collect(),
            group.unknown().collect(),
        );
        self.inputs = Some(inputs);
        concerned
    }
}

/// Whether a rule's word depends on a slot. One that needs none in particular depends on them all,
/// and one may look at more than it needs.
fn is_read(rule: &Rule, read: Kinds, kind: DefinitionKind) -> bool {
    rule.needs.is_empty() || rule.needs.contains(&kind) || read.contains(kind)
}

/// Runs a rule where all that it needs is known.
fn run(rule: &'static Rule, group: &Group<'_>) -> Said {
    let mut found = Vec::new();
    group.take_read();
    if rule.needs.iter().all(|&kind| group.is_settled(kind)) {
        (rule.find)(group, &mut Report::new(rule, &mut found));
    }
    Said {
        read: group.take_read(),
        found,
    }
}
