//! The theme: one style for each role, and the drawn signs.

mod named;
mod style_text;
mod symbols;

use ratatui::style::{Color, Modifier, Style};

use crate::domain::nearest::nearest;

pub use style_text::{StyleError, parse_style};
pub use symbols::Symbols;

/// Marks a row that goes on with the line of the row above, since ratatui has no mark for it and nothing here blinks.
pub const CONTINUED: Modifier = Modifier::RAPID_BLINK;

macro_rules! roles {
    ($($(#[$doc:meta])* $field:ident = $name:literal;)*) => {
        /// All styles of the screen.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub $field: Style,)*
            pub symbols: Symbols,
            is_monochrome: bool,
        }

        impl Theme {
            /// The names of the roles in the configuration file.
            pub const ROLES: &'static [&'static str] = &[$($name),*];

            /// Every role with its style, in the order of [`Self::ROLES`].
            pub fn styles(&self) -> impl Iterator<Item = (&'static str, Style)> {
                [$(($name, self.$field)),*].into_iter()
            }

            fn role_mut(&mut self, name: &str) -> Option<&mut Style> {
                match name {
                    $($name => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

roles! {
    /// Text without another role.
    plain = "plain";
    /// Less important text.
    faint = "faint";
    heading = "heading";
    /// The sign before the row that the cursor is on.
    marker = "marker";
    /// The text of that row.
    selected = "selected";
    /// Characters that a search has matched.
    matched = "matched";
    /// Lines between parts of a screen.
    rule = "rule";
    /// The line of the part that has the focus.
    rule_focused = "rule-focused";
    /// A key in the footer or in the help.
    key = "key";
    /// A sentence in the footer.
    notice = "notice";
    spinner = "spinner";
    /// READ-ONLY and DRY RUN.
    tag = "tag";
    /// The header of a protected account.
    protected = "protected";
    kept = "kept";
    changed = "changed";
    added = "added";
    dropped = "dropped";
    empty = "empty";
    ok = "ok";
    warning = "warning";
    error = "error";
    button = "button";
    button_focused = "button-focused";
    json_name = "json-name";
    json_string = "json-string";
    json_number = "json-number";
    diff_added = "diff-added";
    diff_removed = "diff-removed";
}

/// The error in the configuration's theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("there is no theme {name:?}; did you mean {nearest:?}?")]
    Theme { name: String, nearest: &'static str },
    #[error("the theme has no role {name:?}; did you mean {nearest:?}?")]
    Role { name: String, nearest: &'static str },
    #[error(transparent)]
    Style(#[from] StyleError),
}

impl Default for Theme {
    fn default() -> Self {
        named::dark()
    }
}

impl Theme {
    /// The names of the built-in themes.
    pub const NAMES: &'static [&'static str] = &["dark", "light", "colour-blind", "monochrome"];

    /// The style of a list's row.
    pub const fn row(&self, is_selected: bool) -> Style {
        if is_selected {
            self.selected
        } else {
            self.plain
        }
    }

    /// The built-in theme of this name.
    pub fn named(name: &str) -> Result<Self, ThemeError> {
        match name {
            "dark" => Ok(named::dark()),
            "light" => Ok(named::light()),
            "colour-blind" | "color-blind" => Ok(named::colour_blind()),
            "monochrome" => Ok(named::monochrome()),
            other => Err(ThemeError::Theme {
                name: other.to_owned(),
                nearest: nearest(other, Self::NAMES.iter().copied()).unwrap_or_default(),
            }),
        }
    }

    /// The same theme with ASCII signs only.
    #[must_use]
    pub fn with_ascii(mut self) -> Self {
        self.symbols = Symbols::ASCII;
        self
    }

    /// The monochrome theme, which uses bold, underlined and reversed instead of colours. Roles that differ
    /// from `made_from` keep their modifiers.
    #[must_use]
    pub fn without_colour(&self, made_from: &Self) -> Self {
        let mut theme = named::monochrome();
        theme.symbols = self.symbols;
        for ((name, style), (_, usual)) in self.styles().zip(made_from.styles()) {
            if style != usual
                && let Some(role) = theme.role_mut(name)
            {
                *role = style;
                strip(role);
            }
        }
        theme
    }

    /// Sets the style of a role from a text such as `bold yellow`.
    pub fn set_role(&mut self, name: &str, style: &str) -> Result<(), ThemeError> {
        let mut style = parse_style(style)?;
        if self.is_monochrome {
            strip(&mut style);
        }
        let unknown = || ThemeError::Role {
            name: name.to_owned(),
            nearest: nearest(name, Self::ROLES.iter().copied()).unwrap_or_default(),
        };
        *self.role_mut(name).ok_or_else(unknown)? = style;
        Ok(())
    }
}

const fn strip(style: &mut Style) {
    style.fg = None::<Color>;
    style.bg = None::<Color>;
}
