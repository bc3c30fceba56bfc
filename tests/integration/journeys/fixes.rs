//! `f` for each kind of finding: each offer removes the finding, and one undo reverts it.

use greengroup::app::Launch;
use greengroup::app::launch::SetSlot;
use greengroup::app::screen::Screen;
use greengroup::domain::check::Findings;
use greengroup::domain::{Content, DefinitionKind, Slots, content_text};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;
use rstest::rstest;

use super::order::publish;
use crate::support::session::Session;

/// The text of the group's content of this kind.
fn text_of(sandbox: &Sandbox, group: &str, kind: DefinitionKind) -> String {
    let json = sandbox.account(|account| {
        let mut groups = account.groups().iter();
        let is_it = |name: Option<&str>| name == Some(group);
        let group = groups
            .find(|one| is_it(one.metadata().name.as_deref()))
            .unwrap();
        let held = group.latest().unwrap().holds[kind].clone().unwrap();
        let mut definitions = account.definitions(kind).iter();
        let version = definitions.find_map(|definition| {
            let mut versions = definition.versions();
            versions.find(|version| version.arn == held)
        });
        serde_json::to_value(&*version.unwrap().holds).unwrap()
    });
    content_text::write(&Content::from_json(kind, json).unwrap())
}

/// A session on the group with one changed content in its draft.
async fn with_content(
    group: &str,
    kind: DefinitionKind,
    change: impl FnOnce(&str) -> String,
) -> Session {
    let sandbox = Sandbox::demo();
    let text = text_of(&sandbox, group, kind);
    let changed = change(&text);
    assert_ne!(text, changed);
    let content = content_text::read(kind, &changed).unwrap().unwrap();
    let launch = Launch {
        group: Some(group.to_owned()),
        set: vec![SetSlot::Write(content)],
        is_sandbox: true,
        ..Launch::default()
    };
    Session::start_with(sandbox, launch, Journal::nowhere(), (140, 50)).await
}

fn findings(session: &Session) -> &Findings {
    session.work().findings()
}

const CONNECTORS: &str = "warehouse-south";
const LAMBDAS: &str = "press-line-1";

/// Each finding is in the pane of `kind`, `offer` is in the list, and Enter on it removes the finding.
#[rstest]
#[case::missing_parameter(
    CONNECTORS, DefinitionKind::Connector, "connector-parameter-missing",
    |text: &str| text.replace("        \"MemorySize\": \"65535\",\n", ""),
    "MemorySize 65535 in the connectors",
)]
#[case::misspelt_parameter(
    CONNECTORS, DefinitionKind::Connector, "connector-parameter-missing",
    |text: &str| text.replace("\"PublishInterval\"", "\"PublishIntervall\""),
    "PublishInterval instead of PublishIntervall in the connectors",
)]
#[case::dangling_resource_of_a_connector(
    CONNECTORS, DefinitionKind::Connector, "connector-resource",
    |text: &str| text.replace("\"sms-token\"", "\"sms-tokn\""),
    "sms-token instead of sms-tokn in the connectors",
)]
#[case::missing_resource_of_a_connector(
    CONNECTORS, DefinitionKind::Connector, "connector-parameter-missing",
    |text: &str| text.replace(",\n        \"TwilioAuthTokenSecretArn-ResourceId\": \"sms-token\"", ""),
    "TwilioAuthTokenSecretArn-ResourceId sms-token in the connectors",
)]
#[case::another_secret(
    CONNECTORS, DefinitionKind::Connector, "connector-secret",
    |text: &str| text.replace("greengrass-shift-sms-a1B2c3", "greengrass-night-sms-d4E5f6"),
    "greengrass-shift-sms-a1B2c3 instead of",
)]
#[case::missing_memory(
    LAMBDAS, DefinitionKind::Function, "contained-memory",
    |text: &str| text.replace("        \"MemorySize\": 262144,\n", ""),
    "MemorySize 16384 KB in the functions",
)]
#[case::renamed_function(
    LAMBDAS, DefinitionKind::Function, "subscription-function",
    |text: &str| text.replace(":agg:6\"", ":agg:8\""),
    "agg:8 instead of agg:6 in the subscriptions",
)]
#[case::renamed_thing(
    LAMBDAS, DefinitionKind::Device, "subscription-device",
    |text: &str| text.replace("thing/press-line-1-gate-3", "thing/press-line-1-gate-4"),
    "press-line-1-gate-4 instead of press-line-1-gate-3 in the subscriptions",
)]
#[case::another_connector_version(
    LAMBDAS, DefinitionKind::Connector, "subscription-connector",
    |text: &str| text.replace("CloudWatchMetrics/versions/4", "CloudWatchMetrics/versions/5"),
    "CloudWatchMetrics/5 instead of CloudWatchMetrics/4 in the subscriptions",
)]
#[case::dangling_resource_of_a_function(
    LAMBDAS, DefinitionKind::Function, "resource-missing",
    |text: &str| text.replace("\"camera\"", "\"kamera\""),
    "camera instead of kamera in the functions",
)]
#[case::the_same_id_twice(
    LAMBDAS, DefinitionKind::Function, "item-id-unique",
    |text: &str| text.replace("\"Id\": \"mix\"", "\"Id\": \"agg\""),
    "the id agg-2 for the second of the same",
)]
#[tokio::test(start_paused = true)]
async fn offered_fix_removes_its_finding(
    #[case] group: &str,
    #[case] kind: DefinitionKind,
    #[case] rule: &str,
    #[case] change: fn(&str) -> String,
    #[case] offer: &str,
) {
    let mut session = with_content(group, kind, change).await;
    let is_it = |session: &Session| findings(session).iter().any(|one| one.rule == rule);
    let rules: Vec<&str> = findings(&session).iter().map(|one| one.rule).collect();
    let finding = findings(&session).iter().find(|one| one.rule == rule);
    let finding = finding.unwrap_or_else(|| panic!("{rule} is none of {rules:?}"));
    let slot = finding.first_slot().unwrap();
    let pane = DefinitionKind::ALL.iter().position(|one| *one == slot);
    let before: Option<Slots> = session.work().draft().map(|draft| draft.slots().clone());
    session.press(&format!("{}f/", pane.unwrap() + 1)).await;
    session.press(offer).await;
    session.assert_body(offer);
    session.press("<Enter>").await;
    session.press("<Enter>").await;
    assert!(!is_it(&session), "{}", session.body());
    session.press("u").await;
    let slots = session.work().draft().map(|draft| draft.slots().clone());
    assert_eq!(slots, before);
}

