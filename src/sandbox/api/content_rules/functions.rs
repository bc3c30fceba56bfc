//! Rules on functions, with the service's texts (developer guide, gg-troubleshooting, "Create group and
//! create function issues").

use serde_json::Value;

use super::{items, text};
use crate::domain::DefinitionKind;

const CONTAINER: &str = "GreengrassContainer";
const NO_CONTAINER: &str = "NoContainer";

/// The system functions that may not have an Execution.
const FIXED_EXECUTION: [&str; 2] = ["GGIPDetector", "GGCloudSpooler"];

pub(super) fn check(content: &Value, problems: &mut Vec<String>) {
    let group = content.pointer("/DefaultConfig/Execution/IsolationMode");
    let group = group.and_then(Value::as_str);
    if group.is_some_and(|mode| !is_mode(mode)) {
        problems.push("Your 'IsolationMode' configuration for the group is invalid.".to_owned());
        return;
    }
    for function in items(DefinitionKind::Function, content) {
        check_function(function, group, problems);
    }
}

fn is_mode(mode: &str) -> bool {
    matches!(mode, CONTAINER | NO_CONTAINER)
}

/// The isolation mode is the function's own, else the group's, else a container (developer guide,
/// lambda-group-config).
fn check_function(function: &Value, group: Option<&str>, problems: &mut Vec<String>) {
    let arn = text(function, "FunctionArn");
    let setting = |path: &str| {
        let value = function.pointer(&format!("/FunctionConfiguration/{path}"));
        value.filter(|value| !value.is_null())
    };
    let execution = setting("Environment/Execution");
    if execution.is_some() && is_of_fixed_execution(arn) {
        problems.push(format!(
            "Execution configuration for function with arn {arn} is not allowed."
        ));
        return;
    }
    if let Some(variables) = setting("Environment/Variables").and_then(Value::as_object)
        && !variables.keys().all(|name| is_variable_name(name))
    {
        // The service's entire text (aws-greengrass-provisioner issue 637).
        problems.push("Invalid environment key name".to_owned());
    }
    let own = setting("Environment/Execution/IsolationMode").and_then(Value::as_str);
    if own.is_some_and(|mode| !is_mode(mode)) {
        problems.push(format!(
            "Your 'IsolationMode' configuration for function with arn {arn} is invalid."
        ));
        return;
    }
    let has_memory_size = setting("MemorySize").is_some();
    if own.or(group).unwrap_or(CONTAINER) == CONTAINER {
        if !has_memory_size {
            problems.push(format!(
                "MemorySize configuration for function with arn {arn} is required in IsolationMode=GreengrassContainer."
            ));
        }
        return;
    }
    if has_memory_size {
        problems.push(format!(
            "MemorySize configuration for function with arn {arn} is not allowed in IsolationMode=NoContainer."
        ));
    }
    if setting("Environment/AccessSysfs") == Some(&Value::Bool(true)) {
        problems.push(format!(
            "Access Sysfs configuration for function with arn {arn} is not allowed in IsolationMode=NoContainer."
        ));
    }
}

/// The rule of Lambda (API reference of Lambda, Environment): `[a-zA-Z][a-zA-Z0-9_]+`.
fn is_variable_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && name.len() > 1
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_of_fixed_execution(arn: &str) -> bool {
    let name = arn.rsplit_once(":function:").map_or(arn, |(_, name)| name);
    let name = name.split(':').next().unwrap_or(name);
    FIXED_EXECUTION.contains(&name)
}
