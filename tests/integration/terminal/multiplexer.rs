//! The same frames in a real tmux as an independent terminal, and copying there.

use std::time::Duration;

use greengroup::runtime::clipboard::Clipboard;
use greengroup::runtime::input::delays::Delays;
use greengroup::runtime::input::{Input, Inputs};
use greengroup::runtime::terminal::{Terminal, detect, open_for_reading};
use ratatui::backend::TestBackend;

use super::list::{Picture, Row, rows};
use super::mode::SCENARIO;
use crate::support::program::{own_test, shell_line};
use crate::support::tmux::Tmux;

const COPIED: &str = "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/groups/ä";
const TRIES: usize = 2000;

fn journey(rows: &[Row]) -> Vec<Picture<'_>> {
    let mut pictures = Vec::new();
    for offset in [0, 1, 2, 3, 4, 3, 2, 20, 21, 0] {
        let mut picture = Picture::new(rows);
        (picture.selected, picture.offset) = (offset + 5, offset);
        pictures.push(picture);
    }
    for query in ["p", "pr", "pre", "pres", "press", "zz", "", "camera", ""] {
        pictures.push(Picture::filtered(rows, query));
    }
    pictures
}

/// Not a test itself: the process for the tests below, inside tmux.
#[tokio::test(flavor = "current_thread")]
async fn scenario() {
    match std::env::var(SCENARIO).unwrap_or_default().as_str() {
        "journey" => {
            let (capabilities, colors) = detect(|name| std::env::var_os(name), None);
            let mut terminal = Terminal::open(capabilities, colors).unwrap();
            let delays = Delays::after(Duration::from_millis(50));
            let mut inputs = Inputs::start(open_for_reading().unwrap(), delays).unwrap();
            for picture in journey(&rows(60)) {
                terminal.draw(|frame| picture.render(frame)).unwrap();
                assert!(matches!(inputs.next().await, Input::Key(_)));
            }
        }
        "copy" => {
            let clipboard = Clipboard::from_environment(|name| std::env::var_os(name));
            assert_eq!(clipboard, Clipboard::Tmux);
            let parcel = clipboard.send(COPIED.to_owned()).await.unwrap();
            assert_eq!(parcel.for_terminal, b"");
        }
        _ => {}
    }
}

/// Runs the scenario in a pane, with the environment of tmux.
fn start(scenario: &str, then: &str) -> Option<Tmux> {
    let line = shell_line(&own_test("terminal::multiplexer::scenario"));
    Tmux::start((100, 30), &format!("{SCENARIO}={scenario} {line}; {then}"))
}

fn expected(picture: &Picture<'_>) -> String {
    let mut terminal = ratatui::Terminal::new(TestBackend::new(100, 30)).unwrap();
    let drawn = terminal.draw(|frame| picture.render(frame)).unwrap();
    let mut text = String::new();
    for row in drawn.buffer.content.chunks(100) {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[test]
fn tmux_shows_the_drawn_frames() {
    let Some(tmux) = start("journey", "true") else {
        return;
    };
    for (number, picture) in journey(&rows(60)).iter().enumerate() {
        let wanted = expected(picture);
        let arrived = (0..TRIES).any(|_| tmux.shown() == wanted);
        assert!(
            arrived,
            "picture {number}: wanted\n{wanted}\nthere is\n{}",
            tmux.shown()
        );
        tmux.run(["send-keys", "n"]);
    }
}

#[test]
fn a_copy_in_tmux_is_in_its_buffer() {
    let Some(tmux) = start("copy", "tmux wait-for -S copied; cat") else {
        return;
    };
    tmux.run(["wait-for", "copied"]);
    let output = tmux.run(["show-buffer"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), COPIED);
}
