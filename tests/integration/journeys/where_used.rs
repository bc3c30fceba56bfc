//! The groups that use a version or an item, and the same pick for each of them.

use std::sync::Arc;

use greengroup::app::Launch;
use greengroup::domain::{DefinitionKind, Timestamp};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::account::{Account, DeploymentOutcome, GroupSlots, NewDeployment};
use greengroup::sandbox::{Moment, Sandbox};
use serde_json::json;

use crate::support::open_group::press_line;
use crate::support::session::{Session, parse_keys};
use crate::support::small_account::content;

const FUNCTIONS: DefinitionKind = DefinitionKind::Function;

/// Three groups with `cam:12` in their function slot, one with `cam:13`, which is newer, and one with
/// neither.
fn with_cameras() -> Account {
    let mut account = Account::new("123456789012", "eu-central-1");
    let began = "2026-01-01T00:00:00.000Z".parse::<Timestamp>().unwrap();
    let mut moment = Moment::seeded(7, began);
    let mut version = |account: &mut Account, kind, definition: Option<&str>, content| {
        let definition = definition.map_or_else(
            || {
                account
                    .create_definition(&mut moment, kind, Some("fns"))
                    .as_str()
                    .to_owned()
            },
            str::to_owned,
        );
        moment.now = Timestamp::from_milliseconds(moment.now.milliseconds() + 60_000);
        let made = account.create_definition_version(&mut moment, kind, &definition, content);
        (definition, Arc::clone(&made.unwrap().arn))
    };
    let functions = |number: u32| {
        json!({"Functions": [{
            "Id": "cam",
            "FunctionArn": format!("arn:aws:lambda:eu-central-1:123456789012:function:cam:{number}"),
            "FunctionConfiguration": {"MemorySize": 16384, "Timeout": 3, "Pinned": true, "EncodingType": "json"},
        }]})
    };
    let core = content(DefinitionKind::Core, 0);
    let (_, core) = version(&mut account, DefinitionKind::Core, None, core);
    let (fns, old) = version(&mut account, FUNCTIONS, None, functions(12));
    let (_, new) = version(&mut account, FUNCTIONS, Some(&fns), functions(13));
    for (name, held) in [
        ("alpha", Some(&old)),
        ("beta", Some(&old)),
        ("delta", Some(&new)),
        ("gamma", Some(&old)),
        ("omega", None),
    ] {
        let group = account.create_group(&mut moment, name);
        let mut slots = GroupSlots::default();
        slots[DefinitionKind::Core] = Some(Arc::clone(&core));
        slots[FUNCTIONS] = held.map(Arc::clone);
        account.create_group_version(&mut moment, group.as_str(), slots);
    }
    account
}

async fn started() -> Session {
    let launch = Launch {
        is_sandbox: true,
        reads_all: true,
        ..Launch::default()
    };
    Session::start_with(
        Sandbox::with(with_cameras()),
        launch,
        Journal::nowhere(),
        (80, 24),
    )
    .await
}

/// The number of versions of each group, in ascending order.
fn versions(session: &Session) -> Vec<usize> {
    session.sandbox().account(|account| {
        let groups = account.groups().iter();
        let mut counts: Vec<usize> = groups.map(|group| group.versions().len()).collect();
        counts.sort_unstable();
        counts
    })
}

#[tokio::test(start_paused = true)]
async fn few_keys_exchange_item_in_each_group() {
    const FIRST: &str = "/cam:12<Tab>ta<Right><Enter>";
    const FURTHER: &str = "<Enter>ta<Right><Enter>";
    assert!(parse_keys(FIRST).len() <= 12);
    assert!(parse_keys(FURTHER).len() <= 5);
    let mut session = started().await;
    session.press(FIRST).await;
    session.assert_body("CREATED");
    session.assert_body("3 groups: 1 created, 0 left out, 2 to go");
    session.press(FURTHER).await;
    session.press(FURTHER).await;
    let screen = session.screen();
    session.assert_body("3 groups: 3 created, 0 left out, 0 to go");
    assert_eq!(versions(&session), [1, 1, 2, 2, 2], "{screen}");
    session.press("<Enter><Esc>/cam:12").await;
    session.assert_body("No match among 5");
}

