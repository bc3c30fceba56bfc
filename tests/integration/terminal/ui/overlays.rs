//! Pictures of the overlays.

use rstest::rstest;

use super::scenes::{self, LARGE, SMALL};

#[rstest]
#[case::help("help", "3 ?")]
#[case::help_filtered("help_filtered", "3 ? / p a n e")]
#[case::calls("calls", "!")]
#[case::content("content", "3 g p")]
#[case::content_searched("content_searched", "3 g p / c a m Enter n")]
#[case::difference("difference", "3 g d")]
#[case::plain_text("plain_text", "Y")]
#[case::history("history", "b")]
#[case::users("users", "3 w")]
#[case::contexts("contexts", "c")]
#[case::quit("quit", "3 g Enter q")]
fn overlay(#[case] name: &str, #[case] keys: &str) {
    let mut stage = scenes::assemble(SMALL);
    stage.press(keys);
    stage.picture(&format!("{name}_80x24"));
    // If there is room, the previews of this name are next to the panes.
    if !["content", "content_searched", "difference"].contains(&name) {
        let mut stage = scenes::assemble(LARGE);
        stage.press(keys);
        stage.picture(&format!("{name}_140x40"));
    }
}

#[test]
fn the_group_has_moved() {
    scenes::moved(SMALL).picture("moved_80x24");
    scenes::moved(LARGE).picture("moved_140x40");
    let mut chosen = scenes::moved(SMALL);
    chosen.press("Space Right");
    chosen.picture("moved_chosen_80x24");
}

#[test]
fn an_earlier_draft_waits() {
    scenes::left_draft(SMALL).picture("resume_80x24");
    scenes::left_draft(LARGE).picture("resume_140x40");
}
