//! The inputs of the checks: the seven contents, and the account and region of the session.

use std::sync::Arc;

use crate::domain::arn::{Arn, DefinitionVersionArn};
use crate::domain::content::Content;
use crate::domain::identity::Identity;
use crate::domain::kind::{DefinitionKind, PerKind};
use crate::domain::slots::{SlotArn, Slots};

/// The content of one slot, or why it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SlotContent {
    /// The slot is empty.
    Empty,
    /// Not requested yet, or loading.
    #[default]
    Unknown,
    /// The content could not be read; with the reason.
    Unreadable(String),
    /// The definition or its version no longer exists.
    Missing,
    Known(Arc<Content>),
}

/// The content of each slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents(PerKind<SlotContent>);

impl Contents {
    /// Calls `known` for each filled slot; the other slots are empty.
    pub fn of(slots: &Slots, mut known: impl FnMut(&DefinitionVersionArn) -> SlotContent) -> Self {
        let mut contents = Self::default();
        for (kind, held) in slots.iter() {
            let content = match held {
                None => SlotContent::Empty,
                Some(SlotArn::Unreadable(_)) => SlotContent::Unknown,
                Some(SlotArn::Version(arn)) => known(arn),
            };
            contents.set(kind, content);
        }
        contents
    }

    /// Sets the content of a slot; a content of another kind becomes `Unreadable`.
    pub fn set(&mut self, kind: DefinitionKind, content: SlotContent) {
        self.0[kind] = if let SlotContent::Known(known) = &content
            && known.kind() != kind
        {
            let other = known.kind();
            SlotContent::Unreadable(format!("its content is that of a {other} version"))
        } else {
            content
        };
    }

    pub fn get(&self, kind: DefinitionKind) -> &SlotContent {
        &self.0[kind]
    }
}

/// The partition, region and account of the session; unknown parts are not compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// `aws`, `aws-cn` or `aws-us-gov`.
    pub partition: Option<String>,
    pub region: Option<String>,
    /// Twelve digits.
    pub account: Option<String>,
}

impl Scope {
    /// The scope of a session in `region`; `caller` is `None` while the identity is unknown.
    pub fn new(region: impl Into<String>, caller: Option<&Identity>) -> Self {
        let partition = caller
            .and_then(|caller| Arn::split(&caller.arn))
            .map(|arn| arn.partition.to_owned());
        Self {
            partition,
            region: Some(region.into()),
            account: caller.map(|caller| caller.account.clone()),
        }
    }
}
