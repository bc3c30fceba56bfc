//! A valid group of any size: functions, devices, connectors, resources, secrets, models, and subscriptions
//! between them.

use std::sync::Arc;

use greengroup::domain::check::{Contents, Scope, SlotContent};
use greengroup::domain::{Content, DefinitionKind, Slots};
use serde_json::{Value, json};

pub(crate) const PLACE: &str = "eu-central-1:111122223333";

/// The numbers of items of the kinds with quotas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) devices: usize,
    pub(crate) functions: usize,
    pub(crate) resources: usize,
    pub(crate) subscriptions: usize,
}

impl Sizes {
    /// The maximum of each that AWS allows.
    pub(crate) const QUOTAS: Self = Self {
        devices: 2_500,
        functions: 200,
        resources: 200,
        subscriptions: 10_000,
    };

    /// Large, but below every limit on which AWS's pages disagree.
    pub(crate) const UNDISPUTED: Self = Self {
        resources: 50,
        ..Self::QUOTAS
    };
}

#[derive(Clone)]
pub(crate) struct LargeGroup {
    pub(crate) slots: Slots,
    pub(crate) contents: Contents,
    pub(crate) scope: Scope,
}

impl LargeGroup {
    pub(crate) fn new(sizes: Sizes) -> Self {
        let mut group = Self {
            slots: Slots::default(),
            contents: Contents::default(),
            scope: Scope {
                partition: Some("aws".to_owned()),
                region: Some("eu-central-1".to_owned()),
                account: Some("111122223333".to_owned()),
            },
        };
        group.fill(DefinitionKind::Core, json!({"Cores": [thing("core", 0)]}));
        let devices: Vec<Value> = (0..sizes.devices).map(|n| thing("device", n)).collect();
        group.fill(DefinitionKind::Device, json!({"Devices": devices}));
        let functions: Vec<Value> = (0..sizes.functions)
            .map(|n| function(n, sizes.resources))
            .collect();
        group.fill(DefinitionKind::Function, json!({"Functions": functions}));
        group.fill(DefinitionKind::Connector, connectors());
        let resources: Vec<Value> = (0..sizes.resources).map(resource).collect();
        group.fill(DefinitionKind::Resource, json!({"Resources": resources}));
        let subscriptions: Vec<Value> = (0..sizes.subscriptions)
            .map(|n| subscription(n, sizes))
            .collect();
        group.fill(
            DefinitionKind::Subscription,
            json!({"Subscriptions": subscriptions}),
        );
        group.fill(
            DefinitionKind::Logger,
            json!({"Loggers": [
                {"Id": "files", "Type": "FileSystem", "Level": "INFO", "Component": "Lambda", "Space": 1024},
                {"Id": "cloud", "Type": "AWSCloudWatch", "Level": "WARN", "Component": "GreengrassSystem"},
            ]}),
        );
        group
    }

    /// Replaces the content of a slot.
    pub(crate) fn fill(&mut self, kind: DefinitionKind, json: Value) {
        let content = Content::from_json(kind, json).expect("the content is of its kind");
        self.slots.fill_verbatim(kind, &definition_version(kind));
        self.contents
            .set(kind, SlotContent::Known(Arc::new(content)));
    }
}

pub(crate) fn definition_version(kind: DefinitionKind) -> String {
    let segment = kind.path_segment();
    format!("arn:aws:greengrass:{PLACE}:/greengrass/definition/{segment}/a1/versions/b2")
}

fn thing(what: &str, n: usize) -> Value {
    json!({
        "Id": format!("{what}-{n}"),
        "ThingArn": thing_arn(what, n),
        "CertificateArn": format!("arn:aws:iot:{PLACE}:cert/{}{n:063x}", &what[..1]),
        "SyncShadow": n.is_multiple_of(2),
    })
}

fn thing_arn(what: &str, n: usize) -> String {
    format!("arn:aws:iot:{PLACE}:thing/plant-{what}-{n}")
}

fn function_arn(n: usize) -> String {
    match n {
        0 => "arn:aws:lambda:::function:GGIPDetector:1".to_owned(),
        n => format!("arn:aws:lambda:{PLACE}:function:step-{n}:PRODUCTION"),
    }
}

/// Some functions in a container with devices, secrets and models, some without and with models only.
fn function(n: usize, resources: usize) -> Value {
    let id = format!("function-{n}");
    let nearby = (0..10).map(|step| (n * 5 + step) % resources);
    match n {
        0 => json!({"Id": id, "FunctionArn": function_arn(n), "FunctionConfiguration":
            {"MemorySize": 32_768, "Pinned": true, "Timeout": 3}}),
        n if n.is_multiple_of(4) => {
            let policies: Vec<Value> = nearby
                .filter(|resource| matches!(resource % 5, 2 | 3))
                .map(|resource| json!({"ResourceId": format!("resource-{resource}")}))
                .collect();
            json!({"Id": id, "FunctionArn": function_arn(n), "FunctionConfiguration":
                {"Timeout": 3, "Environment": {
                    "Execution": {"IsolationMode": "NoContainer", "RunAs": {"Uid": 1000, "Gid": 1000}},
                    "ResourceAccessPolicies": policies}}})
        }
        n => {
            let policies: Vec<Value> = nearby
                .map(|resource| {
                    json!({"ResourceId": format!("resource-{resource}"),
                        "Permission": if resource % 5 < 2 { "rw" } else { "ro" }})
                })
                .collect();
            json!({"Id": id, "FunctionArn": function_arn(n), "FunctionConfiguration":
                {"MemorySize": 16_384, "Timeout": 3, "Environment": {
                    "AccessSysfs": true, "ResourceAccessPolicies": policies,
                    "Variables": {"STEP": n.to_string()}}}})
        }
    }
}

