//! The things created in the plant's account, with their times, from which the account is built.

use std::collections::BTreeMap;
use std::sync::Arc;

use greengroup::domain::{DefinitionKind, Timestamp};
use greengroup::sandbox::Account;
use greengroup::sandbox::account::{AccountDeployment, GroupSlots, Metadata, Version};
use serde_json::Value;

use super::random::Random;

const ACCOUNT: &str = "111122223333";
const REGION: &str = "eu-central-1";

#[derive(Debug)]
pub(super) struct Ledger {
    random: Random,
    definitions: Vec<(DefinitionKind, Entry<Arc<Value>>)>,
    groups: Vec<(Entry<GroupSlots>, Vec<AccountDeployment>)>,
}

#[derive(Debug)]
struct Entry<H> {
    metadata: Metadata,
    versions: Vec<Version<H>>,
}

impl<H> Entry<H> {
    fn new(id: Arc<str>, path: &str, name: Option<&str>, at: Timestamp) -> Self {
        Self {
            metadata: Metadata {
                id,
                arn: arn(path),
                name: name.map(Into::into),
                created: at.iso().into(),
                updated: at.iso().into(),
                tags: BTreeMap::new(),
            },
            versions: Vec::new(),
        }
    }

    fn add(&mut self, id: Arc<str>, at: Timestamp, holds: H) -> Arc<str> {
        let arn: Arc<str> = format!("{}/versions/{id}", self.metadata.arn).into();
        let created: Arc<str> = at.iso().into();
        let before = self.versions.last().map(|version| &version.created);
        let before = before.unwrap_or(&self.metadata.created);
        assert!(*before <= created, "versions come in order");
        self.versions.push(Version {
            id,
            arn: Arc::clone(&arn),
            created,
            holds,
        });
        arn
    }
}

fn arn(path: &str) -> Arc<str> {
    format!("arn:aws:greengrass:{REGION}:{ACCOUNT}:/greengrass/{path}").into()
}

impl Ledger {
    pub(super) fn new() -> Self {
        Self {
            random: Random::from_name("ledger"),
            definitions: Vec::new(),
            groups: Vec::new(),
        }
    }

    pub(super) fn definition(
        &mut self,
        kind: DefinitionKind,
        name: Option<&str>,
        at: Timestamp,
    ) -> usize {
        let id = self.random.id("");
        let path = format!("definition/{}/{id}", kind.path_segment());
        self.definitions
            .push((kind, Entry::new(id, &path, name, at)));
        self.definitions.len() - 1
    }

    /// Adds a version with an id that starts with `prefix`, and returns its ARN.
    pub(super) fn definition_version(
        &mut self,
        definition: usize,
        prefix: &str,
        at: Timestamp,
        content: Value,
    ) -> Arc<str> {
        let id = self.random.id(prefix);
        self.definitions[definition]
            .1
            .add(id, at, Arc::new(content))
    }

    pub(super) fn group(&mut self, name: &str, at: Timestamp) -> usize {
        let id = self.random.id("");
        let path = format!("groups/{id}");
        self.groups
            .push((Entry::new(id, &path, Some(name), at), Vec::new()));
        self.groups.len() - 1
    }

    pub(super) fn tag_group(&mut self, group: usize, key: &str, value: &str) {
        let tags = &mut self.groups[group].0.metadata.tags;
        tags.insert(key.to_owned(), value.to_owned());
    }

    pub(super) fn group_version(
        &mut self,
        group: usize,
        prefix: &str,
        at: Timestamp,
        slots: GroupSlots,
    ) {
        let id = self.random.id(prefix);
        self.groups[group].0.add(id, at, slots);
    }

    /// Deploys the current latest version of `group`.
    pub(super) fn deploy(
        &mut self,
        group: usize,
        at: Timestamp,
        status: &str,
        error_message: Option<&str>,
    ) {
        let id = self.random.id("");
        let (entry, deployments) = &mut self.groups[group];
        deployments.push(AccountDeployment {
            arn: format!("{}/deployments/{id}", entry.metadata.arn).into(),
            id,
            group_version_arn: Arc::clone(&entry.versions.last().unwrap().arn),
            deployment_type: "NewDeployment".into(),
            created: at.iso().into(),
            updated: later(at, 3 * 60_000).iso().into(),
            status: status.into(),
            error_message: error_message.map(Into::into),
            ..AccountDeployment::default()
        });
    }

    /// Deletes a definition; the slots with its versions keep their ARNs.
    pub(super) fn forget_definition(&mut self, kind: DefinitionKind, name: &str) {
        let before = self.definitions.len();
        self.definitions.retain(|(of_kind, entry)| {
            *of_kind != kind || entry.metadata.name.as_deref() != Some(name)
        });
        assert_eq!(before - self.definitions.len(), 1, "{name} is there once");
    }

    pub(super) fn into_account(mut self) -> Account {
        let mut account = Account::new(ACCOUNT, REGION);
        self.definitions
            .sort_by(|(_, one), (_, other)| one.metadata.created.cmp(&other.metadata.created));
        self.groups
            .sort_by(|(one, _), (other, _)| one.metadata.created.cmp(&other.metadata.created));
        for (kind, entry) in self.definitions {
            let id = Arc::clone(&entry.metadata.id);
            account.import_definition(kind, entry.metadata).unwrap();
            for version in entry.versions {
                account
                    .import_definition_version(kind, &id, version)
                    .unwrap();
            }
        }
        for (entry, deployments) in self.groups {
            let id = Arc::clone(&entry.metadata.id);
            account.import_group(entry.metadata).unwrap();
            for version in entry.versions {
                account.import_group_version(&id, version).unwrap();
            }
            for deployment in deployments {
                account.import_deployment(&id, deployment).unwrap();
            }
        }
        account
    }
}

/// `at` plus some milliseconds.
pub(super) fn later(at: Timestamp, milliseconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(at.milliseconds() + milliseconds)
}
