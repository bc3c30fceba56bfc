//! The Assemble screen: seven panes, one of them open, and a side preview if there is room.

mod closed_pane;
mod columns;
mod open_pane;
mod preview;
mod version_row;

use crate::app::App;
use crate::app::screen::assemble::Assemble;
use crate::domain::DefinitionKind;
use crate::ui::widget::canvas::{Canvas, size_of};

/// Draws the panes from top to bottom, each with the height used for paging.
pub(super) fn draw(app: &App, assemble: &Assemble, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let size = size_of(canvas.area);
    let preview = assemble.preview.mode().filter(|_| session.size().is_wide());
    let width = preview.map_or(size.width, |_| size.list_beside_preview());
    let rows = session.size().pane_rows(assemble.focus);
    let mut panes = canvas.columns(0, width);
    let mut top = 0;
    for kind in DefinitionKind::ALL {
        let height = usize::from(rows[kind]);
        let mut pane = panes.part(top, height);
        if kind == assemble.focus {
            // Below a short list the other panes follow at once.
            top += open_pane::draw(session, assemble, &mut pane);
        } else {
            closed_pane::draw(session, kind, &mut pane);
            top += height;
        }
    }
    if let Some(mode) = preview {
        let mut beside = canvas.columns(width, u16::MAX);
        preview::draw(session, &assemble.preview, mode, &mut beside);
    }
}