#[tokio::test(start_paused = true)]
async fn group_without_create_stays_a_draft() {
    let mut session = started().await;
    session.press("/cam:12<Tab>w").await;
    session.assert_body("groups using cam:12");
    session.assert_body("5 of 5 groups read");
    session.assert_body("3 groups use it.");
    session.press("<Space><Down><Space>t").await;
    session.assert_header(" alpha ");
    session.press_apart("t").await;
    session.assert_header(" gamma ");
    session.assert_footer("2 groups: 0 created, 1 left out, 1 to go");
    session.press_apart("t").await;
    session.assert_footer("no further group is marked");
    session.press("<Esc>").await;
    let screen = session.screen();
    assert_eq!(screen.matches("draft: 1 changed").count(), 2, "{screen}");
    assert_eq!(versions(&session), [1, 1, 1, 1, 1], "nothing was sent");
}

#[tokio::test(start_paused = true)]
async fn version_and_then_its_items_are_looked_for() {
    let mut session = started().await;
    session.press("/cam:13<Tab>").await;
    session.press("<Enter>").await;
    session.assert_header(" delta ");
    session.press("w").await;
    session.assert_body(" of fns ");
    session.assert_body("another version, ");
    session.assert_body("1 group uses this version.");
    session.press("<Tab>").await;
    session.assert_body("groups using cam");
}

#[tokio::test(start_paused = true)]
async fn row_opens_its_group_at_the_slot() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3w").await;
    session.assert_body("> [ ] press-line-3");
    session.assert_body("groups read");
    session.press("y").await;
    assert!(
        session
            .copied
            .iter()
            .any(|text| text.contains("/greengrass/groups/")),
        "{:?}",
        session.copied
    );
    let mut session = started().await;
    session.press("/alpha<Enter>3w<Down><Enter>").await;
    session.assert_header(" beta ");
    session.assert_body("3 function  kept");
}

/// Its latest version holds another one by now, but the deployed one still runs it.
#[tokio::test(start_paused = true)]
async fn deployed_version_is_a_row_of_its_own() {
    let mut session = started().await;
    session.press("/alpha<Enter>3/cam:12<Tab>").await;
    let group = session.group_id();
    let first = session.latest_version();
    session.sandbox().change(|account, moment| {
        let new = NewDeployment {
            deployment_type: "NewDeployment",
            version: Some(first.as_str()),
            outcome: DeploymentOutcome::SucceedsAtOnce,
            client_token: None,
        };
        account.create_deployment(moment, &group, new).unwrap();
    });
    session.somebody_creates(|slots, _| slots[FUNCTIONS] = None);
    session.press("R").await;
    session.press("w").await;
    let screen = session.screen();
    let row = screen.lines().find(|line| line.contains("] alpha "));
    let said = format!(", deployed as {}", first.short());
    assert!(row.is_some_and(|row| row.contains(&said)), "{screen}");
    session.assert_body("2 groups use it.");
}

/// Not the definition's latest version, which the user did not pick.
#[tokio::test(start_paused = true)]
async fn first_pick_is_successor_in_each_group() {
    let mut session = started().await;
    let picked = session.sandbox().change(|account, moment| {
        let fns = account.definitions(FUNCTIONS).iter().next().unwrap();
        let (id, latest) = (fns.metadata().id.clone(), fns.latest().unwrap());
        let (picked, content) = (Arc::clone(&latest.arn), (*latest.holds).clone());
        let newer = content.to_string().replace("cam:13", "cam:14");
        let newer = serde_json::from_str(&newer).unwrap();
        let made = account.create_definition_version(moment, FUNCTIONS, &id, newer);
        made.unwrap();
        picked
    });
    session.press("R").await;
    session.press("/cam:12<Tab>t").await;
    session.press("3/cam:13<Tab><Enter>a<Right><Enter>").await;
    session.assert_body("CREATED");
    session.press("<Enter>t").await;
    let screen = session.screen();
    session.assert_header(" beta ");
    let held = session.app.session.held(FUNCTIONS).unwrap();
    assert_eq!(held.as_str(), &*picked, "{screen}");
}
