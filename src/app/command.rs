//! The commands of the user, by name.

use crate::domain::DefinitionKind;

/// A part of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommandGroup {
    /// The commands of the view itself.
    Here,
    /// The commands of the entire program.
    Program,
    Moving,
}

macro_rules! commands {
    ($($variant:ident = $name:literal, $help:literal, $group:ident $(, $also:literal)?;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $($variant,)*
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

            /// The section of the help that lists it.
            pub const fn group(self) -> CommandGroup {
                match self {
                    $(Self::$variant => CommandGroup::$group,)*
                    Self::Pane(_) => CommandGroup::Moving,
                }
            }

            /// Its names in other programs.
            pub const fn also(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($also)?),)*
                    Self::Pane(_) => "",
                }
            }
        }
    };
}

// Each row has a name, a description, a section of the help, and names in other programs.
commands! {
    Up = "up", "previous row", Moving;
    Down = "down", "next row", Moving;
    PageUp = "page-up", "half a page up", Moving;
    PageDown = "page-down", "half a page down", Moving;
    First = "first", "first row", Moving;
    Last = "last", "last row", Moving;
    Left = "left", "button or text to the left", Moving;
    Right = "right", "button or text to the right; the preview in full screen", Moving;
    NextPane = "next-pane", "next pane or button", Moving;
    PreviousPane = "previous-pane", "previous pane or button", Moving;
    Search = "search", "search this list or text", Here, "filter find";
    LeaveSearch = "leave-search", "leave the search line, keep the filter", Here;
    ClearSearch = "clear-search", "clear the filter and leave the line", Here;
    EarlierSearch = "earlier-search", "earlier searches, the last one first", Here;
    Open = "open", "open, pick, press the button, run the command", Here, "resume draft";
    PickAndStay = "pick", "pick and stay", Here, "select";
    Tick = "tick", "acknowledge, or choose: a box, a slot, a side", Here;
    Edit = "edit", "edit this content; on an empty slot, write a definition", Here;
    Swap = "swap", "replace a text in all slots: a Lambda version, thing or topic", Here, "replace substitute";
    Fix = "fix", "what removes a finding", Here;
    Empty = "empty", "empty this slot", Here, "drop remove delete clear";
    Reset = "reset", "reset to base", Here, "restore revert discard draft";
    Undo = "undo", "undo", Here;
    Redo = "redo", "redo", Here;
    NextMark = "next-mark", "next slot changed or with a finding; next finding; next match", Moving;
    PreviousMark = "previous-mark", "previous slot changed or with a finding; previous finding; previous match", Moving;
    Sort = "sort", "change the sort order", Here, "order";
    OlderVersions = "older-versions", "load the older versions of this definition now", Here;
    Preview = "preview", "preview of the content", Here, "content show json";
    Diff = "diff", "difference to the slot's base", Here, "difference differs compare";
    PreviewUp = "preview-up", "half a page up in the preview beside the panes", Moving;
    PreviewDown = "preview-down", "half a page down in the preview beside the panes", Moving;
    Wrap = "wrap", "wrap lines that are longer than the screen, or cut them", Here;
    Save = "save", "save this text or log as a file in the current directory", Here;
    Compare = "compare", "mark this version for comparison", Here, "mark difference";
    WhereUsed = "where-used", "groups using this version", Here, "users groups used by";
    Successor = "successor", "pick the successor here too", Here;
    Copy = "copy", "copy the ARN, the request, the text or the log", Here, "yank clipboard";
    PlainText = "plain-text", "plain text to select by hand", Program;
    Retry = "retry", "retry", Here, "again";
    Reload = "reload", "reload everything, credentials too", Program, "refresh credentials";
    SwitchAccount = "switch-context", "switch profile, region or group", Program, "ctx switch profile region account group";
    BaseHistory = "history", "the group's versions; choose another base", Here, "versions history rollback latest older previous";
    Review = "review", "review the new version", Here, "create publish send save json";
    Deploy = "deploy", "deploy this version, or show the deployment", Here, "deployment run start status watch rollback";
    ResetDeployments = "reset-deployments", "reset the group's core", Here, "reset deployments undeploy force clear core";
    Calls = "calls", "log of calls", Program, "log requests";
    Help = "help", "help: the keys that are valid here", Program, "keys";
    FindCommand = "find-command", "find a command", Program;
    Back = "back", "one level back", Moving;
    Quit = "quit", "quit", Program, "exit leave";
    Suspend = "suspend", "suspend", Program;
    Redraw = "redraw", "redraw", Program;
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
}
