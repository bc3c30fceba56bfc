//! The settings of the command line apply from the start: filled slots, another base.

use greengroup::app::Launch;
use greengroup::app::launch::SetSlot;
use greengroup::domain::content_text;
use greengroup::domain::{
    DefinitionKind, DefinitionTarget, DefinitionVersionArn, GroupVersionId, SlotState,
};
use greengroup::sandbox::account::Versioned;
use greengroup::sandbox::{Fault, Operation, PageSizes, Sandbox};

use crate::support::open_group::press_line;
use crate::support::session::Session;

const BASE: &str = "9f8e21c0-f46f-4f36-a572-1f0964b38d6a";
const EARLIER: &str = "edbb5cef-190b-42f5-8c6a-802dffcea75f";

/// The ARN of the demo account's version whose id starts with `beginning`.
pub(crate) fn version_arn(kind: DefinitionKind, beginning: &str) -> String {
    let mark = format!("/versions/{beginning}");
    Sandbox::demo().account(|account| {
        let definitions = account.definitions(kind).iter();
        let mut versions = definitions.flat_map(Versioned::versions);
        let found = versions.find(|version| version.arn.contains(&mark));
        found.unwrap().arn.to_string()
    })
}

/// The value of a `--set` that fills the slot of `kind` with that version.
fn fill(kind: DefinitionKind, beginning: &str) -> SetSlot {
    let arn = version_arn(kind, beginning);
    format!("{kind}={arn}").parse().unwrap()
}

impl Session {
    fn base_version(&self) -> Option<&str> {
        let base = self.draft().base().version.as_ref();
        base.map(GroupVersionId::as_str)
    }

    fn short_in(&self, kind: DefinitionKind) -> Option<String> {
        let held = self.draft().slots().version(kind)?;
        Some(held.short().to_owned())
    }
}

#[tokio::test(start_paused = true)]
async fn slots_are_set_in_order_and_undoable() {
    let set = vec![
        fill(DefinitionKind::Function, "14887c54"),
        fill(DefinitionKind::Function, "88d2f00a"),
        "resource=none".parse().unwrap(),
    ];
    let mut session = Session::start(
        Sandbox::demo(),
        Launch {
            set,
            ..press_line()
        },
    )
    .await;
    let changed: Vec<_> = session.draft().changed_kinds().collect();
    assert_eq!(
        changed,
        [DefinitionKind::Function, DefinitionKind::Resource]
    );
    assert_eq!(session.state(DefinitionKind::Resource), SlotState::Dropped);
    let function = || session.short_in(DefinitionKind::Function);
    assert_eq!(
        function().as_deref(),
        Some("88d2f00a"),
        "the last one counts"
    );
    session.press("uu").await;
    assert_eq!(session.state(DefinitionKind::Resource), SlotState::Kept);
    let function = session.short_in(DefinitionKind::Function);
    assert_eq!(function.as_deref(), Some("14887c54"));
    session.press("u").await;
    assert!(!session.draft().differs());
}

