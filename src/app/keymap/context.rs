//! The key contexts: every screen, every overlay, and the search line.

/// Where a key is pressed; a key can have different meanings in different contexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyContext {
    Groups,
    Assemble,
    Review,
    Outcome,
    /// A search line has the focus: letters are text.
    Search,
    /// A text over the entire screen: preview, difference, plain text.
    Pager,
    Help,
    /// The log of calls.
    Calls,
    /// The group's versions.
    BaseHistory,
    /// The groups that use a version.
    WhereUsed,
    /// Profiles, regions and groups to switch to.
    Accounts,
    /// A question with two buttons.
    Question,
    /// A line of text: the name of a new definition, or the replacement of a text.
    Line,
    /// The fixes of a finding.
    Fixes,
    /// The replacement of a text: first the text, then the places.
    Swap,
    /// A deployment, and the question before it.
    Deployment,
    /// The comparison with a newer version of the group.
    Rebase,
}

impl KeyContext {
    pub const ALL: [Self; 17] = [
        Self::Groups,
        Self::Assemble,
        Self::Review,
        Self::Outcome,
        Self::Search,
        Self::Pager,
        Self::Help,
        Self::Calls,
        Self::BaseHistory,
        Self::WhereUsed,
        Self::Accounts,
        Self::Question,
        Self::Line,
        Self::Fixes,
        Self::Swap,
        Self::Deployment,
        Self::Rebase,
    ];

    /// True if letters are text.
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Search | Self::Line)
    }

    /// The name shown in the help and in the README.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Assemble => "assemble",
            Self::Review => "review",
            Self::Outcome => "outcome",
            Self::Search => "search line",
            Self::Pager => "text",
            Self::Help => "help",
            Self::Calls => "calls",
            Self::BaseHistory => "versions",
            Self::WhereUsed => "where used",
            Self::Accounts => "contexts",
            Self::Question => "question",
            Self::Line => "line",
            Self::Fixes => "fixes",
            Self::Swap => "replace",
            Self::Deployment => "deployment",
            Self::Rebase => "moved base",
        }
    }
}
