//! Themes by name, styles of roles by words, and signs for ASCII terminals.

use greengroup::ui::Theme;
use greengroup::ui::theme::parse_style;
use ratatui::style::{Color, Modifier, Style};
use rstest::rstest;

use super::scenes::{self, LARGE, SMALL};

#[rstest]
#[case("bold yellow", Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD))]
#[case("white on red", Style::new().fg(Color::Gray).bg(Color::Red))]
#[case("underlined bright-blue", Style::new().fg(Color::LightBlue).add_modifier(Modifier::UNDERLINED))]
#[case("#ffaf00", Style::new().fg(Color::Rgb(255, 175, 0)))]
#[case("214 on 0", Style::new().fg(Color::Indexed(214)).bg(Color::Indexed(0)))]
#[case("none", Style::new())]
#[case("default on default", Style::new().fg(Color::Reset).bg(Color::Reset))]
fn styles_are_words(#[case] text: &str, #[case] style: Style) {
    assert_eq!(parse_style(text), Ok(style));
}

#[rstest]
#[case(
    "bold yelow",
    r#""yelow" is neither a colour nor a modifier; did you mean "yellow"?"#
)]
#[case(
    "reverse",
    r#""reverse" is neither a colour nor a modifier; did you mean "reversed"?"#
)]
#[case("red on", r#"a colour must follow "on", as in "white on red""#)]
#[case(
    "300",
    r#""300" is not a colour; write #rrggbb, a number up to 255, or a name like "bright-blue""#
)]
#[case(
    "#12345",
    r##""#12345" is not a colour; write #rrggbb, a number up to 255, or a name like "bright-blue""##
)]
#[case(
    "#ärgxx",
    r##""#ärgxx" is not a colour; write #rrggbb, a number up to 255, or a name like "bright-blue""##
)]
fn wrong_style_suggests_a_correct_one(#[case] text: &str, #[case] message: &str) {
    assert_eq!(parse_style(text).unwrap_err().to_string(), message);
}

#[test]
fn unknown_theme_name_suggests_the_nearest() {
    let theme = Theme::named("drak").unwrap_err();
    assert_eq!(
        theme.to_string(),
        r#"there is no theme "drak"; did you mean "dark"?"#
    );
    let mut theme = Theme::default();
    let role = theme.set_role("json_nam", "red").unwrap_err();
    assert_eq!(
        role.to_string(),
        r#"the theme has no role "json_nam"; did you mean "json-name"?"#
    );
}

#[test]
fn every_role_can_be_set_by_its_name() {
    let wanted = parse_style("italic magenta").unwrap();
    let mut theme = Theme::named("dark").unwrap();
    for role in Theme::ROLES {
        theme.set_role(role, "italic magenta").unwrap();
    }
    assert!(theme.styles().all(|(_, style)| style == wanted));
}

#[test]
fn states_stay_distinct_without_colour() {
    let light = Theme::named("light").unwrap();
    let mut own = light.clone();
    own.set_role("kept", "italic green").unwrap();
    let mut theme = own.without_colour(&light);
    assert!(theme.protected.add_modifier.contains(Modifier::REVERSED));
    assert_eq!(theme.kept, Style::new().add_modifier(Modifier::ITALIC));
    theme.set_role("changed", "bold red on white").unwrap();
    let bold = Style::new().add_modifier(Modifier::BOLD);
    assert_eq!(theme.changed, bold);
    assert!(
        theme
            .styles()
            .all(|(_, style)| (style.fg, style.bg) == (None, None))
    );
}

#[rstest]
#[case("light")]
#[case("colour-blind")]
fn states_differ_in_every_theme(#[case] name: &str) {
    let theme = Theme::named(name).unwrap();
    assert_ne!(theme.kept, theme.changed);
    assert_ne!(theme.changed, theme.dropped);
    assert_ne!(theme.added, theme.dropped);
    assert_ne!(theme.diff_added, theme.diff_removed);
}

#[test]
fn ascii_symbols_draw_only_ascii() {
    let scenes = vec![
        scenes::changed(SMALL),
        scenes::review(SMALL),
        scenes::moved(LARGE),
        scenes::created(SMALL),
        scenes::loading(SMALL),
        scenes::protected(LARGE),
    ];
    for mut stage in scenes {
        stage.theme = Theme::named("dark").unwrap().with_ascii();
        let screen = stage.screen();
        assert!(screen.is_ascii(), "{screen}");
    }
}

#[test]
fn a_screen_of_ascii() {
    let mut stage = scenes::busy(SMALL);
    stage.theme = Theme::named("monochrome").unwrap().with_ascii();
    stage.picture("searching_ascii_80x24");
}

/// Blue and red of xterm, of VGA and of Terminal.app.
const BLUES: [[u8; 3]; 3] = [[0, 0, 238], [0, 0, 170], [73, 46, 225]];
const REDS: [[u8; 3]; 3] = [[205, 0, 0], [170, 0, 0], [194, 54, 33]];

/// The contrast of a colour on white, as WCAG defines it.
fn contrast_on_white(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = colour.map(linear);
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

#[test]
fn light_theme_is_readable_on_white() {
    let theme = Theme::named("light").unwrap();
    for (role, style) in theme.styles() {
        let colours = match style.fg {
            None => continue,
            Some(_) if style.bg.is_some() => continue,
            Some(Color::Blue) => BLUES,
            Some(Color::Red) => REDS,
            other => panic!("{role} is {other:?}, which is too pale in some terminal"),
        };
        for colour in colours {
            let contrast = contrast_on_white(colour);
            assert!(contrast >= 4.5, "{role}: {contrast:.1}");
        }
    }
}
