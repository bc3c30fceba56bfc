//! Protected contexts, in which a mistake is costly: they look different, and sending requires the group's
//! name.

use crate::domain::fold::nfc;

/// Patterns of the protected contexts; a `*` matches any text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protection {
    pub profiles: Vec<String>,
    pub accounts: Vec<String>,
    pub groups: Vec<String>,
}

impl Protection {
    /// Whether the patterns match a group's name, one of the accounts, or one of the profiles.
    pub fn covers(&self, profiles: &[&str], accounts: &[&str], group: Option<&str>) -> bool {
        let matches = |patterns: &[String], text: &str| {
            let text = nfc(text);
            let mut patterns = patterns.iter().map(|pattern| nfc(pattern));
            patterns.any(|pattern| is_match(&pattern, &text))
        };
        let (mut profiles, mut accounts) = (profiles.iter(), accounts.iter());
        profiles.any(|profile| matches(&self.profiles, profile))
            || accounts.any(|account| matches(&self.accounts, account))
            || group.is_some_and(|group| matches(&self.groups, group))
    }
}

/// Whether `text` matches `pattern`; each `*` matches any text, also none.
fn is_match(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(place) => rest = rest.get(place + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}
