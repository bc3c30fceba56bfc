//! The Outcome screen: the result of the open group's requests.

use crate::app::aws_cli::AwsCli;
use crate::app::command::Command;
use crate::app::keymap::KeyContext;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::submission::{Step, StepState, Submission};
use crate::app::text::{self, TextLine, Tone};
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::domain::{DeploymentAction, GroupId, GroupVersionId};

/// The outcome of a group's last submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    group: GroupId,
    /// How far the body is scrolled down.
    pub scroll: Scroll,
}

impl Outcome {
    pub fn new(group: GroupId) -> Self {
        Self {
            group,
            scroll: Scroll::default(),
        }
    }

    /// The step that decides.
    pub fn step<'a>(&self, session: &'a Session) -> Option<&'a Step> {
        let submission = session.submissions().of(&self.group);
        submission.and_then(Submission::current)
    }
}

impl View for Outcome {
    fn context(&self) -> KeyContext {
        KeyContext::Outcome
    }

    /// Enter that was pressed while the answer was awaited must not dismiss what it never saw.
    fn enter_changes(&self, _session: &Session) -> bool {
        true
    }

    fn enter_label(&self, session: &Session) -> Option<&'static str> {
        let is_success = self.step(session).is_some_and(Step::is_success);
        Some(if is_success {
            "continue"
        } else {
            "back to the draft"
        })
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command can be executed at any time"
    )]
    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        let step = self.step(session)?;
        match command {
            _ if command.scrolls() => SHOWN_WHOLE.when(self.scroll.is_all_shown()),
            Command::Retry if step.is_looking() => {
                Some(Unavailable::NotNow("the check is running"))
            }
            Command::Retry => {
                Unavailable::NotHere("there is nothing to check").when(!step.is_unknown())
            }
            Command::Deploy => {
                let version = step.created().and_then(|created| created.version.as_ref());
                Unavailable::NotHere("no version was created").when(version.is_none())
            }
            _ => None,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends a screen only its own commands"
    )]
    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let Some(step) = self.step(session) else {
            return Transition::Back;
        };
        let rows = usize::from(session.size().body_rows());
        if self.scroll.command(command, rows) {
            return Transition::Stay;
        }
        match command {
            Command::Open | Command::Back if step.created().is_some() => {
                return Transition::ToNewBase;
            }
            Command::Open | Command::Back => return Transition::Back,
            Command::Deploy => {
                let version = step.created().and_then(|created| created.version.clone());
                let action = version
                    .map(GroupVersionId::new)
                    .map(DeploymentAction::Deploy);
                return Transition::Deployment(self.group.clone(), action);
            }
            Command::Retry => session.restart_probe(&self.group),
            Command::Copy => {
                let choices = to_copy(step, session);
                session.copy_one_of(choices);
            }
            Command::PlainText => {
                return Transition::Read(Subject::Lines {
                    title: "outcome",
                    lines: lines(step, session),
                });
            }
            _ => {}
        }
        Transition::Stay
    }

    fn drawn(&mut self, max_hidden: usize) {
        self.scroll.end_at(max_hidden);
    }
}

/// The new version's ARN or the error in full, the command that comes next, and the request.
fn to_copy(step: &Step, session: &Session) -> Vec<(&'static str, String)> {
    let result = match &step.state {
        StepState::Failed(error) | StepState::Unconfirmed(error, _) => {
            Some(("the error", error.to_string()))
        }
        StepState::Created(created) => created.arn.clone().map(|arn| ("the ARN", arn)),
        StepState::Rehearsed | StepState::Waiting | StepState::Sending(_) => None,
    };
    let deploy = deploy_command(step, session);
    let deploy = deploy.map(|command| ("the command that deploys it", command));
    let request = ("the request", text::request_json(&step.request.create));
    result.into_iter().chain(deploy).chain([request]).collect()
}

/// The command that deploys the created version.
pub fn deploy_command(step: &Step, session: &Session) -> Option<String> {
    let version = step.created()?.version.as_deref()?;
    let group = &step.request.create.group;
    Some(AwsCli::of(session).deploy(group, version))
}

/// All of it as a text: the receipt or the error, the command that deploys it, then the request.
fn lines(step: &Step, session: &Session) -> Vec<TextLine> {
    let cli = AwsCli::of(session);
    let mut lines = match &step.state {
        StepState::Created(created) => {
            let fact = |name: &str, value: &Option<String>| {
                let value = value.as_deref().unwrap_or("-");
                TextLine::new(Tone::Plain, &format!("{name:<18} {value}"))
            };
            vec![
                fact("Arn", &created.arn),
                fact("CreationTimestamp", &created.creation_timestamp),
                fact("Id", &created.id),
                fact("Version", &created.version),
            ]
        }
        StepState::Failed(error) | StepState::Unconfirmed(error, _) => text::error_lines(error),
        StepState::Rehearsed | StepState::Waiting | StepState::Sending(_) => Vec::new(),
    };
    let gap = || TextLine::new(Tone::Plain, "");
    if let Some(deploy) = deploy_command(step, session) {
        lines.push(gap());
        lines.extend(text::command_lines("Next: deploy it", &deploy, &cli));
        lines.push(gap());
    }
    lines.extend(text::request_lines(&step.request.create, &cli));
    lines
}
