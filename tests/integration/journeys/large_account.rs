//! An account of ten thousand definitions behind a slow link: the user can work while most of it still loads.

use std::sync::Arc;
use std::time::Duration;

use greengroup::app::Launch;
use greengroup::domain::{DefinitionKind, PerKind, SlotState, Timestamp};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Account, Moment, Operation, Sandbox};
use serde_json::json;

use crate::support::session::Session;

const DEFINITIONS: usize = 10_000;
const ROUND_TRIP: Duration = Duration::from_millis(80);

/// A group with filled core and function slots, among ten thousand function definitions.
fn large() -> Sandbox {
    let mut account = Account::new("111122223333", "eu-central-1");
    let start: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let mut moment = Moment::seeded(7, start);
    let mut slots: PerKind<Option<Arc<str>>> = PerKind::default();
    let thing = "arn:aws:iot:eu-central-1:111122223333:thing/core-1";
    let certificate = format!("arn:aws:iot:eu-central-1:111122223333:cert/{:064x}", 1);
    let core = account.create_definition(&mut moment, DefinitionKind::Core, Some("plant-core"));
    let cores =
        json!({"Cores": [{"Id": "core", "ThingArn": thing, "CertificateArn": certificate}]});
    let version =
        account.create_definition_version(&mut moment, DefinitionKind::Core, core.as_str(), cores);
    slots[DefinitionKind::Core] = Some(Arc::clone(&version.unwrap().arn));
    for number in 0..DEFINITIONS {
        moment.now = Timestamp::from_milliseconds(
            start.milliseconds() + i64::try_from(number).unwrap() * 60_000,
        );
        let name = format!("line-{}-station-{number}-fns", number % 97);
        let definition =
            account.create_definition(&mut moment, DefinitionKind::Function, Some(&name));
        let functions = json!({"Functions": [{
            "Id": "work",
            "FunctionArn": format!("arn:aws:lambda:eu-central-1:111122223333:function:work:{number}"),
            "FunctionConfiguration": {"MemorySize": 16384, "Timeout": 3, "EncodingType": "json"}
        }]});
        let version = account.create_definition_version(
            &mut moment,
            DefinitionKind::Function,
            definition.as_str(),
            functions,
        );
        if number == 0 {
            slots[DefinitionKind::Function] = Some(Arc::clone(&version.unwrap().arn));
        }
    }
    let group = account.create_group(&mut moment, "plant");
    account
        .create_group_version(&mut moment, group.as_str(), slots)
        .unwrap();
    let sandbox = Sandbox::with(account);
    sandbox.set_delay(ROUND_TRIP);
    sandbox
}

#[tokio::test(start_paused = true)]
async fn large_account_is_usable_while_it_loads() {
    let launch = Launch {
        group: Some("plant".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::begin(large(), launch, Journal::nowhere(), (80, 24));
    session
        .wait(ROUND_TRIP * 3 + Duration::from_millis(20))
        .await;
    assert_eq!(session.state(DefinitionKind::Function), SlotState::Kept);
    assert!(session.work().findings().is_complete());
    let arrived = session
        .app
        .session
        .catalog()
        .definitions(DefinitionKind::Function)
        .items()
        .len();
    assert!(
        arrived < DEFINITIONS,
        "the list is still loading: {arrived}"
    );

    // Search, pick and review while the pages arrive.
    session.press_now("3/line-5<Down><Enter>a");
    assert_eq!(session.state(DefinitionKind::Function), SlotState::Changed);
    assert_eq!(session.screen_name(), "Review");
    session.press_now("<Esc>3/");
    let typed = session.work().draft().unwrap().slots().clone();
    session.wait(Duration::from_mins(1)).await;
    let listing = session
        .app
        .session
        .catalog()
        .definitions(DefinitionKind::Function);
    assert!(listing.is_complete());
    assert_eq!(listing.items().len(), DEFINITIONS);
    assert_eq!(
        *session.draft().slots(),
        typed,
        "what arrives changes nothing that was picked"
    );
    session.assert_body("> ");
}

#[tokio::test(start_paused = true)]
async fn idle_session_reads_nothing_ahead() {
    let launch = Launch {
        group: Some("plant".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::begin(large(), launch, Journal::nowhere(), (80, 24));
    session.wait(Duration::from_mins(2)).await;
    session.press_now("3");
    session.wait(Duration::from_mins(2)).await;
    let versions = Operation::ListDefinitionVersions(DefinitionKind::Function);
    let asked = session.sandbox().traffic(|traffic| traffic.count(versions));
    assert!(
        asked < 60,
        "one key lets a screen and a little more be read: {asked}"
    );
    session.wait(Duration::from_mins(10)).await;
    assert_eq!(
        session.sandbox().traffic(|traffic| traffic.count(versions)),
        asked
    );
}

/// Versions that no list has are read when `v` asks for them, and not by what is typed.
#[tokio::test(start_paused = true)]
async fn a_query_lists_no_versions() {
    let launch = Launch {
        group: Some("plant".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::begin(large(), launch, Journal::nowhere(), (200, 24));
    session.wait(Duration::from_mins(2)).await;
    let versions = Operation::ListDefinitionVersions(DefinitionKind::Function);
    let sandbox = session.sandbox().clone();
    let asked = || sandbox.traffic(|traffic| traffic.count(versions));
    session.press_now("3");
    session.wait(Duration::from_mins(2)).await;
    let before = asked();
    session.press_now("/line-5");
    session.wait(Duration::from_mins(2)).await;
    assert_eq!(asked(), before);
    session.assert_body("versions of ");
    session.press_now("<Tab>v");
    session.assert_footer("Loading all versions of ");
    session.wait(Duration::from_mins(2)).await;
    assert!(asked() > before);
}
