//! The client: groups, their versions, their deployments, and the caller's identity.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_greengrass as sdk;
use aws_sdk_greengrass::config::interceptors::InterceptorContext;
use aws_sdk_greengrass::config::retry::{ClassifyRetry, RetryAction, RetryConfig, RetryPartition};
use aws_sdk_greengrass::config::{Credentials, SharedHttpClient, StalledStreamProtectionConfig};
use aws_sdk_greengrass::error::SdkError;
use aws_sdk_greengrass::operation::get_group::GetGroupOutput;
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use tokio::time::Instant;

use super::explain::explain;
use super::options::ClientOptions;
use super::transport::{ATTEMPT, ClientTraffic, CountedAttempt, Tagging, metered};
use super::{Page, PageToken, convert};
use crate::domain::{
    AccountRole, Deployment, DeploymentId, DeploymentStatus, ErrorKind, Group, GroupId,
    GroupVersion, GroupVersionEntry, GroupVersionId, Identity, ServiceError,
};

/// An id of AWS has 36 characters, a NextToken a few hundred.
const MAX_ID_BYTES: usize = 10 * 1024;

/// The Greengrass V1 API of one account in one region. Clones share connections, pace and report.
///
/// Every call may fail with a [`ServiceError`] that holds the entire error response. Reads are tried up to
/// five times. Unreadable entries of a list are counted in [`Page::unreadable`].
#[derive(Clone)]
pub struct Client {
    pub(super) sdk: sdk::Client,
    sts: Option<aws_sdk_sts::Client>,
    traffic: Arc<ClientTraffic>,
    /// The number of the next call's attempt, if the caller counts attempts.
    attempt: Option<u32>,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client over an HTTP client without a network: the sandbox, or a test.
    ///
    /// Requests are signed, paced and retried as over a network. The clock is tokio's, so back-off follows
    /// virtual time.
    pub fn over(http_client: SharedHttpClient, region: &str, options: &ClientOptions) -> Self {
        let credentials = Credentials::new("AKIASANDBOX", "sandbox", None, None, "sandbox");
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .time_source(TokioClock::start())
            .build();
        let traffic = ClientTraffic::new(options);
        Self::assemble(&config, Some(&config), http_client, traffic, options)
    }

    /// Adds the transport, the timeouts and the retries to a configuration.
    ///
    /// Without `sts`, [`Self::identity`] returns `None`.
    pub(super) fn assemble(
        greengrass: &SdkConfig,
        sts: Option<&SdkConfig>,
        http_client: SharedHttpClient,
        traffic: Arc<ClientTraffic>,
        options: &ClientOptions,
    ) -> Self {
        let http_client = metered(http_client, Arc::clone(&traffic), false);
        let limited = |config: &SdkConfig| {
            let config = config
                .to_builder()
                .http_client(http_client.clone())
                .retry_config(options.retry_config())
                .timeout_config(options.timeout_config());
            // The transport has its own limits, which do not count the wait for a turn.
            let stalls = StalledStreamProtectionConfig::disabled();
            config.stalled_stream_protection(stalls).build()
        };
        // All clients of a process share the SDK's own partitions, and with them the throttling.
        let partition = || RetryPartition::custom("greengroup").build();
        let attempts = options.max_attempts;
        let greengrass = sdk::config::Builder::from(&limited(greengrass))
            .retry_partition(partition())
            .retry_classifier(TooManyRequests)
            .interceptor(Tagging { attempts })
            .build();
        let sts = sts.map(|sts| {
            aws_sdk_sts::config::Builder::from(&limited(sts))
                .retry_partition(partition())
                .interceptor(Tagging { attempts })
                .build()
        });
        Self {
            sdk: sdk::Client::from_conf(greengrass),
            sts: sts.map(aws_sdk_sts::Client::from_conf),
            traffic,
            attempt: None,
        }
    }

    /// The same client, for this attempt of a call, from 1.
    #[must_use]
    pub fn attempt(&self, attempt: u32) -> Self {
        Self {
            attempt: Some(attempt),
            ..self.clone()
        }
    }

    /// Waits until one more request may be sent. A caller that counts its attempts has already waited.
    async fn turn(&self) {
        if self.attempt.is_none() {
            self.traffic.turn().await;
        }
    }

