//! Rules on loggers.

use super::group::CheckedGroup;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::kind::DefinitionKind::Logger;

pub(super) const RULES: &[Rule] = &needing(
    &[Logger],
    [
        Rule::blocks("logger-word", word).source("BC LoggerType, LoggerLevel, LoggerComponent"),
        Rule::likely("logger-space", space).source("GGO greengo; BC Logger"),
    ],
);

const TYPES: &[&str] = &["FileSystem", "AWSCloudWatch"];
const LEVELS: &[&str] = &["DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const COMPONENTS: &[&str] = &["GreengrassSystem", "Lambda"];

fn word(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for logger in group.loggers() {
        let members = [
            ("Type", &logger.logger_type, TYPES),
            ("Level", &logger.level, LEVELS),
            ("Component", &logger.component, COMPONENTS),
        ];
        for (member, word, known) in members {
            let id = &*logger.id;
            let message = match word.as_deref() {
                Some(word) if known.contains(&word) => continue,
                Some(word) => {
                    format!("the {member} of logger {id} is {word:?}, which does not exist")
                }
                None => format!("logger {id} has no {member}"),
            };
            let known = known.join(", ");
            let fix = format!("pick a logger version with one of {known} there");
            report.add([id], message, fix);
        }
    }
}

fn space(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for logger in group.loggers() {
        let is_cloud = logger.logger_type.as_deref() == Some("AWSCloudWatch");
        if is_cloud && logger.space.is_some() {
            let id = &*logger.id;
            let message = format!("logger {id} has a Space, which is for FileSystem only");
            report.add([id], message, "pick a logger version without that Space");
        }
    }
}
