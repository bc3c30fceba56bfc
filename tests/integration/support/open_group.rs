//! The open group: its state in the program and in the account, and changes by another user.

use greengroup::app::Launch;
use greengroup::app::work::Work;
use greengroup::domain::GroupVersionId;
use greengroup::sandbox::Moment;
use greengroup::sandbox::account::GroupSlots;

use crate::support::session::Session;

/// Opens the demo account's press-line-3 at once.
pub fn press_line() -> Launch {
    Launch {
        group: Some("press-line-3".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    }
}

impl Session {
    pub fn work(&self) -> &Work {
        self.app.session.work().unwrap()
    }

    pub fn group_id(&self) -> String {
        self.work().group.to_string()
    }

    /// The number of the group's versions in the account.
    pub fn count_versions(&self) -> usize {
        let group = self.group_id();
        self.sandbox()
            .account(|account| account.group(&group).unwrap().versions().len())
    }

    /// The group's latest version in the account.
    pub fn latest_version(&self) -> GroupVersionId {
        let group = self.group_id();
        let latest = self
            .sandbox()
            .account(|account| account.group(&group).unwrap().latest().unwrap().id.clone());
        GroupVersionId::new(&*latest)
    }

    /// Another user creates a version like the latest, but changed by `change`.
    pub fn somebody_creates(
        &self,
        change: impl FnOnce(&mut GroupSlots, &mut Moment),
    ) -> GroupVersionId {
        let group = self.group_id();
        self.sandbox().change(|account, moment| {
            let latest = account.group(&group).unwrap().latest().unwrap();
            let mut slots = latest.holds.clone();
            change(&mut slots, moment);
            let version = account.create_group_version(moment, &group, slots).unwrap();
            GroupVersionId::new(&*version.id)
        })
    }
}
