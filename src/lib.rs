//! `greengroup` assembles AWS IoT Greengrass V1 group versions by hand, in a terminal.
//!
//! The modules are listed from the lowest layer to the highest. Each uses only those above it in the list,
//! and [`app`] uses [`domain`] and [`search`] alone. A test reads the order from here.
//!
//! A key press takes these steps: [`runtime::input`] turns bytes into an [`app::Event`]. [`app::App::update`]
//! looks the key up in [`app::keymap`] and lets the front overlay or screen execute the [`app::Command`]. It
//! returns [`app::Effect`]s, which [`runtime`] performs; their results are events again. After each batch of
//! events [`ui`] draws the [`app::App`].
//!
//! The file `x.rs` opens its folder `x/…`.
//!
//! | subject | file |
//! |---|---|
//! | a term of Greengrass: kind, ARN, content, group, slot, draft, difference | the file of its name in `domain/…` |
//! | a key, its help | `app/keymap/table.rs`, `app/command.rs`; the current keys `app/keymap/in_force.rs` |
//! | which view gets a key or a paste | `app/input.rs`, `app/front.rs` |
//! | the effect of a key | `command` of the front view: the screens `app/screen/{groups,assemble,review,outcome}.rs`, what lies above them `app/overlay/…` |
//! | why a command is unavailable | `unavailable` of the front view; called by `app/front.rs` |
//! | the state shared by all views | `app/session.rs`, `app/session/…` |
//! | how a view looks, and its sentences | the file of the same name in `ui/screen/…`, `ui/overlay/…`; notices `ui/notice.rs`, advice `ui/advice.rs`; shared parts in `ui/widget/…`; colours in `ui/theme/…` |
//! | a rule of the checks | the table `RULES` of its subject in `domain/check/…`: functions, resources, their paths, subscriptions, connectors |
//! | the next reads from AWS | `app/upkeep.rs`, `app/loader.rs`; `wants` of screens and overlays |
//! | the data read from the account | `app/catalog.rs`, contents `app/catalog/contents.rs`; of the open group `app/work.rs` |
//! | a definition version that the draft will create | `app/editing.rs`, `app/session/writing.rs`; replacements `domain/swap.rs`, fixes `app/session/fixing.rs` |
//! | a deployment | `app/deployment_run.rs`, `app/session/deployments.rs`; its requests `greengrass/deploy.rs`; its view `app/overlay/deployment.rs` |
//! | how a request to create ended | its state `app/submission.rs`, `app/submission/…`; after doubt `app/outcome_probe.rs` for group versions, `greengrass/create_definition.rs` for definition versions; its line in the history `runtime/journal.rs` |
//! | the requests on the wire | path and body of a change `domain/group_change.rs`; `greengrass/client.rs`, `greengrass/create.rs`, `greengrass/create_definition.rs`; the rate `domain/rate.rs`, `greengrass/transport/…` |
//! | the meaning of an error | the response `greengrass/answer.rs`, its kind `greengrass/explain.rs`, the items that a message names `domain/refusal.rs`; without a response `greengrass/attempt_failure.rs` |
//! | profile, credentials, endpoint, proxies | `greengrass/aws_files/…` reads AWS's files, `greengrass/connect/…` uses them |
//! | how the sandbox answers | an operation `sandbox/api/…`, by its subject: groups, definitions, deployments; AWS's own words `sandbox/wire.rs`; the data `sandbox/account/…`; its file `sandbox/store.rs`, `sandbox/account_file/…`; over HTTP `sandbox/serve.rs` |
//! | how a row is found | the line `search/query.rs`, the score `search/scorer.rs`, the order `search/ranking.rs`, the lit characters `search/highlights.rs`; the list that shows it `app/picker.rs` |
//! | bytes from and to the terminal | `runtime/input/…`, `runtime/terminal/…`; the loop itself `runtime/run.rs` |
//! | the user's editor | `runtime/editor.rs`; the terminal while the editor has it `runtime/run/editing.rs` |
//! | the program's files | `runtime/files/…`; the snapshot of an account `runtime/snapshot/…` |
//! | a setting | `runtime/config/…` |
//! | a flag | `cli/arguments.rs`; `serve`, `snapshot`, `doctor`, `completions`, `man`: the file of its name in `cli/…` |

/// Greengrass's own rules, without screen or network.
pub mod domain;

/// Files on disk: regular ones only, replaced atomically, locked until dropped.
pub mod disk;

/// Query grammar, ranking and matched characters.
pub mod search;

/// The service behind the SDK: domain in, domain out.
pub mod greengrass;

/// An AWS account inside the process, behind the SDK's own HTTP connector.
pub mod sandbox;

/// The state, and its changes by events.
pub mod app;

/// Draws the state without changing it.
pub mod ui;

/// Connects terminal, files, clock and AWS with the state.
pub mod runtime;

/// The command line.
pub mod cli;
