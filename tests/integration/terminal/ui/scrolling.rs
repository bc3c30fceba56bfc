//! The ends of scrolling, and the caching of the side preview.

use greengroup::app::Event;
use greengroup::app::screen::Screen;
use rstest::rstest;

use super::scenes::{self, LARGE, SMALL};
use super::stage::{Stage, now};

#[rstest]
#[case::review(scenes::review(SMALL))]
#[case::outcome(scenes::created(SMALL))]
fn first_step_back_from_end_scrolls(#[case] mut stage: Stage) {
    for _ in 0..30 {
        stage.press("PgDn");
        stage.frame();
    }
    let end = stage.screen();
    stage.press("PgUp");
    assert_ne!(stage.screen(), end, "scrolled beyond the end:\n{end}");
}

#[test]
fn panes_scroll_the_preview_beside_them() {
    let mut stage = scenes::assemble(LARGE);
    stage.press("3 g");
    let top = stage.screen();
    stage.press("J");
    let below = stage.screen();
    assert_ne!(below, top);
    // Scrolling past the end of the text counts as being at its end.
    stage.press("J J J J J J J J K");
    assert_ne!(stage.screen(), below);
    stage.press("K K");
    assert_eq!(stage.screen(), top);
}

fn beside(stage: &Stage) -> *const greengroup::app::text::TextLine {
    match stage.app.screen() {
        Screen::Assemble(assemble) => assemble.preview.lines().as_ptr(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn preview_is_rebuilt_only_for_another_version() {
    let mut stage = scenes::assemble(LARGE);
    stage.press("3 g");
    let made = beside(&stage);
    stage.feed(Event::Clock(now()));
    stage.feed(Event::Ticked);
    stage.press("J");
    assert_eq!(beside(&stage), made, "rebuilt without need");
    stage.press("Down");
    assert_ne!(beside(&stage), made);
}

#[test]
fn long_lines_are_wrapped_when_asked() {
    let mut stage = scenes::assemble((60, 15));
    stage.press("3 g p");
    assert!(stage.screen().contains('…'), "{}", stage.screen());
    stage.press("w");
    let wrapped = stage.screen();
    let joined: String = wrapped.lines().map(str::trim_start).collect();
    assert!(joined.contains("function:cam:13\""), "{wrapped}");
    assert!(
        !wrapped.lines().skip(3).any(|line| line.ends_with('…')),
        "{wrapped}"
    );
    stage.press("G");
    assert!(
        stage.screen().lines().any(|line| line == "}"),
        "{}",
        stage.screen()
    );
}

#[test]
fn lines_scroll_sideways_until_the_longest_ends() {
    let mut stage = scenes::assemble((60, 15));
    stage.press("3 g p");
    for _ in 0..40 {
        stage.press("Right");
    }
    let screen = stage.screen();
    stage.assert_body("function:cam:13\"");
    let footer = screen.lines().last().unwrap();
    assert!(footer.contains("no line goes on to the right"), "{screen}");
}

#[test]
fn matches_in_wrapped_lines_are_highlighted() {
    let mut stage = scenes::assemble((60, 15));
    stage.press("3 g p w / c a m : 1 3 Enter");
    let buffer = stage.buffer();
    let matched = stage.theme.matched.fg.unwrap();
    // Between the title, which contains the match, and the footer.
    let body = (3..14_u16).flat_map(|y| (0..60_u16).map(move |x| (x, y)));
    let lit = body.filter(|&at| buffer[at].fg == matched);
    assert!(lit.count() >= "cam:13".len(), "{}", stage.screen());
}
