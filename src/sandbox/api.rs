//! The REST API of Greengrass V1 over an account: a request goes in, a response comes out, nothing else happens.

mod answer;
mod content_rules;
mod definitions;
mod deployments;
mod groups;
mod identity;
mod operation;
mod paging;
mod request;
mod shape;

use serde_json::{Map, Value, json};

use super::account::{Account, Lineage, Version};
use super::moment::Moment;
use crate::domain::DefinitionKind;

pub use answer::Response;
use answer::object;
pub(super) use answer::{REQUEST_ID, Refusal};
pub use operation::Operation;
use operation::route;
pub use paging::PageSizes;
pub use request::Request;

/// All that one operation works on.
struct Call<'a> {
    account: &'a mut Account,
    moment: &'a mut Moment,
    pages: PageSizes,
    request: &'a Request<'a>,
    /// The id of the group or definition in the path.
    parent: &'a str,
    /// The id of the version or deployment in the path.
    child: &'a str,
}

type Answer = Result<Map<String, Value>, Refusal>;

/// Answers a request, and changes the account if the request does; a refused request changes nothing.
pub fn answer(
    account: &mut Account,
    moment: &mut Moment,
    pages: PageSizes,
    request: &Request<'_>,
) -> Response {
    let request_id = moment.ids.fresh();
    let response = match route(request.method, request.path) {
        None => unknown_operation(request).response(),
        Some(route) if route.operation == Operation::GetCallerIdentity => {
            identity::answer(account, request, &request_id)
        }
        Some(route) => {
            let mut call = Call {
                account,
                moment,
                pages,
                request,
                parent: &route.parent,
                child: &route.child,
            };
            match call.answer(route.operation) {
                Ok(body) => Response::json(200, &Value::Object(body)),
                Err(refusal) => refusal.response(),
            }
        }
    };
    response.with_header(REQUEST_ID, &request_id)
}

fn unknown_operation(request: &Request<'_>) -> Refusal {
    let (method, path) = (request.method, request.path);
    Refusal::new(
        404,
        "UnknownOperationException",
        format!("Greengrass V1 has no operation {method} {path}, or the sandbox does not know it."),
    )
}

impl Call<'_> {
    fn answer(&mut self, operation: Operation) -> Answer {
        match operation {
            Operation::ListGroups => self.list_groups(),
            Operation::GetGroup => self.get_group(),
            Operation::CreateGroup => self.create_group(),
            Operation::UpdateGroup => self.update_group(),
            Operation::DeleteGroup => self.delete_group(),
            Operation::ListGroupVersions => self.list_group_versions(),
            Operation::GetGroupVersion => self.get_group_version(),
            Operation::CreateGroupVersion => self.create_group_version(),
            Operation::ListDefinitions(kind) => self.list_definitions(kind),
            Operation::GetDefinition(kind) => self.get_definition(kind),
            Operation::CreateDefinition(kind) => self.create_definition(kind),
            Operation::UpdateDefinition(kind) => self.update_definition(kind),
            Operation::DeleteDefinition(kind) => self.delete_definition(kind),
            Operation::ListDefinitionVersions(kind) => self.list_definition_versions(kind),
            Operation::GetDefinitionVersion(kind) => self.get_definition_version(kind),
            Operation::CreateDefinitionVersion(kind) => self.create_definition_version(kind),
            Operation::ListDeployments => self.list_deployments(),
            Operation::GetDeploymentStatus => self.get_deployment_status(),
            Operation::CreateDeployment => self.create_deployment(),
            Operation::GetCallerIdentity => Err(unknown_operation(self.request)),
        }
    }
}

/// `GroupInformation` and `DefinitionInformation` (API reference).
fn information<H>(lineage: &Lineage<H>) -> Map<String, Value> {
    let heading = lineage.heading();
    object([
        ("Arn", Some(json!(heading.arn))),
        ("CreationTimestamp", Some(json!(heading.created))),
        ("Id", Some(json!(heading.id))),
        ("LastUpdatedTimestamp", Some(json!(heading.updated))),
        (
            "LatestVersion",
            lineage.latest().map(|version| json!(version.id)),
        ),
        (
            "LatestVersionArn",
            lineage.latest().map(|version| json!(version.arn)),
        ),
        ("Name", heading.name.as_ref().map(|name| json!(name))),
    ])
}

/// As [`information`], with the `tags` that the Get operations add.
fn information_with_tags<H>(lineage: &Lineage<H>) -> Map<String, Value> {
    let mut information = information(lineage);
    let tags = &lineage.heading().tags;
    if !tags.is_empty() {
        information.insert("tags".to_owned(), json!(tags));
    }
    information
}

/// `VersionInformation` (API reference): `Id` is the parent's, `Version` the version's own.
fn version_information<H>(parent: &str, version: &Version<H>) -> Map<String, Value> {
    object([
        ("Arn", Some(json!(version.arn))),
        ("CreationTimestamp", Some(json!(version.created))),
        ("Id", Some(json!(parent))),
        ("Version", Some(json!(version.id))),
    ])
}

/// The versions of a list with their places, as `VersionInformation`.
fn listed_versions<H>(
    lineage: &Lineage<H>,
    place: Option<u64>,
) -> impl Iterator<Item = (u64, Value)> {
    let place = place.map_or(0, |place| usize::try_from(place).unwrap_or(usize::MAX));
    lineage.versions_from(place).map(|(place, version)| {
        let information = version_information(&lineage.heading().id, version);
        (place as u64, Value::Object(information))
    })
}

fn no_update() -> Refusal {
    Refusal::new(
        400,
        "InvalidContainerDefinitionException",
        "Input does not contain any attributes to be updated",
    )
}

fn no_id(message: impl Into<String>) -> Refusal {
    Refusal::new(404, "IdNotFoundException", message)
}

/// The kinds in the order in which the service names bad slots.
const ORDER_OF_BAD_SLOTS: [DefinitionKind; 7] = [
    DefinitionKind::Core,
    DefinitionKind::Function,
    DefinitionKind::Resource,
    DefinitionKind::Device,
    DefinitionKind::Subscription,
    DefinitionKind::Connector,
    DefinitionKind::Logger,
];
