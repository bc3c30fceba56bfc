//! The manual page.

use clap::CommandFactory;

use super::arguments::CommandLine;
use super::command_result::CommandResult;

/// The page as roff.
pub fn page() -> String {
    let mut page = Vec::new();
    // Writing to memory does not fail.
    _ = clap_mangen::Man::new(CommandLine::command()).render(&mut page);
    String::from_utf8_lossy(&page).into_owned()
}

pub(super) fn print() -> CommandResult {
    CommandResult::text(&page())
}
