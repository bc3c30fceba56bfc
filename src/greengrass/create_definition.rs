//! Create…DefinitionVersion and Create…Definition: sent once, and looked up after an uncertain outcome.

mod sent;

use std::collections::HashSet;
use std::time::Duration;

use super::attempt::{FIRST_PAUSE, FailedAttempt, unproven};
use super::client::Client;
use super::options::MAX_ATTEMPTS;
use super::pages::{read_all, read_pages};
use crate::domain::{
    Certainty, CreateDefinitionVersion, CreatedDefinitionVersion, DefinitionTarget,
    DefinitionVersion, DefinitionVersionArn, ServiceError,
};

/// The wait before each look for the version, because the service may still be creating it.
const LOOKS: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

impl Client {
    /// Creates a definition version, with `client_token` as `X-Amzn-Client-Token`.
    ///
    /// Returns an existing version instead if an earlier attempt created it.
    ///
    /// The token does not make the call idempotent (greengrass API reference). So the request is repeated
    /// only if it surely had no effect. After an uncertain response the versions are listed. A new one with
    /// the same content is the effect.
    ///
    /// [`ServiceError::certainty`] says whether the version may exist despite an error.
    pub async fn create_definition_version(
        &self,
        request: &CreateDefinitionVersion,
        client_token: &str,
    ) -> Result<CreatedDefinitionVersion, ServiceError> {
        let surely_not = |mut error: ServiceError| {
            error.certainty = Certainty::NotExecuted;
            error
        };
        let before = self.candidates(request).await.map_err(surely_not)?;
        let earlier = self.same_content(request, before.later).await;
        if let Some(found) = earlier.map_err(surely_not)? {
            return Ok(found);
        }
        let mut pause = FIRST_PAUSE;
        let mut attempt = 1;
        loop {
            let error = match self.define_once(request, client_token, attempt).await {
                Ok(created) if !before.all.contains(&created.arn) => return Ok(created),
                Ok(_) => {
                    let message = "the answer names a version that was there before";
                    let error = unproven(&request.operation(), message);
                    return self.look_for(request, &before.all, error).await;
                }
                Err(FailedAttempt::Final(error)) if error.certainty == Certainty::Unknown => {
                    return self.look_for(request, &before.all, error).await;
                }
                Err(FailedAttempt::Final(error)) => return Err(error),
                Err(FailedAttempt::NotSent(error)) => {
                    tokio::time::sleep(pause).await;
                    error
                }
                // A throttling error alone proves nothing: a gateway may send it after the effect.
                Err(FailedAttempt::Throttled(error)) => {
                    tokio::time::sleep(pause).await;
                    match self.effect_on(request, &before.all).await {
                        Ok(None) => error,
                        Ok(Some(found)) => return Ok(found),
                        Err(_) => return self.look_for(request, &before.all, error).await,
                    }
                }
            };
            if attempt == MAX_ATTEMPTS {
                return Err(error);
            }
            pause *= 2;
            attempt += 1;
        }
    }

    /// Looks for the version that an earlier attempt may have created; nothing is sent.
    pub async fn find_definition_version(
        &self,
        request: &CreateDefinitionVersion,
    ) -> Result<Option<CreatedDefinitionVersion>, ServiceError> {
        let now = self.candidates(request).await?;
        self.same_content(request, now.later).await
    }

    /// Looks several times; returns `error` if nothing is found.
    async fn look_for(
        &self,
        request: &CreateDefinitionVersion,
        before: &HashSet<DefinitionVersionArn>,
        mut error: ServiceError,
    ) -> Result<CreatedDefinitionVersion, ServiceError> {
        for pause in LOOKS {
            tokio::time::sleep(pause).await;
            if let Ok(Some(found)) = self.effect_on(request, before).await {
                return Ok(found);
            }
        }
        error.certainty = Certainty::Unknown;
        Err(error)
    }

    /// A version with the content of the request that is not one of `before`.
    async fn effect_on(
        &self,
        request: &CreateDefinitionVersion,
        before: &HashSet<DefinitionVersionArn>,
    ) -> Result<Option<CreatedDefinitionVersion>, ServiceError> {
        let mut now = self.candidates(request).await?.all;
        now.retain(|arn| !before.contains(arn));
        self.same_content(request, now.into_iter().collect()).await
    }

    async fn same_content(
        &self,
        request: &CreateDefinitionVersion,
        candidates: Vec<DefinitionVersionArn>,
    ) -> Result<Option<CreatedDefinitionVersion>, ServiceError> {
        for arn in candidates {
            if self.content(&arn).await? == *request.content {
                return Ok(Some(CreatedDefinitionVersion {
                    arn,
                    request_id: None,
                }));
            }
        }
        Ok(None)
    }

    /// The versions that may be the effect of the request.
    async fn candidates(
        &self,
        request: &CreateDefinitionVersion,
    ) -> Result<Candidates, ServiceError> {
        match &request.target {
            DefinitionTarget::Existing(id) => {
                let ask = |from| self.definition_versions(request.kind(), id, from);
                let versions = read_all("List…DefinitionVersions", ask).await?;
                let after =
                    |version: &&DefinitionVersion| Some(&version.arn) == request.after.as_ref();
                let since = versions.iter().find(after);
                // Both times are the service's own. If the earlier version is gone, any version may be the
                // effect.
                let is_later = |version: &&DefinitionVersion| {
                    since.is_none_or(|since| {
                        version.arn != since.arn && version.created >= since.created
                    })
                };
                let later = versions.iter().filter(is_later);
                Ok(Candidates {
                    later: later.map(|version| version.arn.clone()).collect(),
                    all: versions.into_iter().map(|version| version.arn).collect(),
                })
            }
            DefinitionTarget::New(name) => {
                let mut latest = Vec::new();
                let ask = |from| self.definitions(request.kind(), from);
                read_pages("List…Definitions", ask, |page| {
                    let found = page.items.into_iter();
                    let named = found.filter(|found| found.name.as_ref() == Some(name));
                    latest.extend(named.filter_map(|named| named.latest));
                })
                .await?;
                Ok(Candidates {
                    all: latest.iter().cloned().collect(),
                    later: latest,
                })
            }
        }
    }
}

/// The versions that may be the effect of a request.
struct Candidates {
    /// All existing versions.
    all: HashSet<DefinitionVersionArn>,
    /// The versions created after the one from which the content was written.
    later: Vec<DefinitionVersionArn>,
}
