//! The age of the slots' versions is shown as soon as their contents are loaded, without any list.

use std::time::Duration;

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;

use super::order::publish;
use crate::support::open_group::press_line;
use crate::support::session::Session;

/// Opens press-line-3 on `sandbox`, where no list of versions can be loaded.
async fn opened(sandbox: Sandbox) -> Session {
    for kind in DefinitionKind::ALL {
        sandbox.fail(Operation::ListDefinitionVersions(kind), 1_000, Fault::Deny);
    }
    Session::start(sandbox, press_line()).await
}

impl Session {
    /// The line of the screen that contains `text`.
    fn line(&self, text: &str) -> String {
        let screen = self.screen();
        let line = screen.lines().find(|line| line.contains(text));
        line.unwrap_or_else(|| panic!("no {text} in\n{screen}"))
            .to_owned()
    }
}

#[tokio::test(start_paused = true)]
async fn the_review_has_an_age_for_every_slot() {
    let mut session = opened(Sandbox::demo()).await;
    session.press("a").await;
    for (short, age) in [
        ("55aa01c2", "2 y"),
        ("71c0be11", "6 mo"),
        ("3c3c9e1f", "6 mo"),
        ("0b1c44d0", "6 mo"),
        ("cc7ae546", "2 y"),
    ] {
        let line = session.line(short);
        assert!(line.ends_with(&format!("{short} {age}")), "{line}");
    }
}

#[tokio::test(start_paused = true)]
async fn base_row_has_time_and_sorted_position() {
    let mut session = opened(Sandbox::demo()).await;
    session.press("3").await;
    let line = session.line("71c0be11");
    assert!(line.contains("2025-11-02"), "{line}");
    let screen = session.screen();
    let place = |short: &str| screen.lines().position(|line| line.contains(short));
    assert_eq!(
        place("71c0be11"),
        place("88d2f00a").map(|latest| latest + 1),
        "below the latest version of the same definition:\n{screen}"
    );
}

#[rstest]
#[case::which_is_listed_before_its_content_is_read(Duration::ZERO)]
#[case::which_is_listed_after_its_content_is_read(Duration::from_secs(5))]
#[tokio::test(start_paused = true)]
async fn renamed_definition_keeps_its_version_age(#[case] late: Duration) {
    let sandbox = Sandbox::demo();
    let list = Operation::ListDefinitions(DefinitionKind::Core);
    sandbox.fail(list, 100, Fault::Delay(late));
    sandbox.change(|account, moment| {
        moment.now = "2026-05-01T08:00:00.000Z".parse().unwrap();
        let core = "7b29296c-6583-458d-9315-8f6c52e28012";
        assert!(account.rename_definition(moment, (DefinitionKind::Core, core), "press-line-3"));
    });
    let mut session = opened(sandbox).await;
    let line = session.line("55aa01c2");
    assert!(line.contains("2024-03-11"), "{line}");
    session.press("a").await;
    let line = session.line("55aa01c2");
    assert!(line.ends_with("55aa01c2 2 y"), "{line}");
}

/// A version with a later time does not have an age of 0 s: this machine's clock is behind.
#[tokio::test(start_paused = true)]
async fn clock_that_is_behind_shows_as_negative_age() {
    let sandbox = Sandbox::demo();
    publish(&sandbox, "press-line-3-fns", "2026-05-02T11:30:00.000Z");
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("3<Home><Enter>a").await;
    let line = session.line("CHANGED");
    assert!(line.ends_with(" -3 h"), "{line}");
}
