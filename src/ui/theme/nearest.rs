//! Which of several names somebody probably meant.

/// The name with the fewest letters to change, add or take away.
pub(super) fn nearest(text: &str, names: &[&'static str]) -> &'static str {
    let nearest = names.iter().min_by_key(|name| distance(text, name));
    nearest.copied().unwrap_or_default()
}

fn distance(from: &str, to: &str) -> usize {
    let mut before: Vec<usize> = (0..=to.chars().count()).collect();
    for (row, letter) in from.chars().enumerate() {
        let mut now = Vec::with_capacity(before.len());
        let mut left = row + 1;
        now.push(left);
        for (other, pair) in to.chars().zip(before.windows(2)) {
            let [diagonal, above] = pair else { continue };
            let replaced = diagonal + usize::from(letter != other);
            left = replaced.min(above + 1).min(left + 1);
            now.push(left);
        }
        before = now;
    }
    before.last().copied().unwrap_or_default()
}
