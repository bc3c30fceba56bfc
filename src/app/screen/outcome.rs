//! The Outcome screen: the result of the open group's requests.

use crate::app::aws_cli::AwsCli;
use crate::app::command::Command;
use crate::app::keymap::KeyContext;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::submission::{DefinitionState, DefinitionStep, Step, StepState, Submission};
use crate::app::text::{self, TextLine, Tone};
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::domain::{DeploymentAction, GroupId, GroupVersionId};

/// The outcome of a group's last submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    group: GroupId,
    /// The scroll position of the body.
    pub scroll: Scroll,
}

impl Outcome {
    pub fn new(group: GroupId) -> Self {
        Self {
            group,
            scroll: Scroll::default(),
        }
    }

    /// The confirmed change and its state.
    pub fn submission<'a>(&self, session: &'a Session) -> Option<&'a Submission> {
        session.submissions().of(&self.group)
    }

    /// The request that creates the group version.
    pub fn step<'a>(&self, session: &'a Session) -> Option<&'a Step> {
        Some(&self.submission(session)?.create)
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a view has rules for only some of the commands"
)]
impl View for Outcome {
    fn context(&self) -> KeyContext {
        KeyContext::Outcome
    }

    /// An Enter pressed during the request must not dismiss an outcome that the user has not seen.
    fn enter_changes(&self, _session: &Session) -> bool {
        true
    }

