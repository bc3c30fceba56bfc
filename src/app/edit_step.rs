//! The steps of an edit, as data.

use crate::domain::{DefinitionKind, DefinitionVersionArn};

/// The subject of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditSubject {
    /// The next version of a definition, from the content of this version.
    Version(DefinitionVersionArn),
    /// The first version of a definition of this kind and name.
    NewDefinition(DefinitionKind, String),
}

impl EditSubject {
    pub const fn kind(&self) -> DefinitionKind {
        match self {
            Self::Version(arn) => arn.kind(),
            Self::NewDefinition(kind, _) => *kind,
        }
    }

    /// The new version that the edit replaces.
    pub fn replaced(&self) -> Option<DefinitionVersionArn> {
        match self {
            Self::Version(arn) if arn.is_new() => Some(arn.clone()),
            Self::Version(_) | Self::NewDefinition(..) => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditStep {
    /// The name of a new definition of this kind.
    Name(DefinitionKind),
    /// The user's editor.
    Open(EditSubject),
    /// The exchange of a text in all slots.
    Swap,
    /// The list of fixes for findings.
    Fix(FixSubject),
    /// The draft has new versions.
    Written,
}

/// The findings to fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixSubject {
    /// Those of a slot.
    Slot(DefinitionKind),
    /// The finding with this index in the draft's findings.
    Finding(usize),
}
