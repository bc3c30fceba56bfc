//! The plant with press line 3, the group of most scenes.

use greengroup::domain::{
    DefinitionKind, DefinitionVersionArn, Deployment, DeploymentId, GroupVersionId,
};
use serde_json::{Value, json};

use super::account::{Account, BASE, LINE_3, PLACE, time};

fn thing(name: &str) -> Value {
    json!({
        "Id": name,
        "ThingArn": format!("arn:aws:iot:{PLACE}:thing/{name}"),
        "CertificateArn": format!("arn:aws:iot:{PLACE}:cert/{name}"),
        "SyncShadow": true
    })
}

fn function(name: &str, version: u32, resources: &[&str]) -> Value {
    let policies: Vec<Value> = resources
        .iter()
        .map(|id| json!({"ResourceId": id, "Permission": "rw"}))
        .collect();
    json!({
        "Id": name,
        "FunctionArn": format!("arn:aws:lambda:{PLACE}:function:{name}:{version}"),
        "FunctionConfiguration": {
            "MemorySize": 16384,
            "Pinned": true,
            "Timeout": 25,
            "Environment": {"AccessSysfs": true, "ResourceAccessPolicies": policies}
        }
    })
}

fn subscription(id: &str, from: &str, subject: &str) -> Value {
    json!({"Id": id, "Source": from, "Subject": subject, "Target": "cloud"})
}

/// The plant with press line 3.
pub(crate) fn plant() -> Account {
    let mut account = Account::default();
    groups(&mut account);
    let held = definitions(&mut account);
    let fns_12 = held[1].clone();
    account.group_version(
        LINE_3,
        "77aa00bb-1111-2222-3333-444455556666",
        "2025-06-01T07:30:00Z",
        &held[..1],
    );
    account.group_version(LINE_3, BASE, "2025-11-02T08:00:00Z", &held);
    let camera = account.groups[1].id.to_string();
    account.group_version(
        &camera,
        "0a0b0c0d-aaaa-bbbb-cccc-0123456789ab",
        "2025-08-19T10:45:00Z",
        &[fns_12],
    );
    account.deployments = vec![Deployment {
        id: DeploymentId::new("dep-1"),
        created: Some(time("2025-11-02T08:05:00Z")),
        deployment_type: Some("NewDeployment".to_owned()),
        version: Some(GroupVersionId::new(BASE)),
    }];
    account
}

fn groups(account: &mut Account) {
    account.group(LINE_3, Some("press-line-3"), "2025-11-02T08:00:00Z");
    account.group(
        "1c55d0e2-77b1-4b3c-8f7e-1d2c3b4a5968",
        Some("camera-pool"),
        "2025-08-19T10:45:00Z",
    );
    account.group(
        "b81d7c44-2a9f-4d0b-9e35-64f0a2c1d3e5",
        Some("press-line-3"),
        "2024-12-24T16:20:00Z",
    );
    account.group(
        "e09af3b7-5c1e-48d2-a7b6-0f9e8d7c6b5a",
        None,
        "2024-05-05T12:00:00Z",
    );
    account.group(
        "3d2c1b0a-9f8e-4d7c-b6a5-94837261504f",
        Some("検査ライン東-塗装ブース"),
        "2024-03-01T09:00:00Z",
    );
    account.group(
        "77e6d5c4-b3a2-4190-8f7e-6d5c4b3a2918",
        Some("evil\u{1b}[31m\u{202e}name"),
        "2024-02-03T10:00:00Z",
    );
}

fn definitions(account: &mut Account) -> Vec<DefinitionVersionArn> {
    use DefinitionKind::{Core, Logger, Resource, Subscription};
    account.definition(
        Core,
        "d1000000-0000-4000-8000-000000000001",
        Some("press-line-3-core"),
    );
    let core = account.version(
        Core,
        "55aa01c2-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T07:58:00Z",
        json!({"Cores": [thing("press-line-3-core")]}),
    );
    let functions = functions(account);
    account.definition(
        Resource,
        "d5000000-0000-4000-8000-000000000001",
        Some("press-line-3-res"),
    );
    let resources = account.version(
        Resource,
        "3c3c9e1f-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T07:59:00Z",
        json!({"Resources": [{
            "Id": "camera", "Name": "camera", "ResourceDataContainer": {
                "LocalDeviceResourceData": {"SourcePath": "/dev/video0"}
            }
        }]}),
    );
    let from = format!("arn:aws:lambda:{PLACE}:function:cam:12");
    account.definition(
        Subscription,
        "d6000000-0000-4000-8000-000000000001",
        Some("press-line-3-subs"),
    );
    let subscriptions = account.version(
        Subscription,
        "0b1c44d0-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T08:00:00Z",
        json!({"Subscriptions": [subscription("frames", &from, "line3/frames")]}),
    );
    account.definition(
        Logger,
        "d7000000-0000-4000-8000-000000000001",
        Some("plant-logs"),
    );
    let logger = account.version(
        Logger,
        "1099aa77-1b2c-4d3e-8f40-516273849500",
        "2025-01-15T06:00:00Z",
        json!({"Loggers": [{"Id": "all", "Type": "FileSystem", "Level": "INFO", "Component": "GreengrassSystem", "Space": 1024}]}),
    );
    vec![core, functions, resources, subscriptions, logger]
}

fn functions(account: &mut Account) -> DefinitionVersionArn {
    let kind = DefinitionKind::Function;
    account.definition(
        kind,
        "d3000000-0000-4000-8000-000000000001",
        Some("press-line-3-fns"),
    );
    account.version(
        kind,
        "0e44b7c9-1b2c-4d3e-8f40-516273849500",
        "2025-03-14T13:37:00Z",
        json!({"Functions": [function("cam", 11, &["camera"])]}),
    );
    let base = account.version(
        kind,
        "71c0be11-1b2c-4d3e-8f40-516273849500",
        "2025-11-02T08:00:00Z",
        json!({"Functions": [function("cam", 12, &["camera"]), function("agg", 7, &[])]}),
    );
    account.version(
        kind,
        "88d2f00a-1b2c-4d3e-8f40-516273849500",
        "2026-05-01T09:12:00Z",
        json!({"Functions": [function("cam", 13, &["camera"]), function("agg", 7, &[]), function("mix", 2, &[])]}),
    );
    account.definition(
        kind,
        "d3000000-0000-4000-8000-000000000002",
        Some("camera-pool"),
    );
    account.version(
        kind,
        "0b7712aa-1b2c-4d3e-8f40-516273849500",
        "2025-08-19T10:45:00Z",
        json!({"Functions": [function("cam", 9, &[])]}),
    );
    account.definition(kind, "d3a4b5c6-0000-4000-8000-000000000003", None);
    account.version(
        kind,
        "c4d5e6f7-1b2c-4d3e-8f40-516273849500",
        "2024-10-10T10:10:00Z",
        json!({"Functions": [function("probe", 1, &[])]}),
    );
    account.definition(
        kind,
        "d3000000-0000-4000-8000-000000000004",
        Some("検査ライン東-画像処理ファンクション"),
    );
    account.version(
        kind,
        "d0d1d2d3-1b2c-4d3e-8f40-516273849500",
        "2024-07-07T07:07:00Z",
        json!({"Functions": [function("kensa", 4, &[])]}),
    );
    base
}
