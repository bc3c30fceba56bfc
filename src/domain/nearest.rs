//! The known name nearest to a misspelt one, for "did you mean" hints.

use strsim::damerau_levenshtein;

/// Returns the name with the fewest edits, ignoring case; `None` without names.
pub fn nearest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names.into_iter().min_by_key(|name| edits(text, name))
}

/// Returns whether `text` is probably `name` misspelt: at most half of its characters differ.
pub fn is_near(text: &str, name: &str) -> bool {
    edits(text, name) * 2 <= name.chars().count()
}

fn edits(text: &str, name: &str) -> usize {
    damerau_levenshtein(&text.to_lowercase(), &name.to_lowercase())
}
