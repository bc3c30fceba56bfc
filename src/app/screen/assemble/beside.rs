//! The text beside the panes, made anew only when what it is made of has changed.

use super::{Assemble, PreviewMode};
use crate::app::overlay::reader::{Subject, subject_lines};
use crate::app::remote::Remote;
use crate::app::session::Session;
use crate::app::text::{TextLine, Tone};

/// What stands beside the panes.
#[derive(Debug, Default)]
pub struct Beside {
    of: Option<(PreviewMode, Option<Subject>, Vec<Known>)>,
    pub lines: Vec<TextLine>,
}

/// Whether one of the contents that a text is made of is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    NotYet,
    Ready,
    Failed,
}

impl Beside {
    /// What the text is about; none where there is nothing to show.
    pub fn subject(&self) -> Option<&Subject> {
        self.of
            .as_ref()
            .and_then(|(_, subject, _)| subject.as_ref())
    }
}

impl Assemble {
    /// Half a page; how far the text goes is seen to by the refresh that follows.
    pub(super) fn scroll_beside(&mut self, session: &Session, is_down: bool) {
        let half = usize::from(session.size.list_rows()) / 2;
        self.preview_top = if is_down {
            self.preview_top + half
        } else {
            self.preview_top.saturating_sub(half)
        };
    }

    /// Takes in what has changed below: the highlighted version, the base, what was read.
    pub fn refresh_beside(&mut self, session: &Session) {
        let mode = self.preview.filter(|_| session.size.has_side_preview());
        let Some(mode) = mode else {
            self.beside = Beside::default();
            return;
        };
        let subject = self.preview_subject(mode, session);
        let known = subject.iter().flat_map(Subject::contents).map(|arn| {
            match session.catalog.contents.get(arn) {
                Remote::Unasked | Remote::Loading => Known::NotYet,
                Remote::Ready(_) => Known::Ready,
                Remote::Failed(_) => Known::Failed,
            }
        });
        let of = Some((mode, subject.clone(), known.collect()));
        if self.beside.of != of {
            let lines = match &subject {
                Some(subject) => subject_lines(subject, session),
                None => vec![TextLine::new(Tone::Faint, "There is no version to show.")],
            };
            self.beside = Beside { of, lines };
        }
        let rows = usize::from(session.size.list_rows());
        self.preview_top = self
            .preview_top
            .min(self.beside.lines.len().saturating_sub(rows));
    }
}
