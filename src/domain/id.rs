//! Ids of the service: opaque text, one type each, not necessarily UUIDs.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The number of characters in the short form of an id.
pub const SHORT_ID_CHARACTERS: usize = 8;

/// The first eight characters of an id.
pub fn short_id(id: &str) -> &str {
    id.char_indices()
        .nth(SHORT_ID_CHARACTERS)
        .map_or(id, |(end, _)| id.get(..end).unwrap_or(id))
}

/// The prefix of temporary ids for what a draft will create. The service's own ids are UUIDs.
pub const NEW_ID_PREFIX: &str = "NEW-";

/// True for the id of a definition or version that does not exist yet.
pub fn is_new_id(id: &str) -> bool {
    id.starts_with(NEW_ID_PREFIX)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The first eight characters.
            pub fn short(&self) -> &str {
                short_id(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }
    };
}

id!(
    /// A group's id.
    GroupId
);
id!(
    /// The id of one version of a group (`Version` on the wire; `Id` there is the group's).
    GroupVersionId
);
id!(
    /// A definition's id.
    DefinitionId
);
impl DefinitionId {
    /// True for a definition that a draft will create.
    pub fn is_new(&self) -> bool {
        is_new_id(self.as_str())
    }
}

id!(
    /// The id of one deployment of a group.
    DeploymentId
);
