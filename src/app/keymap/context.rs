//! The key contexts: every screen, every overlay, and the search line.

macro_rules! contexts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Where a key is pressed; a key can have different meanings in different contexts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum KeyContext {
            $($(#[$doc])* $variant,)*
        }

        impl KeyContext {
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The name shown in the help and in the README.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

contexts! {
    Groups = "groups",
    Assemble = "assemble",
    Review = "review",
    Outcome = "outcome",
    /// A search line has the focus: letters are text.
    Search = "search line",
    /// A text over the entire screen: preview, difference, plain text.
    Pager = "text",
    Help = "help",
    Calls = "calls",
    /// The group's versions.
    BaseHistory = "versions",
    /// The groups that use a version.
    WhereUsed = "where used",
    /// Profiles, regions and groups to switch to.
    Accounts = "contexts",
    /// A question with two buttons.
    Question = "question",
    /// A line of text: the name of a new definition, or the replacement of a text.
    Line = "line",
    Fixes = "fixes",
    /// The replacement of a text: first the text, then the places.
    Swap = "replace",
    /// A deployment, and the question before it.
    Deployment = "deployment",
    /// The comparison with a newer version of the group.
    Rebase = "moved base",
}

impl KeyContext {
    /// True if letters are text.
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Search | Self::Line)
    }
}
