//! The texts by which a search finds a content: the names in its items, but no value of a variable.

use super::{
    Connector, Content, Function, Item, Logger, Resource, Subscription, Summary, Thing,
    endpoint_name,
};
use crate::domain::arn::Arn;

/// The kind of thing that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TermField {
    Function,
    Thing,
    Topic,
    Resource,
    Connector,
    Id,
    /// Variables, loggers and routes.
    Other,
    /// Other texts in a row of a list: marks, states, dates, and the number of items.
    Row,
}

impl TermField {
    pub const ALL: [Self; 8] = [
        Self::Function,
        Self::Thing,
        Self::Topic,
        Self::Resource,
        Self::Connector,
        Self::Id,
        Self::Other,
        Self::Row,
    ];

    /// The fields that a search can name, each with its prefix.
    pub const WORDS: [(&str, Self); 6] = [
        ("fn:", Self::Function),
        ("thing:", Self::Thing),
        ("topic:", Self::Topic),
        ("res:", Self::Resource),
        ("con:", Self::Connector),
        ("id:", Self::Id),
    ];
}

/// The number of a text or of a row with a field, in four bytes, since a long list has millions of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberInField(u32);

impl NumberInField {
    const FIELD_BITS: u32 = 3;

    /// Numbers have 29 bits: more fit into no memory.
    pub const fn new(number: u32, field: TermField) -> Self {
        Self(number << Self::FIELD_BITS | field as u32)
    }

    pub const fn number(self) -> u32 {
        self.0 >> Self::FIELD_BITS
    }

    pub fn field(self) -> TermField {
        let field = self.0 as usize % TermField::ALL.len();
        TermField::ALL
            .get(field)
            .copied()
            .unwrap_or(TermField::Other)
    }

    pub const fn is_in(self, field: TermField) -> bool {
        self.0 % (1 << Self::FIELD_BITS) == field as u32
    }
}

/// A text of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub field: TermField,
    pub text: String,
    /// The item's index in its content.
    pub item: u32,
}

impl Content {
    /// The texts by which a search finds this content, item by item.
    pub fn terms(&self) -> Vec<Term> {
        let mut terms = Terms::default();
        let summary = Summary::new(self.kind(), self.len(), String::new());
        for count in summary.counts() {
            terms.add(TermField::Row, count.trim_end());
        }
        match self {
            Self::Core(content) => terms.all(&content.cores, thing),
            Self::Device(content) => terms.all(&content.devices, thing),
            Self::Function(content) => terms.all(&content.functions, function),
            Self::Connector(content) => terms.all(&content.connectors, connector),
            Self::Resource(content) => terms.all(&content.resources, resource),
            Self::Subscription(content) => terms.all(&content.subscriptions, subscription),
            Self::Logger(content) => terms.all(&content.loggers, logger),
        }
        terms.found
    }
}

/// The texts found so far, and the index of the current item.
#[derive(Default)]
struct Terms {
    found: Vec<Term>,
    item: u32,
    /// The index of the current item's first text.
    start: usize,
}

impl Terms {
    fn all<I: Item>(&mut self, items: &[I], read: impl Fn(&mut Self, &I)) {
        for item in items {
            self.start = self.found.len();
            self.add(TermField::Id, item.id());
            read(self, item);
            self.item += 1;
        }
    }

    /// Adds a text, unless the item has it already.
    fn add(&mut self, field: TermField, text: &str) {
        let own = self.found.get(self.start..).unwrap_or_default();
        let is_there = own
            .iter()
            .any(|term| term.field == field && term.text == text);
        if !text.is_empty() && !is_there {
            self.found.push(Term {
                field,
                text: text.into(),
                item: self.item,
            });
        }
    }

    fn add_some<'a>(
        &mut self,
        field: TermField,
        texts: impl IntoIterator<Item = Option<&'a String>>,
    ) {
        for text in texts.into_iter().flatten() {
            self.add(field, &endpoint_name(Some(text), ""));
        }
    }
}

fn thing(terms: &mut Terms, thing: &Thing) {
    terms.add(TermField::Thing, &thing.name());
}

fn function(terms: &mut Terms, function: &Function) {
    terms.add(TermField::Function, &function.name());
    for policy in function.resource_access_policies() {
        terms.add(TermField::Resource, &policy.resource_id);
    }
    let variables = function
        .environment()
        .map(|environment| &environment.variables);
    for name in variables.into_iter().flat_map(|variables| variables.keys()) {
        terms.add(TermField::Other, name);
    }
}

fn connector(terms: &mut Terms, connector: &Connector) {
    terms.add(TermField::Connector, &connector.name());
}

fn resource(terms: &mut Terms, resource: &Resource) {
    let data = &resource.data;
    terms.add(TermField::Resource, &resource.name());
    let device = data.local_device.as_ref();
    let volume = data.local_volume.as_ref();
    let s3_model = data.s3_model.as_ref();
    let trained = data.sage_maker_model.as_ref();
    let secret = data.secret.as_ref();
    let texts = [
        device.and_then(|device| device.source_path.as_ref()),
        volume.and_then(|volume| volume.source_path.as_ref()),
        volume.and_then(|volume| volume.destination_path.as_ref()),
        s3_model.and_then(|model| model.s3_uri.as_ref()),
        s3_model.and_then(|model| model.destination_path.as_ref()),
        trained.and_then(|model| model.sage_maker_job_arn.as_ref()),
        trained.and_then(|model| model.destination_path.as_ref()),
        secret.and_then(|secret| secret.arn.as_ref()),
    ];
    terms.add_some(TermField::Resource, texts);
}

fn subscription(terms: &mut Terms, subscription: &Subscription) {
    terms.add_some(TermField::Topic, [subscription.subject.as_ref()]);
    for end in [&subscription.source, &subscription.target] {
        let service = end.as_deref().and_then(Arn::split).map(|arn| arn.service);
        let field = match service {
            Some("lambda") => TermField::Function,
            Some("iot") => TermField::Thing,
            Some("greengrass") => TermField::Connector,
            Some(_) | None => TermField::Other,
        };
        terms.add_some(field, [end.as_ref()]);
    }
    terms.add(TermField::Other, &subscription.name());
}

fn logger(terms: &mut Terms, logger: &Logger) {
    let texts = [&logger.component, &logger.level, &logger.logger_type];
    terms.add_some(TermField::Other, texts.map(Option::as_ref));
    terms.add(TermField::Other, &logger.name());
}
