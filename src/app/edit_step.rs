//! The steps on the way to a new content, as data.

use crate::domain::{DefinitionKind, DefinitionVersionArn};

/// What is edited.
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

/// A step on the way to a new content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditStep {
    /// The name of a new definition of this kind.
    Name(DefinitionKind),
    /// The user's editor.
    Open(EditSubject),
    /// The exchange of a text in all slots.
    Swap,
    /// What removes a finding.
    Fix(FixSubject),
    /// The draft has new versions.
    Written,
}

/// The findings that are to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixSubject {
    /// Those of a slot.
    Slot(DefinitionKind),
    /// The one at this place in the draft's findings.
    Finding(usize),
}
