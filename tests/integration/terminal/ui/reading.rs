//! Screens for a screen reader, a braille line or a magnifier: words line by line, and a cursor to follow.

use std::fmt::Write;

use greengroup::ui::Theme;
use rstest::rstest;

use super::scenes::{self, SMALL};
use super::stage::Stage;

fn with_keys(scene: fn((u16, u16)) -> Stage, keys: &str) -> Stage {
    let mut stage = scene(SMALL);
    stage.press(keys);
    stage
}

/// Every screen and every overlay.
fn scenes() -> Vec<(&'static str, Stage)> {
    let assemble = |keys| with_keys(scenes::assemble, keys);
    vec![
        ("groups", scenes::groups(SMALL)),
        ("groups, searched", with_keys(scenes::groups, "/ c a m")),
        ("no groups", scenes::nothing(SMALL)),
        ("groups refused", scenes::refused_groups(SMALL)),
        ("loading…", scenes::loading(SMALL)),
        ("assemble", assemble("3")),
        ("assemble, searched", scenes::busy(SMALL)),
        ("assemble, changed", scenes::changed(SMALL)),
        ("list refused", scenes::denied_list(SMALL)),
        ("help", assemble("? Down")),
        ("preview", assemble("3 g p")),
        ("preview, searched", assemble("3 g p / m e m Enter")),
        ("difference", assemble("3 g d")),
        ("plain text", assemble("Y")),
        ("where used", assemble("3 w")),
        ("history", assemble("b Down")),
        ("contexts", assemble("c Down Down")),
        ("calls", assemble("!")),
        ("quit?", assemble("3 g Enter q Tab")),
        ("resume?", scenes::left_draft(SMALL)),
        ("review", scenes::review(SMALL)),
        ("review, second box", with_keys(scenes::review, "Down")),
        ("review, all ticked", scenes::armed(SMALL)),
        ("review, a finding", scenes::review_of_finding(SMALL)),
        ("review, name typed", scenes::protected(SMALL)),
        ("the group has a newer version", scenes::moved(SMALL)),
        ("created", scenes::created(SMALL)),
        ("failed", scenes::failed(SMALL)),
        ("unknown", scenes::unknown(SMALL)),
        ("dry run", scenes::rehearsed(SMALL)),
    ]
}

/// The line of the cursor, which is read out after a key.
fn line_at_cursor(name: &str, stage: &Stage) -> String {
    let (x, y) = stage
        .cursor()
        .unwrap_or_else(|| panic!("{name}: no cursor"));
    let screen = stage.screen();
    let line = screen.lines().nth(y.into()).unwrap_or_default();
    assert!(
        !line.is_empty(),
        "{name}: the cursor stands on nothing\n{screen}"
    );
    let rest: String = line.chars().skip(x.into()).take(12).collect();
    format!("{name:<20} {line}\n{:<20} cursor at {rest:?}\n", "")
}

#[test]
fn what_is_read_out_on_every_screen() {
    let mut text = String::new();
    for (name, stage) in scenes() {
        _ = write!(text, "{}", line_at_cursor(name, &stage));
    }
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("ui_read_out", text);
    });
}

/// If the words are the same without colour, colour alone conveys nothing. Signs and words mark the selection
/// and a slot's version.
#[test]
fn no_meaning_depends_on_colour_alone() {
    for (name, mut stage) in scenes() {
        let colourful = stage.screen();
        stage.theme = Theme::named("monochrome").unwrap();
        assert_eq!(stage.screen(), colourful, "{name}");
        stage.theme = Theme::named("colour-blind").unwrap();
        assert_eq!(stage.screen(), colourful, "{name}");
    }
}

/// Cells that differ by colour alone also differ without colours. They differ by a word, by a sign, or by
/// bold, faint, underlined or reversed.
#[test]
fn states_differ_without_colour() {
    let theme = Theme::named("monochrome").unwrap();
    assert_ne!(theme.kept, theme.dropped);
    assert_ne!(theme.kept, theme.changed);
    assert_ne!(theme.plain, theme.matched);
    assert_ne!(theme.button, theme.button_focused);
    assert_ne!(theme.plain, theme.protected);
    assert_ne!(theme.plain, theme.warning);
    let screen = scenes::changed(SMALL).screen();
    for word in ["kept", "CHANGED", "DROPPED", "empty", "blocking"] {
        assert!(screen.contains(word), "{word}\n{screen}");
    }
    // Lines of a difference begin with their sign.
    let difference = with_keys(scenes::assemble, "3 g d").screen();
    assert!(
        difference.contains("\n- ") && difference.contains("\n+ "),
        "{difference}"
    );
}

#[test]
fn spinner_has_words_beside_it() {
    let screen = scenes::loading(SMALL).screen();
    assert!(screen.contains("loading lists 0/7"), "{screen}");
}

#[rstest]
#[case::down("3 g", "Down")]
#[case::pane("3", "1")]
#[case::review_box("3 g Enter 5 x a", "Down")]
#[case::button("3 g Enter q", "Tab")]
#[case::help("?", "Down")]
fn the_cursor_goes_where_the_key_goes(#[case] before: &str, #[case] key: &str) {
    let mut stage = with_keys(scenes::assemble, before);
    let first = stage.cursor().unwrap();
    stage.press(key);
    assert_ne!(stage.cursor().unwrap(), first, "{}", stage.screen());
}

#[test]
fn plain_text_begins_with_unbroken_highlighted_arn() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 g Y");
    let screen = stage.screen();
    let rows: Vec<&str> = screen.lines().skip(3).take(2).collect();
    let arn = "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/functions/";
    assert!(rows[0].starts_with(arn), "{screen}");
    assert_eq!(rows[0].len(), 80, "{screen}");
    assert!(!rows[1].starts_with(' ') && !rows[1].is_empty(), "{screen}");
}

#[test]
fn cursor_follows_the_highlight_while_searching() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 / f n s");
    assert_eq!(stage.cursor(), Some((8, 5)), "in the search line");
    stage.press("Down");
    assert_eq!(stage.cursor(), Some((1, 7)), "on the highlighted row");
    stage.press("x");
    assert_eq!(stage.cursor().map(|at| at.1), Some(5), "in the line again");
}

#[test]
fn cursor_is_on_focused_create() {
    let mut stage = scenes::review(SMALL);
    stage.press("Right");
    let screen = stage.screen();
    let row = screen.lines().position(|line| line.contains("> Create <"));
    assert_eq!(stage.cursor().map(|at| usize::from(at.1)), row, "{screen}");
}
