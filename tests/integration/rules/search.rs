//! Search: the expected order, and the same order from a naive reference.

mod allocations;
mod corpus;
mod grammar;
mod highlights;
mod items;
mod reference;
mod same_order;

use greengroup::domain::content::TermField;
use greengroup::search::{Attributes, Search};

/// A row in the tests.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: Option<String>,
    arn: String,
    created: Option<i64>,
    is_base: bool,
    is_latest: bool,
    items: Vec<(TermField, String)>,
}

impl Row {
    fn attributes(&self) -> Attributes<'_> {
        Attributes {
            name: self.name.as_deref(),
            created: self.created,
            is_base: self.is_base,
            is_latest: self.is_latest,
        }
    }
}

fn search_over(rows: &[Row]) -> Search {
    let mut search = Search::new();
    for row in rows {
        push(&mut search, row);
    }
    search.settle();
    search
}

fn push(search: &mut Search, row: &Row) -> u32 {
    let number = search.push(&row.arn, &row.attributes());
    set_items(search, number, row);
    number
}

fn set_items(search: &mut Search, number: u32, row: &Row) {
    let items = row.items.iter();
    search.set_items(number, items.map(|(field, text)| (*field, text.as_str())));
}

fn order_of(search: &mut Search, query: &str) -> Vec<u32> {
    search.set_query(query);
    search.settle();
    search.order().to_vec()
}
