//! One row of a table of rules, and the way a rule says what it found.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::finding::{Finding, Severity};
use super::group::Group;
use crate::domain::kind::DefinitionKind;

/// One rule: its name, what it weighs, where it is written, what it reads, how it looks.
#[derive(Clone, Copy)]
pub struct Rule {
    pub name: &'static str,
    pub severity: Severity,
    /// Where the rule is written. DG is AWS's developer guide for V1 (page:line), BC the API model
    /// in botocore, CFN AWS's CloudFormation reference, QR its quotas page, SAR its service
    /// authorization reference; GGP and GGO are the open programs aws-greengrass-provisioner and
    /// greengo, which met the rule at the service.
    pub source: &'static str,
    /// The slots that must be known for it to run; the first is the one that it speaks of.
    /// A rule that needs none takes whichever are known.
    pub needs: &'static [DefinitionKind],
    pub(super) find: Find,
}

pub(super) type Find = fn(&Group<'_>, &mut Report<'_>);

impl Rule {
    pub(super) const fn blocks(
        name: &'static str,
        source: &'static str,
        needs: &'static [DefinitionKind],
        find: Find,
    ) -> Self {
        Self::new(Severity::Blocks, name, source, needs, find)
    }

    pub(super) const fn likely(
        name: &'static str,
        source: &'static str,
        needs: &'static [DefinitionKind],
        find: Find,
    ) -> Self {
        Self::new(Severity::Likely, name, source, needs, find)
    }

    pub(super) const fn note(
        name: &'static str,
        source: &'static str,
        needs: &'static [DefinitionKind],
        find: Find,
    ) -> Self {
        Self::new(Severity::Note, name, source, needs, find)
    }

    const fn new(
        severity: Severity,
        name: &'static str,
        source: &'static str,
        needs: &'static [DefinitionKind],
        find: Find,
    ) -> Self {
        Self {
            name,
            severity,
            source,
            needs,
            find,
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Takes down what one rule finds.
pub(super) struct Report<'r> {
    rule: &'static Rule,
    found: &'r mut Vec<Arc<Finding>>,
}

impl<'r> Report<'r> {
    pub(super) const fn new(rule: &'static Rule, found: &'r mut Vec<Arc<Finding>>) -> Self {
        Self { rule, found }
    }

    /// A finding on the slots that the rule reads.
    pub(super) fn add<'i>(
        &mut self,
        items: impl IntoIterator<Item = &'i str>,
        message: String,
        mend: impl Into<Cow<'static, str>>,
    ) {
        self.add_to(self.rule.needs, items, message, mend);
    }

    /// A finding on `slots`.
    pub(super) fn add_to<'i>(
        &mut self,
        slots: &[DefinitionKind],
        items: impl IntoIterator<Item = &'i str>,
        message: String,
        mend: impl Into<Cow<'static, str>>,
    ) {
        self.found.push(Arc::new(Finding {
            rule: self.rule.name,
            severity: self.rule.severity,
            slots: slots.to_vec(),
            items: items.into_iter().map(str::to_owned).collect(),
            message,
            mend: mend.into(),
        }));
    }
}
