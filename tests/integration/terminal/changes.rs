//! Random frames in sequence, on every kind of terminal.

use greengroup::runtime::terminal::{Capabilities, ColorMode};
use proptest::prelude::*;
use ratatui::Frame;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::replay::Pair;

#[derive(Debug, Clone)]
enum Step {
    Write {
        x: u16,
        y: u16,
        text: String,
        style: Style,
    },
    Clear,
    Scroll {
        top: u16,
        bottom: u16,
        rows: i32,
    },
    Fill {
        y: u16,
        style: Style,
    },
}

fn some_style() -> impl Strategy<Value = Style> {
    let color = prop_oneof![
        3 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::DarkGray),
        1 => Just(Color::White),
        1 => any::<u8>().prop_filter("has a name", |index| *index > 15).prop_map(Color::Indexed),
        1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
    ];
    let modifier = prop_oneof![
        3 => Just(Modifier::empty()),
        2 => any::<u16>().prop_map(Modifier::from_bits_truncate),
    ];
    (color.clone(), color, modifier).prop_map(|(foreground, background, modifier)| {
        Style::new()
            .fg(foreground)
            .bg(background)
            .remove_modifier(Modifier::all())
            .add_modifier(modifier - Modifier::HIDDEN)
    })
}

fn some_step() -> impl Strategy<Value = Step> {
    let text = prop_oneof![
        4 => "[a-c ]{1,24}",
        1 => " {1,30}",
        1 => "[a-b字語e\u{301} é─🚀]{1,9}",
    ];
    prop_oneof![
        8 => (0..40u16, 0..12u16, text, some_style())
            .prop_map(|(x, y, text, style)| Step::Write { x, y, text, style }),
        1 => Just(Step::Clear),
        2 => (0..6u16, 6..13u16, prop_oneof![-3..0i32, 1..4i32])
            .prop_map(|(top, bottom, rows)| Step::Scroll { top, bottom, rows }),
        1 => (0..12u16, some_style()).prop_map(|(y, style)| Step::Fill { y, style }),
    ]
}

const ARENA: Rect = Rect::new(0, 0, 40, 12);

fn apply(step: &Step, buffer: &mut Buffer) {
    match step {
        Step::Write { x, y, text, style } => {
            // Ratatui itself leaves half of a wide character if the other half is overwritten.
            let mut row = Buffer::empty(ARENA);
            row.set_string(*x, *y, text, *style);
            let end = (*x + row_width(text)).min(ARENA.width);
            for column in *x..end {
                let covering = (0..column).find(|&lead| {
                    buffer[(lead, *y)].cell_width() > 1
                        && lead + buffer[(lead, *y)].cell_width() > column
                });
                if let Some(lead) = covering {
                    buffer[(lead, *y)].reset();
                }
            }
            buffer.set_string(*x, *y, text, *style);
        }
        Step::Clear => buffer.reset(),
        Step::Fill { y, style } => {
            buffer.set_style(Rect::new(0, *y, ARENA.width, 1), *style);
        }
        Step::Scroll { top, bottom, rows } => {
            let bottom = (*bottom).min(ARENA.height);
            let before = buffer.clone();
            for y in *top..bottom {
                let source = i32::from(y) + rows;
                for x in 0..ARENA.width {
                    let inside = (i32::from(*top)..i32::from(bottom)).contains(&source);
                    let cell = &mut buffer[(x, y)];
                    if inside {
                        *cell = before[(x, u16::try_from(source).unwrap())].clone();
                    } else {
                        cell.reset();
                    }
                }
            }
        }
    }
}

fn row_width(text: &str) -> u16 {
    text.cell_width()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_change_of_the_picture_arrives(
        frames in proptest::collection::vec(proptest::collection::vec(some_step(), 0..12), 1..8),
        is_modern in any::<bool>(),
        has_colors in any::<bool>(),
        cursor in proptest::option::of((0..40u16, 0..12u16)),
    ) {
        let capabilities = if is_modern { Capabilities::MODERN } else { Capabilities::PLAIN };
        let colors = if has_colors { ColorMode::Ansi16 } else { ColorMode::None };
        let mut pair = Pair::with(ARENA.width, ARENA.height, capabilities, colors);
        let mut picture = Buffer::empty(ARENA);
        for steps in frames {
            for step in &steps {
                apply(step, &mut picture);
            }
            pair.bytes(|frame| {
                frame.buffer_mut().clone_from(&picture);
                if let Some(position) = cursor {
                    frame.set_cursor_position(position);
                }
            });
            prop_assert_eq!(pair.shown.screen().hide_cursor(), cursor.is_none());
            if let Some((x, y)) = cursor {
                prop_assert_eq!(pair.shown.screen().cursor_position(), (y, x));
            }
        }
    }

    #[test]
    fn rows_that_only_moved_are_not_sent_again(
        top in 0..5u16, height in 8..25u16, rows in prop_oneof![-3..0i32, 1..4i32],
        is_modern in any::<bool>(),
    ) {
        let capabilities = if is_modern { Capabilities::MODERN } else { Capabilities::PLAIN };
        let mut pair = Pair::with(80, 30, capabilities, ColorMode::Ansi16);
        let render = |first: i32| move |frame: &mut Frame| {
            for y in 0..30 {
                let text = if (top..top + height).contains(&y) {
                    let number = first + i32::from(y);
                    format!("row {number} {}", format!("{:x} ", number * 7919).repeat(10))
                } else {
                    format!("fixed {y}")
                };
                frame.buffer_mut().set_string(0, y, text, Style::new());
            }
        };
        pair.bytes(render(100));
        let bytes = pair.bytes(render(100 + rows));
        prop_assert!(bytes < 75 * rows.unsigned_abs() as usize + 40, "{bytes}");
    }
}
