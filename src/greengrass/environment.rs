//! The environment variables of the process, read once, so that one connection sees one environment.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;

/// The variables with UTF-8 values, and the names of the others.
#[derive(Clone, Default)]
pub struct Environment {
    values: HashMap<String, String>,
    not_utf8: Vec<String>,
}

impl fmt::Debug for Environment {
    /// Without the values, which may be secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Environment")
            .finish_non_exhaustive()
    }
}

impl Environment {
    pub fn of_process() -> Self {
        Self::new(std::env::vars_os())
    }

    pub fn new(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let mut environment = Self::default();
        for (name, value) in variables {
            let Ok(name) = name.into_string() else {
                continue;
            };
            match value.into_string() {
                Ok(value) => _ = environment.values.insert(name, value),
                Err(_) => environment.not_utf8.push(name),
            }
        }
        environment
    }

    /// The value, which may be empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// The value, `None` if it is empty.
    pub fn set(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// True if the instance's metadata service is disabled.
    pub(super) fn is_without_instance(&self) -> bool {
        let disabled = self.get("AWS_EC2_METADATA_DISABLED");
        disabled.is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The first variable of AWS whose value is not UTF-8.
    pub(super) fn unreadable(&self) -> Option<&str> {
        let mut names = self.not_utf8.iter().map(String::as_str);
        names.find(|name| name.starts_with("AWS_") || name.to_lowercase().ends_with("_proxy"))
    }
}
