//! ARNs inside contents: things, certificates, Lambda functions and connectors.

use crate::domain::arn::Arn;

/// The ARN of a Lambda function, split into name and qualifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FunctionArn<'a> {
    pub(super) name: &'a str,
    /// An alias or a version.
    pub(super) qualifier: Option<&'a str>,
    /// Part of the core software: the ARN has neither region nor account.
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
        let is_one = |text: &str| !text.is_empty() && !text.contains(':');
        if name.is_empty() || !qualifier.is_none_or(is_one) {
            return None;
        }
        Some(Self {
            name,
            qualifier,
            is_system: arn.region.is_empty() && arn.account.is_empty(),
        })
    }

    /// Returns whether `text` is a function ARN with more than one qualifier.
    pub(super) fn has_many_qualifiers(text: &str) -> bool {
        text.rsplit_once(':').is_some_and(|(front, last)| {
            !last.is_empty() && FunctionArn::read(front).is_some_and(|arn| arn.qualifier.is_some())
        })
    }

    /// Returns whether the qualifier is an alias or a version.
    pub(super) fn is_published(self) -> bool {
        self.qualifier.is_some_and(|text| text != "$LATEST")
    }
}

/// The name in a thing ARN.
pub(super) fn thing_name(text: &str) -> Option<&str> {
    iot_resource(text)?
        .strip_prefix("thing/")
        .filter(|name| !name.is_empty())
}

/// Returns whether `text` is the ARN of a certificate.
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

/// The ARN of a connector, split into name and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ConnectorArn<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
}

impl<'a> ConnectorArn<'a> {
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let arn = Arn::split(text).filter(|arn| arn.service == "greengrass")?;
        let path = arn.resource.trim_start_matches('/');
        let (name, version) = path.strip_prefix("connectors/")?.split_once("/versions/")?;
        (!name.is_empty() && !version.is_empty()).then_some(Self { name, version })
    }

    /// The version as a number, from 1; `None` if it is something else.
    pub(super) fn number(self) -> Option<u32> {
        self.version.parse().ok().filter(|version| *version > 0)
    }
}
