//! The rule on the values of connector parameters whose form is written down.

use super::connectors::{name, name_of};
use super::group::Group;
use super::rule::{Report, Rule};
use crate::domain::arn::Arn;
use crate::domain::kind::DefinitionKind::Connector;

pub(super) const RULES: &[Rule] = &[Rule::blocks(
    "connector-parameter",
    "DG, the parameters on each connector's page",
    &[Connector],
    parameters,
)];

/// The form that the page of a connector gives for a parameter.
#[derive(Clone, Copy)]
enum Form {
    /// A whole number between these two, both included.
    Number(u64, u64),
    Word(&'static [&'static str]),
    /// One of these, in small or capital letters.
    AnyCase(&'static [&'static str]),
    /// The service of an ARN, and what its resource begins with.
    Arn(&'static str, &'static str),
    AbsolutePath,
    /// `+` and digits.
    Phone,
    /// Numbers of pins, each followed by one of these letters or by none, separated by commas.
    Pins(&'static str),
}

use Form::{AbsolutePath, AnyCase, Arn as OfService, Number, Phone, Pins, Word};

const ANY_NUMBER: Form = Number(0, u64::MAX);
const POSITIVE: Form = Number(1, u64::MAX);
const ISOLATION: Form = Word(&["NoContainer", "GreengrassContainer"]);
const BOOLEAN: Form = AnyCase(&["true", "false"]);
const SECRET: Form = OfService("secretsmanager", "secret:");
const BAUD_RATES: Form = Word(&[
    "110", "300", "600", "1200", "2400", "4800", "9600", "14400", "19200", "28800", "38400",
    "56000", "57600", "115200", "230400",
]);

/// Connector, parameter and form, with the page and line in the developer guide.
///
/// Left out is what a page says in two ways (publish intervals above 900), in a way that cannot be
/// meant (IoTAnalyticsDefaultChannelName has one letter), or differently from version to version.
const FORMS: &[(&str, &str, Form)] = &[
    // cloudwatch-metrics-connector:106,120,129,138
    ("CloudWatchMetrics", "PublishInterval", Number(0, 999)),
    ("CloudWatchMetrics", "MemorySize", ANY_NUMBER),
    (
        "CloudWatchMetrics",
        "MaxMetricsToRetain",
        Number(2000, u64::MAX),
    ),
    ("CloudWatchMetrics", "IsolationMode", ISOLATION),
    // device-defender-connector:70
    (
        "DeviceDefender",
        "SampleIntervalSeconds",
        Number(300, u64::MAX),
    ),
    // docker-app-connector:224,238
    (
        "DockerApplicationDeployment",
        "DockerUserId",
        Number(0, 99_999),
    ),
    (
        "DockerApplicationDeployment",
        "DockerContainerStatusLogFrequency",
        Number(1, 9999),
    ),
    // image-classification-connector:153,160
    (
        "ImageClassification",
        "LocalInferenceServiceTimeoutSeconds",
        POSITIVE,
    ),
    (
        "ImageClassification",
        "LocalInferenceServiceMemoryLimitKB",
        POSITIVE,
    ),
    // iot-analytics-connector:115,131,140,149,157,165,181
    ("IoTAnalytics", "MemorySize", ANY_NUMBER),
    ("IoTAnalytics", "PublishInterval", ANY_NUMBER),
    ("IoTAnalytics", "IotAnalyticsMaxActiveChannels", POSITIVE),
    (
        "IoTAnalytics",
        "IotAnalyticsQueueDropBehavior",
        Word(&["DROP_NEWEST", "DROP_OLDEST"]),
    ),
    ("IoTAnalytics", "IotAnalyticsQueueSizePerChannel", POSITIVE),
    ("IoTAnalytics", "IotAnalyticsBatchSizePerChannel", POSITIVE),
    ("IoTAnalytics", "IsolationMode", ISOLATION),
    // kinesis-firehose-connector:141,148,155,163,172
    (
        "KinesisFirehose",
        "DefaultDeliveryStreamArn",
        OfService("firehose", "deliverystream/"),
    ),
    (
        "KinesisFirehose",
        "DeliveryStreamQueueSize",
        Number(2000, u64::MAX),
    ),
    ("KinesisFirehose", "MemorySize", ANY_NUMBER),
    ("KinesisFirehose", "PublishInterval", Number(0, 999)),
    ("KinesisFirehose", "IsolationMode", ISOLATION),
    // ml-feedback-connector:130
    ("MLFeedback", "RequestLimit", Number(0, 999)),
    // obj-detection-connector:86,93
    (
        "ObjectDetection",
        "LocalInferenceServiceTimeoutSeconds",
        POSITIVE,
    ),
    (
        "ObjectDetection",
        "LocalInferenceServiceMemoryLimitKB",
        POSITIVE,
    ),
    // raspberrypi-gpio-connector:88,96,103
    ("RaspberryPiGPIO", "InputGpios", Pins("UD")),
    ("RaspberryPiGPIO", "InputPollPeriod", POSITIVE),
    ("RaspberryPiGPIO", "OutputGpios", Pins("HL")),
    // serial-stream-connector:71,79,104,111,119,127,135,143,151
    ("SerialStream", "BaudRate", BAUD_RATES),
    ("SerialStream", "Timeout", Number(1, 59)),
    ("SerialStream", "PollingRead", BOOLEAN),
    ("SerialStream", "PollingReadLength", Number(1, 63_994)),
    ("SerialStream", "PollingReadInterval", Number(1, 999)),
    (
        "SerialStream",
        "PollingReadType",
        AnyCase(&["ascii", "hex"]),
    ),
    ("SerialStream", "RtsCts", BOOLEAN),
    ("SerialStream", "XonXoff", BOOLEAN),
    (
        "SerialStream",
        "Parity",
        AnyCase(&["N", "E", "O", "S", "M"]),
    ),
    // servicenow-connector:79,87,111,118,134
    (
        "ServiceNowMetricBaseIntegration",
        "PublishInterval",
        Number(1, 999),
    ),
    (
        "ServiceNowMetricBaseIntegration",
        "PublishBatchSize",
        ANY_NUMBER,
    ),
    (
        "ServiceNowMetricBaseIntegration",
        "MaxMetricsToRetain",
        ANY_NUMBER,
    ),
    ("ServiceNowMetricBaseIntegration", "AuthSecretArn", SECRET),
    (
        "ServiceNowMetricBaseIntegration",
        "IsolationMode",
        ISOLATION,
    ),
    // sns-connector:109,118
    ("SNS", "DefaultSNSArn", OfService("sns", "")),
    ("SNS", "IsolationMode", ISOLATION),
    // splunk-connector:88,95,102,109,123,132
    ("SplunkIntegration", "MemorySize", ANY_NUMBER),
    ("SplunkIntegration", "SplunkQueueSize", ANY_NUMBER),
    (
        "SplunkIntegration",
        "SplunkFlushIntervalSeconds",
        Number(0, 999),
    ),
    ("SplunkIntegration", "SplunkTokenSecretArn", SECRET),
    ("SplunkIntegration", "SplunkCustomCALocation", AbsolutePath),
    ("SplunkIntegration", "IsolationMode", ISOLATION),
    // twilio-notifications-connector:93,109,118
    ("TwilioNotifications", "TwilioAuthTokenSecretArn", SECRET),
    ("TwilioNotifications", "DefaultFromPhoneNumber", Phone),
    ("TwilioNotifications", "IsolationMode", ISOLATION),
];

