//! `greengroup` assembles AWS IoT Greengrass V1 group versions by hand, in a terminal.
//!
//! The modules stand in their order from the ground up: each may use those above it in this list
//! and none below, and [`app`] uses [`domain`] and [`search`] alone. A test reads the order from here.
//!
//! One key press goes round like this: [`runtime::input`] turns bytes into an [`app::Event`];
//! [`app::App::update`] looks the key up in [`app::keymap`], lets the front overlay or screen obey the
//! [`app::Command`], and answers with [`app::Effect`]s; [`runtime`] performs these, and what comes of
//! them returns as events. After each batch of events [`ui`] draws what [`app::App`] holds.
//!
//! | where is … | look in |
//! |---|---|
//! | a key, its help | `app/keymap.rs`, `app/command.rs` |
//! | what a key does | `app/screen/…` and `app/overlay/…`: `command` of what is in front |
//! | how that looks | the file of the same name in `ui/screen/…`, `ui/overlay/…`; colours in `ui/theme/…` |
//! | a rule of the checks | the table `RULES` of its subject in `domain/check/…` |
//! | what is asked of AWS next | `app/settle.rs`; `wants` of screens and overlays |
//! | what is known of the account | `app/catalog.rs`; of the open group `app/work.rs` |
//! | what goes over the wire | `greengrass/client.rs`, `greengrass/create.rs`; how often and how fast `greengrass/transport/…` |
//! | what an error means | `greengrass/explain/…` |
//! | how the sandbox answers | `sandbox/api/…` over `sandbox/account/…` |
//! | a file that is written | `runtime/files/…`; the loop itself `runtime/run.rs` |
//! | a flag | `cli/arguments.rs`; a subcommand the file of its name in `cli/…` |

/// What is true of Greengrass with no screen and no network.
pub mod domain;

/// Files on disk: regular ones only, replaced as one.
pub mod disk;

/// Query grammar, ranking and matched characters.
pub mod search;

/// The service behind the SDK: domain in, domain out.
pub mod greengrass;

/// An AWS account inside the process, behind the SDK's own HTTP connector.
pub mod sandbox;

/// What happens next.
pub mod app;

/// How everything looks; it reads and never writes.
pub mod ui;

/// The one place where terminal, files, clock, AWS and state meet.
pub mod runtime;

/// The command line.
pub mod cli;
