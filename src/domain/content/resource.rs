//! One resource of a resource definition version, in one of its five forms.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Resource {
    #[serde(default)]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "ResourceDataContainer", default)]
    pub data: ResourceData,
}

/// `ResourceDataContainer`; a valid resource sets exactly one of the five members.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ResourceData {
    #[serde(
        rename = "LocalDeviceResourceData",
        skip_serializing_if = "Option::is_none"
    )]
    pub local_device: Option<LocalDevice>,
    #[serde(
        rename = "LocalVolumeResourceData",
        skip_serializing_if = "Option::is_none"
    )]
    pub local_volume: Option<LocalVolume>,
    #[serde(
        rename = "S3MachineLearningModelResourceData",
        skip_serializing_if = "Option::is_none"
    )]
    pub s3_model: Option<S3Model>,
    #[serde(
        rename = "SageMakerMachineLearningModelResourceData",
        skip_serializing_if = "Option::is_none"
    )]
    pub sage_maker_model: Option<SageMakerModel>,
    #[serde(
        rename = "SecretsManagerSecretResourceData",
        skip_serializing_if = "Option::is_none"
    )]
    pub secret: Option<Secret>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LocalDevice {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_owner_setting: Option<GroupOwnerSetting>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LocalVolume {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_owner_setting: Option<GroupOwnerSetting>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct GroupOwnerSetting {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_add_group_owner: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_owner: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct S3Model {
    #[serde(rename = "S3Uri", skip_serializing_if = "Option::is_none")]
    pub s3_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_setting: Option<OwnerSetting>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SageMakerModel {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sage_maker_job_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_setting: Option<OwnerSetting>,
}

/// `ResourceDownloadOwnerSetting`: the owner of a machine learning model on the core.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OwnerSetting {
    /// A group id (GID) of the core's operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_owner: Option<String>,
    /// `ro` or `rw`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_permission: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Secret {
    #[serde(rename = "ARN", skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_staging_labels_to_download: Vec<String>,
}
