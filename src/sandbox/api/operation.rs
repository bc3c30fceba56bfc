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
    /// Whether the operation changes the account when it succeeds.
    pub const fn changes_the_account(self) -> bool {
        match self {
            Self::CreateGroup
            | Self::UpdateGroup
            | Self::DeleteGroup
            | Self::CreateGroupVersion
            | Self::CreateDefinition(_)
            | Self::UpdateDefinition(_)
            | Self::DeleteDefinition(_)
            | Self::CreateDefinitionVersion(_)
            | Self::CreateDeployment
            | Self::ResetDeployments
            | Self::AssociateRoleToGroup
            | Self::DisassociateRoleFromGroup
            | Self::AssociateServiceRoleToAccount
            | Self::DisassociateServiceRoleFromAccount
            | Self::TagResource
            | Self::UntagResource => true,
            Self::ListGroups
            | Self::GetGroup
            | Self::ListGroupVersions
            | Self::GetGroupVersion
            | Self::ListDefinitions(_)
            | Self::GetDefinition(_)
            | Self::ListDefinitionVersions(_)
            | Self::GetDefinitionVersion(_)
            | Self::ListDeployments
            | Self::GetDeploymentStatus
            | Self::GetAssociatedRole
            | Self::GetServiceRoleForAccount
            | Self::ListTagsForResource
            | Self::NotSimulated(_)
            | Self::GetCallerIdentity => false,
        }
    }
}

/// The API's name: `ListFunctionDefinitionVersions`.
impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_kind = |before: &str, kind: DefinitionKind, after: &str| {
            format!("{before}{}{after}", wire::operation_word(kind))
        };
        let name = match *self {
            Self::ListDefinitions(kind) => of_kind("List", kind, "Definitions"),
            Self::GetDefinition(kind) => of_kind("Get", kind, "Definition"),
            Self::CreateDefinition(kind) => of_kind("Create", kind, "Definition"),
            Self::UpdateDefinition(kind) => of_kind("Update", kind, "Definition"),
            Self::DeleteDefinition(kind) => of_kind("Delete", kind, "Definition"),
            Self::ListDefinitionVersions(kind) => of_kind("List", kind, "DefinitionVersions"),
            Self::GetDefinitionVersion(kind) => of_kind("Get", kind, "DefinitionVersion"),
            Self::CreateDefinitionVersion(kind) => of_kind("Create", kind, "DefinitionVersion"),
            Self::NotSimulated(name) => name.to_owned(),
            Self::ListGroups => "ListGroups".to_owned(),
            Self::GetGroup => "GetGroup".to_owned(),
            Self::CreateGroup => "CreateGroup".to_owned(),
            Self::UpdateGroup => "UpdateGroup".to_owned(),
            Self::DeleteGroup => "DeleteGroup".to_owned(),
            Self::ListGroupVersions => "ListGroupVersions".to_owned(),
            Self::GetGroupVersion => "GetGroupVersion".to_owned(),
            Self::CreateGroupVersion => "CreateGroupVersion".to_owned(),
            Self::ListDeployments => "ListDeployments".to_owned(),
            Self::GetDeploymentStatus => "GetDeploymentStatus".to_owned(),
            Self::CreateDeployment => "CreateDeployment".to_owned(),
            Self::ResetDeployments => "ResetDeployments".to_owned(),
            Self::AssociateRoleToGroup => "AssociateRoleToGroup".to_owned(),
            Self::GetAssociatedRole => "GetAssociatedRole".to_owned(),
            Self::DisassociateRoleFromGroup => "DisassociateRoleFromGroup".to_owned(),
            Self::AssociateServiceRoleToAccount => "AssociateServiceRoleToAccount".to_owned(),
            Self::GetServiceRoleForAccount => "GetServiceRoleForAccount".to_owned(),
            Self::DisassociateServiceRoleFromAccount => {
                "DisassociateServiceRoleFromAccount".to_owned()
            }
            Self::TagResource => "TagResource".to_owned(),
            Self::UntagResource => "UntagResource".to_owned(),
            Self::ListTagsForResource => "ListTagsForResource".to_owned(),
            Self::GetCallerIdentity => "GetCallerIdentity".to_owned(),
        };
        formatter.pad(&name)
    }
}

/// An operation and the ids in its path, decoded; empty if the path has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sandbox) struct Route {
    pub(in crate::sandbox) operation: Operation,
    /// The id of the group or definition, or the ARN of a tagged resource.
    pub(in crate::sandbox) parent: String,
    /// The id of the version or deployment.
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
    if let ["tags", arn @ ..] = segments.as_slice() {
        // Some clients leave the slashes of the ARN unencoded.
        return Some(Route {
            operation: tags_operation(method)?,
            parent: arn.join("/"),
            child: String::new(),
        });
    }
    let (operation, parent, child) = match segments.as_slice() {
        [""] if method == "POST" => (Operation::GetCallerIdentity, "", ""),
        ["greengrass", "groups", rest @ ..] => group_route(method, rest)?,
        ["greengrass", "definition", segment, rest @ ..] => {
            definition_route(wire::kind_of_segment(segment)?, method, rest)?
        }
        ["greengrass", "servicerole"] => (service_role_operation(method)?, "", ""),
        ["greengrass", rest @ ..] => (not_simulated(method, rest)?, "", ""),
        _ => return None,
    };
    Some(Route {
        operation,
        parent: parent.to_owned(),
        child: child.to_owned(),
    })
}

