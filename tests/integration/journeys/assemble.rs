//! Assembling a group version on the demo account, key by key.

use greengroup::app::Launch;
use greengroup::app::exit::Exit;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::Acknowledgement;
use greengroup::domain::{DefinitionKind, Draft, SlotArn, SlotState};
use greengroup::sandbox::{Fault, Operation, Sandbox};

use crate::support::open_group::press_line;
use crate::support::session::Session;

/// The draft of the open group, and the keys that acknowledge a review.
impl Session {
    pub(crate) fn draft(&self) -> &Draft {
        self.work().draft().unwrap()
    }

    pub(crate) fn state(&self, kind: DefinitionKind) -> SlotState {
        self.draft().state(kind)
    }

    /// Ticks every box of the review.
    pub(crate) async fn acknowledge_everything(&mut self) {
        let Screen::Review(review) = self.app.screen() else {
            panic!("there is nothing to acknowledge on {}", self.screen_name())
        };
        let boxes = review.boxes.all().len();
        // The cursor may be on any box, or on none.
        for _ in 0..boxes {
            self.press("<Up>").await;
        }
        for _ in 0..boxes {
            self.press("<Space><Down>").await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn function_version_is_replaced_and_version_created() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    assert_eq!(session.screen_name(), "Assemble");
    let before = session.draft().clone();
    session.press("3/press<Down><Enter>").await;
    let changed: Vec<_> = session.draft().changed_kinds().collect();
    assert_eq!(changed, [DefinitionKind::Function]);
    let slots = session.draft().slots().clone();
    assert_ne!(slots, *before.slots());
    session.press("a").await;
    session.acknowledge_everything().await;
    session.press("<Tab><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome");
    let created = session
        .app
        .session
        .submissions()
        .created()
        .next()
        .unwrap()
        .clone();
    let version = created.version.unwrap();
    session.sandbox().account(|account| {
        let group = account.group(created.id.as_deref().unwrap()).unwrap();
        let stored = group.version(&version).unwrap();
        for (kind, held) in slots.iter() {
            assert_eq!(
                stored.holds[kind].as_deref(),
                held.map(SlotArn::as_str),
                "{kind}"
            );
        }
    });
    session.press("q").await;
    assert_eq!(session.exit, Some(Exit::Created));
}

#[tokio::test(start_paused = true)]
async fn every_slot_is_picked_emptied_reset_and_undone() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    let base = session.draft().slots().clone();
    for kind in DefinitionKind::ALL {
        let number = kind.index() + 1;
        session.press(&format!("{number}<End><Space>")).await;
        let picked = session.draft().slots().clone();
        assert!(session.state(kind).is_change(), "{kind} was picked");
        session.press("x").await;
        let emptied = if base.get(kind).is_some() {
            SlotState::Dropped
        } else {
            SlotState::Empty
        };
        assert_eq!(session.state(kind), emptied);
        session.press("u").await;
        assert_eq!(
            *session.draft().slots(),
            picked,
            "{kind}: undo takes the emptying back"
        );
        session.press("U").await;
        assert_eq!(session.state(kind), emptied, "{kind}: redo empties again");
        session.press("=").await;
        assert!(!session.state(kind).is_change(), "{kind} is as in the base");
        assert_eq!(*session.draft().slots(), base, "no other slot was touched");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_dropped_without_its_own_acknowledgement() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("5x6xa<Tab><Enter>").await;
    assert_eq!(
        session.screen_name(),
        "Review",
        "Enter sends nothing while boxes are open"
    );
    let Screen::Review(review) = session.app.screen() else {
        unreachable!()
    };
    let dropped: Vec<_> = review
        .boxes
        .all()
        .iter()
        .filter_map(|one| match one.what {
            Acknowledgement::Dropped(kind, _) => Some(kind),
            Acknowledgement::LeftOut(..)
            | Acknowledgement::Blocking(_)
            | Acknowledgement::IdenticalCopy
            | Acknowledgement::Supersedes(_)
            | Acknowledgement::NotCompared(_)
            | Acknowledgement::NewerVersion(_)
            | Acknowledgement::NewerNotRead(_)
            | Acknowledgement::Unchecked(_)
            | Acknowledgement::NoServiceRole
            | Acknowledgement::Unrecorded(_)
            | Acknowledgement::Force => None,
        })
        .collect();
    assert_eq!(
        dropped,
        [DefinitionKind::Resource, DefinitionKind::Subscription]
    );
    assert_eq!(
        session
            .sandbox()
            .traffic(|traffic| traffic.count(Operation::CreateGroupVersion)),
        0
    );
}

#[tokio::test(start_paused = true)]
async fn enter_is_ignored_just_after_review_opens() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3<End><Space>").await;
    session.press_now("a<Enter>");
    assert_eq!(
        session.screen_name(),
        "Review",
        "a held key neither cancels nor confirms"
    );
    session.settle().await;
    session.press("<Enter>").await;
    assert_eq!(session.screen_name(), "Assemble", "Cancel has the focus");
}

#[tokio::test(start_paused = true)]
async fn a_paste_confirms_nothing() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3<End><Space>a").await;
    session.acknowledge_everything().await;
    session.press("<Tab>").await;
    session.paste("y\r\n");
    session.settle().await;
    assert_eq!(session.screen_name(), "Review");
    assert_eq!(
        session
            .sandbox()
            .traffic(|traffic| traffic.count(Operation::CreateGroupVersion)),
        0
    );
}

#[tokio::test(start_paused = true)]
async fn read_only_sends_nothing_that_changes_anything() {
    let launch = Launch {
        read_only: true,
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.press("3<End><Space>a").await;
    session.acknowledge_everything().await;
    session.press("<Tab><Enter><Right><Enter>").await;
    assert_eq!(
        session
            .sandbox()
            .traffic(|traffic| traffic.count(Operation::CreateGroupVersion)),
        0
    );
    assert!(
        !session.screen().contains("Create "),
        "no button creates:\n{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_ends_with_the_request() {
    let launch = Launch {
        dry_run: true,
        ..press_line()
    };
    let mut session = Session::start(Sandbox::demo(), launch).await;
    session.press("3<End><Space>a").await;
    session.acknowledge_everything().await;
    session.press("<Tab><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome");
    let rehearsed = session
        .app
        .session
        .submissions()
        .rehearsed()
        .cloned()
        .unwrap();
    assert_eq!(
        rehearsed.create.request.create.slots,
        *session.draft().slots()
    );
    assert_eq!(
        session
            .sandbox()
            .traffic(|traffic| traffic.count(Operation::CreateGroupVersion)),
        0
    );
    session.press("q").await;
    assert_eq!(session.exit, Some(Exit::Created));
}

#[tokio::test(start_paused = true)]
async fn failed_list_does_not_block_the_others() {
    let sandbox = Sandbox::demo();
    sandbox.fail(
        Operation::ListDefinitions(DefinitionKind::Logger),
        100,
        Fault::Deny,
    );
    let mut session = Session::start(sandbox, press_line()).await;
    session.press("3").await;
    session.assert_body("AccessDenied");
    session.assert_body("not verified");
    session.press("/fns<Down><Enter>").await;
    assert!(session.state(DefinitionKind::Function).is_change());
    session.sandbox().clear_faults();
    session.press("7r").await;
    assert!(
        !session.screen().contains("AccessDenied"),
        "{}",
        session.screen()
    );
}
