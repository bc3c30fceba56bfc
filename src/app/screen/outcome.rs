//! The Outcome screen: created, failed, or unknown and looked for; each with all that is known of it.

mod look;

pub use look::{Look, Looked};

use crate::app::command::Command;
use crate::app::effect::{Effect, Exit};
use crate::app::keymap::Context;
use crate::app::loader::Wanted;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::text::{self, TextLine, Tone};
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::app::work::Sent;
use crate::domain::{Certainty, CreateGroupVersion, CreatedVersion, GroupVersionId, ServiceError};

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Created(CreatedVersion),
    /// It surely had no effect.
    Failed(ServiceError),
    /// It was sent, and whether it had its effect is being found out.
    Unknown(ServiceError, Box<Look>),
    /// `--dry-run`: it would have been sent now.
    DryRun,
}

/// One request and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub request: CreateGroupVersion,
    pub result: Verdict,
    /// How many lines the body is scrolled down.
    pub scroll: Scroll,
}

impl Outcome {
    pub fn dry_run(request: CreateGroupVersion) -> Self {
        Self {
            request,
            result: Verdict::DryRun,
            scroll: Scroll::default(),
        }
    }

    /// Judges the answer; an outcome that is not certain is looked for at once.
    pub fn new(
        sent: Sent,
        answer: Result<CreatedVersion, ServiceError>,
        session: &mut Session,
    ) -> Self {
        let request = sent.request.clone();
        let result = match answer {
            Ok(created) => Verdict::Created(created),
            Err(error) if error.certainty == Certainty::NotExecuted => Verdict::Failed(error),
            Err(error) => Verdict::Unknown(error, Box::new(Look::begin(sent, session))),
        };
        Self {
            request,
            result,
            scroll: Scroll::default(),
        }
    }

    /// Takes in what the looking has found since; true when it settled the outcome just now.
    pub fn look_on(&mut self, session: &mut Session) -> bool {
        match &mut self.result {
            Verdict::Unknown(_, look) => look.refresh(session),
            Verdict::Created(_) | Verdict::Failed(_) | Verdict::DryRun => false,
        }
    }

    pub fn look_again(&mut self, number: u32, session: &mut Session) {
        if let Verdict::Unknown(_, look) = &mut self.result {
            look.again(number, session);
        }
    }

    /// The version that the looking found, where it found one.
    pub const fn found(&self) -> Option<&GroupVersionId> {
        match &self.result {
            Verdict::Unknown(_, look) => look.found(),
            Verdict::Created(_) | Verdict::Failed(_) | Verdict::DryRun => None,
        }
    }

    /// How the program ends when it is left from here.
    pub fn exit(&self) -> Exit {
        match &self.result {
            Verdict::Created(_) | Verdict::DryRun => Exit::Created,
            Verdict::Unknown(_, look) => match look.looked() {
                Looked::Found(_) => Exit::Created,
                Looked::Looking | Looked::NotThere | Looked::Failed(_) => Exit::OutcomeUnknown,
            },
            Verdict::Failed(_) => Exit::Failed,
        }
    }

    /// True while nobody knows whether the version exists.
    pub const fn is_unknown(&self) -> bool {
        matches!(&self.result, Verdict::Unknown(_, look) if look.found().is_none())
    }

    /// True while it is being looked for.
    pub const fn is_looking(&self) -> bool {
        matches!(&self.result, Verdict::Unknown(_, look) if matches!(look.looked(), Looked::Looking))
    }

    /// True until the looking has ended with a finding.
    pub const fn is_still_looked_for(&self) -> bool {
        match &self.result {
            Verdict::Unknown(_, look) => {
                matches!(look.looked(), Looked::Looking | Looked::Failed(_))
            }
            Verdict::Created(_) | Verdict::Failed(_) | Verdict::DryRun => false,
        }
    }

    pub fn is_success(&self) -> bool {
        matches!(self.exit(), Exit::Created)
    }

    /// The new version's ARN, the error in full, or the request.
    fn to_copy(&self) -> String {
        match &self.result {
            Verdict::Created(created) => created.arn.clone().unwrap_or_default(),
            Verdict::Failed(error) | Verdict::Unknown(error, _) => error.to_string(),
            Verdict::DryRun => text::request_json(&self.request),
        }
    }

    /// All of it as a text: the receipt or the error, then the request.
    fn lines(&self) -> Vec<TextLine> {
        let mut lines = match &self.result {
            Verdict::Created(created) => {
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
            Verdict::Failed(error) | Verdict::Unknown(error, _) => text::error_lines(error),
            Verdict::DryRun => Vec::new(),
        };
        lines.extend(text::request_lines(&self.request));
        lines
    }
}

impl View for Outcome {
    fn context(&self) -> Context {
        Context::Outcome
    }

    fn enter_label(&self, _session: &Session) -> Option<&'static str> {
        Some(if self.is_success() {
            "go on"
        } else {
            "back to the draft"
        })
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        if let Verdict::Unknown(_, look) = &self.result {
            look.wants(session, wanted);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command can be obeyed at any time"
    )]
    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        match command {
            _ if command.scrolls() => SHOWN_WHOLE.when(self.scroll.is_all_shown()),
            Command::Retry if self.is_looking() => {
                Some(Unavailable::NotNow("it is being looked for"))
            }
            Command::Retry => {
                Unavailable::NotHere("there is nothing to look for").when(!self.is_unknown())
            }
            Command::Copy => Unavailable::NotHere("the answer has no ARN")
                .when(matches!(&self.result, Verdict::Created(created) if created.arn.is_none())),
            _ => None,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends a screen only its own commands"
    )]
    fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let page = usize::from(session.size.body_rows()) / 2;
        match command {
            Command::Open | Command::Back
                if self.is_success() && self.result != Verdict::DryRun =>
            {
                return Transition::ToNewBase;
            }
            Command::Open | Command::Back => {
                if self.is_still_looked_for() {
                    session.left_unknown = session.creation();
                }
                return Transition::Back;
            }
            Command::Up => self.scroll.up(1),
            Command::Down => self.scroll.down(1),
            Command::PageUp => self.scroll.up(page),
            Command::PageDown => self.scroll.down(page),
            Command::First => self.scroll.to_start(),
            Command::Last => self.scroll.to_end(),
            Command::Retry => {
                if let Verdict::Unknown(_, look) = &mut self.result {
                    look.start_over(session);
                }
            }
            Command::Copy => session.effect(Effect::Copy(self.to_copy())),
            Command::PlainText => {
                return Transition::Read(Subject::Lines {
                    title: "outcome",
                    lines: self.lines(),
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
