//! The places where a key is pressed: every screen, every overlay, and the search line.

/// Where a key is pressed; the same key can mean different things in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    Groups,
    Assemble,
    Review,
    Outcome,
    /// A search line has the focus: letters are text.
    Search,
    /// A text over the whole screen: preview, difference, plain view.
    Reader,
    Help,
    /// The log of calls.
    Calls,
    /// The group's versions.
    Versions,
    /// The groups that hold a version.
    Users,
    /// Profiles, regions and groups to switch to.
    Contexts,
    /// A question with two buttons.
    Question,
    /// The group has moved, and the sides are compared.
    Moved,
}

impl Context {
    pub const ALL: [Self; 13] = [
        Self::Groups,
        Self::Assemble,
        Self::Review,
        Self::Outcome,
        Self::Search,
        Self::Reader,
        Self::Help,
        Self::Calls,
        Self::Versions,
        Self::Users,
        Self::Contexts,
        Self::Question,
        Self::Moved,
    ];

    /// The name shown in the help and in the README.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Assemble => "assemble",
            Self::Review => "review",
            Self::Outcome => "outcome",
            Self::Search => "search line",
            Self::Reader => "text",
            Self::Help => "help",
            Self::Calls => "calls",
            Self::Versions => "versions",
            Self::Users => "where used",
            Self::Contexts => "contexts",
            Self::Question => "question",
            Self::Moved => "moved base",
        }
    }
}
