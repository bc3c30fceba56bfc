//! A text over the whole screen, scrolled and searched like in a pager.

use crate::app::command::Command;
use crate::app::effect::{Effect, Request};
use crate::app::key::KeyPress;
use crate::app::loader::{Urgency, Wanted};
use crate::app::remote::Remote;
use crate::app::screen::Transition;
use crate::app::screen::outcome::{Outcome, Verdict};
use crate::app::session::Session;
use crate::app::text::{self, TextLine, Tone};
use crate::app::text_input::TextInput;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::work::Work;
use crate::domain::{Content, DefinitionKind, DefinitionVersionArn, GroupId};

/// What the text is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    Content(DefinitionVersionArn),
    Diff {
        before: Option<DefinitionVersionArn>,
        after: Option<DefinitionVersionArn>,
    },
    /// The draft's request, to be selected by hand.
    Draft,
    Request,
    Groups(Vec<GroupId>),
    Outcome(Box<Outcome>),
}

/// The text, where one stands in it, and what is searched for.
#[derive(Debug)]
pub struct Reader {
    pub subject: Subject,
    pub lines: Vec<TextLine>,
    pub top: usize,
    /// Columns scrolled to the right.
    pub left: usize,
    /// Whether longer lines go on below themselves.
    pub is_wrapped: bool,
    pub search: TextInput,
    is_typing: bool,
    /// The line that the search stands on.
    pub found: Option<usize>,
}

/// How far one key scrolls sideways.
const COLUMNS_PER_STEP: usize = 8;

impl Reader {
    pub fn new(subject: Subject, session: &Session) -> Self {
        let mut reader = Self {
            subject,
            lines: Vec::new(),
            top: 0,
            left: 0,
            is_wrapped: false,
            search: TextInput::default(),
            is_typing: false,
            found: None,
        };
        reader.refresh(session);
        reader
    }

    pub fn refresh(&mut self, session: &Session) {
        self.lines = subject_lines(&self.subject, session);
    }

    pub fn title(&self) -> String {
        match &self.subject {
            Subject::Content(arn) => format!("{} {}", arn.kind(), arn.short()),
            Subject::Diff { before, after } => {
                let short = |arn: &Option<DefinitionVersionArn>| {
                    arn.as_ref()
                        .map_or("(empty)", DefinitionVersionArn::short)
                        .to_owned()
                };
                format!("{} -> {}", short(before), short(after))
            }
            Subject::Draft | Subject::Request => "request".to_owned(),
            Subject::Groups(_) => "groups".to_owned(),
            Subject::Outcome(_) => "outcome".to_owned(),
        }
    }

    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    pub fn typed(&mut self, key: KeyPress) {
        if self.is_typing && self.search.press(key) {
            self.find_from(self.top, 1);
        }
    }

    pub fn pasted(&mut self, text: &str) {
        if self.is_typing {
            self.search.paste(text);
            self.find_from(self.top, 1);
        }
    }

    pub fn wants(&self, wanted: &mut Vec<Wanted>) {
        let requests = self.subject.contents().cloned().map(Request::Content);
        wanted.extend(requests.map(|request| Wanted {
            urgency: Urgency::Now,
            request,
        }));
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command can be obeyed at any time"
    )]
    pub fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        let rows = usize::from(session.size.list_rows());
        match command {
            _ if command.scrolls() => {
                SHOWN_WHOLE.when(!self.is_wrapped && self.lines.len() <= rows)
            }
            Command::Left | Command::Right => {
                Unavailable::NotNow("lines are wrapped, so nothing stands beside them")
                    .when(self.is_wrapped)
            }
            Command::NextMark | Command::PreviousMark => {
                Unavailable::NotNow("nothing is searched for").when(self.search.is_empty())
            }
            _ => None,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends an overlay only its own commands"
    )]
    pub fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let rows = usize::from(session.size.list_rows());
        match command {
            Command::Up => self.top = self.top.saturating_sub(1),
            Command::Down => self.top += 1,
            Command::PageUp => self.top = self.top.saturating_sub(rows / 2),
            Command::PageDown => self.top += rows / 2,
            Command::First => self.top = 0,
            Command::Last => self.top = usize::MAX,
            Command::Left => self.left = self.left.saturating_sub(COLUMNS_PER_STEP),
            Command::Right => self.left += COLUMNS_PER_STEP,
            Command::Search => {
                self.is_typing = true;
                self.search.clear();
            }
            Command::LeaveSearch => self.is_typing = false,
            Command::Open if self.is_typing => self.is_typing = false,
            Command::ClearSearch => {
                self.is_typing = false;
                self.search.clear();
                self.found = None;
            }
            Command::NextMark => {
                self.find_from(self.found.map_or(self.top, |at| at + 1), 1);
                self.tell_when_missing(session);
            }
            Command::PreviousMark => {
                let count = self.lines.len();
                self.find_from(
                    self.found.unwrap_or(self.top) + count.saturating_sub(1),
                    count.saturating_sub(1),
                );
                self.tell_when_missing(session);
            }
            Command::Wrap => {
                self.is_wrapped = !self.is_wrapped;
                self.left = 0;
                session.notify(if self.is_wrapped {
                    "Lines that are longer than the screen go on below."
                } else {
                    "Lines that are longer than the screen are cut."
                });
            }
            Command::Copy => session.effect(Effect::Copy(self.whole_text())),
            Command::Save => session.effect(Effect::SaveText {
                name: self.title(),
                text: self.whole_text(),
            }),
            Command::Open => return Transition::Close,
            _ => {}
        }
        self.fit(session);
        Transition::Stay
    }

    /// No room stays empty that lines could fill.
    pub fn fit(&mut self, session: &Session) {
        let rows = usize::from(session.size.list_rows());
        // Of wrapped lines fewer fit, so that the last one may stand alone on the screen.
        let rows_at_end = if self.is_wrapped { 1 } else { rows };
        self.top = self.top.min(self.lines.len().saturating_sub(rows_at_end));
    }

    fn tell_when_missing(&self, session: &mut Session) {
        if self.found.is_none() {
            session.notify("What is searched for is not in this text.");
        }
    }

    fn whole_text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }

    /// Goes to the first line that holds what is searched for, from `start` on in steps of `step`, round the end.
    fn find_from(&mut self, start: usize, step: usize) {
        let count = self.lines.len();
        let needle = self.search.as_str().to_lowercase();
        self.found = if needle.is_empty() || count == 0 {
            None
        } else {
            let places = (0..count).map(|turn| (start + turn * step) % count);
            let holds = |place: &usize| {
                self.lines
                    .get(*place)
                    .is_some_and(|line| line.text.to_lowercase().contains(&needle))
            };
            places.into_iter().find(holds)
        };
        if let Some(found) = self.found {
            self.top = found.saturating_sub(2);
        }
    }
}

