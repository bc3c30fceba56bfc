//! Pictures of the four screens.

use greengroup::app::event::Event;
use rstest::rstest;

use super::scenes::{self, LARGE, SMALL};
use super::stage::Stage;

const MIN_SIZE: (u16, u16) = (60, 15);

#[rstest]
#[case::groups("groups", scenes::groups)]
#[case::loading("loading", scenes::loading)]
#[case::no_groups("no_groups", scenes::nothing)]
#[case::refused_groups("refused_groups", scenes::refused_groups)]
#[case::assemble("assemble", scenes::assemble)]
#[case::searching("searching", scenes::busy)]
#[case::changed("changed", scenes::changed)]
#[case::dropped("dropped", scenes::empty_slot)]
#[case::denied("denied", scenes::denied_list)]
#[case::review("review", scenes::review)]
#[case::review_armed("review_armed", scenes::armed)]
#[case::review_of_finding("review_of_finding", scenes::review_of_finding)]
#[case::review_expanded("review_expanded", scenes::review_expanded)]
#[case::review_end("review_end", scenes::review_end)]
#[case::review_protected("review_protected", scenes::protected)]
#[case::review_read_only("review_read_only", scenes::review_read_only)]
#[case::review_moved("review_moved", scenes::moved_review)]
#[case::created("created", scenes::created)]
#[case::failed("failed", scenes::failed)]
#[case::unknown("unknown", scenes::unknown)]
#[case::rehearsed("rehearsed", scenes::rehearsed)]
fn screen(#[case] name: &str, #[case] scene: fn((u16, u16)) -> Stage) {
    scene(SMALL).picture(&format!("{name}_80x24"));
    scene(LARGE).picture(&format!("{name}_140x40"));
}

#[rstest]
#[case::groups("groups", scenes::groups)]
#[case::searching("searching", scenes::busy)]
#[case::review("review", scenes::review)]
#[case::created("created", scenes::created)]
fn smallest_screen(#[case] name: &str, #[case] scene: fn((u16, u16)) -> Stage) {
    scene(MIN_SIZE).picture(&format!("{name}_60x15"));
}

#[test]
fn preview_is_beside_panes_on_wide_screens() {
    let mut stage = scenes::assemble(LARGE);
    stage.press("3 g");
    stage.picture("preview_140x40");
    stage.press("d");
    stage.picture("preview_of_difference_140x40");
}

#[test]
fn too_small_terminal_gets_a_message() {
    let mut stage = scenes::assemble(SMALL);
    stage.resize_now((40, 10));
    insta::assert_snapshot!(stage.screen(), @r"
    This terminal has 40x10 cells;
    greengroup needs 60x15. Make it larger,
    or leave with q.
    ");
}

#[test]
fn a_notice_takes_the_place_of_the_keys() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("=");
    let screen = stage.screen();
    let footer = screen.lines().last();
    assert_eq!(footer, Some(" The slot has what its base has."));
}

/// Its end names the reason, and Review's buttons stay in view above it.
#[test]
fn a_long_notice_takes_more_rows() {
    let mut stage = scenes::review(SMALL);
    let file = "/home/operator/.local/state/greengroup/histories/of-the-bastion/history.jsonl";
    let reason = format!("{file}: No space left on device");
    stage.feed(Event::HistoryNotWritten(reason));
    let screen = stage.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let [.., buttons, first, _, last] = lines.as_slice() else {
        panic!("{screen}")
    };
    assert_eq!(*buttons, "   Cancel       Create", "{screen}");
    assert!(first.contains("was not written"), "{screen}");
    assert!(last.ends_with("No space left on device"), "{screen}");
}

#[test]
fn terminal_cursor_follows_the_input() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 / c a m");
    assert_eq!(stage.cursor(), Some((8, 5)));
    stage.press("Left");
    assert_eq!(stage.cursor(), Some((7, 5)));
    stage.press("Tab");
    assert_eq!(
        stage.cursor(),
        Some((1, 6)),
        "on the row that is highlighted"
    );
}

#[test]
fn review_scrolls_above_its_buttons() {
    let mut stage = scenes::review((80, 24));
    let before = stage.screen();
    stage.press("PgDn PgDn");
    let after = stage.screen();
    let buttons = |screen: &str| screen.lines().nth(22).map(str::to_owned);
    assert_ne!(before, after);
    assert_eq!(buttons(&before), Some("   Cancel       Create".to_owned()));
    assert_eq!(buttons(&after), buttons(&before));
}

#[test]
fn side_preview_names_the_marked_version() {
    let mut stage = scenes::assemble(LARGE);
    stage.press("3 g m Down d");
    stage.assert_body("diff: marked 88d2f00a → 71c0be11");
    stage.press("Up m Down");
    stage.assert_body("diff: base 71c0be11 → 71c0be11");
}
