//! The names of keys, parsed and printed.

use greengroup::app::key::{Key, KeyPress};
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("Ctrl-U", KeyPress::control(Key::Char('u')))]
#[case("Shift-Tab", KeyPress::plain(Key::BackTab))]
#[case("PgUp", KeyPress::plain(Key::PageUp))]
#[case("PgDn", KeyPress::plain(Key::PageDown))]
#[case("Enter", KeyPress::plain(Key::Enter))]
#[case("Space", KeyPress::plain(Key::Char(' ')))]
#[case("Ctrl-Space", KeyPress::control(Key::Char(' ')))]
#[case("/", KeyPress::plain(Key::Char('/')))]
#[case("G", KeyPress::plain(Key::Char('G')))]
#[case("g", KeyPress::plain(Key::Char('g')))]
#[case("-", KeyPress::plain(Key::Char('-')))]
#[case("Ctrl--", KeyPress::control(Key::Char('-')))]
#[case("Esc", KeyPress::plain(Key::Escape))]
#[case("F12", KeyPress::plain(Key::Function(12)))]
#[case("F", KeyPress::plain(Key::Char('F')))]
#[case("Ctrl-Left", KeyPress::control(Key::Left))]
#[case("Alt-x", KeyPress { alt: true, ..KeyPress::from('x') })]
fn key_names_round_trip(#[case] word: &str, #[case] press: KeyPress) {
    assert_eq!(word.parse(), Ok(press));
    assert_eq!(press.to_string(), word);
}

#[rstest]
#[case("ctrl-u", "Ctrl-U")]
#[case("C-u", "Ctrl-U")]
#[case("Ctrl-Shift-u", "Ctrl-U")]
#[case("escape", "Esc")]
#[case("PageDown", "PgDn")]
#[case("Shift-g", "G")]
#[case("backtab", "Shift-Tab")]
fn other_spellings_mean_the_same_key(#[case] written: &str, #[case] canonical: &str) {
    let press: KeyPress = written.parse().unwrap();
    assert_eq!(press.to_string(), canonical);
}

#[rstest]
#[case("")]
#[case("Ctrl-")]
#[case("Ctrl-Ctrl-u")]
#[case("F0")]
#[case("F25")]
#[case("Hyper-x")]
#[case("ab")]
#[case("\u{7}")]
#[case("Shift-1")]
fn unknown_key_is_named(#[case] text: &str) {
    let error = text.parse::<KeyPress>().unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("{text:?} is not a key")),
        "{error}"
    );
}

proptest! {
    #[test]
    fn every_press_reads_as_it_was_written(
        character in any::<char>().prop_filter("typed", |c| !c.is_control()),
        control in any::<bool>(), alt in any::<bool>(),
    ) {
        let press = KeyPress { key: Key::Char(character), control, shift: false, alt }.normalized();
        prop_assert_eq!(press.to_string().parse(), Ok(press));
    }
}
