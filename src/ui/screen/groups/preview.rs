//! The preview next to the groups: slots, last deployment and draft of the group under the cursor.

use crate::app::Session;
use crate::app::overlay::deployment::newest;
use crate::app::remote::{Listing, Remote};
use crate::app::screen::groups::GroupPreview;
use crate::domain::failure_reason::errors;
use crate::domain::{DefinitionKind, Deployment, DeploymentPhase, Group, GroupId, ServiceError};
use crate::ui::naming::{day, group_name, held_name, held_short, in_draft};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::row::{Row, SHORT_ID};
use crate::ui::widget::side;
use crate::ui::widget::text_block::TextBlock;

/// The width of the names: `subscription` and two blanks.
const LABEL: usize = 14;

/// Draws the group, or nothing until the cursor has rested.
pub(super) fn draw(session: &Session, preview: &GroupPreview, canvas: &mut Canvas<'_, '_>) {
    let group = preview.group().and_then(|id| session.catalog().group(id));
    let title = group.map_or_else(|| "group".to_owned(), group_name);
    // The vertical line and a blank take two cells.
    let room = canvas.width().saturating_sub(2);
    let mut text = Text {
        session,
        body: TextBlock::new(canvas.theme, room),
    };
    if let Some(group) = group {
        text.group(group);
    }
    side::draw(canvas, &title, |place, _| {
        text.body.lines.get(place).cloned().unwrap_or_default()
    });
}

/// The lines under construction.
struct Text<'a> {
    session: &'a Session,
    body: TextBlock<'a>,
}

impl<'a> Text<'a> {
    fn group(&mut self, group: &Group) {
        let theme = self.body.theme;
        self.body.line(0, theme.plain, group.id.as_str());
        self.slots(group);
        self.body.blank();
        self.deployment(&group.id);
        if let Some(changed) = self.session.changed_in_draft(&group.id) {
            let row = self.labelled("draft");
            self.body.add(row.text(theme.changed, &in_draft(changed)));
        }
    }

    fn labelled(&self, label: &str) -> Row<'a> {
        self.body.row().cell(self.body.theme.faint, label, LABEL)
    }

    /// The latest version, and the versions in its slots.
    fn slots(&mut self, group: &Group) {
        let theme = self.body.theme;
        let catalog = self.session.catalog();
        let row = self.labelled("latest");
        let Some(latest) = &group.latest else {
            return self.body.add(row.text(theme.faint, "no version yet"));
        };
        let row = row.text(theme.plain, latest.short());
        let version = match catalog.group_version(&group.id, latest) {
            Remote::Ready(version) => version,
            Remote::Failed(error) => return self.failed(row, error),
            Remote::Unasked | Remote::Loading => {
                return self.body.add(row.gap(2).text(theme.faint, "reading…"));
            }
        };
        let row = row.gap(2).text(theme.faint, &day(version.created));
        self.body.add(row);
        self.body.blank();
        for kind in DefinitionKind::ALL {
            let row = self.labelled(kind.name());
            self.body.add(match version.slots.get(kind) {
                Some(held) => {
                    let cells = row.left().saturating_sub(1 + SHORT_ID);
                    row.name(theme.plain, &held_name(catalog, held), cells)
                        .gap(1)
                        .text(theme.faint, held_short(held))
                }
                None => row.text(theme.empty, "-"),
            });
        }
    }

    fn deployment(&mut self, group: &GroupId) {
        let theme = self.body.theme;
        let catalog = self.session.catalog();
        let listing = catalog.deployments(group);
        let row = self.labelled("deployed");
        if let Some(error) = listing.and_then(Listing::error) {
            return self.failed(row, error);
        }
        if listing.is_none_or(Listing::is_growing) {
            return self.body.add(row.text(theme.faint, "reading…"));
        }
        let Some(newest) = newest(group, self.session) else {
            return self.body.add(row.text(theme.faint, "never"));
        };
        let row = row.text(theme.plain, subject(newest)).gap(2);
        let status = match catalog.deployment_status(&newest.id) {
            Remote::Ready(status) => status,
            Remote::Failed(error) => return self.failed(row, error),
            Remote::Unasked | Remote::Loading => {
                return self.body.add(row.text(theme.faint, "reading…"));
            }
        };
        let style = match status.phase() {
            DeploymentPhase::Failure => theme.error,
            DeploymentPhase::Building | DeploymentPhase::InProgress => theme.warning,
            DeploymentPhase::Success | DeploymentPhase::Other => theme.plain,
        };
        let row = row.text(style, status.word()).gap(2);
        self.body.add(row.text(theme.faint, &day(newest.created)));
        for error in errors(status) {
            self.error(&error.message);
        }
    }

    fn failed(&mut self, first: Row<'_>, error: &ServiceError) {
        self.body.add(first);
        self.error(&error.to_string());
    }

    fn error(&mut self, text: &str) {
        for part in wrap(text, self.body.width.saturating_sub(2)) {
            self.body.line(2, self.body.theme.error, &part);
        }
    }
}

/// The subject of the newest deployment.
fn subject(deployment: &Deployment) -> &str {
    match &deployment.version {
        Some(version) if !deployment.is_reset() => version.short(),
        Some(_) | None => "reset",
    }
}
