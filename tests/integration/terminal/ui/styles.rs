//! States differ without colour, and no colour is used if there is none.

use greengroup::ui::Theme;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use rstest::rstest;

use super::scenes::{self, SMALL};
use super::stage::Stage;

fn monochrome(mut stage: Stage) -> Stage {
    stage.theme = Theme::named("monochrome").unwrap();
    stage
}

/// The modifiers of the first occurrence of `text`.
fn modifiers(buffer: &Buffer, text: &str) -> Modifier {
    for y in 0..buffer.area.height {
        let row: Vec<&str> = (0..buffer.area.width)
            .map(|x| buffer[(x, y)].symbol())
            .collect();
        if let Some(start) = row.concat().find(text) {
            let x = u16::try_from(start).unwrap();
            return buffer[(x, y)].modifier;
        }
    }
    panic!("{text:?} is not on the screen");
}

#[rstest]
#[case(scenes::groups(SMALL))]
#[case(scenes::busy(SMALL))]
#[case(scenes::changed(SMALL))]
#[case(scenes::review(SMALL))]
#[case(scenes::protected(SMALL))]
#[case(scenes::created(SMALL))]
#[case(scenes::failed(SMALL))]
#[case(scenes::moved(SMALL))]
#[case(scenes::read_only(SMALL))]
fn no_colour_is_set_without_colours(#[case] stage: Stage) {
    let buffer = monochrome(stage).buffer();
    for cell in buffer.content() {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}

#[test]
fn dropped_slot_is_highlighted() {
    let buffer = monochrome(scenes::changed(SMALL)).buffer();
    let (dropped, changed, kept) = (
        modifiers(&buffer, "DROPPED"),
        modifiers(&buffer, "CHANGED"),
        modifiers(&buffer, "kept    "),
    );
    assert_eq!(dropped, Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(changed, Modifier::BOLD);
    assert_eq!(kept, Modifier::empty());
}

#[test]
fn the_focused_button_is_reversed_and_marked() {
    let buffer = monochrome(scenes::armed(SMALL)).buffer();
    assert!(modifiers(&buffer, "> Create <").contains(Modifier::REVERSED));
    assert!(!modifiers(&buffer, "  Cancel  ").contains(Modifier::REVERSED));
    // While the cursor is on a box, no button looks as if it were there too.
    let buffer = monochrome(scenes::review(SMALL)).buffer();
    assert!(!modifiers(&buffer, "  Cancel  ").contains(Modifier::REVERSED));
}

#[test]
fn cursor_row_is_marked_bold_and_reversed() {
    let buffer = scenes::groups(SMALL).buffer();
    let selected = Modifier::BOLD | Modifier::REVERSED;
    assert_eq!(modifiers(&buffer, "camera-pool"), selected);
    assert_eq!(modifiers(&buffer, "press-line-3"), Modifier::empty());
    let row = (0..80).map(|x| buffer[(x, 3)].bg);
    assert!(row.into_iter().all(|background| background == Color::Reset));
}

#[test]
fn protected_context_has_its_own_header() {
    let protected = scenes::protected(SMALL).buffer();
    let usual = scenes::review(SMALL).buffer();
    assert_eq!(protected[(40, 0)].bg, Color::Red);
    assert_eq!(usual[(40, 0)].bg, Color::Reset);
    let header = monochrome(scenes::protected(SMALL)).buffer();
    assert!(header[(40, 0)].modifier.contains(Modifier::REVERSED));
}

#[test]
fn search_matches_are_highlighted() {
    let buffer = monochrome(scenes::busy(SMALL)).buffer();
    let lit: String = (0..80)
        .filter(|&x| buffer[(x, 6)].modifier.contains(Modifier::UNDERLINED))
        .map(|x| buffer[(x, 6)].symbol())
        .collect();
    assert_eq!(lit, "fns");
}

#[test]
fn id_matches_are_highlighted() {
    let mut stage = monochrome(scenes::assemble(SMALL));
    stage.press("3 / 8 8 d 2");
    let buffer = stage.buffer();
    let lit: String = (0..80)
        .filter(|&x| buffer[(x, 6)].modifier.contains(Modifier::UNDERLINED))
        .map(|x| buffer[(x, 6)].symbol())
        .collect();
    assert_eq!(lit, "88d2");
}
