//! The group version under check: its contents, with indices for the rules.

use std::cell::{Cell, OnceCell};

use super::contents::{Contents, Scope, SlotContent};
use super::grouped::{FastMap, grouped};
use crate::domain::content::{
    Connector, Content, Execution, Function, FunctionContent, IsolationMode, Logger, Resource,
    Subscription, Thing,
};
use crate::domain::kind::{DefinitionKind, PerKind};
use crate::domain::slots::{SlotArn, Slots};

/// The content of one slot, or why it is unknown.
#[derive(Debug, Clone, Copy)]
pub(super) enum ContentState<'a> {
    Empty,
    Pending,
    Unreadable(&'a str),
    Missing,
    /// The slot's text is not an ARN of its kind, so its content cannot be requested.
    NoArn,
    Known(&'a Content),
}

/// The group version under check.
pub(super) struct CheckedGroup<'a> {
    pub(super) slots: &'a Slots,
    pub(super) scope: &'a Scope,
    /// The slots read since the last call of `take_read`.
    read: Cell<PerKind<bool>>,
    states: PerKind<ContentState<'a>>,
    resources_by_id: OnceCell<FastMap<&'a str, &'a Resource>>,
    endpoints: OnceCell<Vec<(&'a str, Vec<&'a str>)>>,
}

/// Methods that return the items of a slot: none if it is empty or unknown.
macro_rules! items {
    ($($items:ident: $kind:ident [$item:ty],)*) => {$(
        pub(super) fn $items(&self) -> &'a [$item] {
            match self.content(DefinitionKind::$kind) {
                Some(Content::$kind(content)) => &content.$items,
                Some(_) | None => &[],
            }
        }
    )*};
}

impl<'a> CheckedGroup<'a> {
    pub(super) fn new(slots: &'a Slots, contents: &'a Contents, scope: &'a Scope) -> Self {
        let states = PerKind::from_fn(|kind| match (slots.get(kind), contents.get(kind)) {
            (None, _) => ContentState::Empty,
            (Some(_), SlotContent::Known(content)) => ContentState::Known(content),
            (Some(SlotArn::Unreadable(_)), _) => ContentState::NoArn,
            (Some(_), SlotContent::Unreadable(reason)) => ContentState::Unreadable(reason),
            (Some(_), SlotContent::Missing) => ContentState::Missing,
            (Some(_), SlotContent::Unknown | SlotContent::Empty) => ContentState::Pending,
        });
        Self {
            slots,
            scope,
            read: Cell::default(),
            states,
            resources_by_id: OnceCell::new(),
            endpoints: OnceCell::new(),
        }
    }

    /// The state of a slot, which counts as read.
    pub(super) fn state(&self, kind: DefinitionKind) -> ContentState<'a> {
        let mut read = self.read.get();
        read[kind] = true;
        self.read.set(read);
        self.states[kind]
    }

    /// Returns the slots read since the last call.
    pub(super) fn take_read(&self) -> PerKind<bool> {
        self.read.take()
    }

    /// Returns whether all items of the slot are known; an empty slot is.
    pub(super) fn is_settled(&self, kind: DefinitionKind) -> bool {
        matches!(
            self.state(kind),
            ContentState::Empty | ContentState::Known(_)
        )
    }

    pub(super) fn pending(&self) -> impl Iterator<Item = DefinitionKind> {
        self.kinds(|state| matches!(state, ContentState::Pending))
    }

    pub(super) fn unknown(&self) -> impl Iterator<Item = DefinitionKind> {
        self.kinds(|state| {
            matches!(
                state,
                ContentState::Unreadable(_) | ContentState::Missing | ContentState::NoArn
            )
        })
    }

    fn kinds(
        &self,
        matches: impl Fn(ContentState<'a>) -> bool,
    ) -> impl Iterator<Item = DefinitionKind> {
        self.states
            .iter()
            .filter(move |(_, state)| matches(**state))
            .map(|(kind, _)| kind)
    }

    fn content(&self, kind: DefinitionKind) -> Option<&'a Content> {
        if let ContentState::Known(content) = self.state(kind) {
            Some(content)
        } else {
            None
        }
    }

    items! {
        cores: Core [Thing],
        devices: Device [Thing],
        functions: Function [Function],
        connectors: Connector [Connector],
        resources: Resource [Resource],
        subscriptions: Subscription [Subscription],
        loggers: Logger [Logger],
    }

    fn function_content(&self) -> Option<&'a FunctionContent> {
        match self.content(DefinitionKind::Function) {
            Some(Content::Function(content)) => Some(content),
            Some(_) | None => None,
        }
    }

    /// The default execution of functions.
    pub(super) fn default_execution(&self) -> Option<&'a Execution> {
        self.function_content()?.default_execution()
    }

    /// The functions that run without a container.
    pub(super) fn uncontained(&self) -> impl Iterator<Item = &'a Function> {
        self.isolated(IsolationMode::NoContainer)
    }

    /// The functions that run in a Greengrass container.
    pub(super) fn contained(&self) -> impl Iterator<Item = &'a Function> {
        self.isolated(IsolationMode::GreengrassContainer)
    }

    fn isolated(&self, mode: IsolationMode) -> impl Iterator<Item = &'a Function> {
        let content = self.function_content();
        let functions = content.map_or(&[][..], |content| &content.functions);
        functions.iter().filter(move |function| {
            content.is_some_and(|content| content.isolation_of(function) == mode)
        })
    }

    /// The ids of all items of a slot.
    pub(super) fn ids(&self, kind: DefinitionKind) -> Vec<&'a str> {
        self.content(kind).map_or_else(Vec::new, Content::ids)
    }

    pub(super) fn resource(&self, id: &str) -> Option<&'a Resource> {
        let resources = self.resources().iter();
        self.resources_by_id
            .get_or_init(|| resources.map(|one| (&*one.id, one)).collect())
            .get(id)
            .copied()
    }

    /// Each source and target of subscriptions, with the ids of these subscriptions.
    pub(super) fn endpoints(&self) -> &[(&'a str, Vec<&'a str>)] {
        let subscriptions = self.subscriptions().iter();
        self.endpoints.get_or_init(|| {
            let ends = subscriptions.flat_map(|subscription| {
                let (source, target) = (&subscription.source, &subscription.target);
                let target = target.as_ref().filter(|_| source != target);
                let ends = [source.as_ref(), target].into_iter().flatten();
                ends.map(|end| (&**end, &*subscription.id))
            });
            grouped(ends)
        })
    }
}
