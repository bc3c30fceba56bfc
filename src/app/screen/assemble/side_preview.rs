//! The preview next to the panes: the content of a version, or its difference from another.

use crate::app::remote::Remote;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::text::{TextLine, Tone, first_line_with};
use crate::domain::DefinitionVersionArn;

/// Whether the content or its difference is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewMode {
    Content,
    Diff,
}

/// The side preview: its text is cached by its inputs.
#[derive(Debug, Default)]
pub struct SidePreview {
    /// The mode that the user has opened.
    opened: Option<PreviewMode>,
    /// The content is not shown automatically.
    is_off: bool,
    /// The version to compare with, instead of the slot's base.
    compared: Option<DefinitionVersionArn>,
    subject: Option<Subject>,
    loaded: Vec<Loaded>,
    /// The texts that the search matched in it.
    texts: Vec<String>,
    lines: Vec<TextLine>,
    scroll: Scroll,
}

/// The state of a content in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loaded {
    NotYet,
    Ready,
    Failed,
}

impl SidePreview {
    /// The mode, if there is room; `None` while the preview is off.
    pub fn mode(&self) -> Option<PreviewMode> {
        let by_itself = (!self.is_off).then_some(PreviewMode::Content);
        self.opened.or(by_itself)
    }

    /// True if the user has opened it: Back closes it before the screen.
    pub const fn is_opened(&self) -> bool {
        self.opened.is_some()
    }

    /// The subject of the text; `None` if there is nothing to show.
    pub const fn subject(&self) -> Option<&Subject> {
        self.subject.as_ref()
    }

    pub fn lines(&self) -> &[TextLine] {
        &self.lines
    }

    /// The number of lines above the visible ones, with room for `rows`.
    pub fn top(&self, rows: usize) -> usize {
        self.scroll.hidden(self.lines.len().saturating_sub(rows))
    }

    /// Switches to `mode`, or off if it is already on.
    pub fn toggle(&mut self, mode: PreviewMode) {
        let is_shown = self.mode() == Some(mode);
        self.is_off |= is_shown && mode == PreviewMode::Content;
        let comes_by_itself = mode == PreviewMode::Content && !self.is_off;
        self.opened = (!is_shown && !comes_by_itself).then_some(mode);
        self.scroll.to_start();
    }

    /// Closes a preview that the user has opened.
    pub const fn close(&mut self) {
        self.opened = None;
    }

    /// The version that was marked for comparison.
    pub const fn compared(&self) -> Option<&DefinitionVersionArn> {
        self.compared.as_ref()
    }

    /// Compares with `arn`, or with the base again if `arn` was marked; true for the former.
    pub fn compare(&mut self, arn: DefinitionVersionArn) -> bool {
        let is_new = self.compared.as_ref() != Some(&arn);
        self.compared = is_new.then_some(arn);
        is_new
    }

    /// Scrolls by half a page of `rows`.
    pub fn scroll(&mut self, is_down: bool, rows: usize) {
        if is_down {
            self.scroll.down(rows / 2);
        } else {
            self.scroll.up(rows / 2);
        }
        self.scroll.end_at(self.lines.len().saturating_sub(rows));
    }

    /// Shows the loaded part of `subject`, from the first line with one of `texts`.
    pub fn refresh(&mut self, subject: Option<Subject>, texts: &[String], session: &Session) {
        let loaded: Vec<Loaded> = subject
            .iter()
            .flat_map(Subject::contents)
            .map(|arn| match session.catalog().contents.get(arn) {
                Remote::Unasked | Remote::Loading => Loaded::NotYet,
                Remote::Ready(_) => Loaded::Ready,
                Remote::Failed(_) => Loaded::Failed,
            })
            .collect();
        let is_news = self.subject != subject || self.texts != texts || self.loaded != loaded;
        if is_news || self.lines.is_empty() {
            self.lines = match &subject {
                Some(subject) => subject.lines(session),
                None => vec![TextLine::new(Tone::Faint, "No version.")],
            };
        }
        if is_news {
            let first = first_line_with(&self.lines, texts).unwrap_or(0);
            self.scroll.go_to(first.saturating_sub(2));
        }
        texts.clone_into(&mut self.texts);
        (self.subject, self.loaded) = (subject, loaded);
        let rows = usize::from(session.size().list_rows());
        self.scroll.end_at(self.lines.len().saturating_sub(rows));
    }

    /// Clears the text while it is not on screen.
    pub fn clear(&mut self) {
        self.subject = None;
        self.loaded.clear();
        self.lines.clear();
    }
}
