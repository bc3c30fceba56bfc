//! The order of the lists: the last published version is first, and an unknown time is not replaced by
//! another one.

use std::time::Duration;

use greengroup::app::screen::Screen;
use greengroup::app::screen::assemble::Pane;
use greengroup::domain::{DefinitionKind, DefinitionVersionArn};
use greengroup::sandbox::{Operation, Sandbox};
use greengroup::search::Sort;

use crate::support::open_group::press_line;
use crate::support::session::Session;

const KIND: DefinitionKind = DefinitionKind::Function;

/// Later than everything else in the account.
const LAST: &str = "2026-05-02T07:00:00.000Z";

fn pane(session: &Session) -> &Pane {
    match session.app.screen() {
        Screen::Assemble(assemble) => assemble.pane(),
        _ => panic!("{}", session.screen()),
    }
}

fn rows(session: &Session) -> Vec<DefinitionVersionArn> {
    pane(session).picker.ordered_ids().cloned().collect()
}

/// The account's data for each row: its definition's name, and when it was created.
fn truth(session: &Session) -> Vec<(String, String)> {
    let row = |arn: &DefinitionVersionArn| {
        session.sandbox().account(|account| {
            let definition = account.definition(KIND, arn.definition()).unwrap();
            let version = account.definition_version(KIND, arn.as_str()).unwrap();
            let name = definition.metadata().name.as_deref().unwrap_or_default();
            (name.to_owned(), version.created.to_string())
        })
    };
    rows(session).iter().map(row).collect()
}

/// The line with the cursor's marker.
fn marked(session: &Session) -> usize {
    let screen = session.screen();
    let mut lines = screen.lines();
    lines
        .position(|line| line.starts_with(" > ") || line.starts_with("*> "))
        .unwrap_or_else(|| panic!("{screen}"))
}

/// Another user publishes a version of the definition with this name at that time.
pub(super) fn publish(sandbox: &Sandbox, name: &str, at: &str) -> String {
    sandbox.change(|account, moment| {
        moment.now = at.parse().unwrap();
        let (id, json) = {
            let mut definitions = account.definitions(KIND).iter();
            let definition = definitions.find(|one| one.metadata().name.as_deref() == Some(name));
            let definition = definition.unwrap();
            let json = serde_json::Value::clone(&definition.latest().unwrap().holds);
            (definition.metadata().id.to_string(), json)
        };
        let version = account.create_definition_version(moment, KIND, &id, json);
        version.unwrap().id.to_string()
    })
}

#[tokio::test(start_paused = true)]
async fn list_begins_with_the_definition_in_the_slot() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3").await;
    let truth = truth(&session);
    let own = truth
        .iter()
        .take_while(|(name, _)| name == "press-line-3-fns");
    let times: Vec<_> = own.map(|(_, time)| time).collect();
    assert!(times.len() > 2, "{truth:?}");
    assert!(times.is_sorted_by(|one, other| one >= other), "{times:?}");
    let others: Vec<_> = truth[times.len()..].iter().map(|(name, _)| name).collect();
    let named = others
        .iter()
        .filter(|name| !name.is_empty() && name.is_ascii());
    let named: Vec<_> = named.map(|name| name.to_lowercase()).collect();
    assert!(named.is_sorted(), "{others:?}");
    session.assert_body("  own first");
    let lists = Operation::ListDefinitionVersions(KIND);
    assert_eq!(session.sandbox().traffic(|traffic| traffic.count(lists)), 1);
}

#[tokio::test(start_paused = true)]
async fn version_published_last_is_first_of_its_definition() {
    let sandbox = Sandbox::demo();
    let own = publish(&sandbox, "press-line-3-fns", LAST);
    let other = publish(&sandbox, "camera-pool", LAST);
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("3").await;
    let first_of = |definition: &str| {
        let rows = rows(&session);
        let mut of_it = rows.iter().filter(|arn| arn.definition() == definition);
        of_it.next().map(|arn| arn.version().to_owned())
    };
    for version in [own, other] {
        let rows = rows(&session);
        let row = rows.iter().find(|arn| arn.version() == version).unwrap();
        assert_eq!(first_of(row.definition()), Some(version.clone()));
        let screen = session.screen();
        let line = screen.lines().find(|line| line.contains(row.short()));
        assert!(
            line.is_none_or(|line| line.contains("2026-05-02")),
            "{screen}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn unread_time_is_never_that_of_the_definition() {
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::GetDefinitionVersion(KIND),
        1_000,
        greengroup::sandbox::Fault::Deny,
    );
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("3").await;
    session.press("G").await;
    let screen = session.screen();
    let marked = screen.lines().nth(marked(&session)).unwrap();
    assert!(marked.contains("  -  "), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn newest_first_is_read_under_a_still_cursor() {
    let sandbox = Sandbox::demo();
    sandbox.set_delay(Duration::from_millis(80));
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("3").await;
    session.press_now("jjo");
    let (line, chosen) = (marked(&session), pane(&session).picker.selected().cloned());
    let mut counts = Vec::new();
    for _ in 0..600 {
        session.wait(Duration::from_millis(40)).await;
        let screen = session.screen();
        assert_eq!(marked(&session), line, "{screen}");
        assert_eq!(pane(&session).picker.selected(), chosen.as_ref());
        if let Some((_, count)) = screen.split_once("newest first, ") {
            let (count, _) = count.split_once(" read").unwrap();
            counts.push(count.to_owned());
        }
    }
    counts.dedup();
    assert!(counts.len() > 3, "{counts:?}");
    assert!(
        !session.screen().contains(" read ─"),
        "{}",
        session.screen()
    );
    let times: Vec<_> = truth(&session).into_iter().map(|(_, time)| time).collect();
    assert!(times.is_sorted_by(|one, other| one >= other), "{times:?}");
    let orders = ["by name", "latest first", "own first"];
    for order in orders {
        session.press("o").await;
        session.assert_body(order);
    }
    assert_eq!(pane(&session).picker.sort(), Sort::Own);
}

#[tokio::test(start_paused = true)]
async fn picking_moves_no_row_of_the_open_list() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3").await;
    session.press("jjjjj").await;
    let before = (marked(&session), rows(&session));
    let picked = pane(&session).picker.selected().unwrap().clone();
    session.press("<Space>").await;
    assert_eq!(marked(&session), before.0);
    // Below it older versions of the picked definition may be listed now.
    let above = before.1.iter().take_while(|arn| **arn != picked).count();
    assert_eq!(above, 6);
    assert_eq!(rows(&session)[..=above], before.1[..=above]);
    session.press("2").await;
    session.press("3").await;
    assert_eq!(rows(&session)[0].definition(), picked.definition());
}

#[tokio::test(start_paused = true)]
async fn groups_are_by_name_with_latest_day() {
    let launch = greengroup::app::Launch {
        is_sandbox: true,
        ..greengroup::app::Launch::default()
    };
    let session = Session::start(Sandbox::demo(), launch).await;
    let screen = session.screen();
    let shown: Vec<&str> = screen
        .lines()
        .filter(|line| line.contains("latest "))
        .collect();
    assert!(shown.len() > 10, "{screen}");
    for line in shown {
        let mut words = line.split_whitespace().skip_while(|word| *word != "latest");
        let (short, day) = (words.nth(1).unwrap(), words.next().unwrap());
        let day = day.trim_end_matches('"');
        let created = session.sandbox().account(|account| {
            let mut versions = account.groups().iter().filter_map(|group| group.latest());
            let version = versions.find(|version| version.id.starts_with(short));
            version.unwrap().created.to_string()
        });
        assert!(created.starts_with(day), "{line}: {created}");
    }
}
