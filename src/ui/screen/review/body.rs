//! The body of the Review screen: slots, findings, where the group stands, and the request.

use std::ops::Range;

use ratatui::text::Line;

use super::{findings, slots};
use crate::app::Session;
use crate::app::screen::review::{Review, ReviewLine, ReviewStage};
use crate::app::text::request_lines;
use crate::app::work::Work;
use crate::ui::Theme;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::row::Row;
use crate::ui::widget::rule::Rule;
use crate::ui::widget::text_lines::whole_lines;

/// Every line of the body, and which of them the cursor is on.
pub(super) struct Body<'a> {
    pub(super) theme: &'a Theme,
    pub(super) width: usize,
    pub(super) lines: Vec<Line<'static>>,
    pub(super) cursor: Option<Range<usize>>,
}

impl<'a> Body<'a> {
    pub(super) fn new(session: &Session, review: &Review, theme: &'a Theme, width: usize) -> Self {
        let mut body = Self {
            theme,
            width,
            lines: Vec::new(),
            cursor: None,
        };
        let current = review.current_line(session);
        body.group(session, review);
        slots::add(&mut body, session, review, current);
        findings::add(&mut body, session, current);
        body.request(session);
        body
    }

    pub(super) fn row(&self) -> Row<'a> {
        Row::new(self.theme, self.width)
    }

    pub(super) fn add(&mut self, row: Row<'_>) {
        self.lines.push(row.line());
    }

    pub(super) fn title(&mut self, title: &str, right: &str) {
        let mut rule = Rule::titled(self.theme, title);
        rule.right = right;
        self.lines.push(rule.line(self.theme, self.width));
    }

    /// The sign before a line that the cursor can stand on.
    pub(super) fn marker(&self, line: ReviewLine, current: Option<ReviewLine>) -> &'static str {
        if current == Some(line) {
            self.theme.symbols.marker
        } else {
            ""
        }
    }

    /// Whether the group still stands where the draft began.
    fn group(&mut self, session: &Session, review: &Review) {
        let theme = self.theme;
        let (style, text) = match &review.stage {
            ReviewStage::Reading => (
                theme.faint,
                "The group is being read, to see whether it has moved.".to_owned(),
            ),
            ReviewStage::NotRead(error) => (
                theme.error,
                format!(
                    "The group could not be read again: {error}. {}",
                    error.advice()
                ),
            ),
            ReviewStage::Moved(latest) => (
                theme.warning,
                format!(
                    "The group has MOVED: version {} was created since this draft began.",
                    latest.as_str()
                ),
            ),
            ReviewStage::Rereading => {
                (theme.faint, "The group is being read once more.".to_owned())
            }
            ReviewStage::Ready if review.is_sent(session) => (
                theme.warning,
                "CreateGroupVersion is sent; its answer is awaited.".to_owned(),
            ),
            ReviewStage::Ready => (theme.plain, ready(session)),
        };
        for part in wrap(&text, self.width.saturating_sub(2)) {
            let row = self.row().gap(1).text(style, &part);
            self.add(row);
        }
    }

    fn request(&mut self, session: &Session) {
        let Some(request) = session.work().and_then(Work::request) else {
            return;
        };
        self.title("request", "");
        for line in request_lines(&request) {
            self.lines
                .extend(whole_lines(self.theme, &line, 3, self.width));
        }
    }
}

fn ready(session: &Session) -> String {
    let draft = session.work().and_then(Work::draft);
    let base = draft.and_then(|draft| draft.base().version.as_ref());
    let latest = draft
        .and_then(|draft| session.catalog().group(draft.group()))
        .and_then(|group| group.latest.as_ref());
    match (base, latest) {
        (None, None) => "This is the group's first version.".to_owned(),
        (Some(base), Some(latest)) if base == latest => format!(
            "The group has not moved: its latest version is still the base, {}.",
            base.short()
        ),
        (Some(base), Some(latest)) => format!(
            "The draft is based on {}, while the latest version is {}: creating supersedes it.",
            base.short(),
            latest.short()
        ),
        (None, Some(latest)) => format!(
            "The draft began empty, while the latest version is {}.",
            latest.short()
        ),
        (Some(base), None) => format!("The draft is based on {}.", base.short()),
    }
}
