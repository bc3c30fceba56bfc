//! A list to choose from: its rows, their search, and a selection that stays on its row.

mod keys;

use std::collections::HashMap;
use std::hash::Hash;

use super::text_input::TextInput;
use crate::domain::Timestamp;
use crate::domain::content::TermField;
use crate::search::{Attributes, Highlights, ItemMatch, Search, SearchProgress, Sort};

/// The cursor when the list was last drawn.
#[derive(Debug, Clone, Copy, Default)]
struct DrawnCursor {
    /// The index of the selected row; `None` after the cursor moved.
    place: Option<usize>,
    /// No key has come since. The cursor then stays on its line, even if rows below the last one are missing.
    is_at_rest: bool,
}

/// The rule for the cursor when rows arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CursorHold {
    /// It stays on the first row.
    First,
    /// It was placed on its row and no key has come: the rows above stay visible.
    Placed,
    /// A key has come: rows that arrive above do not move it on the screen.
    Touched,
}

/// Rows, each with a unique id. A row's number is its number in the search.
#[derive(Debug)]
pub struct Picker<Id> {
    search: Search,
    /// By their numbers.
    rows: Vec<KnownRow<Id>>,
    numbers: HashMap<Id, u32>,
    with_contents: usize,
    selected: Option<Id>,
    /// The index of the first drawn row.
    top: usize,
    drawn: DrawnCursor,
    input: TextInput,
    is_typing: bool,
    /// The last key edited the search line; it did not move among the rows.
    has_edited_line: bool,
    hold: CursorHold,
    /// The query changed: the cursor goes to the best match when it is found.
    is_best_wanted: bool,
}

#[derive(Debug)]
struct KnownRow<Id> {
    id: Id,
    created: Option<Timestamp>,
    has_contents: bool,
}

/// Shown instead of a missing name.
pub const NO_NAME: &str = "(no name)";

/// The work of one search step, in names, definitions or rows. It takes a few milliseconds, then keys are
/// handled.
const SEARCH_BUDGET: usize = 10_000;

/// The data of a row besides its id.
#[derive(Debug, Clone, Copy)]
pub struct PickerRow<'a> {
    pub arn: &'a str,
    pub name: Option<&'a str>,
    pub created: Option<Timestamp>,
    pub is_base: bool,
    pub is_latest: bool,
    /// It does not exist yet.
    pub is_new: bool,
}

/// Other texts by which a search finds a row.
#[derive(Debug, Clone, Copy)]
pub struct RowTexts<'a> {
    pub texts: &'a [(TermField, &'a str)],
    /// The texts include those of its contents.
    pub has_contents: bool,
}

impl PickerRow<'_> {
    /// The sort key by time; a row that does not exist yet is the newest.
    fn newest_first(&self) -> Option<i64> {
        if self.is_new {
            Some(i64::MAX)
        } else {
            self.created.map(Timestamp::milliseconds)
        }
    }
}

/// One row to draw.
#[derive(Debug)]
pub struct VisibleRow<'a, Id> {
    pub id: &'a Id,
    pub created: Option<Timestamp>,
    pub is_selected: bool,
    pub highlights: Highlights,
}

impl<Id> Default for Picker<Id> {
    fn default() -> Self {
        Self {
            search: Search::new(),
            rows: Vec::new(),
            numbers: HashMap::new(),
            with_contents: 0,
            selected: None,
            top: 0,
            drawn: DrawnCursor::default(),
            input: TextInput::default(),
            is_typing: false,
            has_edited_line: true,
            hold: CursorHold::First,
            is_best_wanted: false,
        }
    }
}

impl<Id: Clone + Eq + Hash> Picker<Id> {
    /// An empty list with this initial order.
    pub fn sorted(sort: Sort) -> Self {
        let mut picker = Self::default();
        picker.search.set_sort(sort);
        picker
    }

