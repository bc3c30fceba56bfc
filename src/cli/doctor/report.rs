//! The rows of the report, as text columns or Markdown.

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
        self.text(|row| match row {
            ReportRow::Section(title) => format!("{title}\n"),
            ReportRow::Value { name, value } => format!("  {name:<16} {value}\n"),
            ReportRow::Problem { name, what, advice } => {
                format!("! {name:<16} {what}\n  {:<16} what to do: {advice}\n", "")
            }
        })
    }

    pub(super) fn markdown(&self) -> String {
        self.text(|row| match row {
            ReportRow::Section(title) => format!("### {title}\n\n| | |\n|---|---|\n"),
            ReportRow::Value { name, value } => format!("| {name} | {} |\n", cell(value)),
            ReportRow::Problem { name, what, advice } => {
                let (what, advice) = (cell(what), cell(advice));
                format!("| **{name}** | **{what}**, what to do: {advice} |\n")
            }
        })
    }

    /// The rows, each formatted by `format_row`, and the number of problems.
    fn text(&self, format_row: impl Fn(&ReportRow) -> String) -> String {
        let mut text = String::new();
        for row in &self.rows {
            if matches!(row, ReportRow::Section(_)) && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&format_row(row));
        }
        let problems = match self.problems() {
            0 => "No problems".to_owned(),
            count => counted(count, "problem"),
        };
        text + &format!("\n{problems} found.\n")
    }
}

fn cell(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}
