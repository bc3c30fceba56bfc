//! What a rule has to say, and all that the rules said.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::kind::DefinitionKind;

/// How bad a finding is, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A deployment of the version fails.
    Blocks,
    /// Deployable, but hardly what was meant.
    Likely,
    /// To know, not to mend.
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

/// Something a rule has to say about a group version; two are equal when they say the same.
///
/// Its texts hold what the service gave, not made printable.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The name of the rule, the same in every version of the program.
    pub rule: &'static str,
    pub severity: Severity,
    /// The slots that do not fit together; the offending items are in the first.
    pub slots: Vec<DefinitionKind>,
    /// The ids of the offending items of the first slot; none when the slot itself offends.
    pub items: Vec<String>,
    /// One sentence, without its full stop.
    pub message: String,
    /// What would mend it.
    pub mend: Cow<'static, str>,
}

impl Finding {
    /// True when the finding concerns the slot of `kind`.
    pub fn concerns(&self, kind: DefinitionKind) -> bool {
        self.slots.contains(&kind)
    }

    /// The slot to go to for mending it.
    pub fn first_slot(&self) -> Option<DefinitionKind> {
        self.slots.first().copied()
    }
}

/// A rule that lets a deployment fail, with all that it found; two are equal when they found the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockingRule {
    findings: Vec<Arc<Finding>>,
}

impl BlockingRule {
    /// The sentence of the first finding.
    pub fn message(&self) -> &str {
        self.findings
            .first()
            .map_or("", |finding| finding.message.as_str())
    }

    /// How many findings there are, one at least.
    pub const fn count(&self) -> usize {
        self.findings.len()
    }
}

/// All findings on a group version, worst first, then in the order of the panes.
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

    pub fn iter(&self) -> Iter<'_> {
        self.list.iter().map(AsRef::as_ref)
    }

    /// The findings that concern the slot of `kind`.
    pub fn of(&self, kind: DefinitionKind) -> impl Iterator<Item = &Finding> {
        self.iter().filter(move |finding| finding.concerns(kind))
    }

    /// How many findings concern the slot of `kind`.
    pub fn count(&self, kind: DefinitionKind) -> usize {
        self.of(kind).count()
    }

    /// How many findings are of `severity`.
    pub fn count_severity(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// The findings that let a deployment fail.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.iter()
            .filter(|finding| finding.severity == Severity::Blocks)
    }

    /// The same, rule by rule.
    pub fn blocking_rules(&self) -> Vec<BlockingRule> {
        let mut rules: BTreeMap<&'static str, Vec<Arc<Finding>>> = BTreeMap::new();
        let is_blocking = |finding: &&Arc<Finding>| finding.severity == Severity::Blocks;
        for finding in self.list.iter().filter(is_blocking) {
            rules
                .entry(finding.rule)
                .or_default()
                .push(Arc::clone(finding));
        }
        rules
            .into_values()
            .map(|findings| BlockingRule { findings })
            .collect()
    }

    pub const fn len(&self) -> usize {
        self.list.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The slots whose content is still being fetched; the rules that need them have not run.
    pub fn pending(&self) -> &[DefinitionKind] {
        &self.pending
    }

    /// The slots whose content cannot be known; the rules that need them have not run.
    pub fn unknown(&self) -> &[DefinitionKind] {
        &self.unknown
    }

    /// True when every rule has run: nothing pending, nothing unknown.
    pub const fn is_complete(&self) -> bool {
        self.pending.is_empty() && self.unknown.is_empty()
    }
}

/// The findings one after the other.
pub type Iter<'a> =
    std::iter::Map<std::slice::Iter<'a, Arc<Finding>>, fn(&Arc<Finding>) -> &Finding>;

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
