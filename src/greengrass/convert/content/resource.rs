//! Resources in their five forms.

use aws_sdk_greengrass::types as sdk;

use super::word;
use crate::domain::content::{
    GroupOwnerSetting, LocalDevice, LocalVolume, OwnerSetting, Resource, ResourceData, S3Model,
    SageMakerModel, Secret,
};
use crate::greengrass::convert::text;

pub(super) fn resource(resource: sdk::Resource) -> Resource {
    Resource {
        id: resource.id.unwrap_or_default(),
        name: text(resource.name),
        data: resource
            .resource_data_container
            .map(data)
            .unwrap_or_default(),
    }
}

fn data(container: sdk::ResourceDataContainer) -> ResourceData {
    ResourceData {
        local_device: container
            .local_device_resource_data
            .map(|device| LocalDevice {
                source_path: device.source_path,
                group_owner_setting: device.group_owner_setting.map(group_owner),
            }),
        local_volume: container
            .local_volume_resource_data
            .map(|volume| LocalVolume {
                source_path: volume.source_path,
                destination_path: volume.destination_path,
                group_owner_setting: volume.group_owner_setting.map(group_owner),
            }),
        s3_model: container
            .s3_machine_learning_model_resource_data
            .map(|model| S3Model {
                s3_uri: model.s3_uri,
                destination_path: model.destination_path,
                owner_setting: model.owner_setting.map(owner),
            }),
        sage_maker_model: container
            .sage_maker_machine_learning_model_resource_data
            .map(|model| SageMakerModel {
                sage_maker_job_arn: model.sage_maker_job_arn,
                destination_path: model.destination_path,
                owner_setting: model.owner_setting.map(owner),
            }),
        secret: container
            .secrets_manager_secret_resource_data
            .map(|secret| Secret {
                arn: secret.arn,
                additional_staging_labels_to_download: secret
                    .additional_staging_labels_to_download
                    .unwrap_or_default(),
            }),
    }
}

fn group_owner(setting: sdk::GroupOwnerSetting) -> GroupOwnerSetting {
    GroupOwnerSetting {
        auto_add_group_owner: setting.auto_add_group_owner,
        group_owner: setting.group_owner,
    }
}

fn owner(setting: sdk::ResourceDownloadOwnerSetting) -> OwnerSetting {
    OwnerSetting {
        group_owner: text(setting.group_owner),
        group_permission: word(setting.group_permission),
    }
}
