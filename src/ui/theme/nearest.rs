//! The most similar of several names.

/// The name with the fewest letters to change, add or remove.
pub(super) fn nearest(text: &str, names: &[&'static str]) -> &'static str {
    let nearest = names
        .iter()
        .min_by_key(|name| strsim::levenshtein(text, name));
    nearest.copied().unwrap_or_default()
}
