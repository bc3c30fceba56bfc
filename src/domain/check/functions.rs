//! Rules on single functions: ARN, isolation mode, memory and user.

use super::endpoint::FunctionArn;
use super::group::CheckedGroup;
use super::grouped::{grouped, repeated};
use super::rule::{Rule, RuleReport, needing};
use crate::domain::content::{self, Execution, IsolationMode, Item, RunAs, endpoint_name};
use crate::domain::kind::DefinitionKind::Function;

pub(super) const RULES: &[Rule] = &needing(
    &[Function],
    [
        Rule::blocks("function-arn", function_arn).source("DG deployments:187"),
        Rule::blocks("function-published", published).source("DG lambda-functions:133"),
        Rule::blocks("isolation-mode", isolation_mode).source("DG gg-troubleshooting:653,659"),
        Rule::blocks("uncontained-memory", uncontained_memory).source("DG gg-troubleshooting:665"),
        Rule::blocks("uncontained-sysfs", uncontained_sysfs).source("DG gg-troubleshooting:671"),
        Rule::blocks("contained-memory", contained_memory).source("DG gg-troubleshooting:677"),
        Rule::blocks("system-execution", system_execution).source("DG gg-troubleshooting:689"),
        Rule::blocks("stream-manager-pinned", stream_manager_pinned)
            .source("DG configure-stream-manager:257"),
        Rule::blocks("environment-name", environment_name)
            .source("service: Invalid environment key name (aws-greengrass-provisioner issue 637)"),
        Rule::likely("environment-name-short", short_environment_name)
            .source("API reference of Lambda, Environment: [a-zA-Z]([a-zA-Z0-9_])+"),
        Rule::note("function-arn-twice", arn_twice).source(
            "no source: subscriptions name functions by ARN, so the second gets nothing of its own",
        ),
        Rule::note("function-versions", two_versions)
            .source("no source: a group rarely needs two versions of one function"),
        Rule::note("runs-as-root", runs_as_root)
            .source("DG lambda-group-config:76; gg-troubleshooting:585"),
    ],
);

fn read_arn(function: &content::Function) -> Option<FunctionArn<'_>> {
    FunctionArn::read(function.function_arn.as_deref()?)
}

pub(super) fn is_system(function: &content::Function, names: &[&str]) -> bool {
    read_arn(function).is_some_and(|arn| arn.is_system && names.contains(&arn.name))
}

fn function_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let id = &*function.id;
        let problem = match &function.function_arn {
            Some(_) if read_arn(function).is_some() => continue,
            Some(arn) if FunctionArn::has_many_qualifiers(arn) => {
                format!("names {arn:?}, which has more than one qualifier")
            }
            Some(arn) => format!("names {arn:?}, which is not the ARN of a Lambda function"),
            None => "has no FunctionArn".to_owned(),
        };
        report.add(
            [id],
            format!("function {id} {problem}"),
            "pick a function version whose items name Lambda functions",
        );
    }
}

fn published(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let Some(arn) = read_arn(function).filter(|arn| !arn.is_published()) else {
            continue;
        };
        let name = arn.name;
        report.add(
            [&*function.id],
            match arn.qualifier {
                Some(_) => format!("{name}:$LATEST is not a published version"),
                None => format!("{name} has no alias or version in its ARN"),
            },
            format!("pick a function version that names an alias or a version of {name}"),
        );
    }
}

fn isolation_mode(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let fix = "pick a function version with GreengrassContainer or NoContainer there";
    let mut check = |items: &[&str], whose: &str, execution: Option<&Execution>| {
        let mode = execution.and_then(|execution| execution.isolation_mode.as_ref());
        if let Some(IsolationMode::Other(word)) = mode {
            let message = format!("the {whose} is {word:?}, which does not exist");
            report.add(items.iter().copied(), message, fix);
        }
    };
    check(&[], "default IsolationMode", group.default_execution());
    for function in group.functions() {
        let whose = format!("IsolationMode of {}", function.name());
        check(&[&function.id], &whose, function.execution());
    }
}

pub(super) fn memory(function: &content::Function) -> Option<i32> {
    function.function_configuration.as_ref()?.memory_size
}

fn uncontained_memory(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.uncontained() {
        if memory(function).is_some() {
            report.add_on(
                function,
                "runs without a container, so it cannot have a MemorySize",
                "pick a function version without that MemorySize, or with the \
                 function in a container",
            );
        }
    }
}

