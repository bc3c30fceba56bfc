//! The states for the pictures, each reached by the user's keys.

use greengroup::app::effect::Timer;
use greengroup::app::event::{Answer, DraftFile};
use greengroup::app::protection::Protection;
use greengroup::app::{Event, Launch, Request};
use greengroup::domain::{
    Certainty, CreatedVersion, DefinitionKind, DeploymentId, ErrorDetail, ErrorKind,
    GroupVersionId, ServiceError,
};

use super::account::{Account, LINE_3, NEWER, PLACE, arn, denied, time};
use super::plant::plant;
use super::stage::Stage;

pub(crate) const SMALL: (u16, u16) = (80, 24);
pub(crate) const LARGE: (u16, u16) = (140, 40);

/// Opens press line 3 from the groups.
const OPEN: &str = "Home Down Down Enter";

pub(crate) fn groups(size: (u16, u16)) -> Stage {
    Stage::new(plant(), size)
}

/// Press line 3 is open and unchanged.
pub(crate) fn assemble(size: (u16, u16)) -> Stage {
    open(Stage::new(plant(), size))
}

fn open(stage: Stage) -> Stage {
    after(stage, OPEN)
}

/// The scene after these keys.
fn after(mut stage: Stage, keys: &str) -> Stage {
    stage.press(keys);
    stage
}

/// The picture of the design: a search for a function version, a dropped resource, a refused list of loggers.
pub(crate) fn busy(size: (u16, u16)) -> Stage {
    let mut account = plant();
    account.denied.insert(DefinitionKind::Logger);
    after(open(Stage::new(account, size)), "5 x 3 / f n s")
}

/// A picked function and a dropped resource, with findings of the checks.
pub(crate) fn changed(size: (u16, u16)) -> Stage {
    after(assemble(size), "3 g Enter 5 x 1")
}

pub(crate) fn review(size: (u16, u16)) -> Stage {
    after(changed(size), "a")
}

/// Everything ticked, Create focused.
pub(crate) fn armed(size: (u16, u16)) -> Stage {
    after(review(size), "Space Down Space Down Space Right")
}

pub(crate) fn sent(size: (u16, u16)) -> Stage {
    after(armed(size), "Enter")
}

fn answered(size: (u16, u16), answer: Result<CreatedVersion, ServiceError>) -> Stage {
    let mut stage = sent(size);
    stage.answer_create(answer);
    stage
}

pub(crate) fn created(size: (u16, u16)) -> Stage {
    let version = "a1b2c3d4-0011-4223-8445-566778899aab";
    let mut stage = sent(size);
    stage
        .account()
        .group_version(LINE_3, version, "2026-05-01T11:30:04.211Z", &[]);
    stage.answer_create(Ok(CreatedVersion {
        arn: Some(format!(
            "arn:aws:greengrass:{PLACE}:/greengrass/groups/{LINE_3}/versions/{version}"
        )),
        creation_timestamp: Some("2026-05-01T11:30:04.211Z".to_owned()),
        id: Some(LINE_3.to_owned()),
        version: Some(version.to_owned()),
        request_id: None,
    }));
    stage
}

pub(crate) fn refusal() -> ServiceError {
    let detail = |code: &str, message: &str| ErrorDetail {
        code: Some(code.to_owned()),
        message: Some(message.to_owned()),
    };
    ServiceError {
        code: Some("BadRequestException".to_owned()),
        status: Some(400),
        details: vec![
            detail("GG-303", "The function definition version does not exist"),
            detail(
                "GG-305",
                "The subscription references cam:12, which is not part of the group",
            ),
        ],
        request_id: Some("6b1e3a52-93d2-4b6e-9c53-0f1d2e3c4b5a".to_owned()),
        ..ServiceError::local(
            "CreateGroupVersion",
            ErrorKind::Refused,
            "The group version is invalid",
        )
    }
}

pub(crate) fn failed(size: (u16, u16)) -> Stage {
    answered(size, Err(refusal()))
}

pub(crate) fn unknown(size: (u16, u16)) -> Stage {
    let error = ServiceError {
        certainty: Certainty::Unknown,
        ..ServiceError::local(
            "CreateGroupVersion",
            ErrorKind::NoAnswer,
            "the connection was closed before the answer was whole",
        )
    };
    answered(size, Err(error))
}

/// The search for it has ended, and it was not found.
pub(crate) fn not_found(size: (u16, u16)) -> Stage {
    let mut stage = unknown(size);
    for probe in (0..10).cycle().take(200) {
        stage.feed(Event::TimerElapsed(Timer::ProbePaused { probe }));
    }
    stage
}

pub(crate) fn rehearsed(size: (u16, u16)) -> Stage {
    let launch = Launch {
        dry_run: true,
        ..Launch::default()
    };
    after(
        open(Stage::launched(plant(), size, launch)),
        "3 g Enter a Space Down Space Right Enter",
    )
}

/// Another user created a version with another function and the same drop, while the draft was open.
pub(crate) fn moved_review(size: (u16, u16)) -> Stage {
    let mut stage = changed(size);
    let group = LINE_3;
    let function = arn(
        DefinitionKind::Function,
        "d3000000-0000-4000-8000-000000000002",
        "0b7712aa-1b2c-4d3e-8f40-516273849500",
    );
    let core = arn(
        DefinitionKind::Core,
        "d1000000-0000-4000-8000-000000000001",
        "55aa01c2-1b2c-4d3e-8f40-516273849500",
    );
    stage
        .account()
        .group_version(group, NEWER, "2026-05-01T11:26:00Z", &[core, function]);
    stage.press("a");
    stage
}

