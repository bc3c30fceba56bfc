//! `config.toml`: keys, looks, order, pace and protected contexts; whatever it refuses, it refuses with its place.

pub mod defaults;
mod document;
mod keys;

use std::path::{Path, PathBuf};

use super::terminal::ColorMode;
use crate::app::Keymap;
use crate::app::protection::Protection;
use crate::disk;
use crate::domain::RequestLimit;
use crate::search::Sort;
use crate::ui::theme::{Theme, ThemeError};

pub use document::Place;
use document::{ConfigDocument, ConfigEntry, Placed};

/// The configuration with its defaults.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    pub keymap: Keymap,
    pub looks: Looks,
    /// The order in which the lists begin.
    pub sort: Sort,
    pub requests: RequestLimit,
    pub protected: Protection,
    pub allowed: Allowed,
    /// Borders and marks in ASCII, whatever the locale says.
    pub ascii: bool,
    /// Absent where `NO_COLOR` and `TERM` decide.
    pub color: Option<ColorMode>,
}

/// What the configuration lets be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Deployments and resets.
    pub deploy: bool,
    /// New definition versions.
    pub edit: bool,
}

impl Default for Allowed {
    fn default() -> Self {
        Self {
            deploy: true,
            edit: true,
        }
    }
}

/// The theme in force, and the one that it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    pub name: String,
    pub theme: Theme,
    /// How many of the theme's roles are set otherwise.
    pub changed_roles: usize,
}

impl Looks {
    /// The same for a terminal that gets no colour.
    pub fn without_colour(&self) -> Theme {
        let made_from = Theme::named(&self.name).unwrap_or_default();
        self.theme.without_colour(&made_from)
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration {} cannot be read: {reason}; fix that, or name another file with --config", .file.display())]
    Unreadable { file: PathBuf, reason: String },
    #[error("{}:{place}: {what}", .file.display())]
    Refused {
        file: PathBuf,
        place: Place,
        what: String,
    },
}

/// The theme that holds without a configuration.
const USUAL_THEME: &str = "dark";

impl Default for Looks {
    fn default() -> Self {
        Self {
            name: USUAL_THEME.to_owned(),
            theme: Theme::named(USUAL_THEME).unwrap_or_default(),
            changed_roles: 0,
        }
    }
}

/// The words for the orders of a list.
const SORTS: [(&str, Sort); 4] = [
    ("own", Sort::Own),
    ("newest", Sort::Newest),
    ("name", Sort::Name),
    ("latest", Sort::LatestFirst),
];

const COLORS: [(&str, Option<ColorMode>); 3] = [
    ("auto", None),
    ("always", Some(ColorMode::Ansi16)),
    ("never", Some(ColorMode::None)),
];

/// A larger file is not a configuration.
const MAX_BYTES: u64 = 1024 * 1024;

const MIN_RATE: f64 = 0.1;
const MAX_RATE: f64 = 1000.0;
const MAX_BURST: u32 = 1000;

/// The word that a sort order has in the configuration.
pub fn sort_name(sort: Sort) -> &'static str {
    word_for(&SORTS, &sort)
}

/// The word that a use of colours has in the configuration.
pub fn color_name(color: Option<ColorMode>) -> &'static str {
    word_for(&COLORS, &color)
}

fn word_for<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words
        .iter()
        .find(|(_, other)| other == value)
        .map_or("", |(word, _)| word)
}

impl Config {
    /// Reads the file that the person named, or the usual one, which need not be there.
    pub fn load(asked: Option<&Path>, usual: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(file) = asked.or(usual) else {
            return Ok(Self::default());
        };
        match read_text(file) {
            Ok(text) => Self::parse(&text, file),
            Err(error) if asked.is_none() && is_absent(&error) => Ok(Self::default()),
            Err(error) => Err(ConfigError::Unreadable {
                file: file.to_owned(),
                reason: error.to_string(),
            }),
        }
    }

