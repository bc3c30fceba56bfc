//! An error with all its causes.

use std::error::Error;
use std::io;

/// The error, then each cause.
///
/// `io::Error::source` skips the error that it carries, so this follows it explicitly.
pub(super) fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        match error.downcast_ref::<io::Error>() {
            Some(carrier) => carrier
                .get_ref()
                .map(|carried| carried as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

/// The texts of all links, each once.
///
/// Links of the SDK that print the request are left out, because it contains signature and credentials.
pub(super) fn chain_text(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for link in chain(error) {
        let link = link.to_string();
        if text.contains(&link) || link.contains("Request {") {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&link);
    }
    text
}
