//! The rules on groups that boto3 built through `serve`: the findings there equal those on the screen.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;

use greengroup::domain::check::{Contents, Findings, Scope, SlotContent, check, rules};
use greengroup::domain::{Content, DefinitionKind, ErrorKind, GroupId, GroupVersionId};
use greengroup::greengrass::{Client, ClientOptions};
use greengroup::sandbox::{Account, Fault, Operation, PageSizes, Sandbox};
use serde_json::{Value, json};

use crate::rules::cases::{Case, cases};
use crate::support::large_group::{LargeGroup, Sizes};
use crate::support::python;
use crate::support::served::Served;

/// The required members of every item; the examples leave out members that their rule does not read.
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

/// The content with all required members.
fn filled_in(rule: &str, kind: DefinitionKind, content: &Value) -> Value {
    let mut content = content.clone();
    let items = content
        .as_object_mut()
        .unwrap()
        .values_mut()
        .filter_map(Value::as_array_mut);
    for list in items {
        for (place, item) in list.iter_mut().enumerate() {
            for (member, value) in required(kind, place) {
                let item = item.as_object_mut().unwrap();
                let held = item.entry(member).or_insert(Value::Null);
                // An empty resource is filled, unless the example is about that.
                if held.is_null() || (*held == json!({}) && rule != "resource-form") {
                    *held = value;
                }
            }
        }
    }
    content
}

/// Every example except those with a slot that is not an ARN of its kind, which the service refuses. For an
/// example about another place, the session is elsewhere instead of the group.
fn buildable() -> Vec<Case> {
    let is_built = |case: &Case| case.arns.is_empty() || case.rule == "slot-elsewhere";
    cases().into_iter().filter(is_built).collect()
}

/// A slot as it is built, even if it is not to be read afterwards.
fn built_content(rule: &str, kind: DefinitionKind, held: &Value) -> Value {
    let empty = Content::empty(kind).to_json();
    let mut content = filled_in(rule, kind, if held.is_object() { held } else { &empty });
    if kind == DefinitionKind::Function && rule != "contained-memory" {
        give_memory(&mut content);
    }
    content
}

/// The service requires a MemorySize for every function in a container.
fn give_memory(content: &mut Value) {
    let is_contained = |member: &Value| member["Execution"]["IsolationMode"] != "NoContainer";
    let by_default = is_contained(&content["DefaultConfig"]);
    for function in content["Functions"].as_array_mut().into_iter().flatten() {
        let environment = &function["FunctionConfiguration"]["Environment"];
        let is_set = !environment["Execution"]["IsolationMode"].is_null();
        let is_contained = if is_set {
            is_contained(environment)
        } else {
            by_default
        };
        if is_contained && function["FunctionConfiguration"]["MemorySize"].is_null() {
            function["FunctionConfiguration"]["MemorySize"] = json!(128_000);
        }
    }
}

/// The request to the judge to build the group.
fn asked_for(case: &Case) -> Value {
    let slots = case.slots.iter();
    let slots: BTreeMap<_, _> = slots
        .map(|(&kind, held)| (kind.name(), built_content(&case.rule, kind, held)))
        .collect();
    let deleted = case.slots.iter().filter(|(_, held)| *held == "missing");
    let deleted: Vec<_> = deleted.map(|(kind, _)| kind.name()).collect();
    json!({"slots": slots, "deleted": deleted})
}

