//! The building blocks of screens and overlays.

pub(super) mod buttons;
pub(super) mod canvas;
pub(super) mod cells;
pub(super) mod change;
pub(super) mod confirm_name;
mod failure;
pub(super) mod footer;
pub(super) mod header;
pub(super) mod highlighted;
pub(super) mod list;
pub(super) mod row;
pub(super) mod search_line;
pub(super) mod segments;
pub(super) mod side;
pub(super) mod text_block;
pub(super) mod text_lines;
pub(super) mod titled_rule;
