//! The call that a request belongs to, because the SDK passes only bare HTTP to the transport.

use aws_sdk_greengrass::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_greengrass::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, Metadata};
use aws_smithy_runtime_api::client::retries::RequestAttempts;

use crate::greengrass::attempt_failure::host;

tokio::task_local! {
    /// The attempt of the running call, if the SDK does not count it.
    pub(in crate::greengrass) static ATTEMPT: CountedAttempt;
}

/// The number of an attempt that the SDK does not count.
#[derive(Debug, Clone, Copy)]
pub(in crate::greengrass) enum CountedAttempt {
    /// The caller of the client retries, and has waited for its turn.
    ByCaller(u32),
    /// The client retries a change itself.
    ByClient(u32),
}

/// The call that a request belongs to; without a tag, the call is unknown.
#[derive(Debug, Clone, Default)]
pub(in crate::greengrass) struct CallTag {
    pub(super) service: String,
    pub(super) operation: String,
    pub(super) attempt: u32,
    pub(super) attempts: u32,
    /// Sent again by the SDK: the client waited for a turn at the first attempt only.
    pub(super) is_retry: bool,
    /// The caller does not count attempts.
    is_unscheduled: bool,
}

/// The service of every request for credentials.
const CREDENTIALS: &str = "credentials";

impl CallTag {
    /// A step other than a request that takes time.
    pub(in crate::greengrass) fn alone(operation: String) -> Self {
        Self {
            service: CREDENTIALS.to_owned(),
            operation,
            attempt: 1,
            attempts: 1,
            ..Self::default()
        }
    }

    /// A request for credentials, named after its operation.
    pub(super) fn of_credentials(request: &HttpRequest) -> Self {
        let body = request.body().bytes().unwrap_or_default();
        let body = std::str::from_utf8(body).unwrap_or_default();
        let mut fields = body.split('&');
        let action = fields.find_map(|field| field.strip_prefix("Action="));
        let operation = action.map_or_else(
            || format!("credentials from {}", host(request.uri())),
            str::to_owned,
        );
        Self::alone(operation)
    }

    pub(super) fn changes_nothing(&self) -> bool {
        self.service == "STS" || self.service == CREDENTIALS
    }

    /// True for a request that uses the rate and for which no schedule took a token.
    pub(super) fn is_unscheduled(&self) -> bool {
        self.is_unscheduled && !self.changes_nothing()
    }
}

/// Puts a [`CallTag`] on every request of a client.
#[derive(Debug)]
pub(in crate::greengrass) struct Tagging {
    /// The maximum number of attempts of a call.
    pub(in crate::greengrass) attempts: u32,
}

#[dyn_dispatch_hint]
impl Intercept for Tagging {
    fn name(&self) -> &'static str {
        "Tagging"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let sdk_attempt = config
            .load::<RequestAttempts>()
            .map_or(1, RequestAttempts::attempts);
        let (attempt, is_unscheduled) = match ATTEMPT.try_with(|counted| *counted) {
            Ok(CountedAttempt::ByCaller(attempt)) => (attempt, false),
            Ok(CountedAttempt::ByClient(attempt)) => (attempt, true),
            Err(_) => (sdk_attempt, true),
        };
        let mut tag = CallTag {
            is_unscheduled,
            attempt,
            attempts: self.attempts,
            is_retry: sdk_attempt > 1,
            ..CallTag::default()
        };
        if let Some(metadata) = config.load::<Metadata>() {
            metadata.service().clone_into(&mut tag.service);
            metadata.name().clone_into(&mut tag.operation);
        }
        context.request_mut().add_extension(tag);
        Ok(())
    }
}
