//! Checks of a group version before it is created: rules over its seven contents together.
//!
//! The service checks each definition alone. A mismatch between definitions appears only at
//! deployment, and a dropped slot never does.

mod arns;
mod attachments;
mod checker;
mod connector_parameters;
mod connector_resources;
mod connector_table;
mod connector_topics;
mod connector_values;
mod connectors;
mod content_rules;
mod contents;
mod endpoint;
mod finding;
mod functions;
mod group;
mod grouped;
mod ids;
mod loggers;
mod memory;
mod models;
mod origin;
mod path;
mod quotas;
mod resource_paths;
mod resources;
mod rule;
mod slots;
mod subscriptions;
mod system_functions;
mod things;
mod topics;

pub use checker::Checker;
pub use connector_table::{ConnectorPage, ConnectorParameter, connector_pages};
pub use connector_topics::overlap;
pub use connector_values::{ParameterValue, values_to_try};
pub use content_rules::of_content;
pub use contents::{Contents, Scope, SlotContent};
pub use finding::{BlockingRule, Finding, Findings, Severity};
pub use origin::{Origin, against_base};
pub use rule::Rule;

use super::slots::Slots;

/// Every rule, by subject.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    const TABLES: [&[Rule]; 19] = [
        slots::RULES,
        things::RULES,
        functions::RULES,
        system_functions::RULES,
        attachments::RULES,
        models::RULES,
        connectors::RULES,
        connector_parameters::RULES,
        connector_resources::RULES,
        memory::RULES,
        resources::RULES,
        resource_paths::RULES,
        subscriptions::RULES,
        topics::RULES,
        connector_topics::RULES,
        loggers::RULES,
        arns::RULES,
        ids::RULES,
        quotas::RULES,
    ];
    TABLES.into_iter().flatten()
}

/// Runs every rule whose slots are known on the group version with `slots`.
///
/// A rule does not run while a slot that it needs is unknown. Such a slot is in [`Findings::pending`]
/// while it is loading; otherwise a finding gives the reason.
pub fn check(slots: &Slots, contents: &Contents, scope: &Scope) -> Findings {
    let mut checker = Checker::default();
    checker.update(slots, contents.clone(), scope);
    checker.findings().clone()
}
