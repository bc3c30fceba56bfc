//! The sent sequences depend on TERM and NO_COLOR alone.

use std::ffi::OsString;

use greengroup::runtime::terminal::{Capabilities, ColorMode, detect};
use rstest::rstest;

fn judged(term: &str, no_color: Option<&str>) -> (Capabilities, ColorMode) {
    let variable = |name: &str| match name {
        "TERM" => Some(OsString::from(term)),
        "NO_COLOR" => no_color.map(OsString::from),
        _ => None,
    };
    detect(variable, None)
}

#[rstest]
#[case("xterm-256color", true, true, true)]
#[case("tmux-256color", true, true, true)]
#[case("rxvt-unicode-256color", true, true, true)]
#[case("alacritty", true, true, true)]
#[case("screen.xterm-256color", true, false, false)]
#[case("screen", true, false, false)]
#[case("linux", false, false, false)]
#[case("vt100", false, false, false)]
#[case("dumb", false, false, false)]
#[case("", false, false, false)]
#[case("xtermish", false, false, false)]
#[case("unknown-terminal", false, false, false)]
fn a_terminal_is_judged_by_its_name(
    #[case] term: &str,
    #[case] is_modern: bool,
    #[case] synchronized: bool,
    #[case] title: bool,
) {
    let expected = Capabilities {
        is_modern,
        synchronized,
        title,
    };
    assert_eq!(judged(term, None).0, expected);
}

#[rstest]
#[case("xterm-256color", None, ColorMode::Ansi16)]
#[case("xterm-256color", Some(""), ColorMode::Ansi16)]
#[case("xterm-256color", Some("1"), ColorMode::None)]
#[case("linux", None, ColorMode::Ansi16)]
#[case("dumb", None, ColorMode::None)]
#[case("vt100", None, ColorMode::None)]
#[case("vt220", None, ColorMode::None)]
#[case("", None, ColorMode::None)]
fn colours_are_off_when_refused_or_unknown(
    #[case] term: &str,
    #[case] no_color: Option<&str>,
    #[case] colors: ColorMode,
) {
    assert_eq!(judged(term, no_color).1, colors);
}

#[test]
fn option_overrides_the_environment() {
    let variable = |_: &str| Some(OsString::from("dumb"));
    assert_eq!(
        detect(variable, Some(ColorMode::Ansi16)).1,
        ColorMode::Ansi16
    );
}
