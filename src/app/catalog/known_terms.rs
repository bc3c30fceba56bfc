//! The search texts of all contents that were read, in little memory.

use std::collections::HashMap;

use indexmap::IndexSet;

use crate::domain::DefinitionVersionArn;
use crate::domain::content::{NumberInField, Term, TermField};

/// The search texts of contents. Versions share each distinct text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct KnownTerms {
    of_version: HashMap<DefinitionVersionArn, Box<[StoredTerm]>>,
    texts: IndexSet<Box<str>>,
}

#[derive(Debug, Clone, PartialEq)]
struct StoredTerm {
    /// The index of the text in `texts`.
    text: NumberInField,
    item: u32,
}

/// A text of an item of a content that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownTerm<'a> {
    pub field: TermField,
    pub text: &'a str,
    /// The item's index in its content.
    pub item: u32,
}

impl KnownTerms {
    pub(super) fn len(&self) -> usize {
        self.of_version.len()
    }

    pub(super) fn has(&self, arn: &DefinitionVersionArn) -> bool {
        self.of_version.contains_key(arn)
    }

    pub(super) fn put(&mut self, arn: DefinitionVersionArn, terms: Vec<Term>) {
        let terms = terms.into_iter().filter_map(|term| {
            let (text, _) = self.texts.insert_full(term.text.into());
            Some(StoredTerm {
                text: NumberInField::new(u32::try_from(text).ok()?, term.field),
                item: term.item,
            })
        });
        let terms = terms.collect();
        self.of_version.insert(arn, terms);
    }

    /// The texts of a content, item by item; none if it was not read.
    pub(super) fn of(&self, arn: &DefinitionVersionArn) -> impl Iterator<Item = KnownTerm<'_>> {
        let terms = self.of_version.get(arn).map_or(&[][..], AsRef::as_ref);
        terms.iter().filter_map(|term| {
            Some(KnownTerm {
                field: term.text.field(),
                text: self.texts.get_index(term.text.number() as usize)?,
                item: term.item,
            })
        })
    }
}