    /// Waits for a turn, then for the response, and converts an error. `ids` are the texts in the URI.
    ///
    /// The wait for the turn does not count towards the timeout of the call.
    pub(super) async fn call<T, E: Error + 'static>(
        &self,
        operation: &str,
        ids: &[&str],
        answer: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Result<T, ServiceError> {
        Self::check_length(operation, ids)?;
        self.turn().await;
        let answer = match self.attempt {
            Some(attempt) => {
                let counted = CountedAttempt::ByCaller(attempt);
                ATTEMPT.scope(counted, Box::pin(answer)).await
            }
            None => Box::pin(answer).await,
        };
        answer.map_err(|error| explain(operation, &error))
    }

    /// Waits for a turn, then for the response to the request of this attempt, which the client counts.
    ///
    /// The request has the configuration [`sent_once`].
    pub(super) async fn once<T>(&self, attempt: u32, answer: impl Future<Output = T>) -> T {
        self.turn().await;
        let counted = CountedAttempt::ByClient(attempt);
        ATTEMPT.scope(counted, Box::pin(answer)).await
    }

    /// Refuses ids that fit into no request: the SDK panics on a URI beyond 64 kB.
    pub(super) fn check_length(operation: &str, ids: &[&str]) -> Result<(), ServiceError> {
        if ids.iter().map(|id| id.len()).sum::<usize>() <= MAX_ID_BYTES {
            return Ok(());
        }
        let message = format!("an id or NextToken is longer than {MAX_ID_BYTES} bytes");
        Err(unreadable(operation, message))
    }

    /// ListGroups.
    pub async fn groups(&self, from: Option<PageToken>) -> Result<Page<Group>, ServiceError> {
        const OPERATION: &str = "ListGroups";
        let token = from.map(String::from);
        let ids = [token.as_deref().unwrap_or_default()];
        let call = self.sdk.list_groups().set_next_token(token.clone());
        let answer = self.call(OPERATION, &ids, call.send()).await?;
        let groups = present(OPERATION, "Groups", answer.groups)?;
        Ok(Page::reading(groups, answer.next_token, convert::group))
    }

    async fn get_group(&self, group: &GroupId) -> Result<GetGroupOutput, ServiceError> {
        let call = self.sdk.get_group().group_id(group.as_str());
        self.call("GetGroup", &[group.as_str()], call.send()).await
    }

    /// GetGroup.
    pub async fn group(&self, group: &GroupId) -> Result<Group, ServiceError> {
        let answer = self.get_group(group).await?;
        convert::one_group(answer, group).map_err(|message| unreadable("GetGroup", message))
    }

    /// The tags of a group: GetGroup has them, ListGroups does not.
    pub async fn group_tags(
        &self,
        group: &GroupId,
    ) -> Result<BTreeMap<String, String>, ServiceError> {
        Ok(convert::sorted(self.get_group(group).await?.tags))
    }

    /// GetAssociatedRole; `None` if the group has no role.
    pub async fn group_role(&self, group: &GroupId) -> Result<Option<AccountRole>, ServiceError> {
        let id = group.as_str();
        let call = self.sdk.get_associated_role().group_id(id);
        let answer = if_any(self.call("GetAssociatedRole", &[id], call.send()).await)?;
        Ok(answer.and_then(|role| convert::role(role.role_arn, role.associated_at)))
    }

    /// GetServiceRoleForAccount; `None` if the account has no service role.
    pub async fn service_role(&self) -> Result<Option<AccountRole>, ServiceError> {
        let call = self.sdk.get_service_role_for_account();
        let answer = self.call("GetServiceRoleForAccount", &[], call.send());
        let answer = if_any(answer.await)?;
        Ok(answer.and_then(|role| convert::role(role.role_arn, role.associated_at)))
    }

    /// ListGroupVersions.
    pub async fn group_versions(
        &self,
        group: &GroupId,
        from: Option<PageToken>,
    ) -> Result<Page<GroupVersionEntry>, ServiceError> {
        const OPERATION: &str = "ListGroupVersions";
        let token = from.map(String::from);
        let ids = [group.as_str(), token.as_deref().unwrap_or_default()];
        let call = self
            .sdk
            .list_group_versions()
            .group_id(group.as_str())
            .set_next_token(token.clone());
        let answer = self.call(OPERATION, &ids, call.send()).await?;
        let versions = present(OPERATION, "Versions", answer.versions)?;
        let next = answer.next_token;
        Ok(Page::reading(versions, next, convert::group_version_entry))
    }

