//! One profile of the AWS files: the options of its sections, and their wrong lines.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::ini::{OptionValue, Problem, Section};

/// A line of one of the files with an error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}, line {}: {}", path.display(), problem.line, problem.reason)]
pub struct WrongLine {
    pub path: PathBuf,
    pub problem: Problem,
}

/// The options of one section, and their file.
#[derive(Debug, Clone)]
pub struct Values {
    pub path: PathBuf,
    pub(super) options: HashMap<String, OptionValue>,
    problems: Vec<Problem>,
}

impl Values {
    pub(super) fn of(section: Section, path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            options: section.options,
            problems: section.problems,
        }
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.options.get(key).map(|value| value.text.as_str())
    }

    /// The value of `KEY = VALUE` among the indented lines of `group`.
    pub(super) fn nested(&self, group: &str, key: &str) -> Option<&str> {
        let lines = self.get(group)?.strip_prefix('\n')?;
        let pairs = lines.lines().filter_map(|line| line.split_once('='));
        pairs
            .filter(|(name, _)| name.trim() == key)
            .map(|(_, value)| value.trim())
            .next_back()
    }

    /// Fails with the first wrong line of the section.
    pub(super) fn check(&self) -> Result<(), WrongLine> {
        let nested = |value: &OptionValue| {
            let mut lines = value.text.strip_prefix('\n')?.lines();
            let wrong = lines.position(|line| !line.trim().is_empty() && !line.contains('='))?;
            let line = value.line + 1 + wrong;
            Some(Problem::new(line, "an indented line must be KEY = VALUE"))
        };
        let problems = self.problems.iter().cloned();
        let problem = problems
            .chain(self.options.values().filter_map(nested))
            .min_by_key(|problem| problem.line);
        problem.map_or(Ok(()), |problem| {
            let path = self.path.clone();
            Err(WrongLine { path, problem })
        })
    }
}

/// One profile: its section in the configuration and its section in the credentials file.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub name: String,
    pub config: Option<Values>,
    pub credentials: Option<Values>,
}

impl Profile {
    /// The value that the CLI uses: the credentials file takes precedence over the configuration.
    pub fn get(&self, key: &str) -> Option<&str> {
        let mut sections = [&self.credentials, &self.config].into_iter().flatten();
        sections.find_map(|section| section.get(key))
    }

    /// Fails if a line of the profile is wrong.
    pub fn check(&self) -> Result<(), WrongLine> {
        let mut sections = [&self.config, &self.credentials].into_iter().flatten();
        sections.try_for_each(Values::check)
    }
}
