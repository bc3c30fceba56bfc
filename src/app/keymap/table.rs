//! The default table of keys, before the configuration changes it.

use super::context::KeyContext;
use crate::app::command::Command;
use crate::domain::DefinitionKind::{
    Connector, Core, Device, Function, Logger, Resource, Subscription,
};

/// One row of the table of keys.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub command: Command,
    pub keys: &'static [&'static str],
    /// The contexts in which the command is executed.
    pub contexts: &'static [KeyContext],
    /// The label in the footer; empty for a row that is not shown there.
    pub label: &'static str,
    /// The description for these contexts, if the command's own is too general.
    particular: &'static str,
}

impl Binding {
    /// The description for the contexts of this row.
    pub const fn help(&self) -> &'static str {
        if self.particular.is_empty() {
            self.command.help()
        } else {
            self.particular
        }
    }
}

use KeyContext::{
    Accounts, Assemble, BaseHistory, Calls, Deployment, Fixes, Groups, Help, Line, Outcome, Pager,
    Question, Rebase, Review, Search, Swap, WhereUsed,
};

const EVERYWHERE: &[KeyContext] = &KeyContext::ALL;
const SCREENS: &[KeyContext] = &[Groups, Assemble, Review, Outcome];
/// Contexts with a cursor in rows.
const LISTS: &[KeyContext] = &[
    Groups,
    Assemble,
    Help,
    BaseHistory,
    Accounts,
    Fixes,
    WhereUsed,
];
const MENUS: &[KeyContext] = &[Help, BaseHistory, Accounts, Fixes, WhereUsed];
/// Contexts with a text that scrolls.
const TEXTS: &[KeyContext] = &[Outcome, Pager, Calls];
const SCROLLED: &[KeyContext] = &[Review, Outcome, Pager, Calls, Deployment];
#[rustfmt::skip]
const PAGED: &[KeyContext] = &[Groups, Assemble, Review, Outcome, Pager, Help, Calls, BaseHistory, WhereUsed, Accounts, Deployment, Fixes];
#[rustfmt::skip]
const ABOVE_A_SCREEN: &[KeyContext] = &[Pager, Help, Calls, BaseHistory, WhereUsed, Accounts, Rebase, Deployment];
#[rustfmt::skip]
const NOT_ON_A_SCREEN: &[KeyContext] = &[Pager, Help, Calls, BaseHistory, WhereUsed, Accounts, Question, Rebase, Deployment, Swap, Fixes];
#[rustfmt::skip]
const WITH_HELP: &[KeyContext] = &[Groups, Assemble, Review, Outcome, Pager, Calls, BaseHistory, WhereUsed, Accounts, Question, Rebase, Deployment, Swap, Fixes];

const fn row(
    command: Command,
    keys: &'static [&'static str],
    contexts: &'static [KeyContext],
    label: &'static str,
) -> Binding {
    Binding {
        command,
        keys,
        contexts,
        label,
        particular: "",
    }
}

impl Binding {
    /// The same row with a description for these contexts.
    const fn does(self, particular: &'static str) -> Self {
        Self { particular, ..self }
    }
}

