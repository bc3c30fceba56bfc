//! The table of AWS's connectors, read once from `assets/connectors.toml`: versions, parameters, topics.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use regex_lite::Regex;
use serde::Deserialize;

use crate::domain::content::ResourceData;

/// All connectors of one page of the developer guide.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ConnectorPage {
    /// The names in ARNs; more than one if there is a connector for each platform.
    pub names: Vec<String>,
    /// The page in `doc_source/` of the guide, without its suffix.
    pub page: String,
    /// The highest version; all versions from 1 on exist.
    pub latest: u32,
    /// Whether it can run without a container.
    pub no_container: bool,
    /// The first version that needs stream manager in the group.
    pub stream_manager_since: Option<u32>,
    /// The topic filters of its input.
    pub reads: Vec<String>,
    /// The topic filters of its output.
    pub writes: Vec<String>,
    /// Parameters of which at least one is required.
    #[serde(default)]
    pub one_of: Vec<String>,
    pub parameters: BTreeMap<String, ConnectorParameter>,
}

/// One parameter of a connector; its values are strings.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the table")]
pub struct ConnectorParameter {
    pub required: bool,
    /// Required if each of these parameters has this value, in any case.
    pub required_with: BTreeMap<String, String>,
    /// The default that the page documents.
    pub default: Option<String>,
    /// The first version of the connector that has it; `None` for version 1.
    pub since: Option<u32>,
    /// The last version of the connector that has it; `None` for the latest.
    pub until: Option<u32>,
    /// The connectors that have it; empty for all.
    pub only: Vec<String>,
    /// The pattern that matches the entire value.
    pub pattern: Option<ValuePattern>,
    /// The pattern in words.
    pub form: String,
    /// Its value is well-formed JSON.
    pub json: bool,
    /// Its value is an amount of memory in KB.
    pub kilobytes: bool,
    /// Its value is the id of a resource of this kind.
    pub resource: Option<ResourceKind>,
    /// The `SourcePath` of that resource.
    pub source: Option<String>,
    /// Whether `AutoAddGroupOwner` of that resource must be true.
    pub auto_owner: bool,
    /// Its value is the secret of the resource that this parameter names.
    pub secret_of: Option<String>,
    /// Its value is the `SourcePath` of the resource that this parameter names.
    pub source_of: Option<String>,
    /// Its value is the `DestinationPath` of the resource that this parameter names.
    pub destination_of: Option<String>,
    /// Its value is the `SageMakerJobArn` of the resource that this parameter names.
    pub job_of: Option<String>,
}

/// A regular expression, compiled at its first use.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ValuePattern {
    text: String,
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

/// The forms of resources that connectors use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResourceKind {
    Device,
    Volume,
    S3Model,
    SagemakerModel,
    Secret,
}

static PAGES: LazyLock<Vec<ConnectorPage>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Tables {
        connector: Vec<ConnectorPage>,
    }
    let text = include_str!("../../../assets/connectors.toml");
    #[expect(
        clippy::expect_used,
        reason = "the text is part of the program; a test reads it"
    )]
    let document: Tables = toml::from_str(text).expect("the table of connectors is TOML");
    document.connector
});

static BY_NAME: LazyLock<HashMap<&str, &ConnectorPage>> = LazyLock::new(|| {
    let names = |page: &'static ConnectorPage| page.names.iter().map(move |name| (&**name, page));
    PAGES.iter().flat_map(names).collect()
});

/// All connectors, by page.
pub fn connector_pages() -> &'static [ConnectorPage] {
    &PAGES
}

impl ConnectorPage {
    /// The page of the connector with this name.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        BY_NAME.get(name).copied()
    }

    /// The parameters that `version` of the connector `name` has.
    pub fn parameters_of(
        &self,
        name: &str,
        version: u32,
    ) -> impl Iterator<Item = (&str, &ConnectorParameter)> {
        self.parameters
            .iter()
            .filter(move |(_, parameter)| parameter.is_in(name, version))
            .map(|(parameter, row)| (&**parameter, row))
    }
}

impl ConnectorParameter {
    /// Returns whether `version` of the connector `name` has this parameter.
    pub(super) fn is_in(&self, name: &str, version: u32) -> bool {
        let versions = self.since.unwrap_or(1)..=self.until.unwrap_or(u32::MAX);
        versions.contains(&version)
            && (self.only.is_empty() || self.only.iter().any(|only| only == name))
    }

    /// Returns whether `value` has the documented form; an optional parameter may be empty.
    pub fn accepts(&self, value: &str) -> bool {
        if value.is_empty() {
            return true;
        }
        if self.json {
            return serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok();
        }
        self.pattern
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(value))
    }

    /// The documented form in words.
    pub(super) fn form(&self) -> &str {
        if self.json {
            "well-formed JSON"
        } else {
            &self.form
        }
    }
}

impl ValuePattern {
    /// The compiled expression; `None` if it is invalid.
    pub fn compiled(&self) -> Option<&Regex> {
        let compile = || Regex::new(&format!("^(?:{})$", self.text)).ok();
        self.compiled.get_or_init(compile).as_ref()
    }

    fn is_match(&self, value: &str) -> bool {
        self.compiled().is_none_or(|regex| regex.is_match(value))
    }
}

impl ResourceKind {
    /// The forms of a resource. A valid resource has exactly one.
    pub(super) fn of(data: &ResourceData) -> impl Iterator<Item = Self> {
        let forms = [
            (data.local_device.is_some(), Self::Device),
            (data.local_volume.is_some(), Self::Volume),
            (data.s3_model.is_some(), Self::S3Model),
            (data.sage_maker_model.is_some(), Self::SagemakerModel),
            (data.secret.is_some(), Self::Secret),
        ];
        let set = forms.into_iter().filter(|(is_set, _)| *is_set);
        set.map(|(_, kind)| kind)
    }

    /// The kind with its article.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Device => "a local device",
            Self::Volume => "a local volume",
            Self::S3Model => "a model in S3",
            Self::SagemakerModel => "a model of SageMaker",
            Self::Secret => "a secret",
        }
    }
}
