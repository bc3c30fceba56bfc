//! What the index of 100 000 versions takes, and how often one key allocates.
//!
//! `cargo bench --bench search_memory`
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_macros,
    clippy::cast_precision_loss,
    reason = "a bench prints what it measured, and may panic"
)]

#[expect(dead_code, reason = "the bench of time uses the rest")]
#[path = "search/corpus.rs"]
mod corpus;

use std::alloc::System;

use corpus::Corpus;
use greengroup::search::Search;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const VERSIONS: usize = 100_000;

fn main() {
    let corpus = Corpus::new(VERSIONS);
    let mut region = Region::new(ALLOCATOR);
    let mut search = Search::new();
    for row in &corpus.rows {
        search.push(&row.arn, &row.attributes());
    }
    print_bytes("index", &region);
    search.settle();
    print_bytes("index and orders", &region);
    for query in &corpus.queries {
        type_in(&mut search, query);
    }
    print_bytes("index, orders and all that searching keeps", &region);
    search.shrink();
    print_bytes("the same without room for more rows", &region);
    println!("\n| key | names scored at most | allocations | bytes kept |\n|---|---|---|---|");
    for query in ["p", "pr", "pre", "press", "press f", "press fu"] {
        region.reset();
        search.set_query(query);
        search.settle();
        let change = region.change();
        let kept = change.bytes_allocated.cast_signed() - change.bytes_deallocated.cast_signed();
        let names = corpus.distinct_names.len();
        println!("| {query:?} | {names} | {} | {kept} |", change.allocations);
    }
}

fn type_in(search: &mut Search, query: &str) {
    for end in 1..=query.len() {
        search.set_query(&query[..end]);
        search.settle();
    }
}

fn print_bytes(what: &str, region: &Region<'_, System>) {
    let change = region.change();
    let bytes = change.bytes_allocated.cast_signed() - change.bytes_deallocated.cast_signed();
    println!("{VERSIONS} versions, {what}: {:.1} MB", bytes as f64 / 1e6);
}
