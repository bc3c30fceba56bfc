//! Searches that are made again, commands that are searched for, texts that are saved.

use greengroup::app::{Effect, Event};

use super::scenes::{self, SMALL};
use super::stage::Stage;

#[test]
fn an_earlier_search_comes_back_in_any_list() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 / f n s Enter 6 / s u b s Tab 7 / x Ctrl-R");
    assert!(stage.screen().contains("   / subs\n"), "{}", stage.screen());
    stage.press("Ctrl-R");
    assert!(stage.screen().contains("   / fns\n"), "{}", stage.screen());
    stage.press("Ctrl-R");
    assert!(stage.screen().contains("   / subs\n"), "{}", stage.screen());
}

#[test]
fn without_an_earlier_search_it_says_so() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 / Ctrl-R");
    let screen = stage.screen();
    assert!(
        screen.contains("Nothing else was searched for yet."),
        "{screen}"
    );
}

#[test]
fn a_command_is_found_by_what_it_does() {
    let mut stage = scenes::changed(SMALL);
    stage.press(": r e v i e w Space w h a t Enter");
    assert!(stage.screen().contains(" Review\n"), "{}", stage.screen());
}

fn effects(stage: &mut Stage, key: &str) -> Vec<Effect> {
    stage.app.update(Event::Key(key.parse().unwrap()))
}

#[test]
fn a_text_is_saved_whole_under_its_name() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("3 g p");
    let saved = effects(&mut stage, "s");
    let [Effect::SaveText { name, text }] = saved.as_slice() else {
        panic!("{saved:?}");
    };
    assert_eq!(name, "function 88d2f00a");
    assert!(text.starts_with("{\n") && text.ends_with('}'), "{text}");
    let file = "greengroup-function-88d2f00a-20260501T113000Z.txt";
    stage.event(Event::TextSaved(Ok(file.into())));
    assert!(
        stage.screen().contains(&format!("Saved as {file}.")),
        "{}",
        stage.screen()
    );
}

#[test]
fn the_log_of_calls_is_saved_too() {
    let mut stage = scenes::assemble(SMALL);
    stage.press("!");
    let saved = effects(&mut stage, "s");
    assert!(
        matches!(saved.as_slice(), [Effect::SaveText { name, text }] if name == "calls" && text.contains("GetGroupVersion")),
        "{saved:?}"
    );
}
