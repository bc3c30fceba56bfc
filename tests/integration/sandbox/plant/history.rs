//! The versions of one line over time: each change creates versions of the changed contents, and a group
//! version.

use std::sync::Arc;

use greengroup::domain::kind::PerKind;
use greengroup::domain::{DefinitionKind, Timestamp};
use serde_json::Value;

use super::ledger::Ledger;
use super::line::Line;

#[derive(Debug)]
pub(super) struct History {
    pub(super) group: usize,
    /// The prefix of the names of the line's definitions.
    name: String,
    definitions: PerKind<Option<usize>>,
    newest: PerKind<Option<(Value, Arc<str>)>>,
    /// ARNs of versions from other lines.
    pub(super) shared: PerKind<Option<Arc<str>>>,
}

/// The prefixes of the ids of the new versions.
pub(super) type Prefixes = fn(DefinitionKind) -> &'static str;

impl History {
    pub(super) fn begin(ledger: &mut Ledger, name: &str, at: Timestamp) -> Self {
        Self {
            group: ledger.group(name, at),
            name: name.to_owned(),
            definitions: PerKind::default(),
            newest: PerKind::default(),
            shared: PerKind::default(),
        }
    }

    /// Creates versions of the line's changed contents, and a group version.
    pub(super) fn publish(&mut self, ledger: &mut Ledger, line: &Line, at: Timestamp) {
        self.publish_as(ledger, line, at, (|_| "", ""));
    }

    pub(super) fn publish_as(
        &mut self,
        ledger: &mut Ledger,
        line: &Line,
        at: Timestamp,
        (prefixes, group_prefix): (Prefixes, &str),
    ) {
        for kind in DefinitionKind::ALL {
            self.prepare(ledger, line, at, (kind, prefixes(kind)));
        }
        self.publish_prepared(ledger, at, group_prefix);
    }

    /// Creates a version of one kind, if it changed, without a group version.
    pub(super) fn prepare(
        &mut self,
        ledger: &mut Ledger,
        line: &Line,
        at: Timestamp,
        (kind, prefix): (DefinitionKind, &str),
    ) {
        let Some(content) = line.content(kind) else {
            return;
        };
        let is_same = |(newest, _): &(Value, Arc<str>)| *newest == content;
        if self.newest[kind].as_ref().is_some_and(is_same) {
            return;
        }
        let name = format!("{}-{}", self.name, suffix(kind));
        let definition =
            *self.definitions[kind].get_or_insert_with(|| ledger.definition(kind, Some(&name), at));
        let arn = ledger.definition_version(definition, prefix, at, content.clone());
        self.newest[kind] = Some((content, arn));
    }

    /// Creates a group version from the newest versions of all kinds.
    pub(super) fn publish_prepared(&self, ledger: &mut Ledger, at: Timestamp, prefix: &str) {
        let slots = PerKind::from_fn(|kind| {
            let own = self.newest[kind].as_ref().map(|(_, arn)| Arc::clone(arn));
            own.or_else(|| self.shared[kind].clone())
        });
        ledger.group_version(self.group, prefix, at, slots);
    }
}

fn suffix(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "core",
        DefinitionKind::Device => "devices",
        DefinitionKind::Function => "fns",
        DefinitionKind::Connector => "connectors",
        DefinitionKind::Resource => "res",
        DefinitionKind::Subscription => "subs",
        DefinitionKind::Logger => "log",
    }
}
