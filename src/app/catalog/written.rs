//! The versions written by the draft, shown and checked like loaded ones.

use std::collections::BTreeMap;

use super::Catalog;
use crate::domain::{Definition, DefinitionTarget, DefinitionVersionArn, NewVersion};

impl Catalog {
    /// Stores a version that does not exist yet.
    pub fn written(&mut self, version: &NewVersion) {
        self.contents.written(version.arn(), &version.content);
        if let DefinitionTarget::New(name) = &version.target {
            self.add_definition(version.arn(), name, None);
        }
    }

    /// Records that it was created. It becomes its definition's latest, and the list of versions is requested
    /// again.
    pub fn created(&mut self, version: &NewVersion, arn: &DefinitionVersionArn) {
        self.contents.written(arn, &version.content);
        let definitions = &mut self.definitions[arn.kind()];
        if let Some(listed) = definitions.listed_mut(&arn.definition_id()) {
            listed.latest = Some(arn.clone());
        } else if let DefinitionTarget::New(name) = &version.target {
            self.add_definition(arn, name, Some(arn.clone()));
        }
        if let Some(listing) = self.versions.remove(&arn.definition_id()) {
            self.version_count.begun -= 1;
            self.version_count.read -= listing.items().len();
            self.version_count.complete -= usize::from(listing.is_complete());
        }
    }

    fn add_definition(
        &mut self,
        arn: &DefinitionVersionArn,
        name: &str,
        latest: Option<DefinitionVersionArn>,
    ) {
        let id = arn.definition_id();
        let definition = Definition {
            kind: arn.kind(),
            id: id.clone(),
            name: Some(name.to_owned()),
            created: None,
            updated: None,
            latest,
            tags: BTreeMap::new(),
        };
        let unlisted = &mut self.definitions[arn.kind()].unlisted;
        unlisted.entry(id).or_insert(definition);
    }
}
