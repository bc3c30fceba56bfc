//! The group version under check: its contents, with indices for the rules.

use std::cell::{Cell, OnceCell};

use super::contents::{Contents, Scope, SlotContent};
use super::endpoint::FunctionArn;
use super::grouped::{FastMap, FastSet, grouped};
use crate::domain::content::{
    Connector, Content, Execution, Function, FunctionContent, IsolationMode, Item, Logger,
    Resource, Subscription, Thing,
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
    Known,
}

/// The items of every slot that is known.
#[derive(Debug, Clone, Copy, Default)]
struct Items<'a> {
    cores: &'a [Thing],
    devices: &'a [Thing],
    functions: Option<&'a FunctionContent>,
    connectors: &'a [Connector],
    resources: &'a [Resource],
    subscriptions: &'a [Subscription],
    loggers: &'a [Logger],
}

impl<'a> Items<'a> {
    const fn take(&mut self, content: &'a Content) {
        match content {
            Content::Core(content) => self.cores = content.cores.as_slice(),
            Content::Device(content) => self.devices = content.devices.as_slice(),
            Content::Function(content) => self.functions = Some(content),
            Content::Connector(content) => self.connectors = content.connectors.as_slice(),
            Content::Resource(content) => self.resources = content.resources.as_slice(),
            Content::Subscription(content) => {
                self.subscriptions = content.subscriptions.as_slice();
            }
            Content::Logger(content) => self.loggers = content.loggers.as_slice(),
        }
    }
}

/// A set of slots.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) fn with(self, kind: DefinitionKind) -> Self {
        Self(self.0 | 1 << kind.index())
    }

    pub(super) fn contains(self, kind: DefinitionKind) -> bool {
        self.0 & (1 << kind.index()) != 0
    }
}

/// The group version under check.
pub(super) struct CheckedGroup<'a> {
    pub(super) slots: &'a Slots,
    pub(super) scope: &'a Scope,
    /// The slots read since the last call of `take_read`.
    read: Cell<Kinds>,
    states: PerKind<ContentState<'a>>,
    items: Items<'a>,
    functions_by_name: OnceCell<FastMap<&'a str, Vec<&'a str>>>,
    function_arns: OnceCell<FastSet<&'a str>>,
    resources_by_id: OnceCell<FastMap<&'a str, &'a Resource>>,
    endpoints: OnceCell<Vec<(&'a str, Vec<&'a str>)>>,
}

impl<'a> CheckedGroup<'a> {
    pub(super) fn new(slots: &'a Slots, contents: &'a Contents, scope: &'a Scope) -> Self {
        let mut items = Items::default();
        let states = PerKind::from_fn(|kind| match (slots.get(kind), contents.get(kind)) {
            (None, _) => ContentState::Empty,
            (Some(_), SlotContent::Known(content)) => {
                items.take(content);
                ContentState::Known
            }
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
            items,
            functions_by_name: OnceCell::new(),
            function_arns: OnceCell::new(),
            resources_by_id: OnceCell::new(),
            endpoints: OnceCell::new(),
        }
    }

    pub(super) fn state(&self, kind: DefinitionKind) -> ContentState<'a> {
        self.note(kind);
        self.states[kind]
    }

    fn note(&self, kind: DefinitionKind) {
        self.read.set(self.read.get().with(kind));
    }

    /// Returns the slots read since the last call.
    pub(super) fn take_read(&self) -> Kinds {
        self.read.take()
    }

    /// Returns whether all items of the slot are known; an empty slot is.
    pub(super) fn is_settled(&self, kind: DefinitionKind) -> bool {
        matches!(self.state(kind), ContentState::Empty | ContentState::Known)
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

    pub(super) fn cores(&self) -> &'a [Thing] {
        self.note(DefinitionKind::Core);
        self.items.cores
    }

