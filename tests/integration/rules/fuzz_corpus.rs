//! Replays the corpus of the fuzzers, and every file again with changed bytes.

mod checks;

use std::path::PathBuf;

use rstest::rstest;

/// The number of changed copies of each file.
const CHANGED: u64 = 40;

fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let files =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

#[rstest]
#[case::arn("arn", checks::arn)]
#[case::account_file("account_file", checks::account_file)]
#[case::aws_files("aws_files", checks::aws_files)]
#[case::draft_file("draft_file", checks::draft_file)]
#[case::input_assembler("input_assembler", checks::input_assembler)]
#[case::search_query("search_query", checks::search_query)]
#[case::search_line("search_line", checks::search_line)]
fn the_corpus_holds_and_so_do_its_neighbours(#[case] target: &str, #[case] check: fn(&[u8])) {
    let files = corpus(target);
    assert!(files.len() >= 3, "{target} has {} files", files.len());
    for (path, bytes) in files {
        println!("{}", path.display());
        check(&bytes);
        for seed in 0..CHANGED {
            check(&changed(&bytes, seed));
        }
    }
}

/// The bytes with some of them replaced, removed, doubled or cut.
fn changed(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut bytes = bytes.to_vec();
    for _ in 0..random.usize(1..6) {
        let place = random.usize(0..=bytes.len());
        match random.u8(0..5) {
            0 => bytes.truncate(place.max(1)),
            1 => bytes.insert(place, random.u8(..)),
            2 if place < bytes.len() => drop(bytes.remove(place)),
            3 => {
                let end = (place + random.usize(0..20)).min(bytes.len());
                let doubled = bytes[place..end].to_vec();
                bytes.splice(place..place, doubled);
            }
            _ if place < bytes.len() => bytes[place] = random.u8(..),
            _ => {}
        }
    }
    bytes
}
