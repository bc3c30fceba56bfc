//! Rules on the ids of items, the same for every kind.

use super::group::CheckedGroup;
use super::grouped::repeated;
use super::rule::{Rule, RuleReport};
use crate::domain::kind::DefinitionKind;

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("item-id", pattern).source("BC Core … Logger, member Id"),
    Rule::blocks("item-id-unique", unique).source("BC Core … Logger, member Id"),
];

const MAX_ID_CHARACTERS: usize = 128;

/// The bytes that `[a-zA-Z0-9:_-]` allows.
const ALLOWED: [bool; 256] = {
    let mut allowed = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let is_allowed = byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-');
        #[expect(clippy::indexing_slicing, reason = "a byte is below 256")]
        {
            allowed[byte as usize] = is_allowed;
        }
        byte += 1;
    }
    allowed
};

/// `[a-zA-Z0-9:_-]+`, at most 128 characters.
pub(super) fn is_id(text: &str) -> bool {
    let is_allowed = |byte: u8| ALLOWED.get(usize::from(byte)) == Some(&true);
    (1..=MAX_ID_CHARACTERS).contains(&text.len()) && text.bytes().all(is_allowed)
}

fn pattern(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for kind in DefinitionKind::ALL {
        for id in group.ids(kind).into_iter().filter(|id| !is_id(id)) {
            report.add_to(
                &[kind],
                [id],
                match id {
                    "" => format!("a {kind} has no id"),
                    id => format!(
                        "the {kind} id {id:?} is not 1 to {MAX_ID_CHARACTERS} \
                         characters of a-z, A-Z, 0-9, :, _ and -"
                    ),
                },
                format!("pick a {kind} version with proper ids"),
            );
        }
    }
}

fn unique(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for kind in DefinitionKind::ALL {
        for (id, ids) in repeated(group.ids(kind).into_iter().map(|id| (id, id))) {
            report.add_to(
                &[kind],
                [id],
                format!("{} {kind}s have the id {id}", ids.len()),
                format!("pick a {kind} version whose ids are unique"),
            );
        }
    }
}
