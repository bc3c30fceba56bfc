//! The difference between two contents: minimal and complete.

use greengroup::domain::diff::{ContentDiff, Mark};
use greengroup::domain::{Content, DefinitionKind};
use serde_json::{Value, json};

use crate::support::apply_diff::apply;

fn content(kind: DefinitionKind, json: Value) -> Content {
    Content::from_json(kind, json).unwrap()
}

fn functions(json: Value) -> Content {
    content(DefinitionKind::Function, json)
}

fn function(id: &str, name: &str, configuration: &Value) -> Value {
    let arn = format!("arn:aws:lambda:eu-central-1:111122223333:function:{name}");
    json!({"Id": id, "FunctionArn": arn, "FunctionConfiguration": configuration})
}

/// Functions `a`, `b` and `c`; `b` has a setting of each type.
fn before() -> Content {
    functions(json!({
        "DefaultConfig": {"Execution": {"IsolationMode": "GreengrassContainer"}},
        "Functions": [
            function("a", "cam:12", &json!({"MemorySize": 16384})),
            function("b", "agg:7", &json!({
                "MemorySize": 16384,
                "Pinned": true,
                "Environment": {
                    "ResourceAccessPolicies": [
                        {"ResourceId": "first", "Permission": "ro"},
                        {"ResourceId": "middle", "Permission": "ro"},
                        {"ResourceId": "last", "Permission": "ro"},
                    ],
                    "Variables": {"LEVEL": "info", "a.b": "1"},
                },
            })),
            function("c", "mix:2", &json!({})),
        ],
    }))
}

/// `c` removed, `d` added, `b` with another memory, alias, variable and list of resources.
fn after() -> Content {
    functions(json!({
        "DefaultConfig": {"Execution": {"IsolationMode": "NoContainer"}},
        "Functions": [
            function("a", "cam:12", &json!({"MemorySize": 16384})),
            function("d", "new:1", &json!({"Timeout": 3})),
            function("b", "agg:PROD", &json!({
                "MemorySize": 32768,
                "Timeout": 3,
                "Environment": {
                    "ResourceAccessPolicies": [
                        {"ResourceId": "first", "Permission": "ro"},
                        {"ResourceId": "last", "Permission": "ro"},
                    ],
                    "Variables": {"LEVEL": "info", "a.b": "2"},
                },
            })),
        ],
    }))
}

fn between(old: &Content, new: &Content) -> ContentDiff {
    ContentDiff::between(old, new).unwrap()
}

#[test]
fn changed_members_have_api_names() {
    let diff = between(&before(), &after());
    let changes: Vec<String> = diff.changed[0]
        .members
        .iter()
        .map(|change| {
            let side =
                |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
            format!(
                "{} {} {}",
                change.path,
                side(&change.before),
                side(&change.after)
            )
        })
        .collect();
    assert_eq!(
        changes,
        [
            r#"FunctionArn "arn:aws:lambda:eu-central-1:111122223333:function:agg:7" "arn:aws:lambda:eu-central-1:111122223333:function:agg:PROD""#,
            r#"FunctionConfiguration.Environment.ResourceAccessPolicies [{"ResourceId":"first","Permission":"ro"},{"ResourceId":"middle","Permission":"ro"},{"ResourceId":"last","Permission":"ro"}] [{"ResourceId":"first","Permission":"ro"},{"ResourceId":"last","Permission":"ro"}]"#,
            r#"FunctionConfiguration.Environment.Variables["a.b"] "1" "2""#,
            "FunctionConfiguration.MemorySize 16384 32768",
            "FunctionConfiguration.Pinned true -",
            "FunctionConfiguration.Timeout - 3",
        ]
    );
    assert_eq!(
        diff.other[0].path.to_string(),
        "DefaultConfig.Execution.IsolationMode"
    );
}

#[test]
fn element_of_equal_list_has_its_index() {
    let policy = |permission| {
        let policies = json!([{"ResourceId": "r", "Permission": permission}]);
        let environment = json!({"ResourceAccessPolicies": policies});
        functions(
            json!({"Functions": [function("a", "cam:1", &json!({"Environment": environment}))]}),
        )
    };
    let diff = between(&policy("ro"), &policy("rw"));
    assert_eq!(
        diff.changed[0].members[0].path.to_string(),
        "FunctionConfiguration.Environment.ResourceAccessPolicies[0].Permission"
    );
}

#[test]
fn the_lines_show_what_differs_and_no_more() {
    let lines: Vec<String> = between(&before(), &after())
        .lines()
        .into_iter()
        .map(|line| format!("{} {}", line.mark.sign(), line.text))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

fn secret_with_labels(labels: &Value) -> Content {
    let secret = json!({"ARN": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:greengrass-a",
        "AdditionalStagingLabelsToDownload": labels});
    let data = json!({"SecretsManagerSecretResourceData": secret});
    let resource = json!({"Id": "a", "Name": "a", "ResourceDataContainer": data});
    content(DefinitionKind::Resource, json!({"Resources": [resource]}))
}

#[test]
fn grown_list_shows_old_items_once() {
    for (old, new, marks) in [
        (
            json!(["x"]),
            json!(["x", "x"]),
            [Mark::Head, Mark::Same, Mark::Same, Mark::Added, Mark::Same],
        ),
        (
            json!(["x", "y"]),
            json!(["y"]),
            [
                Mark::Head,
                Mark::Same,
                Mark::Removed,
                Mark::Same,
                Mark::Same,
            ],
        ),
    ] {
        let lines = between(&secret_with_labels(&old), &secret_with_labels(&new)).lines();
        let shown: Vec<Mark> = lines.iter().map(|line| line.mark).collect();
        assert_eq!(shown, marks, "{lines:?}");
    }
}

#[test]
fn the_summary_counts_and_names() {
    let summary = between(&before(), &after()).summary();
    assert_eq!(
        summary.join("; "),
        "1 added: new:1; 1 removed: mix:2; 1 changed: agg:PROD; defaults changed"
    );
    let many: Vec<Value> = (0..5)
        .map(|n| function(&n.to_string(), &format!("f:{n}"), &json!({})))
        .collect();
    let summary = between(
        &Content::empty(DefinitionKind::Function),
        &functions(json!({"Functions": many})),
    )
    .summary();
    assert_eq!(summary, ["5 added: f:0, f:1, f:2 and 2 more"]);
    assert_eq!(between(&before(), &before()).summary(), ["no difference"]);
}

#[test]
fn item_order_is_a_difference() {
    let in_order = |ids: &[&str]| {
        let items: Vec<Value> = ids
            .iter()
            .map(|id| function(id, "cam:1", &json!({})))
            .collect();
        functions(json!({"Functions": items}))
    };
    let (old, new) = (in_order(&["a", "b", "c"]), in_order(&["c", "a", "b"]));
    let diff = between(&old, &new);
    assert_eq!(diff.order, Some(vec![2, 0, 1]));
    assert_eq!(diff.summary(), ["order changed"]);
    assert_eq!(diff.lines().len(), 1);
    assert_eq!(apply(&diff, &old), new);
}

#[test]
fn contents_of_different_kinds_are_not_compared() {
    let core = Content::empty(DefinitionKind::Core);
    for kind in DefinitionKind::ALL {
        let other = Content::empty(kind);
        let is_compared = ContentDiff::between(&other, &core).is_some();
        assert_eq!(is_compared, kind == DefinitionKind::Core, "{kind}");
    }
}
