//! The compared engines: each answers one key with the matches, and highlights the best 50.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::hint::black_box;
use std::time::Instant;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use greengroup::search::Search;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str, Utf32String};

use crate::corpus::Corpus;

/// The rows of a tall terminal.
const VISIBLE: usize = 50;

pub(crate) trait Engine {
    fn label(&self) -> &'static str;
    fn key(&mut self, query: &str);
}

/// The label of this program where it searches contents too.
pub(crate) const WITH_ITEMS: &str = "greengroup, names and contents";

pub(crate) struct Ours(Search, &'static str);

impl Ours {
    pub(crate) fn new(corpus: &Corpus) -> Self {
        let mut search = Search::new();
        for row in &corpus.rows {
            search.push(&row.arn, &row.attributes());
        }
        search.settle();
        Self(search, "greengroup")
    }

    /// The same with five items in each version.
    pub(crate) fn with_items(corpus: &Corpus) -> Self {
        let Self(mut search, _) = Self::new(corpus);
        for row in 0..corpus.rows.len() {
            search.set_items(u32::try_from(row).unwrap(), corpus.items_of(row));
        }
        search.settle();
        Self(search, WITH_ITEMS)
    }
}

impl Engine for Ours {
    fn label(&self) -> &'static str {
        self.1
    }

    fn key(&mut self, query: &str) {
        self.0.set_query(query);
        self.0.settle();
        let order = self.0.order();
        let visible = order.get(..VISIBLE).unwrap_or(order);
        black_box(self.0.highlights_of(visible));
    }
}

pub(crate) struct Naive<'a> {
    matcher: SkimMatcherV2,
    texts: &'a [String],
}

impl<'a> Naive<'a> {
    pub(crate) fn new(corpus: &'a Corpus) -> Self {
        Self {
            matcher: SkimMatcherV2::default(),
            texts: &corpus.full_texts,
        }
    }
}

impl Engine for Naive<'_> {
    fn label(&self) -> &'static str {
        "fuzzy-matcher, full text"
    }

    fn key(&mut self, query: &str) {
        let matches = self.texts.iter().enumerate().filter_map(|(row, text)| {
            let score = self.matcher.fuzzy_match(text, query)?;
            Some((Reverse(score), row))
        });
        for (_, row) in best(matches.collect()) {
            black_box(self.matcher.fuzzy_indices(&self.texts[row], query));
        }
    }
}

/// Sorts only the first rows, to the advantage of the peers.
fn best<T: Ord>(mut matches: Vec<T>) -> Vec<T> {
    if matches.len() > VISIBLE {
        matches.select_nth_unstable(VISIBLE);
        matches.truncate(VISIBLE);
    }
    matches.sort_unstable();
    black_box(matches)
}

pub(crate) struct Nucleo {
    matcher: Matcher,
    texts: Vec<Utf32String>,
    /// For each name, its rows, if the texts are names.
    rows: Option<Vec<Vec<u32>>>,
    label: &'static str,
}

impl Nucleo {
    pub(crate) fn on_full_texts(corpus: &Corpus) -> Self {
        Self::new(&corpus.full_texts, None, "nucleo-matcher, full text")
    }

    pub(crate) fn on_items(corpus: &Corpus) -> Self {
        let label = "nucleo-matcher, full text of names and contents";
        Self::new(&corpus.texts_with_items(), None, label)
    }

    pub(crate) fn on_names(corpus: &Corpus) -> Self {
        Self::new(
            &corpus.distinct_names,
            Some(corpus.rows_of_name.clone()),
            "nucleo-matcher, names",
        )
    }

    fn new(texts: &[String], rows: Option<Vec<Vec<u32>>>, label: &'static str) -> Self {
        Self {
            matcher: Matcher::new(nucleo_matcher::Config::DEFAULT),
            texts: texts.iter().map(|text| text.as_str().into()).collect(),
            rows,
            label,
        }
    }

    fn text(&self, number: usize) -> Utf32Str<'_> {
        self.texts[number].slice(..)
    }
}