    pub(super) fn devices(&self) -> &'a [Thing] {
        self.note(DefinitionKind::Device);
        self.items.devices
    }

    pub(super) fn connectors(&self) -> &'a [Connector] {
        self.note(DefinitionKind::Connector);
        self.items.connectors
    }

    pub(super) fn resources(&self) -> &'a [Resource] {
        self.note(DefinitionKind::Resource);
        self.items.resources
    }

    pub(super) fn subscriptions(&self) -> &'a [Subscription] {
        self.note(DefinitionKind::Subscription);
        self.items.subscriptions
    }

    pub(super) fn loggers(&self) -> &'a [Logger] {
        self.note(DefinitionKind::Logger);
        self.items.loggers
    }

    pub(super) fn functions(&self) -> &'a [Function] {
        self.function_content()
            .map_or(&[], |content| &content.functions)
    }

    fn function_content(&self) -> Option<&'a FunctionContent> {
        self.note(DefinitionKind::Function);
        self.items.functions
    }

    /// The default execution of functions.
    pub(super) fn default_execution(&self) -> Option<&'a Execution> {
        let content = self.function_content()?;
        content.default_config.as_ref()?.execution.as_ref()
    }

    /// The isolation mode of a function.
    pub(super) fn isolation_of(&self, function: &Function) -> IsolationMode {
        self.function_content()
            .map_or(IsolationMode::GreengrassContainer, |content| {
                content.isolation_of(function)
            })
    }

    /// The functions that run without a container.
    pub(super) fn uncontained(&self) -> impl Iterator<Item = &'a Function> {
        self.functions()
            .iter()
            .filter(|function| self.isolation_of(function) == IsolationMode::NoContainer)
    }

    /// The functions that run in a Greengrass container.
    pub(super) fn contained(&self) -> impl Iterator<Item = &'a Function> {
        self.functions()
            .iter()
            .filter(|function| self.isolation_of(function) == IsolationMode::GreengrassContainer)
    }

    /// The ids of all items of a slot.
    pub(super) fn ids(&self, kind: DefinitionKind) -> Vec<&'a str> {
        match kind {
            DefinitionKind::Core => ids(self.cores()),
            DefinitionKind::Device => ids(self.devices()),
            DefinitionKind::Function => ids(self.functions()),
            DefinitionKind::Connector => ids(self.connectors()),
            DefinitionKind::Resource => ids(self.resources()),
            DefinitionKind::Subscription => ids(self.subscriptions()),
            DefinitionKind::Logger => ids(self.loggers()),
        }
    }

    /// Returns whether the function slot has exactly this ARN.
    pub(super) fn has_function(&self, arn: &str) -> bool {
        self.note(DefinitionKind::Function);
        self.function_arns
            .get_or_init(|| self.functions().iter().filter_map(arn_of).collect())
            .contains(arn)
    }

    /// The ARNs in the function slot with the same function name.
    pub(super) fn same_function(&self, function: FunctionArn<'_>) -> &[&'a str] {
        self.note(DefinitionKind::Function);
        self.functions_by_name
            .get_or_init(|| {
                let arns = self.functions().iter().filter_map(arn_of);
                grouped(arns.filter_map(|arn| Some((FunctionArn::read(arn)?.name, arn))))
                    .into_iter()
                    .collect()
            })
            .get(function.name)
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn resource(&self, id: &str) -> Option<&'a Resource> {
        self.note(DefinitionKind::Resource);
        self.resources_by_id
            .get_or_init(|| {
                let resources = self.resources().iter();
                resources
                    .map(|resource| (&*resource.id, resource))
                    .collect()
            })
            .get(id)
            .copied()
    }

    /// Each source and target of subscriptions, with the ids of these subscriptions.
    pub(super) fn endpoints(&self) -> &[(&'a str, Vec<&'a str>)] {
        self.note(DefinitionKind::Subscription);
        self.endpoints.get_or_init(|| {
            let ends = self.subscriptions().iter().flat_map(|subscription| {
                let source = subscription.source.as_deref();
                let target = subscription
                    .target
                    .as_deref()
                    .filter(|_| subscription.source != subscription.target);
                [source, target]
                    .into_iter()
                    .flatten()
                    .map(|end| (end, &*subscription.id))
            });
            grouped(ends)
        })
    }
}

fn arn_of(function: &Function) -> Option<&str> {
    function.function_arn.as_deref()
}

fn ids<T: Item>(items: &[T]) -> Vec<&str> {
    items.iter().map(Item::id).collect()
}
