//! `config.toml`: its effects, and its errors with the position and the probably intended name.

use std::path::Path;

use clap::Parser;
use greengroup::app::Launch;
use greengroup::app::keymap::BINDINGS;
use greengroup::app::screen::Screen;
use greengroup::app::{Command, KeyContext};
use greengroup::cli::{CommandLine, client_options};
use greengroup::runtime::config::{Config, DEFAULTS};
use greengroup::runtime::terminal::ColorMode;
use greengroup::sandbox::Sandbox;
use greengroup::search::Sort;
use greengroup::ui::theme::Theme;
use rstest::rstest;

use crate::support::session::Session;

fn parse(text: &str) -> Result<Config, String> {
    Config::parse(text, Path::new("c.toml")).map_err(|error| error.to_string())
}

#[rstest]
#[case(
    "srot = \"name\"",
    "c.toml:1:1: no setting is called \"srot\"; did you mean \"sort\"?"
)]
#[case(
    "ascii = true\nsort = \"nam\"",
    "c.toml:2:8: sort is not \"nam\"; did you mean \"name\"?"
)]
#[case("sort = 1", "c.toml:1:8: sort is a text in quotes")]
#[case(
    "color = \"blue\"",
    "c.toml:1:9: color is not \"blue\"; there are auto, always, never"
)]
#[case("ascii = \"yes\"", "c.toml:1:9: ascii is true or false")]
#[case(
    "keys = 1",
    "c.toml:1:8: keys is a section; write [keys] before its members"
)]
#[case(
    "[keys]\nreveiw = [\"a\"]",
    "c.toml:2:1: no command is called \"reveiw\"; did you mean \"review\"?"
)]
#[case(
    "[keys]\npage_up = []",
    "c.toml:2:1: no command is called \"page_up\"; did you mean \"page-up\"?"
)]
#[case(
    "[keys]\nreview = [\"a\", 1]",
    "c.toml:2:16: review is a list of texts in quotes, such as [\"one\", \"two\"]"
)]
#[case(
    "[keys]\nreview = [\"a\", \"Hyper-x\"]",
    "c.toml:2:16: \"Hyper-x\" is not a key; keys are written like `a`, `G`, `/`, `Ctrl-U`, `Shift-Tab`, `PgUp`, `Enter`, `Space`, `F5`"
)]
#[case(
    "[keys]\nreview = [\"a\", \"u\"]",
    "c.toml:2:16: u would mean both undo and review in assemble"
)]
#[case(
    "[keys]\nundo = \"z\"\nredo = \"z\"",
    "c.toml:3:8: z would mean both undo and redo in assemble"
)]
#[case("[keys]\nquit = []", "c.toml:2:8: quit must have at least one key")]
#[case(
    "[requests]\nper_second = 0",
    "c.toml:2:14: per_second is a number from 0.1 to 1000"
)]
#[case(
    "[requests]\nper_second = nan",
    "c.toml:2:14: per_second is a number from 0.1 to 1000"
)]
#[case(
    "[requests]\nburst = 2.5",
    "c.toml:2:9: burst is a whole number from 1 to 1000"
)]
#[case(
    "[requests]\nrate = 5",
    "c.toml:2:1: no member of [requests] is called \"rate\"; there are per_second, burst"
)]
#[case(
    "[protected]\nprofile = \"x\"",
    "c.toml:2:1: no member of [protected] is called \"profile\"; did you mean \"profiles\"?"
)]
#[case(
    "[protected]\ngroups = [\"\"]",
    "c.toml:2:11: an empty pattern matches nothing; `*` matches all"
)]
#[case(
    "[theme]\nname = \"drak\"",
    "c.toml:2:8: there is no theme \"drak\"; did you mean \"dark\"?"
)]
#[case(
    "[theme]\ndroped = \"red\"",
    "c.toml:2:1: the theme has no role \"droped\"; did you mean \"dropped\"?"
)]
#[case(
    "[theme]\ndropped = \"bold rde\"",
    "c.toml:2:11: \"rde\" is neither a colour nor a modifier; did you mean \"red\"?"
)]
#[case("[theme]\ndropped = 1", "c.toml:2:11: dropped is a text in quotes")]
#[case("sort = \"näme\" ascii", "c.toml:1:15: ")]
#[case("sort = \"name\"\nsort = \"name\"", "c.toml:2:1: ")]
fn error_names_place_and_suggestion(#[case] text: &str, #[case] said: &str) {
    let refused = parse(text).unwrap_err();
    let is_exact = !said.ends_with(": ");
    assert!(
        if is_exact {
            refused == said
        } else {
            refused.starts_with(said)
        },
        "{refused}"
    );
    assert!(!refused.contains('\n'), "{refused}");
}

