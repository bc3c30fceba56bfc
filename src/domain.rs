//! Greengrass itself, without screen or network: types, ARNs, drafts, diffs and checks.

pub mod arn;
pub mod call;
pub mod check;
pub mod content;
pub mod content_template;
pub mod content_text;
pub mod credentials_source;
pub mod definition;
pub mod definition_request;
pub mod deployment;
pub mod diff;
pub mod draft;
pub mod endpoint;
pub mod failure_reason;
pub mod fix;
pub mod fold;
pub mod group;
pub mod group_change;
mod hash;
pub mod id;
pub mod identity;
pub mod kind;
pub mod nearest;
pub mod new_version;
pub mod page;
pub mod plural;
pub mod printable;
pub mod rate;
pub mod rebase;
pub mod refusal;
pub mod region;
pub mod request;
pub mod role;
pub mod service_error;
pub mod slots;
pub mod swap;
pub mod timestamp;
pub mod versions_before;

pub use arn::{Arn, ArnError, DefinitionVersionArn};
pub use call::{CallAttempt, CallEnd, CallOutcome, CallRecord};
pub use content::Content;
pub use credentials_source::CredentialsSource;
pub use definition::{Definition, DefinitionVersion, PartlyRead, ReadVersion};
pub use definition_request::{
    ArgumentFile, CreateDefinitionVersion, CreatedDefinitionVersion, DefinitionTarget,
};
pub use deployment::{
    Deployment, DeploymentAction, DeploymentPhase, DeploymentRequest, DeploymentStatus,
    StartedDeployment,
};
pub use draft::{Base, Draft, SlotState, WrittenVersion};
pub use failure_reason::{Explanation, FailureReason};
pub use group::{CreatedVersion, Group, GroupVersion, GroupVersionEntry};
pub use group_change::{GroupChange, ShownRequest};
pub use id::{DefinitionId, DeploymentId, GroupId, GroupVersionId};
pub use identity::Identity;
pub use kind::{DefinitionKind, PerKind};
pub use new_version::NewVersion;
pub use page::{Page, PageToken, PageWalk};
pub use rate::{Rate, RequestLimit};
pub use request::CreateGroupVersion;
pub use role::AccountRole;
pub use service_error::{Certainty, ErrorDetail, ErrorKind, NextStep, ServiceError};
pub use slots::{SlotArn, Slots};
pub use timestamp::Timestamp;
pub use versions_before::VersionsBefore;
