//! `config.toml`: keys, theme, order, request rate and protected contexts. Errors name their position.

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
use document::{ConfigEntry, Placed, entries};

/// A configuration file with every default. A test compares it with the program.
pub const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// The settings and sections at the top of the file.
const TOP_NAMES: [&str; 8] = [
    "sort",
    "ascii",
    "color",
    "requests",
    "protected",
    "allow",
    "theme",
    "keys",
];

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    pub keymap: Keymap,
    pub looks: Looks,
    /// The initial order of the lists.
    pub sort: Sort,
    pub requests: RequestLimit,
    pub protected: Protection,
    pub allowed: Allowed,
    /// Borders and marks in ASCII, whatever the locale is.
    pub ascii: bool,
    /// `None` if `NO_COLOR` and `TERM` decide.
    pub color: Option<ColorMode>,
}

/// The changes that the configuration allows.
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

/// A theme's name, and the roles with changed styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    /// [`AUTO_THEME`] or one of [`Theme::NAMES`].
    pub name: String,
    /// The changed roles with their styles, in the order of the file.
    pub roles: Vec<(String, String)>,
}

impl Looks {
    pub fn theme(&self, name: &str) -> Theme {
        let mut theme = Theme::named(name).unwrap_or_default();
        for (role, style) in &self.roles {
            // Each was checked when the file was read.
            _ = theme.set_role(role, style);
        }
        theme
    }

    /// The same for a terminal without colours.
    pub fn without_colour(&self, name: &str) -> Theme {
        let made_from = Theme::named(name).unwrap_or_default();
        self.theme(name).without_colour(&made_from)
    }
}

/// The name for `light` or `dark`, depending on the terminal.
pub const AUTO_THEME: &str = "auto";

/// The error in a configuration.
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

impl Default for Looks {
    fn default() -> Self {
        Self {
            name: AUTO_THEME.to_owned(),
            roles: Vec::new(),
        }
    }
}

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

pub fn sort_name(sort: Sort) -> &'static str {
    word_for(&SORTS, &sort)
}

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
    /// Reads the file that the user named, or the default one, which need not exist.
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

    /// Parses the text of a configuration; errors name `file`.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        let parsed = document::parse(text).and_then(|table| Self::read(entries(text, &table)));
        parsed.map_err(|refusal| ConfigError::Refused {
            file: file.to_owned(),
            place: refusal.place,
            what: refusal.value,
        })
    }

    fn read(entries: Vec<ConfigEntry<'_>>) -> Result<Self, ConfigRefusal> {
        let mut config = Self::default();
        for entry in entries {
            match entry.name() {
                "keys" => config.keymap = keys::read(&entry)?,
                "theme" => config.looks = read_looks(&entry)?,
                "sort" => config.sort = entry.one_of(&SORTS)?,
                "requests" => config.requests = read_requests(&entry)?,
                "protected" => config.protected = read_protected(&entry)?,
                "allow" => config.allowed = read_allow(&entry)?,
                "ascii" => config.ascii = entry.boolean()?,
                "color" => config.color = entry.one_of(&COLORS)?,
                _ => return Err(entry.unknown("setting", &TOP_NAMES)),
            }
        }
        Ok(config)
    }
}

/// An error with its position.
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
    if let Some(entry) = entries.iter().find(|entry| entry.name() == "name") {
        let name = entry.text()?;
        if name.value != AUTO_THEME {
            Theme::named(&name.value).map_err(|error| name.place.refusal(error.to_string()))?;
        }
        looks.name = name.value;
    }
    let mut any = Theme::default();
    for entry in entries.iter().filter(|entry| entry.name() != "name") {
        let style = entry.text()?;
        any.set_role(entry.name(), &style.value).map_err(|error| {
            let place = match &error {
                ThemeError::Style(_) => style.place,
                ThemeError::Role { .. } | ThemeError::Theme { .. } => entry.name_place(),
            };
            place.refusal(error.to_string())
        })?;
        looks.roles.push((entry.name().to_owned(), style.value));
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
