//! The scrolling lines of the Review screen, with the parts that have no module of their own.

use std::ops::Range;

use ratatui::text::Line;

use crate::app::aws_cli::AwsCli;
use crate::app::screen::review::{Review, ReviewStage};
use crate::app::submission::{DefinitionStep, Submission};
use crate::app::text::request_lines;
use crate::app::work::Work;
use crate::app::{KeyContext, Session};
use crate::ui::Theme;
use crate::ui::advice::advice_with_key;
use crate::ui::keys::Keys;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::full_lines;
use crate::ui::widget::titled_rule::TitledRule;

/// The lines of the body, and the line of the cursor.
pub(super) struct Body<'a> {
    pub(super) theme: &'a Theme,
    pub(super) width: usize,
    pub(super) lines: Vec<Line<'static>>,
    pub(super) cursor: Option<Range<usize>>,
}

impl<'a> Body<'a> {
    pub(super) const fn new(theme: &'a Theme, width: usize) -> Self {
        Self {
            theme,
            width,
            lines: Vec::new(),
            cursor: None,
        }
    }

    pub(super) fn row(&self) -> Row<'a> {
        Row::new(self.theme, self.width)
    }

    pub(super) fn add(&mut self, row: Row<'_>) {
        self.lines.push(row.line());
    }

    pub(super) fn title(&mut self, title: &str, right: &str) {
        let mut rule = TitledRule::titled(self.theme, title);
        rule.right = right;
        self.lines.push(rule.line(self.theme, self.width));
    }

    /// Whether the group has a newer version than the draft's base.
    pub(super) fn group(&mut self, session: &Session, review: &Review) {
        let theme = self.theme;
        let (style, text) = match &review.stage {
            ReviewStage::Reading => (
                theme.faint,
                "Loading the group's latest version…".to_owned(),
            ),
            ReviewStage::NotRead(error) => (
                theme.error,
                format!(
                    "The group was not read again: {error}. {}",
                    advice_with_key(error.next_step(), Keys::new(session, KeyContext::Review))
                ),
            ),
            ReviewStage::Moved(latest) => (
                theme.warning,
                format!(
                    "MOVED: version {} was created after this draft started.",
                    latest.as_str()
                ),
            ),
            ReviewStage::Rereading => (
                theme.faint,
                "Loading the group's latest version once more…".to_owned(),
            ),
            ReviewStage::Ready if review.is_under_way(session) => {
                (theme.warning, under_way(session))
            }
            ReviewStage::Ready => (theme.plain, ready(session)),
        };
        for part in wrap(&text, self.width.saturating_sub(2)) {
            let row = self.row().gap(1).text(style, &part);
            self.add(row);
        }
    }

    pub(super) fn request(&mut self, session: &Session) {
        let Some(request) = session.work().and_then(Work::requests) else {
            return;
        };
        self.title(
            if request.definitions.is_empty() {
                "request"
            } else {
                "requests"
            },
            "",
        );
        for line in request_lines(&request, &AwsCli::of(session)) {
            self.lines
                .extend(full_lines(self.theme, &line, 3, self.width));
        }
    }
}

/// The request that is in flight, or whose outcome is looked for.
fn under_way(session: &Session) -> String {
    let work = session.work();
    let submission = work.and_then(|work| session.submissions().of(&work.group));
    let definition = submission.and_then(Submission::open_definition);
    let operation = definition.map(|step| step.request.create.operation());
    match (
        definition.is_some_and(DefinitionStep::is_unknown),
        operation,
    ) {
        (true, Some(operation)) => format!("Checking the outcome of {operation}…"),
        (_, operation) => {
            let operation = operation.as_deref().unwrap_or("CreateGroupVersion");
            format!("{operation} was sent. Waiting for the answer…")
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
        (Some(base), Some(latest)) if base == latest => {
            format!("Up to date: {} is still the latest version.", base.short())
        }
        (Some(base), Some(latest)) => format!(
            "The draft is based on {}, but the latest version is {}: the new version supersedes it.",
            base.short(),
            latest.short()
        ),
        (None, Some(latest)) => format!(
            "The draft started empty, but the latest version is {}.",
            latest.short()
        ),
        (Some(base), None) => format!("The draft is based on {}.", base.short()),
    }
}
