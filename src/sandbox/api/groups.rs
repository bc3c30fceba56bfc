//! Groups and their versions.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::answer::{Detail, Refusal, object};
use super::paging::Paging;
use super::request::Members;
use super::shape::EMPTY;
use super::{
    OperationCall, OperationResult, information, information_with_tags, invalid_container, listed,
    no_id, no_update, version_information, versions_answer,
};
use crate::domain::kind::PerKind;
use crate::domain::{Arn, DefinitionKind};
use crate::sandbox::account::{Account, AccountGroup, GroupSlots};
use crate::sandbox::wire;

/// The kinds in the order in which the service reports bad slots (moto, which copied it from the service).
const ORDER_OF_BAD_SLOTS: [DefinitionKind; 7] = [
    DefinitionKind::Core,
    DefinitionKind::Function,
    DefinitionKind::Resource,
    DefinitionKind::Device,
    DefinitionKind::Subscription,
    DefinitionKind::Connector,
    DefinitionKind::Logger,
];

impl OperationCall<'_> {
    pub(super) fn list_groups(&mut self) -> OperationResult {
        let paging = Paging::of_list(self.request, "groups".to_owned(), self.pages)?;
        let rest = listed(self.account.groups(), &paging, information);
        Ok(paging.answer("Groups", rest))
    }

    pub(super) fn get_group(&mut self) -> OperationResult {
        self.group("That Group Definition does not exist.")
            .map(information_with_tags)
    }

    pub(super) fn create_group(&mut self) -> OperationResult {
        let mut members = self.request.members(&["Name", "InitialVersion", "tags"])?;
        let name = members
            .filled_text("Name")?
            .ok_or_else(|| invalid_container("Group name is missing in the input"))?;
        let tags = members.tags()?;
        let slots = match members.take("InitialVersion") {
            None => None,
            Some(initial) => {
                let members = Members::read("InitialVersion", initial, &slot_members())?;
                Some(checked_slots(self.account, members)?)
            }
        };
        let id = self.account.create_group(self.moment, &name);
        if let Some(slots) = slots {
            self.account
                .create_group_version(self.moment, id.as_str(), slots);
        }
        let group = self.account.group(id.as_str());
        let group = group.ok_or_else(|| no_id("That group does not exist."))?;
        let (arn, answer) = (Arc::clone(&group.metadata().arn), information(group));
        self.set_tags(&arn, tags);
        Ok(answer)
    }

    pub(super) fn update_group(&mut self) -> OperationResult {
        let name = self.request.members(&["Name"])?.filled_text("Name")?;
        let name = name.ok_or_else(no_update)?;
        if self.account.rename_group(self.moment, self.parent, &name) {
            return Ok(Map::new());
        }
        Err(no_id("That group definition does not exist."))
    }

    pub(super) fn delete_group(&mut self) -> OperationResult {
        self.group("That group definition does not exist.")?;
        // Developer guide, reset-deployments-scenario: "Before you delete a group, you must reset the group".
        if self.is_deployed() {
            let group = self.parent;
            return Err(Refusal::bad_request(format!(
                "Group {group} is deployed. Reset its deployments before you delete it."
            )));
        }
        self.account.delete_group(self.parent);
        Ok(Map::new())
    }

    pub(super) fn list_group_versions(&mut self) -> OperationResult {
        let scope = format!("group-versions {}", self.parent);
        let paging = Paging::of_list(self.request, scope, self.pages)?;
        let group = self.group("That group definition does not exist.")?;
        Ok(versions_answer(group, &paging))
    }

    pub(super) fn get_group_version(&mut self) -> OperationResult {
        let group = self.group("That group definition does not exist.")?;
        let version = group.version(self.child).ok_or_else(|| {
            let (version, group) = (self.child, self.parent);
            Refusal::new(
                404,
                "VersionNotFoundException",
                format!("Version {version} of Group Definition {group} does not exist."),
            )
        })?;
        let mut answer = version_information(self.parent, version);
        let slots = version.holds.iter();
        let slots = slots.map(|(kind, arn)| (wire::slot_member(kind), json!(arn)));
        let slots = object(slots.collect());
        answer.insert("Definition".to_owned(), Value::Object(slots));
        Ok(answer)
    }

    pub(super) fn create_group_version(&mut self) -> OperationResult {
        self.group("That group does not exist.")?;
        let members = self.request.members(&slot_members())?;
        let slots = checked_slots(self.account, members)?;
        self.account
            .create_group_version(self.moment, self.parent, slots)
            .map(|version| version_information(self.parent, version))
            .ok_or_else(|| no_id("That group does not exist."))
    }

    pub(super) fn group(&self, missing: &str) -> Result<&AccountGroup, Refusal> {
        self.account
            .group(self.parent)
            .ok_or_else(|| no_id(missing))
    }
}

fn slot_members() -> [&'static str; 7] {
    DefinitionKind::ALL.map(wire::slot_member)
}

/// The slots of a request; all bad ones are reported together.
fn checked_slots(account: &Account, mut members: Members) -> Result<GroupSlots, Refusal> {
    let mut slots: GroupSlots = PerKind::default();
    let mut reasons = Vec::new();
    let mut details = Vec::new();
    for kind in ORDER_OF_BAD_SLOTS {
        let Some(value) = members.take(wire::slot_member(kind)) else {
            continue;
        };
        match checked_slot(account, kind, &value) {
            Ok(arn) => slots[kind] = Some(arn),
            Err(detail) => {
                let word = wire::reference_word(kind);
                reasons.push(format!("{word} definition reference does not exist"));
                details.push(detail);
            }
        }
    }
    if details.is_empty() {
        return Ok(slots);
    }
    let opening = "The group is invalid or corrupted.";
    Err(Refusal::with_reasons(opening, &reasons, details))
}

fn checked_slot(
    account: &Account,
    kind: DefinitionKind,
    value: &Value,
) -> Result<Arc<str>, Detail> {
    let bad = |code, why: &str| {
        let message = format!("{}: {why}", wire::slot_member(kind));
        Err(Detail { code, message })
    };
    let Value::String(text) = value else {
        return bad("MALFORMED_ARN", "the value is not a string");
    };
    if text.is_empty() {
        return bad("MALFORMED_ARN", EMPTY);
    }
    if let Some(version) = account.definition_version(kind, text) {
        return Ok(Arc::clone(&version.arn));
    }
    let path = Arn::split(text)
        .filter(|arn| arn.service == "greengrass")
        .and_then(|arn| {
            arn.resource
                .trim_start_matches('/')
                .strip_prefix("greengrass/definition/")
        });
    let Some(path) = path else {
        let why = format!("{text:?} is not the ARN of a definition version");
        return bad("MALFORMED_ARN", &why);
    };
    let segment = path.split('/').next().unwrap_or_default();
    let due = wire::path_segment(kind);
    if segment != due {
        let why = format!("{text} is under {segment}, the slot is for {due}");
        return bad("WRONG_DEFINITION_KIND", &why);
    }
    if !path.contains("/versions/") {
        let why = format!("{text} is the ARN of a definition, not of one of its versions");
        return bad("MALFORMED_ARN", &why);
    }
    let why = format!("{text} does not exist in this account and region");
    bad("DEFINITION_VERSION_NOT_FOUND", &why)
}
