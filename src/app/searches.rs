//! Earlier search texts, to be searched for again.

/// More texts than a user goes back through.
const MAX_SEARCHES: usize = 50;

/// The last texts, each once, the latest at the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Searches {
    texts: Vec<String>,
    /// The number of steps back since the line was opened.
    steps: usize,
}

impl Searches {
    pub(super) fn remember(&mut self, text: &str) {
        self.steps = 0;
        if text.trim().is_empty() {
            return;
        }
        self.texts.retain(|known| known != text);
        self.texts.push(text.to_owned());
        let surplus = self.texts.len().saturating_sub(MAX_SEARCHES);
        self.texts.drain(..surplus);
    }

    /// The next older text, or the latest after the oldest; never `current`.
    pub(super) fn earlier(&mut self, current: &str) -> Option<String> {
        for _ in 0..self.texts.len() {
            let place = self.steps % self.texts.len();
            self.steps += 1;
            let found = self.texts.iter().rev().nth(place)?;
            if found != current {
                return Some(found.clone());
            }
        }
        None
    }
}
