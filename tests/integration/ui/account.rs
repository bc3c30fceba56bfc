//! A small made-up account that answers any question at once.

use std::collections::{BTreeMap, BTreeSet};

use greengroup::app::Request;
use greengroup::app::event::Answer;
use greengroup::domain::{
    Content, Definition, DefinitionId, DefinitionKind, DefinitionVersion, DefinitionVersionArn,
    Deployment, DeploymentId, DeploymentStatus, Group, GroupId, GroupVersion, GroupVersionEntry,
    GroupVersionId, Identity, Page, ServiceError, Slots, Timestamp, Trouble,
};
use serde_json::{Value, json};

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

/// Groups, definitions and versions, and what of them is refused.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    pub(crate) groups: Vec<Group>,
    definitions: BTreeMap<DefinitionKind, Vec<(Definition, Vec<Version>)>>,
    group_versions: Vec<(GroupId, GroupVersion)>,
    pub(crate) denied: BTreeSet<DefinitionKind>,
    pub(crate) silent: BTreeSet<DefinitionKind>,
    pub(crate) deployments: Vec<Deployment>,
}

pub(crate) fn denied(operation: &str) -> ServiceError {
    ServiceError {
        code: Some("AccessDeniedException".to_owned()),
        status: Some(403),
        request_id: Some("6b1e3a52-93d2-4b6e-9c53-0f1d2e3c4b5a".to_owned()),
        ..ServiceError::local(
            operation,
            Trouble::AccessDenied,
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
        };
        self.definitions
            .entry(kind)
            .or_default()
            .push((definition, Vec::new()));
    }

    /// Adds a version to the definition that was added last to its kind.
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
            Request::DefinitionVersions(kind, id, _) => {
                Answer::DefinitionVersions(Ok(page(self.versions(*kind, id))))
            }
            Request::Content(arn) => Answer::Content(self.content(arn)),
            Request::Deployments(..) => Answer::Deployments(Ok(page(self.deployments.clone()))),
            Request::DeploymentStatus(..) => Answer::DeploymentStatus(Ok(DeploymentStatus {
                status: Some("Success".to_owned()),
                error_message: None,
                updated: None,
            })),
            Request::Create(_) => return None,
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

    fn content(&self, arn: &DefinitionVersionArn) -> Result<Box<Content>, ServiceError> {
        let of_kind = self.definitions.get(&arn.kind()).into_iter().flatten();
        let mut versions = of_kind.flat_map(|(_, versions)| versions);
        let version = versions
            .find(|version| version.arn == *arn)
            .ok_or_else(|| missing("GetDefinitionVersion"))?;
        Ok(Box::new(
            Content::from_json(arn.kind(), version.content.clone()).unwrap(),
        ))
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
        ..ServiceError::local(operation, Trouble::NotFound, "The id does not exist")
    }
}

fn thing(name: &str) -> Value {
    json!({
        "Id": name,
        "ThingArn": format!("arn:aws:iot:{PLACE}:thing/{name}"),
        "CertificateArn": format!("arn:aws:iot:{PLACE}:cert/{name}"),
        "SyncShadow": true
    })
}

fn function(name: &str, version: u32, resources: &[&str]) -> Value {
    let policies: Vec<Value> = resources
        .iter()
        .map(|id| json!({"ResourceId": id, "Permission": "rw"}))
        .collect();
    json!({
        "Id": name,
        "FunctionArn": format!("arn:aws:lambda:{PLACE}:function:{name}:{version}"),
        "FunctionConfiguration": {
            "MemorySize": 16384,
            "Pinned": true,
            "Timeout": 25,
            "Environment": {"AccessSysfs": true, "ResourceAccessPolicies": policies}
        }
    })
}

fn subscription(id: &str, from: &str, subject: &str) -> Value {
    json!({"Id": id, "Source": from, "Subject": subject, "Target": "cloud"})
}

/// The plant whose press line 3 is worked on.
pub(crate) fn plant() -> Account {
    let mut account = Account::default();
    groups(&mut account);
    let held = definitions(&mut account);
    let fns_12 = held[1].clone();
    account.group_version(
        LINE_3,
        "77aa00bb-1111-2222-3333-444455556666",
        "2025-06-01T07:30:00Z",
        &held[..1],
    );
    account.group_version(LINE_3, BASE, "2025-11-02T08:00:00Z", &held);
    let camera = account.groups[1].id.to_string();
    account.group_version(
        &camera,
        "0a0b0c0d-aaaa-bbbb-cccc-0123456789ab",
        "2025-08-19T10:45:00Z",
        &[fns_12],
    );
    account.deployments = vec![Deployment {
        id: DeploymentId::new("dep-1"),
        created: Some(time("2025-11-02T08:05:00Z")),
        deployment_type: Some("NewDeployment".to_owned()),
        version: Some(GroupVersionId::new(BASE)),
    }];
    account
}

