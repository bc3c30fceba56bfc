//! The overlays: views above a screen.

mod account_menu;
mod base_history;
mod calls;
mod definition_name;
mod deployment;
mod fixes;
mod help;
mod menu;
mod pager;
mod question;
mod rebase_dialog;
mod swap;
mod where_used;

use super::widget::canvas::Canvas;
use crate::app::App;
use crate::app::overlay::{Overlay, overlays};

/// True for an overlay that hides the entire screen below.
pub(super) const fn covers(overlay: &Overlay) -> bool {
    !matches!(overlay, Overlay::Question(_) | Overlay::DefinitionName(_))
}

/// The measurement of a draw function: none, or the number of lines by which the body can be scrolled.
trait Measured {
    fn max_hidden(self) -> Option<usize>;
}

impl Measured for () {
    fn max_hidden(self) -> Option<usize> {
        None
    }
}

impl Measured for usize {
    fn max_hidden(self) -> Option<usize> {
        Some(self)
    }
}

/// Draws an overlay between header and footer with the module of the same name. Returns the number of lines
/// by which its body can be scrolled, if it is measured.
pub(super) fn draw(app: &App, overlay: &Overlay, canvas: &mut Canvas<'_, '_>) -> Option<usize> {
    macro_rules! draw_by_name {
        ($($name:ident $module:ident,)*) => {
            match overlay {
                $(Overlay::$name(view) => $module::draw(app, view, canvas).max_hidden(),)*
            }
        };
    }
    if covers(overlay) {
        canvas.clear();
    }
    overlays!(draw_by_name)
}
