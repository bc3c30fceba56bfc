//! Paths, members and ARNs as AWS documents them, so that the sandbox and the client cannot share a mistake.

use std::collections::BTreeMap;

use greengroup::domain::{DefinitionKind, DefinitionVersionArn};
use greengroup::sandbox::{ApiRequest, Sandbox};
use serde_json::Value;

use crate::support::python;

/// Botocore 1.44.5, greengrass 2017-06-07: name, method, path, members of the response.
const GROUP_OPERATIONS: [(&str, &str, &str, &str); 11] = [
    (
        "ListGroups",
        "GET",
        "/greengrass/groups",
        "Groups NextToken",
    ),
    (
        "GetGroup",
        "GET",
        "/greengrass/groups/{GroupId}",
        "Arn CreationTimestamp Id LastUpdatedTimestamp LatestVersion LatestVersionArn Name tags",
    ),
    (
        "CreateGroup",
        "POST",
        "/greengrass/groups",
        "Arn CreationTimestamp Id LastUpdatedTimestamp LatestVersion LatestVersionArn Name",
    ),
    ("UpdateGroup", "PUT", "/greengrass/groups/{GroupId}", ""),
    ("DeleteGroup", "DELETE", "/greengrass/groups/{GroupId}", ""),
    (
        "ListGroupVersions",
        "GET",
        "/greengrass/groups/{GroupId}/versions",
        "NextToken Versions",
    ),
    (
        "GetGroupVersion",
        "GET",
        "/greengrass/groups/{GroupId}/versions/{GroupVersionId}",
        "Arn CreationTimestamp Definition Id Version",
    ),
    (
        "CreateGroupVersion",
        "POST",
        "/greengrass/groups/{GroupId}/versions",
        "Arn CreationTimestamp Id Version",
    ),
    (
        "ListDeployments",
        "GET",
        "/greengrass/groups/{GroupId}/deployments",
        "Deployments NextToken",
    ),
    (
        "GetDeploymentStatus",
        "GET",
        "/greengrass/groups/{GroupId}/deployments/{DeploymentId}/status",
        "DeploymentStatus DeploymentType ErrorDetails ErrorMessage UpdatedAt",
    ),
    (
        "CreateDeployment",
        "POST",
        "/greengrass/groups/{GroupId}/deployments",
        "DeploymentArn DeploymentId",
    ),
];

/// As above for each kind; `K` stands for its word, `{xs}` for its plural.
const DEFINITION_OPERATIONS: [(&str, &str, &str, &str); 8] = [
    (
        "ListKDefinitions",
        "GET",
        "/greengrass/definition/{xs}",
        "Definitions NextToken",
    ),
    (
        "GetKDefinition",
        "GET",
        "/greengrass/definition/{xs}/{KDefinitionId}",
        "Arn CreationTimestamp Id LastUpdatedTimestamp LatestVersion LatestVersionArn Name tags",
    ),
    (
        "CreateKDefinition",
        "POST",
        "/greengrass/definition/{xs}",
        "Arn CreationTimestamp Id LastUpdatedTimestamp LatestVersion LatestVersionArn Name",
    ),
    (
        "UpdateKDefinition",
        "PUT",
        "/greengrass/definition/{xs}/{KDefinitionId}",
        "",
    ),
    (
        "DeleteKDefinition",
        "DELETE",
        "/greengrass/definition/{xs}/{KDefinitionId}",
        "",
    ),
    (
        "ListKDefinitionVersions",
        "GET",
        "/greengrass/definition/{xs}/{KDefinitionId}/versions",
        "NextToken Versions",
    ),
    (
        "GetKDefinitionVersion",
        "GET",
        "/greengrass/definition/{xs}/{KDefinitionId}/versions/{KDefinitionVersionId}",
        "Arn CreationTimestamp Definition Id NextToken Version",
    ),
    (
        "CreateKDefinitionVersion",
        "POST",
        "/greengrass/definition/{xs}/{KDefinitionId}/versions",
        "Arn CreationTimestamp Id Version",
    ),
];

