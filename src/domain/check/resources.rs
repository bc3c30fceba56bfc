//! Rules on single resources: form, name, secret and model package.

use std::fmt;

use super::connector_table::ResourceKind;
use super::group::CheckedGroup;
use super::grouped::repeated;
use super::ids::is_id;
use super::rule::{Rule, RuleReport, needing};
use crate::domain::arn::Arn;
use crate::domain::content::{self, ResourceData};
use crate::domain::kind::DefinitionKind::Resource;

pub(super) const RULES: &[Rule] = &needing(
    &[Resource],
    [
        Rule::blocks("resource-form", form).source("BC ResourceDataContainer"),
        Rule::blocks("resource-name", resource_names)
            .source("BC Resource; DG access-local-resources:48"),
        Rule::blocks("resource-name-unique", name_unique).source("BC Resource"),
        Rule::blocks("resource-id-reserved", reserved).source("DG docker-app-connector:668"),
        Rule::blocks("secret-once", secret_once).source("DG secrets-using:26"),
        Rule::blocks("model-package", package).source("BC S3MachineLearningModelResourceData"),
        Rule::blocks("model-uri", uri).source("BC S3MachineLearningModelResourceData"),
        Rule::blocks("model-job", job)
            .source("BC SageMakerMachineLearningModelResourceData; DG ml-inference"),
        Rule::blocks("secret-arn", secret_arn).source("BC SecretsManagerSecretResourceData"),
        Rule::blocks("model-bucket", bucket).source("DG ml-dlc-console:321"),
        Rule::note("secret-name", secret_name).source("DG secrets:59,99"),
        Rule::note("model-bucket-name", bucket_name).source("DG ml-inference:57,82"),
    ],
);

const RESERVED_ID: &str = "DOCKER_DEPLOYER_SECRET_RESOURCE_RESERVED_ID_";

/// The name of a resource in messages.
pub(super) fn resource_name(resource: &content::Resource) -> String {
    match &resource.name {
        Some(name) if *name != resource.id => format!("{name} ({})", resource.id),
        Some(_) | None => resource.id.clone(),
    }
}

/// Adds a finding on one resource, with the message `what`, the name, `problem`.
pub(super) fn add(
    report: &mut RuleReport<'_>,
    what: &str,
    resource: &content::Resource,
    problem: impl fmt::Display,
    fix: &'static str,
) {
    let message = format!("{what} {} {problem}", resource_name(resource));
    report.add([&*resource.id], message, fix);
}

fn form(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for resource in group.resources() {
        let problem = match ResourceKind::of(&resource.data).count() {
            1 => continue,
            0 => "is neither a device, a volume, a model nor a secret".to_owned(),
            count => format!("has {count} forms; the limit is 1"),
        };
        let fix = "pick a resource version in which it has one form";
        add(report, "resource", resource, problem, fix);
    }
}

fn resource_names(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for resource in group.resources() {
        let message = match &resource.name {
            Some(name) if is_id(name) => continue,
            Some(name) => format!(
                "the resource name {name:?} is not 1 to 128 characters of a-z, \
                 A-Z, 0-9, :, _ and -"
            ),
            None => format!("resource {} has no name", resource.id),
        };
        let fix = "pick a resource version with valid names";
        report.add([&*resource.id], message, fix);
    }
}

fn name_unique(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let resources = group.resources().iter();
    let named = resources.filter_map(|resource| Some((resource.name.as_deref()?, &*resource.id)));
    for (name, ids) in repeated(named) {
        let message = format!("{} resources have the name {name}", ids.len());
        let fix = "pick a resource version whose names are unique";
        report.add(ids, message, fix);
    }
}

fn reserved(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for resource in group.resources() {
        let id = &*resource.id;
        if id.starts_with(RESERVED_ID) {
            let message = format!("the resource id {id} is reserved for the Docker connector");
            report.add([id], message, "pick a resource version without that id");
        }
    }
}

/// The resources with a key, each with its key.
pub(super) fn keyed<'a, K>(
    group: &CheckedGroup<'a>,
    key: impl Fn(&'a ResourceData) -> Option<K>,
) -> impl Iterator<Item = (K, &'a content::Resource)> {
    let resources = group.resources().iter();
    resources.filter_map(move |resource| Some((key(&resource.data)?, resource)))
}

pub(super) fn ids<'a>(resources: &[&'a content::Resource]) -> impl Iterator<Item = &'a str> {
    resources.iter().map(|resource| &*resource.id)
}

