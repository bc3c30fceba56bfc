//! The line for the name of a new definition; the screen above it stays visible.

use crate::app::App;
use crate::app::overlay::definition_name::DefinitionName;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::search_line::search_line;

pub(super) fn draw(_app: &App, view: &DefinitionName, canvas: &mut Canvas<'_, '_>) {
    let mut panel = canvas.panel(3, &format!("new {} definition", view.kind));
    search_line(&mut panel, 1, "name", (&view.input, ""), true);
}
