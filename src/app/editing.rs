//! A content in the user's editor: its subject, its text, and the version that it becomes.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use super::App;
use super::edit_step::{EditStep, EditSubject};
use super::effect::{EditRequest, TerminalEffect};
use super::event::{EditFailure, EditedText};
use super::notice::{EditNotice, Notice};
use super::overlay::definition_name::DefinitionName;
use super::overlay::fixes::Fixes;
use super::overlay::swap::Swap;
use super::session::Session;
use crate::domain::Content;
use crate::domain::check::of_content;
use crate::domain::content_template;
use crate::domain::content_text::{self, COMMENT, TextProblem};
use crate::domain::refusal;

/// A content that the user edits.
#[derive(Debug)]
pub(super) struct Editing {
    subject: EditSubject,
    /// Comment lines above the text: the errors in it, or an explanation of its members.
    header: String,
    body: String,
    /// The content before the edit; `None` for a new definition.
    before: Option<Arc<Content>>,
    /// The text is the user's, and was rejected.
    is_wrong: bool,
}

impl Editing {
    fn new(subject: EditSubject, session: &Session) -> Option<Self> {
        let (header, body, before) = match &subject {
            EditSubject::Version(arn) => {
                let content = session.catalog().contents.get(arn).ready()?;
                let body = content_text::write(content);
                (String::new(), body, Some(Arc::clone(content)))
            }
            EditSubject::NewDefinition(kind, _) => {
                let help = content_template::help(*kind).to_owned();
                (help, content_template::text(*kind), None)
            }
        };
        Some(Self {
            subject,
            header,
            body,
            before,
            is_wrong: false,
        })
    }

    fn request(&self, session: &Session, line: Option<usize>) -> EditRequest {
        let name = match &self.subject {
            EditSubject::Version(arn) => session.definition_name(arn),
            EditSubject::NewDefinition(_, name) => Some(name.clone()),
        };
        let name = name.unwrap_or_else(|| self.subject.kind().to_string());
        EditRequest {
            name: file_name(&name),
            text: format!("{}{}", self.header, self.body),
            line: line.map(|line| self.header.lines().count() + line),
        }
    }

    /// The user's text without the header.
    fn body_of<'a>(&self, text: &'a str) -> &'a str {
        text.strip_prefix(self.header.as_str()).unwrap_or(text)
    }

    /// The same edit again, with the problems above the text.
    fn with_problems(self, body: &str, problems: &[TextProblem]) -> Self {
        Self {
            header: header("Not taken. Leave the text as it is to give up.", problems),
            body: body.to_owned(),
            is_wrong: true,
            ..self
        }
    }

    /// The text with the service's refusal of this version above it. Also returns the line with the error.
    fn with_refusal(self, session: &Session) -> (Self, Option<usize>) {
        let refused = self.before.as_ref().zip(session.refusal(&self.subject));
        let Some((content, error)) = refused else {
            return (self, None);
        };
        let reasons = refusal::reasons(error, content).into_iter();
        let problems: Vec<TextProblem> = reasons
            .map(|reason| TextProblem {
                line: reason
                    .items
                    .iter()
                    .find_map(|id| content_text::line_of_item(&self.body, id)),
                message: reason.message,
            })
            .collect();
        let line = problems.iter().find_map(|problem| problem.line);
        let header = header("The service refused this version.", &problems);
        (Self { header, ..self }, line)
    }
}

/// Comment lines with the problems.
fn header(first: &str, problems: &[TextProblem]) -> String {
    let mut header = format!("{COMMENT} {first}\n");
    // The line numbers are those in the editor.
    let above = problems.len() + 1;
    for problem in problems {
        let place = problem
            .line
            .map_or_else(String::new, |line| format!("line {}: ", line + above));
        let message = problem.message.replace(['\n', '\r'], " ");
        _ = writeln!(header, "{COMMENT} {place}{message}");
    }
    header
}

