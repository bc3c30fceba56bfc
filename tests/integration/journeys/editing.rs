//! Edits of a content: the new version in its pane, the requests in order, and lost responses.

use std::collections::HashSet;
use std::time::Duration;

use greengroup::app::effect::AccountChoice;
use greengroup::app::{Exit, Launch};
use greengroup::domain::DefinitionKind;
use greengroup::sandbox::account::Versioned;
use greengroup::sandbox::{Fault, Operation, Sandbox};
use rstest::rstest;
use serde_json::Value;

use crate::support::open_group::press_line;
use crate::support::session::{Session, parse_keys};

const GROUP: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";
const FUNCTIONS: Operation = Operation::CreateDefinitionVersion(DefinitionKind::Function);
const SUBSCRIPTIONS: Operation = Operation::CreateDefinitionVersion(DefinitionKind::Subscription);

async fn open() -> Session {
    open_as(press_line()).await
}

async fn open_as(launch: Launch) -> Session {
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.edit_with(|text| text.replace(":12\"", ":14\""));
    session
}

/// Every definition version of the account, by ARN.
fn versions(session: &Session) -> HashSet<String> {
    session.sandbox().account(|account| {
        let kinds = DefinitionKind::ALL.into_iter();
        let definitions = kinds.flat_map(|kind| account.definitions(kind).iter());
        let versions = definitions.flat_map(Versioned::versions);
        versions.map(|version| version.arn.to_string()).collect()
    })
}

/// The ARNs in the group's latest version, by the member's name.
fn latest(session: &Session) -> Value {
    session.sandbox().account(|account| {
        let group = account.group(GROUP).unwrap();
        let latest = group.latest().unwrap();
        let slots = latest.holds.iter();
        let members =
            slots.filter_map(|(kind, arn)| Some((kind.to_string(), Value::from(&**arn.as_ref()?))));
        Value::Object(members.collect())
    })
}

fn group_versions(session: &Session) -> usize {
    session
        .sandbox()
        .account(|account| account.group(GROUP).unwrap().versions().len())
}

/// The content of a version in the account.
fn content(session: &Session, arn: &str) -> String {
    session.sandbox().account(|account| {
        let kinds = DefinitionKind::ALL.into_iter();
        let mut definitions = kinds.flat_map(|kind| account.definitions(kind).iter());
        let held = definitions.find_map(|definition| {
            let mut versions = definition.versions();
            let version = versions.find(|version| *version.arn == *arn)?;
            Some(serde_json::to_string(&*version.holds).unwrap())
        });
        held.unwrap()
    })
}

#[tokio::test(start_paused = true)]
async fn two_edits_and_group_version_need_one_confirmation() {
    let mut session = open().await;
    let (before, count) = (versions(&session), group_versions(&session));
    session.press("3e6ea").await;
    session.assert_body("NEW     3 function");
    session.assert_body("cam:12 → cam:14");
    session.assert_body("1 of 3  CreateFunctionDefinitionVersion");
    assert_eq!(versions(&session), before, "nothing is sent before Create");
    session.press("<Right><Enter>").await;
    session.assert_body("CREATED");
    let new: Vec<String> = versions(&session).difference(&before).cloned().collect();
    assert_eq!(new.len(), 2, "{new:?}");
    assert_eq!(group_versions(&session), count + 1);
    let latest = latest(&session).to_string();
    for arn in &new {
        assert!(latest.contains(arn.as_str()), "{latest}");
        assert!(content(&session, arn).contains(":cam:14\""));
        assert!(!content(&session, arn).contains(":cam:12\""));
    }
    session.press("<Enter>3").await;
    assert!(!session.body().contains("NEW-"), "{}", session.body());
    session.press("<Ctrl-C>").await;
    assert_eq!(session.exit, Some(Exit::Created));
}

