//! A small synthetic account that answers any request at once.

use std::collections::{BTreeMap, BTreeSet};

use greengroup::app::Request;
use greengroup::app::event::Answer;
use greengroup::domain::{
    AccountRole, Content, Definition, DefinitionId, DefinitionKind, DefinitionVersion,
    DefinitionVersionArn, Deployment, DeploymentId, DeploymentStatus, ErrorDetail, ErrorKind,
    Group, GroupId, GroupVersion, GroupVersionEntry, GroupVersionId, Identity, Page, ReadVersion,
    ServiceError, Slots, Timestamp,
};
use serde_json::Value;

pub(crate) const PLACE: &str = "eu-central-1:111122223333";
pub(crate) const LINE_3: &str = "5f2c81aa-0f6e-4b0e-9c3a-2b8d6c1e7f03";
pub(crate) const BASE: &str = "9f8e21c0-3c1d-4a55-8b7e-0a1b2c3d4e5f";
pub(crate) const NEWER: &str = "c0ffee11-7d2a-4c8e-9f10-6a5b4c3d2e1f";

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn arn(kind: DefinitionKind, definition: &str, version: &str) -> DefinitionVersionArn {
    let kind = kind.path_segment();
    format!(
        "arn:aws:greengrass:{PLACE}:/greengrass/definition/{kind}/{definition}/versions/{version}"
    )
    .parse()
    .unwrap()
}

#[derive(Debug, Clone)]
struct Version {
    arn: DefinitionVersionArn,
    created: Timestamp,
    content: Value,
}

/// Groups, definitions and versions, and the refused requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    pub(crate) groups: Vec<Group>,
    definitions: BTreeMap<DefinitionKind, Vec<(Definition, Vec<Version>)>>,
    group_versions: Vec<(GroupId, GroupVersion)>,
    pub(crate) denied: BTreeSet<DefinitionKind>,
    pub(crate) silent: BTreeSet<DefinitionKind>,
    pub(crate) deployments: Vec<Deployment>,
    /// The failed deployment; the others succeeded.
    pub(crate) failed: Option<DeploymentId>,
}

pub(crate) fn denied(operation: &str) -> ServiceError {
    ServiceError {
        code: Some("AccessDeniedException".to_owned()),
        status: Some(403),
        request_id: Some("6b1e3a52-93d2-4b6e-9c53-0f1d2e3c4b5a".to_owned()),
        ..ServiceError::local(
            operation,
            ErrorKind::AccessDenied,
            "User: arn:aws:sts::111122223333:assumed-role/ops-admin/anna is not authorized",
        )
    }
}

impl Account {
    pub(crate) fn group(&mut self, id: &str, name: Option<&str>, updated: &str) {
        self.groups.push(Group {
            id: GroupId::new(id),
            name: name.map(str::to_owned),
            arn: Some(format!(
                "arn:aws:greengrass:{PLACE}:/greengrass/groups/{id}"
            )),
            created: Some(time("2024-02-03T10:00:00Z")),
            updated: Some(time(updated)),
            latest: None,
            latest_arn: None,
        });
    }

    pub(crate) fn definition(&mut self, kind: DefinitionKind, id: &str, name: Option<&str>) {
        let definition = Definition {
            kind,
            id: DefinitionId::new(id),
            name: name.map(str::to_owned),
            created: Some(time("2024-02-03T10:00:00Z")),
            updated: None,
            latest: None,
            tags: BTreeMap::new(),
        };
        self.definitions
            .entry(kind)
            .or_default()
            .push((definition, Vec::new()));
    }

    /// Adds a version to the last added definition of its kind.
    pub(crate) fn version(
        &mut self,
        kind: DefinitionKind,
        version: &str,
        created: &str,
        content: Value,
    ) -> DefinitionVersionArn {
        let created = time(created);
        let (definition, versions) = self.definitions.get_mut(&kind).unwrap().last_mut().unwrap();
        let arn = arn(kind, definition.id.as_str(), version);
        definition.updated = Some(created);
        definition.latest = Some(arn.clone());
        versions.push(Version {
            arn: arn.clone(),
            created,
            content,
        });
        arn
    }

    pub(crate) fn group_version(
        &mut self,
        group: &str,
        version: &str,
        created: &str,
        held: &[DefinitionVersionArn],
    ) {
        let mut slots = Slots::default();
        for arn in held {
            slots.fill(arn.clone());
        }
        let arn =
            format!("arn:aws:greengrass:{PLACE}:/greengrass/groups/{group}/versions/{version}");
        let read = GroupVersion {
            id: GroupVersionId::new(version),
            arn: Some(arn.clone()),
            created: Some(time(created)),
            slots,
        };
        let group = self
            .groups
            .iter_mut()
            .find(|one| one.id.as_str() == group)
            .unwrap();
        group.latest = Some(read.id.clone());
        group.latest_arn = Some(arn);
        self.group_versions.push((group.id.clone(), read));
    }

