//! The difference between two contents: nothing but the difference, and all of it.

use greengroup::domain::diff::{ContentDiff, DoesNotApply, Mark};
use greengroup::domain::{Content, DefinitionKind};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

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

/// Functions `a`, `b` and `c`, of which `b` has a setting of each sort.
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

/// `c` gone, `d` come, `b` with another memory, alias, variable and list of resources.
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
fn members_that_differ_are_named_as_the_api_names_them() {
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
fn an_element_of_a_list_of_the_same_length_is_named_by_its_index() {
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

#[test]
fn a_list_that_only_grew_shows_what_was_there_once() {
    let labels = |labels: Value| {
        let secret = json!({"ARN": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:greengrass-a",
            "AdditionalStagingLabelsToDownload": labels});
        let data = json!({"SecretsManagerSecretResourceData": secret});
        let resource = json!({"Id": "a", "Name": "a", "ResourceDataContainer": data});
        content(DefinitionKind::Resource, json!({"Resources": [resource]}))
    };
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
        let lines = between(&labels(old), &labels(new)).lines();
        let shown: Vec<Mark> = lines.iter().map(|line| line.mark).collect();
        assert_eq!(shown, marks, "{lines:?}");
    }
}

#[test]
fn the_summary_counts_and_names() {
    let summary = between(&before(), &after()).summary();
    assert_eq!(
        summary,
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
    assert_eq!(summary, "5 added: f:0, f:1, f:2 and 2 more");
    assert_eq!(between(&before(), &before()).summary(), "no difference");
}

#[test]
fn another_order_of_the_same_items_is_a_difference() {
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
    assert_eq!(diff.summary(), "order changed");
    assert_eq!(diff.lines().len(), 1);
    assert_eq!(diff.apply(&old), Ok(new));
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

#[test]
fn a_difference_applies_to_the_content_it_was_taken_from_only() {
    let diff = between(&before(), &after());
    assert_eq!(diff.apply(&after()), Err(DoesNotApply));
    assert_eq!(
        diff.apply(&Content::empty(DefinitionKind::Core)),
        Err(DoesNotApply)
    );
}

/// Few ids, so that they meet; and now and then the same one twice.
fn id() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "d", ""]).prop_map(str::to_owned)
}

fn word() -> impl Strategy<Value = Option<String>> {
    option::of("[a-z.\"\\[]{0,2}")
}

/// An object of the API, which leaves out what is not set.
fn object(members: Vec<(&str, Value)>) -> Value {
    let set = members.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(set.map(|(name, value)| (name.to_owned(), value)).collect())
}

fn thing() -> impl Strategy<Value = Value> {
    (id(), word(), option::of(any::<bool>())).prop_map(|(id, arn, shadow)| {
        object(vec![
            ("Id", json!(id)),
            ("ThingArn", json!(arn)),
            ("SyncShadow", json!(shadow)),
        ])
    })
}

fn any_function() -> impl Strategy<Value = Value> {
    let policies = vec((id(), word()), 0..3).prop_map(|policies| {
        let policy = |(id, permission)| {
            object(vec![
                ("ResourceId", json!(id)),
                ("Permission", json!(permission)),
            ])
        };
        policies.into_iter().map(policy).collect::<Vec<_>>()
    });
    let variables = btree_map("[a.]{1,2}", "[a-b]", 0..3);
    (
        id(),
        word(),
        option::of(0..3),
        option::of((policies, variables)),
    )
        .prop_map(|(id, arn, memory, environment)| {
            let environment = environment.map(|(policies, variables)| {
                json!({"ResourceAccessPolicies": policies, "Variables": variables})
            });
            let configuration = object(vec![
                ("MemorySize", json!(memory)),
                ("Environment", json!(environment)),
            ]);
            object(vec![
                ("Id", json!(id)),
                ("FunctionArn", json!(arn)),
                ("FunctionConfiguration", configuration),
            ])
        })
}

fn connector() -> impl Strategy<Value = Value> {
    (id(), word(), btree_map("[a.]{1,2}", "[a-b]", 0..3)).prop_map(|(id, arn, parameters)| {
        object(vec![
            ("Id", json!(id)),
            ("ConnectorArn", json!(arn)),
            ("Parameters", json!(parameters)),
        ])
    })
}

fn resource() -> impl Strategy<Value = Value> {
    (
        id(),
        word(),
        option::of(word()),
        option::of(vec("[a-b]", 0..3)),
    )
        .prop_map(|(id, name, device, secret)| {
            let device = device.map(|path| object(vec![("SourcePath", json!(path))]));
            let secret = secret.map(|labels| json!({"AdditionalStagingLabelsToDownload": labels}));
            let data = object(vec![
                ("LocalDeviceResourceData", json!(device)),
                ("SecretsManagerSecretResourceData", json!(secret)),
            ]);
            object(vec![
                ("Id", json!(id)),
                ("Name", json!(name)),
                ("ResourceDataContainer", data),
            ])
        })
}

fn words(members: [&'static str; 3]) -> impl Strategy<Value = Value> {
    (id(), word(), word(), word()).prop_map(move |(id, one, two, three)| {
        let [first, second, third] = members;
        object(vec![
            ("Id", json!(id)),
            (first, json!(one)),
            (second, json!(two)),
            (third, json!(three)),
        ])
    })
}

fn any_content(kind: DefinitionKind) -> BoxedStrategy<Content> {
    let item = match kind {
        DefinitionKind::Core | DefinitionKind::Device => thing().boxed(),
        DefinitionKind::Function => any_function().boxed(),
        DefinitionKind::Connector => connector().boxed(),
        DefinitionKind::Resource => resource().boxed(),
        DefinitionKind::Subscription => words(["Source", "Subject", "Target"]).boxed(),
        DefinitionKind::Logger => words(["Type", "Level", "Component"]).boxed(),
    };
    let default = option::of(prop::sample::select(vec![
        "NoContainer",
        "GreengrassContainer",
    ]));
    (vec(item, 0..6), default)
        .prop_map(move |(items, default)| {
            let mut json = json!({ kind.items_member(): items });
            if kind == DefinitionKind::Function
                && let Some(mode) = default
            {
                json["DefaultConfig"] = json!({"Execution": {"IsolationMode": mode}});
            }
            Content::from_json(kind, json).unwrap()
        })
        .boxed()
}

fn two_contents() -> impl Strategy<Value = (Content, Content)> {
    prop::sample::select(DefinitionKind::ALL.to_vec())
        .prop_flat_map(|kind| (any_content(kind), any_content(kind)))
}

proptest! {
    #[test]
    fn a_content_does_not_differ_from_itself((content, _) in two_contents()) {
        let diff = between(&content, &content);
        prop_assert!(diff.is_empty(), "{diff:?}");
        prop_assert_eq!(diff.lines(), vec![]);
    }

    #[test]
    fn the_old_content_and_the_difference_make_the_new_one((old, new) in two_contents()) {
        let diff = between(&old, &new);
        prop_assert_eq!(diff.is_empty(), old == new);
        prop_assert_eq!(diff.apply(&old), Ok(new));
    }

    #[test]
    fn every_difference_is_on_the_screen((old, new) in two_contents()) {
        let diff = between(&old, &new);
        prop_assert_eq!(diff.lines().is_empty(), old == new);
        let heads = diff.lines().iter().filter(|line| line.mark == Mark::Head).count();
        let whole = diff.added.len() + diff.removed.len() + diff.changed.len();
        let rest = usize::from(!diff.other.is_empty()) + usize::from(diff.order.is_some());
        prop_assert_eq!(heads, whole + rest);
    }
}
