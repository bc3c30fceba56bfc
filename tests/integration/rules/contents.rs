//! Valid and invalid contents of definition versions.

use greengroup::domain::DefinitionKind;
use greengroup::sandbox::{Account, Sandbox};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::sdk::ask;

fn sandbox() -> Sandbox {
    Sandbox::with(Account::new("111122223333", "eu-central-1"))
}

const ARN: &str = "arn:aws:lambda:eu-central-1:111122223333:function:cam:1";

#[rstest]
#[case::mode_of_the_group("functions", json!({"DefaultConfig": {"Execution": {"IsolationMode": "Jail"}}}), "Your 'IsolationMode' configuration for the group is invalid.")]
#[case::mode_of_a_function("functions", function(&json!({"MemorySize": 1, "Environment": {"Execution": {"IsolationMode": "Jail"}}})), "for function with arn arn:aws:lambda:eu-central-1:111122223333:function:cam:1 is invalid.")]
#[case::memory_is_missing("functions", function(&json!({"Pinned": true})), "is required in IsolationMode=GreengrassContainer.")]
#[case::memory_is_too_much("functions", function(&json!({"MemorySize": 1, "Environment": {"Execution": {"IsolationMode": "NoContainer"}}})), "MemorySize configuration for function")]
#[case::sysfs("functions", function(&json!({"Environment": {"AccessSysfs": true, "Execution": {"IsolationMode": "NoContainer"}}})), "Access Sysfs configuration for function")]
#[case::memory_is_a_text("functions", function(&json!({"MemorySize": "16"})), "Function definition.Functions[0].FunctionConfiguration.MemorySize must be a whole number of 32 bits")]
#[case::encoding("functions", function(&json!({"MemorySize": 1, "EncodingType": "xml"})), "must be one of binary, json")]
#[case::ip_detector("functions", json!({"Functions": [{"Id": "i", "FunctionArn": "arn:aws:lambda:::function:GGIPDetector:1", "FunctionConfiguration": {"MemorySize": 1, "Environment": {"Execution": {"RunAs": {"Uid": 1}}}}}]}), "Execution configuration for function with arn arn:aws:lambda:::function:GGIPDetector:1 is not allowed.")]
#[case::no_id("cores", json!({"Cores": [{"ThingArn": "t", "CertificateArn": "c"}]}), "Cores[0].Id is missing")]
#[case::no_thing("devices", json!({"Devices": [{"Id": "d", "CertificateArn": "c"}]}), "Devices[0].ThingArn is missing")]
#[case::letters_of_an_id("loggers", json!({"Loggers": [{"Id": "a b", "Type": "FileSystem", "Level": "INFO", "Component": "Lambda"}]}), "Id \"a b\" is not 1 to 128 of the characters")]
#[case::level("loggers", json!({"Loggers": [{"Id": "a", "Type": "FileSystem", "Level": "TRACE", "Component": "Lambda"}]}), "must be one of DEBUG, INFO, WARN, ERROR, FATAL")]
#[case::sys("resources", resource(&json!({"LocalVolumeResourceData": {"SourcePath": "/sys", "DestinationPath": "/x"}})), "The resources definition is invalid. (ErrorDetails: [Accessing /sys is prohibited])")]
#[case::device_file("resources", resource(&json!({"LocalDeviceResourceData": {"SourcePath": "/devfoo"}})), "Device resource path should begin with /dev, but got: /devfoo")]
#[case::two_forms("resources", resource(&json!({"LocalDeviceResourceData": {"SourcePath": "/dev/a"}, "SecretsManagerSecretResourceData": {"ARN": "a"}})), "must have exactly one form of data, but has 2")]
#[case::no_form("resources", resource(&json!({})), "must have exactly one form of data, but has 0")]
#[case::parameter("connectors", json!({"Connectors": [{"Id": "c", "ConnectorArn": "a", "Parameters": {"a": 1}}]}), "Parameters must be a map from string to string")]
#[case::ends("subscriptions", json!({"Subscriptions": [{"Id": "s", "Source": "unknown", "Subject": "#", "Target": "arn:aws:s3:::b"}]}), "Subscription source is invalid. ID is 's' and Source is 'unknown', Subscription target is invalid. ID is 's' and Target is 'arn:aws:s3:::b'")]
#[case::unknown_member("loggers", json!({"Loggers": [{"Id": "a", "Type": "FileSystem", "Level": "INFO", "Component": "Lambda", "Spase": 1}]}), "Loggers[0] has an unknown member \"Spase\"")]
#[case::null_item("cores", json!({"Cores": [null]}), "Core definition.Cores[0] must be an object")]
#[case::variable_name("functions", function(&json!({"MemorySize": 1, "Environment": {"Variables": {"1A": "x"}}})), "(ErrorDetails: [Invalid environment key name])")]
#[case::name_of_a_resource("resources", json!({"Resources": [{"Id": "r", "Name": "a b", "ResourceDataContainer": {"LocalDeviceResourceData": {"SourcePath": "/dev/a"}}}]}), "Name \"a b\" is not 1 to 128 of the characters")]
#[case::skeleton("cores", json!({"Cores": [{"Id": "", "ThingArn": "", "CertificateArn": ""}]}), "Cores[0].Id: it is empty; fill it in, or remove it if it comes from an unedited skeleton")]
#[case::misspelt("cores", json!({"Core": []}), "The definition version has an unknown member \"Core\".")]
#[case::no_list("cores", json!({"Cores": {}}), "Core definition.Cores must be a list")]
#[tokio::test]
async fn contents_that_the_service_refuses(
    #[case] plural: &str,
    #[case] content: Value,
    #[case] expected: &str,
) {
    let sandbox = sandbox();
    let path = format!("/greengrass/definition/{plural}");
    let answer = ask(&sandbox, "POST", &path, &json!({"InitialVersion": content})).await;
    let message = answer["Message"].as_str().unwrap();
    assert!(message.contains(expected), "{message}");
    sandbox.account(|account| {
        let kinds = DefinitionKind::ALL.into_iter();
        let made: usize = kinds
            .map(|kind| account.definitions(kind).iter().len())
            .sum();
        assert_eq!(made, 0, "a refused request changes nothing");
    });
}

