//! Rules on functions by themselves: their ARNs and the way they run.

use super::endpoint::FunctionArn;
use super::group::Group;
use super::rule::{Report, Rule};
use crate::domain::content::{self, Execution, IsolationMode, RunAs, endpoint_name};
use crate::domain::kind::DefinitionKind::Function;

pub(super) const RULES: &[Rule] = &[
    Rule::blocks(
        "function-arn",
        "DG deployments:187",
        &[Function],
        function_arn,
    ),
    Rule::blocks(
        "function-published",
        "DG lambda-functions:133",
        &[Function],
        published,
    ),
    Rule::blocks(
        "isolation-mode",
        "DG gg-troubleshooting:653,659",
        &[Function],
        isolation_mode,
    ),
    Rule::blocks(
        "uncontained-memory",
        "DG gg-troubleshooting:665",
        &[Function],
        uncontained_memory,
    ),
    Rule::blocks(
        "uncontained-sysfs",
        "DG gg-troubleshooting:671",
        &[Function],
        uncontained_sysfs,
    ),
    Rule::blocks(
        "contained-memory",
        "DG gg-troubleshooting:677",
        &[Function],
        contained_memory,
    ),
    Rule::blocks(
        "system-execution",
        "DG gg-troubleshooting:689",
        &[Function],
        system_execution,
    ),
    Rule::blocks(
        "stream-manager-pinned",
        "DG configure-stream-manager:257",
        &[Function],
        stream_manager_pinned,
    ),
    Rule::note(
        "runs-as-root",
        "DG lambda-group-config:76; gg-troubleshooting:585",
        &[Function],
        runs_as_root,
    ),
];

/// How a finding names a function.
pub(super) fn name(function: &content::Function) -> String {
    endpoint_name(function.function_arn.as_deref(), &function.id)
}

/// The function's own word on how it runs.
pub(super) fn own_execution(function: &content::Function) -> Option<&Execution> {
    function.environment()?.execution.as_ref()
}

fn read_arn(function: &content::Function) -> Option<FunctionArn<'_>> {
    FunctionArn::read(function.function_arn.as_deref()?)
}

pub(super) fn is_system(function: &content::Function, names: &[&str]) -> bool {
    read_arn(function).is_some_and(|arn| arn.is_system && names.contains(&arn.name))
}

fn function_arn(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.functions() {
        if read_arn(function).is_none() {
            report.add(
                [&*function.id],
                match &function.function_arn {
                    Some(arn) => format!(
                        "function {} names {arn:?}, which is not the ARN of a Lambda function",
                        function.id
                    ),
                    None => format!("function {} names no Lambda function", function.id),
                },
                "pick a function version whose items name Lambda functions",
            );
        }
    }
}

fn published(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.functions() {
        let Some(arn) = read_arn(function).filter(|arn| !arn.is_published()) else {
            continue;
        };
        report.add(
            [&*function.id],
            match arn.qualifier {
                Some(_) => format!("{}:$LATEST is no published version", arn.name),
                None => format!("{} is named without an alias or a version", arn.name),
            },
            format!(
                "pick a function version that names an alias or a version of {}",
                arn.name
            ),
        );
    }
}

fn isolation_mode(group: &Group<'_>, report: &mut Report<'_>) {
    let mend = "pick a function version with GreengrassContainer or NoContainer there";
    let unknown = |execution: Option<&Execution>| match execution?.isolation_mode.clone()? {
        IsolationMode::Other(word) => Some(word),
        IsolationMode::GreengrassContainer | IsolationMode::NoContainer => None,
    };
    if let Some(word) = unknown(group.default_execution()) {
        report.add(
            [],
            format!("the default IsolationMode is {word:?}, which does not exist"),
            mend,
        );
    }
    for function in group.functions() {
        if let Some(word) = unknown(own_execution(function)) {
            report.add(
                [&*function.id],
                format!(
                    "the IsolationMode of {} is {word:?}, which does not exist",
                    name(function)
                ),
                mend,
            );
        }
    }
}

pub(super) fn memory(function: &content::Function) -> Option<i32> {
    function.function_configuration.as_ref()?.memory_size
}

fn uncontained_memory(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group
        .uncontained()
        .filter(|function| memory(function).is_some())
    {
        report.add(
            [&*function.id],
            format!(
                "{} runs without a container and yet has a MemorySize",
                name(function)
            ),
            "pick a function version without that MemorySize, or with the \
                 function in a container",
        );
    }
}

fn uncontained_sysfs(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.uncontained() {
        if function.environment().and_then(|own| own.access_sysfs) == Some(true) {
            report.add(
                [&*function.id],
                format!(
                    "{} runs without a container and yet has AccessSysfs",
                    name(function)
                ),
                "pick a function version without that AccessSysfs, or with the \
                     function in a container",
            );
        }
    }
}

fn contained_memory(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group
        .contained()
        .filter(|function| memory(function).is_none())
    {
        report.add(
            [&*function.id],
            format!(
                "{} runs in a container and has no MemorySize",
                name(function)
            ),
            "pick a function version that gives it a MemorySize",
        );
    }
}

fn system_execution(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.functions() {
        let has_execution = own_execution(function).is_some_and(|own| *own != Execution::default());
        if has_execution && is_system(function, &["GGIPDetector", "GGCloudSpooler"]) {
            report.add(
                [&*function.id],
                format!(
                    "{} is a system function that must not say how it runs",
                    name(function)
                ),
                "pick a function version without Execution there",
            );
        }
    }
}

fn stream_manager_pinned(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.functions() {
        let configuration = function.function_configuration.as_ref();
        let is_pinned = configuration.and_then(|configuration| configuration.pinned) == Some(true);
        if !is_pinned && is_system(function, &["GGStreamManager"]) {
            report.add(
                [&*function.id],
                format!(
                    "{} is not pinned, which stream manager must be",
                    name(function)
                ),
                "pick a function version with Pinned true there",
            );
        }
    }
}

/// As whom a function runs: its own word, else the group's default, member by member.
pub(super) fn run_as(group: &Group<'_>, function: &content::Function) -> RunAs {
    let told = |execution: Option<&Execution>| execution?.run_as.clone();
    let own = told(own_execution(function)).unwrap_or_default();
    let default = told(group.default_execution()).unwrap_or_default();
    RunAs {
        uid: own.uid.or(default.uid),
        gid: own.gid.or(default.gid),
    }
}

fn runs_as_root(group: &Group<'_>, report: &mut Report<'_>) {
    for function in group.functions() {
        let run_as = run_as(group, function);
        if run_as.uid == Some(0) || run_as.gid == Some(0) {
            report.add(
                [&*function.id],
                format!(
                    "{} runs as root, which the core refuses unless its config.json allows it",
                    name(function)
                ),
                "see that the core's config.json has allowFunctionsToRunAsRoot",
            );
        }
    }
}
