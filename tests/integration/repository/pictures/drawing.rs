//! A screen as a scalable picture with text that can be searched and read aloud.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell: the width of most monospaced fonts is three fifths of their size.
pub(super) const CELL: (f32, f32) = (8.4, 18.0);
const LETTERS: f32 = 14.0;
pub(super) const MARGIN: f32 = 12.0;

pub(super) const GROUND: &str = "#16181d";
pub(super) const INK: &str = "#d6d9de";

/// The attributes of text.
pub(super) fn writing() -> String {
    format!(
        "font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"{LETTERS}\""
    )
}

/// Keeps blanks in texts: Chromium ignores `xml:space` on a group of them.
pub(super) const KEEP_BLANKS: &str = "text{white-space:pre}";

pub(super) fn size_of(buffer: &Buffer) -> (f32, f32) {
    let (columns, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    (
        columns * CELL.0 + 2.0 * MARGIN,
        rows * CELL.1 + 2.0 * MARGIN,
    )
}

/// One screen.
pub(super) fn picture(name: &str, buffer: &Buffer) -> String {
    let (width, height) = size_of(buffer);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"greengroup: {name}\">\n\
         <style>{KEEP_BLANKS}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g {}>\n",
        writing()
    );
    for row in 0..buffer.area.height {
        svg.push_str(&row_at(buffer, row, row));
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// A row of the screen, drawn at row `place`.
pub(super) fn row_at(buffer: &Buffer, row: u16, place: u16) -> String {
    let mut svg = String::new();
    for run in runs(buffer, row) {
        run.draw(&mut svg, place);
    }
    svg
}

/// Adjacent cells with the same style.
struct Run {
    column: u16,
    cells: usize,
    text: String,
    look: Cell,
}

/// The runs of a row. A letter that is not ASCII is a separate run: its width in a font shifts no other text.
fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < buffer.area.width {
        let cell = &buffer[(column, row)];
        let cells = cell.symbol().width().max(1);
        let joins = |run: &Run| {
            let is_same = run.look.style() == cell.style();
            let is_line = |text: &str| text.chars().all(|letter| letter == '─');
            let is_alike = run.text.is_ascii() && cell.symbol().is_ascii()
                || is_line(&run.text) && is_line(cell.symbol());
            let next = buffer.cell((column + 1, row)).map_or("", Cell::symbol);
            let goes_on = is_leftward(cell.symbol()) || cell.symbol() == " " && is_leftward(next);
            is_same && (is_alike || is_leftward(&run.text) && goes_on)
        };
        match runs.last_mut().filter(|run| joins(run)) {
            Some(run) => {
                run.text.push_str(cell.symbol());
                run.cells += cells;
            }
            None => runs.push(Run {
                column,
                cells,
                text: cell.symbol().to_owned(),
                look: cell.clone(),
            }),
        }
        column += u16::try_from(cells).unwrap();
    }
    runs
}

/// Hebrew, Arabic and similar: the viewer joins these letters and writes them from the right, so it needs
/// them in one run.
fn is_leftward(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{590}'..='\u{8ff}'))
}

impl Run {
    fn draw(&self, svg: &mut String, row: u16) {
        let modifier = self.look.modifier;
        let (mut ink, mut ground) = (hue(self.look.fg, INK), hue(self.look.bg, "none"));
        if modifier.contains(Modifier::REVERSED) {
            let under = if ground == "none" { GROUND } else { ground };
            (ink, ground) = (under, ink);
        }
        let cells = u16::try_from(self.cells).unwrap();
        let (left, top) = (
            MARGIN + f32::from(self.column) * CELL.0,
            MARGIN + f32::from(row) * CELL.1,
        );
        let width = f32::from(cells) * CELL.0;
        if ground != "none" {
            let height = CELL.1;
            writeln!(svg, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{ground}\"/>").unwrap();
        }
        // Blanks at the ends are left out, because viewers treat them differently.
        let text = self.text.trim_matches(' ');
        if text.is_empty() {
            return;
        }
        let indent = self.text.len() - self.text.trim_start_matches(' ').len();
        let blanks = self.text.len() - text.len();
        let left = left + f32::from(u16::try_from(indent).unwrap()) * CELL.0;
        let cells = self.cells - blanks;
        let width = f32::from(u16::try_from(cells).unwrap()) * CELL.0;
        let mut looks = String::new();
        if modifier.contains(Modifier::BOLD) {
            looks.push_str(" font-weight=\"bold\"");
        }
        if modifier.contains(Modifier::DIM) {
            looks.push_str(" opacity=\"0.6\"");
        }
        if modifier.contains(Modifier::UNDERLINED) {
            looks.push_str(" text-decoration=\"underline\"");
        }
        if cells > 1 {
            write!(looks, " textLength=\"{width:.1}\"").unwrap();
        }
        let base = top + CELL.1 * 0.72;
        let text = escaped(text);
        writeln!(
            svg,
            "<text x=\"{left:.1}\" y=\"{base:.1}\" fill=\"{ink}\"{looks}>{text}</text>"
        )
        .unwrap();
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The sixteen colours of a muted dark terminal.
fn hue(color: Color, otherwise: &'static str) -> &'static str {
    match color {
        Color::Black => "#16181d",
        Color::Red => "#e06c75",
        Color::Green => "#8fc379",
        Color::Yellow => "#e5c07b",
        Color::Blue => "#6cabeb",
        Color::Magenta => "#c586dd",
        Color::Cyan => "#5fbdc8",
        Color::Gray | Color::White => "#eceff4",
        Color::DarkGray => "#7b828f",
        Color::LightRed => "#f28b93",
        Color::LightGreen => "#a9dc92",
        Color::LightYellow => "#f3d795",
        Color::LightBlue => "#8fc3f5",
        Color::LightMagenta => "#d8a6ec",
        Color::LightCyan => "#86d8e2",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => otherwise,
    }
}
