//! Every screen in every kind of terminal, compared cell by cell with the expected picture.

mod trouble;

use std::time::Duration;

use greengroup::sandbox::Sandbox;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use rstest::rstest;

use crate::support::pty::{Program, Start};
use crate::support::session::Picture;
use crate::support::tmux::Tmux;
use crate::support::tour::{self, DESIGN, Looks, Manner, Pictures, SIZES, STOPS, Stop};

/// Longer than the time in which Enter has no effect after Review was opened.
const MOMENT: Duration = Duration::from_millis(400);

const UTF_8: &str = "C.UTF-8";
const LATIN: &str = "de_DE.ISO-8859-1";

/// Their descriptions say that they have no colours.
const WITHOUT_COLOURS: [&str; 2] = ["vt100", "dumb"];

/// The value of `NO_COLOR`, and the locale.
type Settings = (&'static str, &'static str);

const ALL_SETTINGS: [Settings; 4] = [("", UTF_8), ("", LATIN), ("1", UTF_8), ("1", LATIN)];

/// Walks in several terminals at the same time, since a walk mostly waits for the program.
fn at_once(walks: Vec<impl FnOnce() + Send>) {
    std::thread::scope(|scope| {
        for walk in walks {
            scope.spawn(walk);
        }
    });
}

/// The expected appearance.
fn looks(term: &str, (no_color, locale): Settings) -> Looks {
    let has_colours = !WITHOUT_COLOURS.contains(&term);
    Looks::new(has_colours && no_color.is_empty(), locale == LATIN)
}

fn title(term: &str, (no_color, locale): Settings) -> String {
    format!("TERM={term} NO_COLOR={no_color} LANG={locale}")
}

#[rstest]
#[tokio::test(start_paused = true)]
async fn every_screen_is_shown_as_it_is_meant(
    #[values("xterm-256color", "screen", "tmux-256color", "linux", "vt100", "dumb")] term: &str,
) {
    let mut walks = Vec::new();
    for settings in ALL_SETTINGS {
        let pictures = tour::pictures(looks(term, settings)).await;
        walks.push(move || every_screen_is_shown(term, settings, pictures));
    }
    at_once(walks);
}

fn every_screen_is_shown(term: &str, settings: Settings, pictures: &Pictures) {
    let start = Start::with("--sandbox").size(DESIGN.0, DESIGN.1);
    let mut program = looking(start, term, settings).run();
    let where_it_is = title(term, settings);
    let route = Route::through(&STOPS, pictures);
    walk(&mut program, &route, &where_it_is);
    program.send(b"q");
    program.wait_for("CREATED");
    program.send(b"q");
    let finished = program.finish();
    assert_eq!(finished.status, 4, "the deployment failed, {where_it_is}");
    finished.assert_given_back();
}

/// The program with these settings of its looks.
fn looking(start: Start, term: &str, (no_color, locale): Settings) -> Start {
    start
        .variable("TERM", term)
        .variable("NO_COLOR", no_color)
        .variable("LANG", locale)
}

/// A viewer of the program: a pseudo-terminal with a parser, or tmux.
trait Viewer {
    fn resize(&mut self, size: (u16, u16));
    fn send(&mut self, bytes: &[u8]);
    /// Waits longer than the time in which Enter has no effect after Review was opened.
    fn let_time_pass(&self);
    fn look_until(&self, fits: &dyn Fn(&vt100::Screen) -> bool) -> Result<(), Box<vt100::Screen>>;
}

impl Viewer for Program {
    fn resize(&mut self, (width, height): (u16, u16)) {
        Self::resize(self, width, height);
    }

    fn send(&mut self, bytes: &[u8]) {
        Self::send(self, bytes);
    }

    fn let_time_pass(&self) {
        self.wait_for_rest(MOMENT);
    }

    fn look_until(&self, fits: &dyn Fn(&vt100::Screen) -> bool) -> Result<(), Box<vt100::Screen>> {
        Self::look_until(self, fits)
    }
}

impl Viewer for Tmux {
    fn resize(&mut self, size: (u16, u16)) {
        Self::resize(self, size);
    }

    fn send(&mut self, bytes: &[u8]) {
        Self::send(self, bytes);
    }

    fn let_time_pass(&self) {
        self.run(["run-shell", &format!("sleep {}", MOMENT.as_secs_f32())]);
    }

    fn look_until(&self, fits: &dyn Fn(&vt100::Screen) -> bool) -> Result<(), Box<vt100::Screen>> {
        Self::look_until(self, fits)
    }
}

/// The stops, the expected picture of each, and the account that changes on the way.
struct Route<'a> {
    stops: &'a [Stop],
    pictures: &'a [Vec<Picture>],
    account: Option<&'a Sandbox>,
}

impl<'a> Route<'a> {
    const fn through(stops: &'a [Stop], pictures: &'a [Vec<Picture>]) -> Self {
        Self {
            stops,
            pictures,
            account: None,
        }
    }
}

