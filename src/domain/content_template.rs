//! The initial text of a new definition: one item, with its members explained in comments.

use serde_json::{Value, json};

use super::kind::DefinitionKind;

/// Comment lines on the members of a content (API reference, types `Core` to `Logger`).
pub const fn help(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => {
            "\
// A core: a group has exactly one.
// Id: any text of a-z, A-Z, 0-9, :, _ and -.
// ThingArn, CertificateArn: the IoT thing of the core and its certificate.
// SyncShadow: true keeps its local shadow in step with the cloud.
"
        }
        DefinitionKind::Device => {
            "\
// Devices that connect to the core.
// Id: any text of a-z, A-Z, 0-9, :, _ and -, unique here.
// ThingArn, CertificateArn: the IoT thing of the device and its certificate.
// SyncShadow: true keeps its shadow in step with the cloud.
"
        }
        DefinitionKind::Function => {
            "\
// Lambda functions that run on the core.
// FunctionArn: with a version or an alias; subscriptions name exactly this text.
// MemorySize: kilobytes. Timeout: seconds. Pinned: true keeps it running.
// EncodingType: json or binary.
// Environment.Variables: names and values. Environment.AccessSysfs: true lets it read /sys.
// Environment.ResourceAccessPolicies: [{\"ResourceId\": \"…\", \"Permission\": \"ro\" or \"rw\"}].
"
        }
        DefinitionKind::Connector => {
            "\
// Connectors of AWS.
// ConnectorArn: arn:aws:greengrass:REGION::/connectors/NAME/versions/NUMBER.
// Parameters: names and values, each a text; the checks know those of each connector.
"
        }
        DefinitionKind::Resource => {
            "\
// Resources of functions and connectors. Each has exactly one member in ResourceDataContainer:
// LocalDeviceResourceData: {\"SourcePath\": \"/dev/…\", \"GroupOwnerSetting\": {\"AutoAddGroupOwner\": true}}
// LocalVolumeResourceData: {\"SourcePath\": \"/…\", \"DestinationPath\": \"/…\"}
// S3MachineLearningModelResourceData: {\"DestinationPath\": \"/…\", \"S3Uri\": \"s3://…\"}
// SageMakerMachineLearningModelResourceData: {\"DestinationPath\": \"/…\", \"SageMakerJobArn\": \"…\"}
// SecretsManagerSecretResourceData: {\"ARN\": \"…\", \"AdditionalStagingLabelsToDownload\": []}
// Id is what functions name; Name is shown and unique here.
"
        }
        DefinitionKind::Subscription => {
            "\
// Routes for messages.
// Source, Target: the ARN of a function, thing or connector of the group, or cloud or GGShadowService.
// Subject: an MQTT topic or topic filter.
"
        }
        DefinitionKind::Logger => {
            "\
// Where logs are written.
// Type: FileSystem or AWSCloudWatch. Component: GreengrassSystem or Lambda.
// Level: DEBUG, INFO, WARN, ERROR or FATAL.
// Space: kilobytes on the disk, for FileSystem alone.
"
        }
    }
}

/// A content with one item, to be filled in.
pub fn text(kind: DefinitionKind) -> String {
    let item: Value = serde_json::from_str(item(kind)).unwrap_or_default();
    let content = json!({ kind.items_member(): [item] });
    let text = serde_json::to_string_pretty(&content).unwrap_or_default();
    format!("{text}\n")
}

const fn item(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Core => {
            r#"{"Id": "core", "ThingArn": "", "CertificateArn": "", "SyncShadow": false}"#
        }
        DefinitionKind::Device => {
            r#"{"Id": "device-1", "ThingArn": "", "CertificateArn": "", "SyncShadow": false}"#
        }
        DefinitionKind::Function => {
            r#"{"Id": "function-1", "FunctionArn": "", "FunctionConfiguration":
                {"MemorySize": 16384, "Timeout": 3, "Pinned": false, "EncodingType": "json",
                 "Environment": {"Variables": {}}}}"#
        }
        DefinitionKind::Connector => {
            r#"{"Id": "connector-1", "ConnectorArn": "", "Parameters": {}}"#
        }
        DefinitionKind::Resource => {
            r#"{"Id": "resource-1", "Name": "", "ResourceDataContainer": {}}"#
        }
        DefinitionKind::Subscription => {
            r#"{"Id": "subscription-1", "Source": "", "Subject": "", "Target": "cloud"}"#
        }
        DefinitionKind::Logger => {
            r#"{"Id": "logger-1", "Type": "FileSystem", "Component": "GreengrassSystem",
                "Level": "INFO", "Space": 1024}"#
        }
    }
}
