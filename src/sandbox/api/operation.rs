//! The operation for a method and a path (botocore 1.44.5, greengrass 2017-06-07, `http` traits).

use std::fmt;

use crate::domain::DefinitionKind;
use crate::sandbox::wire;

/// An operation of Greengrass V1, or GetCallerIdentity of STS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    ListGroups,
    GetGroup,
    CreateGroup,
    UpdateGroup,
    DeleteGroup,
    ListGroupVersions,
    GetGroupVersion,
    CreateGroupVersion,
    ListDefinitions(DefinitionKind),
    GetDefinition(DefinitionKind),
    CreateDefinition(DefinitionKind),
    UpdateDefinition(DefinitionKind),
    DeleteDefinition(DefinitionKind),
    ListDefinitionVersions(DefinitionKind),
    GetDefinitionVersion(DefinitionKind),
    CreateDefinitionVersion(DefinitionKind),
    ListDeployments,
    GetDeploymentStatus,
    CreateDeployment,
    ResetDeployments,
    AssociateRoleToGroup,
    GetAssociatedRole,
    DisassociateRoleFromGroup,
    AssociateServiceRoleToAccount,
    GetServiceRoleForAccount,
    DisassociateServiceRoleFromAccount,
    TagResource,
    UntagResource,
    ListTagsForResource,
    /// One of [`NOT_SIMULATED`], by name.
    NotSimulated(&'static str),
    GetCallerIdentity,
}

/// The operations outside group versions, which the sandbox refuses by name.
pub const NOT_SIMULATED: [&str; 15] = [
    "GetConnectivityInfo",
    "UpdateConnectivityInfo",
    "ListGroupCertificateAuthorities",
    "CreateGroupCertificateAuthority",
    "GetGroupCertificateAuthority",
    "GetGroupCertificateConfiguration",
    "UpdateGroupCertificateConfiguration",
    "GetThingRuntimeConfiguration",
    "UpdateThingRuntimeConfiguration",
    "ListBulkDeployments",
    "StartBulkDeployment",
    "GetBulkDeploymentStatus",
    "ListBulkDeploymentDetailedReports",
    "StopBulkDeployment",
    "CreateSoftwareUpdateJob",
];

impl Operation {
    /// The operation on groups at this path after `/greengrass/groups`.
    fn of_groups(method: &str, path: &[&str]) -> Option<Self> {
        Some(match (method, path) {
            ("GET", []) => Self::ListGroups,
            ("POST", []) => Self::CreateGroup,
            (_, ["", ..] | [_, _, "", ..]) => return None,
            ("GET", [_]) => Self::GetGroup,
            ("PUT", [_]) => Self::UpdateGroup,
            ("DELETE", [_]) => Self::DeleteGroup,
            ("GET", [_, "versions"]) => Self::ListGroupVersions,
            ("POST", [_, "versions"]) => Self::CreateGroupVersion,
            ("GET", [_, "versions", _]) => Self::GetGroupVersion,
            ("GET", [_, "deployments"]) => Self::ListDeployments,
            ("POST", [_, "deployments"]) => Self::CreateDeployment,
            ("GET", [_, "deployments", _, "status"]) => Self::GetDeploymentStatus,
            ("POST", [_, "deployments", "$reset"]) => Self::ResetDeployments,
            ("GET", [_, "role"]) => Self::GetAssociatedRole,
            ("PUT", [_, "role"]) => Self::AssociateRoleToGroup,
            ("DELETE", [_, "role"]) => Self::DisassociateRoleFromGroup,
            (_, [_, "certificateauthorities", rest @ ..]) => {
                Self::NotSimulated(certificates_operation(method, rest)?)
            }
            _ => return None,
        })
    }

    /// The operation on definitions at this path after `/greengrass/definition/…`.
    fn of_definitions(kind: DefinitionKind, method: &str, path: &[&str]) -> Option<Self> {
        Some(match (method, path) {
            ("GET", []) => Self::ListDefinitions(kind),
            ("POST", []) => Self::CreateDefinition(kind),
            (_, ["", ..] | [_, _, ""]) => return None,
            ("GET", [_]) => Self::GetDefinition(kind),
            ("PUT", [_]) => Self::UpdateDefinition(kind),
            ("DELETE", [_]) => Self::DeleteDefinition(kind),
            ("GET", [_, "versions"]) => Self::ListDefinitionVersions(kind),
            ("POST", [_, "versions"]) => Self::CreateDefinitionVersion(kind),
            ("GET", [_, "versions", _]) => Self::GetDefinitionVersion(kind),
            _ => return None,
        })
    }