    /// Reads the text of a configuration; `file` is what refusals name.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let parsed = ConfigDocument::parse(text).and_then(|document| Self::read(&document));
        parsed.map_err(|refusal| ConfigError::Refused {
            file: file.to_owned(),
            place: refusal.place,
            what: refusal.value,
        })
    }

    fn read(document: &ConfigDocument<'_>) -> Result<Self, ConfigRefusal> {
        let mut config = Self::default();
        for entry in document.entries() {
            match entry.name() {
                "keys" => config.keymap = keys::read(&entry)?,
                "theme" => config.looks = read_looks(&entry)?,
                "sort" => config.sort = entry.one_of(&SORTS)?,
                "requests" => config.requests = read_requests(&entry)?,
                "protected" => config.protected = read_protected(&entry)?,
                "allow" => config.allowed = read_allow(&entry)?,
                "ascii" => config.ascii = entry.boolean()?,
                "color" => config.color = entry.one_of(&COLORS)?,
                _ => return Err(entry.unknown("setting", &defaults::top_names())),
            }
        }
        Ok(config)
    }
}

/// What is wrong, and where.
type ConfigRefusal = Placed<String>;

fn read_text(file: &Path) -> std::io::Result<String> {
    let bytes = disk::read(file, MAX_BYTES)?;
    String::from_utf8(bytes)
        .map_err(|_| std::io::Error::other("stream did not contain valid UTF-8"))
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}

fn read_looks(section: &ConfigEntry<'_>) -> Result<Looks, ConfigRefusal> {
    let entries = section.entries()?;
    let mut looks = Looks::default();
    // The theme's name is read first, wherever it is in the table: roles change that theme.
    if let Some(entry) = entries.iter().find(|entry| entry.name() == "name") {
        let name = entry.text()?;
        looks.theme =
            Theme::named(&name.value).map_err(|error| name.place.refusal(error.to_string()))?;
        looks.name = name.value;
    }
    for entry in entries.iter().filter(|entry| entry.name() != "name") {
        let style = entry.text()?;
        looks
            .theme
            .set_role(entry.name(), &style.value)
            .map_err(|error| {
                let place = match &error {
                    ThemeError::Style(_) => style.place,
                    ThemeError::Role { .. } | ThemeError::Theme { .. } => entry.placed_name().place,
                };
                place.refusal(error.to_string())
            })?;
        looks.changed_roles += 1;
    }
    Ok(looks)
}

fn read_requests(section: &ConfigEntry<'_>) -> Result<RequestLimit, ConfigRefusal> {
    let mut requests = RequestLimit::default();
    for entry in section.entries()? {
        match entry.name() {
            "per_second" => requests.per_second = entry.number(MIN_RATE, MAX_RATE)?,
            "burst" => requests.burst = entry.count(MAX_BURST)?,
            _ => return Err(entry.unknown("member of [requests]", &["per_second", "burst"])),
        }
    }
    Ok(requests)
}

fn read_allow(section: &ConfigEntry<'_>) -> Result<Allowed, ConfigRefusal> {
    let mut allowed = Allowed::default();
    for entry in section.entries()? {
        match entry.name() {
            "deploy" => allowed.deploy = entry.boolean()?,
            "edit" => allowed.edit = entry.boolean()?,
            _ => return Err(entry.unknown("member of [allow]", &["deploy", "edit"])),
        }
    }
    Ok(allowed)
}

fn read_protected(section: &ConfigEntry<'_>) -> Result<Protection, ConfigRefusal> {
    let mut protected = Protection::default();
    for entry in section.entries()? {
        let patterns = match entry.name() {
            "profiles" => &mut protected.profiles,
            "accounts" => &mut protected.accounts,
            "groups" => &mut protected.groups,
            _ => {
                let names = ["profiles", "accounts", "groups"];
                return Err(entry.unknown("member of [protected]", &names));
            }
        };
        let texts = entry.texts()?;
        if let Some(empty) = texts.iter().find(|text| text.value.is_empty()) {
            return Err(empty
                .place
                .refusal("an empty pattern matches nothing; `*` matches all"));
        }
        *patterns = texts.into_iter().map(|text| text.value).collect();
    }
    Ok(protected)
}
