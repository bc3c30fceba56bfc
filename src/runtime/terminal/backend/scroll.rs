//! Finds rows that only moved up or down, so that the terminal can scroll them.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::grid::{Grid, Shown};

/// The bytes for setting and resetting the region, with a margin.
const OVERHEAD: i32 = 40;
/// The bytes for moving the cursor to a row and changing the pen.
const PER_ROW: i32 = 6;
/// The bytes for erasing any number of blanks.
const PER_BLANKS: i32 = 4;
const DISTANCES_TRIED: usize = 3;

/// A band of rows that moves up, or down when `rows` is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RegionScroll {
    pub(super) top: u16,
    /// The row after the last.
    pub(super) bottom: u16,
    pub(super) rows: i32,
}

/// The scroll that saves most bytes between two contents; `None` if none does.
pub(super) fn find(from: &Grid, to: &Grid, changed: &[bool]) -> Option<RegionScroll> {
    if changed.iter().filter(|&&is_changed| is_changed).count() < 3 {
        return None;
    }
    let best = likely_distances(from, to, changed)
        .into_iter()
        .filter_map(|distance| best_band(from, to, distance))
        .max_by_key(|&(saved, _)| saved)?;
    (best.0 > OVERHEAD).then_some(best.1)
}

/// The likely distances, from rows that reappear unchanged elsewhere.
fn likely_distances(from: &Grid, to: &Grid, changed: &[bool]) -> Vec<i32> {
    let hasher = RandomState::new();
    let mut places: HashMap<u64, Vec<i32>> = HashMap::new();
    for y in 0..from.size().height {
        let row = from.row(y);
        if !row.iter().all(Shown::is_erased) {
            let found = places.entry(hasher.hash_one(row)).or_default();
            // A row that occurs often indicates no distance.
            if found.len() < 4 {
                found.push(y.into());
            }
        }
    }
    let mut votes: HashMap<i32, usize> = HashMap::new();
    for (y, _) in (0..to.size().height)
        .zip(changed)
        .filter(|&(_, &is_changed)| is_changed)
    {
        let found = places.get(&hasher.hash_one(to.row(y)));
        for place in found.into_iter().flatten() {
            *votes.entry(place - i32::from(y)).or_default() += 1;
        }
    }
    votes.remove(&0);
    let mut ranked: Vec<(i32, usize)> = votes.into_iter().collect();
    ranked.sort_by_key(|&(distance, count)| (std::cmp::Reverse(count), distance.abs(), distance));
    ranked
        .into_iter()
        .take(DISTANCES_TRIED)
        .map(|(distance, _)| distance)
        .collect()
}

/// The band whose move by `distance` saves most bytes, and approximately how many.
fn best_band(from: &Grid, to: &Grid, distance: i32) -> Option<(i32, RegionScroll)> {
    let height = i32::from(from.size().height);
    let moved = distance.abs();
    let in_place: Vec<i32> = (0..height)
        .map(|y| cost(row_of(from, y), row_of(to, y)))
        .collect();
    let saved_moved = |y: i32| at(&in_place, y) - cost(row_of(from, y + distance), row_of(to, y));
    let saved_new = |y: i32| at(&in_place, y) - cost_from_blank(row_of(to, y));
    let mut best: Option<(i32, RegionScroll)> = None;
    let (mut sum, mut start) = (0, None);
    // Only rows with their source on the screen can be moved.
    for y in (0..height).filter(|y| (0..height).contains(&(y + distance))) {
        if start.is_none() || sum <= 0 {
            (sum, start) = (0, Some(y));
        }
        sum += saved_moved(y);
        let first = start.unwrap_or(y);
        let (top, bottom, new) = if distance > 0 {
            (first, y + 1 + moved, y + 1..y + 1 + moved)
        } else {
            (first - moved, y + 1, first - moved..first)
        };
        let saved = sum + new.map(saved_new).sum::<i32>();
        if best.is_none_or(|(most, _)| saved > most) {
            let scroll = RegionScroll {
                top: u16::try_from(top).ok()?,
                bottom: u16::try_from(bottom).ok()?,
                rows: distance,
            };
            best = Some((saved, scroll));
        }
    }
    best
}

fn row_of(grid: &Grid, y: i32) -> &[Shown] {
    u16::try_from(y).map(|y| grid.row(y)).unwrap_or_default()
}

fn at(values: &[i32], y: i32) -> i32 {
    usize::try_from(y)
        .ok()
        .and_then(|y| values.get(y))
        .copied()
        .unwrap_or_default()
}

/// The approximate bytes to change one row to the other.
fn cost(from: &[Shown], to: &[Shown]) -> i32 {
    let changed = from.iter().zip(to).filter(|(from, to)| from != to);
    weigh(changed.map(|(_, to)| to))
}

fn cost_from_blank(to: &[Shown]) -> i32 {
    weigh(to.iter().filter(|cell| !cell.is_erased()))
}

fn weigh<'row>(changed: impl Iterator<Item = &'row Shown>) -> i32 {
    let (mut blanks, mut written) = (0, 0);
    for cell in changed {
        if cell.is_erased() {
            blanks += 1;
        } else {
            written += 1;
        }
    }
    match (blanks, written) {
        (0, 0) => 0,
        _ => PER_ROW + blanks.min(PER_BLANKS) + written,
    }
}