impl Engine for Nucleo {
    fn label(&self) -> &'static str {
        self.label
    }

    fn key(&mut self, query: &str) {
        let (smart, never) = (CaseMatching::Smart, Normalization::Never);
        let pattern = Pattern::new(query, smart, never, AtomKind::Fuzzy);
        let mut matches = Vec::new();
        for (number, text) in self.texts.iter().enumerate() {
            let score = pattern.score(text.slice(..), &mut self.matcher);
            matches.extend(score.map(|score| (Reverse(score), number)));
        }
        let mut visible: Vec<usize> = Vec::new();
        if let Some(rows) = &self.rows {
            matches.sort_unstable();
            let names = matches.iter().map(|(_, name)| *name);
            let order: Vec<(u32, usize)> = names
                .flat_map(|name| rows[name].iter().map(move |row| (*row, name)))
                .collect();
            visible.extend(order.iter().take(VISIBLE).map(|(_, name)| *name));
            black_box(order);
        } else {
            visible.extend(best(matches).into_iter().map(|(_, row)| row));
        }
        for number in visible {
            let mut indices = Vec::new();
            let text = self.texts[number].slice(..);
            pattern.indices(text, &mut self.matcher, &mut indices);
            black_box((self.text(number), indices));
        }
    }
}

pub(crate) struct Frizbee<'a> {
    texts: Cow<'a, [String]>,
    label: &'static str,
}

impl<'a> Frizbee<'a> {
    pub(crate) fn new(corpus: &'a Corpus) -> Self {
        Self {
            texts: Cow::Borrowed(&corpus.full_texts),
            label: "frizbee, full text",
        }
    }

    pub(crate) fn on_items(corpus: &Corpus) -> Self {
        Self {
            texts: Cow::Owned(corpus.texts_with_items()),
            label: "frizbee, full text of names and contents",
        }
    }
}

impl Engine for Frizbee<'_> {
    fn label(&self) -> &'static str {
        self.label
    }

    fn key(&mut self, query: &str) {
        let mut matcher = frizbee::Matcher::from_query(query, &frizbee::Config::default());
        let found = matcher.match_list(&self.texts);
        for matched in found.into_iter().take(VISIBLE) {
            let text = &self.texts[usize::try_from(matched.index).unwrap()];
            black_box(matcher.match_one_indices(text, matched.index));
        }
    }
}

/// For each matcher, the microseconds of all words: for the scores of all names, and for the places in the names
/// on screen. Each is the fastest of five.
pub(crate) fn matchers_alone(corpus: &Corpus, words: &[&str]) -> [(&'static str, [f64; 2]); 2] {
    let skim = SkimMatcherV2::default();
    let mut nucleo = Nucleo::on_names(corpus);
    let (mut of_nucleo, mut of_skim) = ([0.0; 2], [0.0; 2]);
    for word in words {
        let (smart, never) = (CaseMatching::Smart, Normalization::Never);
        let pattern = Pattern::new(word, smart, never, AtomKind::Fuzzy);
        let mut found = Vec::new();
        of_nucleo[0] += fastest(|| {
            found = (0..nucleo.texts.len())
                .filter(|number| {
                    let text = nucleo.texts[*number].slice(..);
                    pattern.score(text, &mut nucleo.matcher).is_some()
                })
                .collect();
        });
        found.truncate(VISIBLE);
        of_nucleo[1] += fastest(|| {
            for number in &found {
                let mut places = Vec::new();
                let text = nucleo.texts[*number].slice(..);
                pattern.indices(text, &mut nucleo.matcher, &mut places);
                black_box(places);
            }
        });
        of_skim[0] += fastest(|| {
            let names = corpus.distinct_names.iter();
            black_box(
                names
                    .filter_map(|name| skim.fuzzy_match(name, word))
                    .count(),
            );
        });
        of_skim[1] += fastest(|| {
            for number in &found {
                black_box(skim.fuzzy_indices(&corpus.distinct_names[*number], word));
            }
        });
    }
    [("nucleo-matcher", of_nucleo), ("fuzzy-matcher", of_skim)]
}

fn fastest(mut run: impl FnMut()) -> f64 {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1e6
    });
    times.fold(f64::INFINITY, f64::min)
}