type RouteParts<'a> = (Operation, &'a str, &'a str);

fn group_route<'a>(method: &str, rest: &[&'a str]) -> Option<RouteParts<'a>> {
    Some(match (method, rest) {
        ("GET", []) => (Operation::ListGroups, "", ""),
        ("POST", []) => (Operation::CreateGroup, "", ""),
        (_, ["", ..] | [_, _, "", ..]) => return None,
        ("GET", [group]) => (Operation::GetGroup, *group, ""),
        ("PUT", [group]) => (Operation::UpdateGroup, *group, ""),
        ("DELETE", [group]) => (Operation::DeleteGroup, *group, ""),
        ("GET", [group, "versions"]) => (Operation::ListGroupVersions, *group, ""),
        ("POST", [group, "versions"]) => (Operation::CreateGroupVersion, *group, ""),
        ("GET", [group, "versions", version]) => (Operation::GetGroupVersion, *group, *version),
        ("GET", [group, "deployments"]) => (Operation::ListDeployments, *group, ""),
        ("POST", [group, "deployments"]) => (Operation::CreateDeployment, *group, ""),
        ("GET", [group, "deployments", deployment, "status"]) => {
            (Operation::GetDeploymentStatus, *group, *deployment)
        }
        ("POST", [group, "deployments", "$reset"]) => (Operation::ResetDeployments, *group, ""),
        ("GET", [group, "role"]) => (Operation::GetAssociatedRole, *group, ""),
        ("PUT", [group, "role"]) => (Operation::AssociateRoleToGroup, *group, ""),
        ("DELETE", [group, "role"]) => (Operation::DisassociateRoleFromGroup, *group, ""),
        (_, [group, "certificateauthorities", rest @ ..]) => {
            (certificates_route(method, rest)?, *group, "")
        }
        _ => return None,
    })
}

fn definition_route<'a>(
    kind: DefinitionKind,
    method: &str,
    rest: &[&'a str],
) -> Option<RouteParts<'a>> {
    Some(match (method, rest) {
        ("GET", []) => (Operation::ListDefinitions(kind), "", ""),
        ("POST", []) => (Operation::CreateDefinition(kind), "", ""),
        (_, ["", ..] | [_, _, ""]) => return None,
        ("GET", [id]) => (Operation::GetDefinition(kind), *id, ""),
        ("PUT", [id]) => (Operation::UpdateDefinition(kind), *id, ""),
        ("DELETE", [id]) => (Operation::DeleteDefinition(kind), *id, ""),
        ("GET", [id, "versions"]) => (Operation::ListDefinitionVersions(kind), *id, ""),
        ("POST", [id, "versions"]) => (Operation::CreateDefinitionVersion(kind), *id, ""),
        ("GET", [id, "versions", version]) => {
            (Operation::GetDefinitionVersion(kind), *id, *version)
        }
        _ => return None,
    })
}

fn tags_operation(method: &str) -> Option<Operation> {
    Some(match method {
        "GET" => Operation::ListTagsForResource,
        "POST" => Operation::TagResource,
        "DELETE" => Operation::UntagResource,
        _ => return None,
    })
}

fn service_role_operation(method: &str) -> Option<Operation> {
    Some(match method {
        "GET" => Operation::GetServiceRoleForAccount,
        "PUT" => Operation::AssociateServiceRoleToAccount,
        "DELETE" => Operation::DisassociateServiceRoleFromAccount,
        _ => return None,
    })
}

fn not_simulated(method: &str, rest: &[&str]) -> Option<Operation> {
    Some(Operation::NotSimulated(match (method, rest) {
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
    }))
}

fn certificates_route(method: &str, rest: &[&str]) -> Option<Operation> {
    Some(Operation::NotSimulated(match (method, rest) {
        ("GET", []) => "ListGroupCertificateAuthorities",
        ("POST", []) => "CreateGroupCertificateAuthority",
        ("GET", ["configuration", "expiry"]) => "GetGroupCertificateConfiguration",
        ("PUT", ["configuration", "expiry"]) => "UpdateGroupCertificateConfiguration",
        ("GET", [_]) => "GetGroupCertificateAuthority",
        _ => return None,
    }))
}

/// The decoded text; `None` if it is not UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.ok().map(Into::into)
}
