//! The parts of lines: functions, connectors, resources, routes and loggers with plausible settings.

use serde_json::{Value, json};

use super::line::{Connector, End, Lambda, Logger, Resource, Route};

pub(super) fn lambda(name: &str, qualifier: &str) -> Lambda {
    Lambda {
        name: name.to_owned(),
        qualifier: qualifier.to_owned(),
        memory: Some(65_536),
        timeout: 10,
        is_pinned: true,
        access: Vec::new(),
        variables: Vec::new(),
    }
}

impl Lambda {
    pub(super) fn with_memory(mut self, kilobytes: i32) -> Self {
        self.memory = Some(kilobytes);
        self
    }

    pub(super) fn without_container(mut self) -> Self {
        self.memory = None;
        self
    }

    pub(super) fn on_demand(mut self, timeout: i32) -> Self {
        self.is_pinned = false;
        self.timeout = timeout;
        self
    }

    pub(super) fn with_access(mut self, resource: &str, permission: &'static str) -> Self {
        self.access.push((resource.to_owned(), permission));
        self
    }

    pub(super) fn with_variable(mut self, name: &'static str, text: &str) -> Self {
        self.variables.push((name, text.to_owned()));
        self
    }
}

/// Four gigabytes and pinned, as in the developer guide (configure-stream-manager).
pub(super) fn stream_manager() -> Lambda {
    Lambda {
        timeout: 3,
        ..lambda("GGStreamManager", "1").with_memory(4_194_304)
    }
}

pub(super) fn ip_detector() -> Lambda {
    Lambda {
        timeout: 3,
        ..lambda("GGIPDetector", "1").with_memory(32_768)
    }
}

pub(super) fn metrics() -> Connector {
    connector(
        "metrics",
        "CloudWatchMetrics/versions/4",
        &[
            ("PublishInterval", "60"),
            ("PublishRegion", "eu-central-1"),
            ("MemorySize", "32768"),
            ("MaxMetricsToRetain", "2000"),
            ("IsolationMode", "GreengrassContainer"),
        ],
    )
}

/// Modbus over the serial port of the resource `resource`.
pub(super) fn modbus(port: &str, resource: &str) -> Connector {
    connector(
        "modbus",
        "ModbusRTUProtocolAdapter/versions/3",
        &[
            ("ModbusSerialPort", port),
            ("ModbusSerialPort-ResourceId", resource),
        ],
    )
}

pub(super) fn firehose(stream: &str) -> Connector {
    let arn = format!("arn:aws:firehose:eu-central-1:111122223333:deliverystream/{stream}");
    connector(
        "firehose",
        "KinesisFirehose/versions/5",
        &[
            ("DefaultDeliveryStreamArn", &arn),
            ("DeliveryStreamQueueSize", "5000"),
            ("MemorySize", "65535"),
            ("PublishInterval", "10"),
            ("IsolationMode", "GreengrassContainer"),
        ],
    )
}

/// Text messages to the shift, with the token in the secret of the resource `resource`.
pub(super) fn twilio(secret: &str, resource: &str) -> Connector {
    connector(
        "twilio",
        "TwilioNotifications/versions/5",
        &[
            ("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"),
            ("TwilioAuthTokenSecretArn", &secret_arn(secret)),
            ("TwilioAuthTokenSecretArn-ResourceId", resource),
            ("DefaultFromPhoneNumber", "+4930123125000"),
            ("IsolationMode", "GreengrassContainer"),
        ],
    )
}

fn connector(id: &str, path: &'static str, parameters: &[(&'static str, &str)]) -> Connector {
    let parameters = parameters.iter();
    Connector {
        id: id.to_owned(),
        path,
        parameters: parameters
            .map(|(name, text)| (*name, (*text).to_owned()))
            .collect(),
    }
}

fn resource(id: &str, name: &str, data: Value) -> Resource {
    Resource {
        id: id.to_owned(),
        name: name.to_owned(),
        data,
    }
}

/// Names of resources consist of letters, digits, colon, underscore and dash (API reference, Resource).
pub(super) fn name_of(word: &str, path: &str) -> String {
    format!("{word}-{}", path.trim_start_matches('/').replace('/', "-"))
}

pub(super) fn device_file(id: &str, path: &str) -> Resource {
    let data = json!({"SourcePath": path, "GroupOwnerSetting": {"AutoAddGroupOwner": true}});
    resource(
        id,
        &name_of("device", path),
        json!({"LocalDeviceResourceData": data}),
    )
}

pub(super) fn volume(id: &str, path: &str) -> Resource {
    let data = json!({
        "SourcePath": path,
        "DestinationPath": path,
        "GroupOwnerSetting": {"AutoAddGroupOwner": true},
    });
    resource(
        id,
        &name_of("folder", path),
        json!({"LocalVolumeResourceData": data}),
    )
}

pub(super) fn s3_model(id: &str, archive: &str) -> Resource {
    let data = json!({
        "S3Uri": format!("s3://greengrass-plant-models/{archive}.tar.gz"),
        "DestinationPath": format!("/models/{id}"),
        "OwnerSetting": {"GroupOwner": "1001", "GroupPermission": "ro"},
    });
    resource(
        id,
        &name_of("model", archive),
        json!({"S3MachineLearningModelResourceData": data}),
    )
}

pub(super) fn sage_maker_model(id: &str, job: &str) -> Resource {
    let data = json!({
        "SageMakerJobArn": format!("arn:aws:sagemaker:eu-central-1:111122223333:training-job/{job}"),
        "DestinationPath": format!("/models/{id}"),
        "OwnerSetting": {"GroupOwner": "1001", "GroupPermission": "ro"},
    });
    let data = json!({"SageMakerMachineLearningModelResourceData": data});
    resource(id, &name_of("job", job), data)
}

pub(super) fn secret(id: &str, name: &str) -> Resource {
    let data = json!({
        "ARN": secret_arn(name),
        "AdditionalStagingLabelsToDownload": ["AWSPREVIOUS"],
    });
    resource(
        id,
        &name_of("secret", name),
        json!({"SecretsManagerSecretResourceData": data}),
    )
}

fn secret_arn(name: &str) -> String {
    format!("arn:aws:secretsmanager:eu-central-1:111122223333:secret:greengrass-{name}-a1B2c3")
}

pub(super) fn route(from: End, topic: &str, to: End) -> Route {
    Route {
        from,
        topic: topic.to_owned(),
        to,
    }
}

pub(super) fn function(name: &str) -> End {
    End::Function(name.to_owned())
}

pub(super) fn device(name: &str) -> End {
    End::Device(name.to_owned())
}

pub(super) fn to_connector(id: &str) -> End {
    End::Connector(id.to_owned())
}

pub(super) fn log_to_disk(component: &'static str, level: &'static str, space: i32) -> Logger {
    Logger {
        component,
        level,
        space: Some(space),
    }
}

pub(super) fn log_to_cloud(component: &'static str, level: &'static str) -> Logger {
    Logger {
        component,
        level,
        space: None,
    }
}