fn groups(account: &mut Account) {
    account.group(LINE_3, Some("press-line-3"), "2025-11-02T08:00:00Z");
    account.group(
        "1c55d0e2-77b1-4b3c-8f7e-1d2c3b4a5968",
        Some("camera-pool"),
        "2025-08-19T10:45:00Z",
    );
    account.group(
        "b81d7c44-2a9f-4d0b-9e35-64f0a2c1d3e5",
        Some("press-line-3"),
        "2024-12-24T16:20:00Z",
    );
    account.group(
        "e09af3b7-5c1e-48d2-a7b6-0f9e8d7c6b5a",
        None,
        "2024-05-05T12:00:00Z",
    );
    account.group(
        "3d2c1b0a-9f8e-4d7c-b6a5-94837261504f",
        Some("検査ライン東-塗装ブース"),
        "2024-03-01T09:00:00Z",
    );
    account.group(
        "77e6d5c4-b3a2-4190-8f7e-6d5c4b3a2918",
        Some("evil\u{1b}[31m\u{202e}name"),
        "2024-02-03T10:00:00Z",
    );
}

fn definitions(account: &mut Account) -> Vec<DefinitionVersionArn> {
    use DefinitionKind::{Core, Logger, Resource, Subscription};
    account.definition(
        Core,
        "d1000000-0000-4000-8000-000000000001",
        Some("press-line-3-core"),
    );
    let core = account.version(
        Core,
        "55aa01c2-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T07:58:00Z",
        json!({"Cores": [thing("press-line-3-core")]}),
    );
    let functions = functions(account);
    account.definition(
        Resource,
        "d5000000-0000-4000-8000-000000000001",
        Some("press-line-3-res"),
    );
    let resources = account.version(
        Resource,
        "3c3c9e1f-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T07:59:00Z",
        json!({"Resources": [{
            "Id": "camera", "Name": "camera", "ResourceDataContainer": {
                "LocalDeviceResourceData": {"SourcePath": "/dev/video0"}
            }
        }]}),
    );
    let from = format!("arn:aws:lambda:{PLACE}:function:cam:12");
    account.definition(
        Subscription,
        "d6000000-0000-4000-8000-000000000001",
        Some("press-line-3-subs"),
    );
    let subscriptions = account.version(
        Subscription,
        "0b1c44d0-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T08:00:00Z",
        json!({"Subscriptions": [subscription("frames", &from, "line3/frames")]}),
    );
    account.definition(
        Logger,
        "d7000000-0000-4000-8000-000000000001",
        Some("plant-logs"),
    );
    let logger = account.version(
        Logger,
        "1099aa77-1b2c-4d3e-8f40-516273849500",
        "2025-01-15T06:00:00Z",
        json!({"Loggers": [{"Id": "all", "Type": "FileSystem", "Level": "INFO", "Component": "GreengrassSystem", "Space": 1024}]}),
    );
    vec![core, functions, resources, subscriptions, logger]
}

fn functions(account: &mut Account) -> DefinitionVersionArn {
    let kind = DefinitionKind::Function;
    account.definition(
        kind,
        "d3000000-0000-4000-8000-000000000001",
        Some("press-line-3-fns"),
    );
    account.version(
        kind,
        "0e44b7c9-1b2c-4d3e-8f40-516273849500",
        "2025-03-14T13:37:00Z",
        json!({"Functions": [function("cam", 11, &["camera"])]}),
    );
    let base = account.version(
        kind,
        "71c0be11-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T08:00:00Z",
        json!({"Functions": [function("cam", 12, &["camera"]), function("agg", 7, &[])]}),
    );
    account.version(
        kind,
        "88d2f00a-1b2c-4d3e-8f40-516273849500",
        "2026-05-01T09:12:00Z",
        json!({"Functions": [function("cam", 13, &["camera"]), function("agg", 7, &[]), function("mix", 2, &[])]}),
    );
    account.definition(
        kind,
        "d3000000-0000-4000-8000-000000000002",
        Some("camera-pool"),
    );
    account.version(
        kind,
        "0b7712aa-1b2c-4d3e-8f40-516273849500",
        "2025-08-19T10:45:00Z",
        json!({"Functions": [function("cam", 9, &[])]}),
    );
    account.definition(kind, "d3a4b5c6-0000-4000-8000-000000000003", None);
    account.version(
        kind,
        "c4d5e6f7-1b2c-4d3e-8f40-516273849500",
        "2024-10-10T10:10:00Z",
        json!({"Functions": [function("probe", 1, &[])]}),
    );
    account.definition(
        kind,
        "d3000000-0000-4000-8000-000000000004",
        Some("検査ライン東-画像処理ファンクション"),
    );
    account.version(
        kind,
        "d0d1d2d3-1b2c-4d3e-8f40-516273849500",
        "2024-07-07T07:07:00Z",
        json!({"Functions": [function("kensa", 4, &[])]}),
    );
    base
}