    /// Adds or updates a row. [`Self::reveal`] then moves it to its place.
    pub fn put(&mut self, id: Id, row: PickerRow<'_>, found_by: RowTexts<'_>) {
        let attributes = Attributes {
            name: row.name,
            created: row.newest_first(),
            is_base: row.is_base,
            is_latest: row.is_latest,
        };
        let number = if let Some(&number) = self.numbers.get(&id) {
            self.search.revise(number, &attributes);
            number
        } else {
            let number = self.search.push(row.arn, &attributes);
            self.rows.push(KnownRow {
                id: id.clone(),
                created: None,
                has_contents: false,
            });
            self.numbers.insert(id, number);
            number
        };
        if let Some(known) = self.rows.get_mut(number as usize) {
            self.with_contents -= usize::from(known.has_contents);
            self.with_contents += usize::from(found_by.has_contents);
            known.has_contents = found_by.has_contents;
            known.created = row.created;
        }
        self.search
            .set_items(number, found_by.texts.iter().copied());
    }

    /// The number of rows with the texts of their contents.
    pub const fn with_contents(&self) -> usize {
        self.with_contents
    }

    /// The rows without the texts of their contents.
    pub fn without_contents(&self) -> impl Iterator<Item = &Id> {
        let rows = self.rows.iter().filter(|row| !row.has_contents);
        rows.map(|row| &row.id)
    }

    /// The matching rows in order, each with the matching item, if any.
    pub fn matches(&self) -> impl Iterator<Item = (&Id, Option<ItemMatch>)> {
        let matched = |number: u32| self.search.highlights(number).item;
        let numbers = self.search.order().iter();
        numbers.filter_map(move |&number| Some((&self.row(number)?.id, matched(number))))
    }

    /// The matching item of the selected row, if neither its name nor its ids match.
    pub fn selected_match(&self) -> Option<ItemMatch> {
        let number = *self.numbers.get(self.selected()?)?;
        self.search.highlights(number).item
    }

    pub fn has(&self, id: &Id) -> bool {
        self.numbers.contains_key(id)
    }

    /// When the row was created, if that was known at the last update.
    pub fn created(&self, id: &Id) -> Option<Timestamp> {
        self.row(*self.numbers.get(id)?)?.created
    }

