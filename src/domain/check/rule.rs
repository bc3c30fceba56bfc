//! One row of a table of rules, and the collector of its findings.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::finding::{Finding, Severity};
use super::group::CheckedGroup;
use crate::domain::content::Item;
use crate::domain::kind::DefinitionKind;

/// One rule: name, severity, source, the slots that it needs, and its function.
#[derive(Clone, Copy)]
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    /// The source of the rule. DG is AWS's developer guide for V1 (page:line), BC the API model in botocore.
    /// CFN is the CloudFormation reference, QR the quotas page. SAR is the service authorization reference,
    /// AR the API reference. GGP and GGO are the open-source programs aws-greengrass-provisioner and greengo,
    /// which record refusals of the service.
    pub source: &'static str,
    /// The slots that must be known before the rule runs; the items of a finding are in the first. A rule
    /// without `needs` reads the known slots.
    pub needs: &'static [DefinitionKind],
    pub(super) find: Find,
}

pub(super) type Find = fn(&CheckedGroup<'_>, &mut RuleReport<'_>);

impl Rule {
    pub(super) const fn blocks(name: &'static str, find: Find) -> Self {
        Self::new(Severity::Blocks, name, find)
    }

    pub(super) const fn likely(name: &'static str, find: Find) -> Self {
        Self::new(Severity::Likely, name, find)
    }

    pub(super) const fn note(name: &'static str, find: Find) -> Self {
        Self::new(Severity::Note, name, find)
    }

    const fn new(severity: Severity, name: &'static str, find: Find) -> Self {
        Self {
            name,
            severity,
            source: "",
            needs: &[],
            find,
        }
    }

    pub(super) const fn needing(mut self, needs: &'static [DefinitionKind]) -> Self {
        self.needs = needs;
        self
    }

    pub(super) const fn source(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }
}

/// Sets the needs of every rule that has none of its own.
pub(super) const fn needing<const N: usize>(
    needs: &'static [DefinitionKind],
    mut rules: [Rule; N],
) -> [Rule; N] {
    let mut place = 0;
    while place < N {
        #[expect(clippy::indexing_slicing, reason = "the place is below the length")]
        let rule = &mut rules[place];
        if rule.needs.is_empty() {
            rule.needs = needs;
        }
        place += 1;
    }
    rules
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Collects the findings of one rule.
pub(super) struct RuleReport<'r> {
    rule: &'static Rule,
    found: &'r mut Vec<Arc<Finding>>,
}

impl<'r> RuleReport<'r> {
    pub(super) const fn new(rule: &'static Rule, found: &'r mut Vec<Arc<Finding>>) -> Self {
        Self { rule, found }
    }

    /// Adds a finding on the slots that the rule needs.
    pub(super) fn add<'i>(
        &mut self,
        items: impl IntoIterator<Item = &'i str>,
        message: String,
        fix: impl Into<Cow<'static, str>>,
    ) {
        self.add_to(self.rule.needs, items, message, fix);
    }

    /// Adds a finding on one item. Its message is the name of the item, then `problem`.
    pub(super) fn add_on(
        &mut self,
        item: &impl Item,
        problem: impl fmt::Display,
        fix: impl Into<Cow<'static, str>>,
    ) {
        self.add([item.id()], format!("{} {problem}", item.name()), fix);
    }

    /// Adds a finding on `slots`.
    pub(super) fn add_to<'i>(
        &mut self,
        slots: &[DefinitionKind],
        items: impl IntoIterator<Item = &'i str>,
        message: String,
        fix: impl Into<Cow<'static, str>>,
    ) {
        self.found.push(Arc::new(Finding {
            rule: self.rule.name,
            severity: self.rule.severity,
            slots: slots.to_vec(),
            items: items.into_iter().map(str::to_owned).collect(),
            message,
            fix: fix.into(),
        }));
    }
}