#[tokio::test(start_paused = true)]
async fn a_content_that_exists_already_is_that_version() {
    let mut session = open().await;
    session.edit_with(|text| text.replace(":12\"", ":13\""));
    session.press("3").await;
    session.press_apart("e").await;
    let held = session.draft().slots().version(DefinitionKind::Function);
    assert_eq!(held.unwrap().short(), "88d2f00a");
    session.assert_footer("has this content already");
    assert_eq!(session.draft().new_versions().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_new_version_is_undone_and_done_again() {
    let mut session = open().await;
    session.press("3e").await;
    session.assert_body("NEW-");
    session.press("u").await;
    assert!(!session.body().contains("NEW-"), "{}", session.body());
    assert!(!session.draft().is_begun());
    session.press("U").await;
    session.assert_body("slot NEW");
    // Reset removes it from the slot, and its row can still be picked.
    session.press("=").await;
    session.assert_body("NEW-");
    assert!(!session.draft().differs());
    session.press("g<Space>").await;
    assert!(session.draft().differs());
}

#[tokio::test(start_paused = true)]
async fn editing_a_new_version_replaces_its_row() {
    let mut session = open().await;
    session.press("3e").await;
    session.edit_with(|text| text.replace(":14\"", ":15\""));
    session.press("e").await;
    assert_eq!(session.draft().new_versions().count(), 1);
    session.assert_body("cam:15");
    session.press("u").await;
    session.assert_body("cam:14");
}

#[rstest]
#[case::unchanged(|text: &str| text.to_owned())]
#[case::emptied(|_: &str| String::new())]
#[case::only_comments(|_: &str| "// nothing\n".to_owned())]
#[case::same_json(|text: &str| text.replace("  ", "\t"))]
#[tokio::test(start_paused = true)]
async fn nothing_edited_changes_nothing(#[case] edit: fn(&str) -> String) {
    let mut session = open().await;
    session.edit_with(edit);
    session.press("3").await;
    session.press_apart("e").await;
    session.assert_footer("Nothing was edited.");
    assert!(!session.draft().is_begun());
    assert_eq!(session.given.len(), 1);
}

/// The editor opens again with the errors above the text; ending it without a change gives up.
#[rstest]
#[case::no_json(
    |text: &str| text.replace("\"cam\",", "\"cam\""),
    "line 7: expected `,` or `}`",
)]
#[case::unknown_member(
    |text: &str| text.replace("\"EncodingType\"", "\"Encodingtype\""),
    "Functions[0].FunctionConfiguration.Encodingtype is not a member of the API",
)]
#[case::unknown_list(
    |text: &str| text.replace("\"Functions\"", "\"Lambdas\""),
    "unknown field `Lambdas`",
)]
#[case::wrong_type(
    |text: &str| text.replace("\"Pinned\": true", "\"Pinned\": \"yes\""),
    "FunctionConfiguration.Pinned: invalid type",
)]
#[case::broken_rule(
    |text: &str| text.replace("\"Id\": \"cam\"", "\"Id\": \"c a m\""),
    "is not 1 to 128 characters",
)]
#[tokio::test(start_paused = true)]
async fn a_wrong_text_is_opened_again(#[case] edit: fn(&str) -> String, #[case] problem: &str) {
    let mut session = open().await;
    let mut is_first = true;
    session.edit_with(move |text| {
        if std::mem::take(&mut is_first) {
            edit(text)
        } else {
            text.to_owned()
        }
    });
    session.press("3").await;
    session.press_apart("e").await;
    let again = &session.given[1].text;
    assert!(again.starts_with("// Not taken."), "{again}");
    let head: Vec<&str> = again
        .lines()
        .take_while(|line| line.starts_with("//"))
        .collect();
    assert!(head.iter().any(|line| line.contains(problem)), "{head:?}");
    assert!(
        again.ends_with(&edit(&session.given[0].text)),
        "the text is kept"
    );
    assert!(!session.draft().is_begun());
    session.assert_footer("the text is kept in /run/edit/press-line-3-fns.json");
    assert_eq!(session.given.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_text_can_be_set_right() {
    let mut session = open().await;
    session.edit_with(|text| {
        if text.contains("Not taken") {
            text.replace(":14,", ":14\",")
        } else {
            text.replace(":12\"", ":14")
        }
    });
    session.press("3e").await;
    assert_eq!(session.given.len(), 2);
    session.assert_body("cam:14");
    let line = session.given[1].line.unwrap();
    let wrong = session.given[1].text.lines().nth(line - 1).unwrap();
    assert!(wrong.contains("FunctionArn"), "{wrong}");
}

#[tokio::test(start_paused = true)]
async fn an_empty_slot_begins_a_new_definition() {
    let mut session = open().await;
    let before = versions(&session);
    session.edit_with(|text| {
        assert!(
            text.starts_with("// Devices that connect to the core."),
            "{text}"
        );
        let iot = "arn:aws:iot:eu-central-1:111122223333";
        let thing = format!("\"ThingArn\": \"{iot}:thing/gauge\"");
        let certificate = format!("\"CertificateArn\": \"{iot}:cert/{}\"", "a".repeat(64));
        text.replace("\"ThingArn\": \"\"", &thing)
            .replace("\"CertificateArn\": \"\"", &certificate)
    });
    session.press("2e").await;
    session.assert_body("press-line-3-device");
    session.press("s<Enter>").await;
    session.assert_body("press-line-3-devices");
    session.assert_body("NEW-");
    session.press("a").await;
    session.assert_body("CreateDeviceDefinition");
    session.press("<Space><Right><Enter>").await;
    session.assert_body("CREATED");
    let new: Vec<String> = versions(&session).difference(&before).cloned().collect();
    assert_eq!(new.len(), 1);
    let name = session.sandbox().account(|account| {
        let mut definitions = account.definitions(DefinitionKind::Device).iter();
        let of_version = definitions
            .find(|definition| definition.versions().any(|version| *version.arn == *new[0]));
        of_version.unwrap().metadata().name.clone()
    });
    assert_eq!(name.as_deref(), Some("press-line-3-devices"));
}

/// Whichever of the three responses is lost: each request creates at most one object, and the next Review
/// finishes the change.
#[rstest]
#[tokio::test(start_paused = true)]
async fn a_lost_answer_creates_nothing_twice(
    #[values(FUNCTIONS, SUBSCRIPTIONS, Operation::CreateGroupVersion)] operation: Operation,
    #[values(
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::HangAfter,
        Fault::ServerError,
        Fault::ServerErrorAfter,
        Fault::Throttle,
        Fault::ThrottleAfter,
        Fault::Deny
    )]
    fault: Fault,
) {
    let mut session = open().await;
    let (before, count) = (versions(&session), group_versions(&session));
    session.sandbox().fail(operation, 1, fault.clone());
    session.press("3e6ea<Right><Enter>").await;
    let new = versions(&session).difference(&before).count();
    let created = group_versions(&session) - count;
    let body = session.body();
    assert!(new <= 2 && created <= 1, "{new} {created}");
    assert_eq!(body.contains("CREATED"), created == 1, "{body}");
    if created == 0 {
        assert!(
            body.contains("FAILED") || body.contains("UNKNOWN"),
            "{body}"
        );
        session.press("<Esc>r").await;
        session.press("<Right><Enter>").await;
    }
    session.assert_body("CREATED");
    let new = versions(&session).difference(&before).count();
    assert_eq!(
        (new, group_versions(&session) - count),
        (2, 1),
        "{operation} {fault:?}"
    );
    let latest = latest(&session).to_string();
    assert!(!latest.contains("NEW-"), "{latest}");
}