    pub(crate) fn answer(&self, request: &Request) -> Option<Answer> {
        Some(match request {
            Request::Identity => Answer::Identity(Ok(Some(Identity {
                account: "111122223333".to_owned(),
                arn: "arn:aws:sts::111122223333:assumed-role/ops-admin/anna".to_owned(),
            }))),
            Request::Groups(_) => Answer::Groups(Ok(page(self.groups.clone()))),
            Request::Group(id) => Answer::Group(
                self.groups
                    .iter()
                    .find(|group| group.id == *id)
                    .cloned()
                    .ok_or_else(|| missing("GetGroup")),
            ),
            Request::GroupVersions(id, _) => Answer::GroupVersions(Ok(page(self.entries(id)))),
            Request::GroupVersion(group, version) => Answer::GroupVersion(
                self.group_versions
                    .iter()
                    .find(|(id, read)| id == group && read.id == *version)
                    .map(|(_, read)| read.clone())
                    .ok_or_else(|| missing("GetGroupVersion")),
            ),
            Request::Definitions(kind, _) if self.silent.contains(kind) => return None,
            Request::Definitions(kind, _) if self.denied.contains(kind) => {
                Answer::Definitions(Err(denied("ListLoggerDefinitions")))
            }
            Request::Definitions(kind, _) => {
                let of_kind = self.definitions.get(kind).into_iter().flatten();
                Answer::Definitions(Ok(page(of_kind.map(|(one, _)| one.clone()).collect())))
            }
            Request::Definition(kind, id) => {
                let mut of_kind = self.definitions.get(kind).into_iter().flatten();
                let definition = of_kind.find(|(one, _)| one.id == *id);
                let definition = definition.map(|(one, _)| one.clone());
                Answer::Definition(definition.ok_or_else(|| missing("GetDefinition")))
            }
            Request::DefinitionVersions(kind, id, _) => {
                Answer::DefinitionVersions(Ok(page(self.versions(*kind, id))))
            }
            Request::Content(arn, _) => Answer::Content(self.content(arn)),
            Request::Deployments(..) => Answer::Deployments(Ok(page(self.deployments.clone()))),
            Request::ServiceRole | Request::GroupRole(_) => {
                let answer = Ok(Some(AccountRole {
                    role_arn: "arn:aws:iam::111122223333:role/Greengrass".into(),
                    associated_at: "2024-01-15T09:00:00Z".into(),
                }));
                if *request == Request::ServiceRole {
                    Answer::ServiceRole(answer)
                } else {
                    Answer::GroupRole(answer)
                }
            }
            Request::DeploymentStatus(_, id) if self.failed.as_ref() == Some(id) => {
                let detail = |code: Option<&str>, message: &str| ErrorDetail {
                    code: code.map(str::to_owned),
                    message: Some(message.to_owned()),
                };
                Answer::DeploymentStatus(Ok(DeploymentStatus {
                    status: Some("Failure".to_owned()),
                    error_details: vec![
                        detail(Some("THING_CERT_NOT_FOUND_ERROR"), "no certificate"),
                        detail(None, "the resource camera is not in the group"),
                    ],
                    ..DeploymentStatus::default()
                }))
            }
            Request::DeploymentStatus(..) => Answer::DeploymentStatus(Ok(DeploymentStatus {
                status: Some("Success".to_owned()),
                ..DeploymentStatus::default()
            })),
        })
    }

    fn entries(&self, group: &GroupId) -> Vec<GroupVersionEntry> {
        let of_group = self.group_versions.iter().filter(|(id, _)| id == group);
        of_group
            .map(|(_, read)| GroupVersionEntry {
                id: read.id.clone(),
                arn: read.arn.clone(),
                created: read.created,
            })
            .collect()
    }

    fn versions(&self, kind: DefinitionKind, id: &DefinitionId) -> Vec<DefinitionVersion> {
        let of_kind = self.definitions.get(&kind).into_iter().flatten();
        of_kind
            .filter(|(definition, _)| definition.id == *id)
            .flat_map(|(_, versions)| versions)
            .map(|version| DefinitionVersion {
                arn: version.arn.clone(),
                created: Some(version.created),
            })
            .collect()
    }

    fn content(&self, arn: &DefinitionVersionArn) -> Result<Box<ReadVersion>, ServiceError> {
        let of_kind = self.definitions.get(&arn.kind()).into_iter().flatten();
        let mut versions = of_kind.flat_map(|(_, versions)| versions);
        let version = versions
            .find(|version| version.arn == *arn)
            .ok_or_else(|| missing("GetDefinitionVersion"))?;
        Ok(Box::new(ReadVersion {
            content: Content::from_json(arn.kind(), version.content.clone()).unwrap(),
            created: Some(version.created),
            next: None,
        }))
    }
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page {
        items,
        next: None,
        unreadable: 0,
    }
}

fn missing(operation: &str) -> ServiceError {
    ServiceError {
        code: Some("IdNotFoundException".to_owned()),
        status: Some(404),
        ..ServiceError::local(operation, ErrorKind::NotFound, "The id does not exist")
    }
}
