//! What removes a finding: an existing version, or the smallest edit; the checks say whether it does.

use std::cmp::Reverse;
use std::sync::Arc;

use super::Session;
use crate::app::edit_step::EditSubject;
use crate::app::work::Work;
use crate::domain::check::{Finding, Findings, Scope};
use crate::domain::fix::{ContentFix, edits};
use crate::domain::{Content, DefinitionVersionArn, Draft, PerKind};

/// The most existing versions that are tried for one finding.
const MAX_TRIED: usize = 24;

/// What removes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixAction {
    Pick(DefinitionVersionArn),
    Edit(ContentFix),
}

/// A fix with what else it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub finding: Arc<Finding>,
    pub action: FixAction,
    /// The findings that it would add.
    pub adds: Vec<String>,
}

impl Session {
    /// The fixes of a finding, those that add the fewest findings first; of these, existing versions before edits.
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
        let picks = trial.candidates().into_iter();
        let picks = picks.filter_map(|(arn, content)| {
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

    /// Puts a fix into the draft; one undo takes it back.
    pub fn take_fix(&mut self, fix: &Fix) {
        match &fix.action {
            FixAction::Pick(arn) => {
                let arn = arn.clone();
                if let Some(work) = self.work_mut() {
                    work.change(|draft| draft.pick(arn));
                }
            }
            FixAction::Edit(edit) => {
                let held = self.held(edit.kind());
                let Some(subject) = held.cloned().map(EditSubject::Version) else {
                    return;
                };
                if let Some(version) = self.new_version(&subject, edit.content.clone()) {
                    self.write(vec![(version, subject.replaced())]);
                }
            }
        }
    }
}

/// What is tried for one finding.
struct Trial<'a> {
    session: &'a Session,
    work: &'a Work,
    scope: Scope,
    finding: &'a Arc<Finding>,
}

impl<'a> Trial<'a> {
    /// The versions whose content is read: those of the slot's own definition first, newest first.
    fn candidates(&self) -> Vec<(&'a DefinitionVersionArn, &'a Arc<Content>)> {
        let catalog = self.session.catalog();
        let held = |arn: &DefinitionVersionArn| self.work.held(arn.kind());
        // A written version that was undone, or is of another draft, is none that can be picked.
        let is_there = |arn: &DefinitionVersionArn| {
            let mut written = self.work.draft().into_iter().flat_map(Draft::new_versions);
            !arn.is_new() || written.any(|one| one.arn() == arn)
        };
        let is_candidate = |(arn, _): &(&DefinitionVersionArn, &Arc<Content>)| {
            self.finding.slots.contains(&arn.kind()) && held(arn) != Some(*arn) && is_there(arn)
        };
        let mut candidates: Vec<_> = catalog.contents.read().filter(is_candidate).collect();
        candidates.sort_by_key(|(arn, _)| {
            let is_own = held(arn).is_some_and(|held| held.definition() == arn.definition());
            (
                !is_own,
                Reverse(catalog.contents.created(arn)),
                arn.as_str(),
            )
        });
        candidates.truncate(MAX_TRIED);
        candidates
    }

    fn findings(&self, arn: &DefinitionVersionArn, content: &Arc<Content>) -> Findings {
        let catalog = self.session.catalog();
        self.work.findings_with(arn, content, catalog, &self.scope)
    }

    /// The fix, if the finding is gone.
    fn fix(&self, findings: &Findings, action: FixAction) -> Option<Fix> {
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
