//! The members of the seven contents, as botocore 1.44.5 lists them (greengrass 2017-06-07).

use super::super::shape::{Member, Shape, optional, required};
use crate::domain::DefinitionKind;

const CORES: &[Member] = &[
    required("Id", Shape::Text),
    required("ThingArn", Shape::Text),
    required("CertificateArn", Shape::Text),
    optional("SyncShadow", Shape::Flag),
];

const EXECUTION: &[Member] = &[
    optional("IsolationMode", Shape::Text),
    optional(
        "RunAs",
        Shape::Record(&[optional("Uid", Shape::Whole), optional("Gid", Shape::Whole)]),
    ),
];

const DEFAULT_CONFIG: Shape = Shape::Record(&[optional("Execution", Shape::Record(EXECUTION))]);

const PERMISSIONS: Shape = Shape::OneOf(&["ro", "rw"]);

const ENVIRONMENT: &[Member] = &[
    optional("AccessSysfs", Shape::Flag),
    optional("Execution", Shape::Record(EXECUTION)),
    optional(
        "ResourceAccessPolicies",
        Shape::Records(&[
            required("ResourceId", Shape::Text),
            optional("Permission", PERMISSIONS),
        ]),
    ),
    optional("Variables", Shape::TextByName),
];

const FUNCTIONS: &[Member] = &[
    required("Id", Shape::Text),
    optional("FunctionArn", Shape::Text),
    optional(
        "FunctionConfiguration",
        Shape::Record(&[
            optional("EncodingType", Shape::OneOf(&["binary", "json"])),
            optional("Environment", Shape::Record(ENVIRONMENT)),
            optional("ExecArgs", Shape::Text),
            optional("Executable", Shape::Text),
            optional("MemorySize", Shape::Whole),
            optional("Pinned", Shape::Flag),
            optional("Timeout", Shape::Whole),
            optional("FunctionRuntimeOverride", Shape::Text),
        ]),
    ),
];

const CONNECTORS: &[Member] = &[
    required("Id", Shape::Text),
    required("ConnectorArn", Shape::Text),
    optional("Parameters", Shape::TextByName),
];

const GROUP_OWNER_SETTING: Shape = Shape::Record(&[
    optional("AutoAddGroupOwner", Shape::Flag),
    optional("GroupOwner", Shape::Text),
]);

const OWNER_SETTING: Shape = Shape::Record(&[
    required("GroupOwner", Shape::Text),
    required("GroupPermission", PERMISSIONS),
]);

const RESOURCE_DATA: &[Member] = &[
    optional(
        "LocalDeviceResourceData",
        Shape::Record(&[
            optional("SourcePath", Shape::Text),
            optional("GroupOwnerSetting", GROUP_OWNER_SETTING),
        ]),
    ),
    optional(
        "LocalVolumeResourceData",
        Shape::Record(&[
            optional("SourcePath", Shape::Text),
            optional("DestinationPath", Shape::Text),
            optional("GroupOwnerSetting", GROUP_OWNER_SETTING),
        ]),
    ),
    optional(
        "S3MachineLearningModelResourceData",
        Shape::Record(&[
            optional("S3Uri", Shape::Text),
            optional("DestinationPath", Shape::Text),
            optional("OwnerSetting", OWNER_SETTING),
        ]),
    ),
    optional(
        "SageMakerMachineLearningModelResourceData",
        Shape::Record(&[
            optional("SageMakerJobArn", Shape::Text),
            optional("DestinationPath", Shape::Text),
            optional("OwnerSetting", OWNER_SETTING),
        ]),
    ),
    optional(
        "SecretsManagerSecretResourceData",
        Shape::Record(&[
            optional("ARN", Shape::Text),
            optional("AdditionalStagingLabelsToDownload", Shape::Texts),
        ]),
    ),
];

const RESOURCES: &[Member] = &[
    required("Id", Shape::Text),
    required("Name", Shape::Text),
    required("ResourceDataContainer", Shape::Record(RESOURCE_DATA)),
];

const SUBSCRIPTIONS: &[Member] = &[
    required("Id", Shape::Text),
    required("Source", Shape::Text),
    required("Subject", Shape::Text),
    required("Target", Shape::Text),
];

const LOGGERS: &[Member] = &[
    required("Id", Shape::Text),
    required("Type", Shape::OneOf(&["FileSystem", "AWSCloudWatch"])),
    required(
        "Level",
        Shape::OneOf(&["DEBUG", "INFO", "WARN", "ERROR", "FATAL"]),
    ),
    required("Component", Shape::OneOf(&["GreengrassSystem", "Lambda"])),
    optional("Space", Shape::Whole),
];

/// The shape of a content of `kind`.
pub(super) const fn content(kind: DefinitionKind) -> &'static [Member] {
    match kind {
        DefinitionKind::Core => const { &[optional("Cores", Shape::Records(CORES))] },
        DefinitionKind::Device => const { &[optional("Devices", Shape::Records(CORES))] },
        DefinitionKind::Function => {
            const {
                &[
                    optional("DefaultConfig", DEFAULT_CONFIG),
                    optional("Functions", Shape::Records(FUNCTIONS)),
                ]
            }
        }
        DefinitionKind::Connector => {
            const { &[optional("Connectors", Shape::Records(CONNECTORS))] }
        }
        DefinitionKind::Resource => const { &[optional("Resources", Shape::Records(RESOURCES))] },
        DefinitionKind::Subscription => {
            const { &[optional("Subscriptions", Shape::Records(SUBSCRIPTIONS))] }
        }
        DefinitionKind::Logger => const { &[optional("Loggers", Shape::Records(LOGGERS))] },
    }
}

/// The names of the outermost members of a content of `kind`.
pub(in super::super) fn members(kind: DefinitionKind) -> Vec<&'static str> {
    content(kind).iter().map(|member| member.name).collect()
}
