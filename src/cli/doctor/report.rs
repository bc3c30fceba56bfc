//! The rows of the report, as text columns or Markdown.

use std::fmt::Write;

use crate::domain::plural::counted;
use crate::domain::printable::printable;

/// Sections of names and values.
#[derive(Debug, Default)]
pub(super) struct Report {
    rows: Vec<ReportRow>,
}

#[derive(Debug)]
enum ReportRow {
    Section(&'static str),
    Value {
        name: &'static str,
        value: String,
    },
    Problem {
        name: &'static str,
        what: String,
        advice: String,
    },
}

impl Report {
    pub(super) fn section(&mut self, title: &'static str) {
        self.rows.push(ReportRow::Section(title));
    }

    pub(super) fn say(&mut self, name: &'static str, value: impl AsRef<str>) {
        let value = printable(value.as_ref()).into_owned();
        self.rows.push(ReportRow::Value { name, value });
    }

    /// Adds a problem and its fix.
    pub(super) fn bad(&mut self, name: &'static str, what: &str, advice: &str) {
        let (what, advice) = (printable(what).into_owned(), advice.to_owned());
        self.rows.push(ReportRow::Problem { name, what, advice });
    }

    pub(super) fn problems(&self) -> usize {
        let is_problem = |row: &&ReportRow| matches!(row, ReportRow::Problem { .. });
        self.rows.iter().filter(is_problem).count()
    }

    pub(super) fn plain(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            _ = match row {
                ReportRow::Section(title) if text.is_empty() => writeln!(text, "{title}"),
                ReportRow::Section(title) => writeln!(text, "\n{title}"),
                ReportRow::Value { name, value } => writeln!(text, "  {name:<16} {value}"),
                ReportRow::Problem { name, what, advice } => {
                    writeln!(
                        text,
                        "! {name:<16} {what}\n  {:<16} what to do: {advice}",
                        ""
                    )
                }
            };
        }
        text.push_str(&self.conclusion());
        text
    }

    pub(super) fn markdown(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            _ = match row {
                ReportRow::Section(title) if text.is_empty() => {
                    writeln!(text, "### {title}\n\n| | |\n|---|---|")
                }
                ReportRow::Section(title) => writeln!(text, "\n### {title}\n\n| | |\n|---|---|"),
                ReportRow::Value { name, value } => writeln!(text, "| {name} | {} |", cell(value)),
                ReportRow::Problem { name, what, advice } => writeln!(
                    text,
                    "| **{name}** | **{}**, what to do: {} |",
                    cell(what),
                    cell(advice)
                ),
            };
        }
        text.push_str(&self.conclusion());
        text
    }

    fn conclusion(&self) -> String {
        match self.problems() {
            0 => "\nNo problems found.\n".to_owned(),
            count => format!("\n{} found.\n", counted(count, "problem")),
        }
    }
}

fn cell(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}
