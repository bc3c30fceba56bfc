//! What a frame consists of, case by case.

use std::num::NonZeroU16;

use greengroup::runtime::terminal::{Capabilities, ColorMode};
use ratatui::Frame;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Paragraph;

use super::list::{Picture, rows};
use super::replay::Pair;

#[test]
fn a_frame_is_one_write_and_an_idle_one_is_none() {
    let mut pair = Pair::new(80, 24);
    let rows = rows(30);
    let picture = Picture::new(&rows);
    assert_eq!(pair.draw(|frame| picture.render(frame)).len(), 1);
    assert_eq!(pair.draw(|frame| picture.render(frame)).len(), 0);
}

#[test]
fn large_frames_are_synchronized_and_small_ones_are_not() {
    let rows = rows(50);
    let mut picture = Picture::new(&rows);
    let begins = |writes: &[Vec<u8>]| writes[0].starts_with(b"\x1b[?2026h");
    let mut modern = Pair::new(120, 40);
    let large = modern.draw(|frame| picture.render(frame));
    assert!(begins(&large) && large[0].ends_with(b"\x1b[?2026l"));
    let mut plain = Pair::with(120, 40, Capabilities::PLAIN, ColorMode::Ansi16);
    assert!(!begins(&plain.draw(|frame| picture.render(frame))));
    picture.spinner = '/';
    assert!(!begins(&modern.draw(|frame| picture.render(frame))));
}

#[test]
fn the_cursor_is_shown_only_where_one_was_set() {
    let mut pair = Pair::new(40, 5);
    let text = |frame: &mut Frame| frame.render_widget("some text", frame.area());
    pair.draw(text);
    assert!(pair.shown.screen().hide_cursor());
    pair.draw(|frame| {
        text(frame);
        frame.set_cursor_position((7, 3));
    });
    assert!(!pair.shown.screen().hide_cursor());
    assert_eq!(pair.shown.screen().cursor_position(), (3, 7));
    pair.draw(|frame| {
        frame.render_widget("other", frame.area());
        frame.set_cursor_position((8, 3));
    });
    assert_eq!(pair.shown.screen().cursor_position(), (3, 8));
    pair.draw(text);
    assert!(pair.shown.screen().hide_cursor());
}

#[test]
fn a_character_that_would_steer_the_terminal_never_reaches_it() {
    let mut pair = Pair::new(20, 2);
    let mut writes = Vec::new();
    for hostile in ["\u{1b}]52;c;AAAA\u{7}", "\u{9b}2J", "\n", "a\u{1b}"] {
        let drawing = &mut pair.drawing;
        drawing
            .draw(|frame| {
                frame.buffer_mut()[(0, 0)].set_symbol(&format!("x{hostile}"));
            })
            .unwrap();
        writes.append(&mut pair.wire.0.borrow_mut());
    }
    let text = String::from_utf8(writes.concat()).unwrap();
    assert!(!text.contains("]52") && !text.contains('\u{9b}') && !text.contains('\n'));
    assert!(text.contains('?'));
}

#[test]
fn without_colours_none_is_sent() {
    let mut pair = Pair::with(60, 6, Capabilities::MODERN, ColorMode::None);
    let writes = pair.draw(|frame| {
        let style = Style::new()
            .fg(Color::Red)
            .bg(Color::Blue)
            .add_modifier(Modifier::REVERSED | Modifier::BOLD);
        frame.render_widget(Paragraph::new("warning").style(style), frame.area());
    });
    let text = String::from_utf8(writes.concat()).unwrap();
    let numbers = |text: &str| -> Vec<u16> {
        text.split("\x1b[")
            .filter_map(|sequence| sequence.split_once('m'))
            .filter(|(numbers, _)| numbers.chars().all(|c| c.is_ascii_digit() || c == ';'))
            .flat_map(|(numbers, _)| {
                numbers
                    .split(';')
                    .filter_map(|n| n.parse().ok())
                    .collect::<Vec<u16>>()
            })
            .collect()
    };
    assert_eq!(numbers(&text), [1, 7]);
}

#[test]
fn another_size_is_drawn_whole() {
    let rows = rows(50);
    let picture = Picture::new(&rows);
    let mut pair = Pair::new(100, 30);
    for (width, height) in [(100, 30), (60, 15), (1, 1), (2, 40), (200, 60), (80, 24)] {
        *pair.size.borrow_mut() = Size::new(width, height);
        let nonzero = |number| NonZeroU16::new(number).unwrap();
        pair.shown
            .screen_mut()
            .set_size(nonzero(height), nonzero(width));
        pair.draw(|frame| picture.render(frame));
    }
}

#[test]
fn what_else_wrote_on_the_terminal_is_gone_once_forgotten() {
    let mut pair = Pair::new(60, 10);
    let text = |frame: &mut Frame| frame.render_widget("in order", frame.area());
    pair.draw(text);
    pair.shown.process(b"\x1b[5;5Hmessage from root\x1b[44m");
    pair.drawing.clear().unwrap();
    pair.drawing.backend_mut().forget();
    pair.draw(text);
}

#[test]
fn plain_terminals_get_no_sequence_beyond_a_vt100s() {
    let rows = rows(80);
    let mut picture = Picture::new(&rows);
    let mut pair = Pair::with(100, 30, Capabilities::PLAIN, ColorMode::Ansi16);
    let mut sent = Vec::new();
    for offset in [0, 1, 2, 1, 0, 5] {
        (picture.selected, picture.offset) = (offset, offset);
        sent.extend(pair.draw(|frame| picture.render(frame)).concat());
    }
    for query in ["p", "pr", "", "zz", ""] {
        let picture = Picture::filtered(&rows, query);
        sent.extend(pair.draw(|frame| picture.render(frame)).concat());
    }
    let text = String::from_utf8(sent).unwrap();
    for sequence in text.split("\x1b[").skip(1) {
        let last = sequence.chars().find(char::is_ascii_alphabetic).unwrap();
        assert!("ABCDHJKmrhl".contains(last), "ESC[{sequence:?}");
        assert!(!sequence.starts_with("?2026"));
    }
}