fn function(configuration: &Value) -> Value {
    json!({"Functions": [{"Id": "f", "FunctionArn": ARN, "FunctionConfiguration": configuration}]})
}

fn resource(data: &Value) -> Value {
    json!({"Resources": [{"Id": "r", "Name": "r", "ResourceDataContainer": data}]})
}

/// A dependency on another slot is not checked until the group is deployed.
#[rstest]
#[case("subscriptions", json!({"Subscriptions": [{"Id": "s", "Source": ARN, "Subject": "#", "Target": "GGShadowService"}]}))]
#[case("cores", json!({"Cores": [{"Id": "a", "ThingArn": "t", "CertificateArn": "c"}, {"Id": "b", "ThingArn": "t", "CertificateArn": "c"}]}))]
#[case("functions", function(&json!({"MemorySize": 1, "Environment": {"ResourceAccessPolicies": [{"ResourceId": "nowhere"}]}})))]
#[case("functions", json!({"DefaultConfig": {"Execution": {"IsolationMode": "NoContainer"}}, "Functions": [{"Id": "f", "FunctionArn": ARN}]}))]
#[case("functions", function(&json!({"Environment": {"AccessSysfs": false, "Execution": {"IsolationMode": "NoContainer"}}})))]
#[case("loggers", json!({}))]
#[tokio::test]
async fn contents_that_the_service_accepts(#[case] plural: &str, #[case] content: Value) {
    let sandbox = sandbox();
    let path = format!("/greengrass/definition/{plural}");
    let made = ask(&sandbox, "POST", &path, &json!({"InitialVersion": content})).await;
    let (id, version) = (
        made["Id"].as_str().unwrap(),
        made["LatestVersion"].as_str().unwrap(),
    );
    let read = format!("{path}/{id}/versions/{version}");
    assert_eq!(
        ask(&sandbox, "GET", &read, &Value::Null).await["Definition"],
        content
    );
}

#[tokio::test]
async fn null_members_are_absent() {
    let sandbox = sandbox();
    let content =
        json!({"Cores": [{"Id": "c", "ThingArn": "t", "CertificateArn": "k", "SyncShadow": null}]});
    let path = "/greengrass/definition/cores";
    let made = ask(&sandbox, "POST", path, &json!({"InitialVersion": content})).await;
    let (id, version) = (
        made["Id"].as_str().unwrap(),
        made["LatestVersion"].as_str().unwrap(),
    );
    let read = ask(
        &sandbox,
        "GET",
        &format!("{path}/{id}/versions/{version}"),
        &Value::Null,
    )
    .await;
    assert_eq!(
        read["Definition"],
        json!({"Cores": [{"Id": "c", "ThingArn": "t", "CertificateArn": "k"}]})
    );
}