#[tokio::test(start_paused = true)]
async fn definition_versions_without_a_group_version_have_failed() {
    let mut session = open().await;
    session.resize((100, 60)).await;
    session.sandbox().fail(SUBSCRIPTIONS, 1, Fault::Deny);
    session.press("3e6ea<Right><Enter>").await;
    session.assert_body("1 of 3 CreateFunctionDefinitionVersion\n   created");
    session.assert_body("3 of 3 CreateGroupVersion\n   not sent");
    // The created version is an existing version of the draft.
    session.press("<Esc><Esc>3").await;
    let held = session
        .draft()
        .slots()
        .version(DefinitionKind::Function)
        .unwrap();
    assert!(!held.is_new());
    session.assert_body("slot latest");
    session.press("<Ctrl-C><Ctrl-C>").await;
    assert_eq!(session.exit, Some(Exit::Failed));
}

/// The function version with `cam:13`, while a subscription still names `cam:12`.
const UNSOUND: &str = "3/88<Enter>";

#[tokio::test(start_paused = true)]
async fn a_finding_is_fixed_by_an_existing_version() {
    let mut session = open().await;
    session.press(UNSOUND).await;
    session.press("nf").await;
    let body = session.body();
    let first = body.lines().find(|line| line.contains("pick ")).unwrap();
    assert!(first.contains("pick press-line-3-subs d688"), "{body}");
    session.assert_body("blocking: cam:12");
    session.press("<Enter>a").await;
    session.assert_body("No findings.");
    session.press("<Esc>u").await;
    let held = session
        .draft()
        .slots()
        .version(DefinitionKind::Subscription)
        .unwrap();
    assert_eq!(held.short(), "0b1c44d0");
}

