//! The REST API of Greengrass V1 on an account: converts a request to a response, without I/O.

mod answer;
mod content_rules;
mod definitions;
mod deployable;
mod deployments;
mod groups;
mod identity;
mod operation;
mod paging;
mod request;
mod roles;
mod shape;
mod tags;

use serde_json::{Map, Value, json};

use super::account::{Account, Table, Version, Versioned};
use super::moment::Moment;

pub use answer::Response;
use answer::object;
pub(super) use answer::{REQUEST_ID, Refusal};
use operation::route;
pub use operation::{NOT_SIMULATED, Operation};
pub use paging::PageSizes;
use paging::Paging;
pub use request::ApiRequest;

/// One call of an operation.
struct OperationCall<'a> {
    account: &'a mut Account,
    moment: &'a mut Moment,
    pages: PageSizes,
    request: &'a ApiRequest<'a>,
    /// The id of the group or definition in the path, or the ARN of a tagged resource.
    parent: &'a str,
    /// The id of the version or deployment in the path.
    child: &'a str,
}

type OperationResult = Result<Map<String, Value>, Refusal>;

/// Answers a request, and changes the account if the operation does. A refused request changes nothing.
pub fn answer(
    account: &mut Account,
    moment: &mut Moment,
    pages: PageSizes,
    request: &ApiRequest<'_>,
) -> Response {
    let request_id = moment.ids.fresh();
    let response = match route(request.method, request.path) {
        None => unknown_operation(request).response(),
        Some(route) if route.operation == Operation::GetCallerIdentity => {
            identity::answer(account, request, &request_id)
        }
        Some(route) => {
            let mut call = OperationCall {
                account,
                moment,
                pages,
                request,
                parent: &route.parent,
                child: &route.child,
            };
            match call.answer(route.operation) {
                Ok(_) if has_no_body(route.operation) => Response::empty(204),
                Ok(body) => Response::json(200, &Value::Object(body)),
                Err(refusal) => refusal.response(),
            }
        }
    };
    response.with_header(REQUEST_ID, &request_id)
}

fn unknown_operation(request: &ApiRequest<'_>) -> Refusal {
    let (method, path) = (request.method, request.path);
    Refusal::new(
        404,
        "UnknownOperationException",
        format!("Greengrass V1 has no operation {method} {path}."),
    )
}

/// A code that clients do not retry, unlike most codes from 500 on.
fn not_simulated(operation: &str) -> Refusal {
    Refusal::new(
        501,
        "NotSimulatedException",
        format!(
            "{operation} is an operation of Greengrass V1 that the sandbox does not simulate: \
             it is no part of group versions and their deployments."
        ),
    )
}

/// TagResource and UntagResource answer 204 (botocore 1.44.5, `responseCode`).
const fn has_no_body(operation: Operation) -> bool {
    matches!(operation, Operation::TagResource | Operation::UntagResource)
}

impl OperationCall<'_> {
    fn answer(&mut self, operation: Operation) -> OperationResult {
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
            Operation::ResetDeployments => self.reset_deployments(),
            Operation::AssociateRoleToGroup => self.associate_role_to_group(),
            Operation::GetAssociatedRole => self.get_associated_role(),
            Operation::DisassociateRoleFromGroup => Ok(self.disassociate_role_from_group()),
            Operation::AssociateServiceRoleToAccount => self.associate_service_role(),
            Operation::GetServiceRoleForAccount => self.get_service_role(),
            Operation::DisassociateServiceRoleFromAccount => Ok(self.disassociate_service_role()),
            Operation::TagResource => self.tag_resource(),
            Operation::UntagResource => self.untag_resource(),
            Operation::ListTagsForResource => self.list_tags_for_resource(),
            Operation::NotSimulated(name) => Err(not_simulated(name)),
            Operation::GetCallerIdentity => Err(unknown_operation(self.request)),
        }
    }
}

/// `GroupInformation` and `DefinitionInformation` (API reference).
fn information<H>(versioned: &Versioned<H>) -> Map<String, Value> {
    let (metadata, latest) = (versioned.metadata(), versioned.latest());
    object(json!({
        "Arn": metadata.arn,
        "CreationTimestamp": metadata.created,
        "Id": metadata.id,
        "LastUpdatedTimestamp": metadata.updated,
        "LatestVersion": latest.map(|version| &version.id),
        "LatestVersionArn": latest.map(|version| &version.arn),
        "Name": metadata.name,
    }))
}

/// As [`information`], with `tags`, which is `{}` if there are none (AWS CLI example of `get-group`).
fn information_with_tags<H>(versioned: &Versioned<H>) -> Map<String, Value> {
    let mut information = information(versioned);
    let tags = &versioned.metadata().tags;
    information.insert("tags".to_owned(), json!(tags));
    information
}

/// `VersionInformation` (API reference): `Id` is the id of the parent, `Version` the id of the version.
fn version_information<H>(parent: &str, version: &Version<H>) -> Map<String, Value> {
    object(json!({
        "Arn": version.arn,
        "CreationTimestamp": version.created,
        "Id": parent,
        "Version": version.id,
    }))
}

/// The versions newest first (AWS CLI example of `list-group-versions`).
fn versions_answer<H>(versioned: &Versioned<H>, paging: &Paging) -> Map<String, Value> {
    let parent = &versioned.metadata().id;
    let versions = versioned.versions();
    let versions = versions.map(|version| Value::Object(version_information(parent, version)));
    paging.answer("Versions", paging.newest_first(versions))
}

/// The entries of a table from the key of `paging` on, each with its id.
fn listed<'a, H: 'a>(
    table: &'a Table<H>,
    paging: &Paging,
    entry: fn(&Versioned<H>) -> Map<String, Value>,
) -> impl Iterator<Item = (&'a str, Value)> + use<'a, H> {
    let from = paging.from.as_deref().unwrap_or_default();
    table
        .starting_at(from)
        .map(move |versioned| (&*versioned.metadata().id, Value::Object(entry(versioned))))
}

fn no_update() -> Refusal {
    invalid_container("Input does not contain any attributes to be updated")
}

fn invalid_container(message: &str) -> Refusal {
    Refusal::new(400, "InvalidContainerDefinitionException", message)
}

fn no_id(message: impl Into<String>) -> Refusal {
    Refusal::new(404, "IdNotFoundException", message)
}
