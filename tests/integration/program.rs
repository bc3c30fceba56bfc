//! The real program in a real terminal, from its arguments to its exit status.

mod failed;
pub(crate) mod journey;
mod killed;
mod prefilled;
mod readme;
mod refused;
mod restored;
mod terms;
mod trusted;
