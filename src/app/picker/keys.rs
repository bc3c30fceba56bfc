//! The keys of a list: the search line, moves among the rows, the order.

use std::hash::Hash;

use super::{CursorHold, DrawnCursor, Picker};
use crate::app::command::Command;
use crate::app::key::KeyPress;
use crate::search::Sort;

impl<Id: Clone + Eq + Hash> Picker<Id> {
    pub fn typed(&mut self, key: KeyPress) {
        if self.is_typing && self.input.press(key) {
            self.query_changed();
        }
    }

    pub fn pasted(&mut self, text: &str) {
        if self.is_typing {
            self.input.paste(text);
            self.query_changed();
        }
    }

    fn query_changed(&mut self) {
        self.drawn.is_at_rest = false;
        self.has_edited_line = true;
        self.search.set_query(self.input.as_str());
        self.is_best_wanted = true;
    }

    /// Ends the search: removes the filter and keeps the cursor.
    pub fn end_search(&mut self) {
        self.drawn = DrawnCursor::default();
        self.is_typing = false;
        self.input.clear();
        self.search.set_query("");
        self.hold = CursorHold::Touched;
    }

    /// Moves, searches or sorts; false for a command that a list does not have.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other commands are those of the screen"
    )]
    pub fn command(&mut self, command: Command, rows: usize) -> bool {
        if self.hold == CursorHold::Placed {
            self.hold = CursorHold::Touched;
        }
        self.drawn.is_at_rest = false;
        // A key acts on the result of the query, not on an outdated list.
        self.search.settle();
        self.select_best();
        match command {
            Command::Search => {
                self.is_typing = true;
                self.has_edited_line = true;
            }
            Command::LeaveSearch => self.is_typing = false,
            Command::ClearSearch => self.end_search(),
            Command::Back if self.has_search_line() => self.end_search(),
            Command::Sort => self.search.set_sort(next_sort(self.search.sort())),
            _ => return self.step(command, (rows / 2).max(1)),
        }
        true
    }

    /// True if `command` changed an order that the filter hides.
    pub fn hides_order(&self, command: Command) -> bool {
        command == Command::Sort && !self.input.is_empty()
    }

    /// Moves the cursor; false for a command that does not move.
    fn step(&mut self, command: Command, page: usize) -> bool {
        let selected = self.selected.as_ref();
        let place = selected.and_then(|id| self.place_of(id)).unwrap_or(0);
        let last = self.matching().saturating_sub(1);
        let Some(place) = command.moved(place, last, page) else {
            return false;
        };
        self.selected = self.id_at(place).cloned();
        self.hold = CursorHold::Touched;
        self.drawn.place = None;
        self.has_edited_line = false;
        true
    }
}

const fn next_sort(sort: Sort) -> Sort {
    match sort {
        Sort::Own => Sort::Newest,
        Sort::Newest => Sort::Name,
        Sort::Name => Sort::LatestFirst,
        Sort::LatestFirst => Sort::Own,
    }
}
