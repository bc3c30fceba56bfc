//! The seven slots of a group version, each empty or holding one definition version.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::arn::DefinitionVersionArn;
use super::kind::{DefinitionKind, PerKind};

/// The content of one filled slot.
///
/// The service stores any text, so a slot can hold text that is not an ARN of its kind.
/// Such text is kept verbatim: without it, the next version would lose the slot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SlotArn {
    Version(DefinitionVersionArn),
    Unreadable(Arc<str>),
}

impl SlotArn {
    /// Parses the text of a slot of `kind`; an ARN of another kind is `Unreadable`.
    pub fn read(kind: DefinitionKind, text: &str) -> Self {
        match text.parse::<DefinitionVersionArn>() {
            Ok(arn) if arn.kind() == kind => Self::Version(arn),
            Ok(_) | Err(_) => Self::Unreadable(text.into()),
        }
    }

    /// The text exactly as the service gave it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Version(arn) => arn.as_str(),
            Self::Unreadable(text) => text,
        }
    }

    pub const fn version(&self) -> Option<&DefinitionVersionArn> {
        match self {
            Self::Version(arn) => Some(arn),
            Self::Unreadable(_) => None,
        }
    }
}

impl fmt::Display for SlotArn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The seven slots; an empty slot is an absent member of the request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Slots(PerKind<Option<SlotArn>>);

impl Slots {
    pub fn get(&self, kind: DefinitionKind) -> Option<&SlotArn> {
        self.0[kind].as_ref()
    }

    /// The definition version in a slot; `None` if it is empty or unreadable.
    pub fn version(&self, kind: DefinitionKind) -> Option<&DefinitionVersionArn> {
        self.get(kind).and_then(SlotArn::version)
    }

    /// The definition versions in the slots, in pane order.
    pub fn versions(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        self.filled().filter_map(|(_, held)| held.version())
    }

    /// Fills the slot of the ARN's kind.
    pub fn fill(&mut self, arn: DefinitionVersionArn) {
        self.set(arn.kind(), Some(SlotArn::Version(arn)));
    }

    /// Fills a slot with the text of the service; empty text empties it.
    pub fn fill_verbatim(&mut self, kind: DefinitionKind, text: &str) {
        self.set(kind, (!text.is_empty()).then(|| SlotArn::read(kind, text)));
    }

    pub fn empty(&mut self, kind: DefinitionKind) {
        self.set(kind, None);
    }

    /// Copies the slot of `kind` from other slots.
    pub fn copy_from(&mut self, other: &Self, kind: DefinitionKind) {
        self.set(kind, other.get(kind).cloned());
    }

    fn set(&mut self, kind: DefinitionKind, held: Option<SlotArn>) {
        self.0[kind] = held;
    }

    /// Every slot, in pane order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (DefinitionKind, Option<&SlotArn>)> {
        self.0.iter().map(|(kind, held)| (kind, held.as_ref()))
    }

    /// The filled slots, in pane order.
    pub fn filled(&self) -> impl Iterator<Item = (DefinitionKind, &SlotArn)> {
        self.iter()
            .filter_map(|(kind, held)| held.map(|arn| (kind, arn)))
    }
}

/// A map from kind to ARN without the empty slots: `{"core": "arn:…"}`.
impl Serialize for Slots {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.filled())
    }
}

impl<'de> Deserialize<'de> for Slots {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let held = std::collections::BTreeMap::<DefinitionKind, String>::deserialize(deserializer)?;
        let mut slots = Self::default();
        for (kind, text) in held {
            slots.fill_verbatim(kind, &text);
        }
        Ok(slots)
    }
}