/// Word, plural in paths and ARNs (Service Authorization Reference, Greengrass V1, resource types).
const KINDS: [(DefinitionKind, &str, &str); 7] = [
    (DefinitionKind::Core, "Core", "cores"),
    (DefinitionKind::Device, "Device", "devices"),
    (DefinitionKind::Function, "Function", "functions"),
    (DefinitionKind::Connector, "Connector", "connectors"),
    (DefinitionKind::Resource, "Resource", "resources"),
    (
        DefinitionKind::Subscription,
        "Subscription",
        "subscriptions",
    ),
    (DefinitionKind::Logger, "Logger", "loggers"),
];

#[derive(Debug, PartialEq, Eq)]
struct Documented {
    method: String,
    path: String,
    response: Vec<String>,
}

fn documented() -> BTreeMap<String, Documented> {
    let mut operations = BTreeMap::new();
    let mut add = |word: &str,
                   plural: &str,
                   (name, method, path, response): (&str, &str, &str, &str)| {
        let in_words = |text: &str| {
            text.replace("{xs}", plural)
                .replace("KDefinition", &format!("{word}Definition"))
        };
        let mut response: Vec<String> = response.split_whitespace().map(str::to_owned).collect();
        // Resources and loggers give no NextToken with a content.
        if name == "GetKDefinitionVersion" && matches!(word, "Resource" | "Logger") {
            response.retain(|member| member != "NextToken");
        }
        let one = Documented {
            method: method.to_owned(),
            path: in_words(path),
            response,
        };
        operations.insert(in_words(name), one);
    };
    for row in GROUP_OPERATIONS {
        add("", "", row);
    }
    for (_, word, plural) in KINDS {
        for row in DEFINITION_OPERATIONS {
            add(word, plural, row);
        }
    }
    operations
}

#[test]
fn tables_match_the_published_aws_model() {
    let printed = python::run(python::python().arg(python::judge("aws_model.py")));
    let mut published = BTreeMap::new();
    for line in printed.lines() {
        let parts: Vec<Vec<&str>> = line
            .split('|')
            .map(|part| part.split_whitespace().collect())
            .collect();
        let [head, _, response] = parts.as_slice() else {
            panic!("{line}");
        };
        let one = Documented {
            method: head[1].to_owned(),
            path: head[2].to_owned(),
            response: response.iter().map(|&member| member.to_owned()).collect(),
        };
        published.insert(head[0].to_owned(), (one, head[3].to_owned()));
    }
    for (name, one) in documented() {
        assert_eq!(
            published.get(&name),
            Some(&(one, "200".to_owned())),
            "{name}"
        );
    }
}

#[test]
fn the_sandbox_knows_each_path_by_its_name() {
    for (name, one) in documented() {
        let path = one.path.replace(['{', '}'], "");
        let request = request(&one.method, &path);
        let operation = request
            .operation()
            .unwrap_or_else(|| panic!("{name} {path}"));
        assert_eq!(operation.to_string(), name);
    }
}

fn request<'a>(method: &'a str, path: &'a str) -> ApiRequest<'a> {
    ApiRequest {
        method,
        path,
        query: None,
        client_token: None,
        body: b"",
    }
}

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    let answer = sandbox.handle(request("GET", path)).await.unwrap();
    assert_eq!(answer.status, 200, "{path}");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    serde_json::from_slice(&answer.body).unwrap()
}

fn members(value: &Value) -> Vec<&str> {
    let mut members: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    members.sort_unstable();
    members
}

