//! The four built-in themes, in the terminal's own sixteen colours.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const DIM: Style = PLAIN.add_modifier(Modifier::DIM);
const UNDERLINED: Style = PLAIN.add_modifier(Modifier::UNDERLINED);
const REVERSED: Style = PLAIN.add_modifier(Modifier::REVERSED);
const BOLD_REVERSED: Style = BOLD.add_modifier(Modifier::REVERSED);
const BOLD_UNDERLINED: Style = BOLD.add_modifier(Modifier::UNDERLINED);

/// For a dark background.
pub(super) const fn dark() -> Theme {
    Theme {
        marker: BOLD.fg(Color::Cyan),
        matched: BOLD.fg(Color::Yellow),
        rule_focused: PLAIN.fg(Color::Cyan),
        key: PLAIN.fg(Color::Cyan),
        notice: BOLD.fg(Color::Yellow),
        spinner: PLAIN.fg(Color::Cyan),
        tag: BOLD.fg(Color::Yellow),
        protected: BOLD.fg(Color::White).bg(Color::Red),
        changed: BOLD.fg(Color::Yellow),
        added: BOLD.fg(Color::Green),
        dropped: BOLD.fg(Color::Red),
        ok: BOLD.fg(Color::Green),
        warning: PLAIN.fg(Color::Yellow),
        error: BOLD.fg(Color::Red),
        json_name: PLAIN.fg(Color::Cyan),
        json_string: PLAIN.fg(Color::Green),
        json_number: PLAIN.fg(Color::Magenta),
        diff_added: PLAIN.fg(Color::Green),
        diff_removed: PLAIN.fg(Color::Red),
        is_monochrome: false,
        ..monochrome()
    }
}

/// For a light background, on which only blue, red and black have enough contrast in every terminal.
pub(super) const fn light() -> Theme {
    Theme {
        marker: BOLD.fg(Color::Blue),
        matched: BOLD_UNDERLINED.fg(Color::Blue),
        rule_focused: PLAIN.fg(Color::Blue),
        key: PLAIN.fg(Color::Blue),
        notice: BOLD.fg(Color::Blue),
        spinner: PLAIN.fg(Color::Blue),
        tag: BOLD_REVERSED,
        changed: BOLD.fg(Color::Blue),
        added: BOLD_UNDERLINED.fg(Color::Blue),
        ok: BOLD.fg(Color::Blue),
        warning: PLAIN.fg(Color::Red),
        json_name: PLAIN.fg(Color::Blue),
        json_string: PLAIN,
        json_number: PLAIN,
        diff_added: PLAIN.fg(Color::Blue),
        ..dark()
    }
}

/// Uses blue and yellow, never red and green.
pub(super) const fn colour_blind() -> Theme {
    Theme {
        protected: BOLD.fg(Color::Black).bg(Color::LightYellow),
        changed: BOLD.fg(Color::LightCyan),
        added: BOLD.fg(Color::LightBlue),
        dropped: BOLD_UNDERLINED.fg(Color::LightYellow),
        ok: BOLD.fg(Color::LightBlue),
        error: BOLD_UNDERLINED.fg(Color::LightYellow),
        json_string: PLAIN,
        json_number: PLAIN.fg(Color::LightBlue),
        diff_added: PLAIN.fg(Color::LightBlue),
        diff_removed: PLAIN.fg(Color::LightYellow),
        ..dark()
    }
}

/// Without colours: bold, faint, underlined and reversed only.
pub(super) const fn monochrome() -> Theme {
    Theme {
        plain: PLAIN,
        faint: DIM,
        heading: BOLD,
        marker: BOLD,
        selected: BOLD_REVERSED,
        matched: UNDERLINED,
        rule: DIM,
        rule_focused: PLAIN,
        key: BOLD,
        notice: BOLD,
        spinner: PLAIN,
        tag: REVERSED,
        protected: BOLD_REVERSED,
        kept: PLAIN,
        changed: BOLD,
        added: BOLD,
        dropped: BOLD_UNDERLINED,
        empty: DIM,
        ok: BOLD,
        warning: UNDERLINED,
        error: BOLD_UNDERLINED,
        button: PLAIN,
        button_focused: BOLD_REVERSED,
        json_name: PLAIN,
        json_string: PLAIN,
        json_number: PLAIN,
        diff_added: BOLD,
        diff_removed: PLAIN,
        symbols: super::Symbols::UNICODE,
        is_monochrome: true,
    }
}
