//! Functions, their configuration and their isolation.

use aws_sdk_greengrass::types as sdk;

use super::{all, word};
use crate::domain::content::{
    DefaultConfig, Execution, Function, FunctionConfiguration, FunctionEnvironment, IsolationMode,
    ResourceAccessPolicy, RunAs,
};
use crate::greengrass::convert::sorted;

pub(super) fn default_config(config: sdk::FunctionDefaultConfig) -> DefaultConfig {
    DefaultConfig {
        execution: config
            .execution
            .map(|execution| self::execution(execution.isolation_mode, execution.run_as)),
    }
}

pub(super) fn function(function: sdk::Function) -> Function {
    Function {
        id: function.id.unwrap_or_default(),
        function_arn: function.function_arn,
        function_configuration: function.function_configuration.map(configuration),
    }
}

fn configuration(configuration: sdk::FunctionConfiguration) -> FunctionConfiguration {
    FunctionConfiguration {
        encoding_type: word(configuration.encoding_type),
        environment: configuration.environment.map(environment),
        exec_args: configuration.exec_args,
        executable: configuration.executable,
        memory_size: configuration.memory_size,
        pinned: configuration.pinned,
        timeout: configuration.timeout,
        function_runtime_override: configuration.function_runtime_override,
    }
}

fn environment(environment: sdk::FunctionConfigurationEnvironment) -> FunctionEnvironment {
    FunctionEnvironment {
        access_sysfs: environment.access_sysfs,
        execution: environment
            .execution
            .map(|execution| self::execution(execution.isolation_mode, execution.run_as)),
        resource_access_policies: all(environment.resource_access_policies, |policy| {
            ResourceAccessPolicy {
                resource_id: policy.resource_id.unwrap_or_default(),
                permission: word(policy.permission),
            }
        }),
        variables: sorted(environment.variables),
    }
}

/// The API has two types for this, one for the group's default and one for a function, with equal members.
fn execution(
    isolation_mode: Option<sdk::FunctionIsolationMode>,
    run_as: Option<sdk::FunctionRunAsConfig>,
) -> Execution {
    Execution {
        isolation_mode: isolation_mode.map(|mode| match mode.as_str() {
            "GreengrassContainer" => IsolationMode::GreengrassContainer,
            "NoContainer" => IsolationMode::NoContainer,
            other => IsolationMode::Other(other.to_owned()),
        }),
        run_as: run_as.map(|run_as| RunAs {
            uid: run_as.uid,
            gid: run_as.gid,
        }),
    }
}
