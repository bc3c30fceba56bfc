//! Differences between random contents: empty for the same content, complete for any other.

use greengroup::domain::diff::{ContentDiff, Mark};
use greengroup::domain::{Content, DefinitionKind};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::apply_diff::apply;

/// True when the contents are the same, order of items included.
fn is_empty(diff: &ContentDiff) -> bool {
    let ContentDiff {
        kind: _,
        added,
        removed,
        changed,
        order,
        other,
    } = diff;
    added.is_empty()
        && removed.is_empty()
        && changed.is_empty()
        && order.is_none()
        && other.is_empty()
}

fn between(old: &Content, new: &Content) -> ContentDiff {
    ContentDiff::between(old, new).unwrap()
}

/// Few ids, so that they repeat between contents and sometimes within one.
fn id() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "d", ""]).prop_map(str::to_owned)
}

fn word() -> impl Strategy<Value = Option<String>> {
    option::of("[a-z.\"\\[]{0,2}")
}

/// An object of the API without unset members.
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
        prop_assert!(is_empty(&diff), "{diff:?}");
        prop_assert_eq!(diff.lines(), vec![]);
    }

    #[test]
    fn difference_turns_old_content_into_new((old, new) in two_contents()) {
        let diff = between(&old, &new);
        prop_assert_eq!(is_empty(&diff), old == new);
        prop_assert_eq!(apply(&diff, &old), new);
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