    /// GetGroupVersion; slots hold the service's text, readable or not.
    pub async fn group_version(
        &self,
        group: &GroupId,
        version: &GroupVersionId,
    ) -> Result<GroupVersion, ServiceError> {
        const OPERATION: &str = "GetGroupVersion";
        let call = self
            .sdk
            .get_group_version()
            .group_id(group.as_str())
            .group_version_id(version.as_str());
        let ids = [group.as_str(), version.as_str()];
        let answer = self.call(OPERATION, &ids, call.send()).await?;
        convert::group_version(answer, version).map_err(|message| unreadable(OPERATION, message))
    }

    /// ListDeployments.
    pub async fn deployments(
        &self,
        group: &GroupId,
        from: Option<PageToken>,
    ) -> Result<Page<Deployment>, ServiceError> {
        const OPERATION: &str = "ListDeployments";
        let token = from.map(String::from);
        let ids = [group.as_str(), token.as_deref().unwrap_or_default()];
        let call = self
            .sdk
            .list_deployments()
            .group_id(group.as_str())
            .set_next_token(token.clone());
        let answer = self.call(OPERATION, &ids, call.send()).await?;
        let deployments = present(OPERATION, "Deployments", answer.deployments)?;
        let next = answer.next_token;
        Ok(Page::reading(deployments, next, convert::deployment))
    }

    /// GetDeploymentStatus.
    pub async fn deployment_status(
        &self,
        group: &GroupId,
        deployment: &DeploymentId,
    ) -> Result<DeploymentStatus, ServiceError> {
        let ids = [group.as_str(), deployment.as_str()];
        let call = self
            .sdk
            .get_deployment_status()
            .group_id(group.as_str())
            .deployment_id(deployment.as_str());
        let answer = self.call("GetDeploymentStatus", &ids, call.send());
        Ok(convert::deployment_status(answer.await?))
    }

    /// STS GetCallerIdentity. `None` for a custom Greengrass endpoint without an STS endpoint.
    pub async fn identity(&self) -> Result<Option<Identity>, ServiceError> {
        const OPERATION: &str = "GetCallerIdentity";
        let Some(sts) = &self.sts else {
            return Ok(None);
        };
        let call = sts.get_caller_identity();
        let answer = self.call(OPERATION, &[], call.send()).await?;
        match (answer.account, answer.arn) {
            (Some(account), Some(arn)) => Ok(Some(Identity { account, arn })),
            (_, _) => Err(unreadable(OPERATION, "the answer names no account")),
        }
    }
}

/// The configuration of a request that the SDK must not repeat.
pub(super) fn sent_once() -> sdk::config::Builder {
    sdk::config::Builder::new().retry_config(RetryConfig::disabled())
}

/// The error of a response that is not what the API documents.
pub(super) fn unreadable(operation: &str, message: impl Into<String>) -> ServiceError {
    ServiceError::local(operation, ErrorKind::Unreadable, message)
}

/// `None` for a resource that does not exist.
fn if_any<T>(answer: Result<T, ServiceError>) -> Result<Option<T>, ServiceError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The list of a response. A response without it is an error: an empty list is written as `[]`.
pub(super) fn present<T>(
    operation: &str,
    member: &str,
    list: Option<Vec<T>>,
) -> Result<Vec<T>, ServiceError> {
    list.ok_or_else(|| unreadable(operation, format!("the answer has no {member}")))
}

/// The SDK detects throttling by the code; a bare 429 from a gateway means the same.
#[derive(Debug)]
struct TooManyRequests;

impl ClassifyRetry for TooManyRequests {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if response.status().as_u16() == 429 => RetryAction::throttling_error(),
            Some(_) | None => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "TooManyRequests"
    }
}

/// A clock with a fixed start that advances with tokio's.
///
/// The SDK counts requests by half seconds of its clock, so a varying start would change the back-off. The
/// sandbox ignores the date of a signature.
#[derive(Debug, Clone, Copy)]
struct TokioClock(Instant);

impl TokioClock {
    /// 2026-01-01T00:00:00Z.
    const BEGINS: Duration = Duration::from_hours(490_896);

    fn start() -> Self {
        Self(Instant::now())
    }
}

impl TimeSource for TokioClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Self::BEGINS + self.0.elapsed()
    }
}
