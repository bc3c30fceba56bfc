//! One-line summaries of contents: `3 functions: cam:13, agg:7, mix:2`.

use std::fmt;

use crate::domain::kind::DefinitionKind;

/// The number of items of a content, and their names as the service returned them (not made printable).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    kind: DefinitionKind,
    count: usize,
    names: String,
}

impl Summary {
    pub(super) const fn new(kind: DefinitionKind, count: usize, names: String) -> Self {
        Self { kind, count, names }
    }

    /// The summary without the kind, for a row that names it: `3: cam:13, agg:7, mix:2`.
    pub fn short(&self) -> String {
        format!("{}{}", self.short_count(), self.names)
    }

    /// The text before the names, short and full: `3: ` and `3 functions: `.
    pub(super) fn counts(&self) -> [String; 2] {
        [self.short_count(), self.full_count()]
    }

    fn short_count(&self) -> String {
        match self.count {
            0 => "none".to_owned(),
            count => format!("{count}: "),
        }
    }

    fn full_count(&self) -> String {
        let kind = self.kind.name();
        match self.count {
            0 => format!("no {kind}s"),
            1 => format!("1 {kind}: "),
            count => format!("{count} {kind}s: "),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.full_count(), self.names)
    }
}