pub(super) fn secret_of(data: &ResourceData) -> Option<&str> {
    data.secret.as_ref()?.arn.as_deref()
}

pub(super) fn training_job_of(data: &ResourceData) -> Option<&str> {
    let model = data.sage_maker_model.as_ref()?;
    model.sage_maker_job_arn.as_deref()
}

fn secret_once(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (arn, resources) in repeated(keyed(group, secret_of)) {
        let count = resources.len();
        let message = format!("{count} resources hold the secret {arn}; the limit is 1");
        let fix = "pick a resource version that has the secret once";
        report.add(ids(&resources), message, fix);
    }
}

fn s3_uri(data: &ResourceData) -> Option<&str> {
    data.s3_model.as_ref()?.s3_uri.as_deref()
}

fn package(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (uri, resource) in keyed(group, s3_uri) {
        if ![".tar.gz", ".zip"]
            .iter()
            .any(|suffix| uri.ends_with(suffix))
        {
            let problem = format!("is neither .tar.gz nor .zip: {uri}");
            let fix = "pick a resource version with such a package there";
            add(report, "the package of model", resource, problem, fix);
        }
    }
}

fn bucket_in(uri: &str) -> Option<&str> {
    let path = uri.strip_prefix("s3://")?;
    Some(path.split_once('/').map_or(path, |(bucket, _)| bucket))
}

fn bucket(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (uri, resource) in keyed(group, s3_uri) {
        if let Some(bucket) = bucket_in(uri).filter(|bucket| bucket.contains('.')) {
            let problem = format!("is in bucket {bucket}, whose name has a dot");
            let fix =
                "pick a resource version with the model in a bucket without a dot in its name";
            add(report, "model", resource, problem, fix);
        }
    }
}

/// AWS's policy for the service role allows only these secrets.
fn secret_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (arn, resource) in keyed(group, secret_of) {
        let name = Arn::split(arn).and_then(|arn| arn.resource.strip_prefix("secret:"));
        if let Some(name) = name.filter(|name| !name.starts_with("greengrass-")) {
            let problem = format!(
                "holds secret {name}; the default service role reads only those \
                 whose names start with greengrass-"
            );
            let fix = "see that the service role may read it";
            add(report, "resource", resource, problem, fix);
        }
    }
}

/// AWS's policy for the service role allows only these buckets.
fn bucket_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let is_reached = |bucket: &str| {
        let name = bucket.to_ascii_lowercase();
        name.contains("greengrass") || name.contains("sagemaker")
    };
    for (uri, resource) in keyed(group, s3_uri) {
        if let Some(bucket) = bucket_in(uri).filter(|bucket| !is_reached(bucket)) {
            let problem = format!(
                "is in bucket {bucket}; the default service role reads only those \
                 whose names contain greengrass or sagemaker"
            );
            let fix = "see that the service role may read it";
            add(report, "model", resource, problem, fix);
        }
    }
}

fn uri(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (uri, resource) in keyed(group, s3_uri) {
        let path = uri.strip_prefix("s3://");
        let key = path.and_then(|path| path.split_once('/'));
        if !key.is_some_and(|(bucket, key)| !bucket.is_empty() && !key.is_empty()) {
            let problem = format!("has S3Uri {uri}, which is not s3://BUCKET/KEY");
            let fix = "pick a resource version with such an address there";
            add(report, "model", resource, problem, fix);
        }
    }
}

fn is_arn_of(text: &str, service: &str, resource: &str) -> bool {
    Arn::split(text).is_some_and(|arn| {
        let rest = arn.resource.strip_prefix(resource);
        arn.service == service && rest.is_some_and(|rest| !rest.is_empty())
    })
}

fn job(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (arn, resource) in keyed(group, training_job_of) {
        if !is_arn_of(arn, "sagemaker", "training-job/") {
            let problem =
                format!("has SageMakerJobArn {arn}, which is not the ARN of a training job");
            let fix = "pick a resource version with a training job there";
            add(report, "model", resource, problem, fix);
        }
    }
}

fn secret_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (arn, resource) in keyed(group, secret_of) {
        if !is_arn_of(arn, "secretsmanager", "secret:") {
            let problem =
                format!("has ARN {arn}, which is not the ARN of a secret in Secrets Manager");
            let fix = "pick a resource version with a secret there";
            add(report, "resource", resource, problem, fix);
        }
    }
}
