//! Rules on the settings of the core's own functions: stream manager and the spooler.

use super::functions::{is_system, memory, name};
use super::group::Group;
use super::rule::{Report, Rule};
use crate::domain::kind::DefinitionKind::Function;

pub(super) const RULES: &[Rule] = &[
    Rule::likely(
        "stream-manager-memory",
        "DG configure-stream-manager:256",
        &[Function],
        stream_manager_memory,
    ),
    Rule::blocks(
        "spooler-size",
        "DG gg-core:879,931; gg-troubleshooting:130",
        &[Function],
        spooler_size,
    ),
];

/// Kilobytes.
const STREAM_MANAGER_MEMORY: i32 = 128_000;

const LEAST_SPOOLER_BYTES: u64 = 262_144;

fn stream_manager_memory(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.contained() {
        let Some(kilobytes) = memory(function).filter(|&size| size < STREAM_MANAGER_MEMORY) else {
            continue;
        };
        if is_system(function, &["GGStreamManager"]) {
            report.add(
                [&*function.id],
                format!(
                    "{} has a MemorySize of {kilobytes} KB; AWS recommends at least \
                     {STREAM_MANAGER_MEMORY}",
                    name(function)
                ),
                "pick a function version that gives it more memory",
            );
        }
    }
}

fn spooler_size(group: &Group<'_>, report: &mut Report<'_>) {
    const VARIABLE: &str = "GG_CONFIG_MAX_SIZE_BYTES";
    for function in group.functions() {
        let variables = function.environment().map(|own| &own.variables);
        let Some(size) = variables.and_then(|variables| variables.get(VARIABLE)) else {
            continue;
        };
        let is_enough = size
            .parse()
            .is_ok_and(|bytes: u64| bytes >= LEAST_SPOOLER_BYTES);
        if !is_enough && is_system(function, &["GGCloudSpooler"]) {
            report.add(
                [&*function.id],
                format!(
                    "{} has {VARIABLE} {size:?}; below {LEAST_SPOOLER_BYTES} the core does \
                     not start",
                    name(function)
                ),
                format!("pick a function version with {LEAST_SPOOLER_BYTES} or more there"),
            );
        }
    }
}
