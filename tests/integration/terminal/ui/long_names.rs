//! Long names and ARNs that differ only at the end: the difference is visible at every width.

use greengroup::app::Event;
use greengroup::app::event::DraftFile;
use greengroup::domain::DefinitionKind::Function;
use ratatui::style::Modifier;
use serde_json::json;

use super::account::{Account, PLACE};
use super::scenes::{self, LARGE, SMALL};
use super::stage::Stage;

const LINE: &str = "prod-eu-central-1-plant-augsburg-hall-07-press-line-03-station-12-edge";
const GROUP: &str = "5f2c81aa-0000-4000-8000-0000000000aa";

/// Two groups and two definitions whose names have the same beginning.
fn account() -> Account {
    let mut account = Account::default();
    let (vision, telemetry) = (format!("{LINE}-vision"), format!("{LINE}-telemetry"));
    account.group(GROUP, Some(&vision), "2026-05-01T08:00:00Z");
    let other = "5f2c81aa-0000-4000-8000-0000000000bb";
    account.group(other, Some(&telemetry), "2026-05-01T08:00:00Z");
    let content = |version: u32| {
        let arn = format!("arn:aws:lambda:{PLACE}:function:vision:{version}");
        json!({"Functions": [{"Id": "vision", "FunctionArn": arn}]})
    };
    let mut versions = Vec::new();
    for (number, name) in [&vision, &telemetry].into_iter().enumerate() {
        let id = format!("d300000{number}-0000-4000-8000-000000000001");
        account.definition(Function, &id, Some(name));
        let version = format!("8{number}d2f00a-0000-4000-8000-000000000001");
        versions.push(account.version(
            Function,
            &version,
            "2026-05-01T08:00:00Z",
            content(12 + u32::try_from(number).unwrap()),
        ));
    }
    let base = "9f8e21c0-0000-4000-8000-000000000001";
    account.group_version(GROUP, base, "2026-05-01T08:00:00Z", &versions[..1]);
    account
}

/// The rows of the screen with one of the two names, up to their common parts.
fn named_rows(stage: &Stage) -> Vec<String> {
    let screen = stage.screen();
    let rows = screen.lines().filter(|row| row.contains("prod-eu-"));
    rows.map(str::to_owned).collect()
}

#[test]
fn names_with_a_common_beginning_look_different() {
    for size in [SMALL, LARGE, (200, 60)] {
        let mut stage = Stage::new(account(), size);
        let rows = named_rows(&stage);
        for ending in ["vision", "telemetry"] {
            let is_there = rows.iter().any(|row| row.contains(ending));
            assert!(is_there, "{ending} in Groups at {size:?}: {rows:#?}");
        }
        stage.press("Home / v i s i o n Enter 3");
        let rows = named_rows(&stage);
        let list: Vec<&String> = rows.iter().skip(1).collect();
        assert!(
            list.iter().any(|row| row.contains("telemetry")),
            "Assemble at {size:?}: {rows:#?}"
        );
        stage.press("/ t e l e Enter a");
        let review = stage.screen();
        assert!(
            review.contains("vision") && review.contains("telemetry"),
            "Review at {size:?}: {review}"
        );
    }
}

#[test]
fn long_group_name_leaves_warnings_in_the_header() {
    let mut stage = Stage::new(account(), SMALL);
    stage.press("Home / v i s i o n Enter");
    let full = DraftFile::Unavailable("the disk is full".to_owned());
    stage.feed(Event::DraftOpened(full));
    let header: Vec<String> = stage.screen().lines().take(2).map(str::to_owned).collect();
    assert!(header[1].contains("draft not saved"), "{header:#?}");
    assert!(header[1].contains("prod-eu-"), "{header:#?}");
}

#[test]
fn match_within_a_long_name_is_visible() {
    let mut stage = Stage::new(account(), SMALL);
    stage.press("/ ' h a l l");
    let screen = stage.screen();
    assert_eq!(screen.matches("hall").count(), 3, "{screen}");
}

#[test]
fn changed_lines_of_a_difference_look_different() {
    for size in [SMALL, (120, 30), LARGE, (185, 50)] {
        let mut stage = Stage::new(account(), size);
        stage.press("Home / v i s i o n Enter 3 / t e l e Tab d");
        let screen = stage.screen();
        let changed = |sign: &str| {
            let line = screen.lines().find(|line| line.contains(sign));
            line.unwrap_or_else(|| panic!("no {sign} at {size:?}: {screen}"))
                .to_owned()
        };
        assert!(changed("- FunctionArn").contains("vision:12"), "{screen}");
        assert!(changed("+ FunctionArn").contains("vision:13"), "{screen}");
    }
}

#[test]
fn characters_that_differ_are_marked() {
    let mut stage = scenes::assemble(LARGE);
    stage.press("3 g d");
    let buffer = stage.buffer();
    let marked = buffer.content().iter().filter(|cell| {
        let modifier = cell.modifier;
        modifier.contains(Modifier::UNDERLINED) && modifier.contains(Modifier::BOLD)
    });
    let marked: String = marked.map(ratatui::buffer::Cell::symbol).collect();
    assert!(marked.contains('2') && marked.contains('3'), "{marked:?}");
    assert!(marked.len() < 40, "{marked:?}");
}
