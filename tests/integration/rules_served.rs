//! The rules against groups that boto3 built through `serve`: what is found there is what a person would see.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;

use greengroup::domain::check::{Contents, Scope, SlotContent, check, rules};
use greengroup::domain::{DefinitionKind, GroupId, GroupVersionId};
use greengroup::greengrass::{Client, ClientOptions};
use greengroup::sandbox::{Account, Sandbox};
use serde_json::{Value, json};

use crate::python;
use crate::rule_cases::{Case, cases};
use crate::served::Served;

/// What the service requires of every item; the examples leave out what their rule does not look at.
fn required(kind: DefinitionKind, place: usize) -> Vec<(&'static str, Value)> {
    let thing = |place: usize| {
        json!(format!(
            "arn:aws:iot:eu-central-1:111122223333:thing/filled-in-{place}"
        ))
    };
    let certificate = json!(format!(
        "arn:aws:iot:eu-central-1:111122223333:cert/{place:064x}"
    ));
    match kind {
        DefinitionKind::Core | DefinitionKind::Device => {
            vec![
                ("Id", json!(format!("filled-in-{place}"))),
                ("ThingArn", thing(place)),
                ("CertificateArn", certificate),
            ]
        }
        DefinitionKind::Function => vec![("Id", json!(format!("filled-in-{place}")))],
        DefinitionKind::Connector => vec![
            ("Id", json!(format!("filled-in-{place}"))),
            (
                "ConnectorArn",
                json!(format!(
                    "arn:aws:greengrass:eu-central-1::/connectors/FilledIn{place}/versions/1"
                )),
            ),
        ],
        DefinitionKind::Resource => vec![
            ("Id", json!(format!("filled-in-{place}"))),
            ("Name", json!(format!("filled-in-{place}"))),
            (
                "ResourceDataContainer",
                json!({"LocalDeviceResourceData": {"SourcePath": format!("/dev/filled{place}")}}),
            ),
        ],
        DefinitionKind::Subscription => vec![
            ("Id", json!(format!("filled-in-{place}"))),
            ("Source", json!("GGShadowService")),
            ("Subject", json!(format!("filled/in/{place}"))),
            ("Target", json!("cloud")),
        ],
        DefinitionKind::Logger => vec![
            ("Id", json!(format!("filled-in-{place}"))),
            ("Type", json!("AWSCloudWatch")),
            ("Level", json!("INFO")),
            ("Component", json!("Lambda")),
        ],
    }
}

/// The content with everything that the service requires.
fn filled_in(kind: DefinitionKind, content: &Value) -> Value {
    let mut content = content.clone();
    let items = content
        .as_object_mut()
        .unwrap()
        .values_mut()
        .filter_map(Value::as_array_mut);
    for list in items {
        for (place, item) in list.iter_mut().enumerate() {
            for (member, value) in required(kind, place) {
                item.as_object_mut().unwrap().entry(member).or_insert(value);
            }
        }
    }
    content
}

/// Examples that consist of contents only; what cannot be read cannot be built either.
fn buildable() -> Vec<Case> {
    let is_built = |case: &Case| {
        case.arns.is_empty() && case.scope.is_none() && case.slots.values().all(Value::is_object)
    };
    cases().into_iter().filter(is_built).collect()
}

fn build(endpoint: &str, cases: &[Case]) -> Vec<Value> {
    let slots = |case: &Case| {
        let filled = case
            .slots
            .iter()
            .map(|(&kind, content)| (kind.name(), filled_in(kind, content)));
        json!({"slots": filled.collect::<BTreeMap<_, _>>()})
    };
    let asked = json!({"endpoint": endpoint, "cases": cases.iter().map(slots).collect::<Vec<_>>()});
    let mut child = python::python()
        .arg(python::judge("boto3_rules.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(asked.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How often `rule` finds something in a group version, read as the program reads it.
async fn findings_of(rule: &str, client: &Client, group: &str, version: &str) -> usize {
    let (group, version) = (GroupId::new(group), GroupVersionId::new(version));
    let slots = client.group_version(&group, &version).await.unwrap().slots;
    let mut contents = Contents::default();
    for (kind, held) in slots.filled() {
        let content = client.content(held.version().unwrap()).await.unwrap();
        contents.set(kind, SlotContent::Known(content.into()));
    }
    let scope = Scope {
        partition: Some("aws".to_owned()),
        region: Some("eu-central-1".to_owned()),
        account: Some("111122223333".to_owned()),
    };
    check(&slots, &contents, &scope)
        .iter()
        .filter(|finding| finding.rule == rule)
        .count()
}

/// What these find is not in contents: a text that the service would refuse, a version that was deleted or
/// cannot be read, an account elsewhere. Their examples in `rules/slots.json` stand without a service.
const OF_SLOTS: [&str; 4] = [
    "slot-arn",
    "slot-missing",
    "slot-unreadable",
    "slot-elsewhere",
];

#[tokio::test]
async fn each_rule_fires_on_a_group_that_boto3_built_and_is_silent_on_a_sound_one() {
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let served = Served::start(sandbox.clone());
    let options = ClientOptions {
        requests_per_second: f64::INFINITY,
        ..ClientOptions::default()
    };
    let client = Client::over(sandbox.http_client(), "eu-central-1", &options);
    let cases = buildable();
    let built = build(&served.endpoint, &cases);
    let mut fired: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (case, built) in cases.iter().zip(&built) {
        let (seen, refused) = fired.entry(case.rule.as_str()).or_default();
        let Some(group) = built["group"].as_str() else {
            *refused += 1;
            continue;
        };
        let found = findings_of(
            &case.rule,
            &client,
            group,
            built["version"].as_str().unwrap(),
        )
        .await;
        let expected = case.finds.len();
        assert_eq!(found > 0, expected > 0, "{}: {}", case.rule, case.example);
        *seen += usize::from(expected > 0);
    }
    let silent: Vec<&str> = rules()
        .map(|rule| rule.name)
        .filter(|name| !OF_SLOTS.contains(name))
        .filter(|name| {
            fired
                .get(name)
                .is_none_or(|&(seen, refused)| seen == 0 && refused == 0)
        })
        .collect();
    println!("{fired:#?}");
    assert_eq!(
        silent,
        Vec::<&str>::new(),
        "these rules were shown on no group"
    );
}
