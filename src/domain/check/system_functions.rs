//! Rules on the system functions: stream manager and spooler.

use super::endpoint::FunctionArn;
use super::functions::{is_system, memory};
use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::kind::DefinitionKind::Function;
use crate::domain::nearest::nearest;

pub(super) const RULES: &[Rule] = &needing(
    &[Function],
    [
        Rule::likely("stream-manager-memory", stream_manager_memory)
            .source("DG configure-stream-manager:256"),
        Rule::note("system-function-unknown", unknown)
            .source("DG gg-core; configure-stream-manager; logging of system components"),
        Rule::note("stream-manager-setting", stream_manager_setting)
            .source("DG configure-stream-manager:18-67"),
        Rule::note("spooler-storage", spooler_storage).source("DG gg-core:874"),
        Rule::blocks("spooler-size", spooler_size)
            .source("DG gg-core:879,931; gg-troubleshooting:130"),
    ],
);

const MIN_STREAM_MANAGER_KILOBYTES: i32 = 128_000;

/// The system functions in AWS's guide and in the logs of the core.
const SYSTEM_FUNCTIONS: &[&str] = &[
    "GGCloudSpooler",
    "GGConnManager",
    "GGDeviceCertificateManager",
    "GGIPDetector",
    "GGSecretManager",
    "GGShadowService",
    "GGShadowSyncManager",
    "GGStreamManager",
    "GGTES",
];

const STREAM_MANAGER_SETTINGS: &[&str] = &[
    "STREAM_MANAGER_STORE_ROOT_DIR",
    "STREAM_MANAGER_SERVER_PORT",
    "STREAM_MANAGER_AUTHENTICATE_CLIENT",
    "STREAM_MANAGER_EXPORTER_MAX_BANDWIDTH",
    "STREAM_MANAGER_EXPORTER_THREAD_POOL_SIZE",
    "STREAM_MANAGER_READ_ONLY_DIRS",
    "STREAM_MANAGER_EXPORTER_S3_DESTINATION_MULTIPART_UPLOAD_MIN_PART_SIZE_BYTES",
];

const MIN_SPOOLER_BYTES: u64 = 262_144;

fn stream_manager_memory(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.contained() {
        let Some(kilobytes) = memory(function).filter(|&size| size < MIN_STREAM_MANAGER_KILOBYTES)
        else {
            continue;
        };
        if is_system(function, &["GGStreamManager"]) {
            let problem = format!(
                "has a MemorySize of {kilobytes} KB; AWS recommends at least \
                 {MIN_STREAM_MANAGER_KILOBYTES}"
            );
            report.add_on(
                function,
                problem,
                "pick a function version that gives it more memory",
            );
        }
    }
}

fn spooler_size(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    const VARIABLE: &str = "GG_CONFIG_MAX_SIZE_BYTES";
    for (id, variable, size) in variables(group, "GGCloudSpooler") {
        let is_enough = |bytes: u64| bytes >= MIN_SPOOLER_BYTES;
        if variable == VARIABLE && !size.parse().is_ok_and(is_enough) {
            report.add(
                [id],
                format!(
                    "GGCloudSpooler has {VARIABLE} {size:?}; below {MIN_SPOOLER_BYTES} the core \
                     does not start"
                ),
                format!("pick a function version with {MIN_SPOOLER_BYTES} or more there"),
            );
        }
    }
}

fn unknown(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let arn = function.function_arn.as_deref().and_then(FunctionArn::read);
        let Some(arn) = arn.filter(|arn| arn.is_system && !SYSTEM_FUNCTIONS.contains(&arn.name))
        else {
            continue;
        };
        let nearest = nearest(arn.name, SYSTEM_FUNCTIONS.iter().copied()).unwrap_or_default();
        let name = arn.name;
        report.add(
            [&*function.id],
            format!("{name} is not a known system function; the nearest is {nearest}"),
            format!("pick a function version with {nearest}, if that is meant"),
        );
    }
}

/// The environment variables of one system function, with its id.
fn variables<'a>(
    group: &CheckedGroup<'a>,
    function: &'static str,
) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    let functions = group.functions().iter();
    let functions = functions.filter(move |item| is_system(item, &[function]));
    functions.flat_map(|item| {
        let variables = item.environment().map(|own| own.variables.iter());
        let variables = variables.into_iter().flatten();
        variables.map(|(variable, value)| (&*item.id, &**variable, &**value))
    })
}

fn stream_manager_setting(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (id, variable, _) in variables(group, "GGStreamManager") {
        let is_known = variable == "JVM_ARGS" || STREAM_MANAGER_SETTINGS.contains(&variable);
        if !is_known {
            let names = STREAM_MANAGER_SETTINGS.iter().copied();
            let nearest = nearest(variable, names).unwrap_or_default();
            report.add(
                [id],
                format!("stream manager has no setting {variable}; the nearest is {nearest}"),
                format!("pick a function version with {nearest}, if that is meant"),
            );
        }
    }
}

fn spooler_storage(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    const VARIABLE: &str = "GG_CONFIG_STORAGE_TYPE";
    for (id, variable, value) in variables(group, "GGCloudSpooler") {
        if variable == VARIABLE && !matches!(value, "FileSystem" | "Memory") {
            report.add(
                [id],
                format!(
                    "GGCloudSpooler has {VARIABLE} {value:?}, which is not FileSystem or Memory"
                ),
                "pick a function version with FileSystem or Memory there",
            );
        }
    }
}