fn build(endpoint: &str, cases: &[Value]) -> Vec<Value> {
    let asked = json!({"endpoint": endpoint, "cases": cases});
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

/// A served sandbox, and a client that reads from it like the program.
struct Judged {
    sandbox: Sandbox,
    served: Served,
    client: Client,
}

impl Judged {
    fn start() -> Self {
        let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
        let options = ClientOptions {
            requests_per_second: f64::INFINITY,
            ..ClientOptions::default()
        };
        Self {
            served: Served::start(sandbox.clone()),
            client: Client::over(sandbox.http_client(), "eu-central-1", &options),
            sandbox,
        }
    }

    /// The findings on a built group version without reading `unread`.
    async fn findings(&self, built: &Value, unread: &[DefinitionKind], scope: &Scope) -> Findings {
        let group = GroupId::new(built["group"].as_str().unwrap());
        let version = GroupVersionId::new(built["version"].as_str().unwrap());
        let read = self.client.group_version(&group, &version).await.unwrap();
        let mut contents = Contents::default();
        for (kind, held) in read.slots.filled() {
            let content = if unread.contains(&kind) {
                SlotContent::Unknown
            } else {
                match self.client.content(held.version().unwrap()).await {
                    Ok(content) => SlotContent::Known(content.into()),
                    Err(error) if error.kind == ErrorKind::NotFound => SlotContent::Missing,
                    Err(error) => SlotContent::Unreadable(error.title().to_owned()),
                }
            };
            contents.set(kind, content);
        }
        check(&read.slots, &contents, scope)
    }

    /// The items of each finding of the example's rule.
    async fn finds(&self, case: &Case, built: &Value) -> Vec<Vec<String>> {
        let are = |word: &str| {
            let slots = case.slots.iter().filter(|(_, held)| *held == word);
            slots.map(|(&kind, _)| kind).collect::<Vec<_>>()
        };
        for kind in are("unreadable") {
            let operation = Operation::GetDefinitionVersion(kind);
            self.sandbox.fail(operation, u32::MAX, Fault::Deny);
        }
        let findings = self.findings(built, &are("pending"), &scope_of(case)).await;
        self.sandbox.clear_faults();
        let of_rule = findings.iter().filter(|finding| finding.rule == case.rule);
        of_rule.map(|finding| finding.items.clone()).collect()
    }
}

fn here() -> Scope {
    Scope {
        partition: Some("aws".to_owned()),
        region: Some("eu-central-1".to_owned()),
        account: Some("111122223333".to_owned()),
    }
}

/// The place of an example's session.
fn scope_of(case: &Case) -> Scope {
    if let Some(given) = &case.scope {
        return Scope {
            partition: given.get("partition").cloned(),
            region: given.get("region").cloned(),
            account: given.get("account").cloned(),
        };
    }
    case.arns.values().next().map_or_else(here, |arn| {
        let parts: Vec<&str> = arn.split(':').collect();
        Scope {
            partition: Some(parts[1].to_owned()),
            region: Some(parts[3].to_owned()),
            account: Some(parts[4].to_owned()),
        }
    })
}

/// Only a text that the service itself refuses violates this rule; its examples need no service.
const NOT_BUILDABLE: [&str; 1] = ["slot-arn"];

/// The rules whose refused examples the service also refuses. Each must stay in this list.
const REFUSED_BY_THE_SERVICE: &[&str] = &[
    "isolation-mode",
    "uncontained-memory",
    "uncontained-sysfs",
    "contained-memory",
    "system-execution",
    "environment-name",
    "environment-name-short",
    "permission",
    "model-owner",
    "resource-form",
    "resource-name",
    "resource-name-unique",
    "device-path",
    "volume-path",
    "topic-missing",
    "logger-word",
    "item-id",
    "item-id-unique",
];

/// The examples whose findings change because of the required members.
const CHANGED_BY_WHAT_IS_REQUIRED: &[(&str, &str)] = &[
    ("thing-arn", "a certificate and nothing"),
    ("certificate-arn", "a thing and nothing"),
    ("connector-arn", "a function, nothing, no version"),
    ("resource-name", "none, a space, too long"),
    ("topic-missing", "empty and absent"),
];

/// Valid examples that the service refuses, because it is stricter than a deployment.
const REFUSED_THOUGH_SOUND: &[(&str, &str)] = &[
    // Lambda's names have at least two characters.
    ("environment-name", "letters, digits and _"),
    (
        "system-execution",
        "nothing said; another system function; one's own of that name; no function",
    ),
];

#[tokio::test]
async fn each_rule_fires_on_groups_that_boto3_built() {
    let judged = Judged::start();
    let cases = buildable();
    let asked: Vec<Value> = cases.iter().map(asked_for).collect();
    let built = build(&judged.served.endpoint, &asked);
    let mut fired: BTreeSet<&str> = BTreeSet::new();
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    for (case, built) in cases.iter().zip(&built) {
        let name = format!("{}: {}", case.rule, case.example);
        let example = (case.rule.as_str(), case.example.as_str());
        if let Some(message) = built.get("refused") {
            if !case.finds.is_empty() {
                refused.insert(&case.rule);
            } else if !REFUSED_THOUGH_SOUND.contains(&example) {
                wrong.push(format!(
                    "{name}: the service refused what is sound: {message}"
                ));
            }
            continue;
        }
        if REFUSED_THOUGH_SOUND.contains(&example) {
            wrong.push(format!("{name}: the service takes it by now"));
        }
        let found = judged.finds(case, built).await;
        let is_changed = CHANGED_BY_WHAT_IS_REQUIRED.contains(&example);
        if (found != case.finds) != is_changed {
            wrong.push(format!("{name}: {found:?} instead of {:?}", case.finds));
        }
        if !found.is_empty() {
            fired.insert(&case.rule);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let silent = rules()
        .map(|rule| rule.name)
        .filter(|name| !NOT_BUILDABLE.contains(name) && !fired.contains(name));
    let silent: Vec<&str> = silent.collect();
    assert_eq!(silent, REFUSED_BY_THE_SERVICE, "these fired on no group");
    assert!(silent.iter().all(|name| refused.contains(name)));
}

/// Contents in all seven slots, and more subscriptions than one page of a content.
#[tokio::test]
async fn a_sound_group_that_boto3_built_is_silent() {
    let sizes = Sizes {
        devices: 20,
        functions: 12,
        resources: 15,
        subscriptions: 450,
    };
    let group = LargeGroup::new(sizes);
    let slots: BTreeMap<&str, Value> = DefinitionKind::ALL
        .into_iter()
        .map(|kind| match group.contents.get(kind) {
            SlotContent::Known(content) => (kind.name(), content.to_json()),
            other => panic!("{kind}: {other:?}"),
        })
        .collect();
    let judged = Judged::start();
    judged.sandbox.set_pages(PageSizes {
        content: 200,
        ..PageSizes::default()
    });
    let built = build(
        &judged.served.endpoint,
        &[json!({"slots": slots, "deleted": []})],
    );
    let findings = judged.findings(&built[0], &[], &here()).await;
    assert_eq!(findings.iter().collect::<Vec<_>>(), Vec::<&_>::new());
    assert!(findings.is_complete());
    let pages = Operation::GetDefinitionVersion(DefinitionKind::Subscription);
    let pages = judged.sandbox.traffic(|traffic| traffic.count(pages));
    assert!(pages > 1, "the subscriptions came in {pages} page");
}