/// Devices, volumes, both forms of model, secrets, in turn.
fn resource(n: usize) -> Value {
    let owner = json!({"GroupOwner": (5000 + n).to_string(), "GroupPermission": "ro"});
    let data = match n % 5 {
        0 => json!({"LocalDeviceResourceData": {"SourcePath": format!("/dev/ttyS{n}"),
            "GroupOwnerSetting": {"AutoAddGroupOwner": true}}}),
        1 => json!({"LocalVolumeResourceData": {"SourcePath": format!("/data/{n}"),
            "DestinationPath": format!("/volume/{n}")}}),
        2 => json!({"S3MachineLearningModelResourceData": {
            "S3Uri": format!("s3://greengrass-models/v1.{n}/model.tar.gz"),
            "DestinationPath": format!("/models/{n}"), "OwnerSetting": owner}}),
        3 => json!({"SageMakerMachineLearningModelResourceData": {
            "SageMakerJobArn": format!("arn:aws:sagemaker:{PLACE}:training-job/job-{n}"),
            "DestinationPath": format!("/models/{n}"), "OwnerSetting": owner}}),
        _ => json!({"SecretsManagerSecretResourceData": {
            "ARN": secret_arn(n), "AdditionalStagingLabelsToDownload": ["next"]}}),
    };
    json!({"Id": format!("resource-{n}"), "Name": format!("Resource_{n}"), "ResourceDataContainer": data})
}

fn secret_arn(n: usize) -> String {
    format!("arn:aws:secretsmanager:{PLACE}:secret:greengrass-secret-{n}-AbCdEf")
}

fn connector_arn(name: &str, version: u32) -> String {
    format!("arn:aws:greengrass:eu-central-1::/connectors/{name}/versions/{version}")
}

fn connectors() -> Value {
    json!({"Connectors": [
        {"Id": "twilio", "ConnectorArn": connector_arn("TwilioNotifications", 5), "Parameters": {
            "TWILIO_ACCOUNT_SID": "AC0123456789abcdef",
            "TwilioAuthTokenSecretArn": secret_arn(4),
            "TwilioAuthTokenSecretArn-ResourceId": "resource-4"}},
        {"Id": "serial", "ConnectorArn": connector_arn("SerialStream", 3), "Parameters": {
            "BaudRate": "9600", "Timeout": "10", "PollingRead": "false",
            "SerialPort": "/dev/ttyS0", "SerialPort-ResourceId": "resource-0"}},
        {"Id": "images", "ConnectorArn": connector_arn("ImageClassificationARMv7", 2), "Parameters": {
            "MLModelDestinationPath": "/models/3", "MLModelResourceId": "resource-3",
            "MLModelSageMakerJobArn": format!("arn:aws:sagemaker:{PLACE}:training-job/job-3"),
            "LocalInferenceServiceName": "images", "LocalInferenceServiceTimeoutSeconds": "10",
            "LocalInferenceServiceMemoryLimitKB": "500000"}},
        {"Id": "analytics", "ConnectorArn": connector_arn("IoTAnalytics", 4), "Parameters": {
            "MemorySize": "65536", "IsolationMode": "GreengrassContainer"}},
    ]})
}

/// Connectors use only the topics of their pages.
fn subscription(n: usize, sizes: Sizes) -> Value {
    let device = thing_arn("device", n % sizes.devices);
    let function = function_arn(n % sizes.functions);
    let serial = connector_arn("SerialStream", 3);
    let plant = format!("plant/line-{}/station-{n}/+/state", n % 40);
    let (source, target, topic) = match (n, n % 5) {
        (0..50, _) => ("cloud".to_owned(), function, plant),
        (_, 0) => (function, "cloud".to_owned(), plant),
        (_, 1) => (device, function, plant),
        (_, 2) if n.is_multiple_of(2) => (function, connector_arn("IoTAnalytics", 4), plant),
        (_, 2) => (function, serial, format!("serial/core-{n}/write/dev/ttyS0")),
        (_, 3) => ("GGShadowService".to_owned(), device, plant),
        _ => (
            serial,
            "GGShadowService".to_owned(),
            format!("serial/core-{n}/status/dev/ttyS0"),
        ),
    };
    json!({"Id": format!("subscription-{n}"), "Source": source, "Target": target, "Subject": topic})
}
