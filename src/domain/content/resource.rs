//! One resource of a resource definition version, in one of its five forms.

use serde::{Deserialize, Serialize};

api_types! {
    pub struct Resource {
        #[serde(default)]
        pub id: String,
        pub name: Option<String>,
        #[serde(rename = "ResourceDataContainer", default)]
        pub data: ResourceData,
    }

    /// `ResourceDataContainer`; a valid resource sets exactly one of the five members.
    pub struct ResourceData {
        #[serde(rename = "LocalDeviceResourceData")]
        pub local_device: Option<LocalDevice>,
        #[serde(rename = "LocalVolumeResourceData")]
        pub local_volume: Option<LocalVolume>,
        #[serde(rename = "S3MachineLearningModelResourceData")]
        pub s3_model: Option<S3Model>,
        #[serde(rename = "SageMakerMachineLearningModelResourceData")]
        pub sage_maker_model: Option<SageMakerModel>,
        #[serde(rename = "SecretsManagerSecretResourceData")]
        pub secret: Option<Secret>,
    }

    pub struct LocalDevice {
        pub source_path: Option<String>,
        pub group_owner_setting: Option<GroupOwnerSetting>,
    }

    pub struct LocalVolume {
        pub source_path: Option<String>,
        pub destination_path: Option<String>,
        pub group_owner_setting: Option<GroupOwnerSetting>,
    }

    pub struct GroupOwnerSetting {
        pub auto_add_group_owner: Option<bool>,
        pub group_owner: Option<String>,
    }

    pub struct S3Model {
        #[serde(rename = "S3Uri")]
        pub s3_uri: Option<String>,
        pub destination_path: Option<String>,
        pub owner_setting: Option<OwnerSetting>,
    }

    pub struct SageMakerModel {
        pub sage_maker_job_arn: Option<String>,
        pub destination_path: Option<String>,
        pub owner_setting: Option<OwnerSetting>,
    }

    /// `ResourceDownloadOwnerSetting`: the owner of a machine learning model on the core.
    pub struct OwnerSetting {
        /// A group id (GID) of the core's operating system.
        pub group_owner: Option<String>,
        /// `ro` or `rw`.
        pub group_permission: Option<String>,
    }

    pub struct Secret {
        #[serde(rename = "ARN")]
        pub arn: Option<String>,
        #[serde(default)]
        pub additional_staging_labels_to_download: Vec<String>,
    }
}