pub(crate) fn moved(size: (u16, u16)) -> Stage {
    after(moved_review(size), "Right Enter")
}

/// No response has arrived.
pub(crate) fn loading(size: (u16, u16)) -> Stage {
    let mut account = plant();
    account.silent.extend(DefinitionKind::ALL);
    open(Stage::new(account, size))
}

/// An empty account.
pub(crate) fn nothing(size: (u16, u16)) -> Stage {
    Stage::new(Account::default(), size)
}

fn no_groups(size: (u16, u16), error: ServiceError) -> Stage {
    let mut stage = Stage::silent(size);
    stage.reply(Request::Groups(None), Answer::Groups(Err(error)));
    stage
}

/// The list of groups is refused.
pub(crate) fn refused_groups(size: (u16, u16)) -> Stage {
    no_groups(size, denied("ListGroups"))
}

/// The group cannot be read again for Review.
pub(crate) fn not_read(size: (u16, u16)) -> Stage {
    let mut stage = changed(size);
    stage.hold();
    stage.press("a");
    let group = stage.app.session.work().unwrap().group.clone();
    stage.reply(
        Request::Group(group),
        Answer::Group(Err(throttled("GetGroup"))),
    );
    stage
}

/// The group's newer version cannot be read.
pub(crate) fn moved_not_read(size: (u16, u16)) -> Stage {
    let mut stage = moved_review(size);
    stage.hold();
    stage.press("Right Enter");
    let group = stage.app.session.work().unwrap().group.clone();
    stage.reply(
        Request::GroupVersion(group, GroupVersionId::new(NEWER)),
        Answer::GroupVersion(Err(throttled("GetGroupVersion"))),
    );
    stage
}

/// The list of groups is throttled.
pub(crate) fn throttled_groups(size: (u16, u16)) -> Stage {
    no_groups(size, throttled("ListGroups"))
}

fn throttled(operation: &str) -> ServiceError {
    ServiceError::local(operation, ErrorKind::Throttled, "Rate exceeded")
}

/// A protected context with everything ticked and the name half typed.
pub(crate) fn protected(size: (u16, u16)) -> Stage {
    let mut stage = Stage::bare(plant(), size, Launch::default());
    stage.app.session.protect(Protection {
        profiles: vec!["prod*".to_owned()],
        ..Protection::default()
    });
    let mut stage = stage.connected(greengroup::app::event::Connected {
        profile: Some("production".to_owned()),
        region: "eu-central-1".to_owned(),
        endpoint: Some("https://greengrass.example.net:8443".to_owned()),
        credentials_expire: Some(super::account::time("2026-05-01T11:42:30Z")),
        ..Default::default()
    });
    stage.press(&format!("{OPEN} 3 g Enter a Space Right p r e s s"));
    stage
}

/// The embedded account in read-only mode.
pub(crate) fn read_only(size: (u16, u16)) -> Stage {
    let launch = Launch {
        read_only: true,
        is_sandbox: true,
        ..Launch::default()
    };
    let stage = Stage::bare(plant(), size, launch);
    let mut stage = open(stage.connected(greengroup::app::event::Connected {
        region: "eu-central-1".to_owned(),
        is_sandbox: true,
        ..Default::default()
    }));
    stage.press("3 g p d");
    stage
}

pub(crate) fn review_read_only(size: (u16, u16)) -> Stage {
    after(read_only(size), "Esc Enter a")
}

/// A slot with a text that is not an ARN, and an empty pane.
pub(crate) fn empty_slot(size: (u16, u16)) -> Stage {
    after(assemble(size), "7 x")
}

/// The last deployment failed, the one before succeeded.
pub(crate) fn failed_deployment(size: (u16, u16)) -> Stage {
    let mut account = plant();
    let mut failed = account.deployments[0].clone();
    failed.id = DeploymentId::new("dep-2");
    failed.created = Some(time("2025-12-02T08:05:00Z"));
    account.failed = Some(failed.id.clone());
    account.deployments.push(failed);
    open(Stage::new(account, size))
}

/// The list of loggers is refused, and its pane is open.
pub(crate) fn denied_list(size: (u16, u16)) -> Stage {
    let mut account = plant();
    account.denied.insert(DefinitionKind::Logger);
    after(open(Stage::new(account, size)), "7")
}

/// A picked function, with the cursor on its finding.
pub(crate) fn review_of_finding(size: (u16, u16)) -> Stage {
    picked(size, "a n")
}

/// The difference of the function slot in full.
pub(crate) fn review_expanded(size: (u16, u16)) -> Stage {
    picked(size, "a d")
}

pub(crate) fn review_end(size: (u16, u16)) -> Stage {
    picked(size, "a G")
}

fn picked(size: (u16, u16), keys: &str) -> Stage {
    let mut stage = assemble(size);
    stage.press("3 g Enter");
    stage.press(keys);
    stage
}

/// There is a draft of the group from an earlier run.
pub(crate) fn left_draft(size: (u16, u16)) -> Stage {
    let earlier = picked(size, "5 x");
    let draft = earlier.app.session.work().unwrap().draft().unwrap();
    let mut stage = assemble(size);
    stage.feed(Event::DraftOpened(DraftFile::Found {
        draft: Box::new(draft.clone()),
        saved: super::account::time("2026-04-30T14:02:00Z"),
    }));
    stage
}