impl App {
    pub(super) fn edit_step(&mut self, step: EditStep) {
        match step {
            EditStep::Name(kind) => {
                let name = DefinitionName::new(kind, &self.session);
                self.views.open_overlay(name);
            }
            EditStep::Open(subject) => {
                self.views.close_overlays();
                self.edit(subject);
            }
            EditStep::Swap => self.views.open_overlay(Swap::new(&self.session)),
            EditStep::Fix(subject) => self
                .views
                .open_overlay(Fixes::new(&subject, &mut self.session)),
            EditStep::Written => {
                self.views.close_overlay();
                self.session.know_written();
                self.draft_changed();
            }
        }
    }

    fn edit(&mut self, subject: EditSubject) {
        if let Some(editing) = Editing::new(subject, &self.session) {
            let (editing, line) = editing.with_refusal(&self.session);
            self.open_editor(editing, line);
        }
    }

    fn open_editor(&mut self, editing: Editing, line: Option<usize>) {
        let request = editing.request(&self.session, line);
        self.editing = Some(editing);
        self.terminal(TerminalEffect::Edit(request));
    }

    /// The editor has ended.
    pub(super) fn edited(&mut self, edited: Result<EditedText, EditFailure>) {
        let Some(editing) = self.editing.take() else {
            return;
        };
        let edited = match edited {
            Ok(edited) => edited,
            Err(failure) => {
                let notice = EditNotice::Failed(failure);
                return self.session.notify(Notice::Edit(notice));
            }
        };
        let body = editing.body_of(&edited.text).to_owned();
        let notice = match self.read_back(&editing, &body) {
            Ok(None) if editing.is_wrong => None,
            Ok(None) => Some(EditNotice::Unchanged(edited.returned_at_once)),
            Ok(Some(content)) => self.take_content(&editing, content),
            Err(problems) => {
                self.remove_edited(edited.path);
                let line = problems.iter().find_map(|problem| problem.line);
                return self.open_editor(editing.with_problems(&body, &problems), line);
            }
        };
        let notice = if let Some(notice) = notice {
            self.remove_edited(edited.path);
            notice
        } else {
            EditNotice::GivenUp(edited.path)
        };
        self.session.notify(Notice::Edit(notice));
    }

    fn remove_edited(&mut self, path: PathBuf) {
        self.terminal(TerminalEffect::RemoveEdited(path));
    }

    /// The content in the user's text; `None` if nothing was changed.
    fn read_back(
        &self,
        editing: &Editing,
        body: &str,
    ) -> Result<Option<Content>, Vec<TextProblem>> {
        if body == editing.body {
            return Ok(None);
        }
        let read = content_text::read(editing.subject.kind(), body);
        let Some(content) = read.map_err(|problem| vec![problem])? else {
            return Ok(None);
        };
        if editing.before.as_deref() == Some(&content) && !editing.is_wrong {
            return Ok(None);
        }
        let broken = self.broken_rules(editing, &content);
        if broken.is_empty() {
            Ok(Some(content))
        } else {
            Err(broken)
        }
    }

    /// The rules that the new content breaks by itself, and that the old one did not.
    fn broken_rules(&self, editing: &Editing, content: &Content) -> Vec<TextProblem> {
        let Some(version) = self.session.new_version(&editing.subject, content.clone()) else {
            return Vec::new();
        };
        let scope = self.session.scope();
        let before = editing.before.as_ref();
        let before = before.map(|before| of_content(version.arn(), before, &scope));
        let before = before.unwrap_or_default();
        of_content(version.arn(), &version.content, &scope)
            .into_iter()
            .filter(|finding| !before.iter().any(|one| one.message == finding.message))
            .map(|finding| TextProblem {
                line: None,
                message: finding.message,
            })
            .collect()
    }

    /// Creates a version of the content and puts it into the slot; `None` if that fails.
    fn take_content(&mut self, editing: &Editing, content: Content) -> Option<EditNotice> {
        let arn = self.session.write_content(&editing.subject, content)?;
        self.session.know_written();
        self.draft_changed();
        let (kind, short) = (arn.kind(), arn.short().to_owned());
        Some(if arn.is_new() {
            EditNotice::Written(kind, short)
        } else {
            EditNotice::SameContent(kind, short)
        })
    }
}

/// A file name that is valid on every file system.
fn file_name(name: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let name: String = name
        .chars()
        .take(80)
        .map(|character| if is_plain(character) { character } else { '-' })
        .collect();
    format!("{}.json", name.trim_start_matches('.'))
}