impl Subject {
    /// The contents that the text is made of.
    pub fn contents(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        let arns = match self {
            Self::Content(arn) => [Some(arn), None],
            Self::Diff { before, after } => [before.as_ref(), after.as_ref()],
            Self::Draft | Self::Request | Self::Groups(_) | Self::Outcome(_) => [None, None],
        };
        arns.into_iter().flatten()
    }
}

/// The whole text.
pub fn subject_lines(subject: &Subject, session: &Session) -> Vec<TextLine> {
    match subject {
        Subject::Content(arn) => match content_of(arn, session) {
            Ok(content) => text::content_lines(content),
            Err(lines) => lines,
        },
        Subject::Diff { before, after } => diff_subject(before.as_ref(), after.as_ref(), session),
        Subject::Draft => text::draft_lines(session, None),
        Subject::Request => session
            .work
            .as_ref()
            .and_then(Work::request)
            .map(|request| text::request_lines(&request))
            .unwrap_or_default(),
        Subject::Groups(shown) => {
            let line = |id: &GroupId| {
                let name = session
                    .catalog
                    .group(id)
                    .and_then(|group| group.name.as_deref());
                format!("{id} {}", name.unwrap_or("(no name)"))
            };
            let lines = shown.iter().map(line);
            lines
                .map(|line| TextLine::new(Tone::Plain, &line))
                .collect()
        }
        Subject::Outcome(outcome) => outcome_lines(outcome),
    }
}

/// The content, or the lines that say why it is not there.
fn content_of<'a>(
    arn: &DefinitionVersionArn,
    session: &'a Session,
) -> std::result::Result<&'a Content, Vec<TextLine>> {
    match session.catalog.contents.get(arn) {
        Remote::Ready(content) => Ok(content),
        Remote::Failed(error) => Err(text::error_lines(error)),
        Remote::Unasked | Remote::Loading => Err(vec![TextLine::new(
            Tone::Faint,
            "The content is being read.",
        )]),
    }
}

fn diff_subject(
    before: Option<&DefinitionVersionArn>,
    after: Option<&DefinitionVersionArn>,
    session: &Session,
) -> Vec<TextLine> {
    let kind = after
        .or(before)
        .map_or(DefinitionKind::Core, DefinitionVersionArn::kind);
    let nothing = Content::empty(kind);
    let read = |arn: Option<&DefinitionVersionArn>| {
        arn.map_or(Ok(&nothing), |arn| content_of(arn, session))
    };
    match (read(before), read(after)) {
        (Ok(before), Ok(after)) => text::diff_lines(before, after),
        (Err(lines), _) | (_, Err(lines)) => lines,
    }
}

fn outcome_lines(outcome: &Outcome) -> Vec<TextLine> {
    let mut lines = match &outcome.result {
        Verdict::Created(created) => {
            let fact = |name: &str, value: &Option<String>| {
                TextLine::new(
                    Tone::Plain,
                    &format!("{name:<18} {}", value.as_deref().unwrap_or("-")),
                )
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
    lines.extend(text::request_lines(&outcome.request));
    lines
}
