//! The keymap: one table for dispatch, footer, help and the README.

mod context;
mod in_force;
mod table;

pub use context::KeyContext;
pub use in_force::{KeyConflict, Keymap};
pub use table::{BINDINGS, Binding};
