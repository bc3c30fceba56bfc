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
//! | **terms of Greengrass** | |
//! | kind, ARN, id, slot, group, draft, deployment | the file of its name in `domain/…` |
//! | a content: its types and member names | `domain/content.rs`, `domain/content/{function,resource,item,summary,term}.rs`; as a text for the editor `domain/content_text.rs` |
//! | a change as requests: path, body, AWS CLI command | `domain/group_change.rs`, `domain/request.rs`, `domain/definition_request.rs` |
//! | a difference; a rebase; a text replaced in all slots | `domain/diff/…`; `domain/rebase.rs`; `domain/swap.rs` |
//! | a rule of the checks | the table `RULES` of its subject in `domain/check/…`: functions, resources, their paths, subscriptions, connectors |
//! | how rules run | `domain/check/{rule,group,contents,checker,finding,origin}.rs`; AWS's connectors `domain/check/connector_table.rs` |
//! | an edit that fixes a finding | `domain/fix.rs` |
//! | a refusal by the service; why a deployment failed | `domain/refusal.rs`; `domain/failure_reason.rs` |
//! | **the state** | |
//! | a key, its help | `app/keymap/table.rs`, `app/command.rs`; the current keys `app/keymap/in_force.rs` |
//! | which view gets a key or a paste | `app/input.rs`, `app/front.rs`; the trait of all views `app/view.rs` |
//! | the effect of a key | `command` of the front view: the screens `app/screen/{groups,assemble,review,outcome}.rs`, what lies above them `app/overlay/…` |
//! | the overlays | `app/overlay/{account_menu,base_history,calls,definition_name,deployment,fixes,help,pager,question,rebase_dialog,swap,where_used}.rs` |
//! | what the user acknowledges before a request | `app/screen/review/boxes.rs` |
//! | which view opens next | the target as data `app/transition.rs`; `app/navigation.rs`, `app/views.rs` |
//! | why a command is unavailable | `unavailable` of the front view; called by `app/front.rs` |
//! | a list with its search line and selection | `app/picker.rs`; short menus `app/overlay/menu.rs` |
//! | the state shared by all views | `app/session.rs`; its parts `app/session/{candidates,deployments,drafts,ending,fixing,reading,sending,series,writing}.rs` |
//! | the open group: its base, its draft, the version between them | `app/work.rs`, `app/work/{asked_base,draft_file,superseding}.rs` |
//! | the data read from the account | `app/catalog.rs`, `app/catalog/{directory,contents,known_terms,next_page,written}.rs` |
//! | the next reads from AWS | `app/upkeep.rs`, `app/loader.rs`; `wants` of screens and overlays |
//! | a response | `app/replies.rs` passes it to the catalog and the views |
//! | the text of a content, difference or error | its subject `app/subject.rs`, its lines `app/text.rs`; shown by `app/overlay/pager.rs` |
//! | a definition version that the draft will create | `app/editing.rs`, `app/session/writing.rs`; fixes `app/session/fixing.rs` |
//! | a deployment | its progress and end `app/deployment_run.rs`, its requests `app/session/deployments.rs`; its dialog `app/overlay/deployment.rs`, with the question and the place of an error in `app/overlay/deployment/{question,fault_place}.rs` |
//! | how a request to create ended | its state `app/submission.rs`; after doubt `app/outcome_probe.rs` for group versions, `greengrass/create_definition.rs` for definition versions; its line in the history `runtime/journal.rs` |
//! | the chosen account and the current connection; the credentials' lifetime | `app/connection.rs`; `app/credentials.rs`, `app/expiry.rs` |
//! | the exit status and the last messages | `app/session/ending.rs`; their types `app/exit.rs` |
//! | **the screen** | |
//! | how a view looks, and its sentences | the file of the same name in `ui/screen/…`, `ui/overlay/…`; notices `ui/notice.rs`, advice `ui/advice.rs` |
//! | the seven panes, their versions and the preview beside them | `ui/screen/assemble/{open_pane,closed_pane,columns,version_row,preview}.rs` |
//! | the review: slots and their changes, findings, acknowledgements and buttons | `ui/screen/review/{slots,slot_row,slot_change,changes,findings,bottom,state}.rs` |
//! | a shared part of views: the header with group, base and account, the footer, rows, buttons | the file of its name in `ui/widget/…`; colours in `ui/theme/…` |
//! | how a row is found | the line `search/query.rs`, the score `search/scorer.rs`, the order `search/ranking.rs`, the highlighted characters `search/highlights.rs`; names and ARNs `search/{index,names,narrowing,arn_hits}.rs`, contents `search/{item_texts,item_hits,blend}.rs` |
//! | **AWS** | |
//! | a request on the wire | reads `greengrass/{client,definitions,pages}.rs`, changes `greengrass/{create,create_definition,deploy}.rs`; one attempt `greengrass/attempt.rs`; the rate `domain/rate.rs`, `greengrass/transport/…` |
//! | the SDK's types as the domain's | `greengrass/convert.rs`; contents `greengrass/convert/content/…` |
//! | the meaning of an error | the response `greengrass/answer.rs`, its kind `greengrass/explain.rs`; without a response `greengrass/attempt_failure.rs`; no credentials `greengrass/credentials_failure.rs` |
//! | AWS's files: sections, profiles, source of credentials | `greengrass/aws_files.rs`, `greengrass/aws_files/{ini,profile,paths,words}.rs`, `greengrass/aws_files/chain/…` |
//! | the environment variables | `greengrass/environment.rs` |
//! | a connection: settings and their variables, region, credentials, proxies, TLS | `greengrass/connect.rs`, `greengrass/connect/{settings,region,sources,credentials,instance,process,proxies,routes,certificates}.rs` |
//! | **the sandbox** | |
//! | how it answers | an operation `sandbox/api/…`, by its subject: groups, definitions, deployments, roles, tags; its kinds' words `sandbox/wire.rs` |
//! | its way in | the SDK's HTTP client `sandbox/connector.rs`; over HTTP `sandbox/serve.rs` |
//! | its faults and delays, for tests only | `sandbox/fault.rs`, `sandbox/test_control.rs` |
//! | its data | `sandbox/account/…`; the file `sandbox/store.rs`, `sandbox/account_file/…`; the demo plant `sandbox/seed.rs` |
//! | **the machine** | |
//! | the loop; an effect performed | `runtime/run.rs`; `runtime/worker.rs`, with `ask`, `change` and `file_work` beside it |
//! | bytes from the terminal: read, split into keys, pasted | `runtime/input/{reader,assembler,csi,paste,delays}.rs` |
//! | bytes to the terminal: only what changed, in short sequences | `runtime/terminal/backend.rs`, `runtime/terminal/backend/{grid,painter,pen,scroll}.rs` |
//! | the terminal itself: taken and restored, its files, its sequences | `runtime/terminal/{mode,tty,capabilities}.rs` |
//! | the user's editor | `runtime/editor.rs`; the terminal while the editor has it `runtime/run/editing.rs` |
//! | the program's files | `runtime/journal.rs`, `runtime/files/{drafts,history,lock,log,edits,texts}.rs`; how any file is opened and replaced `disk.rs` |
//! | a snapshot of an account | `runtime/snapshot.rs`; the lists and facts read so far `runtime/snapshot/{known,record,partial}.rs` |
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
