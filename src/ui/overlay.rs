//! The overlays: views above a screen.

mod account_menu;
mod base_history;
mod calls;
mod help;
mod menu;
mod pager;
mod question;
mod rebase_dialog;
mod where_used;

use super::widget::canvas::Canvas;
use crate::app::App;
use crate::app::overlay::{Overlay, overlays};

/// True for an overlay that hides the entire screen below.
pub(super) const fn covers(overlay: &Overlay) -> bool {
    !matches!(overlay, Overlay::Question(_))
}

/// Draws an overlay between header and footer, by the file that has the name of its state.
pub(super) fn draw(app: &App, overlay: &Overlay, canvas: &mut Canvas<'_, '_>) {
    macro_rules! draw_by_name {
        ($($name:ident $module:ident,)*) => {
            match overlay {
                $(Overlay::$name(view) => $module::draw(app, view, canvas),)*
            }
        };
    }
    if covers(overlay) {
        canvas.clear();
    }
    overlays!(draw_by_name);
}
