//! The calls of a snapshot after the first lists: lists of versions, contents, deployments.

use super::record::{DeploymentRecord, Listed, Parent, Record};
use crate::domain::{
    DefinitionKind, DefinitionVersionArn, ErrorKind, GroupId, GroupVersionId, Page, PageToken,
    ServiceError,
};
use crate::greengrass::{Client, read_pages};

/// One call, or all pages of one list.
#[derive(Debug, Clone)]
pub(super) enum Task {
    Versions { parent: Parent, stamp: String },
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
        let mut unreadable = 0;
        let record = match self.clone() {
            Self::Versions { parent, stamp } => match parent {
                Parent::Group(id) => {
                    let ask = |from| client.group_versions(&id, from);
                    let entries = all("ListGroupVersions", ask, &mut unreadable).await?;
                    let versions = entries.into_iter().map(Listed::of_group).collect();
                    Record::Group {
                        id,
                        stamp,
                        versions,
                    }
                }
                Parent::Definition(kind, id) => {
                    let ask = |from| client.definition_versions(kind, &id, from);
                    let entries = all("List…DefinitionVersions", ask, &mut unreadable).await?;
                    let versions = entries.iter().map(Listed::of_definition).collect();
                    Record::Definition {
                        kind,
                        id,
                        stamp,
                        versions,
                    }
                }
            },
            Self::GroupVersion(group, version) => {
                let slots = client.group_version(&group, &version).await?.slots;
                Record::GroupVersion {
                    group,
                    version,
                    slots,
                }
            }
            Self::Content(arn) => {
                let content = client.content(&arn).await?;
                // Serialization fails only for maps whose keys are not strings; there are none.
                let content = serde_json::to_value(content).unwrap_or_default().into();
                let arn = arn.as_str().into();
                Record::Content { arn, content }
            }
            Self::Deployments(group) => {
                let ask = |from| client.deployments(&group, from);
                let deployments = all("ListDeployments", ask, &mut unreadable).await?;
                let listed = deployments.into_iter();
                let listed = listed.map(|deployment| DeploymentRecord::listed(&group, deployment));
                Record::Deployments(listed.collect())
            }
            Self::DeploymentStatus(record) => {
                let status = client.deployment_status(&record.group, &record.id).await?;
                Record::Deployment(Box::new(record.with(status)))
            }
            Self::GroupTags(group) => {
                let tags = client.group_tags(&group).await?;
                Record::GroupTags { group, tags }
            }
            Self::GroupRole(group) => {
                let role = if_served(client.group_role(&group).await)?;
                Record::GroupRole { group, role }
            }
            Self::ServiceRole => Record::ServiceRole(if_served(client.service_role().await)?),
        };
        Ok((record, unreadable))
    }

    /// The missing part if the call fails: `versions of group G`.
    pub(super) fn subject(&self) -> String {
        match self {
            Self::Versions { parent, .. } => match parent {
                Parent::Group(group) => format!("versions of group {group}"),
                Parent::Definition(kind, id) => format!("versions of {kind} definition {id}"),
            },
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

/// All pages of a list. Counts its unreadable entries.
async fn all<T, F: Future<Output = Result<Page<T>, ServiceError>>>(
    operation: &str,
    ask: impl Fn(Option<PageToken>) -> F,
    unreadable: &mut usize,
) -> Result<Vec<T>, ServiceError> {
    let mut items = Vec::new();
    read_pages(operation, ask, |page| {
        items.extend(page.items);
        *unreadable += page.unreadable;
    })
    .await?;
    Ok(items)
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