#[test]
fn settings_take_the_place_of_the_defaults() {
    let text = r#"
        sort = "latest"
        ascii = true
        color = "never"
        keys.review = ["a", "Ctrl-R"]
        keys.undo = []
        keys.page-up = "Ctrl-B"
        requests = { per_second = 2, burst = 3 }
        [protected]
        profiles = ["prod*"]
        accounts = "444455556666"
        [theme]
        dropped = "bold magenta"
        name = "light"
    "#;
    let config = parse(text).unwrap();
    assert_eq!(config.sort, Sort::LatestFirst);
    assert!(config.ascii);
    assert_eq!(config.color, Some(ColorMode::None));
    let keymap = &config.keymap;
    let means = |place, key: &str| keymap.command(place, key.parse().unwrap());
    assert_eq!(means(KeyContext::Assemble, "Ctrl-R"), Some(Command::Review));
    assert_eq!(means(KeyContext::Assemble, "a"), Some(Command::Review));
    assert_eq!(means(KeyContext::Assemble, "u"), None);
    assert!(keymap.keys(KeyContext::Assemble, Command::Undo).is_empty());
    assert_eq!(means(KeyContext::Groups, "PgUp"), None);
    assert_eq!(means(KeyContext::Search, "Ctrl-B"), Some(Command::PageUp));
    assert!(config.requests.per_second < 2.1 && config.requests.burst == 3);
    assert!(config.protected.covers(&["prod-eu"], &[], None));
    assert!(config.protected.covers(&[], &["444455556666"], None));
    let mut light = Theme::named("light").unwrap();
    light.set_role("dropped", "bold magenta").unwrap();
    assert_eq!(config.looks.theme(&config.looks.name), light);
}

#[test]
fn letters_and_editing_keys_stay_the_search_lines() {
    let config = parse("[keys]\nopen = [\"Enter\", \"i\", \"Ctrl-E\"]").unwrap();
    let means = |place, key: &str| config.keymap.command(place, key.parse().unwrap());
    assert_eq!(means(KeyContext::Groups, "Ctrl-E"), Some(Command::Open));
    assert_eq!(means(KeyContext::Search, "Enter"), Some(Command::Open));
    assert_eq!(
        (
            means(KeyContext::Search, "i"),
            means(KeyContext::Search, "Ctrl-E")
        ),
        (None, None)
    );
}

#[rstest]
#[case::service("", &[], 10.0)]
#[case::demo("", &["--sandbox"], f64::INFINITY)]
#[case::file("", &["--sandbox=plant.json"], f64::INFINITY)]
#[case::delivered("requests = { per_second = 10, burst = 20 }", &["--sandbox"], f64::INFINITY)]
#[case::asked_for("requests = { per_second = 2, burst = 3 }", &["--sandbox"], 2.0)]
#[case::asked_of_a_service("requests = { per_second = 2, burst = 3 }", &[], 2.0)]
fn in_memory_account_has_no_default_delay(
    #[case] text: &str,
    #[case] arguments: &[&str],
    #[case] per_second: f64,
) {
    let line = [&["greengroup"], arguments].concat();
    let line = CommandLine::try_parse_from(line).unwrap();
    let options = client_options(&line, &parse(text).unwrap());
    assert!(options.requests_per_second.total_cmp(&per_second).is_eq());
}

#[test]
fn delivered_file_contains_the_defaults() {
    let (delivered, without) = (parse(DEFAULTS).unwrap(), Config::default());
    for place in KeyContext::ALL {
        for command in Command::all() {
            let (found, due) = (
                delivered.keymap.keys(place, command),
                without.keymap.keys(place, command),
            );
            assert_eq!(found, due, "{command:?} in {place:?}");
        }
    }
    assert_eq!(delivered.looks, without.looks);
    // A full diff would be thousands of words.
    assert!(delivered == without);
    for binding in BINDINGS {
        assert!(
            DEFAULTS.contains(&format!("\n{} = [", binding.command.name())),
            "{}",
            binding.command.name()
        );
    }
}

#[test]
fn only_a_named_file_must_exist() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    assert_eq!(Config::load(None, Some(&file)).unwrap(), Config::default());
    let refused = Config::load(Some(&file), None).unwrap_err().to_string();
    assert!(
        refused.starts_with("the configuration /") && refused.contains("No such file"),
        "{refused}"
    );
    std::fs::write(&file, b"sort = \"\xff\"").unwrap();
    let refused = Config::load(None, Some(&file)).unwrap_err().to_string();
    assert!(refused.contains("UTF-8"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn lists_begin_in_the_order_that_is_configured() {
    let launch = Launch {
        is_sandbox: true,
        sort: parse("sort = \"name\"").unwrap().sort,
        ..Launch::default()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    let Screen::Groups(groups) = session.app.screen() else {
        panic!("it begins with the groups");
    };
    assert_eq!(groups.picker.sort(), Sort::Name);
    session.press("/press-line-3<Enter>").await;
    let Screen::Assemble(assemble) = session.app.screen() else {
        panic!("the group opens");
    };
    assert!(
        assemble
            .panes
            .iter()
            .all(|(_, pane)| pane.picker.sort() == Sort::Name)
    );
}
