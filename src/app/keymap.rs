//! Which key means which command where: the one table behind dispatch, footer, help and the README.

mod context;
mod in_force;
mod table;

pub use context::KeyContext;
pub use in_force::{KeyConflict, Keymap};
pub use table::{BINDINGS, Binding};
