//! The findings of the rules.

use std::borrow::Cow;
use std::sync::Arc;

use super::grouped::grouped;
use crate::domain::kind::DefinitionKind;

/// The severity of a finding, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The deployment fails, or the core does.
    Blocks,
    /// The version can be deployed but is probably wrong.
    Likely,
    /// Needs no fix.
    Note,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Self; 3] = [Self::Blocks, Self::Likely, Self::Note];

    /// The words on the screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Blocks => "blocking",
            Self::Likely => "likely mistake",
            Self::Note => "note",
        }
    }
}

/// One result of a rule on a group version.
///
/// Its texts contain text of the service and are not made printable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The name of the rule; stable across versions of the program.
    pub rule: &'static str,
    pub severity: Severity,
    /// The slots of the finding; the items are in the first.
    pub slots: Vec<DefinitionKind>,
    /// The ids of the items in the first slot; empty if the finding is about the slot itself.
    pub items: Vec<String>,
    /// One sentence, without its full stop.
    pub message: String,
    /// The fix in words.
    pub fix: Cow<'static, str>,
}

impl Finding {
    /// Returns whether the finding is about the slot of `kind`.
    pub fn concerns(&self, kind: DefinitionKind) -> bool {
        self.slots.contains(&kind)
    }

    /// The slot where the fix starts.
    pub fn first_slot(&self) -> Option<DefinitionKind> {
        self.slots.first().copied()
    }
}

/// All findings of one blocking rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockingRule {
    findings: Vec<Arc<Finding>>,
}

impl BlockingRule {
    /// The message of the first finding.
    pub fn message(&self) -> &str {
        self.findings
            .first()
            .map_or("", |finding| finding.message.as_str())
    }

    /// The number of findings, at least one.
    pub const fn count(&self) -> usize {
        self.findings.len()
    }
}

/// All findings on a group version, worst first, then in pane order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    list: Vec<Arc<Finding>>,
    pending: Vec<DefinitionKind>,
    unknown: Vec<DefinitionKind>,
}

impl Findings {
    pub(super) fn new(
        mut list: Vec<Arc<Finding>>,
        pending: Vec<DefinitionKind>,
        unknown: Vec<DefinitionKind>,
    ) -> Self {
        list.sort_by_key(|finding| (finding.severity, finding.first_slot()));
        Self {
            list,
            pending,
            unknown,
        }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.list.iter().map(AsRef::as_ref)
    }

    /// The findings on the slot of `kind`.
    pub fn of(&self, kind: DefinitionKind) -> impl Iterator<Item = &Finding> {
        self.iter().filter(move |finding| finding.concerns(kind))
    }

    /// The number of findings on the slot of `kind`.
    pub fn count(&self, kind: DefinitionKind) -> usize {
        self.of(kind).count()
    }

    /// The number of findings of `severity`.
    pub fn count_severity(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// The blocking findings.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.iter()
            .filter(|finding| finding.severity == Severity::Blocks)
    }

    /// The findings, shared rather than copied, in their order.
    pub fn shared(&self) -> &[Arc<Finding>] {
        &self.list
    }

    /// The blocking findings, grouped by rule in their order.
    pub fn blocking_rules(&self) -> Vec<BlockingRule> {
        let blocking = self
            .list
            .iter()
            .filter(|finding| finding.severity == Severity::Blocks);
        grouped(blocking.map(|finding| (finding.rule, Arc::clone(finding))))
            .into_iter()
            .map(|(_, findings)| BlockingRule { findings })
            .collect()
    }

    /// The numbers of the rule's findings in this list, from 1.
    pub fn numbers_of(&self, rule: &BlockingRule) -> Vec<usize> {
        let numbered = (1..).zip(&self.list);
        let of_rule = numbered.filter(|(_, finding)| rule.findings.contains(finding));
        of_rule.map(|(number, _)| number).collect()
    }

    pub const fn len(&self) -> usize {
        self.list.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The slots whose content is loading; the rules that need them have not run.
    pub fn pending(&self) -> &[DefinitionKind] {
        &self.pending
    }

    /// The slots whose content could not be read; the rules that need them have not run.
    pub fn unknown(&self) -> &[DefinitionKind] {
        &self.unknown
    }

    /// Returns whether every rule has run: no slot is pending or unknown.
    pub const fn is_complete(&self) -> bool {
        self.pending.is_empty() && self.unknown.is_empty()
    }
}