/// The name in the table: the connectors for models have one name for each platform.
fn family(connector: &str) -> &str {
    ["ImageClassification", "ObjectDetection"]
        .into_iter()
        .find(|family| connector.starts_with(family))
        .unwrap_or(connector)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Form {
    fn holds(self, value: &str) -> bool {
        match self {
            // More digits than any number has room for are still a number.
            Number(least, most) => {
                let number = value.parse().unwrap_or(u64::MAX);
                is_digits(value) && (least..=most).contains(&number)
            }
            Word(words) => words.contains(&value),
            AnyCase(words) => words.iter().any(|word| word.eq_ignore_ascii_case(value)),
            OfService(service, resource) => Arn::split(value).is_some_and(|arn| {
                let rest = arn.resource.strip_prefix(resource);
                let is_placed = !arn.region.is_empty() && !arn.account.is_empty();
                arn.service == service && is_placed && rest.is_some_and(|rest| !rest.is_empty())
            }),
            AbsolutePath => value.starts_with('/'),
            Phone => value.strip_prefix('+').is_some_and(is_digits),
            Pins(letters) => value.split(',').all(|pin| {
                is_digits(
                    pin.strip_suffix(|last| letters.contains(last))
                        .unwrap_or(pin),
                )
            }),
        }
    }

    fn words(self) -> String {
        match self {
            Number(0, u64::MAX) => "a whole number".to_owned(),
            Number(least, u64::MAX) => format!("a whole number from {least} up"),
            Number(least, most) => format!("a whole number from {least} to {most}"),
            Word(words) | AnyCase(words) => format!("one of {}", words.join(", ")),
            OfService(service, _) => format!("an ARN of {service}"),
            AbsolutePath => "an absolute path".to_owned(),
            Phone => "+ and digits".to_owned(),
            Pins(_) => "pin numbers, each perhaps with a letter".to_owned(),
        }
    }
}

/// An empty value is a parameter left open.
fn parameters(group: &Group<'_>, report: &mut Report<'_>) {
    for connector in group.connectors() {
        let Some(family) = name_of(connector).map(family) else {
            continue;
        };
        for (_, parameter, form) in FORMS.iter().filter(|(of, ..)| *of == family) {
            let value = connector.parameters.get(*parameter);
            let Some(value) = value.filter(|value| !value.is_empty() && !form.holds(value)) else {
                continue;
            };
            report.add(
                [&*connector.id],
                format!(
                    "{} has {parameter} {value:?}, not {}",
                    name(connector),
                    form.words()
                ),
                format!("pick a connector version with a proper {parameter} there"),
            );
        }
    }
}