    /// The number of rows, matching or not.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn matching(&self) -> usize {
        self.search.order().len()
    }

    pub fn sort(&self) -> Sort {
        self.search.sort()
    }

    pub const fn input(&self) -> &TextInput {
        &self.input
    }

    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// True while the next key edits the search line.
    pub const fn is_in_line(&self) -> bool {
        self.is_typing && self.has_edited_line
    }

    /// The text of the search line, while it has the focus.
    pub fn search_text(&self) -> Option<&str> {
        self.is_typing.then(|| self.input.as_str())
    }

    /// True if the search line is shown: it has the focus or a filter.
    pub fn has_search_line(&self) -> bool {
        self.is_typing || !self.input.is_empty()
    }

    pub fn selected(&self) -> Option<&Id> {
        let selected = self.selected.as_ref()?;
        self.place_of(selected).map(|_| selected)
    }

    /// Moves the cursor to a row, which may arrive later.
    pub fn select(&mut self, id: Id) {
        self.selected = Some(id);
        if self.hold == CursorHold::First {
            self.hold = CursorHold::Placed;
        }
        self.drawn = DrawnCursor::default();
    }

    /// True once [`Self::set_own`] was called for these rows.
    pub fn has_own(&self) -> bool {
        self.search.has_own()
    }

    /// Moves the cursor to a row, unless a key has moved it.
    pub fn suggest(&mut self, id: Id) {
        if self.hold == CursorHold::First && self.has(&id) {
            self.select(id);
        }
    }

    /// Lets [`Sort::Own`] begin with the versions of the same definition as `arn`.
    pub fn set_own(&mut self, arn: &str) {
        self.search.set_own(arn);
    }

    /// All matching rows in order.
    pub fn ordered_ids(&self) -> impl Iterator<Item = &Id> {
        let numbers = self.search.order().iter();
        numbers.filter_map(|&number| Some(&self.row(number)?.id))
    }

    /// The drawn rows, if there is room for `rows`.
    pub fn window(&self, rows: usize) -> impl Iterator<Item = VisibleRow<'_, Id>> {
        let order = self.search.order();
        let window = order.get(self.top..).unwrap_or_default();
        let window = window.get(..rows).unwrap_or(window);
        let highlights = self.search.highlights_of(window);
        let window = window.iter().zip(highlights);
        window.filter_map(|(&number, highlights)| {
            let row = self.row(number)?;
            Some(VisibleRow {
                id: &row.id,
                created: row.created,
                is_selected: self.selected.as_ref() == Some(&row.id),
                highlights,
            })
        })
    }

    /// The ids of the drawn rows.
    pub fn window_ids(&self, rows: usize) -> impl Iterator<Item = &Id> {
        self.ordered_ids().skip(self.top).take(rows)
    }

    /// True while the order does not match the query yet; [`Self::reveal`] continues the search.
    pub fn is_searching(&self) -> bool {
        !self.search.is_settled()
    }

    /// The list has another height, so the view is filled again.
    pub const fn resized(&mut self) {
        self.drawn.is_at_rest = false;
    }

    /// Keeps the row under the cursor, whatever arrives.
    pub fn hold(&mut self) {
        if self.selected().is_some() {
            self.hold = CursorHold::Touched;
        }
    }

    /// Runs one step of the search, then scrolls to the selection. The step is short enough that keys need
    /// not wait.
    pub fn reveal(&mut self, rows: usize) {
        if self.search.advance(SEARCH_BUDGET) == SearchProgress::Working {
            return;
        }
        self.select_best();
        let place = self.selected.as_ref().and_then(|id| self.place_of(id));
        let place = match place {
            Some(place) if self.hold != CursorHold::First => {
                // Rows that arrived above the cursor must not move it down.
                let before = self.drawn.place.unwrap_or(place);
                self.top = (self.top + place).saturating_sub(before);
                place
            }
            Some(_) | None => {
                // The row of the cursor may still arrive, so it is kept.
                if self.selected.is_none() || self.hold == CursorHold::First || self.is_typing {
                    self.selected = self.id_at(0).cloned();
                }
                0
            }
        };
        if self.hold != CursorHold::Touched {
            self.top = 0;
        }
        let last_top = self.matching().saturating_sub(rows);
        if place < self.top {
            self.top = place;
        } else if place >= self.top + rows.max(1) {
            self.top = place + 1 - rows.max(1);
        }
        if !self.drawn.is_at_rest || self.hold == CursorHold::First {
            self.top = self.top.min(last_top);
        }
        self.drawn.place = Some(place);
        self.drawn.is_at_rest = true;
    }

    /// While the user types, the cursor follows the best match.
    fn select_best(&mut self) {
        if std::mem::take(&mut self.is_best_wanted) {
            self.selected = self.id_at(0).cloned();
            self.hold = CursorHold::Touched;
            self.top = 0;
            self.drawn.place = None;
        }
    }

    /// Removes the rows; the cursor waits for its row.
    pub fn clear(&mut self) {
        self.search.clear();
        self.drawn = DrawnCursor::default();
        self.rows.clear();
        self.numbers.clear();
        self.with_contents = 0;
    }

    fn row(&self, number: u32) -> Option<&KnownRow<Id>> {
        self.rows.get(number as usize)
    }

    fn id_at(&self, place: usize) -> Option<&Id> {
        let number = *self.search.order().get(place)?;
        Some(&self.row(number)?.id)
    }

    fn place_of(&self, id: &Id) -> Option<usize> {
        self.search.position_of(*self.numbers.get(id)?)
    }
}
