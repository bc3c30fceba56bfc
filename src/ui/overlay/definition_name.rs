//! The line for the name of a new definition; the screen above it stays visible.

use crate::app::App;
use crate::app::overlay::definition_name::DefinitionName;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::search_line::search_line;
use crate::ui::widget::titled_rule::TitledRule;

/// Draws the line over the last lines of the screen.
pub(super) fn draw(_app: &App, view: &DefinitionName, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let top = canvas.height().saturating_sub(3);
    let mut panel = canvas.part(top, 3);
    panel.clear();
    let title = format!("new {} definition", view.kind);
    let mut rule = TitledRule::titled(theme, &title);
    rule.is_focused = true;
    panel.write(0, &rule.line(theme, panel.width()));
    search_line(&mut panel, 1, "name", (&view.input, ""), true);
}