#[tokio::test(start_paused = true)]
async fn first_opened_group_gets_the_slots() {
    let launch = Launch {
        set: vec![fill(DefinitionKind::Function, "88d2f00a")],
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.press("/press-line-3<Enter>").await;
    assert_eq!(session.state(DefinitionKind::Function), SlotState::Changed);
    session.press("<Esc>/press-line-2<Enter>").await;
    assert!(!session.draft().differs(), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn slot_set_to_base_value_changes_nothing() {
    let launch = Launch {
        set: vec![
            fill(DefinitionKind::Function, "71c0be11"),
            "connector=none".parse().unwrap(),
        ],
        ..press_line()
    };
    let session = Session::start(Sandbox::demo(), launch).await;
    assert!(!session.draft().differs(), "{}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn base_is_found_by_id_or_prefix() {
    for asked in [EARLIER, &EARLIER[..8], &EARLIER[..20]] {
        let launch = Launch {
            from: Some(GroupVersionId::new(asked)),
            ..press_line()
        };
        let mut session = Session::start(Sandbox::demo(), launch).await;
        assert_eq!(session.base_version(), Some(EARLIER), "{asked}");
        assert_eq!(
            session.short_in(DefinitionKind::Function).as_deref(),
            Some("012adfbf")
        );
        let shown = session.screen();
        assert!(shown.contains("the latest is 9f8e21c0"), "{shown}");
        // The user already knows the superseded version, so the review does not ask again.
        session.press("a").await;
        assert!(!session.screen().contains("MOVED"), "{}", session.screen());
    }
}

#[tokio::test(start_paused = true)]
async fn id_prefix_is_found_on_any_page() {
    let sandbox = Sandbox::demo();
    sandbox.set_pages(PageSizes {
        list: 1,
        content: 200,
    });
    let versions = sandbox.account(|account| {
        let mut groups = account.groups().iter();
        let group = groups.find(|group| group.metadata().name.as_deref() == Some("press-line-3"));
        let versions = group.unwrap().versions();
        versions
            .map(|version| version.id.to_string())
            .collect::<Vec<_>>()
    });
    assert!(versions.len() > 2);
    for version in versions {
        let launch = Launch {
            from: Some(GroupVersionId::new(&version[..8])),
            ..press_line()
        };
        let session = Session::start(sandbox.clone(), launch).await;
        assert_eq!(session.exit, None, "{:?}", session.app.session.ending());
        assert_eq!(session.base_version(), Some(version.as_str()));
    }
}

#[tokio::test(start_paused = true)]
async fn less_than_eight_characters_name_no_version() {
    let launch = Launch {
        from: Some(GroupVersionId::new(&BASE[..7])),
        ..press_line()
    };
    let session = Session::start(Sandbox::demo(), launch).await;
    let message = session.app.session.ending().message.unwrap();
    assert!(message.contains("has no version 9f8e21c;"), "{message}");
}

#[tokio::test(start_paused = true)]
async fn id_prefix_with_failed_list_is_an_error() {
    let sandbox = Sandbox::demo();
    sandbox.fail(Operation::ListGroupVersions, 100, Fault::Deny);
    let launch = Launch {
        from: Some(GroupVersionId::new(&EARLIER[..8])),
        ..press_line()
    };
    let session = Session::start(sandbox, launch).await;
    let message = session.app.session.ending().message.unwrap();
    assert!(message.contains("could not be listed"), "{message}");
    assert!(message.contains("AccessDeniedException"), "{message}");
}

/// The content of the demo account's version whose id starts with `beginning`, with one text replaced.
fn content(kind: DefinitionKind, beginning: &str, (from, to): (&str, &str)) -> SetSlot {
    let arn = version_arn(kind, beginning);
    let text = Sandbox::demo().account(|account| {
        let definitions = account.definitions(kind).iter();
        let mut versions = definitions.flat_map(Versioned::versions);
        let version = versions.find(|version| *version.arn == *arn).unwrap();
        serde_json::to_string(&*version.holds).unwrap()
    });
    let content = content_text::read(kind, &text.replace(from, to));
    SetSlot::Write(content.unwrap().unwrap())
}

async fn started_with(set: SetSlot) -> Session {
    let launch = Launch {
        set: vec![set],
        ..press_line()
    };
    Session::start(Sandbox::demo(), launch).await
}

#[tokio::test(start_paused = true)]
async fn a_content_is_set_as_a_new_version() {
    let kind = DefinitionKind::Function;
    let session = started_with(content(kind, "71c0be11", (":12\"", ":14\""))).await;
    let new: Vec<_> = session.draft().to_create().collect();
    assert_eq!(new.len(), 1);
    assert!(new[0].content.to_json().to_string().contains(":cam:14\""));
    let from = new[0].from.as_ref().map(DefinitionVersionArn::short);
    assert_eq!(from, Some("71c0be11"));
    session.assert_body("NEW");
}

#[tokio::test(start_paused = true)]
async fn content_of_the_slot_is_no_new_version() {
    let session = started_with(content(DefinitionKind::Function, "71c0be11", ("", ""))).await;
    let held = session.short_in(DefinitionKind::Function);
    assert_eq!(held.as_deref(), Some("71c0be11"));
    assert!(!session.draft().is_begun());
}

#[tokio::test(start_paused = true)]
async fn content_for_empty_slot_begins_a_definition() {
    let content = content_text::read(DefinitionKind::Device, r#"{"Devices": []}"#);
    let session = started_with(SetSlot::Write(content.unwrap().unwrap())).await;
    let new = session.draft().to_create().next().unwrap();
    let name = DefinitionTarget::New("press-line-3-device".to_owned());
    assert_eq!(new.target, name);
}
