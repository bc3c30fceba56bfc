//! A list to choose from: its rows, the search over them, and a selection that stays on what it was on.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use super::text_input::TextInput;
use crate::search::{Highlights, Row, Search, Sort};

/// Rows of one kind, each known by its identity.
#[derive(Debug)]
pub struct Picker<Id> {
    search: Search,
    ids: Vec<Id>,
    rows: HashMap<Id, u32>,
    selected: Option<Id>,
    input: TextInput,
    is_typing: bool,
}

impl<Id> Default for Picker<Id> {
    fn default() -> Self {
        Self {
            search: Search::new(),
            ids: Vec::new(),
            rows: HashMap::new(),
            selected: None,
            input: TextInput::default(),
            is_typing: false,
        }
    }
}

/// One row as it is to be drawn.
#[derive(Debug)]
pub struct PickerRow<'a, Id> {
    pub id: &'a Id,
    pub is_selected: bool,
    pub highlights: Highlights,
}
