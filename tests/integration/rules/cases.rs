//! The examples of the rules, from their files and, for the quotas, generated.

use std::collections::BTreeMap;

use greengroup::domain::DefinitionKind;
use serde::Deserialize;
use serde_json::{Value, json};

/// One example for one rule; the rule finds exactly `finds`, the ids of the items of each finding.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) rule: String,
    pub(crate) example: String,
    /// The content of each filled slot, or `pending`, `missing`, `unreadable`.
    pub(crate) slots: BTreeMap<DefinitionKind, Value>,
    /// The ARNs of slots with a special text.
    #[serde(default)]
    pub(crate) arns: BTreeMap<DefinitionKind, String>,
    pub(crate) scope: Option<BTreeMap<String, String>>,
    pub(crate) finds: Vec<Vec<String>>,
}

const FILES: [&str; 17] = [
    include_str!("cases/slots.json"),
    include_str!("cases/things.json"),
    include_str!("cases/functions.json"),
    include_str!("cases/attachments.json"),
    include_str!("cases/models.json"),
    include_str!("cases/connectors.json"),
    include_str!("cases/connector_parameters.json"),
    include_str!("cases/connector_resources.json"),
    include_str!("cases/memory.json"),
    include_str!("cases/system_functions.json"),
    include_str!("cases/resources.json"),
    include_str!("cases/resource_paths.json"),
    include_str!("cases/subscriptions.json"),
    include_str!("cases/topics.json"),
    include_str!("cases/loggers.json"),
    include_str!("cases/arns.json"),
    include_str!("cases/ids.json"),
];

pub(crate) fn cases() -> Vec<Case> {
    let read = |text| serde_json::from_str::<Vec<Case>>(text).unwrap();
    let mut cases: Vec<Case> = FILES.into_iter().flat_map(read).collect();
    cases.extend(quota_cases());
    cases
}

fn quota_cases() -> Vec<Case> {
    let mut cases = attachment_cases();
    cases.extend([50, 51].map(cloud_case));
    for (rule, kind, member, quota) in [
        ("quota-devices", DefinitionKind::Device, "Devices", 2_500),
        (
            "quota-functions",
            DefinitionKind::Function,
            "Functions",
            200,
        ),
        (
            "quota-resources",
            DefinitionKind::Resource,
            "Resources",
            200,
        ),
        (
            "quota-subscriptions",
            DefinitionKind::Subscription,
            "Subscriptions",
            10_000,
        ),
        (
            "strict-resources",
            DefinitionKind::Resource,
            "Resources",
            50,
        ),
    ] {
        for count in [quota, quota + 1] {
            let finds = if count > quota { vec![vec![]] } else { vec![] };
            let items: Vec<Value> = (0..count).map(|n| json!({"Id": n.to_string()})).collect();
            cases.push(counted_out(
                rule,
                count,
                kind,
                json!({ member: items }),
                finds,
            ));
        }
    }
    let refused_elsewhere: Vec<Value> = (0..201).map(|n| json!({"Id": n.to_string()})).collect();
    let content = json!({ "Resources": refused_elsewhere });
    cases.push(counted_out(
        "strict-resources",
        201,
        DefinitionKind::Resource,
        content,
        vec![],
    ));
    cases
}

fn counted_out(
    rule: &str,
    count: usize,
    kind: DefinitionKind,
    content: Value,
    finds: Vec<Vec<String>>,
) -> Case {
    Case {
        rule: rule.to_owned(),
        example: format!("{count} items"),
        slots: BTreeMap::from([(kind, content)]),
        arns: BTreeMap::new(),
        scope: None,
        finds,
    }
}

/// Only subscriptions that start at the cloud count.
fn cloud_case(count: usize) -> Case {
    let ids: Vec<String> = (0..count).map(|n| n.to_string()).collect();
    let items: Vec<Value> = ids
        .iter()
        .map(|id| json!({"Id": id, "Source": "cloud"}))
        .chain([json!({"Id": "other", "Source": "GGShadowService"})])
        .collect();
    let content = json!({ "Subscriptions": items });
    let finds = if count > 50 { vec![ids] } else { vec![] };
    let kind = DefinitionKind::Subscription;
    counted_out("quota-cloud-subscriptions", count, kind, content, finds)
}

fn attachment_cases() -> Vec<Case> {
    let case = |rule, count: usize, is_refused| {
        let policies: Vec<Value> = (0..count)
            .map(|n| json!({"ResourceId": n.to_string()}))
            .collect();
        let environment = json!({ "ResourceAccessPolicies": policies });
        let function = json!({"Id": "a", "FunctionConfiguration": {"Environment": environment}});
        let content = json!({ "Functions": [function] });
        let finds = if is_refused {
            vec![vec!["a".to_owned()]]
        } else {
            vec![]
        };
        counted_out(rule, count, DefinitionKind::Function, content, finds)
    };
    vec![
        case("quota-function-resources", 20, false),
        case("quota-function-resources", 21, true),
        case("strict-function-resources", 10, false),
        case("strict-function-resources", 11, true),
        case("strict-function-resources", 21, false),
    ]
}
