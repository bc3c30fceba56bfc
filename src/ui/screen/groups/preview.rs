//! The preview next to the groups: slots, last deployment and draft of the group under the cursor.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::Session;
use crate::app::overlay::deployment::newest;
use crate::app::remote::{Listing, Remote};
use crate::app::screen::groups::GroupPreview;
use crate::domain::failure_reason::errors;
use crate::domain::{DefinitionKind, Deployment, DeploymentPhase, Group, GroupId, ServiceError};
use crate::ui::Theme;
use crate::ui::naming::{day, group_name, held_name, held_short, in_draft};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::row::{Row, SHORT_ID};
use crate::ui::widget::side;

/// The width of the names: `subscription` and two blanks.
const LABEL: usize = 14;

/// Draws the group, or nothing until the cursor has rested.
pub(super) fn draw(session: &Session, preview: &GroupPreview, canvas: &mut Canvas<'_, '_>) {
    let group = preview.group().and_then(|id| session.catalog().group(id));
    let title = group.map_or_else(|| "group".to_owned(), group_name);
    // The vertical line and a blank take two cells.
    let room = canvas.width().saturating_sub(2);
    let text = Text {
        theme: canvas.theme,
        room,
    };
    let lines = group.map_or_else(Vec::new, |group| text.of_group(group, session));
    side::draw(canvas, &title, |place, _| {
        lines.get(place).cloned().unwrap_or_default()
    });
}

/// Lines of this many cells.
struct Text<'a> {
    theme: &'a Theme,
    room: usize,
}

impl Text<'_> {
    fn of_group(&self, group: &Group, session: &Session) -> Vec<Line<'static>> {
        let mut lines = vec![
            Row::new(self.theme, self.room)
                .text(self.theme.plain, group.id.as_str())
                .line(),
        ];
        lines.extend(self.slots(group, session));
        lines.push(Line::default());
        lines.extend(self.deployment(&group.id, session));
        if let Some(changed) = session.changed_in_draft(&group.id) {
            let words = in_draft(changed);
            lines.push(
                self.labelled("draft")
                    .text(self.theme.changed, &words)
                    .line(),
            );
        }
        lines
    }

    fn labelled(&self, label: &str) -> Row<'_> {
        Row::new(self.theme, self.room).cell(self.theme.faint, label, LABEL)
    }

    /// The latest version, and the versions in its slots.
    fn slots(&self, group: &Group, session: &Session) -> Vec<Line<'static>> {
        let theme = self.theme;
        let Some(latest) = &group.latest else {
            let none = self.labelled("latest").text(theme.faint, "no version yet");
            return vec![none.line()];
        };
        let row = self.labelled("latest").text(theme.plain, latest.short());
        let version = match session.catalog().group_version(&group.id, latest) {
            Remote::Ready(version) => version,
            Remote::Failed(error) => return self.failed(&row.line(), error),
            Remote::Unasked | Remote::Loading => {
                return vec![row.gap(2).text(theme.faint, "reading…").line()];
            }
        };
        let mut lines = vec![row.gap(2).text(theme.faint, &day(version.created)).line()];
        lines.push(Line::default());
        lines.extend(DefinitionKind::ALL.into_iter().map(|kind| {
            let row = self.labelled(kind.name());
            let Some(held) = version.slots.get(kind) else {
                return row.text(theme.empty, "-").line();
            };
            let cells = row.left().saturating_sub(1 + SHORT_ID);
            row.name(theme.plain, &held_name(session.catalog(), held), cells)
                .gap(1)
                .text(theme.faint, held_short(held))
                .line()
        }));
        lines
    }

    fn deployment(&self, group: &GroupId, session: &Session) -> Vec<Line<'static>> {
        let theme = self.theme;
        let listing = session.catalog().deployments(group);
        let row = self.labelled("deployed");
        if let Some(error) = listing.and_then(Listing::error) {
            return self.failed(&row.line(), error);
        }
        if listing.is_none_or(Listing::is_growing) {
            return vec![row.text(theme.faint, "reading…").line()];
        }
        let Some(newest) = newest(group, session) else {
            return vec![row.text(theme.faint, "never").line()];
        };
        let row = row.text(theme.plain, &subject(newest)).gap(2);
        let status = match session.catalog().deployment_status(&newest.id) {
            Remote::Ready(status) => status,
            Remote::Failed(error) => return self.failed(&row.line(), error),
            Remote::Unasked | Remote::Loading => {
                return vec![row.text(theme.faint, "reading…").line()];
            }
        };
        let style = match status.phase() {
            DeploymentPhase::Failure => theme.error,
            DeploymentPhase::Building | DeploymentPhase::InProgress => theme.warning,
            DeploymentPhase::Success | DeploymentPhase::Other => theme.plain,
        };
        let row = row.text(style, status.word()).gap(2);
        let mut lines = vec![row.text(theme.faint, &day(newest.created)).line()];
        for error in errors(status) {
            lines.extend(self.wrapped(theme.error, &error.message));
        }
        lines
    }

    fn failed(&self, first: &Line<'static>, error: &ServiceError) -> Vec<Line<'static>> {
        let mut lines = vec![first.clone()];
        lines.extend(self.wrapped(self.theme.error, &error.to_string()));
        lines
    }

    fn wrapped(&self, style: Style, text: &str) -> Vec<Line<'static>> {
        let parts = wrap(text, self.room.saturating_sub(2));
        let rows = parts.iter().map(|part| {
            let row = Row::new(self.theme, self.room).gap(2);
            row.text(style, part).line()
        });
        rows.collect()
    }
}

/// The subject of the newest deployment.
fn subject(deployment: &Deployment) -> String {
    match &deployment.version {
        Some(version) if !deployment.is_reset() => version.short().to_owned(),
        Some(_) | None => "reset".to_owned(),
    }
}