    fn enter_label(&self, session: &Session) -> Option<&'static str> {
        let is_success = self.step(session).is_some_and(Step::is_success);
        let definition = self.submission(session);
        let definition = definition.and_then(Submission::open_definition);
        Some(if is_success {
            "continue"
        } else if definition.is_some_and(|step| step.refusal().is_some()) {
            "to the slot"
        } else {
            "back to the draft"
        })
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        let submission = self.submission(session)?;
        let (step, definition) = (&submission.create, submission.open_definition());
        match command {
            _ if command.scrolls() => SHOWN_WHOLE.when(self.scroll.is_all_shown()),
            Command::Retry if step.is_looking() || definition.is_some_and(is_looking) => {
                Some(Unavailable::NotNow("the check is running"))
            }
            Command::Retry => {
                let is_unknown =
                    step.is_unknown() || definition.is_some_and(DefinitionStep::is_unknown);
                Unavailable::NotHere("there is nothing to check").when(!is_unknown)
            }
            Command::Deploy => {
                let version = step.created().and_then(|created| created.version.as_ref());
                Unavailable::NotHere("no version was created").when(version.is_none())
            }
            _ => None,
        }
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        let Some(submission) = self.submission(session) else {
            return Transition::Back;
        };
        let step = &submission.create;
        let rows = usize::from(session.size().body_rows());
        if self.scroll.command(command, rows) {
            return Transition::Stay;
        }
        match command {
            Command::Open | Command::Back if step.created().is_some() => {
                return Transition::ToNewBase;
            }
            Command::Open => {
                let refused = submission.open_definition();
                let refused = refused.filter(|step| step.refusal().is_some());
                return refused.map_or(Transition::Back, |step| {
                    Transition::ToSlot(step.version.kind())
                });
            }
            Command::Back => return Transition::Back,
            Command::Deploy => {
                let version = step.created().and_then(|created| created.version.clone());
                let version = version.map(GroupVersionId::new);
                let action = version.map(DeploymentAction::Deploy);
                return Transition::Deployment(self.group.clone(), action);
            }
            Command::Retry => session.restart_probe(&self.group),
            Command::Copy => {
                let choices = to_copy(submission, session);
                session.copy_one_of(choices);
            }
            Command::PlainText => {
                return Transition::Read(Subject::Lines {
                    title: "outcome",
                    lines: lines(submission, session),
                    files: submission.change().files(),
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

/// The new version's ARN or the full error, the next command, and the request.
fn to_copy(submission: &Submission, session: &Session) -> Vec<(&'static str, String)> {
    let step = &submission.create;
    let of_definition = submission.open_definition();
    let error = of_definition.and_then(DefinitionStep::error);
    let error = error.map(|error| ("the error", error.to_string()));
    let result = match &step.state {
        StepState::Failed(error) | StepState::Unconfirmed(error, _) => {
            Some(("the error", error.to_string()))
        }
        StepState::Created(created) => created.arn.clone().map(|arn| ("the ARN", arn)),
        StepState::Rehearsed | StepState::Waiting | StepState::Sending(_) => None,
    };
    let deploy = deploy_command(step, session);
    let deploy = deploy.map(|command| ("the command that deploys it", command));
    let request = ("the request", text::change_json(&submission.change()));
    let results = error.or(result).into_iter();
    results.chain(deploy).chain([request]).collect()
}

fn is_looking(step: &DefinitionStep) -> bool {
    step.is_unknown() && step.is_under_way()
}

/// Each request of a change of several, with its outcome.
pub fn fates(submission: &Submission) -> Vec<(String, String)> {
    if submission.definitions.is_empty() {
        return Vec::new();
    }
    let count = submission.definitions.len() + 1;
    let numbered = |number: usize, operation: &str| format!("{number} of {count} {operation}");
    let mut fates: Vec<(String, String)> = (1..)
        .zip(&submission.definitions)
        .map(|(number, step)| {
            let fate = match &step.state {
                DefinitionState::Waiting => "not sent".to_owned(),
                DefinitionState::Sending => "sent, no answer yet".to_owned(),
                DefinitionState::Created(created) => format!("created {}", created.arn),
                DefinitionState::Failed(error) => format!("failed: {error}"),
                DefinitionState::Unknown(error) => format!("unknown: {error}"),
                DefinitionState::Looking(_) => "unknown, checking the versions".to_owned(),
                DefinitionState::Rehearsed => "dry run".to_owned(),
            };
            (numbered(number, &step.request.create.operation()), fate)
        })
        .collect();
    let group = &submission.create;
    let fate = match (&group.state, group.created()) {
        (_, Some(created)) => format!("created {}", created.version.as_deref().unwrap_or("-")),
        (StepState::Waiting, _) => "not sent".to_owned(),
        (StepState::Sending(_), _) => "sent, no answer yet".to_owned(),
        (StepState::Failed(error), _) => format!("failed: {error}"),
        (StepState::Unconfirmed(error, _), _) => format!("unknown: {error}"),
        (StepState::Created(_) | StepState::Rehearsed, _) => "dry run".to_owned(),
    };
    fates.push((numbered(count, "CreateGroupVersion"), fate));
    fates
}

/// The command that deploys the created version.
pub fn deploy_command(step: &Step, session: &Session) -> Option<String> {
    let version = step.created()?.version.as_deref()?;
    let group = &step.request.create.group;
    Some(AwsCli::of(session).deploy(group, version))
}

/// The entire outcome as a text: the receipt or the error, the command that deploys it, then the request.
fn lines(submission: &Submission, session: &Session) -> Vec<TextLine> {
    let cli = AwsCli::of(session);
    let step = &submission.create;
    let of_definition = submission.open_definition();
    let mut lines: Vec<TextLine> = fates(submission)
        .into_iter()
        .map(|(request, fate)| TextLine::new(Tone::Plain, &format!("{request}: {fate}")))
        .collect();
    let error = of_definition.and_then(DefinitionStep::error);
    lines.extend(error.map(text::error_lines).unwrap_or_default());
    lines.extend(match &step.state {
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
    });
    let gap = || TextLine::new(Tone::Plain, "");
    if let Some(deploy) = deploy_command(step, session) {
        lines.push(gap());
        lines.extend(text::command_lines("Next: deploy it", &deploy, &cli));
        lines.push(gap());
    }
    lines.extend(text::request_lines(&submission.change(), &cli));
    lines
}
