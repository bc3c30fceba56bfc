//! An error and all that caused it.

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
/// Some of the SDK's links print the request, with its signature and the credentials in it: they are left out.
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