#[tokio::test]
async fn answers_have_the_documented_members_and_times() {
    let sandbox = Sandbox::demo();
    let operations = documented();
    let groups = get(&sandbox, "/greengrass/groups").await;
    assert_eq!(members(&groups), ["Groups"]);
    let group = groups["Groups"]
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["Name"] == "press-line-3");
    let group = group.unwrap();
    let information = [
        "Arn",
        "CreationTimestamp",
        "Id",
        "LastUpdatedTimestamp",
        "LatestVersion",
        "LatestVersionArn",
        "Name",
    ];
    assert_eq!(members(group), information);
    let (id, latest) = (
        group["Id"].as_str().unwrap(),
        group["LatestVersion"].as_str().unwrap(),
    );
    let base = format!("/greengrass/groups/{id}");
    let account = "arn:aws:greengrass:eu-central-1:111122223333:";
    assert_eq!(group["Arn"], format!("{account}{base}"));
    assert_eq!(
        group["LatestVersionArn"],
        format!("{account}{base}/versions/{latest}")
    );
    assert_eq!(
        members(&get(&sandbox, &base).await),
        operations["GetGroup"].response
    );
    let versions = get(&sandbox, &format!("{base}/versions")).await;
    let version_information = ["Arn", "CreationTimestamp", "Id", "Version"];
    assert_eq!(members(&versions["Versions"][0]), version_information);
    // The time in the samples of the developer guide (deployments): 2019-11-11T05:47:31.435Z.
    let time = versions["Versions"][0]["CreationTimestamp"]
        .as_str()
        .unwrap();
    assert_eq!(time, "2025-11-02T08:00:00.000Z");
    let version = get(&sandbox, &format!("{base}/versions/{latest}")).await;
    assert_eq!(members(&version), operations["GetGroupVersion"].response);
    assert_eq!(version["Id"], id, "the group's id");
    assert_eq!(
        members(&version["Definition"]),
        [
            "CoreDefinitionVersionArn",
            "FunctionDefinitionVersionArn",
            "LoggerDefinitionVersionArn",
            "ResourceDefinitionVersionArn",
            "SubscriptionDefinitionVersionArn",
        ]
    );
    let deployments = get(&sandbox, &format!("{base}/deployments")).await;
    let deployment = &deployments["Deployments"][0];
    assert_eq!(
        members(deployment),
        [
            "CreatedAt",
            "DeploymentArn",
            "DeploymentId",
            "DeploymentType",
            "GroupArn"
        ]
    );
    assert_eq!(deployment["GroupArn"], group["LatestVersionArn"]);
    let deployment = deployment["DeploymentId"].as_str().unwrap();
    let status = get(&sandbox, &format!("{base}/deployments/{deployment}/status")).await;
    assert_eq!(status["DeploymentStatus"], "Success");
    let allowed = &operations["GetDeploymentStatus"].response;
    assert!(
        members(&status)
            .iter()
            .all(|member| allowed.contains(&(*member).to_owned()))
    );
}

#[tokio::test]
async fn kinds_have_documented_names() {
    let sandbox = Sandbox::demo();
    for (kind, word, plural) in KINDS {
        let list = format!("/greengrass/definition/{plural}");
        let definitions = get(&sandbox, &list).await;
        let definitions = definitions["Definitions"].as_array().unwrap();
        let versioned = definitions
            .iter()
            .find(|one| one["LatestVersionArn"].is_string())
            .unwrap();
        let arn = versioned["LatestVersionArn"].as_str().unwrap();
        let (id, version) = (
            versioned["Id"].as_str().unwrap(),
            versioned["LatestVersion"].as_str().unwrap(),
        );
        let path = format!("{list}/{id}/versions/{version}");
        assert_eq!(
            arn,
            format!("arn:aws:greengrass:eu-central-1:111122223333:{path}")
        );
        let content = get(&sandbox, &path).await;
        let items = content["Definition"][format!("{word}s")]
            .as_array()
            .unwrap();
        assert!(!items.is_empty(), "{kind}");

        let parsed: DefinitionVersionArn = arn.parse().unwrap();
        assert_eq!(
            (parsed.kind(), parsed.definition(), parsed.version()),
            (kind, id, version)
        );
        assert_eq!(kind.path_segment(), plural);
        assert_eq!(kind.arn_member(), format!("{word}DefinitionVersionArn"));
    }
}

#[tokio::test]
async fn an_error_body_has_the_documented_members() {
    // API reference, definitions-generalerror: {"Message": "…", "ErrorDetails": [{"DetailedErrorCode",
    // "DetailedErrorMessage"}]}.
    let sandbox = Sandbox::demo();
    let groups = get(&sandbox, "/greengrass/groups").await;
    let path = format!(
        "/greengrass/groups/{}/versions",
        groups["Groups"][0]["Id"].as_str().unwrap()
    );
    let refused = ApiRequest {
        body: br#"{"CoreDefinitionVersionArn": "x"}"#,
        ..request("POST", &path)
    };
    let answer = sandbox.handle(refused).await.unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.header("x-amzn-errortype"),
        Some("BadRequestException")
    );
    assert_eq!(answer.header("x-amzn-requestid").unwrap().len(), 36);
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(members(&body), ["ErrorDetails", "Message"]);
    assert_eq!(
        members(&body["ErrorDetails"][0]),
        ["DetailedErrorCode", "DetailedErrorMessage"]
    );
}