/// Goes from stop to stop, and waits in each size until the expected picture is shown.
fn walk(viewer: &mut impl Viewer, route: &Route<'_>, where_it_is: &str) {
    let mut size = DESIGN;
    let mut before: Option<(&Stop, &Vec<Picture>)> = None;
    for (stop, pictures) in route.stops.iter().zip(route.pictures) {
        if size != stop.size {
            size = stop.size;
            viewer.resize(size);
            // The new size must arrive before the key.
            let place = SIZES.iter().position(|other| *other == size).unwrap();
            let (before, pictures) = before.unwrap();
            arrives(viewer, before, &pictures[place], where_it_is);
        }
        if let Some(account) = route.account {
            (stop.meanwhile)(account);
        }
        if stop.manner != Manner::Plain {
            viewer.let_time_pass();
        }
        viewer.send(&tour::bytes(stop.keys));
        // The size must not change before the keys are read.
        let place = SIZES.iter().position(|other| *other == size).unwrap();
        arrives(viewer, stop, &pictures[place], where_it_is);
        for (next, picture) in SIZES.into_iter().zip(pictures) {
            if next != size {
                size = next;
                viewer.resize(size);
            }
            arrives(viewer, stop, picture, where_it_is);
        }
        before = Some((stop, pictures));
    }
}

#[rstest]
#[tokio::test(start_paused = true)]
async fn tmux_shows_every_screen_as_drawn(#[values("screen", "tmux-256color")] term: &str) {
    let mut walks = Vec::new();
    for settings in ALL_SETTINGS {
        let pictures = tour::pictures(looks(term, settings)).await;
        walks.push(move || tmux_shows_every_screen(term, settings, pictures));
    }
    at_once(walks);
}

fn tmux_shows_every_screen(term: &str, settings: Settings, pictures: &Pictures) {
    let start = Start::with("--sandbox").size(DESIGN.0, DESIGN.1);
    let Some(mut tmux) = looking(start, term, settings).run_in_tmux() else {
        return;
    };
    let where_it_is = format!("in tmux, {}", title(term, settings));
    let route = Route::through(&STOPS, pictures);
    walk(&mut tmux, &route, &where_it_is);
    tmux.send(b"q");
    let closed = tmux.look_until(|screen| screen.contents().contains("CREATED"));
    assert!(closed.is_ok(), "{where_it_is}: {}", tmux.shown());
    tmux.send(b"q");
    let ended = tmux.look_until(|screen| screen.contents().contains("ended with 4"));
    assert!(ended.is_ok(), "{where_it_is}: {}", tmux.shown());
}

fn arrives(viewer: &impl Viewer, stop: &Stop, picture: &Picture, where_it_is: &str) {
    let looked = viewer.look_until(&|screen| is_shown(screen, picture, stop));
    if let Err(screen) = looked {
        let area = picture.buffer.area;
        panic!(
            "{} at {}x{}, {where_it_is}: due\n{}\nthere is\n{}\ncursor {:?}, due {:?}; {}",
            stop.name,
            area.width,
            area.height,
            picture.rows().join("\n"),
            screen.contents(),
            screen.cursor_position(),
            picture.cursor,
            first_difference(&screen, picture).unwrap_or_default(),
        );
    }
}

fn is_shown(screen: &vt100::Screen, picture: &Picture, stop: &Stop) -> bool {
    let (rows, columns) = screen.size();
    let area = picture.buffer.area;
    if (columns.get(), rows.get()) != (area.width, area.height) {
        return false;
    }
    let shown: Vec<String> = screen
        .rows(0, area.width)
        .map(|row| row.trim_end().to_owned())
        .collect();
    if !tour::is_like(picture, &shown, stop.likeness) {
        return false;
    }
    let (y, x) = screen.cursor_position();
    let cursor = (!screen.hide_cursor()).then_some((x, y));
    // In the log, the order of the lines may differ, and so the style of a cell.
    cursor == picture.cursor
        && (stop.likeness == tour::Likeness::Log || first_difference(screen, picture).is_none())
}

/// The first cell that differs from the expected picture.
fn first_difference(screen: &vt100::Screen, picture: &Picture) -> Option<String> {
    let area = picture.buffer.area;
    let counted: Vec<bool> = picture
        .rows()
        .iter()
        .map(|row| tour::is_counted(row))
        .collect();
    let mut compared = area.positions().filter(|at| !counted[usize::from(at.y)]);
    compared.find_map(|at| {
        let due = &picture.buffer[at];
        let cell = screen.cell(at.y, at.x)?;
        (!looks_like(cell, due)).then(|| {
            format!(
                "row {} column {}: {cell:?}, due {due:?}",
                at.y + 1,
                at.x + 1
            )
        })
    })
}

/// Attributes of blanks are compared only if they are visible.
fn looks_like(shown: &vt100::Cell, due: &Cell) -> bool {
    let has = |modifier| due.modifier.contains(modifier);
    let is_blank = due.symbol().trim().is_empty();
    if shown.is_wide_continuation() {
        return true;
    }
    let is_seen_alike = shown.inverse() == has(Modifier::REVERSED)
        && shown.underline() == has(Modifier::UNDERLINED)
        && shown.bgcolor() == color(due.bg);
    // The parser knows one intensity at a time; of bold and faint it keeps the last.
    let intensity = if has(Modifier::BOLD | Modifier::DIM) {
        shown.bold() || shown.dim()
    } else {
        shown.bold() == has(Modifier::BOLD) && shown.dim() == has(Modifier::DIM)
    };
    let is_written_alike =
        intensity && shown.italic() == has(Modifier::ITALIC) && shown.fgcolor() == color(due.fg);
    is_seen_alike && (is_blank || is_written_alike)
}

fn color(color: Color) -> vt100::Color {
    let place = match color {
        Color::Reset => return vt100::Color::Default,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Rgb(..) | Color::Indexed(_) => panic!("{color:?} is none of the sixteen"),
    };
    vt100::Color::Idx(place)
}
