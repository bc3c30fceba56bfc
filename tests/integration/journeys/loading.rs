//! The order of requests, the memory budget, and a cursor that stays on its row when data arrives.

use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::screen::Screen;
use greengroup::app::screen::assemble::Assemble;
use greengroup::domain::{DefinitionKind, DefinitionVersionArn, PerKind, Timestamp};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Account, Moment, Operation, PageSizes, Sandbox};
use rstest::rstest;
use serde_json::json;

use crate::support::session::Session;

fn opening(group: &str) -> Launch {
    Launch {
        group: Some(group.to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

fn assemble(session: &Session) -> &Assemble {
    match session.app.screen() {
        Screen::Assemble(assemble) => assemble,
        _ => panic!("{}", session.screen()),
    }
}

fn highlighted(session: &Session) -> DefinitionVersionArn {
    assemble(session).highlighted().unwrap().clone()
}

/// The operations in the order in which they were sent.
fn sent(session: &Session) -> Vec<String> {
    let calls = session.app.session.calls().iter();
    calls.map(|call| call.attempt.operation.clone()).collect()
}

/// The slots are loaded, and of every list only the first of many pages.
async fn while_the_lists_come() -> Session {
    let sandbox = Sandbox::demo();
    sandbox.set_pages(PageSizes {
        list: 5,
        ..PageSizes::default()
    });
    sandbox.set_delay(Duration::from_millis(80));
    let journal = Journal::nowhere();
    let mut session = Session::begin(sandbox, opening("press-line-3"), journal, (80, 24));
    session.wait(Duration::from_millis(700)).await;
    session
}

#[tokio::test(start_paused = true)]
async fn cursor_stays_on_its_version() {
    let mut session = Session::start(Sandbox::demo(), opening("press-line-3")).await;
    session.press("3g<Down><Down>").await;
    let chosen = highlighted(&session);
    let mut orders = Vec::new();
    for key in ["o", "o", "o", "r", "R"] {
        session.press(key).await;
        assert_eq!(highlighted(&session), chosen, "{key}");
        let pane = &assemble(&session).panes[DefinitionKind::Function];
        orders.push(pane.picker.ordered_ids().cloned().collect::<Vec<_>>());
    }
    assert_ne!(orders[0], orders[1], "the order changes");
    assert_eq!(
        orders[2], orders[3],
        "asking again for nothing changes nothing"
    );
    let id = chosen.version().to_owned();
    session.press(&format!("/{}<Tab>", &id[..8])).await;
    assert_eq!(highlighted(&session), chosen);
    session.press("<Esc>").await;
    assert_eq!(highlighted(&session), chosen, "without the filter again");
}

#[rstest]
#[case::where_something_was_held("3x", DefinitionKind::Function)]
#[case::where_nothing_was_held("2", DefinitionKind::Device)]
#[tokio::test(start_paused = true)]
async fn arriving_rows_keep_the_cursor(#[case] keys: &str, #[case] kind: DefinitionKind) {
    let mut session = while_the_lists_come().await;
    // An empty slot's pane starts at its first row, which soon changes.
    session.press_now(keys);
    let pane = |session: &Session| assemble(session).pane().picker.len();
    let (before, rows) = (highlighted(&session), pane(&session));
    session.settle().await;
    assert!(pane(&session) > rows, "more rows have come");
    assert_eq!(highlighted(&session), before);
    let first = assemble(&session).pane().picker.ordered_ids().next();
    // The first device of the first page is also the first of all.
    let is_first = kind == DefinitionKind::Device;
    assert_eq!(
        first == Some(&before),
        is_first,
        "later rows come before it"
    );
    session.press_now("<Enter>");
    assert_eq!(session.draft().slots().version(kind), Some(&before));
}

#[tokio::test(start_paused = true)]
async fn slots_load_first_then_lists_then_rest() {
    let mut session = while_the_lists_come().await;
    session.press_now("3j");
    session.settle().await;
    let sent = sent(&session);
    let first = |operation: &str| sent.iter().position(|one| one == operation).unwrap();
    let last = |operation: &str| sent.iter().rposition(|one| one == operation).unwrap();
    assert!(first("GetGroupVersion") < first("GetFunctionDefinitionVersion"));
    // Two pages of the list were requested before the slots were known.
    let mut pages = (0..sent.len()).filter(|&place| sent[place] == "ListFunctionDefinitions");
    assert!(
        first("GetFunctionDefinitionVersion") < pages.nth(2).unwrap(),
        "the contents of the slots do not wait for the lists: {sent:?}"
    );
    assert!(
        last("ListFunctionDefinitions") < first("ListFunctionDefinitionVersions"),
        "older versions come after the list: {sent:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn unneeded_requests_are_dropped() {
    let sandbox = Sandbox::demo();
    sandbox.set_delay(Duration::from_secs(1));
    let mut session = Session::begin(
        sandbox.clone(),
        opening("press-line-3"),
        Journal::nowhere(),
        (80, 24),
    );
    session.wait(Duration::from_secs(30)).await;
    session.press_now("3/fns<Tab>v");
    session.wait(Duration::from_millis(1500)).await;
    let under_way = session.app.session.loader().under_way();
    assert!(under_way > 0, "the rest is being read");
    session.press_now("<Esc><Esc>");
    // The groups on screen are read from here on.
    let total =
        || sandbox.traffic(|traffic| traffic.total() - traffic.count(Operation::GetGroupVersion));
    let before = total();
    session.settle().await;
    assert!(
        total() <= before + under_way,
        "{} more than were under way",
        total() - before
    );
}

const LARGE_CONTENTS: usize = 40;
const CONTENT_BYTES: usize = 1024 * 1024;

/// A group with a filled function slot, among functions with contents of a mebibyte each.
fn heavy() -> Sandbox {
    let start: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut account = Account::new("111122223333", "eu-central-1");
    let mut moment = Moment::seeded(7, start);
    let mut slots = PerKind::default();
    for number in 0..LARGE_CONTENTS {
        let minutes = i64::try_from(number).unwrap() * 60_000;
        moment.now = Timestamp::from_milliseconds(start.milliseconds() + minutes);
        let name = format!("functions-{number:02}");
        let kind = DefinitionKind::Function;
        let definition = account.create_definition(&mut moment, kind, Some(&name));
        let content = json!({"Functions": [{
            "Id": "work",
            "FunctionArn": format!("arn:aws:lambda:eu-central-1:111122223333:function:work:{number}"),
            "FunctionConfiguration": {
                "MemorySize": 16384,
                "Environment": {"Variables": {"TABLE": "x".repeat(CONTENT_BYTES)}}
            }
        }]});
        let version =
            account.create_definition_version(&mut moment, kind, definition.as_str(), content);
        if number == 0 {
            slots[kind] = Some(std::sync::Arc::clone(&version.unwrap().arn));
        }
    }
    let group = account.create_group(&mut moment, "plant");
    account
        .create_group_version(&mut moment, group.as_str(), slots)
        .unwrap();
    Sandbox::with(account)
}

#[tokio::test(start_paused = true)]
async fn content_cache_keeps_budget_and_draft() {
    let mut session = Session::start(heavy(), opening("plant")).await;
    let held = session
        .draft()
        .slots()
        .version(DefinitionKind::Function)
        .cloned();
    session.press("3gj").await;
    let first = highlighted(&session);
    for _ in 0..LARGE_CONTENTS {
        session.press("j").await;
    }
    session.press("k").await;
    let operation = Operation::GetDefinitionVersion(DefinitionKind::Function);
    let asked = session
        .sandbox()
        .traffic(|traffic| traffic.count(operation));
    // The last screen's contents were seen first and had to be dropped; the draft's own were kept.
    assert!(asked <= LARGE_CONTENTS + 16, "{asked}");
    let contents = &session.app.session.catalog().contents;
    let bytes: usize = contents.read().map(|(_, content)| content.memory()).sum();
    assert!(bytes <= 17 * CONTENT_BYTES, "{bytes}");
    assert!(
        contents.get(&held.unwrap()).ready().is_some(),
        "the draft's own"
    );
    assert!(
        contents.get(&highlighted(&session)).ready().is_some(),
        "on screen"
    );
    assert!(contents.get(&first).is_unasked(), "seen least recently");
    session.press("gj").await;
    let contents = &session.app.session.catalog().contents;
    assert!(contents.get(&first).ready().is_some(), "read again");
}
