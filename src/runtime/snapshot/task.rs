//! The calls of a snapshot after the first lists: lists of versions, contents, deployments.

use super::record::{DeploymentRecord, Listed, Record};
use crate::domain::{
    DefinitionId, DefinitionKind, DefinitionVersionArn, DeploymentId, ErrorKind, GroupId,
    GroupVersionId, Page, PageToken, ServiceError,
};
use crate::greengrass::{Client, read_pages};

/// One call, or all pages of one list.
#[derive(Debug, Clone)]
pub(super) enum Task {
    GroupVersions {
        group: GroupId,
        stamp: String,
    },
    DefinitionVersions {
        kind: DefinitionKind,
        definition: DefinitionId,
        stamp: String,
    },
    GroupVersion(GroupId, GroupVersionId),
    Content(DefinitionVersionArn),
    Deployments(GroupId),
    DeploymentStatus(Box<DeploymentRecord>),
    GroupTags(GroupId),
    GroupRole(GroupId),
    ServiceRole,
}

/// A fact, and the number of unreadable entries of a list.
type Read = (Record, usize);

impl Task {
    /// Makes the call; returns the task with its result.
    pub(super) async fn run(self, client: &Client) -> (Self, Result<Read, ServiceError>) {
        let answer = self.call(client).await;
        (self, answer)
    }

    async fn call(&self, client: &Client) -> Result<Read, ServiceError> {
        match self.clone() {
            Self::GroupVersions { group, stamp } => {
                let ask = |from| client.group_versions(&group, from);
                let (entries, unreadable) = all("ListGroupVersions", ask).await?;
                let versions = entries.into_iter().map(Listed::of_group).collect();
                Ok((
                    Record::Group {
                        id: group,
                        stamp,
                        versions,
                    },
                    unreadable,
                ))
            }
            Self::DefinitionVersions {
                kind,
                definition: id,
                stamp,
            } => {
                let ask = |from| client.definition_versions(kind, &id, from);
                let (entries, unreadable) = all("List…DefinitionVersions", ask).await?;
                let versions = entries.iter().map(Listed::of_definition).collect();
                Ok((
                    Record::Definition {
                        kind,
                        id,
                        stamp,
                        versions,
                    },
                    unreadable,
                ))
            }
            Self::GroupVersion(group, version) => {
                let answer = client.group_version(&group, &version).await?;
                let slots = answer.slots;
                Ok((
                    Record::GroupVersion {
                        group,
                        version,
                        slots,
                    },
                    0,
                ))
            }
            Self::Content(arn) => {
                let content = client.content(&arn).await?;
                // Serialization fails only for maps whose keys are not strings; there are none.
                let content = serde_json::to_value(content).unwrap_or_default();
                Ok((
                    Record::Content {
                        arn: arn.as_str().into(),
                        content: content.into(),
                    },
                    0,
                ))
            }
            Self::Deployments(group) => {
                let ask = |from| client.deployments(&group, from);
                let (deployments, unreadable) = all("ListDeployments", ask).await?;
                let deployments = deployments
                    .into_iter()
                    .map(|deployment| DeploymentRecord::listed(&group, deployment));
                Ok((Record::Deployments(deployments.collect()), unreadable))
            }
            Self::DeploymentStatus(record) => {
                let id = DeploymentId::new(record.id.as_str());
                let status = client.deployment_status(&record.group, &id).await?;
                Ok((Record::Deployment(Box::new(record.with(status))), 0))
            }
            Self::GroupTags(group) => {
                let tags = client.group_tags(&group).await?;
                Ok((Record::GroupTags { group, tags }, 0))
            }
            Self::GroupRole(group) => {
                let role = if_served(client.group_role(&group).await)?;
                Ok((Record::GroupRole { group, role }, 0))
            }
            Self::ServiceRole => service_role(client).await,
        }
    }

    /// The missing part if the call fails: `versions of group G`.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::GroupVersions { group, .. } => format!("versions of group {group}"),
            Self::DefinitionVersions {
                kind, definition, ..
            } => {
                format!("versions of {kind} definition {definition}")
            }
            Self::GroupVersion(group, version) => format!("version {version} of group {group}"),
            Self::Content(arn) => format!("content of {}", arn.as_str()),
            Self::Deployments(group) => format!("deployments of group {group}"),
            Self::DeploymentStatus(record) => {
                format!("deployment {} of group {}", record.id, record.group)
            }
            Self::GroupTags(group) => format!("tags of group {group}"),
            Self::GroupRole(group) => format!("role of group {group}"),
            Self::ServiceRole => "service role of the account".to_owned(),
        }
    }
}

/// All pages of a list.
async fn all<T, F: Future<Output = Result<Page<T>, ServiceError>>>(
    operation: &str,
    ask: impl Fn(Option<PageToken>) -> F,
) -> Result<(Vec<T>, usize), ServiceError> {
    let (mut items, mut unreadable) = (Vec::new(), 0);
    read_pages(operation, ask, |page| {
        items.extend(page.items);
        unreadable += page.unreadable;
    })
    .await?;
    Ok((items, unreadable))
}

/// The word inside operation names: `ListCoreDefinitions`.
pub(super) fn operation_word(kind: DefinitionKind) -> &'static str {
    kind.items_member().strip_suffix('s').unwrap_or_default()
}

/// `None` if the endpoint does not know the operation: other servers have no roles.
fn if_served<T>(answer: Result<Option<T>, ServiceError>) -> Result<Option<T>, ServiceError> {
    match answer {
        Err(error) if error.kind == ErrorKind::NotServed => Ok(None),
        answer => answer,
    }
}

async fn service_role(client: &Client) -> Result<Read, ServiceError> {
    let role = if_served(client.service_role().await)?;
    Ok((Record::ServiceRole(role), 0))
}
