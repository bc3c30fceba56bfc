//! The same for deployments: whatever breaks, there is one deployment, and the screen shows its status.

use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::deployment::{DeploymentQuestion, DeploymentView};
use greengroup::sandbox::Sandbox;

use super::{Cut, Person, TRIES, cut_once, in_a_process_of_its_own, tried};
use crate::support::small_account::small_account;

#[test]
fn cut_deployment_is_there_once_and_shown() {
    in_a_process_of_its_own(
        "journeys::failures::truncation::deployments::deploys_in_a_process_of_its_own",
    );
}

#[tokio::test]
#[ignore = "runs in a process with credentials in its environment, started by the test above"]
async fn deploys_in_a_process_of_its_own() {
    let account = small_account();
    let cut = |number| match number % 8 {
        0 | 1 => Cut::Before,
        after => Cut::After([0, 0, 1, 40, 200, 4096][after - 2]),
    };
    let found = tried(|number| cut_once(account.clone(), (cut(number), 1), Person::deploys)).await;
    // A request that is cut before its effect is sent again, and then succeeds.
    assert!(found > TRIES / 2, "{found}");
}

impl Person {
    fn deployment_view(&self) -> Option<&DeploymentView> {
        match self.app.overlays().last() {
            Some(Overlay::DeploymentView(view)) => Some(view),
            _ => None,
        }
    }

    fn deployment_question(&self) -> Option<&DeploymentQuestion> {
        self.deployment_view()?.question.as_deref()
    }

    /// True if only open boxes prevent the deployment.
    fn is_asked(&self) -> bool {
        let Some(question) = self.deployment_question() else {
            return false;
        };
        let group = &self.deployment_view().unwrap().group;
        let open = question.boxes.open().count();
        let obstacle = question.obstacle(group, &self.app.session);
        match obstacle {
            None => true,
            Some(greengroup::app::notice::Obstacle::Acknowledgements(count)) => {
                count == open && question.findings().pending().is_empty()
            }
            Some(_) => false,
        }
    }

    /// Deploys the latest version; true if only the list showed the effect.
    pub(super) async fn deploys(&mut self, sandbox: &Sandbox) -> bool {
        self.until("the draft", |this| {
            let work = this.app.session.work();
            work.is_some_and(|work| work.draft().is_some())
        })
        .await;
        let group = self.app.session.work().unwrap().group.clone();
        let count = || sandbox.account(|account| account.deployments(group.as_str()).len());
        let before = count();
        self.press("b");
        self.until("the versions", |this| {
            matches!(this.app.overlays().last(), Some(Overlay::BaseHistory(history)) if history.menu.selected().is_some())
        })
        .await;
        self.press("D");
        self.until("the question", Self::is_asked).await;
        // After a box was removed, the first key only finds the cursor.
        let is_open = |this: &Self| {
            let question = this.deployment_question().unwrap();
            question.boxes.open().next().is_some()
        };
        while is_open(self) {
            self.press("<Space><Down>");
        }
        self.press("<Right><Enter>");
        self.until("the status", |this| {
            let run = this.app.session.deployment_of(&group);
            let progress = run.and_then(|run| run.progress());
            progress.is_some_and(|progress| progress.polls > 0)
        })
        .await;
        assert_eq!(count(), before + 1, "exactly one deployment is new");
        let run = self.app.session.deployment_of(&group).unwrap();
        let progress = run.progress().unwrap();
        let (id, version) = sandbox.account(|account| {
            let newest = account.deployments(group.as_str()).last().unwrap();
            (newest.id.to_string(), newest.group_version_arn.to_string())
        });
        assert_eq!(progress.deployment.id.as_str(), id);
        let shown = run.request.action.version().unwrap();
        assert!(version.ends_with(shown.as_str()), "{version}");
        // The status may have advanced since it was read.
        let word = progress.status.word();
        assert!(
            ["Building", "InProgress", "Success"].contains(&word),
            "{word}"
        );
        let screen = self.screen();
        let due = format!("{}: {word}", shown.short());
        assert!(screen.contains(&due), "{due} in\n{screen}");
        progress.deployment.request_id.is_none()
    }
}
