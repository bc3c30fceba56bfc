//! The allocations of a typed character do not grow with the rows.

use std::alloc::System;

use greengroup::domain::content::TermField;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use super::{Row, search_over};
use crate::support::program::{own_test, ran};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const NAMES: usize = 1_000;

/// The number of versions of each name.
const VERSIONS: [usize; 2] = [2, 20];

/// The maximum difference between two counts of one key, due to buffers that grow by doubling.
const GROWTH: usize = 8;

const QUERIES: [&str; 9] = [
    "fn:oven:4",
    "robot cell-6",
    "press line",
    "rbt",
    "camera !7",
    "^paint 3",
    "000012",
    "functions/00000",
    "l",
];

/// Definitions with several versions each and common words in their names.
fn rows(versions: usize) -> Vec<Row> {
    let words = ["press", "robot", "paint", "camera", "weld-cell", "line"];
    let row = |number: usize| {
        let definition = number / versions;
        Row {
            name: Some(format!(
                "{}-line-{definition}",
                words[definition % words.len()]
            )),
            arn: format!(
                "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/functions/{definition:08}-0000-4000-8000-000000000000/versions/{number:08}-1111-4111-8111-111111111111"
            ),
            created: i64::try_from(number).ok(),
            is_base: number == 7,
            is_latest: number.is_multiple_of(versions),
            items: vec![
                (TermField::Function, format!("oven:{}", definition % 50)),
                (TermField::Id, format!("cell-{}", definition % 70)),
            ],
        }
    };
    (0..NAMES * versions).map(row).collect()
}

/// The number of allocations of each key, including its order.
fn allocations_of_keys(versions: usize) -> Vec<(String, usize)> {
    let mut search = search_over(&rows(versions));
    let mut counts = Vec::new();
    // The first round allocates what a list needs once.
    for _ in 0..2 {
        counts.clear();
        for query in QUERIES {
            for end in 1..=query.len() {
                let region = Region::new(ALLOCATOR);
                search.set_query(&query[..end]);
                search.settle();
                let made = region.change();
                counts.push((
                    query[..end].to_owned(),
                    made.allocations + made.reallocations,
                ));
            }
        }
    }
    counts
}

/// `fuzzy-matcher` allocates a list of positions for each scored name, and versions share their name.
#[test]
#[ignore = "counts what its whole process allocates, so it runs in one of its own"]
fn in_a_process_of_its_own() {
    let [few, many] = VERSIONS.map(allocations_of_keys);
    for ((key, few), (_, many)) in few.iter().zip(&many) {
        println!("{key:?}: {few}, {many} with ten times the rows");
        assert!(*many <= few + GROWTH, "{key:?}: {few} became {many}");
        assert!(*many < NAMES, "{key:?}: {many} for {NAMES} names");
    }
    println!("all keys were counted");
}

#[test]
fn a_key_allocates_for_no_row() {
    let mut test = own_test("rules::search::allocations::in_a_process_of_its_own");
    let (status, printed, _) = ran(&mut test);
    assert_eq!(status, Some(0), "{printed}");
    assert!(printed.contains("all keys were counted"), "{printed}");
}
