//! The rows of one list with names and ARNs, each text stored once.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::names::Names;
use super::texts::{Distinct, Texts, number};

/// The attributes of a row besides its ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attributes<'a> {
    /// The definition's name; many rows share one.
    pub name: Option<&'a str>,
    /// Milliseconds since 1970.
    pub created: Option<i64>,
    pub is_base: bool,
    pub is_latest: bool,
}

/// The order of rows without a query, and of equal matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// The rows of [`Search::set_own`](super::Search::set_own), then the others by name, each newest first.
    #[default]
    Own,
    Newest,
    Name,
    /// Base first, then latest, then newest; also the order of equal matches.
    LatestFirst,
}

/// Rows with the same name and the same ARN up to its last slash: the versions of one definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Family {
    pub(crate) name: u32,
    pub(crate) head: u32,
}

#[derive(Debug, Clone, Copy)]
struct IndexRow {
    created: i64,
    family: u32,
    marks: u8,
}

const NOT_BASE: u8 = 2;
const NOT_LATEST: u8 = 1;

/// Half the width of the times in the key of [`Sort::Own`], in milliseconds: 73 million years.
const HALF_OF_TIME: i64 = 1 << 61;

#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    pub(crate) names: Names,
    /// The ARNs up to and including their last slash, in lower case.
    pub(crate) heads: Texts,
    /// The id in each head, in bytes.
    head_ids: Vec<Range<usize>>,
    distinct_heads: Distinct,
    /// The ARN of each row after its last slash, in lower case.
    pub(crate) tails: Texts,
    rows: Vec<IndexRow>,
    families: Vec<Family>,
    family_numbers: HashMap<Family, u32>,
    /// The head of the rows that [`Sort::Own`] begins with.
    own: Option<u32>,
}

impl Index {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn push(&mut self, arn: &str, attributes: &Attributes<'_>) -> u32 {
        let (head, tail) = arn.split_at(split(arn));
        let head = self.intern_head(head);
        self.tails.push_lower(tail);
        let row = self.row(head, attributes);
        self.rows.push(row);
        number(self.rows.len() - 1)
    }

    /// Updates a row and returns whether it changed.
    pub(crate) fn revise(&mut self, row: u32, attributes: &Attributes<'_>) -> bool {
        let Some(earlier) = self.rows.get(row as usize).copied() else {
            return false;
        };
        let revised = self.row(self.family(earlier.family).head, attributes);
        let changed = (revised.created, revised.family, revised.marks)
            != (earlier.created, earlier.family, earlier.marks);
        if let Some(place) = self.rows.get_mut(row as usize) {
            *place = revised;
        }
        changed
    }

    pub(crate) const fn has_own(&self) -> bool {
        self.own.is_some()
    }

    /// True for the family whose rows [`Sort::Own`] begins with.
    pub(crate) fn is_own(&self, family: Family) -> bool {
        self.own == Some(family.head)
    }

    /// Makes the versions of the same definition as `arn` the first ones; returns whether this changed.
    pub(crate) fn set_own(&mut self, arn: &str) -> bool {
        let head = arn.get(..split(arn)).unwrap_or_default();
        let own = Some(self.intern_head(head));
        std::mem::replace(&mut self.own, own) != own
    }

    fn intern_head(&mut self, head: &str) -> u32 {
        let lower = head.to_ascii_lowercase();
        match self.distinct_heads.find(&self.heads, &lower) {
            Ok(number) => number,
            Err(hash) => {
                let number = self.heads.push(&lower);
                self.head_ids.push(id_in_head(&lower));
                self.distinct_heads.note(number, hash);
                number
            }
        }
    }

    fn row(&mut self, head: u32, attributes: &Attributes<'_>) -> IndexRow {
        let name = self.names.intern(attributes.name);
        let family = Family { name, head };
        let next = number(self.families.len());
        let family_number = *self.family_numbers.entry(family).or_insert(next);
        if family_number == next {
            self.families.push(family);
        }
        let unless = |holds: bool, mark: u8| if holds { 0 } else { mark };
        IndexRow {
            created: attributes.created.unwrap_or(i64::MIN),
            family: family_number,
            marks: unless(attributes.is_base, NOT_BASE) | unless(attributes.is_latest, NOT_LATEST),
        }
    }

