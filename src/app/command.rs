//! What the person can want, by name, whatever key says so.

use crate::domain::DefinitionKind;

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $help:literal;)*) => {
        /// One thing that the person can want.
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

            /// What it does, in a few words.
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
    Right = "right", "button or text to the right";
    NextPane = "next-pane", "next pane or button";
    PreviousPane = "previous-pane", "previous pane or button";
    Search = "search", "search in this list";
    LeaveSearch = "leave-search", "leave the search line, keep the filter";
    ClearSearch = "clear-search", "clear the filter and leave the line";
    EarlierSearch = "earlier-search", "what was searched for before, the last first";
    Open = "open", "open, or pick and go on to the next pane";
    PickAndStay = "pick", "pick and stay";
    Tick = "tick", "acknowledge";
    Empty = "empty", "slot holds nothing";
    Reset = "reset", "slot back to its base";
    Undo = "undo", "undo";
    Redo = "redo", "redo";
    NextMark = "next-mark", "next slot changed or with a finding";
    PreviousMark = "previous-mark", "previous slot changed or with a finding";
    Sort = "sort", "change the sort order";
    OlderVersions = "older-versions", "read the older versions of this definition now";
    Preview = "preview", "preview of the content";
    Diff = "diff", "difference to the slot's base";
    PreviewUp = "preview-up", "half a page up in the preview beside the panes";
    PreviewDown = "preview-down", "half a page down in the preview beside the panes";
    Wrap = "wrap", "wrap lines that are longer than the screen, or cut them";
    Save = "save", "save this text as a file in the working folder";
    Compare = "compare", "compare others with this version: d shows the difference to it";
    WhereUsed = "where-used", "which groups hold this version";
    Copy = "copy", "copy the ARN";
    PlainText = "plain-text", "plain text to select by hand";
    Retry = "retry", "ask again for what failed here";
    Reload = "reload", "reload everything and read credentials again";
    SwitchContext = "switch-context", "change profile, region or group";
    History = "history", "the group's versions; choose another base";
    Review = "review", "review what would be created";
    Calls = "calls", "log of calls";
    Help = "help", "keys that are valid here";
    FindCommand = "find-command", "search what can be done here, and do it";
    Back = "back", "one level back";
    Quit = "quit", "quit";
    Suspend = "suspend", "suspend";
    Redraw = "redraw", "draw the screen anew";
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
}
