//! What can be said against a group version before it is made: rules over its seven contents together.
//!
//! The service looks at each definition by itself. Whether they fit each other shows only at
//! deployment, and a dropped slot never shows at all.

mod arns;
mod attachments;
mod checker;
mod connector_parameters;
mod connectors;
mod contents;
mod endpoint;
mod finding;
mod functions;
mod group;
mod grouped;
mod ids;
mod loggers;
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
pub use contents::{Contents, Scope, SlotContent};
pub use finding::{BlockingRule, Finding, Findings, Iter, Severity};
pub use origin::{Origin, against_base};
pub use rule::Rule;

use super::slots::Slots;

/// Every rule, subject by subject.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    const TABLES: [&[Rule]; 16] = [
        slots::RULES,
        things::RULES,
        functions::RULES,
        system_functions::RULES,
        attachments::RULES,
        models::RULES,
        connectors::RULES,
        connector_parameters::RULES,
        resources::RULES,
        resource_paths::RULES,
        subscriptions::RULES,
        topics::RULES,
        loggers::RULES,
        arns::RULES,
        ids::RULES,
        quotas::RULES,
    ];
    TABLES.into_iter().flatten()
}

/// Runs every rule whose slots are known over the group version that `slots` would make.
///
/// A slot that is filled but not known fails no rule and passes none: it is in
/// [`Findings::pending`] while it is being fetched, else a finding says why it is not known.
pub fn check(slots: &Slots, contents: &Contents, scope: &Scope) -> Findings {
    let mut checker = Checker::default();
    checker.update(slots, contents.clone(), scope);
    checker.findings().clone()
}
