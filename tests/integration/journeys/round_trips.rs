//! The number of sequential round trips before the user can work, counted in virtual time.

use std::time::Duration;

use greengroup::app::Launch;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Operation, Sandbox, Traffic};

use crate::support::session::Session;

/// The time of one round trip.
const ROUND_TRIP: Duration = Duration::from_millis(80);

/// A request that waits for its turn may be this late without counting as another round trip.
const SLACK: Duration = Duration::from_millis(20);

/// The numbers of round trips until the slots were shown, and until every finding was known.
#[derive(Debug, PartialEq, Eq)]
struct Trips {
    slots: u32,
    findings: u32,
}

fn far_away() -> Sandbox {
    let sandbox = Sandbox::demo();
    sandbox.set_delay(ROUND_TRIP);
    sandbox
}

fn launched_with(group: &str) -> Launch {
    Launch {
        group: Some(group.to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

fn begin(launch: Launch) -> Session {
    Session::begin(far_away(), launch, Journal::nowhere(), (80, 24))
}

async fn count(session: &mut Session) -> Trips {
    let mut trips = Trips {
        slots: 0,
        findings: 0,
    };
    session.wait(SLACK).await;
    for trip in 1..10 {
        session.wait(ROUND_TRIP).await;
        let work = session.app.session.work();
        let has_slots = work.is_some_and(|work| work.draft().is_some());
        if has_slots && trips.slots == 0 {
            trips.slots = trip;
        }
        if has_slots && work.is_some_and(|work| work.findings().pending().is_empty()) {
            trips.findings = trip;
            return trips;
        }
    }
    panic!("the findings did not come in ten round trips: {trips:?}")
}

#[tokio::test(start_paused = true)]
async fn group_by_name_takes_two_and_three() {
    let mut session = begin(launched_with("press-line-3"));
    assert_eq!(
        count(&mut session).await,
        Trips {
            slots: 2,
            findings: 3
        }
    );
}

#[tokio::test(start_paused = true)]
async fn group_by_id_takes_two_and_three() {
    let id = Sandbox::demo().account(|account| {
        let mut groups = account.groups().iter();
        let group = groups.find(|group| group.metadata().name.as_deref() == Some("press-line-3"));
        group.unwrap().metadata().id.to_string()
    });
    let mut session = begin(launched_with(&id));
    assert_eq!(
        count(&mut session).await,
        Trips {
            slots: 2,
            findings: 3
        }
    );
    let listed = Operation::ListGroups;
    let count = session.sandbox().traffic(|traffic| traffic.count(listed));
    assert_eq!(count, 0, "the list is for names");
}

#[tokio::test(start_paused = true)]
async fn group_from_list_takes_one() {
    let mut session = begin(Launch {
        is_sandbox: true,
        ..Launch::default()
    });
    session.wait(Duration::from_mins(1)).await;
    session.press_now("/press-line-3<Enter>");
    assert_eq!(
        count(&mut session).await,
        Trips {
            slots: 1,
            findings: 1
        }
    );
}

#[tokio::test(start_paused = true)]
async fn identity_and_lists_start_with_the_group() {
    let mut session = begin(launched_with("press-line-3"));
    session.wait(ROUND_TRIP / 10).await;
    assert_eq!(
        session.sandbox().traffic(Traffic::in_flight),
        4,
        "ListGroups, GetGroup, the list of cores and GetCallerIdentity have a head start"
    );
    session.wait(ROUND_TRIP / 2).await;
    let started = session.sandbox().traffic(Traffic::in_flight);
    assert_eq!(
        started, 10,
        "ListGroups, GetGroup, seven lists and GetCallerIdentity"
    );
    assert_eq!(
        session
            .sandbox()
            .traffic(|traffic| traffic.count(Operation::ListGroups)),
        1
    );
}
