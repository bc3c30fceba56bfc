//! The order does not depend on the order of typing or of adding rows.

use greengroup::search::{Search, SearchProgress, Sort};
use proptest::prelude::*;

use super::corpus::{query, row, rows};
use super::{Row, order_of, push, reference, search_over, set_items};

fn expected(rows: &[Row], query: &str) -> Vec<u32> {
    if reference::has_words(query) {
        return reference::order(rows, query);
    }
    search_over(rows).order().to_vec()
}

/// All texts of up to `most` of these letters.
fn texts(letters: &[char], most: usize) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut from = 0;
    for _ in 0..most {
        let to = texts.len();
        for at in from..to {
            for letter in letters {
                texts.push(format!("{}{letter}", texts[at]));
            }
        }
        from = to;
    }
    texts.split_off(1)
}

fn named(names: &[String]) -> Vec<Row> {
    names
        .iter()
        .map(|name| Row {
            name: Some(name.clone()),
            arn: String::new(),
            created: None,
            is_base: false,
            is_latest: false,
            items: Vec::new(),
        })
        .collect()
}

/// The matcher keeps bonuses of earlier calls: tries every short name after every other.
#[test]
fn no_score_depends_on_what_was_scored_before() {
    for (letters, longest_name, longest_word) in [
        (['a', 'b', '-'].as_slice(), 5, 3),
        (['a', 'b'].as_slice(), 7, 5),
        (['a', 'A', 'b'].as_slice(), 4, 4),
        (['a', 'A', 'x', '1', '-', '(', 'é'].as_slice(), 4, 2),
    ] {
        let rows = named(&texts(letters, longest_name));
        let mut search = search_over(&rows);
        for word in texts(letters, longest_word) {
            assert_eq!(
                order_of(&mut search, &word),
                reference::order(&rows, &word),
                "{word:?}"
            );
            for (number, row) in (0..).zip(&rows) {
                let mut alone = search_over(std::slice::from_ref(row));
                alone.set_query(&word);
                alone.settle();
                let places = search.highlights(number).name;
                assert_eq!(
                    places,
                    alone.highlights(0).name,
                    "{word:?} in {:?}",
                    row.name
                );
            }
        }
    }
}

#[test]
fn two_threads_answer_alike() {
    let rows = named(&texts(&['a', 'b', 'C'], 5));
    let answers = || {
        let mut search = search_over(&rows);
        ["aa", "aab", "ba", "C", "ab ba"].map(|query| order_of(&mut search, query))
    };
    std::thread::scope(|scope| {
        let beside = scope.spawn(answers);
        assert_eq!(answers(), beside.join().unwrap());
    });
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: std::env::var_os("PROPTEST_CASES").map_or(96, |_| ProptestConfig::default().cases),
        ..ProptestConfig::default()
    })]

    #[test]
    fn typed_pasted_and_erased(rows in rows(40), query in query(), keep in 0_usize..6) {
        let mut typed = search_over(&rows);
        for (end, letter) in query.char_indices() {
            let so_far = &query[..end + letter.len_utf8()];
            prop_assert_eq!(order_of(&mut typed, so_far), expected(&rows, so_far), "{:?}", so_far);
        }
        let pasted = order_of(&mut search_over(&rows), &query);
        prop_assert_eq!(typed.order(), &pasted);
        let short: String = query.chars().take(keep).collect();
        prop_assert_eq!(order_of(&mut typed, &short), expected(&rows, &short));
        prop_assert_eq!(order_of(&mut typed, &query), pasted);
    }

    #[test]
    fn own_definition_first_among_items(rows in rows(30), query in query()) {
        prop_assume!(!rows.is_empty() && reference::has_words(&query));
        let mut search = search_over(&rows);
        search.set_own(&rows[0].arn);
        let expected = reference::order_with_own(&rows, Some(&rows[0].arn), &query);
        prop_assert_eq!(order_of(&mut search, &query), expected, "{:?}", query);
    }

    #[test]
    fn words_of_one_letter_and_of_two(
        names in prop::collection::vec("[abxABX1. é-]{0,24}", 1..40),
        words in prop::collection::vec("[abxABX12.é-]{1,2}", 1..12),
    ) {
        let rows = named(&names);
        let mut search = search_over(&rows);
        for word in words {
            prop_assert_eq!(order_of(&mut search, &word), expected(&rows, &word), "{:?}", word);
        }
    }

    #[test]
    fn edited_anywhere(rows in rows(40), queries in prop::collection::vec(query(), 1..6)) {
        let mut search = search_over(&rows);
        for query in queries {
            prop_assert_eq!(order_of(&mut search, &query), expected(&rows, &query), "{:?}", query);
        }
    }

    #[test]
    fn rows_that_arrive_while_a_query_stands(
        batches in prop::collection::vec((rows(12), query()), 1..6),
        budget in 1_usize..20,
    ) {
        let mut search = Search::new();
        let mut all = Vec::new();
        for (batch, query) in batches {
            search.set_query(&query);
            search.advance(budget);
            for row in batch {
                let number = push(&mut search, &row);
                prop_assert_eq!(number as usize, all.len());
                all.push(row);
            }
            while search.advance(budget) == SearchProgress::Working {}
            prop_assert_eq!(search.order(), expected(&all, &query), "{:?}", query);
        }
    }

    #[test]
    fn a_query_typed_faster_than_it_is_answered(
        rows in rows(40), query in query(), budget in 1_usize..30,
    ) {
        let mut search = Search::new();
        for row in &rows {
            push(&mut search, row);
        }
        for (end, letter) in query.char_indices() {
            search.set_query(&query[..end + letter.len_utf8()]);
            search.advance(budget);
        }
        search.settle();
        prop_assert_eq!(search.order(), expected(&rows, &query));
    }

    #[test]
    fn rows_that_change(
        rows in rows(30), query in query(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), row()), 0..10),
    ) {
        prop_assume!(!rows.is_empty());
        let mut search = search_over(&rows);
        let mut rows = rows;
        order_of(&mut search, &query);
        for (place, row) in changes {
            let number = place.index(rows.len());
            search.revise(u32::try_from(number).unwrap(), &row.attributes());
            set_items(&mut search, u32::try_from(number).unwrap(), &row);
            rows[number] = Row { arn: rows[number].arn.clone(), ..row };
        }
        search.settle();
        prop_assert_eq!(search.order(), expected(&rows, &query));
        search.clear();
        for row in &rows {
            push(&mut search, row);
        }
        search.settle();
        prop_assert_eq!(search.order(), expected(&rows, &query));
    }

    #[test]
    fn without_a_query_the_sort_decides(batches in prop::collection::vec(rows(30), 1..5)) {
        let own = batches.iter().flatten().next().map(|row| row.arn.clone()).unwrap_or_default();
        for sort in [Sort::Own, Sort::Newest, Sort::Name, Sort::LatestFirst] {
            let mut search = Search::new();
            search.set_sort(sort);
            search.set_own(&own);
            for row in batches.iter().flatten() {
                search.push(&row.arn, &row.attributes());
            }
            search.settle();
            let mut grown = Search::new();
            for batch in &batches {
                for row in batch {
                    grown.push(&row.arn, &row.attributes());
                }
                grown.settle();
            }
            grown.set_sort(sort);
            grown.set_own(&own);
            grown.settle();
            prop_assert_eq!(search.order(), grown.order());
        }
    }
}
