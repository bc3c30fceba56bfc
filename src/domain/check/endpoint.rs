//! The ARNs that stand inside contents: things, certificates, Lambda functions and connectors.

use crate::domain::arn::Arn;

/// What a subscription names as its source or target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
    Cloud,
    ShadowService,
    Thing,
    Function(FunctionArn<'a>),
    Connector,
    Other,
}

impl<'a> Endpoint<'a> {
    pub(super) fn read(text: &'a str) -> Self {
        match text {
            "cloud" => return Self::Cloud,
            "GGShadowService" => return Self::ShadowService,
            _ => {}
        }
        if thing_name(text).is_some() {
            Self::Thing
        } else if let Some(function) = FunctionArn::read(text) {
            Self::Function(function)
        } else if connector_name(text).is_some() {
            Self::Connector
        } else {
            Self::Other
        }
    }
}

/// The ARN of a Lambda function, its qualifier apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FunctionArn<'a> {
    pub(super) name: &'a str,
    /// An alias or a version.
    pub(super) qualifier: Option<&'a str>,
    /// A part of the core's software: its ARN has neither region nor account.
    pub(super) is_system: bool,
}

impl<'a> FunctionArn<'a> {
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let arn = Arn::split(text).filter(|arn| arn.service == "lambda")?;
        let path = arn.resource.strip_prefix("function:")?;
        let (name, qualifier) = match path.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (path, None),
        };
        let is_one = !name.is_empty()
            && qualifier.is_none_or(|text| !text.is_empty() && !text.contains(':'));
        if !is_one {
            return None;
        }
        Some(Self {
            name,
            qualifier,
            is_system: arn.region.is_empty() && arn.account.is_empty(),
        })
    }

    /// True for an alias or a version that stays what it is.
    pub(super) fn is_published(self) -> bool {
        self.qualifier.is_some_and(|text| text != "$LATEST")
    }
}

/// The name in the ARN of an IoT thing.
pub(super) fn thing_name(text: &str) -> Option<&str> {
    iot_resource(text)?
        .strip_prefix("thing/")
        .filter(|name| !name.is_empty())
}

/// True for the ARN of a device certificate.
pub(super) fn is_certificate(text: &str) -> bool {
    iot_resource(text)
        .and_then(|resource| resource.strip_prefix("cert/"))
        .is_some_and(|hash| !hash.is_empty())
}

fn iot_resource(text: &str) -> Option<&str> {
    Arn::split(text)
        .filter(|arn| arn.service == "iot" && !arn.region.is_empty() && !arn.account.is_empty())
        .map(|arn| arn.resource)
}

/// The name in the ARN of a connector, without its version.
pub(super) fn connector_name(text: &str) -> Option<&str> {
    let arn = Arn::split(text).filter(|arn| arn.service == "greengrass")?;
    let (name, version) = arn
        .resource
        .trim_start_matches('/')
        .strip_prefix("connectors/")?
        .split_once("/versions/")?;
    (!name.is_empty() && !version.is_empty()).then_some(name)
}
