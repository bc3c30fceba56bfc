//! Names that differ only in the middle or at the end: every width shows where they differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use greengroup::app::Launch;
use greengroup::app::protection::Protection;
use greengroup::domain::{DefinitionKind, Timestamp};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::account::GroupSlots;
use greengroup::sandbox::{Account, Moment, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::session::Session;

const HALL: &str = "prod-eu-central-1-plant-augsburg-hall-07-press-line-03";
const CELL: &str = "prod-eu-central-1-plant-augsburg-hall-07-press-line-03-camera-cell-0012";
const WIDTHS: [u16; 6] = [80, 100, 120, 140, 160, 200];

fn lambda(name: &str) -> String {
    format!("arn:aws:lambda:eu-central-1:111122223333:function:{HALL}-{name}")
}

fn functions(camera: &str) -> Value {
    let function = |id: &str, name: &str| {
        json!({
            "Id": id,
            "FunctionArn": lambda(name),
            "FunctionConfiguration": {"MemorySize": 16384, "Timeout": 3, "EncodingType": "json"},
        })
    };
    json!({ "Functions": [function("camera", camera), function("aggregate", "aggregate:7")] })
}

/// Two groups with cameras and one definition of each kind that they use, with seven versions of the functions.
fn plant() -> Sandbox {
    let mut account = Account::new("111122223333", "eu-central-1");
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut moment = Moment::seeded(7, start);
    for what in ["vision", "telemetry"] {
        let mut slots = GroupSlots::default();
        let kind = DefinitionKind::Function;
        let name = format!("{CELL}-{what}-functions");
        let definition = account.create_definition(&mut moment, kind, Some(&name));
        for number in 9..=15 {
            moment.now = Timestamp::from_milliseconds(moment.now.milliseconds() + 86_400_000);
            let content = functions(&format!("{what}:{number}"));
            let id = definition.as_str();
            let version = account.create_definition_version(&mut moment, kind, id, content);
            if number == 13 {
                slots[kind] = Some(Arc::clone(&version.unwrap().arn));
            }
        }
        let kind = DefinitionKind::Subscription;
        let name = format!("{CELL}-{what}-subscriptions");
        let definition = account.create_definition(&mut moment, kind, Some(&name));
        let content = json!({ "Subscriptions": [{
            "Id": "to-the-cloud",
            "Source": lambda(&format!("{what}:13")),
            "Subject": "press/finding",
            "Target": "cloud",
        }]});
        let id = definition.as_str();
        let version = account.create_definition_version(&mut moment, kind, id, content);
        slots[kind] = Some(Arc::clone(&version.unwrap().arn));
        let group = account.create_group(&mut moment, &format!("{CELL}-{what}"));
        account
            .create_group_version(&mut moment, group.as_str(), slots)
            .unwrap();
    }
    Sandbox::with(account)
}

async fn opened(group: Option<&str>, width: u16) -> Session {
    let launch = Launch {
        group: group.map(str::to_owned),
        is_sandbox: true,
        reads_all: true,
        ..Launch::default()
    };
    Session::start_with(plant(), launch, Journal::nowhere(), (width, 40)).await
}

/// On the vision group, in the pane of functions.
async fn vision(width: u16) -> Session {
    let mut session = opened(Some(&format!("{CELL}-vision")), width).await;
    session.press("3").await;
    session
}

/// The short id of the function version in the draft.
fn held_short(session: &Session) -> String {
    let held = session.app.session.held(DefinitionKind::Function);
    held.unwrap().short().to_owned()
}

/// The screen's lines with `text`.
fn lines_with(session: &Session, text: &str) -> Vec<String> {
    let screen = session.screen();
    let lines = screen.lines().filter(|line| line.contains(text));
    lines.map(str::to_owned).collect()
}

/// The name of each row, as it is shown.
fn names(lines: &[String]) -> BTreeSet<String> {
    let marks = |line: &String| line.trim_start_matches(['*', '>', ' ']).to_owned();
    let first = |line: String| line.split_whitespace().next().unwrap().to_owned();
    lines.iter().map(marks).map(first).collect()
}

#[tokio::test(start_paused = true)]
async fn groups_and_definitions_do_not_look_alike() {
    for width in WIDTHS {
        let session = opened(None, width).await;
        let rows = lines_with(&session, " latest ");
        let shown = names(&rows);
        assert_eq!(shown.len(), 2, "{width}\n{}", session.screen());
        let mut session = vision(width).await;
        session.press("o").await;
        let rows = lines_with(&session, "  2026-01-");
        let shown = names(&rows);
        assert_eq!(shown.len(), 2, "{width}\n{}", session.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn contents_of_versions_do_not_look_alike() {
    for width in WIDTHS {
        let session = vision(width).await;
        for version in [12, 13, 14] {
            let name = format!(":{version},");
            let rows = lines_with(&session, &name);
            assert!(!rows.is_empty(), "{name} at {width}\n{}", session.screen());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn match_of_a_search_is_in_view() {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.press("/vision:14").await;
        let rows = lines_with(&session, "vision:14");
        let is_shown = rows.iter().any(|line| line.starts_with(" > "));
        assert!(is_shown, "{width}\n{}", session.screen());
        let mut session = opened(None, width).await;
        session.press("/vision:13").await;
        let rows = lines_with(&session, "vision:13");
        let is_shown = rows.iter().any(|line| line.starts_with(" > "));
        assert!(is_shown, "{width}\n{}", session.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn review_shows_both_sides_of_a_change() {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.press("/vision:14<Enter>a").await;
        let lines = lines_with(&session, ":14");
        let change = lines.iter().find(|line| line.contains('→')).unwrap();
        assert!(change.contains(":13 → "), "{width}\n{}", session.screen());
    }
}

/// Items are counted in lines of their own, and both sides of a member stay apart wherever the text begins.
#[tokio::test(start_paused = true)]
async fn difference_keeps_what_differs_in_view() {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.press("o/telemetry:14<Tab>").await;
        session.press("d").await;
        if width < 120 {
            let counts = [
                lines_with(&session, " 1 added: "),
                lines_with(&session, " 1 removed: "),
            ];
            assert!(
                counts.iter().all(|lines| lines.len() <= 1),
                "{}",
                session.screen()
            );
        }
        let mut session = vision(width).await;
        session.press("kd").await;
        if width < 120 {
            session.press("<Right>").await;
            let lines = lines_with(&session, ":13");
            assert_eq!(lines.len(), 1, "{width}\n{}", session.screen());
            let lines = lines_with(&session, ":14");
            assert!(!lines.is_empty(), "{width}\n{}", session.screen());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn confirmation_shows_full_name_and_typed_text() {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.app.session.protect(Protection {
            groups: vec!["prod-*".to_owned()],
            ..Protection::default()
        });
        session.press("/vision:14<Enter>a").await;
        session.wait(std::time::Duration::from_secs(1)).await;
        session.press("<Space><Space><Space><Space>").await;
        session.press("<Right>prod-eu-cen").await;
        let screen = session.screen();
        let whole: String = screen.split_whitespace().collect();
        assert!(
            whole.contains(&format!("name,{CELL}-vision,toconfirm:")),
            "{width}\n{screen}"
        );
        let typed = screen.lines().any(|line| line.ends_with("prod-eu-cen"));
        assert!(typed, "{width}\n{screen}");
    }
}

#[tokio::test(start_paused = true)]
async fn sides_of_a_conflict_do_not_look_alike() {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.press("/vision:14<Enter>").await;
        session.somebody_creates(|slots, _| slots[DefinitionKind::Function] = None);
        session.press("a<Tab><Enter>").await;
        let lines = lines_with(&session, "( ) mine");
        let version = held_short(&session);
        assert!(lines[0].contains(&version), "{width}\n{}", session.screen());
    }
}

#[rstest]
#[case::where_used("w", "groups using ")]
#[case::versions("b", "versions of ")]
#[tokio::test(start_paused = true)]
async fn titles_show_the_end_of_a_name(#[case] key: &str, #[case] title: &str) {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.press(key).await;
        let lines = lines_with(&session, title);
        assert!(
            lines[0].contains("vision") || lines[0].contains("functions"),
            "{}",
            lines[0]
        );
        if key == "w" {
            assert!(lines[0].contains(&held_short(&session)), "{}", lines[0]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn places_of_a_replacement_show_both_texts() {
    for width in WIDTHS {
        let mut session = vision(width).await;
        session.press("Svision:13<Enter><Backspace>4<Enter>").await;
        let lines = lines_with(&session, " [x] ");
        assert_eq!(lines.len(), 2, "{width}\n{}", session.screen());
        for line in lines {
            assert!(
                line.contains(":13 → ") && line.ends_with(":14"),
                "{width}: {line}"
            );
        }
    }
}

/// The other panes follow below a short list, and the header uses the room that there is.
#[tokio::test(start_paused = true)]
async fn free_room_is_used() {
    let mut session = vision(200).await;
    session.press("1").await;
    let screen = session.screen();
    let blank = screen.lines().take_while(|line| !line.contains("2 device"));
    let blank = blank.filter(|line| line.split('│').next().unwrap().trim().is_empty());
    assert!(blank.count() <= 6, "{screen}");
    let session = vision(140).await;
    let header = session.screen().lines().nth(1).unwrap().to_owned();
    assert!(header.contains("camera-cell-0012-vision"), "{header}");
}
