//! Terminals of every kind and size: each shows the program, and none gets unsupported sequences.

use rstest::rstest;

use super::journey::to_review;
use crate::support::pty::{Program, Start};

fn has_colour(raw: &[u8]) -> bool {
    let text = String::from_utf8_lossy(raw);
    text.split("\x1b[").skip(1).any(|sequence| {
        let end = sequence.find(|character: char| !matches!(character, '0'..='9' | ';' | ':'));
        let Some((numbers, rest)) = end.map(|end| sequence.split_at(end)) else {
            return false;
        };
        rest.starts_with('m')
            && numbers.split([';', ':']).any(|number| {
                let number = number.parse().unwrap_or(0);
                matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
            })
    })
}

fn quit(mut program: Program) -> Vec<u8> {
    program.send("q");
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
    finished.raw
}

#[rstest]
fn all_terminals_show_screen_some_with_colours(
    #[values("xterm-256color", "screen", "tmux-256color", "linux", "vt100", "dumb")] term: &str,
    #[values("", "1")] no_color: &str,
    #[values((80, 24), (60, 15), (200, 60))] (width, height): (u16, u16),
) {
    let start = Start::with("--sandbox --group press-line-3").size(width, height);
    let mut program = start
        .variable("TERM", term)
        .variable("NO_COLOR", no_color)
        .run();
    let screen = program.wait_until("seven panes and a footer", |screen| {
        let shown = screen.contents();
        shown.contains("7 logger") && shown.contains("cc7ae546") && shown.contains("Enter pick")
    });
    for words in [
        "sandbox  eu-central-1",
        "Assemble",
        "press-line-3  base 9f8e21c0",
        "1 core",
        "55aa01c2",
        "2 device",
        "empty",
        "6 subscription",
        "0b1c44d0",
    ] {
        assert!(screen.contains(words), "{words} is missing in\n{screen}");
    }
    assert!(screen.lines().count() == usize::from(height), "{screen}");
    program.send("?");
    program.wait_for("keys: assemble");
    program.send("\x1b");
    program.wait_until("help is closed", |screen| {
        !screen.contents().contains("keys: assemble")
    });
    let raw = quit(program);
    let expected = no_color.is_empty() && !matches!(term, "vt100" | "dumb");
    assert_eq!(
        has_colour(&raw),
        expected,
        "{}",
        String::from_utf8_lossy(&raw)
    );
}

#[rstest]
fn too_small_terminal_only_allows_quit(#[values("xterm-256color", "dumb")] term: &str) {
    let start = Start::with("--sandbox --group press-line-3").size(40, 10);
    let mut program = start.variable("TERM", term).run();
    let screen = program.wait_for("60x15");
    assert!(screen.contains("40x10"), "{screen}");
    program.send("3x");
    // If the key had emptied the slot, the program would ask first.
    quit(program);
}

#[rstest]
#[case("C")]
#[case("POSIX")]
#[case("de_DE.ISO-8859-1")]
fn non_utf8_locale_uses_ascii_symbols(#[case] locale: &str) {
    let start = Start::with("--sandbox --group press-line-3").variable("LANG", locale);
    let mut program = start.run();
    to_review(&mut program);
    let screen = program.screen();
    assert!(screen.is_ascii(), "{screen}");
    assert!(screen.contains("old -> new"), "{screen}");
    program.signal(rustix::process::Signal::TERM);
    program.finish().assert_given_back();
}

#[test]
fn colour_option_overrides_detection() {
    for (arguments, term, expected) in [
        ("--sandbox --color always", "dumb", true),
        ("--sandbox --color never", "xterm-256color", false),
    ] {
        let program = Start::with(arguments).variable("TERM", term).run();
        program.wait_for("press-line-1");
        assert_eq!(has_colour(&quit(program)), expected, "{arguments}");
    }
}
