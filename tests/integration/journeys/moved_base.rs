//! A newer version of the group: the user chooses sides of conflicts, and reads the differences first.

use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::rebase_dialog::RebaseDialog;
use greengroup::app::subject::Subject;
use greengroup::domain::rebase::Side;
use greengroup::domain::{DefinitionKind, Slots};
use greengroup::sandbox::account::Versioned;
use greengroup::sandbox::{Account, Sandbox};
use rstest::rstest;

use crate::support::open_group::press_line;
use crate::support::session::Session;

/// Function versions: the base's, the draft's, and that of another user's version.
struct Functions {
    base: String,
    mine: String,
    theirs: String,
}

fn function_in(slots: &Slots) -> String {
    let held = slots.get(DefinitionKind::Function).unwrap();
    held.as_str().to_owned()
}

/// A function version of the account other than `known`.
fn another_function(account: &Account, known: &[&str]) -> String {
    let definitions = account.definitions(DefinitionKind::Function).iter();
    let versions = definitions.flat_map(Versioned::versions);
    let mut arns = versions.map(|version| version.arn.to_string());
    arns.find(|arn| !known.contains(&arn.as_str())).unwrap()
}

/// The draft has another function; another user creates a version with a third one, and without resources.
async fn both_change_the_function() -> (Session, Functions) {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3/fns<Down><Down><Enter>").await;
    let base = function_in(&session.draft().base().slots);
    let mine = function_in(session.draft().slots());
    let group = session.draft().group().to_string();
    let theirs = session.sandbox().change(|account, moment| {
        let other = another_function(account, &[&base, &mine]);
        let latest = account.group(&group).unwrap().latest().unwrap();
        let mut slots = latest.holds.clone();
        slots[DefinitionKind::Function] = Some(other.as_str().into());
        slots[DefinitionKind::Resource] = None;
        account.create_group_version(moment, &group, slots).unwrap();
        other
    });
    session.press("a<Tab><Enter>").await;
    (session, Functions { base, mine, theirs })
}

fn question(session: &Session) -> Option<&RebaseDialog> {
    match session.app.overlays().last() {
        Some(Overlay::RebaseDialog(moved)) => Some(&**moved),
        _ => None,
    }
}

/// The two versions of the difference on the screen.
fn shown_difference(session: &Session) -> (Option<String>, Option<String>) {
    match session.app.overlays().last() {
        Some(Overlay::Pager(reader)) => match &reader.subject {
            Subject::Diff { before, after } => (
                before.as_ref().map(ToString::to_string),
                after.as_ref().map(ToString::to_string),
            ),
            other => panic!("no difference but {other:?}"),
        },
        other => panic!("no text but {other:?}"),
    }
}

#[rstest]
#[case::mine("<Space>", Side::Mine)]
#[case::theirs("<Space><Space>", Side::Theirs)]
#[tokio::test(start_paused = true)]
async fn a_conflict_takes_the_side_that_was_chosen(#[case] keys: &str, #[case] side: Side) {
    let (mut session, functions) = both_change_the_function().await;
    session.press("<Right><Enter>").await;
    let screen = session.screen();
    assert!(question(&session).is_some(), "{screen}");
    session.assert_body("Choose a side for each conflict first");
    session.press(keys).await;
    let moved = question(&session).unwrap();
    assert_eq!(moved.sides[DefinitionKind::Function], Some(side));
    session.press("<Enter>").await;
    assert!(question(&session).is_none(), "{}", session.screen());
    let chosen = match side {
        Side::Mine => functions.mine,
        Side::Theirs => functions.theirs,
    };
    assert_eq!(function_in(session.draft().slots()), chosen);
    session.acknowledge_everything().await;
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    let group = session.draft().group().to_string();
    session.sandbox().account(|account| {
        let created = account.group(&group).unwrap().latest().unwrap();
        assert_eq!(
            created.holds[DefinitionKind::Function].as_deref(),
            Some(&*chosen)
        );
        assert_eq!(created.holds[DefinitionKind::Resource], None);
    });
}

#[tokio::test(start_paused = true)]
async fn changed_slots_show_content_differences() {
    let (mut session, functions) = both_change_the_function().await;
    session.press("d").await;
    let expected = (Some(functions.mine.clone()), Some(functions.theirs.clone()));
    assert_eq!(
        shown_difference(&session),
        expected,
        "a conflict: mine and theirs"
    );
    session.assert_body("FunctionArn");
    session.press("<Esc><Down>d").await;
    let (before, after) = shown_difference(&session);
    let base = session
        .draft()
        .base()
        .slots
        .version(DefinitionKind::Resource);
    assert_eq!(before, base.map(ToString::to_string));
    assert_eq!(after, None, "they have no resources any more");
    session.press("<Esc><Up>d").await;
    assert_eq!(shown_difference(&session), expected);
    assert_ne!(functions.base, functions.mine);
}

#[tokio::test(start_paused = true)]
async fn only_a_conflict_has_sides() {
    let (mut session, _) = both_change_the_function().await;
    session.press("<Down>").await;
    session.press_now("<Space>");
    session.assert_footer("Not now: only a slot that both sides changed needs a side.");
    let sides = &question(&session).unwrap().sides;
    assert!(sides.iter().all(|(_, side)| side.is_none()));
}
