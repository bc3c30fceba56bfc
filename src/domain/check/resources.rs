//! Rules on single resources: form, name, secret and model package.

use super::attachments::resource_name;
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

fn forms(data: &ResourceData) -> usize {
    let set = [
        data.local_device.is_some(),
        data.local_volume.is_some(),
        data.s3_model.is_some(),
        data.sage_maker_model.is_some(),
        data.secret.is_some(),
    ];
    set.into_iter().filter(|&is_set| is_set).count()
}

fn form(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for resource in group.resources() {
        let message = match forms(&resource.data) {
            1 => continue,
            0 => format!(
                "resource {} is neither a device, a volume, a model nor a secret",
                resource_name(resource)
            ),
            count => format!(
                "resource {} has {count} forms; the limit is 1",
                resource_name(resource)
            ),
        };
        report.add(
            [&*resource.id],
            message,
            "pick a resource version in which it has one form",
        );
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
        report.add(
            [&*resource.id],
            message,
            "pick a resource version with valid names",
        );
    }
}

fn name_unique(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let resources = group.resources().iter();
    let named = resources.filter_map(|resource| Some((resource.name.as_deref()?, &*resource.id)));
    for (name, ids) in repeated(named) {
        let message = format!("{} resources have the name {name}", ids.len());
        report.add(
            ids,
            message,
            "pick a resource version whose names are unique",
        );
    }
}

fn reserved(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for resource in group.resources() {
        if resource.id.starts_with(RESERVED_ID) {
            report.add(
                [&*resource.id],
                format!(
                    "the resource id {} is reserved for the Docker connector",
                    resource.id
                ),
                "pick a resource version without that id",
            );
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

fn secret_once(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let secrets = keyed(group, |data| data.secret.as_ref()?.arn.as_deref());
    for (arn, resources) in repeated(secrets) {
        let message = format!(
            "{} resources hold the secret {arn}; the limit is 1",
            resources.len()
        );
        report.add(
            ids(&resources),
            message,
            "pick a resource version that has the secret once",
        );
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
            report.add(
                [&*resource.id],
                format!(
                    "the package of model {} is neither .tar.gz nor .zip: {uri}",
                    resource_name(resource)
                ),
                "pick a resource version with such a package there",
            );
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
            report.add(
                [&*resource.id],
                format!(
                    "model {} is in bucket {bucket}, whose name has a dot",
                    resource_name(resource)
                ),
                "pick a resource version with the model in a bucket without a dot in its name",
            );
        }
    }
}

/// AWS's policy for the service role allows only these secrets.
fn secret_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let secrets = keyed(group, |data| data.secret.as_ref()?.arn.as_deref());
    for (arn, resource) in secrets {
        let name = Arn::split(arn).and_then(|arn| arn.resource.strip_prefix("secret:"));
        if let Some(name) = name.filter(|name| !name.starts_with("greengrass-")) {
            report.add(
                [&*resource.id],
                format!(
                    "resource {} holds secret {name}; the default service role reads only those \
                     whose names start with greengrass-",
                    resource_name(resource)
                ),
                "see that the service role may read it",
            );
        }
    }
}

/// AWS's policy for the service role allows only these buckets.
fn bucket_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (uri, resource) in keyed(group, s3_uri) {
        let is_reached = |bucket: &str| {
            let name = bucket.to_ascii_lowercase();
            name.contains("greengrass") || name.contains("sagemaker")
        };
        if let Some(bucket) = bucket_in(uri).filter(|bucket| !is_reached(bucket)) {
            report.add(
                [&*resource.id],
                format!(
                    "model {} is in bucket {bucket}; the default service role reads only those \
                     whose names contain greengrass or sagemaker",
                    resource_name(resource)
                ),
                "see that the service role may read it",
            );
        }
    }
}

fn uri(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (uri, resource) in keyed(group, s3_uri) {
        let key = uri
            .strip_prefix("s3://")
            .and_then(|path| path.split_once('/'));
        if !key.is_some_and(|(bucket, key)| !bucket.is_empty() && !key.is_empty()) {
            report.add(
                [&*resource.id],
                format!(
                    "model {} has S3Uri {uri}, which is not s3://BUCKET/KEY",
                    resource_name(resource)
                ),
                "pick a resource version with such an address there",
            );
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
    let jobs = keyed(group, |data| {
        data.sage_maker_model
            .as_ref()?
            .sage_maker_job_arn
            .as_deref()
    });
    for (arn, resource) in jobs.filter(|(arn, _)| !is_arn_of(arn, "sagemaker", "training-job/")) {
        report.add(
            [&*resource.id],
            format!(
                "model {} has SageMakerJobArn {arn}, which is not the ARN of a training job",
                resource_name(resource)
            ),
            "pick a resource version with a training job there",
        );
    }
}

fn secret_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let secrets = keyed(group, |data| data.secret.as_ref()?.arn.as_deref());
    for (arn, resource) in secrets.filter(|(arn, _)| !is_arn_of(arn, "secretsmanager", "secret:")) {
        report.add(
            [&*resource.id],
            format!(
                "resource {} has ARN {arn}, which is not the ARN of a secret in Secrets Manager",
                resource_name(resource)
            ),
            "pick a resource version with a secret there",
        );
    }
}
