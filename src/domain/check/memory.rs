//! Rules on amounts of memory, which are in KB.

use super::connectors::known;
use super::functions::memory;
use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport};
use crate::domain::kind::DefinitionKind::{Connector, Function};

pub(super) const RULES: &[Rule] = &[
    Rule::likely("function-memory-size", functions)
        .needing(&[Function])
        .source(
            "BC FunctionConfiguration, MemorySize in KB; \
             DG lambda-group-config: the default is 16 MB",
        ),
    Rule::likely("connector-memory-size", connectors)
        .needing(&[Connector])
        .source("DG, the parameters in KB on the connectors' pages"),
];

/// No runtime of Lambda fits into less.
const MIN_KILOBYTES: u64 = 4_096;
/// 16 GB: no core device has more for one function.
const MAX_KILOBYTES: u64 = 16_777_216;

/// The problem with an amount of memory; `None` if it is usual.
fn problem(kilobytes: u64) -> Option<String> {
    if kilobytes < MIN_KILOBYTES {
        let meant = kilobytes * 1024;
        Some(format!("{kilobytes} KB; {kilobytes} MB is {meant}"))
    } else if kilobytes > MAX_KILOBYTES {
        let meant = kilobytes / 1024;
        Some(format!(
            "{kilobytes} KB, more than 16 GB; {kilobytes} bytes is {meant}"
        ))
    } else {
        None
    }
}

fn functions(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for function in group.contained() {
        let kilobytes = memory(function).and_then(|size| u64::try_from(size).ok());
        if let Some(problem) = kilobytes.and_then(problem) {
            report.add_on(
                function,
                format!("has a MemorySize of {problem}"),
                "pick a function version with a MemorySize in KB there",
            );
        }
    }
}

fn connectors(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for connector in known(group) {
        for (parameter, _) in connector.parameters().filter(|(_, row)| row.kilobytes) {
            let value = connector.value(parameter);
            let kilobytes = value.and_then(|value| value.parse().ok());
            if let Some(problem) = kilobytes.and_then(problem) {
                report.add_on(
                    connector.item,
                    format!("has a {parameter} of {problem}"),
                    format!("pick a connector version with a {parameter} in KB there"),
                );
            }
        }
    }
}