#[tokio::test(start_paused = true)]
async fn missing_parameter_offers_default_of_the_guide() {
    let connector = "{ \"Connectors\": [ { \"Id\": \"od\", \"ConnectorArn\": \
        \"arn:aws:greengrass:eu-central-1::/connectors/ObjectDetectionx86-64/versions/1\", \"Parameters\": { \
        \"MLModelDestinationPath\": \"/models/cam-model\", \"MLModelResourceId\": \"cam-model\", \
        \"LocalInferenceServiceName\": \"od\", \"LocalInferenceServiceMemoryLimitKB\": \"65536\" } } ] }";
    let mut session =
        with_content(LAMBDAS, DefinitionKind::Connector, |_| connector.to_owned()).await;
    session.press("4f").await;
    let offer = "LocalInferenceServiceTimeoutSeconds 10 in the connectors";
    session.assert_body(offer);
}

/// The group with a finding, and all versions read.
async fn dispatch(size: (u16, u16)) -> Session {
    let launch = Launch {
        group: Some("dispatch".to_owned()),
        is_sandbox: true,
        reads_all: true,
        ..Launch::default()
    };
    Session::start_with(Sandbox::demo(), launch, Journal::nowhere(), size).await
}

/// The finding itself names the version, as far as contents are read, in the pane and in Review.
#[tokio::test(start_paused = true)]
async fn finding_names_the_version_that_removes_it() {
    let mut session = dispatch((140, 50)).await;
    let named = "pick: dispatch-fns d2724f0d has tracker:PROD";
    session.press("6").await;
    session.assert_body(named);
    session.press("a").await;
    session.assert_body(named);
    // What it names removes the finding.
    let before = findings(&session).len();
    session.press("<Esc>3/d2724f0d<Enter>").await;
    assert!(findings(&session).len() < before, "{}", session.screen());
    assert!(
        !session.screen().contains("tracker:PROD is not"),
        "{}",
        session.screen()
    );
}

/// However long the list is, what a finding says is in full view below it, at 80 by 24 too.
#[tokio::test(start_paused = true)]
async fn finding_is_complete_below_a_long_list() {
    let mut session = dispatch((80, 24)).await;
    session.press("3G").await;
    let screen = session.screen();
    let lines: Vec<&str> = screen.lines().map(str::trim).collect();
    let text = lines.join(" ");
    let said = "tracker:PROD, named by 5 subscriptions, is not in the function slot, which has tracker:STABLE";
    assert!(text.contains(said), "{screen}");
    assert!(
        text.contains("pick: dispatch-fns d2724f0d has tracker:PROD"),
        "{screen}"
    );
    // The cursor is still on a row that is drawn.
    assert!(lines.iter().any(|line| line.starts_with("> ")), "{screen}");
}

/// A version whose content is not read is not named, and neither is one that adds a finding.
#[tokio::test(start_paused = true)]
async fn finding_names_only_read_versions() {
    let launch = Launch {
        group: Some("press-line-3".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    let journal = Journal::nowhere();
    let mut session = Session::start_with(Sandbox::demo(), launch, journal, (140, 50)).await;
    session.press("3/88d2<Enter>").await;
    let screen = session.screen();
    assert!(!screen.contains("pick: press-line-3-subs"), "{screen}");
    session.press("6").await;
    let named = "pick: press-line-3-subs d6884b81 has cam:13";
    session.assert_body(named);
}

/// Review reads the definition again: the version that was the latest is not found by that mark any more.
#[tokio::test(start_paused = true)]
async fn search_follows_the_mark_of_latest_version() {
    let kind = DefinitionKind::Function;
    let mut session = with_content("press-line-1", kind, |text| {
        text.replace("\"MemorySize\": 262144", "\"MemorySize\": 262145")
    })
    .await;
    let name = "press-line-1-fns";
    let published = publish(session.sandbox(), name, "2026-05-02T09:00:00.000Z");
    session.press("a<Esc>3/latest press-line-1-fns").await;
    let Screen::Assemble(assemble) = session.app.screen() else {
        panic!("{}", session.screen())
    };
    let found: Vec<_> = assemble.pane().picker.ordered_ids().collect();
    assert_eq!(found.len(), 1, "{}", session.screen());
    assert_eq!(found[0].version(), published);
}