#[tokio::test(start_paused = true)]
async fn a_finding_is_fixed_by_the_smallest_edit() {
    let mut session = open().await;
    session.press("3e").await;
    session.press("6f").await;
    let body = session.body();
    session.assert_body("cam:14 instead of cam:12 in the subscriptions");
    session.assert_body("cam:12 instead of cam:14 in the functions");
    session.assert_body("no route-01 any more in the subscriptions");
    let place = body
        .lines()
        .filter(|line| line.contains(" instead of ") || line.contains("pick "))
        .position(|line| line.contains("cam:14 instead of cam:12"))
        .unwrap();
    session.press(&"j".repeat(place)).await;
    session.press("<Enter>a").await;
    session.assert_body("No findings.");
    session.assert_body("NEW     6 subscription");
}

#[tokio::test(start_paused = true)]
async fn a_fix_picks_no_version_that_was_undone() {
    let mut session = open().await;
    session.press("3eu6ef").await;
    let body = session.body();
    session.assert_body("cam:12 instead of cam:14");
    assert!(!body.contains("pick press-line-3-fns NEW-"), "{body}");
}

#[tokio::test(start_paused = true)]
async fn a_fix_is_found_in_review_too() {
    let mut session = open().await;
    session.press(UNSOUND).await;
    session.press("anf").await;
    session.assert_body("pick press-line-3-subs d688");
    session.press("<Enter>").await;
    session.assert_body("No findings.");
}

/// Replaces `cam:12` by `cam:14`, which no version has, in functions and subscriptions at once.
const EXCHANGE: &str = "Scam<Enter><Backspace>4<Enter><Enter>";

#[tokio::test(start_paused = true)]
async fn fourteen_keys_exchange_lambda_version_in_all_slots() {
    let keys = format!("{EXCHANGE}a<Right><Enter>");
    assert!(parse_keys(&keys).len() <= 14, "{keys}");
    let mut session = open().await;
    let before = versions(&session);
    session.press(&keys).await;
    session.assert_body("CREATED");
    let new: Vec<String> = versions(&session).difference(&before).cloned().collect();
    assert_eq!(new.len(), 2);
    for arn in &new {
        assert!(content(&session, arn).contains(":cam:14\""));
        assert!(!content(&session, arn).contains(":cam:12\""));
    }
}

