//! The bytes of a frame, case by case.

use std::num::NonZeroU16;

use greengroup::runtime::terminal::{Capabilities, ColorMode};
use greengroup::ui::theme::CONTINUED;
use ratatui::Frame;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Paragraph;
use rstest::rstest;

use super::list::{Picture, rows};
use super::replay::Pair;

#[test]
fn frame_is_one_write_and_idle_none() {
    let mut pair = Pair::new(80, 24);
    let rows = rows(30);
    let picture = Picture::new(&rows);
    assert_eq!(pair.draw(|frame| picture.render(frame)).len(), 1);
    assert_eq!(pair.draw(|frame| picture.render(frame)).len(), 0);
}

#[test]
fn only_large_frames_are_synchronized() {
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
fn cursor_is_shown_only_where_set() {
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
    let with_cursor = |frame: &mut Frame| frame.set_cursor_position((1, 1));
    pair.draw(with_cursor);
    pair.drawing.clear().unwrap();
    pair.drawing.backend_mut().forget();
    pair.draw(with_cursor);
    assert!(!pair.shown.screen().hide_cursor());
}

#[test]
fn fixed_row_stays_among_scrolled_rows() {
    let mut pair = Pair::new(60, 20);
    for first in [0, 1, 2, 1, 0] {
        let bytes = pair.bytes(|frame| {
            for y in 0..20 {
                let number = first + i32::from(y);
                let text = match y {
                    10 => "fixed".to_owned(),
                    _ => format!("{number} {}", "content ".repeat(5)),
                };
                frame.buffer_mut().set_string(0, y, text, Style::new());
            }
        });
        assert!(bytes < 300 || first == 0, "not scrolled: {bytes}");
    }
}

#[test]
fn control_characters_never_reach_the_terminal() {
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
fn another_size_is_drawn_completely() {
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
fn foreign_output_is_erased_after_a_reset() {
    let mut pair = Pair::new(60, 10);
    let text = |frame: &mut Frame| frame.render_widget("in order", frame.area());
    pair.draw(text);
    pair.draw(|frame| frame.set_cursor_position((1, 1)));
    pair.shown.process(b"\x1b[5;5Hmessage from root\x1b[44m");
    pair.drawing.clear().unwrap();
    pair.drawing.backend_mut().forget();
    pair.draw(text);
    assert!(pair.shown.screen().hide_cursor());
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

#[test]
fn last_column_uses_only_portable_moves() {
    let mut pair = Pair::new(10, 4);
    let put = |x: u16, y: u16| {
        move |frame: &mut Frame| {
            frame.buffer_mut()[(9, 0)].set_symbol("x");
            frame.buffer_mut()[(x, y)].set_symbol("y");
        }
    };
    // The terminal's cursor is then on the last column or after it, depending on the terminal.
    for (x, y) in [(8, 1), (9, 1), (7, 3), (8, 0)] {
        pair.drawing.clear().unwrap();
        let sent = pair.draw(put(x, y)).concat();
        let sent = String::from_utf8(sent).unwrap();
        let (_, behind) = sent.split_once('x').unwrap_or_default();
        // Moving down keeps the column; after that, only an explicit column is certain.
        let across = behind.trim_start_matches('\n');
        let last = across.find(|sign: char| sign.is_ascii_alphabetic());
        let is_sure = across.starts_with('\r')
            || last.is_some_and(|at| matches!(across.get(at..=at), Some("G" | "H")));
        assert!(behind.is_empty() || is_sure, "{sent:?}");
        assert!(!behind.contains('\x08'), "{sent:?}");
    }
}

/// A selection takes a line over several rows in one piece, and only such a line.
#[test]
fn only_continued_rows_wrap_in_the_terminal() {
    let mut pair = Pair::new(10, 4);
    let draw = |pair: &mut Pair, start: &str, continued: Style| {
        pair.draw(|frame| {
            let buffer = frame.buffer_mut();
            buffer.set_string(0, 0, start, Style::new());
            buffer.set_string(0, 1, "eengrass:e", continued);
            buffer.set_string(0, 2, "u", continued);
        });
        let screen = pair.shown.screen();
        [0, 1, 2, 3].map(|row| screen.row_wrapped(row))
    };
    let continued = Style::new().add_modifier(CONTINUED);
    let apart = [false; 4];
    let joined = [true, true, false, false];
    assert_eq!(draw(&mut pair, "arn:aws:gr", Style::new()), apart);
    assert_eq!(draw(&mut pair, "arn:aws:gr", continued), joined);
    assert_eq!(draw(&mut pair, "arn:aws:GR", continued), joined);
    assert_eq!(draw(&mut pair, "arn:aws:GR", Style::new()), apart);
}

#[test]
fn uncertain_width_is_followed_by_absolute_move() {
    let mut pair = Pair::new(40, 2);
    let sent = pair.draw(|frame| frame.buffer_mut().set_string(0, 0, "a🚀b", Style::new()));
    let sent = String::from_utf8(sent.concat()).unwrap();
    let (before, behind) = sent.split_once('🚀').unwrap();
    assert!(before.ends_with("  \x1b[2D"), "{sent:?}");
    assert!(behind.starts_with("\x1b[4G"), "{sent:?}");
}

#[test]
fn only_style_differences_are_sent() {
    let mut pair = Pair::new(40, 1);
    let sent = pair.draw(|frame| {
        let buffer = frame.buffer_mut();
        buffer.set_string(0, 0, "a", Style::new().fg(Color::Red));
        buffer.set_string(1, 0, "b", Style::new().fg(Color::DarkGray));
        buffer.set_string(2, 0, "c", Style::new().fg(Color::DarkGray).bold());
        buffer.set_string(3, 0, "d", Style::new().fg(Color::DarkGray));
        buffer.set_string(4, 0, "e f", Style::new());
    });
    let sent = String::from_utf8(sent.concat()).unwrap();
    let (_, drawn) = sent.split_once("\x1b[J").unwrap();
    assert_eq!(drawn, "\x1b[31ma\x1b[90mb\x1b[1mc\x1b[22md\x1b[me f");
}

/// The bytes for a cell with `symbol`, which the terminal may show differently.
fn sent_for(symbol: &str) -> String {
    let mut pair = Pair::new(6, 2);
    let draw = |frame: &mut Frame| _ = frame.buffer_mut()[(2, 1)].set_symbol(symbol);
    pair.drawing.draw(draw).unwrap();
    let sent = pair.wire.0.borrow().concat();
    String::from_utf8(sent).unwrap()
}

/// A name with thousands of combining marks costs no more than any other.
#[test]
fn marks_of_one_cell_are_limited() {
    let sent = sent_for(&format!("e{}", "\u{301}".repeat(100_000)));
    let count = sent.matches('\u{301}').count();
    assert!((1..=15).contains(&count), "{count}");
}

#[rstest]
#[case('\u{fffe}')]
#[case('\u{1ffff}')]
#[case('\u{fdd0}')]
#[case('\u{600}')]
#[case('\u{6dd}')]
fn characters_of_no_sure_width_are_not_sent(#[case] character: char) {
    let sent = sent_for(&format!("{character}7"));
    assert!(!sent.contains(character), "{sent:?}");
}

#[test]
fn unfitting_or_zero_width_cells_are_blank() {
    let mut pair = Pair::new(6, 2);
    let sent = pair.draw(|frame| {
        frame.buffer_mut()[(5, 0)].set_symbol("字");
        frame.buffer_mut()[(2, 1)].set_symbol("\u{301}");
        frame.buffer_mut()[(3, 1)].set_symbol("z");
    });
    let sent = String::from_utf8(sent.concat()).unwrap();
    assert!(
        !sent.contains('字') && !sent.contains('\u{301}'),
        "{sent:?}"
    );
}
