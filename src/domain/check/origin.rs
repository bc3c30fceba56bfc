//! Whether a finding came with the draft or was in its base already.

use std::collections::HashSet;

use super::finding::{Finding, Findings};

/// Where a finding on a draft comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The draft brings it.
    New,
    /// The base has the same.
    InBase,
    /// The base does not show it, but not all that it concerns is known there.
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

/// Tells of each finding on a draft, in order, whether the findings on its base hold the same.
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