#[tokio::test(start_paused = true)]
async fn one_undo_takes_an_exchange_back() {
    let mut session = open().await;
    session.press(EXCHANGE).await;
    assert_eq!(session.draft().new_versions().count(), 2);
    session.press("u").await;
    assert!(!session.draft().is_begun());
}

#[tokio::test(start_paused = true)]
async fn unticked_place_keeps_its_text() {
    let mut session = open().await;
    session.press("Scam<Enter><Backspace>4<Enter>").await;
    session.assert_body("2 of 2 places");
    session.press("j<Space>").await;
    session.assert_body("[ ] subscription");
    session.press("<Enter>").await;
    let draft = session.draft();
    assert_eq!(draft.new_versions().count(), 1);
    assert!(
        draft
            .slots()
            .version(DefinitionKind::Function)
            .unwrap()
            .is_new()
    );
}

#[tokio::test(start_paused = true)]
async fn start_of_topic_is_exchanged_by_full_levels() {
    let mut session = open().await;
    session.press("6").await;
    let arn = session
        .draft()
        .slots()
        .version(DefinitionKind::Subscription)
        .unwrap();
    let contents = &session.app.session.catalog().contents;
    let held = contents.get(arn).ready().unwrap().clone();
    let subject = |place: &greengroup::domain::swap::SwapPlace| place.after.clone();
    let topics: Vec<String> = greengroup::domain::swap::places(&held, "press", "line")
        .iter()
        .map(subject)
        .collect();
    assert!(
        topics.iter().all(|topic| topic.starts_with("line/")),
        "{topics:?}"
    );
    assert!(greengroup::domain::swap::places(&held, "pres", "line").is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_sends_none_of_the_requests() {
    let launch = Launch {
        dry_run: true,
        ..press_line()
    };
    let mut session = open_as(launch).await;
    let before = versions(&session);
    session.press("3ea<Space><Right><Enter>").await;
    session.assert_body("DRY RUN");
    assert_eq!(versions(&session), before);
    let rehearsed = session
        .app
        .session
        .submissions()
        .rehearsed()
        .unwrap()
        .change();
    let operations: Vec<String> = rehearsed
        .requests()
        .into_iter()
        .map(|request| request.operation)
        .collect();
    assert_eq!(
        operations,
        ["CreateFunctionDefinitionVersion", "CreateGroupVersion"]
    );
}

/// Another user adds a version to the definition of the group's function slot. Returns its short id.
fn publish_function_version(session: &Session) -> String {
    let held = latest(session)["function"].as_str().unwrap().to_owned();
    let definition = held.split('/').nth(4).unwrap();
    let content = serde_json::from_str(&content(session, &held)).unwrap();
    let id = session.sandbox().change(|account, moment| {
        let kind = DefinitionKind::Function;
        let version = account.create_definition_version(moment, kind, definition, content);
        version.unwrap().id.to_string()
    });
    id.chars().take(8).collect()
}

#[rstest]
#[case::before_review("3e6e", "a")]
#[case::read_again("3e6ea", "r")]
#[case::at_create("3e6ea", "<Right><Enter>")]
#[tokio::test(start_paused = true)]
async fn a_version_newer_than_the_edit_is_acknowledged(#[case] before: &str, #[case] then: &str) {
    let mut session = open().await;
    session.press(before).await;
    let newer = publish_function_version(&session);
    let count = group_versions(&session);
    session.press(then).await;
    let says = format!("[ ] function: version {newer} is newer than the edit; nothing is merged");
    session.assert_body(&says);
    session.press("<Right><Enter>").await;
    assert_eq!(group_versions(&session), count);
    session.press("<Space><Right><Enter>").await;
    session.assert_body("CREATED");
    assert_eq!(group_versions(&session), count + 1);
}

#[tokio::test(start_paused = true)]
async fn unreadable_definition_is_acknowledged() {
    let mut session = open().await;
    let read = Operation::GetDefinition(DefinitionKind::Function);
    session.sandbox().fail(read, u32::MAX, Fault::Deny);
    session.press("3e6ea").await;
    let says = "[ ] function: not read whether a version is newer than the edit";
    session.assert_body(says);
    session.press("<Space><Right><Enter>").await;
    session.assert_body("CREATED");
}

#[tokio::test(start_paused = true)]
async fn review_counts_other_groups_using_the_definition() {
    let mut session = open().await;
    session.press("3e").await;
    let held = latest(&session)["function"].as_str().unwrap().to_owned();
    let (definition, _) = held.split_once("/versions/").unwrap();
    let (users, read) = session.sandbox().account(|account| {
        let others = account
            .groups()
            .iter()
            .filter(|group| *group.metadata().id != *GROUP);
        let read: Vec<_> = others.filter_map(Versioned::latest).collect();
        let is_user = |slots: &&str| slots.starts_with(definition);
        let held = read
            .iter()
            .filter_map(|one| one.holds[DefinitionKind::Function].as_deref());
        (held.filter(is_user).count(), read.len())
    });
    session.press("a").await;
    assert!(
        !session.body().contains("other group"),
        "{}",
        session.body()
    );
    // Where-used reads every group.
    session.press("<Esc>w<Esc>a").await;
    let says = match users {
        0 => format!("in no other group, of {read} read"),
        _ => format!("also in {users} of {read} other groups read"),
    };
    session.assert_body(&says);
}

/// The version in the slot is older than its definition's latest, and so lacks the latest changes.
#[tokio::test(start_paused = true)]
async fn review_reports_content_from_an_older_version() {
    let mut session = open().await;
    session.press("3ea").await;
    let says = "based on 71c0be11, not on the latest 88d2f00a";
    session.assert_body(says);
    session.edit_with(|text| text.replace(":13\"", ":14\""));
    session.press("<Esc>u/88d2<Tab><Space>ea").await;
    assert!(!session.body().contains("based on"), "{}", session.body());
}

#[tokio::test(start_paused = true)]
async fn read_only_binds_no_edit() {
    let launch = Launch {
        read_only: true,
        ..press_line()
    };
    let mut session = open_as(launch).await;
    session.press("3").await;
    session.press_apart("e").await;
    assert!(session.given.is_empty());
    session.assert_footer("e does nothing here");
}

#[tokio::test(start_paused = true)]
async fn exchange_lists_no_values_of_environment_variables() {
    let mut session = open().await;
    session.edit_with(|text| {
        let token = "\"Variables\": { \"TOKEN\": \"hush-5522\",";
        text.replacen("\"Variables\": {", token, 1)
    });
    session.press("3e").await;
    assert_eq!(session.draft().new_versions().count(), 1);
    session.press("Shush").await;
    let body = session.body();
    assert!(!body.contains("hush-5522"), "{body}");
}

/// A look over one connection is completed although the user connects to another account.
#[tokio::test(start_paused = true)]
async fn definition_version_probe_survives_another_connection() {
    let mut session = open().await;
    session.sandbox().fail(FUNCTIONS, 1, Fault::CutBefore);
    session.press("3ea<Space><Right><Enter>").await;
    session.assert_body("UNKNOWN");
    let list = Operation::ListDefinitionVersions(DefinitionKind::Function);
    session
        .sandbox()
        .fail(list, 1, Fault::Delay(Duration::from_secs(3)));
    session.press_now("r");
    let waits = |session: &Session| session.app.session.submissions().is_sending();
    assert!(waits(&session));
    session.app.session.connect(AccountChoice::default());
    session.settle().await;
    assert!(!waits(&session));
}

/// Edits, reviews and creates a version of each kind; its content is the edited text.
#[rstest]
#[case::core(DefinitionKind::Core, "\"SyncShadow\": true", "\"SyncShadow\": false")]
#[case::device(
    DefinitionKind::Device,
    "\"SyncShadow\": false",
    "\"SyncShadow\": true"
)]
#[case::function(DefinitionKind::Function, "\"Timeout\": 5", "\"Timeout\": 6")]
#[case::connector(
    DefinitionKind::Connector,
    "\"PublishInterval\": \"70\"",
    "\"PublishInterval\": \"75\""
)]
#[case::resource(DefinitionKind::Resource, "cam-v19.tar.gz", "cam-v20.tar.gz")]
#[case::subscription(DefinitionKind::Subscription, "press/report", "press/shift-report")]
#[case::logger(DefinitionKind::Logger, "\"Level\": \"WARN\"", "\"Level\": \"ERROR\"")]
#[tokio::test(start_paused = true)]
async fn each_kind_is_edited(
    #[case] kind: DefinitionKind,
    #[case] from: &'static str,
    #[case] to: &'static str,
) {
    let launch = Launch {
        group: Some("press-line-1".to_owned()),
        ..press_line()
    };
    let mut session = open_as(launch).await;
    session.edit_with(move |text| text.replacen(from, to, 1));
    let before = versions(&session);
    let pane = DefinitionKind::ALL.iter().position(|one| *one == kind);
    session.press(&format!("{}e", pane.unwrap() + 1)).await;
    let edited = session.given[0].text.replacen(from, to, 1);
    assert_ne!(edited, session.given[0].text);
    session.press("a").await;
    let operation = Operation::CreateDefinitionVersion(kind).to_string();
    session.assert_body(&operation);
    session.press("<Right><Enter>").await;
    session.assert_body("CREATED");
    let new: Vec<String> = versions(&session).difference(&before).cloned().collect();
    assert_eq!(new.len(), 1);
    let edited: Value = serde_json::from_str(&edited).unwrap();
    let created: Value = serde_json::from_str(&content(&session, &new[0])).unwrap();
    assert_eq!(created, edited);
}