    /// The ARN of a row in lower case.
    pub(crate) fn arn(&self, row: u32) -> String {
        let head = self.heads.get(self.family(self.family_of(row)).head);
        [head, self.tails.get(row)].concat()
    }

    /// The id in a head, in bytes; empty if it has none.
    pub(crate) fn head_id(&self, head: u32) -> Range<usize> {
        self.head_ids.get(head as usize).cloned().unwrap_or(0..0)
    }

    pub(crate) fn families(&self) -> &[Family] {
        &self.families
    }

    pub(crate) fn family(&self, family: u32) -> Family {
        let none = Family { name: 0, head: 0 };
        self.families.get(family as usize).copied().unwrap_or(none)
    }

    pub(crate) fn family_of(&self, row: u32) -> u32 {
        self.rows.get(row as usize).map_or(0, |row| row.family)
    }

    pub(crate) fn family_of_each(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|row| row.family)
    }

    /// The sort key, ascending; the ranks of the names must be up to date.
    pub(crate) fn key(&self, row: u32, sort: Sort) -> u128 {
        let Some(row) = self.rows.get(row as usize) else {
            return u128::MAX;
        };
        let newest_first =
            u128::from(row.created.wrapping_sub(i64::MIN).cast_unsigned() ^ u64::MAX);
        let marks = u128::from(row.marks);
        let Family { name, head } = self.family(row.family);
        let name = u128::from(self.names.rank(name));
        match sort {
            Sort::Own => {
                let others = u128::from(self.own != Some(head));
                let head = u128::from(self.start_of_id(head));
                let not_latest = marks & u128::from(NOT_LATEST);
                let created = row.created.clamp(-HALF_OF_TIME, HALF_OF_TIME - 1);
                let newest_first = u128::from((HALF_OF_TIME - 1 - created).cast_unsigned());
                others << 127 | name << 95 | head << 63 | not_latest << 62 | newest_first
            }
            Sort::Newest => newest_first << 34 | marks << 32 | name,
            Sort::Name => name << 66 | marks << 64 | newest_first,
            Sort::LatestFirst => marks << 96 | newest_first << 32 | name,
        }
    }

    /// The first four bytes of a head's id, which distinguish definitions of the same name.
    fn start_of_id(&self, head: u32) -> u32 {
        let id = self.heads.get(head).get(self.head_id(head));
        let id = id.unwrap_or_default().bytes().chain(std::iter::repeat(0));
        id.take(4)
            .fold(0, |start, byte| start << 8 | u32::from(byte))
    }

    /// The order of rows with the same key: by ARN, then by number.
    pub(crate) fn break_tie(&self, one: u32, other: u32) -> Ordering {
        let head = |row: u32| self.family(self.family_of(row)).head;
        let (one_head, other_head) = (head(one), head(other));
        let (one_tail, other_tail) = (self.tails.get(one), self.tails.get(other));
        let arns = if one_head == other_head {
            one_tail.cmp(other_tail)
        } else {
            let (one_head, other_head) = (self.heads.get(one_head), self.heads.get(other_head));
            let one_arn = one_head.bytes().chain(one_tail.bytes());
            one_arn.cmp(other_head.bytes().chain(other_tail.bytes()))
        };
        arns.then_with(|| one.cmp(&other))
    }
}

/// The start of the part of an ARN after its last slash.
fn split(arn: &str) -> usize {
    arn.rfind('/').map_or(0, |slash| slash + 1)
}

/// The id in the part of a version's ARN before its own: `…/definition/functions/ID/versions/`.
pub(crate) fn id_in_head(head: &str) -> Range<usize> {
    let Some(path) = head.strip_suffix("/versions/") else {
        return 0..0;
    };
    path.rfind('/').map_or(0, |slash| slash + 1)..path.len()
}
