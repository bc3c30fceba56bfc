//! The fixes of a finding: an existing version, or the smallest edit. The checks verify each.

use std::cmp::Reverse;
use std::sync::Arc;

use super::Session;
use crate::app::edit_step::EditSubject;
use crate::app::work::Work;
use crate::domain::check::{Finding, Findings, Scope};
use crate::domain::fix::{ContentFix, edits};
use crate::domain::fold::has_word;
use crate::domain::{Content, DefinitionVersionArn, Draft, PerKind};

/// The maximum number of existing versions tried for one finding.
const MAX_TRIED: usize = 24;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixAction {
    Pick(DefinitionVersionArn),
    Edit(ContentFix),
}

/// A fix with its side effects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub finding: Arc<Finding>,
    pub action: FixAction,
    /// The new findings that it would cause.
    pub adds: Vec<String>,
}

impl Session {
    /// The fixes of a finding, those with the fewest new findings first. Among equals, existing versions
    /// precede edits.
    pub fn fixes(&self, finding: &Arc<Finding>) -> Vec<Fix> {
        let Some(work) = self.work() else {
            return Vec::new();
        };
        let trial = Trial {
            session: self,
            work,
            scope: self.scope(),
            finding,
        };
        let picks = trial.candidates().into_iter().take(MAX_TRIED);
        let picks = picks.filter_map(|(_, arn, content)| {
            let findings = trial.findings(arn, content);
            trial.fix(&findings, FixAction::Pick(arn.clone()))
        });
        let contents = PerKind::from_fn(|kind| {
            let held = work.held(kind)?;
            self.catalog().contents.get(held).ready().map(AsRef::as_ref)
        });
        let read = self.catalog().contents.read();
        let others: Vec<&Content> = read.map(|(_, content)| content.as_ref()).collect();
        let edits = edits(finding, &contents, &others).into_iter();
        let edits = edits.filter_map(|edit| {
            let held = work.held(edit.kind())?.clone();
            let version = self.new_version(&EditSubject::Version(held), edit.content.clone())?;
            let findings = trial.findings(version.arn(), &version.content);
            trial.fix(&findings, FixAction::Edit(edit))
        });
        let mut fixes: Vec<Fix> = picks.collect();
        fixes.extend(edits);
        fixes.sort_by_key(|fix| fix.adds.len());
        fixes
    }

    /// Applies a fix to the draft, as one step for undo.
    pub fn take_fix(&mut self, fix: &Fix) {
        match &fix.action {
            FixAction::Pick(arn) => {
                let arn = arn.clone();
                self.change_draft(|draft| draft.pick(arn));
            }
            FixAction::Edit(edit) => {
                let held = self.held(edit.kind()).cloned();
                if let Some(subject) = held.map(EditSubject::Version) {
                    self.write_content(&subject, edit.content.clone());
                }
            }
        }
    }
}

/// How near a version is to a finding, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CandidateFit {
    /// A version of the slot's own definition that has what the finding names.
    OwnAndNamed,
    /// A version of another definition that has it.
    Named,
    Own,
    Other,
}

/// The fixes that are tried for one finding.
pub(super) struct Trial<'a> {
    pub(super) session: &'a Session,
    pub(super) work: &'a Work,
    pub(super) scope: Scope,
    pub(super) finding: &'a Arc<Finding>,
}

impl<'a> Trial<'a> {
    /// The versions whose content is read, the nearest first, then the newest.
    pub(super) fn candidates(
        &self,
    ) -> Vec<(CandidateFit, &'a DefinitionVersionArn, &'a Arc<Content>)> {
        let catalog = self.session.catalog();
        let held = |arn: &DefinitionVersionArn| self.held_beside(arn);
        // A written version that was undone, or is of another draft, is none that can be picked.
        let is_there = |arn: &DefinitionVersionArn| {
            let mut written = self.work.draft().into_iter().flat_map(Draft::new_versions);
            !arn.is_new() || written.any(|one| one.arn() == arn)
        };
        let is_candidate = |(arn, _): &(&DefinitionVersionArn, &Arc<Content>)| {
            self.finding.slots.contains(&arn.kind()) && held(arn) != Some(*arn) && is_there(arn)
        };
        let candidates = catalog.contents.read().filter(is_candidate);
        let mut candidates: Vec<_> = candidates
            .map(|(arn, content)| (self.fit(arn), arn, content))
            .collect();
        candidates.sort_by_cached_key(|(fit, arn, _)| {
            (*fit, Reverse(catalog.contents.created(arn)), arn.as_str())
        });
        candidates
    }

    /// The version in the slot that `arn` would take.
    fn held_beside(&self, arn: &DefinitionVersionArn) -> Option<&'a DefinitionVersionArn> {
        self.work.held(arn.kind())
    }

    fn fit(&self, arn: &DefinitionVersionArn) -> CandidateFit {
        let held = self.held_beside(arn);
        let is_own = held.is_some_and(|held| held.definition() == arn.definition());
        match (is_own, self.named_text(arn).is_some()) {
            (true, true) => CandidateFit::OwnAndNamed,
            (false, true) => CandidateFit::Named,
            (true, false) => CandidateFit::Own,
            (false, false) => CandidateFit::Other,
        }
    }

    /// The text that the finding names, and that the version has and the slot has not: `cam:13`.
    pub(super) fn named_text(&self, arn: &DefinitionVersionArn) -> Option<&'a str> {
        let contents = &self.session.catalog().contents;
        let held = self.held_beside(arn).into_iter();
        let held: Vec<&str> = held
            .flat_map(|held| contents.terms(held))
            .map(|term| term.text)
            .collect();
        let texts = contents.terms(arn).map(|term| term.text);
        let mut missing = texts.filter(|text| !held.contains(text));
        missing.find(|text| has_word(&self.finding.message, text, char::is_alphanumeric))
    }

    pub(super) fn findings(&self, arn: &DefinitionVersionArn, content: &Arc<Content>) -> Findings {
        let catalog = self.session.catalog();
        self.work.findings_with(arn, content, catalog, &self.scope)
    }

    /// The fix, if the finding is gone.
    pub(super) fn fix(&self, findings: &Findings, action: FixAction) -> Option<Fix> {
        let is_it =
            |one: &Finding| (one.rule, &one.message) == (self.finding.rule, &self.finding.message);
        let is_there = findings.iter().any(is_it);
        let before = self.work.findings();
        let is_added = |one: &&Finding| !before.iter().any(|other| other.message == one.message);
        (!is_there).then(|| Fix {
            finding: Arc::clone(self.finding),
            adds: findings
                .iter()
                .filter(is_added)
                .map(|one| one.message.clone())
                .collect(),
            action,
        })
    }
}