/// A refusal of the service is shown with the slot and the item that it names. Enter goes there, and the
/// editor opens at that item.
#[tokio::test(start_paused = true)]
async fn a_refused_version_leads_to_its_item() {
    let mut session = open().await;
    session.resize((100, 40)).await;
    let says = "The function configuration of agg is not valid.";
    session.sandbox().fail(FUNCTIONS, 1, Fault::Refuse(says));
    session.press("3e6ea<Right><Enter>").await;
    let body = session.body();
    session.assert_body("FAILED");
    let fact = |name: &str| {
        let mut lines = body.lines().map(str::trim_start);
        let line = lines.find_map(|line| line.strip_prefix(name));
        line.map(|line| line.trim().to_owned())
    };
    assert_eq!(fact("slot  ").as_deref(), Some("function"), "{body}");
    assert_eq!(fact("item  ").as_deref(), Some("agg"), "{body}");
    session.press("<Enter>").await;
    session.edit_with(str::to_owned);
    session.press("e").await;
    let request = session.given.last().unwrap();
    let mut lines = request.text.lines();
    assert_eq!(lines.next(), Some("// The service refused this version."));
    let line = request.line.unwrap();
    assert_eq!(lines.next(), Some(&*format!("// line {line}: {says}")));
    let at = request.text.lines().nth(line - 1).unwrap();
    assert!(at.contains("\"Id\": \"agg\""), "{at}");
}

/// An error about credentials or load is not about the content: Enter goes back to Review.
#[rstest]
#[case::denied(Fault::Deny)]
#[case::not_sent(Fault::Unreachable)]
#[tokio::test(start_paused = true)]
async fn failure_unrelated_to_content_opens_no_slot(#[case] fault: Fault) {
    let mut session = open().await;
    session.sandbox().fail(FUNCTIONS, u32::MAX, fault);
    session.press("3e6ea<Right><Enter>").await;
    session.assert_body("FAILED");
    session.press("<Enter>").await;
    assert_eq!(session.app.screen().name(), "Review");
}
