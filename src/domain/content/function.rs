//! The content of a function definition version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct FunctionContent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_config: Option<DefaultConfig>,
    pub functions: Vec<Function>,
}

/// The default configuration of all functions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DefaultConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution: Option<Execution>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Execution {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isolation_mode: Option<IsolationMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_as: Option<RunAs>,
}

/// Whether a function runs in a Greengrass container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum IsolationMode {
    GreengrassContainer,
    NoContainer,
    /// An undocumented value.
    #[serde(untagged)]
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RunAs {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gid: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Function {
    #[serde(default)]
    pub id: String,
    /// With an alias or a version; subscriptions must name exactly this text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function_configuration: Option<FunctionConfiguration>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct FunctionConfiguration {
    /// `binary` or `json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<FunctionEnvironment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exec_args: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executable: Option<String>,
    /// Kilobytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_size: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function_runtime_override: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct FunctionEnvironment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_sysfs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution: Option<Execution>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_access_policies: Vec<ResourceAccessPolicy>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResourceAccessPolicy {
    #[serde(default)]
    pub resource_id: String,
    /// `ro` or `rw`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
}

impl FunctionContent {
    /// The function's isolation mode, else the group's default, else `GreengrassContainer`
    /// (DG lambda-group-config).
    pub fn isolation_of(&self, function: &Function) -> IsolationMode {
        let own = function
            .environment()
            .and_then(|environment| environment.execution.as_ref());
        let group = self
            .default_config
            .as_ref()
            .and_then(|config| config.execution.as_ref());
        [own, group]
            .into_iter()
            .flatten()
            .find_map(|execution| execution.isolation_mode.clone())
            .unwrap_or(IsolationMode::GreengrassContainer)
    }
}

impl Function {
    pub fn environment(&self) -> Option<&FunctionEnvironment> {
        self.function_configuration
            .as_ref()
            .and_then(|configuration| configuration.environment.as_ref())
    }

    /// The attached resources.
    pub fn resource_access_policies(&self) -> &[ResourceAccessPolicy] {
        self.environment()
            .map_or(&[], |environment| &environment.resource_access_policies)
    }
}
