//! Converts the SDK's types, whose members are all optional, to the domain's.

mod content;

use std::collections::{BTreeMap, HashMap};

use aws_sdk_greengrass::operation::RequestId;
use aws_sdk_greengrass::operation::create_group_version::CreateGroupVersionOutput;
use aws_sdk_greengrass::operation::get_deployment_status::GetDeploymentStatusOutput;
use aws_sdk_greengrass::operation::get_group::GetGroupOutput;
use aws_sdk_greengrass::operation::get_group_version::GetGroupVersionOutput;
use aws_sdk_greengrass::types as sdk;

use crate::domain::arn::group_version_ids;
use crate::domain::{
    AccountRole, CreatedVersion, Definition, DefinitionId, DefinitionKind, DefinitionVersion,
    DefinitionVersionArn, Deployment, DeploymentId, DeploymentStatus, ErrorDetail, Group, GroupId,
    GroupVersion, GroupVersionEntry, GroupVersionId, Slots, Timestamp,
};

/// Text that is not empty: an empty member means the same as an absent one.
fn text(member: Option<String>) -> Option<String> {
    member.filter(|text| !text.is_empty())
}

pub(super) fn timestamp(member: Option<String>) -> Option<Timestamp> {
    member.and_then(|text| text.parse().ok())
}

pub(super) fn group(entry: sdk::GroupInformation) -> Option<Group> {
    Some(Group {
        id: GroupId::new(text(entry.id)?),
        name: text(entry.name),
        arn: text(entry.arn),
        created: timestamp(entry.creation_timestamp),
        updated: timestamp(entry.last_updated_timestamp),
        latest: text(entry.latest_version).map(GroupVersionId::new),
        latest_arn: text(entry.latest_version_arn),
    })
}

/// The requested group, or the reason why the response is about another one.
pub(super) fn one_group(answer: GetGroupOutput, asked: &GroupId) -> Result<Group, String> {
    let id = text(answer.id).ok_or("the answer names no group")?;
    if !id.eq_ignore_ascii_case(asked.as_str()) {
        return Err(format!("the answer is about the group {id}"));
    }
    Ok(Group {
        id: asked.clone(),
        name: text(answer.name),
        arn: text(answer.arn),
        created: timestamp(answer.creation_timestamp),
        updated: timestamp(answer.last_updated_timestamp),
        latest: text(answer.latest_version).map(GroupVersionId::new),
        latest_arn: text(answer.latest_version_arn),
    })
}

/// `Version` is the version's own id; `Id` is the group's.
pub(super) fn group_version_entry(entry: sdk::VersionInformation) -> Option<GroupVersionEntry> {
    Some(GroupVersionEntry {
        id: GroupVersionId::new(text(entry.version)?),
        arn: text(entry.arn),
        created: timestamp(entry.creation_timestamp),
    })
}

/// The requested version, or the reason why the response is about another one.
///
/// A response without `Definition` is an error: treating it as empty would drop every slot.
pub(super) fn group_version(
    answer: GetGroupVersionOutput,
    asked: &GroupVersionId,
) -> Result<GroupVersion, String> {
    let id = text(answer.version).map_or_else(|| asked.clone(), GroupVersionId::new);
    if !id.as_str().eq_ignore_ascii_case(asked.as_str()) {
        return Err(format!("the answer is about the version {id}"));
    }
    let definition = answer.definition.ok_or("the answer has no Definition")?;
    Ok(GroupVersion {
        id,
        arn: text(answer.arn),
        created: timestamp(answer.creation_timestamp),
        slots: slots(&definition),
    })
}

fn slots(version: &sdk::GroupVersion) -> Slots {
    let mut slots = Slots::default();
    for kind in DefinitionKind::ALL {
        let arn = match kind {
            DefinitionKind::Core => &version.core_definition_version_arn,
            DefinitionKind::Device => &version.device_definition_version_arn,
            DefinitionKind::Function => &version.function_definition_version_arn,
            DefinitionKind::Connector => &version.connector_definition_version_arn,
            DefinitionKind::Resource => &version.resource_definition_version_arn,
            DefinitionKind::Subscription => &version.subscription_definition_version_arn,
            DefinitionKind::Logger => &version.logger_definition_version_arn,
        };
        if let Some(arn) = arn {
            slots.fill_verbatim(kind, arn);
        }
    }
    slots
}

pub(super) fn created_version(answer: CreateGroupVersionOutput) -> CreatedVersion {
    CreatedVersion {
        request_id: answer.request_id().map(str::to_owned),
        arn: text(answer.arn),
        creation_timestamp: text(answer.creation_timestamp),
        id: text(answer.id),
        version: text(answer.version),
    }
}

pub(super) fn definition(
    kind: DefinitionKind,
    entry: sdk::DefinitionInformation,
) -> Option<Definition> {
    Some(Definition {
        kind,
        id: DefinitionId::new(text(entry.id)?),
        name: text(entry.name),
        created: timestamp(entry.creation_timestamp),
        updated: timestamp(entry.last_updated_timestamp),
        latest: entry
            .latest_version_arn
            .and_then(|arn| version_arn(kind, &arn)),
        tags: sorted(entry.tags),
    })
}

pub(super) fn definition_version(
    kind: DefinitionKind,
    entry: sdk::VersionInformation,
) -> Option<DefinitionVersion> {
    Some(DefinitionVersion {
        arn: version_arn(kind, &entry.arn?)?,
        created: timestamp(entry.creation_timestamp),
    })
}

fn version_arn(kind: DefinitionKind, text: &str) -> Option<DefinitionVersionArn> {
    let arn: DefinitionVersionArn = text.parse().ok()?;
    (arn.kind() == kind).then_some(arn)
}

pub(super) fn deployment(entry: sdk::Deployment) -> Option<Deployment> {
    let version = entry.group_arn.and_then(|arn| group_version_ids(&arn).ok());
    Some(Deployment {
        id: DeploymentId::new(text(entry.deployment_id)?),
        created: timestamp(entry.created_at),
        deployment_type: entry.deployment_type.map(|word| word.as_str().to_owned()),
        version: version.map(|(_, version)| version),
    })
}

pub(super) fn deployment_status(answer: GetDeploymentStatusOutput) -> DeploymentStatus {
    let details = answer.error_details.into_iter().flatten();
    DeploymentStatus {
        status: text(answer.deployment_status),
        error_message: text(answer.error_message),
        error_details: details
            .map(|detail| ErrorDetail {
                code: text(detail.detailed_error_code),
                message: text(detail.detailed_error_message),
            })
            .collect(),
        updated: timestamp(answer.updated_at),
    }
}

/// The pairs by their names; none if the service writes `{}` or leaves the member out.
pub(super) fn sorted(member: Option<HashMap<String, String>>) -> BTreeMap<String, String> {
    member.into_iter().flatten().collect()
}

pub(super) fn role(arn: Option<String>, associated_at: Option<String>) -> Option<AccountRole> {
    Some(AccountRole {
        role_arn: text(arn)?.into(),
        associated_at: associated_at.unwrap_or_default().into(),
    })
}
