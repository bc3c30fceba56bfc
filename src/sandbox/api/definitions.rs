//! Definitions of the seven kinds, their versions and contents.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::paging::Paging;
use super::request::Members;
use super::{
    OperationCall, OperationResult, content_rules, information, information_with_tags, listed,
    no_id, no_update, version_information, versions_answer,
};
use crate::domain::DefinitionKind;
use crate::sandbox::account::{AccountDefinition, ContentJson};
use crate::sandbox::wire;

impl OperationCall<'_> {
    pub(super) fn list_definitions(&mut self, kind: DefinitionKind) -> OperationResult {
        let scope = wire::path_segment(kind).to_owned();
        let paging = Paging::of_list(self.request, scope, self.pages)?;
        let definitions = self.account.definitions(kind);
        let rest = listed(definitions, &paging, information_of_list);
        Ok(paging.answer("Definitions", rest))
    }

    pub(super) fn get_definition(&mut self, kind: DefinitionKind) -> OperationResult {
        let definition = self.account.definition(kind, self.parent);
        definition.map(information_with_tags).ok_or_else(|| {
            let word = wire::definition_list_word(kind);
            no_id(format!("That {word} List Definition does not exist."))
        })
    }

    pub(super) fn create_definition(&mut self, kind: DefinitionKind) -> OperationResult {
        let mut members = self.request.members(&["Name", "InitialVersion", "tags"])?;
        let name = members.text("Name")?;
        let tags = members.tags()?;
        let content = match members.take("InitialVersion") {
            None => None,
            Some(initial) => Some(checked_content(kind, initial)?),
        };
        let id = self
            .account
            .create_definition(self.moment, kind, name.as_deref());
        if let Some(content) = content {
            self.account
                .create_definition_version(self.moment, kind, id.as_str(), content);
        }
        let definition = self.account.definition(kind, id.as_str());
        let definition = definition.ok_or_else(|| no_definition(kind))?;
        let (arn, answer) = (
            Arc::clone(&definition.metadata().arn),
            information(definition),
        );
        self.set_tags(&arn, tags);
        Ok(answer)
    }

    pub(super) fn update_definition(&mut self, kind: DefinitionKind) -> OperationResult {
        let name = self.request.members(&["Name"])?.filled_text("Name")?;
        let name = name.ok_or_else(|| {
            if kind == DefinitionKind::Resource {
                Refusal::new(400, "InvalidInputException", "Invalid resource name.")
            } else {
                no_update()
            }
        })?;
        let which = (kind, self.parent);
        if self.account.rename_definition(self.moment, which, &name) {
            return Ok(Map::new());
        }
        Err(no_definition(kind))
    }

    pub(super) fn delete_definition(&mut self, kind: DefinitionKind) -> OperationResult {
        if self.account.delete_definition(kind, self.parent) {
            return Ok(Map::new());
        }
        Err(no_definition(kind))
    }

    pub(super) fn list_definition_versions(&mut self, kind: DefinitionKind) -> OperationResult {
        let scope = format!("{} {}", wire::path_segment(kind), self.parent);
        let paging = Paging::of_list(self.request, scope, self.pages)?;
        let definition = self.definition(kind)?;
        Ok(versions_answer(definition, &paging))
    }

    pub(super) fn get_definition_version(&mut self, kind: DefinitionKind) -> OperationResult {
        let definition = self.definition(kind)?;
        let version = definition.version(self.child).ok_or_else(|| {
            let (word, parent) = (wire::definition_list_word(kind), self.parent);
            let version = self.child;
            // The code of functions differs (moto, which copied it from the service).
            let code = if kind == DefinitionKind::Function {
                "IdNotFoundException"
            } else {
                "VersionNotFoundException"
            };
            let message =
                format!("Version {version} of {word} List Definition {parent} does not exist.");
            Refusal::new(404, code, message)
        })?;
        let mut answer = version_information(self.parent, version);
        let (content, next) = self.content_page(kind, &version.holds)?;
        answer.insert("Definition".to_owned(), content);
        if let Some(next) = next {
            answer.insert("NextToken".to_owned(), json!(next));
        }
        Ok(answer)
    }

    pub(super) fn create_definition_version(&mut self, kind: DefinitionKind) -> OperationResult {
        let no_definition = || no_id(wire::no_definition_for_version(kind));
        let definition = self.account.definition(kind, self.parent);
        definition.ok_or_else(no_definition)?;
        let members = self.request.members(&content_rules::members(kind))?;
        let content = checked_content(kind, Value::Object(members.0))?;
        self.account
            .create_definition_version(self.moment, kind, self.parent, content)
            .map(|version| version_information(self.parent, version))
            .ok_or_else(no_definition)
    }

    fn definition(&self, kind: DefinitionKind) -> Result<&AccountDefinition, Refusal> {
        self.account
            .definition(kind, self.parent)
            .ok_or_else(|| no_definition(kind))
    }

    /// The items of one page, with the other members of the content.
    fn content_page(
        &self,
        kind: DefinitionKind,
        content: &ContentJson,
    ) -> Result<(Value, Option<String>), Refusal> {
        let member = wire::items_member(kind);
        let items = content.get(member).and_then(Value::as_array);
        let (Some(items), true) = (items, wire::content_is_paged(kind)) else {
            return Ok((Value::clone(content), None));
        };
        let (segment, parent, child) = (wire::path_segment(kind), self.parent, self.child);
        let scope = format!("{segment} {parent} {child}");
        let paging = Paging::of_pages(self.request, scope, self.pages.content)?;
        let start = paging.start_index().unwrap_or(0);
        let (page, next) = paging.cut(items.iter().enumerate().skip(start));
        let members = content.as_object().into_iter().flatten();
        let shown = members.map(|(name, value)| {
            let is_paged = name == member;
            let value = if is_paged { json!(page) } else { value.clone() };
            (name.clone(), value)
        });
        Ok((shown.collect(), next))
    }
}

/// `DefinitionInformation`, in which AWS leaves out empty `tags` (AWS CLI example of
/// `list-core-definitions`).
fn information_of_list(definition: &AccountDefinition) -> Map<String, Value> {
    if definition.metadata().tags.is_empty() {
        information(definition)
    } else {
        information_with_tags(definition)
    }
}

fn checked_content(kind: DefinitionKind, content: Value) -> Result<Value, Refusal> {
    let what = "The definition version";
    let members = Members::read(what, content, &content_rules::members(kind))?;
    let mut content = Value::Object(members.0);
    content_rules::check(kind, &mut content)?;
    Ok(content)
}

fn no_definition(kind: DefinitionKind) -> Refusal {
    no_id(wire::no_definition(kind))
}
