//! The timeouts for the rest of an incomplete sequence.

use std::ffi::OsString;
use std::time::Duration;

const AT_HAND: Duration = Duration::from_millis(50);
const OVER_A_LINK: Duration = Duration::from_millis(100);
const MAX_DELAY: Duration = Duration::from_secs(5);
const FACTOR_ONCE_INTRODUCED: u32 = 10;
const STALLED_PASTE: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delays {
    /// After a lone ESC, which may be the key or the start of another key.
    pub escape: Duration,
    /// After `ESC [` and similar, which no user types that fast.
    pub sequence: Duration,
    /// Inside a paste without its end.
    pub paste: Duration,
}

impl Delays {
    pub fn after(escape: Duration) -> Self {
        Self {
            escape,
            sequence: escape.max(AT_HAND) * FACTOR_ONCE_INTRODUCED,
            paste: STALLED_PASTE,
        }
    }

    /// `ESCDELAY` in milliseconds if set; else a value that is longer over SSH and in tmux.
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let asked = variable("ESCDELAY")
            .and_then(|text| text.to_str()?.trim().parse::<u64>().ok())
            .map(Duration::from_millis);
        let is_over_a_link = ["SSH_TTY", "SSH_CONNECTION", "TMUX"]
            .into_iter()
            .any(|name| variable(name).is_some_and(|value| !value.is_empty()));
        let usual = if is_over_a_link { OVER_A_LINK } else { AT_HAND };
        Self::after(asked.unwrap_or(usual).min(MAX_DELAY))
    }
}
