//! A TOML document with the position of each name and value.

use std::fmt;

use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeString, DeTable, DeValue};

use crate::domain::nearest::{is_near, nearest};

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    fn at(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
        }
    }

    pub(super) fn refusal(self, what: impl Into<String>) -> Placed<String> {
        Placed {
            value: what.into(),
            place: self,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// A value and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// One `name = value`.
#[derive(Debug)]
pub(super) struct ConfigEntry<'d> {
    text: &'d str,
    key: &'d Spanned<DeString<'d>>,
    value: &'d Spanned<DeValue<'d>>,
}

pub(super) fn parse(text: &str) -> Result<DeTable<'_>, Placed<String>> {
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Place::at(text, offset).refusal(error.message().replace('\n', ", "))
    })?;
    Ok(table.into_inner())
}

/// In the order of the text, so that the first error is reported.
pub(super) fn entries<'d>(text: &'d str, table: &'d DeTable<'d>) -> Vec<ConfigEntry<'d>> {
    let mut entries: Vec<ConfigEntry<'d>> = table
        .iter()
        .map(|(key, value)| ConfigEntry { text, key, value })
        .collect();
    entries.sort_by_key(|entry| entry.key.span().start);
    entries
}

impl<'d> ConfigEntry<'d> {
    pub(super) fn name(&self) -> &str {
        self.key.get_ref()
    }

    pub(super) fn name_place(&self) -> Place {
        Place::at(self.text, self.key.span().start)
    }

    pub(super) fn place(&self) -> Place {
        Place::at(self.text, self.value.span().start)
    }

    /// An error about an unknown name, with the name that was probably meant.
    pub(super) fn unknown(&self, what: &str, valid: &[&str]) -> Placed<String> {
        let (name, hint) = (self.name(), hint(self.name(), valid));
        let refusal = format!("no {what} is called {name:?}; {hint}");
        self.name_place().refusal(refusal)
    }

    fn unfit(&self, wanted: &str) -> Placed<String> {
        let name = self.name();
        self.place().refusal(format!("{name} is {wanted}"))
    }

    /// The members of a section.
    pub(super) fn entries(&self) -> Result<Vec<ConfigEntry<'d>>, Placed<String>> {
        let table = self.value.get_ref().as_table();
        let table = table.ok_or_else(|| {
            let name = self.name();
            self.unfit(&format!("a section; write [{name}] before its members"))
        })?;
        Ok(entries(self.text, table))
    }

    pub(super) fn boolean(&self) -> Result<bool, Placed<String>> {
        let value = self.value.get_ref().as_bool();
        value.ok_or_else(|| self.unfit("true or false"))
    }

    pub(super) fn text(&self) -> Result<Placed<String>, Placed<String>> {
        placed_text(self.text, self.value).ok_or_else(|| self.unfit("a text in quotes"))
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn texts(&self) -> Result<Vec<Placed<String>>, Placed<String>> {
        const WANTED: &str = "a list of texts in quotes, such as [\"one\", \"two\"]";
        if let Some(text) = placed_text(self.text, self.value) {
            return Ok(vec![text]);
        }
        let items = self.value.get_ref().as_array();
        let items = items.ok_or_else(|| self.unfit(WANTED))?.iter();
        let read = items.map(|item| {
            placed_text(self.text, item).ok_or_else(|| {
                let place = Place::at(self.text, item.span().start);
                place.refusal(format!("{} is {WANTED}", self.name()))
            })
        });
        read.collect()
    }

    pub(super) fn number(&self, least: f64, most: f64) -> Result<f64, Placed<String>> {
        let value = self.value.get_ref();
        let text = value.as_float().map(DeFloat::as_str);
        let text = text.or_else(|| value.as_integer().map(DeInteger::as_str));
        text.and_then(|text| text.parse::<f64>().ok())
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| self.unfit(&format!("a number from {least} to {most}")))
    }

    /// A whole number from 1.
    pub(super) fn count(&self, most: u32) -> Result<u32, Placed<String>> {
        let number = self.value.get_ref().as_integer();
        number
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| (1..=most).contains(number))
            .ok_or_else(|| self.unfit(&format!("a whole number from 1 to {most}")))
    }

    /// The value of a word.
    pub(super) fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, Placed<String>> {
        let text = self.text()?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let valid: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let (name, hint) = (self.name(), hint(&text.value, &valid));
            let what = format!("{name} is not {:?}; {hint}", text.value);
            text.place.refusal(what)
        })
    }
}

fn placed_text(text: &str, value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
    Some(Placed {
        value: value.get_ref().as_str()?.to_owned(),
        place: Place::at(text, value.span().start),
    })
}

/// Longer lists of names are shortened.
const MAX_LISTED: usize = 8;

/// A hint for an unknown name: `did you mean "review"?`, or all names if none is near.
fn hint(name: &str, valid: &[&str]) -> String {
    match nearest(name, valid.iter().copied()) {
        Some(nearest) if valid.len() > MAX_LISTED || is_near(name, nearest) => {
            format!("did you mean {nearest:?}?")
        }
        Some(_) | None => format!("there are {}", valid.join(", ")),
    }
}
