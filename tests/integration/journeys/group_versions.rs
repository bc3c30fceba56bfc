//! A group's versions: their changes, the deployed one, slots taken from them, and the groups that use them.

use greengroup::app::Launch;
use greengroup::domain::{DefinitionKind, GroupVersionId, SlotArn};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::account::{AccountDeployment, GroupSlots, Versioned};
use greengroup::sandbox::{Operation, Sandbox};

use crate::support::session::{Session, Time};

/// Wide enough for the longest line of a history.
const WIDE: (u16, u16) = (200, 40);

fn launch(group: &str) -> Launch {
    Launch {
        group: Some(group.to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

async fn wide(group: &str) -> Session {
    Session::start_with(Sandbox::demo(), launch(group), Journal::nowhere(), WIDE).await
}

/// One version of the open group in the account.
struct Version {
    id: String,
    holds: GroupSlots,
}

impl Version {
    fn short(&self) -> &str {
        &self.id[..8]
    }
}

/// The versions of the group of this name, newest first.
fn versions(sandbox: &Sandbox, group: &str) -> Vec<Version> {
    sandbox.account(|account| {
        let mut groups = account.groups().iter();
        let group = groups.find(|one| one.metadata().name.as_deref() == Some(group));
        let versions = group.unwrap().versions().rev();
        let read = versions.map(|version| Version {
            id: version.id.to_string(),
            holds: version.holds.clone(),
        });
        read.collect()
    })
}

/// The line of the history that starts with a version's id.
fn row(session: &Session, version: &Version) -> String {
    let screen = session.screen();
    let mut lines = screen.lines();
    let line = lines.find(|line| {
        line.trim_start_matches([' ', '>'])
            .starts_with(version.short())
    });
    line.unwrap_or_else(|| panic!("{} is not on\n{screen}", version.short()))
        .to_owned()
}

#[tokio::test(start_paused = true)]
async fn history_shows_changes_between_versions() {
    let mut session = wide("press-line-3").await;
    session.press("b").await;
    let versions = versions(session.sandbox(), "press-line-3");
    assert!(versions.len() > 3);
    let mut changed = 0;
    for pair in versions.windows(2) {
        let (version, before) = (&pair[0].holds, &pair[1].holds);
        let row = row(&session, &pair[0]);
        for kind in DefinitionKind::ALL {
            let word = match (&before[kind], &version[kind]) {
                (before, version) if before == version => None,
                (None, _) => Some("ADDED"),
                (_, None) => Some("DROPPED"),
                (Some(_), Some(_)) => Some("CHANGED"),
            };
            match word {
                Some(word) => assert!(row.contains(&format!("{kind} {word}")), "{row}"),
                None => assert!(!row.contains(kind.name()), "{kind}: {row}"),
            }
            changed += usize::from(word.is_some());
        }
    }
    assert!(changed > 3);
    let first = row(&session, versions.last().unwrap());
    assert!(first.contains("core ADDED"), "{first}");
}

#[tokio::test(start_paused = true)]
async fn the_deployed_version_is_another_than_the_latest() {
    let mut session = wide("press-line-2").await;
    session.press("b").await;
    let versions = versions(session.sandbox(), "press-line-2");
    let group = session.draft().group().to_string();
    let deployed = session.sandbox().account(|account| {
        let deployment = account.deployments(&group).last().unwrap();
        deployment.group_version_arn.to_string()
    });
    for (place, version) in versions.iter().enumerate() {
        let row = row(&session, version);
        assert_eq!(row.contains("latest"), place == 0, "{row}");
        assert_eq!(
            row.contains("deployed ("),
            deployed.ends_with(&version.id),
            "{row}"
        );
    }
    assert!(!deployed.ends_with(&versions[0].id));
}

fn deploy(session: &Session, deployment_type: &str, status: &str) {
    let group = session.draft().group().to_string();
    session.sandbox().change(|account, moment| {
        let of_group = account.group(&group).unwrap();
        let id = moment.ids.fresh();
        let deployment = AccountDeployment {
            arn: format!("{}/deployments/{id}", of_group.metadata().arn).into(),
            id,
            group_version_arn: of_group.latest().unwrap().arn.clone(),
            deployment_type: deployment_type.into(),
            created: moment.now.iso().into(),
            updated: moment.now.iso().into(),
            status: status.into(),
            ..AccountDeployment::default()
        };
        account.import_deployment(&group, deployment).unwrap();
    });
}

#[tokio::test(start_paused = true)]
async fn a_reset_is_no_deployment() {
    let mut session = wide("press-line-3").await;
    let latest = versions(session.sandbox(), "press-line-3").remove(0);
    deploy(&session, "ResetDeployment", "Success");
    session.press("b").await;
    let reset = row(&session, &latest);
    assert!(reset.contains("deployed, then reset (Success)"), "{reset}");
    deploy(&session, "ForceResetDeployment", "Failure");
    session.press("r").await;
    let failed = row(&session, &latest);
    assert!(
        failed.contains("deployed, then reset (Failure)"),
        "{failed}"
    );
    deploy(&session, "NewDeployment", "Building");
    session.press("r").await;
    let deployed = row(&session, &latest);
    assert!(deployed.contains("deployed (Building)"), "{deployed}");
}

#[tokio::test(start_paused = true)]
async fn one_slot_is_taken_from_an_older_version() {
    let mut session = Session::start(Sandbox::demo(), launch("press-line-3")).await;
    let versions = versions(session.sandbox(), "press-line-3");
    let before = session.draft().slots().clone();
    session.press("3b<Down><Space>").await;
    assert!(session.app.overlays().is_empty(), "{}", session.screen());
    let held = session.draft().slots().get(DefinitionKind::Function);
    let older = versions[1].holds[DefinitionKind::Function].as_deref();
    assert_eq!(held.map(SlotArn::as_str), older);
    let changed: Vec<_> = session.draft().changed_kinds().collect();
    assert_eq!(changed, [DefinitionKind::Function], "the other slots stay");
    let base = session.draft().base().version.clone();
    assert_eq!(base, Some(GroupVersionId::new(&*versions[0].id)));
    session.press("u").await;
    assert_eq!(*session.draft().slots(), before);
}

#[tokio::test(start_paused = true)]
async fn draft_starts_from_version_option() {
    let sandbox = Sandbox::demo();
    let versions = versions(&sandbox, "press-line-3");
    let older = &versions[1];
    let launch = Launch {
        from: Some(GroupVersionId::new(&*older.id)),
        ..launch("press-line-3")
    };
    let mut session = Session::start_with(sandbox, launch, Journal::nowhere(), WIDE).await;
    let base = session.draft().base();
    assert_eq!(base.version, Some(GroupVersionId::new(&*older.id)));
    for (kind, held) in older.holds.iter() {
        let base = base.slots.get(kind).map(SlotArn::as_str);
        assert_eq!(base, held.as_deref(), "{kind}");
    }
    assert!(!session.draft().differs());
    session.press("b").await;
    assert!(
        row(&session, older).contains(" base"),
        "{}",
        session.screen()
    );
    assert!(!row(&session, &versions[0]).contains(" base"));
    session.press("<Esc>a").await;
    let superseded = versions[0].short().to_owned();
    let screen = session.screen();
    let mut boxes = screen.lines().filter(|line| line.contains("[ ]"));
    assert!(
        boxes.any(|line| line.contains(&superseded) && line.contains("supersedes")),
        "{screen}"
    );
}

#[tokio::test(start_paused = true)]
async fn usage_is_read_once_on_request() {
    let mut session = wide("press-line-3").await;
    session.keep_time(Time::AtKeys);
    let read = |session: &Session| {
        let operation = Operation::GetGroupVersion;
        session
            .sandbox()
            .traffic(|traffic| traffic.count(operation))
    };
    assert_eq!(read(&session), 1, "the base, and no other group's version");
    session.press("3w").await;
    let (groups, deployed) = session.sandbox().account(|account| {
        let groups = account.groups().iter();
        let groups: Vec<_> = groups.filter(|group| group.latest().is_some()).collect();
        let runs_another = |group: &Versioned<_>| {
            let deployments = account.deployments(&group.metadata().id).iter();
            let newest = deployments.max_by_key(|one| one.created.clone());
            let latest = &*group.latest().unwrap().id;
            newest.is_some_and(|newest| !newest.group_version_arn.ends_with(latest))
        };
        let deployed = groups.iter().filter(|group| runs_another(group)).count();
        (groups.len(), deployed)
    });
    let versions = groups + deployed;
    assert_eq!(read(&session), versions, "the latest and deployed ones");
    let screen = session.screen();
    let mut lines = screen.lines();
    assert!(
        lines.any(|line| line.contains("press-line-3") && line.contains("this version")),
        "{screen}"
    );
    session.assert_body(format!("{groups} of {groups} groups read"));
    session.assert_body("1 group uses this version.");
    session.press("<Esc>w").await;
    assert_eq!(read(&session), versions, "what was read is kept");
    let below_the_header = |screen: &str| screen.lines().skip(1).collect::<Vec<_>>().join("\n");
    assert_eq!(
        below_the_header(&session.screen()),
        below_the_header(&screen),
        "but for the age of what was read"
    );
}
