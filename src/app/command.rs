//! The commands of the user, by name.

use crate::domain::DefinitionKind;

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $help:literal;)*) => {
        /// One command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $($(#[$doc])* $variant,)*
            /// The pane of this kind.
            Pane(DefinitionKind),
        }

        impl Command {
            /// Every command, in the order of the help.
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$variant,)*].into_iter().chain(DefinitionKind::ALL.map(Self::Pane))
            }

            /// The name in the configuration file: `next-pane`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Pane(kind) => pane_name(kind),
                }
            }

            /// A short description.
            pub const fn help(self) -> &'static str {
                match self {
                    $(Self::$variant => $help,)*
                    Self::Pane(_) => "go to this pane",
                }
            }
        }
    };
}

commands! {
    Up = "up", "previous row";
    Down = "down", "next row";
    PageUp = "page-up", "half a page up";
    PageDown = "page-down", "half a page down";
    First = "first", "first row";
    Last = "last", "last row";
    Left = "left", "button or text to the left";
    Right = "right", "button or text to the right; the preview in full screen";
    NextPane = "next-pane", "next pane or button";
    PreviousPane = "previous-pane", "previous pane or button";
    Search = "search", "search this list or text";
    LeaveSearch = "leave-search", "leave the search line, keep the filter";
    ClearSearch = "clear-search", "clear the filter and leave the line";
    EarlierSearch = "earlier-search", "earlier searches, the last one first";
    Open = "open", "open, pick, press the button, run the command";
    PickAndStay = "pick", "pick and stay";
    Tick = "tick", "acknowledge, or choose: a box, a slot, a side";
    Edit = "edit", "edit this content; on an empty slot, write a definition";
    Swap = "swap", "replace a text in all slots: a Lambda version, thing or topic";
    Fix = "fix", "what removes a finding";
    Empty = "empty", "empty this slot";
    Reset = "reset", "reset to base";
    Undo = "undo", "undo";
    Redo = "redo", "redo";
    NextMark = "next-mark", "next slot changed or with a finding; next finding; next match";
    PreviousMark = "previous-mark", "previous slot changed or with a finding; previous finding; previous match";
    Sort = "sort", "change the sort order";
    OlderVersions = "older-versions", "load the older versions of this definition now";
    Preview = "preview", "preview of the content";
    Diff = "diff", "difference to the slot's base";
    PreviewUp = "preview-up", "half a page up in the preview beside the panes";
    PreviewDown = "preview-down", "half a page down in the preview beside the panes";
    Wrap = "wrap", "wrap lines that are longer than the screen, or cut them";
    Save = "save", "save this text or log as a file in the current directory";
    Compare = "compare", "mark this version for comparison";
    WhereUsed = "where-used", "groups using this version";
    Successor = "successor", "pick the successor here too";
    Copy = "copy", "copy the ARN, the request, the text or the log";
    PlainText = "plain-text", "plain text to select by hand";
    Retry = "retry", "retry";
    Reload = "reload", "reload everything, credentials too";
    SwitchAccount = "switch-context", "switch profile, region or group";
    BaseHistory = "history", "the group's versions; choose another base";
    Review = "review", "review the new version";
    Deploy = "deploy", "deploy this version, or show the deployment";
    ResetDeployments = "reset-deployments", "reset the group's core";
    Calls = "calls", "log of calls";
    Help = "help", "help: the keys that are valid here";
    FindCommand = "find-command", "find a command";
    Back = "back", "one level back";
    Quit = "quit", "quit";
    Suspend = "suspend", "suspend";
    Redraw = "redraw", "redraw";
}

/// A part of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommandGroup {
    /// The commands of the view itself.
    Here,
    /// The commands of the entire program.
    Program,
    Moving,
}

const fn pane_name(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => "pane-core",
        DefinitionKind::Device => "pane-device",
        DefinitionKind::Function => "pane-function",
        DefinitionKind::Connector => "pane-connector",
        DefinitionKind::Resource => "pane-resource",
        DefinitionKind::Subscription => "pane-subscription",
        DefinitionKind::Logger => "pane-logger",
    }
}

impl Command {
    /// The command of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|command| command.name() == name)
    }

    /// True for a command that scrolls a text.
    pub const fn scrolls(self) -> bool {
        matches!(
            self,
            Self::Up | Self::Down | Self::PageUp | Self::PageDown | Self::First | Self::Last
        )
    }

    /// The index after a move from `index` among rows up to `last`; `None` for another command.
    #[expect(clippy::wildcard_enum_match_arm, reason = "no other command moves")]
    pub fn moved(self, index: usize, last: usize, page: usize) -> Option<usize> {
        Some(match self {
            Self::Up => index.saturating_sub(1),
            Self::Down => (index + 1).min(last),
            Self::PageUp => index.saturating_sub(page),
            Self::PageDown => (index + page).min(last),
            Self::First => 0,
            Self::Last => last,
            _ => return None,
        })
    }

    /// The section of the help that lists it.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command belongs to the view"
    )]
    pub const fn group(self) -> CommandGroup {
        match self {
            _ if self.scrolls() => CommandGroup::Moving,
            Self::Left
            | Self::Right
            | Self::NextPane
            | Self::PreviousPane
            | Self::NextMark
            | Self::PreviousMark
            | Self::PreviewUp
            | Self::PreviewDown
            | Self::Back
            | Self::Pane(_) => CommandGroup::Moving,
            Self::PlainText
            | Self::Reload
            | Self::SwitchAccount
            | Self::Calls
            | Self::Help
            | Self::FindCommand
            | Self::Quit
            | Self::Suspend
            | Self::Redraw => CommandGroup::Program,
            _ => CommandGroup::Here,
        }
    }

    /// Its names in other programs.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others are called what they are called here"
    )]
    pub const fn also(self) -> &'static str {
        match self {
            Self::SwitchAccount => "ctx switch profile region account group",
            Self::Quit => "exit leave",
            Self::Calls => "log requests",
            Self::Open => "resume draft",
            Self::Swap => "replace substitute",
            Self::BaseHistory => "versions history rollback latest older previous",
            Self::Empty => "drop remove delete clear",
            Self::Reset => "restore revert discard draft",
            Self::Review => "create publish send save json",
            Self::Deploy => "deployment run start status watch rollback",
            Self::ResetDeployments => "reset deployments undeploy force clear core",
            Self::Diff => "difference differs compare",
            Self::Compare => "mark difference",
            Self::Preview => "content show json",
            Self::Copy => "yank clipboard",
            Self::Reload => "refresh credentials",
            Self::Retry => "again",
            Self::Sort => "order",
            Self::WhereUsed => "users groups used by",
            Self::PickAndStay => "select",
            Self::Help => "keys",
            Self::Search => "filter find",
            _ => "",
        }
    }
}
