//! Repeated searches, searched commands, saved texts.

use greengroup::app::{Effect, Event, Keymap, TerminalEffect};
use rstest::rstest;

use super::scenes::{self, LARGE, SMALL};
use super::stage::Stage;

#[test]
fn an_earlier_search_comes_back_in_any_list() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 / f n s Enter 6 / s u b s Tab 7 / x Ctrl-R");
    stage.assert_body("   / subs\n");
    stage.press("Ctrl-R");
    stage.assert_body("   / fns\n");
    stage.press("Ctrl-R");
    stage.assert_body("   / subs\n");
}

#[test]
fn missing_earlier_search_is_reported() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 / Ctrl-R");
    stage.assert_footer("There is no earlier search.");
}

#[test]
fn command_is_found_by_its_help() {
    let mut stage = scenes::changed(SMALL);
    stage.press(": n e w Space v e r s i o n Enter");
    stage.assert_header(" Review\n");
}

#[rstest]
#[case::its_name("context", " switch to ")]
#[case::the_name_in_the_file("switch-context", " switch to ")]
#[case::what_k9s_says("ctx", " switch to ")]
#[case::its_first_letter("q", " quit? ")]
#[case::a_word_in_the_footer("base version", " versions of ")]
fn enter_does_what_is_called_so(#[case] name: &str, #[case] shown: &str) {
    let mut stage = scenes::changed(SMALL);
    stage.press(":");
    stage.press(&keys_of(name));
    stage.press("Enter");
    stage.assert_body(shown);
}

#[test]
fn commands_are_found_by_name_and_footer_word() {
    for scene in [
        scenes::groups,
        scenes::changed,
        scenes::review,
        scenes::failed,
    ] {
        let context = scene(LARGE).app.context();
        for row in Keymap::rows(context) {
            let names = [row.command.name(), row.label, row.help()];
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                let mut stage = scene(LARGE);
                stage.press(":");
                stage.press(&keys_of(name));
                let screen = stage.screen();
                let keys = row.keys.join(" ");
                let is_found = screen
                    .lines()
                    .any(|line| line.contains(&format!(" {keys} ")));
                assert!(is_found, "{name} in {context:?}\n{screen}");
            }
        }
    }
}

#[test]
fn footer_hides_letter_keys_while_typing() {
    let stage = scenes::protected(SMALL);
    let screen = stage.screen();
    let footer = screen.lines().last().unwrap();
    assert_eq!(
        footer.trim(),
        "Enter create  Right next button  Esc back  Ctrl-C quit"
    );
}

/// The keys that type the text.
fn keys_of(text: &str) -> String {
    let keys = text.chars().map(|letter| match letter {
        ' ' => "Space".to_owned(),
        letter => letter.to_string(),
    });
    keys.collect::<Vec<_>>().join(" ")
}

fn effects(stage: &mut Stage, key: &str) -> Vec<Effect> {
    stage.app.update(Event::Key(key.parse().unwrap()))
}

#[test]
fn text_is_saved_completely_under_its_name() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 g p");
    let saved = effects(&mut stage, "s");
    let [Effect::Terminal(TerminalEffect::SaveText { name, text, .. })] = saved.as_slice() else {
        panic!("{saved:?}");
    };
    assert_eq!(name, "function 88d2f00a");
    assert!(text.starts_with("{\n") && text.ends_with('}'), "{text}");
    let file = "greengroup-function-88d2f00a-20260501T113000Z.txt";
    stage.feed(Event::TextSaved(Ok(vec![file.into()])));
    stage.assert_footer(format!("Saved as {file}."));
}

#[test]
fn the_log_of_calls_is_saved_too() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("!");
    let saved = effects(&mut stage, "s");
    assert!(
        matches!(saved.as_slice(), [Effect::Terminal(TerminalEffect::SaveText { name, text, .. })] if name == "calls" && text.contains("GetGroupVersion")),
        "{saved:?}"
    );
}

/// The help shows them in one row, the search for commands each by its name.
#[test]
fn panes_share_a_row_of_the_help() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("?");
    stage.press("End");
    let row = "1 2 3 4 5 6 7    the pane in this place";
    while !stage.screen().contains(row) {
        let before = stage.screen();
        stage.press("Up");
        assert_ne!(stage.screen(), before, "the row is not there");
    }
    while !stage.screen().contains(&format!(" > {row}")) {
        stage.press("Up");
    }
    stage.press("Enter");
    stage.assert_footer("Not here: press the key of a pane.");
    stage.press("Esc");
    stage.press(":");
    stage.press(&keys_of("logger pane"));
    stage.press("Enter");
    stage.assert_body(" 7 logger  kept");
}