/// The default keys, the most important for the footer first.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(Command::Open, &["Enter"], &[Groups], "open").does("open this group"),
    row(Command::Open, &["Enter"], &[Assemble], "pick").does("pick, and go on to the next pane"),
    row(Command::Open, &["Enter"], &[Search], "pick").does("open or pick the row; in a text, leave the line"),
    row(Command::Open, &["Enter"], &[Review], "choose").does("press the button; in the list, show the difference or go to the slot"),
    row(Command::Open, &["Enter"], &[Outcome], "continue").does("continue from the new version, or back to the draft"),
    row(Command::Open, &["Enter"], &[Help], "run").does("run this command"),
    row(Command::Open, &["Enter"], &[BaseHistory], "start from it").does("start the draft from this version"),
    row(Command::Open, &["Enter"], &[Accounts], "switch").does("switch to it"),
    row(Command::Open, &["Enter"], &[Question, Rebase], "choose").does("press the button"),
    row(Command::Open, &["Enter"], &[Deployment], "choose").does("press the button; on an error, go to its slot"),
    row(Command::Open, &["Enter"], &[Pager, Calls], "close").does("close"),
    row(Command::Open, &["Enter"], &[WhereUsed], "open").does("open the group at this slot"),
    row(Command::Tick, &["Space"], &[WhereUsed], "mark").does("mark or unmark this group"),
    row(Command::Successor, &["t"], &[WhereUsed], "successor").does("put the successor into this slot of the marked groups, in turn"),
    row(Command::NextPane, &["Tab", "]"], &[WhereUsed], "next item").does("search for the next item of this version"),
    row(Command::Open, &["Enter"], &[Line], "take").does("take this text"),
    row(Command::Open, &["Enter"], &[Swap], "choose").does("choose this text; in the list of places, replace the ticked ones"),
    row(Command::Review, &["a"], &[Assemble], "review"),
    row(Command::Open, &["Enter"], &[Fixes], "fix").does("put this fix into the draft"),
    row(Command::Edit, &["e"], &[Assemble], "edit"),
    row(Command::Search, &["/"], &[Groups, Assemble], "search").does("search; in one field: fn: thing: topic: res: con: id:"),
    row(Command::Search, &["/"], MENUS, "search").does("search this list"),
    row(Command::Search, &["/"], &[Pager], "search").does("search this text"),
    row(Command::Search, &["/"], &[Swap], "search").does("search these texts"),
    row(Command::Diff, &["d"], &[Assemble], "diff").does("difference to the slot's base"),
    row(Command::Diff, &["d"], &[Review], "diff").does("difference of this slot, or of the first"),
    row(Command::Diff, &["d"], &[Rebase], "what differs").does("difference of this slot"),
    row(Command::Preview, &["p"], &[Assemble], "preview"),
    row(Command::BaseHistory, &["b"], &[Assemble], "base version"),
    row(Command::NextMark, &["n"], &[Assemble], "next mark").does("next slot changed or with a finding"),
    row(Command::NextMark, &["n"], &[Review], "findings").does("next finding"),
    row(Command::NextMark, &["n"], &[Pager], "next").does("next match"),
    row(Command::Empty, &["x"], &[Assemble], "empty"),
    row(Command::Undo, &["u", "z"], &[Assemble], "undo"),
    row(Command::Reset, &["="], &[Assemble], "reset"),
    row(Command::Tick, &["Space"], &[Review], "tick").does("tick or untick the box"),
    row(Command::Tick, &["Space"], &[Deployment], "tick").does("tick or untick the box"),
    row(Command::Tick, &["Space"], &[BaseHistory], "take its slot").does("take this version's slot into the open pane"),
    row(Command::Tick, &["Space"], &[Rebase], "mine or theirs").does("choose the other side for this slot"),
    row(Command::Deploy, &["D"], &[Outcome], "deploy").does("deploy the created version"),
    row(Command::Deploy, &["D"], &[BaseHistory], "deploy").does("deploy this version"),
    row(Command::Deploy, &["D"], &[Deployment], "deploy").does("deploy the last version that succeeded, or the latest"),
    row(Command::LeaveSearch, &["Tab"], &[Search], "keep filter"),
    row(Command::ClearSearch, &["Esc"], &[Search], "clear"),
    row(Command::EarlierSearch, &["Ctrl-R"], &[Search], "earlier"),
    row(Command::Help, &["?"], WITH_HELP, "help"),
    row(Command::Help, &["?"], &[Help], "close").does("close the help"),
    row(Command::Back, &["Esc"], &[Groups], "back").does("clear the filter"),
    row(Command::Back, &["Esc"], &[Assemble], "back").does("clear the filter, or back to the groups"),
    row(Command::Back, &["Esc"], &[Review], "back").does("back to the draft"),
    row(Command::Back, &["Esc"], &[Outcome], "back").does("continue from the new version, or back to the draft"),
    row(Command::Back, &["Esc"], ABOVE_A_SCREEN, "close").does("close"),
    row(Command::Back, &["Esc"], &[Question], "back").does("stay, and change nothing"),
    row(Command::Back, &["Esc"], &[Line, Swap], "back").does("one step back"),
    row(Command::Back, &["Esc"], &[Fixes], "back").does("change nothing"),
    row(Command::Tick, &["Space"], &[Swap], "tick").does("tick or untick this place"),
    row(Command::Up, &["Up", "k", "Ctrl-P"], &[Swap], "").does("previous text or place"),
    row(Command::Down, &["Down", "j", "Ctrl-N"], &[Swap], "").does("next text or place"),
    row(Command::Up, &["Up", "Ctrl-P"], &[Line], "").does("the previous candidate"),
    row(Command::Down, &["Down", "Ctrl-N"], &[Line], "").does("the next candidate"),
    row(Command::Retry, &["r"], &[Groups, Assemble], "retry").does("retry"),
    row(Command::Retry, &["r"], &[Review], "read again").does("read once more whether the group has a newer version"),
    row(Command::Retry, &["r"], &[Outcome], "check again").does("check again for the version"),
    row(Command::Retry, &["r"], &[BaseHistory], "read again").does("load versions and deployments again"),
    row(Command::Copy, &["y"], &[Groups, Assemble, BaseHistory, WhereUsed], "copy").does("copy the ARN"),
    row(Command::Copy, &["y"], &[Review], "copy").does("copy the request"),
    row(Command::Copy, &["y"], &[Outcome], "copy").does("copy the ARN, the error or the request"),
    row(Command::Retry, &["r"], &[Deployment], "read again").does("read the status again, or look for the deployment"),
    row(Command::Copy, &["y"], &[Deployment], "copy").does("copy the id or the error"),
    row(Command::Copy, &["y"], &[Pager], "copy").does("copy the text"),
    row(Command::Copy, &["y"], &[Calls], "copy").does("copy the log"),
    row(Command::Wrap, &["w"], &[Pager], "wrap"),
    row(Command::Save, &["s"], &[Pager], "save").does("save this text as a file in the current directory"),
    row(Command::Save, &["s"], &[Calls], "save").does("save the log as a file in the current directory"),
    row(Command::Right, &["Right", "l"], &[Assemble], "full screen").does("preview or difference in full screen"),
    row(Command::PreviousMark, &["N"], &[Assemble], "").does("previous slot changed or with a finding"),
    row(Command::PreviousMark, &["N"], &[Review], "").does("previous finding"),
    row(Command::PreviousMark, &["N"], &[Pager], "").does("previous match"),
    row(Command::PickAndStay, &["Space"], &[Assemble], ""),
    row(Command::Sort, &["o"], &[Assemble], "sort"),
    row(Command::OlderVersions, &["v"], &[Assemble], "older").does("older versions; with a search, all contents, or stop"),
    row(Command::OlderVersions, &["v"], &[Groups], "read all").does("load the contents of all groups for the search, or stop"),
    row(Command::WhereUsed, &["w"], &[Assemble], "where used"),
    row(Command::WhereUsed, &["w"], &[Groups], "").does("groups using the match"),
    row(Command::Successor, &["t"], &[Groups], "").does("put the successor into each slot found, group by group"),
    row(Command::Successor, &["t"], &[Assemble], "").does("go on to the next marked group"),
    row(Command::Swap, &["S"], &[Assemble], "replace"),
    row(Command::Fix, &["f"], &[Assemble], "fix").does("what removes a finding of this slot"),
    row(Command::Fix, &["f"], &[Review], "fix").does("what removes this finding, or the first"),
    row(Command::Compare, &["m", "W"], &[Assemble], "compare"),
    row(Command::Deploy, &["D"], &[Groups, Assemble], "deployment").does("show the group's deployment"),
    row(Command::Preview, &["p"], &[Groups], "preview").does("preview of the group beside the list"),
    row(Command::Redo, &["U", "Z"], &[Assemble], "redo"),
    row(Command::PlainText, &["Y"], SCREENS, "plain text"),
    row(Command::SwitchAccount, &["c"], &[Groups, Assemble], "context"),
    row(Command::Reload, &["R"], SCREENS, "reload"),
    row(Command::Calls, &["!", "@"], SCREENS, "calls"),
    row(Command::Calls, &["!", "@"], &[Calls], "").does("close the log"),
    row(Command::FindCommand, &[":"], SCREENS, ""),
    row(Command::Quit, &["q", "Ctrl-C"], SCREENS, "quit"),
    row(Command::Quit, &["q", "Ctrl-C"], NOT_ON_A_SCREEN, "").does("close; with Ctrl, quit"),
    row(Command::Quit, &["Ctrl-C"], &[Search, Line], "").does("quit"),
    row(Command::NextPane, &["Tab", "]"], &[Assemble], "").does("next pane"),
    row(Command::NextPane, &["Tab", "]"], &[Review], "").does("next button, then the list above"),
    row(Command::NextPane, &["Tab", "]"], &[Question, Rebase, Deployment], "").does("next button"),
    row(Command::PreviousPane, &["Shift-Tab", "["], &[Assemble], "").does("previous pane"),
    row(Command::PreviousPane, &["Shift-Tab", "["], &[WhereUsed], "").does("look for the item before"),
    row(Command::PreviousPane, &["Shift-Tab", "["], &[Review], "").does("the list above, or the button before"),
    row(Command::PreviousPane, &["Shift-Tab", "["], &[Question, Rebase, Deployment], "").does("previous button"),
    row(Command::Pane(Core), &["1"], &[Assemble], "").does("core pane"),
    row(Command::Pane(Device), &["2"], &[Assemble], "").does("device pane"),
    row(Command::Pane(Function), &["3"], &[Assemble], "").does("function pane"),
    row(Command::Pane(Connector), &["4"], &[Assemble], "").does("connector pane"),
    row(Command::Pane(Resource), &["5"], &[Assemble], "").does("resource pane"),
    row(Command::Pane(Subscription), &["6"], &[Assemble], "").does("subscription pane"),
    row(Command::Pane(Logger), &["7"], &[Assemble], "").does("logger pane"),
    row(Command::Up, &["Up", "k", "Ctrl-P"], LISTS, ""),
    row(Command::Up, &["Up", "k", "Ctrl-P"], TEXTS, "").does("one line up"),
    row(Command::Up, &["Up", "k", "Ctrl-P"], &[Review], "").does("previous box; in the list, previous slot or finding"),
    row(Command::Up, &["Up", "k", "Ctrl-P"], &[Deployment], "").does("previous box or error"),
    row(Command::Up, &["Up", "k", "Ctrl-P"], &[Question], "").does("the other button"),
    row(Command::Up, &["Up", "k", "Ctrl-P"], &[Rebase], "").does("previous slot"),
    row(Command::Up, &["Up", "Ctrl-P"], &[Search], ""),
    row(Command::Down, &["Down", "j", "Ctrl-N"], LISTS, ""),
    row(Command::Down, &["Down", "j", "Ctrl-N"], TEXTS, "").does("one line down"),
    row(Command::Down, &["Down", "j", "Ctrl-N"], &[Review], "").does("next box; in the list, next slot or finding"),
    row(Command::Down, &["Down", "j", "Ctrl-N"], &[Deployment], "").does("next box or error"),
    row(Command::Down, &["Down", "j", "Ctrl-N"], &[Question], "").does("the other button"),
    row(Command::Down, &["Down", "j", "Ctrl-N"], &[Rebase], "").does("next slot"),
    row(Command::Down, &["Down", "Ctrl-N"], &[Search], ""),
    row(Command::PageUp, &["PgUp", "Ctrl-U", ","], PAGED, ""),
    row(Command::PageUp, &["PgUp"], &[Search], ""),
    row(Command::PageDown, &["PgDn", "Ctrl-D", "."], PAGED, ""),
    row(Command::PageDown, &["PgDn", "Ctrl-D"], &[Search], ""),
    row(Command::PreviewUp, &["K"], &[Assemble], ""),
    row(Command::PreviewDown, &["J"], &[Assemble], ""),
    row(Command::First, &["g", "Home", "<"], LISTS, ""),
    row(Command::First, &["g", "Home", "<"], SCROLLED, "").does("to the beginning"),
    row(Command::Last, &["G", "End", ">"], LISTS, ""),
    row(Command::Last, &["G", "End", ">"], SCROLLED, "").does("to the end"),
    row(Command::Left, &["Left", "h"], &[Review], "").does("to Cancel"),
    row(Command::Left, &["Left", "h"], &[Question, Rebase, Deployment], "").does("button to the left"),
    row(Command::Left, &["Left", "h"], &[Pager], "").does("scroll left"),
    row(Command::Right, &["Right", "l"], &[Review], "next button").does("to Create"),
    row(Command::Right, &["Right", "l"], &[Question, Rebase, Deployment], "next button").does("button to the right"),
    row(Command::Right, &["Right", "l"], &[Pager], "").does("scroll right"),
    row(Command::Suspend, &["Ctrl-Z"], EVERYWHERE, ""),
    row(Command::Redraw, &["Ctrl-L"], EVERYWHERE, ""),
    row(Command::ResetDeployments, &[], &[Assemble], ""),
];
