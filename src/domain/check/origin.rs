//! Whether a finding is new in the draft or already in its base.

use std::collections::HashSet;

use super::finding::{Finding, Findings};

/// The origin of a finding on a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Only the draft has it.
    New,
    /// The base has it too.
    InBase,
    /// Unknown: not all slots of the finding are known in the base.
    Undecided,
}

impl Origin {
    /// The words on the screen.
    pub const fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InBase => "already in base",
            Self::Undecided => "not compared",
        }
    }
}

/// Pairs each finding on a draft, in order, with its origin.
pub fn against_base<'a>(
    findings: &'a Findings,
    base: &Findings,
) -> impl ExactSizeIterator<Item = (&'a Finding, Origin)> {
    let in_base: HashSet<&Finding> = base.iter().collect();
    let origins: Vec<Origin> = findings
        .iter()
        .map(|finding| {
            let hidden = base.pending().iter().chain(base.unknown());
            if in_base.contains(finding) {
                Origin::InBase
            } else if hidden.copied().any(|kind| finding.concerns(kind)) {
                Origin::Undecided
            } else {
                Origin::New
            }
        })
        .collect();
    findings.iter().zip(origins)
}
