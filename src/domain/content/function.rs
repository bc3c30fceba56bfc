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

/// Whether a function runs in a Greengrass container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum IsolationMode {
    GreengrassContainer,
    NoContainer,
    /// An undocumented value.
    #[serde(untagged)]
    Other(String),
}

api_types! {
    /// The default configuration of all functions.
    pub struct DefaultConfig {
        pub execution: Option<Execution>,
    }

    pub struct Execution {
        pub isolation_mode: Option<IsolationMode>,
        pub run_as: Option<RunAs>,
    }

    pub struct RunAs {
        pub uid: Option<i32>,
        pub gid: Option<i32>,
    }

    pub struct Function {
        #[serde(default)]
        pub id: String,
        /// With an alias or a version; subscriptions must name exactly this text.
        pub function_arn: Option<String>,
        pub function_configuration: Option<FunctionConfiguration>,
    }

    pub struct FunctionConfiguration {
        /// `binary` or `json`.
        pub encoding_type: Option<String>,
        pub environment: Option<FunctionEnvironment>,
        pub exec_args: Option<String>,
        pub executable: Option<String>,
        /// Kilobytes.
        pub memory_size: Option<i32>,
        pub pinned: Option<bool>,
        /// Seconds.
        pub timeout: Option<i32>,
        pub function_runtime_override: Option<String>,
    }

    pub struct FunctionEnvironment {
        pub access_sysfs: Option<bool>,
        pub execution: Option<Execution>,
        #[serde(default)]
        pub resource_access_policies: Vec<ResourceAccessPolicy>,
        #[serde(default)]
        pub variables: BTreeMap<String, String>,
    }

    pub struct ResourceAccessPolicy {
        #[serde(default)]
        pub resource_id: String,
        /// `ro` or `rw`.
        pub permission: Option<String>,
    }
}

impl FunctionContent {
    pub fn default_execution(&self) -> Option<&Execution> {
        self.default_config.as_ref()?.execution.as_ref()
    }

    /// The function's isolation mode, else the group's default, else `GreengrassContainer`
    /// (DG lambda-group-config).
    pub fn isolation_of(&self, function: &Function) -> IsolationMode {
        let mode = |execution: Option<&Execution>| execution?.isolation_mode.clone();
        mode(function.execution())
            .or_else(|| mode(self.default_execution()))
            .unwrap_or(IsolationMode::GreengrassContainer)
    }
}

impl Function {
    pub fn environment(&self) -> Option<&FunctionEnvironment> {
        self.function_configuration.as_ref()?.environment.as_ref()
    }

    /// The function's own execution settings.
    pub fn execution(&self) -> Option<&Execution> {
        self.environment()?.execution.as_ref()
    }

    /// The attached resources.
    pub fn resource_access_policies(&self) -> &[ResourceAccessPolicy] {
        self.environment()
            .map_or(&[], |environment| &environment.resource_access_policies)
    }
}
