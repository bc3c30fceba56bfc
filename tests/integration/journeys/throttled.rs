//! Sessions on an account with a rate limit: the reads arrive in order and without gaps.

use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::calls::Call;
use greengroup::app::screen::Screen;
use greengroup::domain::{CallOutcome, DefinitionKind, ErrorKind};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Operation, PageSizes, Sandbox};
use rstest::rstest;

use crate::support::session::Session;

fn begin(sandbox: Sandbox) -> Session {
    let launch = Launch {
        group: Some("cfe25d79-95b2-4438-b0ad-41ddccd688af".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    Session::begin(sandbox, launch, Journal::nowhere(), (80, 24))
}

/// The requests to Greengrass in order: milliseconds since the start, and whether each was refused.
fn sent(session: &Session) -> Vec<(i64, bool)> {
    let calls = || session.app.session.calls().iter();
    let start = calls().next().unwrap().at.milliseconds();
    calls()
        .filter(|call| call.attempt.operation != "GetCallerIdentity")
        .map(|call| {
            let end = call.end.as_ref().map(|end| end.outcome);
            let is_refused = end == Some(CallOutcome::Failed(ErrorKind::Throttled));
            (call.at.milliseconds() - start, is_refused)
        })
        .collect()
}

/// The number of refused and of all requests sent after the response to the first refusal.
fn after_the_first_refusal(sent: &[(i64, bool)]) -> (usize, usize) {
    let first = sent.iter().find(|(_, is_refused)| *is_refused);
    let is_later = |(at, _): &&(i64, bool)| first.is_some_and(|(first, _)| at > first);
    let later = || sent.iter().filter(is_later);
    let refused = later().filter(|(_, is_refused)| *is_refused);
    (refused.count(), later().count())
}

/// The time until `is_here` holds, in steps of 10 ms.
async fn until(
    session: &mut Session,
    limit: Duration,
    is_here: impl Fn(&Session) -> bool,
) -> Duration {
    let mut waited = Duration::ZERO;
    let step = Duration::from_millis(10);
    while !is_here(session) {
        assert!(
            waited < limit,
            "not there after {limit:?}:\n{}",
            session.screen()
        );
        session.wait(step).await;
        waited += step;
    }
    waited
}

fn has_slots(session: &Session) -> bool {
    let work = session.app.session.work();
    work.is_some_and(|work| work.draft().is_some())
}

fn has_list(session: &Session, kind: DefinitionKind) -> bool {
    session
        .app
        .session
        .catalog()
        .definitions(kind)
        .is_complete()
}

fn has_all_lists(session: &Session) -> bool {
    DefinitionKind::ALL
        .into_iter()
        .all(|kind| has_list(session, kind))
}

/// Nothing is in flight, and nothing waits.
fn is_at_rest(session: &Session) -> bool {
    session.app.session.loader().under_way() == 0
}

fn answered(session: &Session, operation: &str) -> usize {
    let calls = session.app.session.calls().iter();
    let is_answer = |call: &&Call| {
        let end = call.end.as_ref().map(|end| end.outcome);
        call.attempt.operation == operation && end == Some(CallOutcome::Answered)
    };
    calls.filter(is_answer).count()
}

#[rstest]
#[case::two(2.0, 2)]
#[case::five(5.0, 5)]
#[case::ten(10.0, 10)]
#[case::thirty(30.0, 30)]
#[tokio::test(start_paused = true)]
async fn reads_follow_the_limit_without_gaps(#[case] per_second: f64, #[case] burst: u32) {
    let sandbox = Sandbox::demo();
    sandbox.throttle_above(per_second, burst);
    let mut session = begin(sandbox);
    // The group, its version and the list; requests within the burst take no time.
    let ideal = (3.0 - f64::from(burst)).max(0.0) / per_second;
    let limit = Duration::from_secs_f64(ideal) + Duration::from_secs(1);
    until(&mut session, limit, |session| {
        has_slots(session) && has_list(session, DefinitionKind::Core)
    })
    .await;
    // Five contents of slots and six more lists; at 30 a second there is no reason to wait.
    let ideal = (14.0 - f64::from(burst)).max(0.0) / per_second;
    let grace = if per_second >= 30.0 { 0.1 } else { 1.0 };
    let limit = Duration::from_secs_f64(ideal + grace);
    until(&mut session, limit, has_all_lists).await;
    // The rows of a second pane make the session long enough to measure shares.
    for key in ["", "2"] {
        session.press_now(key);
        until(&mut session, Duration::from_secs(30), is_at_rest).await;
    }

    let sent = sent(&session);
    let (refused, later) = after_the_first_refusal(&sent);
    assert!(refused * 10 <= later, "{refused} of {later}: {sent:?}");
    if later == 0 {
        return;
    }
    let two_tokens = Duration::from_secs_f64(2.0 / per_second).as_millis();
    for pair in sent.windows(2) {
        let gap = pair[1].0 - pair[0].0;
        assert!(
            gap <= i64::try_from(two_tokens).unwrap() + 1,
            "a gap of {gap} ms: {sent:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn one_refusal_of_the_focused_list_costs_little() {
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::ListDefinitions(DefinitionKind::Core),
        1,
        Fault::Throttle,
    );
    let mut session = begin(sandbox);
    let limit = Duration::from_millis(600);
    until(&mut session, limit, |session| {
        has_list(session, DefinitionKind::Core)
    })
    .await;
    until(&mut session, limit, has_all_lists).await;
}

#[tokio::test(start_paused = true)]
async fn one_refusal_after_an_idle_time_costs_little() {
    let sandbox = Sandbox::demo();
    let all = Operation::ListDefinitions(DefinitionKind::Core);
    sandbox.fail(all, 1, Fault::Throttle);
    let mut session = begin(sandbox.clone());
    session.wait(Duration::from_mins(10)).await;
    let content = Operation::GetDefinitionVersion(DefinitionKind::Subscription);
    sandbox.fail(content, 1, Fault::Throttle);
    session.press_now("6");
    until(&mut session, Duration::from_secs(1), is_at_rest).await;
    let list = "ListSubscriptionDefinitions";
    assert!(answered(&session, list) > 0, "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn visible_rows_load_before_further_pages() {
    let sandbox = Sandbox::demo();
    sandbox.set_pages(PageSizes {
        list: 3,
        ..PageSizes::default()
    });
    sandbox.throttle_above(5.0, 5);
    let mut session = begin(sandbox);
    until(&mut session, Duration::from_secs(10), |session| {
        answered(session, "GetCoreDefinitionVersion") > 2
    })
    .await;
    assert!(has_list(&session, DefinitionKind::Core));
    assert_eq!(answered(&session, "ListFunctionDefinitions"), 1);
    assert!(!has_list(&session, DefinitionKind::Function));
}

#[tokio::test(start_paused = true)]
async fn the_newly_focused_list_goes_before_the_others() {
    let sandbox = Sandbox::demo();
    sandbox.throttle_above(1.0, 3);
    let mut session = begin(sandbox);
    until(&mut session, Duration::from_secs(5), has_slots).await;
    session.press_now("6");
    let limit = Duration::from_secs(4);
    until(&mut session, limit, |session| {
        has_list(session, DefinitionKind::Subscription)
    })
    .await;
    assert!(
        !has_list(&session, DefinitionKind::Logger),
        "{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn header_names_the_rate_while_throttled_only() {
    let sandbox = Sandbox::demo();
    sandbox.throttle_above(2.0, 2);
    let mut session = begin(sandbox.clone());
    session.wait(Duration::from_secs(2)).await;
    let header: String = session.screen().lines().take(2).collect();
    assert!(header.contains("throttled: "), "{header}");
    assert!(header.contains(" waiting"), "{header}");
    sandbox.throttle_above(1_000.0, 1_000);
    session.wait(Duration::from_mins(2)).await;
    let header: String = session.screen().lines().take(2).collect();
    assert!(!header.contains("throttled"), "{header}");
    assert!(!header.contains("waiting"), "{header}");
}

#[tokio::test(start_paused = true)]
async fn reads_of_a_left_group_leave_the_line() {
    let sandbox = Sandbox::demo();
    sandbox.throttle_above(1.0, 4);
    let mut session = begin(sandbox);
    until(&mut session, Duration::from_secs(5), has_slots).await;
    session.press_now("<Esc>");
    assert!(
        matches!(session.app.screen(), Screen::Groups(_)),
        "{}",
        session.screen()
    );
    let contents = |session: &Session| {
        let calls = session.app.session.calls().iter();
        let of_contents = calls.filter(|call| call.attempt.operation.contains("DefinitionVersion"));
        of_contents.count()
    };
    let before = contents(&session);
    session.wait(Duration::from_secs(60)).await;
    assert_eq!(contents(&session), before, "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn two_programs_share_one_limit() {
    let sandbox = Sandbox::demo();
    sandbox.throttle_above(5.0, 5);
    let mut one = begin(sandbox.clone());
    let mut other = begin(sandbox);
    for _ in 0..600 {
        one.wait(Duration::from_millis(25)).await;
        other.wait(Duration::from_millis(25)).await;
    }
    for session in [one, other] {
        assert!(has_all_lists(&session), "{}", session.screen());
        let sent = sent(&session);
        let (refused, later) = after_the_first_refusal(&sent);
        assert!(refused * 5 <= later, "{refused} of {later}: {sent:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_honoured() {
    use greengroup::domain::{Rate, RequestLimit, Timestamp};
    let at = Timestamp::from_milliseconds;
    let mut rate = Rate::new(RequestLimit::default());
    assert!(rate.take(at(0), 0));
    rate.refused(at(0), at(10), Some(Duration::from_secs(60)));
    assert!(!rate.take(at(60_000), 0));
    assert!(rate.throttled(at(60_000)).is_some());
    assert!(rate.wait(at(1_000), 0) >= Duration::from_millis(59_010));
    assert!(rate.take(at(60_010), 0));
    // The pause does not count as time without a refusal.
    assert!(!rate.take(at(60_010), 0));
}

#[tokio::test(start_paused = true)]
async fn pane_of_held_list_waits_for_service() {
    let sandbox = Sandbox::demo();
    sandbox.throttle_above(1.0, 2);
    let mut session = begin(sandbox);
    until(&mut session, Duration::from_secs(5), has_slots).await;
    session.press_now("4");
    session.wait(Duration::from_millis(100)).await;
    session.assert_body("Waiting for the service…");
    session.wait(Duration::from_mins(2)).await;
    let screen = session.screen();
    assert!(!screen.contains("Waiting for the service"), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn long_contents_are_read_at_the_rate() {
    let sandbox = Sandbox::demo();
    sandbox.set_pages(PageSizes {
        content: 1,
        ..PageSizes::default()
    });
    let mut unhurried = begin(sandbox.clone());
    unhurried.settle().await;
    let pages = |sandbox: &Sandbox| {
        let of_kind = |kind| Operation::GetDefinitionVersion(kind);
        let count = |kind| sandbox.traffic(|traffic| traffic.count(of_kind(kind)));
        DefinitionKind::ALL.into_iter().map(count).sum::<usize>()
    };
    let needed = pages(&sandbox);
    assert!(needed > 20, "the contents have several pages: {needed}");
    sandbox.throttle_above(2.0, 2);
    let mut session = begin(sandbox.clone());
    let limit = Duration::from_mins(2);
    until(&mut session, limit, |session| {
        let work = session.app.session.work();
        work.is_some_and(|work| work.draft().is_some() && work.findings().is_complete())
    })
    .await;
    let refused = sent(&session)
        .iter()
        .filter(|(_, is_refused)| *is_refused)
        .count();
    let asked = pages(&sandbox) - needed;
    assert!(
        asked <= needed + refused,
        "{asked} for {needed} pages, {refused} refused"
    );
}