fn uncontained_sysfs(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.uncontained() {
        if function.environment().and_then(|own| own.access_sysfs) == Some(true) {
            report.add_on(
                function,
                "runs without a container, so it cannot have AccessSysfs",
                "pick a function version without that AccessSysfs, or with the \
                 function in a container",
            );
        }
    }
}

fn contained_memory(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.contained() {
        if memory(function).is_none() {
            report.add_on(
                function,
                "runs in a container and has no MemorySize",
                "pick a function version that gives it a MemorySize",
            );
        }
    }
}

fn system_execution(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let has_execution = function
            .execution()
            .is_some_and(|own| *own != Execution::default());
        if has_execution && is_system(function, &["GGIPDetector", "GGCloudSpooler"]) {
            report.add_on(
                function,
                "is a system function, so it cannot have an Execution",
                "pick a function version without Execution there",
            );
        }
    }
}

fn stream_manager_pinned(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        let configuration = function.function_configuration.as_ref();
        let is_pinned = configuration.and_then(|configuration| configuration.pinned) == Some(true);
        if !is_pinned && is_system(function, &["GGStreamManager"]) {
            report.add_on(
                function,
                "is not pinned, which stream manager must be",
                "pick a function version with Pinned true there",
            );
        }
    }
}

/// The user and group of a function: its own setting, else the group's default.
pub(super) fn run_as(group: &CheckedGroup<'_>, function: &content::Function) -> RunAs {
    let run_as = |execution: Option<&Execution>| execution?.run_as.clone();
    let own = run_as(function.execution()).unwrap_or_default();
    let default = run_as(group.default_execution()).unwrap_or_default();
    RunAs {
        uid: own.uid.or(default.uid),
        gid: own.gid.or(default.gid),
    }
}

fn runs_as_root(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.functions() {
        if run_as(group, function).uid == Some(0) {
            report.add_on(
                function,
                "runs as root, which the core refuses unless its config.json allows it",
                "see that the core's config.json has allowFunctionsToRunAsRoot",
            );
        }
    }
}

/// The functions with each of their environment variables.
fn variables<'a>(
    group: &CheckedGroup<'a>,
) -> impl Iterator<Item = (&'a content::Function, &'a str)> {
    group.functions().iter().flat_map(|function| {
        let variables = function.environment().map(|own| own.variables.keys());
        let variables = variables.into_iter().flatten();
        variables.map(move |variable| (function, &**variable))
    })
}

fn environment_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let is_name = |name: &str| {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.bytes().all(is_word)
    };
    for (function, variable) in variables(group).filter(|(_, variable)| !is_name(variable)) {
        let problem = format!(
            "has the variable {variable:?}; a name is a letter, then letters, digits and _"
        );
        report.add_on(
            function,
            problem,
            "pick a function version with another name there",
        );
    }
}

fn short_environment_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let is_letter =
        |name: &str| name.len() == 1 && name.bytes().all(|one| one.is_ascii_alphabetic());
    for (function, variable) in variables(group).filter(|(_, variable)| is_letter(variable)) {
        let problem =
            format!("has the variable {variable:?}; AWS Lambda refuses names of one letter");
        report.add_on(
            function,
            problem,
            "pick a function version with a longer name there",
        );
    }
}

fn arns<'a>(group: &CheckedGroup<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let functions = group.functions().iter();
    functions.filter_map(|function| Some((function.function_arn.as_deref()?, &*function.id)))
}

fn arn_twice(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (arn, ids) in repeated(arns(group)) {
        let name = endpoint_name(Some(arn), arn);
        let message = format!("{} functions have the ARN of {name}", ids.len());
        report.add(ids, message, "pick a function version that has it once");
    }
}

fn two_versions(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let by_name = arns(group).filter_map(|(arn, id)| {
        let function = arn.rsplit_once(':').map(|(function, _)| function)?;
        let read = FunctionArn::read(arn)?;
        read.qualifier.is_some().then_some((function, (arn, id)))
    });
    for (function, versions) in repeated(by_name) {
        let distinct = grouped(versions);
        if distinct.len() > 1 {
            let names = distinct
                .iter()
                .map(|(arn, _)| endpoint_name(Some(arn), function));
            let names = names.collect::<Vec<_>>().join(" and ");
            report.add(
                distinct.iter().flat_map(|(_, ids)| ids.iter().copied()),
                format!("the group has {names} of one function"),
                "pick a function version with one of them",
            );
        }
    }
}
