//! Python's `configparser`, as botocore uses it: sections of options, and the lines it would refuse.
//!
//! Source: `RawConfigParser._read` of Python 3.11. Python refuses the entire file at the first wrong line.
//! Here a wrong line is a [`Problem`] of its section, so that only users of that section are refused.

use std::collections::HashMap;
use std::fmt;

/// A section whose options every other section inherits.
const DEFAULTS: &str = "DEFAULT";

/// The sections of a file, in the file's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub sections: Vec<Section>,
    /// Problems before the first section.
    pub problems: Vec<Problem>,
}

/// One section: `[name]` and its options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub name: String,
    pub line: usize,
    pub options: HashMap<String, OptionValue>,
    pub problems: Vec<Problem>,
}

/// The value of an option; lines of a continued value are joined by `\n`.
#[derive(Clone, PartialEq, Eq)]
pub struct OptionValue {
    pub text: String,
    pub line: usize,
}

impl fmt::Debug for OptionValue {
    /// Without the text, which may be a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}", self.line)
    }
}

/// A line that Python's parser refuses. It never quotes the line, which may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub line: usize,
    pub reason: String,
}

impl Problem {
    pub(super) fn new(line: usize, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { line, reason }
    }
}

impl Document {
    /// Never fails: wrong lines become problems.
    pub fn parse(text: &str) -> Self {
        let mut reader = IniReader::default();
        for (index, line) in lines(text).enumerate() {
            reader.line(index + 1, line);
        }
        reader.finish()
    }
}

/// Splits at every line end that Python's text files know: `\n`, `\r\n` and `\r`.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['\n', '\r'])
        .scan(false, |after_return, piece| {
            let is_rest_of_line_end = *after_return && piece == "\n";
            *after_return = piece.ends_with('\r');
            Some((!is_rest_of_line_end).then_some(piece))
        })
        .flatten()
}

#[derive(Debug, Default)]
struct IniReader {
    document: Document,
    /// The options of `[DEFAULT]`, and whether the current section is `[DEFAULT]`.
    defaults: Option<Section>,
    in_defaults: bool,
    /// The option that an indented line continues.
    option: Option<String>,
    indent: usize,
}

impl IniReader {
    fn line(&mut self, number: usize, line: &str) {
        let value = line.trim();
        if value.starts_with(['#', ';']) {
            return;
        }
        if value.is_empty() {
            // An empty line belongs to the value above it; trailing ones are trimmed at the end.
            self.continue_value("");
            return;
        }
        let indent = line
            .chars()
            .take_while(|letter| letter.is_whitespace())
            .count();
        if indent > self.indent && self.continue_value(value) {
            return;
        }
        self.indent = indent;
        match header(value) {
            Some(name) => self.open(number, name),
            None => self.option(number, value),
        }
    }

    fn section(&mut self) -> Option<&mut Section> {
        if self.in_defaults {
            self.defaults.as_mut()
        } else {
            self.document.sections.last_mut()
        }
    }

    fn continue_value(&mut self, more: &str) -> bool {
        let Some(option) = self.option.clone() else {
            return false;
        };
        let value = self
            .section()
            .and_then(|section| section.options.get_mut(&option));
        value.is_some_and(|value| {
            value.text.push('\n');
            value.text.push_str(more);
            true
        })
    }

    fn open(&mut self, number: usize, name: &str) {
        self.option = None;
        self.in_defaults = name == DEFAULTS;
        let new = Section {
            name: name.to_owned(),
            line: number,
            options: HashMap::new(),
            problems: Vec::new(),
        };
        if self.in_defaults {
            self.defaults.get_or_insert(new);
            return;
        }
        let sections = &mut self.document.sections;
        let Some(earlier) = sections.iter().position(|one| one.name == name) else {
            sections.push(new);
            return;
        };
        // Both sections are read as one, which is refused when it is used.
        let mut section = sections.remove(earlier);
        let line = section.line;
        let reason = format!("the section [{name}] is there already, on line {line}");
        section.problems.push(Problem::new(number, reason));
        sections.push(section);
    }

    fn option(&mut self, number: usize, line: &str) {
        let split = line
            .split_once(['=', ':'])
            .map(|(key, value)| (key.trim_end().to_lowercase(), value.trim()));
        let Some(section) = self.section() else {
            let problem = Problem::new(number, "it comes before the first [section]");
            self.document.problems.push(problem);
            return;
        };
        match split {
            None => {
                let reason = "it is neither a [section] nor KEY = VALUE";
                section.problems.push(Problem::new(number, reason));
            }
            Some((key, _)) if key.is_empty() => {
                let reason = "it has no key before the = or :";
                section.problems.push(Problem::new(number, reason));
                self.option = None;
            }
            Some((key, value)) => {
                let value = OptionValue {
                    text: value.to_owned(),
                    line: number,
                };
                if let Some(earlier) = section.options.insert(key.clone(), value) {
                    let reason = format!("{key} is there already, on line {}", earlier.line);
                    section.problems.push(Problem::new(number, reason));
                }
                self.option = Some(key);
            }
        }
    }

    fn finish(mut self) -> Document {
        let defaults = self.defaults.take();
        for section in &mut self.document.sections {
            if let Some(defaults) = &defaults {
                section.problems.extend(defaults.problems.iter().cloned());
                for (key, value) in &defaults.options {
                    let entry = section.options.entry(key.clone());
                    entry.or_insert_with(|| value.clone());
                }
            }
            for value in section.options.values_mut() {
                let length = value.text.trim_end().len();
                value.text.truncate(length);
            }
        }
        self.document
    }
}

/// The name in `[name]`; text after the last bracket is ignored, as Python does.
fn header(line: &str) -> Option<&str> {
    let end = line.rfind(']')?;
    let name = line.strip_prefix('[')?.get(..end.checked_sub(1)?)?;
    (!name.is_empty()).then_some(name)
}
