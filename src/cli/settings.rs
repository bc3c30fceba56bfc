//! The settings: from the command line, else the configuration, else the environment.

use std::env;
use std::path::PathBuf;

use super::arguments::{ColorChoice, CommandLine};
use crate::runtime::config::{AUTO_THEME, Config};
use crate::runtime::files::{NoHomeDirectory, Paths, config_file};
use crate::runtime::terminal::{Capabilities, ColorMode, detect};
use crate::ui::theme::Theme;

/// The settings that are fixed before anything else runs.
#[derive(Debug)]
pub(super) struct CommandSettings {
    pub(super) config: Config,
    pub(super) paths: Result<Paths, NoHomeDirectory>,
    /// The default configuration file.
    pub(super) config_file: Option<PathBuf>,
    pub(super) capabilities: Capabilities,
    pub(super) colors: ColorMode,
    pub(super) is_ascii: bool,
    /// One of [`Theme::NAMES`].
    pub(super) theme_name: String,
    pub(super) theme: Theme,
}

impl CommandSettings {
    pub(super) fn of(command_line: &CommandLine) -> Result<Self, String> {
        let variable = |name: &str| env::var_os(name);
        let paths = Paths::from_environment(variable);
        let usual = config_file(variable);
        let asked = command_line.appearance.config.as_deref();
        let config = Config::load(asked, usual.as_deref()).map_err(|error| error.to_string())?;
        let colors = match command_line.appearance.color {
            None => config.color,
            Some(ColorChoice::Auto) => None,
            Some(ColorChoice::Always) => Some(ColorMode::Ansi16),
            Some(ColorChoice::Never) => Some(ColorMode::None),
        };
        let is_ascii = command_line.appearance.ascii || config.ascii || !is_utf8(&locale());
        let (capabilities, colors) = detect(variable, colors);
        let asked = command_line.appearance.theme.as_deref();
        let theme_name = match asked.unwrap_or(&config.looks.name) {
            AUTO_THEME if has_light_background() => "light",
            AUTO_THEME => "dark",
            name => name,
        };
        let theme_name = theme_name.to_owned();
        let theme = match colors {
            ColorMode::None => config.looks.without_colour(&theme_name),
            ColorMode::Ansi16 => config.looks.theme(&theme_name),
        };
        let theme = if is_ascii { theme.with_ascii() } else { theme };
        Ok(Self {
            config,
            paths,
            config_file: usual,
            capabilities,
            colors,
            is_ascii,
            theme_name,
            theme,
        })
    }
}

/// Returns whether `COLORFGBG` means a light background. rxvt, Konsole and others set it to
/// `foreground;background`, as numbers of the sixteen colours. White is light, and so is each bright colour
/// except bright black.
fn has_light_background() -> bool {
    let colours = env::var("COLORFGBG").unwrap_or_default();
    let background = colours.rsplit(';').next().map(str::parse::<u8>);
    matches!(background, Some(Ok(7 | 9..=15)))
}

/// The locale for characters; empty if none is set.
pub(super) fn locale() -> String {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| env::var_os(name).filter(|value| !value.is_empty()))
        .map(|value| value.to_string_lossy().into_owned())
        .unwrap_or_default()
}

pub(super) fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
