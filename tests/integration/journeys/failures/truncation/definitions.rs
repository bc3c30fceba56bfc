//! The same for a change of three requests: whichever breaks, there are two definition versions and one group
//! version.

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::Sandbox;
use greengroup::sandbox::account::Versioned;

use super::{Cut, TRIES, creates_after, cut_once, in_a_process_of_its_own, tried};
use crate::support::session::Session;
use crate::support::small_account::small_account;

#[test]
fn cut_change_is_there_once_and_shown() {
    in_a_process_of_its_own(
        "journeys::failures::truncation::definitions::writes_in_a_process_of_its_own",
    );
}

#[tokio::test]
#[ignore = "runs in a process with credentials in its environment, started by the test above"]
async fn writes_in_a_process_of_its_own() {
    let account = small_account();
    let passed = |number| [0, 0, 1, 40, 200, 420, 450, 4096][number % 8];
    for which in 1..=3 {
        let found = tried(|number| {
            let cut = Cut::After(passed(number));
            cut_once(account.clone(), (cut, which), writes)
        });
        let found = found.await;
        // The client finds the first two by itself; the screen shows the search for the last one.
        let is_group_version = which == 3;
        assert_eq!(found > TRIES / 2, is_group_version, "{which}: {found}");
    }
}

fn definition_versions(sandbox: &Sandbox) -> usize {
    sandbox.account(|account| {
        let kinds = DefinitionKind::ALL.into_iter();
        let definitions = kinds.flat_map(|kind| account.definitions(kind).iter());
        definitions.flat_map(Versioned::versions).count()
    })
}

/// Edits two contents and creates the group version that uses them.
async fn writes(session: &mut Session) -> bool {
    session.edit_with(|text| text.replace("\"one\"", "\"two\""));
    let before = definition_versions(session.sandbox());
    let is_found = creates_after(session, "1e2e").await;
    assert_eq!(
        definition_versions(session.sandbox()),
        before + 2,
        "exactly two are new"
    );
    let created = session.app.session.submissions().created_definitions();
    assert_eq!(created.count(), 2);
    is_found
}