    /// The operation at another path.
    fn of_account(method: &str, path: &[&str]) -> Option<Self> {
        Some(match (method, path) {
            ("POST", [""]) => Self::GetCallerIdentity,
            ("GET", ["tags", ..]) => Self::ListTagsForResource,
            ("POST", ["tags", ..]) => Self::TagResource,
            ("DELETE", ["tags", ..]) => Self::UntagResource,
            ("GET", ["greengrass", "servicerole"]) => Self::GetServiceRoleForAccount,
            ("PUT", ["greengrass", "servicerole"]) => Self::AssociateServiceRoleToAccount,
            ("DELETE", ["greengrass", "servicerole"]) => Self::DisassociateServiceRoleFromAccount,
            (_, ["greengrass", rest @ ..]) => Self::NotSimulated(other_operation(method, rest)?),
            _ => return None,
        })
    }
}

/// The API's name: `ListFunctionDefinitionVersions`.
impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::NotSimulated(name) = self {
            return formatter.pad(name);
        }
        // The variants have the API's names, with the kind at the end: `GetDefinition(Core)`.
        let variant = format!("{self:?}");
        let (name, kind) = variant.split_once('(').unwrap_or((variant.as_str(), ""));
        let kind = kind.trim_end_matches(')');
        formatter.pad(&name.replace("Definition", &format!("{kind}Definition")))
    }
}

/// An operation and the ids in its path, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sandbox) struct Route {
    pub(in crate::sandbox) operation: Operation,
    /// The id of the group or definition, or the ARN of a tagged resource.
    pub(in crate::sandbox) parent: String,
    /// The id of the version or deployment, if the operation has one.
    pub(in crate::sandbox) child: String,
}

/// The operation of a method and an undecoded path.
pub(in crate::sandbox) fn route(method: &str, path: &str) -> Option<Route> {
    let segments: Vec<String> = path
        .strip_prefix('/')?
        .split('/')
        .map(percent_decoded)
        .collect::<Option<_>>()?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (operation, ids) = match segments.as_slice() {
        ["greengrass", "groups", path @ ..] => (Operation::of_groups(method, path)?, path),
        ["greengrass", "definition", segment, path @ ..] => {
            let kind = wire::kind_of_segment(segment)?;
            (Operation::of_definitions(kind, method, path)?, path)
        }
        path => (Operation::of_account(method, path)?, <&[_]>::default()),
    };
    let id = |place: usize| ids.get(place).copied().unwrap_or_default().to_owned();
    let parent = match segments.as_slice() {
        // Some clients leave the slashes of the ARN unencoded.
        ["tags", arn @ ..] => arn.join("/"),
        _ => id(0),
    };
    let child = id(2);
    Some(Route {
        operation,
        parent,
        child,
    })
}

fn other_operation(method: &str, path: &[&str]) -> Option<&'static str> {
    Some(match (method, path) {
        ("GET", ["things", _, "connectivityInfo"]) => "GetConnectivityInfo",
        ("PUT", ["things", _, "connectivityInfo"]) => "UpdateConnectivityInfo",
        ("GET", ["things", _, "runtimeconfig"]) => "GetThingRuntimeConfiguration",
        ("PUT", ["things", _, "runtimeconfig"]) => "UpdateThingRuntimeConfiguration",
        ("GET", ["bulk", "deployments"]) => "ListBulkDeployments",
        ("POST", ["bulk", "deployments"]) => "StartBulkDeployment",
        ("GET", ["bulk", "deployments", _, "status"]) => "GetBulkDeploymentStatus",
        ("GET", ["bulk", "deployments", _, "detailed-reports"]) => {
            "ListBulkDeploymentDetailedReports"
        }
        ("PUT", ["bulk", "deployments", _, "$stop"]) => "StopBulkDeployment",
        ("POST", ["updates"]) => "CreateSoftwareUpdateJob",
        _ => return None,
    })
}

fn certificates_operation(method: &str, path: &[&str]) -> Option<&'static str> {
    Some(match (method, path) {
        ("GET", []) => "ListGroupCertificateAuthorities",
        ("POST", []) => "CreateGroupCertificateAuthority",
        ("GET", ["configuration", "expiry"]) => "GetGroupCertificateConfiguration",
        ("PUT", ["configuration", "expiry"]) => "UpdateGroupCertificateConfiguration",
        ("GET", [_]) => "GetGroupCertificateAuthority",
        _ => return None,
    })
}

/// The decoded text; `None` if it is not UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.ok().map(Into::into)
}
