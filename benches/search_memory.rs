//! Measures the memory of 100 000 versions, in the index and in the program, and the allocations of one key.
//!
//! `cargo bench --bench search_memory`
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_macros,
    clippy::cast_precision_loss,
    reason = "a bench prints what it measured, and may panic"
)]

#[path = "opened/account.rs"]
mod account;

#[expect(dead_code, reason = "the bench of time uses the rest")]
#[path = "search/corpus.rs"]
mod corpus;

use std::alloc::System;

use corpus::Corpus;
use greengroup::app::event::{Answer, Event, Reply};
use greengroup::app::{App, Request};
use greengroup::domain::{
    Content, DefinitionKind, DefinitionVersion, DefinitionVersionArn, Page, ReadVersion, Timestamp,
};
use greengroup::search::Search;
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const VERSIONS: usize = 100_000;

/// Megabytes that the whole program may have resident with all of them listed, and with their contents read too.
const MAX_RESIDENT: f64 = 60.0;
const MAX_RESIDENT_WITH_CONTENTS: f64 = 110.0;

const VERSIONS_OF_EACH: usize = VERSIONS / account::DEFINITIONS;

fn main() {
    print_resident();
    print_index();
}

/// Measures the app with a name and ten versions for each definition, after the memory of an empty program.
fn print_resident() {
    let before = resident();
    let mut app = account::opened(account::pages());
    for number in 0..account::DEFINITIONS {
        answer_versions(&mut app, number, VERSIONS_OF_EACH);
    }
    let read = app.session.catalog().version_count().read;
    assert_eq!(read, VERSIONS, "the app has taken all of them in");
    print_target("names and ARNs", before, MAX_RESIDENT);
    let mut random = corpus::Random(0x636f_6e74_656e_7473);
    // The program asks for a content with the ARN of the list, and keeps one text for both.
    for number in 0..account::DEFINITIONS {
        let definition = account::arn(number).definition_id();
        let listed = app.session.catalog().versions(&definition).unwrap().items();
        let listed: Vec<DefinitionVersionArn> =
            listed.iter().map(|version| version.arn.clone()).collect();
        for arn in listed {
            let items: Vec<String> = (0..corpus::ITEMS_OF_A_VERSION)
                .map(|_| corpus::item(random.below(corpus::DISTINCT_ITEMS)))
                .collect();
            answer_content(&mut app, arn, &items);
        }
    }
    let known = app.session.catalog().contents.known();
    assert!(known >= VERSIONS, "{known} contents were taken in");
    print_target(
        "names, ARNs and five items each",
        before,
        MAX_RESIDENT_WITH_CONTENTS,
    );
    drop(app);
}

fn print_target(what: &str, before: f64, most: f64) {
    let after = resident();
    let outcome = if after < most { "met" } else { "MISSED" };
    println!(
        "{VERSIONS} versions with {what} in the app: {after:.1} MB resident, {before:.1} MB without them; target of {most} MB {outcome}"
    );
}

/// Megabytes resident now; Linux only.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.map_or(0.0, |number| number.parse::<f64>().unwrap() * 1024.0 / 1e6)
}

fn print_index() {
    let corpus = Corpus::new(VERSIONS);
    let mut region = Region::new(ALLOCATOR);
    let mut search = Search::new();
    for row in &corpus.rows {
        search.push(&row.arn, &row.attributes());
    }
    print_bytes("index", &region);
    search.settle();
    print_bytes("index and orders", &region);
    for row in 0..corpus.rows.len() {
        let number = u32::try_from(row).unwrap();
        search.set_items(number, corpus.items_of(row));
    }
    print_bytes("index, orders and five items each", &region);
    for query in &corpus.queries {
        type_in(&mut search, query);
    }
    print_bytes("index, orders and all that searching keeps", &region);
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

/// Adds `count` versions of a definition, the latest first, to the app.
fn answer_versions(app: &mut App, number: usize, count: usize) {
    let definition = account::arn(number).definition_id();
    let request = Request::DefinitionVersions(DefinitionKind::Function, definition, None);
    app.session.ask_again(request.clone());
    let versions = (0..count).map(|version| DefinitionVersion {
        arn: account::version_arn(number, version * account::DEFINITIONS + number),
        created: Some(Timestamp::from_milliseconds(1_600_000_000_000)),
    });
    let page = Page {
        items: versions.collect(),
        next: None,
        unreadable: 0,
    };
    reply(app, request, Answer::DefinitionVersions(Ok(page)));
}

/// Answers a demanded request; the next event sends it.
fn reply(app: &mut App, request: Request, answer: Answer) {
    app.update(Event::Ticked);
    let epoch = app.session.loader().epoch();
    app.update(Event::Replied(Box::new(Reply {
        epoch,
        request,
        answer,
    })));
}

/// Lets the app read a content with these functions.
fn answer_content(app: &mut App, arn: DefinitionVersionArn, items: &[String]) {
    let lambda = "arn:aws:lambda:eu-central-1:111122223333:function";
    let functions: Vec<Value> = (0..)
        .zip(items)
        .map(|(number, item)| {
            json!({
                "Id": format!("item-{number}"),
                "FunctionArn": format!("{lambda}:{item}"),
                "FunctionConfiguration": {"MemorySize": 16384, "Timeout": 3, "EncodingType": "json"},
            })
        })
        .collect();
    let content = json!({ "Functions": functions });
    let version = ReadVersion {
        content: Content::from_json(DefinitionKind::Function, content).unwrap(),
        created: Some(Timestamp::from_milliseconds(1_600_000_000_000)),
        next: None,
    };
    let request = Request::Content(arn, None);
    app.session.ask_again(request.clone());
    reply(app, request, Answer::Content(Ok(Box::new(version))));
}
