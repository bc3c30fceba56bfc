//! The terminal's current colours and attributes, and the shortest sequence that changes them.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::super::capabilities::{Capabilities, ColorMode};
use crate::ui::theme::CONTINUED;

/// The attributes that are visible on a blank.
const ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// The style of the next character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pen {
    pub(super) foreground: Color,
    pub(super) background: Color,
    pub(super) modifier: Modifier,
}

impl Pen {
    pub(super) const DEFAULT: Self = Self {
        foreground: Color::Reset,
        background: Color::Reset,
        modifier: Modifier::empty(),
    };

    pub(super) const fn of(cell: &Cell, colors: ColorMode) -> Self {
        let (foreground, background) = match colors {
            ColorMode::Ansi16 => (cell.fg, cell.bg),
            ColorMode::None => (Color::Reset, Color::Reset),
        };
        Self {
            foreground,
            background,
            modifier: cell.modifier.difference(CONTINUED),
        }
    }

    /// The pen without attributes that are invisible on a blank.
    pub(super) const fn on_blank(self) -> Self {
        let modifier = self.modifier.intersection(ON_BLANK);
        let foreground = if modifier.is_empty() {
            Color::Reset
        } else {
            self.foreground
        };
        Self {
            foreground,
            modifier,
            ..self
        }
    }

    /// Adds the sequence that changes `self` to `wanted`.
    pub(super) fn change(self, wanted: Self, capabilities: Capabilities, output: &mut Vec<u8>) {
        if self == wanted {
            return;
        }
        if wanted == Self::DEFAULT {
            output.extend_from_slice(b"\x1b[m");
            return;
        }
        let mut afresh = Parameters::default();
        if self != Self::DEFAULT {
            afresh.add(0);
        }
        afresh.turn_on(wanted.modifier);
        afresh.color(Color::Reset, wanted.foreground, 0);
        afresh.color(Color::Reset, wanted.background, 10);
        let chosen = match self.difference(wanted, capabilities) {
            Some(difference) if difference.0.len() <= afresh.0.len() => difference,
            Some(_) | None => afresh,
        };
        output.extend_from_slice(b"\x1b[");
        output.extend_from_slice(&chosen.0);
        output.push(b'm');
    }

    fn difference(self, wanted: Self, capabilities: Capabilities) -> Option<Parameters> {
        let removed = self.modifier.difference(wanted.modifier);
        if !removed.is_empty() && !capabilities.is_modern {
            return None;
        }
        let mut parameters = Parameters::default();
        let mut added = wanted.modifier.difference(self.modifier);
        for (attributes, off) in TURNED_OFF {
            if removed.intersects(attributes) {
                parameters.add(off);
                added |= wanted.modifier.intersection(attributes);
            }
        }
        parameters.turn_on(added);
        parameters.color(self.foreground, wanted.foreground, 0);
        parameters.color(self.background, wanted.background, 10);
        Some(parameters)
    }
}

/// The attributes that each number turns off: bold and dim share one.
const TURNED_OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

const TURNED_ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The numbers of one SGR sequence.
#[derive(Debug, Default)]
struct Parameters(Vec<u8>);

impl Parameters {
    fn add(&mut self, number: u8) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        self.0.extend_from_slice(number.to_string().as_bytes());
    }

    fn add_all(&mut self, numbers: &[u8]) {
        for &number in numbers {
            self.add(number);
        }
    }

    fn turn_on(&mut self, attributes: Modifier) {
        for (attribute, on) in TURNED_ON {
            if attributes.contains(attribute) {
                self.add(on);
            }
        }
    }

    /// `shift` is 10 for the background, whose numbers are ten higher than the foreground's.
    fn color(&mut self, now: Color, wanted: Color, shift: u8) {
        if now == wanted {
            return;
        }
        match wanted {
            Color::Reset => self.add(39 + shift),
            Color::Black => self.add(30 + shift),
            Color::Red => self.add(31 + shift),
            Color::Green => self.add(32 + shift),
            Color::Yellow => self.add(33 + shift),
            Color::Blue => self.add(34 + shift),
            Color::Magenta => self.add(35 + shift),
            Color::Cyan => self.add(36 + shift),
            Color::Gray => self.add(37 + shift),
            Color::DarkGray => self.add(90 + shift),
            Color::LightRed => self.add(91 + shift),
            Color::LightGreen => self.add(92 + shift),
            Color::LightYellow => self.add(93 + shift),
            Color::LightBlue => self.add(94 + shift),
            Color::LightMagenta => self.add(95 + shift),
            Color::LightCyan => self.add(96 + shift),
            Color::White => self.add(97 + shift),
            Color::Indexed(index) => self.add_all(&[38 + shift, 5, index]),
            Color::Rgb(red, green, blue) => self.add_all(&[38 + shift, 2, red, green, blue]),
        }
    }
}
