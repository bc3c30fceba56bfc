//! Contents of definition versions, kept within a memory budget.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::known_terms::{KnownTerm, KnownTerms};
use crate::app::event::Answered;
use crate::app::remote::Remote;
use crate::domain::content::{Summary, TermField};
use crate::domain::{Content, DefinitionVersionArn, PageToken, PartlyRead, ReadVersion, Timestamp};

/// The approximate memory limit for contents that nothing needs now.
const BUDGET_BYTES: usize = 16 * 1024 * 1024;

/// The memory left after the limit was exceeded, so that one sorting of the contents serves many new ones.
const KEPT_BYTES: usize = BUDGET_BYTES / 4 * 3;

/// A summary fills at most one line on the screen.
const MAX_SUMMARY_CHARACTERS: usize = 400;

/// The contents read so far; those not seen for longest are dropped first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LoadedContents {
    entries: HashMap<DefinitionVersionArn, ContentEntry>,
    /// Kept after the content itself is dropped.
    terms: KnownTerms,
    /// The estimated memory of the contents.
    bytes: usize,
    sightings: u64,
}

#[derive(Debug, Clone, PartialEq)]
struct ContentEntry {
    content: Remote<Arc<Content>>,
    /// The loaded pages of a long content.
    partly: Option<PartlyRead>,
    created: Option<Timestamp>,
    summary: Option<Summary>,
    bytes: usize,
    last_seen: u64,
}

impl LoadedContents {
    pub fn get(&self, arn: &DefinitionVersionArn) -> &Remote<Arc<Content>> {
        self.entries
            .get(arn)
            .map_or(&Remote::Unasked, |entry| &entry.content)
    }

    /// Every loaded content.
    pub fn read(&self) -> impl Iterator<Item = (&DefinitionVersionArn, &Arc<Content>)> {
        let entries = self.entries.iter();
        entries.filter_map(|(arn, entry)| Some((arn, entry.content.ready()?)))
    }

    /// One line about the content, if it is loaded.
    pub fn summary(&self, arn: &DefinitionVersionArn) -> Option<&Summary> {
        self.entries.get(arn)?.summary.as_ref()
    }

    /// The search texts of the content; none before it was loaded.
    pub fn terms(&self, arn: &DefinitionVersionArn) -> impl Iterator<Item = KnownTerm<'_>> {
        self.terms.of(arn)
    }

    /// True once the content was loaded, even if it was given up since.
    pub fn is_known(&self, arn: &DefinitionVersionArn) -> bool {
        self.terms.has(arn)
    }

    /// How many contents were read, those that were given up since among them.
    pub fn known(&self) -> usize {
        self.terms.len()
    }

    /// The item that has this text, as its place in the content: `Functions/cam`.
    pub fn item_path(
        &self,
        arn: &DefinitionVersionArn,
        field: TermField,
        text: &str,
    ) -> Option<String> {
        let mut terms = self.terms(arn);
        let term = terms.find(|term| term.field == field && term.text == text)?;
        self.get(arn).ready()?.item_path(term.item)
    }

    /// The token of the next page of a long content.
    pub fn next_page(&self, arn: &DefinitionVersionArn) -> Option<&PageToken> {
        self.entries.get(arn)?.partly.as_ref()?.next()
    }

    /// Stores a content of the draft, which no service has.
    pub fn written(&mut self, arn: &DefinitionVersionArn, content: &Arc<Content>) {
        if self.get(arn).ready() != Some(content) {
            self.put(arn.clone(), Remote::Ready(Arc::clone(content)), None, None);
        }
    }

    pub fn asked(&mut self, arn: DefinitionVersionArn) {
        let partly = self.partly(&arn);
        self.put(arn, Remote::Loading, None, partly);
    }

    /// Reverts the request for the next page; the loaded pages stay.
    pub fn unasked(&mut self, arn: &DefinitionVersionArn) {
        let partly = self.partly(arn);
        self.put(arn.clone(), Remote::Unasked, None, partly);
    }

    /// Stores the page at `from`, if it is the next one.
    pub fn take(
        &mut self,
        arn: DefinitionVersionArn,
        from: Option<&PageToken>,
        answer: Answered<Box<ReadVersion>>,
    ) {
        if self.next_page(&arn) != from {
            return;
        }
        let mut partly = self.partly(&arn).unwrap_or_default();
        match answer.and_then(|page| partly.add(*page)) {
            Ok(Some(version)) => {
                let content = Remote::Ready(Arc::new(version.content));
                self.put(arn, content, version.created, None);
            }
            Ok(None) => self.put(arn, Remote::Unasked, None, Some(partly)),
            Err(error) => self.put(arn, Remote::Failed(error), None, None),
        }
    }

    fn partly(&mut self, arn: &DefinitionVersionArn) -> Option<PartlyRead> {
        self.entries.get_mut(arn)?.partly.take()
    }

    /// When the version was created, according to its content's response.
    pub fn created(&self, arn: &DefinitionVersionArn) -> Option<Timestamp> {
        self.entries.get(arn)?.created
    }

    pub fn forget(&mut self, arn: &DefinitionVersionArn) {
        if let Some(entry) = self.entries.remove(arn) {
            self.bytes -= entry.bytes;
        }
    }

    pub fn has_failures(&self) -> bool {
        let mut entries = self.entries.values();
        entries.any(|entry| entry.content.error().is_some())
    }

    /// Lets all failed contents be requested again.
    pub fn forget_failures(&mut self) {
        self.entries
            .retain(|_, entry| entry.content.error().is_none());
    }

    /// True if [`Self::keep_budget`] must drop contents.
    pub const fn is_over_budget(&self) -> bool {
        self.bytes > BUDGET_BYTES
    }

    /// Marks contents as seen.
    pub fn saw<'a>(&mut self, arns: impl IntoIterator<Item = &'a DefinitionVersionArn>) {
        self.sightings += 1;
        for arn in arns {
            if let Some(entry) = self.entries.get_mut(arn) {
                entry.last_seen = self.sightings;
            }
        }
    }

    /// Drops the contents not seen for longest until three quarters of the budget are left, but never a
    /// `needed` one. To be called if [`Self::is_over_budget`].
    pub fn keep_budget(&mut self, needed: &HashSet<DefinitionVersionArn>) {
        let mut candidates: Vec<(u64, DefinitionVersionArn)> = self
            .entries
            .iter()
            .filter(|(arn, entry)| entry.content.ready().is_some() && !needed.contains(*arn))
            .map(|(arn, entry)| (entry.last_seen, arn.clone()))
            .collect();
        candidates.sort_unstable();
        for (_, arn) in candidates {
            if self.bytes <= KEPT_BYTES {
                break;
            }
            self.forget(&arn);
        }
    }

    fn put(
        &mut self,
        arn: DefinitionVersionArn,
        content: Remote<Arc<Content>>,
        created: Option<Timestamp>,
        partly: Option<PartlyRead>,
    ) {
        let ready = content.ready();
        let summary = ready.map(|content| content.summary(MAX_SUMMARY_CHARACTERS));
        let bytes = ready.map_or(0, |content| content.memory());
        self.bytes += bytes;
        if let Some(content) = ready {
            self.terms.put(arn.clone(), content.terms());
        }
        let entry = ContentEntry {
            content,
            partly,
            created,
            summary,
            bytes,
            last_seen: self.sightings,
        };
        if let Some(before) = self.entries.insert(arn, entry) {
            self.bytes -= before.bytes;
        }
    }
}
