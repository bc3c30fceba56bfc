//! For each finding an existing version that would remove it, looked for while no key waits.

use std::collections::HashSet;
use std::sync::Arc;

use super::Session;
use super::fixing::{CandidateFit, FixAction, Trial};
use crate::app::work::Work;
use crate::domain::check::Finding;
use crate::domain::{DefinitionVersionArn, Draft, Slots};

/// Findings and versions beyond these are left to the list of fixes.
const MAX_FINDINGS: usize = 8;
const MAX_TRIED: usize = 8;

/// An existing version that would remove a finding and add none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub arn: DefinitionVersionArn,
    /// The text that the finding names and the version has: `cam:13`.
    pub has: Option<Arc<str>>,
}

/// The candidates found for the open draft, and the findings still to be tried.
#[derive(Debug, Default)]
pub(super) struct CandidateSearches {
    slots: Slots,
    /// How many contents were known when the versions were listed.
    contents: usize,
    searches: Vec<CandidateSearch>,
}

#[derive(Debug)]
struct CandidateSearch {
    finding: Arc<Finding>,
    found: Option<Candidate>,
    tried: HashSet<DefinitionVersionArn>,
    has_tried_all: bool,
}

impl Session {
    /// The version that would remove a finding, if it was found.
    pub fn candidate(&self, finding: &Finding) -> Option<&Candidate> {
        let mut searches = self.candidates.searches.iter();
        let search = searches.find(|search| *search.finding == *finding)?;
        search.found.as_ref()
    }

    /// True while [`Self::try_candidate`] has something to try.
    pub(in crate::app) fn has_candidates_to_try(&self) -> bool {
        let mut searches = self.candidates.searches.iter();
        searches.any(|search| !search.has_tried_all)
    }

    /// Takes in that the draft, its findings or the known contents have changed.
    pub(super) fn renew_candidates(&mut self) {
        let Some(work) = &self.work else {
            *self.candidates = CandidateSearches::default();
            return;
        };
        // While a content is missing, a finding may be gone only because its rule does not run.
        let findings = work.findings().shared().iter().take(MAX_FINDINGS);
        let findings = findings.filter(|_| work.findings().is_complete());
        let slots = work.draft().map(Draft::slots).cloned().unwrap_or_default();
        let contents = self.catalog.contents.known();
        let known = &mut self.candidates;
        if known.slots != slots {
            known.searches.clear();
        } else if known.contents != contents {
            for search in &mut known.searches {
                search.has_tried_all = false;
            }
        }
        (known.slots, known.contents) = (slots, contents);
        let mut before = std::mem::take(&mut known.searches);
        known.searches = findings
            .map(|finding| {
                let same = before.iter().position(|search| search.finding == *finding);
                same.map_or_else(
                    || CandidateSearch {
                        finding: Arc::clone(finding),
                        found: None,
                        tried: HashSet::new(),
                        has_tried_all: false,
                    },
                    |same| before.swap_remove(same),
                )
            })
            .collect();
    }

    /// Tries one version for one finding.
    pub(in crate::app) fn try_candidate(&mut self) {
        let mut searches = std::mem::take(&mut self.candidates.searches);
        if let (Some(search), Some(work)) = (
            searches.iter_mut().find(|one| !one.has_tried_all),
            &self.work,
        ) {
            self.try_next(work, search);
        }
        self.candidates.searches = searches;
    }

    fn try_next(&self, work: &Work, search: &mut CandidateSearch) {
        let trial = Trial {
            session: self,
            work,
            scope: self.scope(),
            finding: &search.finding,
        };
        let base = work.draft().map(|draft| &draft.base().slots);
        let is_new = |fit: CandidateFit, arn: &DefinitionVersionArn| {
            let is_left = search.tried.len() < MAX_TRIED || fit == CandidateFit::OwnAndNamed;
            // The base has it: that would take the change back.
            let is_base = base.is_some_and(|base| base.version(arn.kind()) == Some(arn));
            let is_likely = fit < CandidateFit::Other && is_left && !is_base;
            is_likely && !search.tried.contains(arn)
        };
        let candidates = trial.candidates().into_iter();
        let found = search.found.as_ref().map(|found| &found.arn);
        let mut nearer = candidates.take_while(|(_, arn, _)| found != Some(*arn));
        let Some((_, arn, content)) = nearer.find(|(fit, arn, _)| is_new(*fit, arn)) else {
            search.has_tried_all = true;
            return;
        };
        let findings = trial.findings(arn, content);
        let fix = trial.fix(&findings, FixAction::Pick(arn.clone()));
        let sound = fix.filter(|fix| fix.adds.is_empty());
        search.tried.insert(arn.clone());
        if sound.is_some() {
            search.found = Some(Candidate {
                arn: arn.clone(),
                has: trial.named_text(arn).map(Arc::from),
            });
        }
    }
}
