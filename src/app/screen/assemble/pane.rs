//! One pane: the known versions of one kind, each in a row of its picker.

use std::collections::HashMap;

use crate::app::catalog::Catalog;
use crate::app::picker::{NO_NAME, Picker, PickerRow, RowTexts};
use crate::domain::content::TermField;
use crate::domain::{
    Definition, DefinitionId, DefinitionKind, DefinitionVersionArn, Draft, NewVersion, Timestamp,
};
use crate::search::Sort;

/// The list of one kind.
#[derive(Debug, Default)]
pub struct Pane {
    pub picker: Picker<DefinitionVersionArn>,
    /// The number of the catalog's definitions already in the list.
    definitions: usize,
    /// The number of each definition's versions already in the list.
    versions: HashMap<DefinitionId, usize>,
    /// The row of each definition that is marked as its latest version.
    latest: HashMap<DefinitionId, DefinitionVersionArn>,
    /// The rows of versions that the draft will create.
    new: Vec<DefinitionVersionArn>,
    /// The rows marked as base and as held by the slot.
    base: Option<DefinitionVersionArn>,
    held: Option<DefinitionVersionArn>,
}

impl Pane {
    pub fn new(sort: Sort) -> Self {
        Self {
            picker: Picker::sorted(sort),
            ..Self::default()
        }
    }

    /// Adds everything of this kind in the catalog.
    pub fn read_catalog(&mut self, kind: DefinitionKind, catalog: &Catalog) {
        self.add_definitions(kind, catalog);
        for definition in catalog.definitions(kind).items() {
            self.add_versions(&definition.id, catalog);
        }
    }

    /// Adds the latest versions of the definitions that arrived since the last call.
    pub fn add_definitions(&mut self, kind: DefinitionKind, catalog: &Catalog) {
        let definitions = catalog.definitions(kind).items();
        for definition in definitions.iter().skip(self.definitions) {
            self.add_definition(definition, catalog);
        }
        self.definitions = definitions.len();
    }

    /// Updates a definition that was read by itself, as it may have a newer version.
    pub fn definition_read(&mut self, kind: DefinitionKind, id: &DefinitionId, catalog: &Catalog) {
        if let Some(definition) = catalog.definition(kind, id) {
            self.add_definition(definition, catalog);
        }
    }

    fn add_definition(&mut self, definition: &Definition, catalog: &Catalog) {
        if let Some(latest) = &definition.latest {
            self.put(latest, None, catalog);
            let before = self.latest.insert(definition.id.clone(), latest.clone());
            if let Some(before) = before.filter(|before| before != latest) {
                self.put(&before, None, catalog);
            }
        }
        // Versions that were listed before their definition now get its name.
        if self.versions.remove(&definition.id).is_some() {
            self.add_versions(&definition.id, catalog);
        }
        if let Some(base) = self.base.clone()
            && base.definition() == definition.id.as_str()
        {
            self.put(&base, None, catalog);
        }
    }

    /// Adds the versions of a definition that arrived since the last call.
    pub fn add_versions(&mut self, definition: &DefinitionId, catalog: &Catalog) {
        let Some(versions) = catalog.versions(definition) else {
            return;
        };
        let versions = versions.items();
        let known = self.versions.insert(definition.clone(), versions.len());
        for version in versions.iter().skip(known.unwrap_or(0)) {
            self.put(&version.arn, version.created, catalog);
        }
    }

    /// Adds the age and the items of a content to its row; false if its version is not listed.
    pub fn content_read(&mut self, arn: &DefinitionVersionArn, catalog: &Catalog) -> bool {
        let is_listed = self.picker.has(arn);
        if is_listed {
            self.put(arn, catalog.contents.created(arn), catalog);
        }
        is_listed
    }

    /// Adds the versions of the base and the draft, even if no list contains them.
    pub fn add_draft(&mut self, kind: DefinitionKind, draft: &Draft, catalog: &Catalog) {
        self.add_new(kind, draft, catalog);
        let before = [self.base.take(), self.held.take()];
        self.base = draft.base().slots.version(kind).cloned();
        self.held = draft.slots().version(kind).cloned();
        let now = [self.base.clone(), self.held.clone()];
        for arn in before.into_iter().chain(now).flatten() {
            self.put(&arn, None, catalog);
        }
    }

    /// Lists the versions that the draft will create, and removes those that were undone.
    fn add_new(&mut self, kind: DefinitionKind, draft: &Draft, catalog: &Catalog) {
        let new = draft.new_versions().map(NewVersion::arn);
        let new: Vec<_> = new.filter(|arn| arn.kind() == kind).cloned().collect();
        if self.new.iter().any(|arn| !new.contains(arn)) {
            self.clear();
            self.read_catalog(kind, catalog);
        }
        for arn in &new {
            self.put(arn, None, catalog);
        }
        self.new = new;
    }

    /// Removes the rows; the cursor waits for its row.
    pub fn clear(&mut self) {
        self.picker.clear();
        self.definitions = 0;
        self.versions.clear();
        self.latest.clear();
        self.base = None;
        self.held = None;
        self.new.clear();
    }

    /// Adds a version to the list, or updates its row.
    fn put(&mut self, arn: &DefinitionVersionArn, created: Option<Timestamp>, catalog: &Catalog) {
        let name = catalog
            .definition_of(arn)
            .and_then(|definition| definition.name.as_deref());
        let created = created
            .or_else(|| self.picker.created(arn))
            .or_else(|| catalog.contents.created(arn));
        let is_base = self.base.as_ref() == Some(arn);
        let is_latest = catalog.is_latest(arn);
        let marks = [
            (self.held.as_ref() == Some(arn), "slot"),
            (arn.is_new(), "NEW"),
            (is_base, "base"),
            (is_latest, "latest"),
            (name.is_none_or(str::is_empty), NO_NAME),
        ];
        let marks = marks.into_iter().filter(|(holds, _)| *holds);
        let day = created.map(Timestamp::day);
        let shown = marks.map(|(_, mark)| mark).chain(day.as_deref());
        let mut texts: Vec<_> = shown.map(|text| (TermField::Row, text)).collect();
        let of_items = catalog.contents.terms(arn);
        texts.extend(of_items.map(|term| (term.field, term.text)));
        let row = PickerRow {
            name,
            arn: arn.as_str(),
            is_base,
            is_latest,
            is_new: arn.is_new(),
            created,
        };
        let found_by = RowTexts {
            texts: &texts,
            has_contents: catalog.contents.is_known(arn),
        };
        self.picker.put(arn.clone(), row, found_by);
    }
}
