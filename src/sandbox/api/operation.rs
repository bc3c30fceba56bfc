//! Which operation a method and a path name (botocore 1.44.5, greengrass 2017-06-07, `http` traits).

use std::fmt;

use crate::domain::DefinitionKind;
use crate::sandbox::wire;

/// An operation of the API that the sandbox knows, or the one of STS.
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
    GetCallerIdentity,
}

impl Operation {
    /// Whether the operation, when it succeeds, leaves the account other than it was.
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
            | Self::CreateDeployment => true,
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
            Self::GetCallerIdentity => "GetCallerIdentity".to_owned(),
        };
        formatter.pad(&name)
    }
}

/// An operation and the ids that its path holds, decoded; empty where the path has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sandbox) struct Route {
    pub(in crate::sandbox) operation: Operation,
    /// The id of the group or definition.
    pub(in crate::sandbox) parent: String,
    /// The id of the version or deployment.
    pub(in crate::sandbox) child: String,
}

/// The operation that `method` and the undecoded `path` name.
pub(in crate::sandbox) fn route(method: &str, path: &str) -> Option<Route> {
    let segments: Vec<String> = path
        .strip_prefix('/')?
        .split('/')
        .map(|segment| percent_decoded(segment, false))
        .collect::<Option<_>>()?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (operation, parent, child) = match segments.as_slice() {
        [""] if method == "POST" => (Operation::GetCallerIdentity, "", ""),
        ["greengrass", "groups", rest @ ..] => group_route(method, rest)?,
        ["greengrass", "definition", segment, rest @ ..] => {
            definition_route(wire::kind_of_segment(segment)?, method, rest)?
        }
        _ => return None,
    };
    Some(Route {
        operation,
        parent: parent.to_owned(),
        child: child.to_owned(),
    })
}

type Ids<'a> = (Operation, &'a str, &'a str);

fn group_route<'a>(method: &str, rest: &[&'a str]) -> Option<Ids<'a>> {
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
        _ => return None,
    })
}

fn definition_route<'a>(kind: DefinitionKind, method: &str, rest: &[&'a str]) -> Option<Ids<'a>> {
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

/// The text that percent signs stand for; `None` where it is not UTF-8 or an escape is cut short.
pub(super) fn percent_decoded(text: &str, plus_is_space: bool) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            b'+' if plus_is_space => b' ',
            _ => byte,
        });
    }
    String::from_utf8(decoded).ok()
}
