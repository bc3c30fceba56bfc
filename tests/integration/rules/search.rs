//! Search: the order people see, and the same order from a naive reference.

mod allocations;
mod corpus;
mod grammar;
mod highlights;
mod reference;
mod same_order;

use greengroup::search::{Attributes, Search};

/// A row as the tests write it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: Option<String>,
    arn: String,
    created: Option<i64>,
    is_base: bool,
    is_latest: bool,
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
        search.push(&row.arn, &row.attributes());
    }
    search.settle();
    search
}

fn order_of(search: &mut Search, query: &str) -> Vec<u32> {
    search.set_query(query);
    search.settle();
    search.order().to_vec()
}
