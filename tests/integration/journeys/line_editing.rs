//! One line of text accepts any Unicode and any key.

use greengroup::app::Launch;
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::text_input::TextInput;
use greengroup::sandbox::Sandbox;
use proptest::prelude::*;
use rstest::rstest;

use crate::support::session::Session;

/// No-break space, ideographic space of a Japanese keyboard, em space.
#[rstest]
#[tokio::test(start_paused = true)]
async fn ctrl_w_deletes_word_after_wide_blank(
    #[values("\u{a0}", "\u{3000}", "\u{2003}", " ")] blank: &str,
) {
    let mut session = Session::start(Sandbox::demo(), Launch::default()).await;
    session.press(&format!("/press{blank}line<Ctrl-W>")).await;
    let screen = session.screen();
    session.assert_body("/ press");
    assert!(!screen.contains(&format!("/ press{blank}line")), "{screen}");
}

fn key() -> impl Strategy<Value = KeyPress> {
    let named = [
        Key::Backspace,
        Key::Delete,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::Char('w'),
        Key::Char('u'),
        Key::Char('a'),
        Key::Char('e'),
    ];
    let named = prop::sample::select(named.to_vec());
    let key = prop_oneof![named, any::<char>().prop_map(Key::Char)];
    (key, any::<bool>(), any::<bool>()).prop_map(|(key, control, alt)| KeyPress {
        key,
        control,
        alt,
        shift: false,
    })
}

proptest! {
    #[test]
    fn any_input_leaves_cursor_in_the_line(
        pastes in prop::collection::vec("\\PC{0,12}|[ \u{a0}\u{3000}\u{301}a-z]{0,12}", 0..6),
        keys in prop::collection::vec(key(), 0..60),
    ) {
        let mut input = TextInput::default();
        let mut pastes = pastes.iter();
        for (place, key) in keys.into_iter().enumerate() {
            if place % 10 == 0 && let Some(paste) = pastes.next() {
                input.paste(paste);
            }
            input.press(key);
            prop_assert!(input.as_str().starts_with(input.before_cursor()));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_alt_key_but_backspace_edits_a_line() {
    let mut session = Session::start(Sandbox::demo(), Launch::default()).await;
    session.press("/press line<Alt-Backspace>").await;
    let is_cut = |session: &Session| session.body().lines().any(|line| line.trim() == "/ press");
    assert!(is_cut(&session), "{}", session.body());
    session.press("<Alt-d><Alt-q>").await;
    assert!(is_cut(&session), "{}", session.body());
    assert_eq!(session.exit, None);
}
