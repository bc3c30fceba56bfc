//! The pictures of the README, drawn from the program itself; `UPDATE_DOCUMENTS=1` draws them anew.

use std::fmt::Write;
use std::path::Path;

use greengroup::app::Launch;
use greengroup::domain::Timestamp;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Ids, Sandbox};
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::session::{NOW, Session};

const SIZE: (u16, u16) = (100, 30);

/// Width and height of a cell: the widths of most monospaced fonts are three fifths of their size.
const CELL: (f32, f32) = (8.4, 18.0);
const LETTERS: f32 = 14.0;
const MARGIN: f32 = 12.0;

const GROUND: &str = "#16181d";
const INK: &str = "#d6d9de";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

async fn session(group: Option<&str>) -> Session {
    let sandbox = Sandbox::demo();
    sandbox.foretell(now, Ids::Seeded(3));
    let launch = Launch {
        group: group.map(str::to_owned),
        is_sandbox: true,
        ..Launch::default()
    };
    Session::start_with(sandbox, launch, Journal::nowhere(), SIZE).await
}

#[tokio::test(start_paused = true)]
async fn groups() {
    let mut session = session(None).await;
    session.press("<Down><Down>").await;
    check("groups", &session);
}

#[tokio::test(start_paused = true)]
async fn assemble_review_and_outcome() {
    let mut session = session(Some("press-line-3")).await;
    session.press("3/press-line<Down>").await;
    check("assemble", &session);
    session.press("<Enter>6/press-line-3<Enter>a").await;
    check("review", &session);
    // How much was read until here is no part of the picture, though each answer takes an id.
    session.sandbox.foretell(now, Ids::Seeded(4));
    session.press("<Space><Tab><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    check("outcome", &session);
}

/// Compares the screen with the picture of this name, or draws the picture anew.
fn check(name: &str, session: &Session) {
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    let theme = Theme::named("dark").unwrap();
    terminal
        .draw(|frame| ui::render(&session.app, &theme, frame))
        .unwrap();
    let drawn = picture(name, terminal.backend().buffer());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/screens/{name}.svg"));
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == drawn,
        "{} is not what the program shows; UPDATE_DOCUMENTS=1 draws it anew\n{}",
        file.display(),
        session.screen()
    );
}

/// The buffer as a scalable picture: letters stay letters, which can be searched and read aloud.
fn picture(name: &str, buffer: &Buffer) -> String {
    let (columns, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (
        columns * CELL.0 + 2.0 * MARGIN,
        rows * CELL.1 + 2.0 * MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"greengroup: {name}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"{LETTERS}\" xml:space=\"preserve\">\n"
    );
    for row in 0..buffer.area.height {
        for run in runs(buffer, row) {
            run.draw(&mut svg, row);
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Cells of one look that stand beside each other.
struct Run {
    column: u16,
    cells: usize,
    text: String,
    look: Cell,
}

/// The runs of a row. A letter that is not ASCII stands alone, so that a font in which it has
/// another width shifts nothing.
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

/// Hebrew, Arabic and their like: letters that join and are written from the right, which is the
/// viewer's to do and needs the whole of them.
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
        if self.text.trim().is_empty() {
            return;
        }
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
        if self.cells > 1 {
            write!(looks, " textLength=\"{width:.1}\"").unwrap();
        }
        let base = top + CELL.1 * 0.72;
        let text = escaped(&self.text);
        writeln!(
            svg,
            "<text x=\"{left:.1}\" y=\"{base:.1}\" fill=\"{ink}\"{looks}>{text}</text>"
        )
        .unwrap();
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The sixteen colours as a calm dark terminal has them.
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
