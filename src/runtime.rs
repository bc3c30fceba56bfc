//! The one place where terminal, files, clock, AWS and state meet.

pub mod clipboard;
pub mod clock;
pub mod files;
pub mod input;
pub mod signals;
pub mod terminal;
