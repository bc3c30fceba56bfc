//! The journey from the list of groups to a new version, as an animation in a page.

use std::fmt::Write;

use ratatui::buffer::Buffer;

use super::drawing::{CELL, GROUND, INK, KEEP_BLANKS, MARGIN, escaped, row_at, size_of, writing};
use super::{compare, session, shown};
use crate::support::session::Session;

const SIZE: (u16, u16) = (92, 27);

/// The display time of a key and its effect, in milliseconds.
const TYPED: u32 = 130;
const READ: u32 = 2_600;

/// The keys, and the text about them below the screen.
const SCENES: [(&str, &str); 12] = [
    ("", "The groups of the account. Typing / searches them."),
    ("/press 3", "Words are fuzzy; each of them has to match."),
    (
        "<Enter>",
        "Seven slots, filled from the group's current version.",
    ),
    ("3", "The functions: every version of every definition."),
    ("/88d2", "An id is found as well as a name."),
    (
        "<Tab>d",
        "d: what differs from the version that the group has now.",
    ),
    (
        "<Enter><Enter>",
        "Enter puts it into the slot and goes on to the next pane.",
    ),
    (
        "nf",
        "A subscription does not fit any more: f lists what fixes it.",
    ),
    ("<Enter>", "The best fix is in the draft; u undoes it."),
    (
        "a",
        "Review: what changes, what the checks say, the exact request. Cancel has the focus.",
    ),
    ("<Right>", "Nothing is to be acknowledged, so Create works."),
    (
        "<Enter>",
        "Created. The command that deploys it is ready to be copied.",
    ),
];

struct Frame {
    buffer: Buffer,
    words: &'static str,
    milliseconds: u32,
}

#[tokio::test(start_paused = true)]
async fn recording_matches_the_program() {
    let mut session = session(None, SIZE).await;
    let mut frames = Vec::new();
    for (keys, words) in SCENES {
        for key in single(keys) {
            session.press(key).await;
            frames.push(frame(&mut session, words, TYPED));
        }
        frames.push(frame(&mut session, words, READ));
    }
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    let frames = without_repeats(frames);
    let film = film(&frames);
    assert!(film.len() < 300_000, "{} bytes", film.len());
    compare("recording.svg", &film, &session.screen());
}

/// The single keys: `<Enter>` is one, and so is `a`.
fn single(keys: &str) -> Vec<&str> {
    let mut rest = keys;
    let mut single = Vec::new();
    while let Some(first) = rest.chars().next() {
        let end = match rest.find('>') {
            Some(end) if first == '<' => end + 1,
            _ => first.len_utf8(),
        };
        let (key, after) = rest.split_at(end);
        single.push(key);
        rest = after;
    }
    single
}

fn frame(session: &mut Session, words: &'static str, milliseconds: u32) -> Frame {
    Frame {
        buffer: shown(session),
        words,
        milliseconds,
    }
}

/// Equal frames in a row become one, for the time of both.
fn without_repeats(frames: Vec<Frame>) -> Vec<Frame> {
    let mut kept: Vec<Frame> = Vec::new();
    for frame in frames {
        match kept.last_mut() {
            Some(last) if last.buffer == frame.buffer && last.words == frame.words => {
                last.milliseconds += frame.milliseconds;
            }
            _ => kept.push(frame),
        }
    }
    kept
}

/// The frames next to each other on a strip that moves under the picture's frame. Without motion, the first
/// one is shown.
fn film(frames: &[Frame]) -> String {
    let (width, screen) = size_of(&frames[0].buffer);
    let height = screen + CELL.1 * 1.5;
    let whole: u32 = frames.iter().map(|frame| frame.milliseconds).sum();
    let mut rows: Vec<String> = Vec::new();
    let (mut moves, mut strip) = (String::new(), String::new());
    let mut passed = 0;
    for (place, frame) in (0_u16..).zip(frames) {
        let left = f32::from(place) * width;
        let share = f64::from(passed) * 100.0 / f64::from(whole);
        _ = writeln!(
            moves,
            "{share:.3}% {{ transform: translateX(-{left:.1}px) }}"
        );
        passed += frame.milliseconds;
        _ = write!(strip, "<g transform=\"translate({left:.1},0)\">");
        for row in 0..frame.buffer.area.height {
            let drawn = row_at(&frame.buffer, row, 0);
            if drawn.is_empty() {
                continue;
            }
            let number = rows.iter().position(|known| *known == drawn);
            let number = number.unwrap_or_else(|| {
                rows.push(drawn);
                rows.len() - 1
            });
            let top = f32::from(row) * CELL.1;
            _ = write!(strip, "<use href=\"#r{number}\" y=\"{top}\"/>");
        }
        let (x, y) = (MARGIN, screen + CELL.1 * 0.6);
        let words = escaped(frame.words);
        _ = writeln!(
            strip,
            "<text x=\"{x}\" y=\"{y:.1}\" fill=\"{INK}\" font-style=\"italic\">{words}</text></g>"
        );
    }
    let mut known = String::new();
    for (number, row) in rows.iter().enumerate() {
        _ = writeln!(known, "<g id=\"r{number}\">\n{row}</g>");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"greengroup: from the list of groups to a new version\">\n\
         <style>\n{KEEP_BLANKS}\n@keyframes film {{\n{moves}}}\n.film {{ animation: film {whole}ms step-end infinite }}\n\
         @media (prefers-reduced-motion: reduce) {{ .film {{ animation: none }} }}\n</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <defs><g {0}>\n{known}</g></defs>\n<g class=\"film\" {0}>\n{strip}</g>\n</svg>\n",
        writing()
    )
}
