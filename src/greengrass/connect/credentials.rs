//! Credentials that are fetched once for all clients and checked before use.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{
    ProvideCredentials, SharedCredentialsProvider, future::ProvideCredentials as Provided,
};
use aws_smithy_async::time::SharedTimeSource;
use tokio::time::Instant;

use crate::domain::{ErrorKind, Timestamp};
use crate::greengrass::aws_files::chain::{AccessKeys, Chain};
use crate::greengrass::credentials_failure::{CredentialsFailure, Source};

/// For this long, all callers share one failure: the user is asked for one MFA code, not for nine.
const FAILURE_IS_SHARED: Duration = Duration::from_secs(5);

/// Credentials that expire within this time are fetched again.
const RENEWED_BEFORE_END: Duration = Duration::from_mins(1);

/// The expiry of the credentials that were provided last.
#[derive(Debug, Clone, Default)]
pub(super) struct Expiry(Arc<Mutex<Option<SystemTime>>>);

impl Expiry {
    pub(super) fn get(&self) -> Option<Timestamp> {
        let expiry = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = expiry?.duration_since(UNIX_EPOCH).ok()?;
        let milliseconds = i64::try_from(since.as_millis()).ok()?;
        Some(Timestamp::from_milliseconds(milliseconds))
    }

    fn set(&self, expiry: Option<SystemTime>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = expiry;
    }
}

/// A provider that fetches once for several concurrent clients.
///
/// Only a new connection reads the configuration again.
pub(super) struct Shared {
    inner: SharedCredentialsProvider,
    source: Source,
    expiry: Expiry,
    clock: SharedTimeSource,
    latest: tokio::sync::Mutex<Latest>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Shared")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

#[derive(Default)]
enum Latest {
    #[default]
    Nothing,
    Provided(Credentials),
    Failed(CredentialsFailure, Instant),
}

impl Shared {
    pub(super) fn new(inner: SharedCredentialsProvider, chain: &Chain, expiry: Expiry) -> Self {
        Self {
            inner,
            source: Source::of(chain),
            expiry,
            clock: SharedTimeSource::default(),
            latest: tokio::sync::Mutex::default(),
        }
    }

    async fn provide(&self) -> Result<Credentials, CredentialsFailure> {
        // A second caller waits here and then uses the first one's credentials.
        let mut latest = self.latest.lock().await;
        match &*latest {
            Latest::Provided(credentials) if self.is_fresh(credentials) => {
                return Ok(credentials.clone());
            }
            Latest::Failed(failure, at) if at.elapsed() < FAILURE_IS_SHARED => {
                return Err(failure.clone());
            }
            Latest::Nothing | Latest::Provided(_) | Latest::Failed(..) => {}
        }
        let fetched = self.fetch().await;
        *latest = match &fetched {
            Ok(credentials) => {
                self.expiry.set(credentials.expiry());
                Latest::Provided(credentials.clone())
            }
            Err(failure) => Latest::Failed(failure.clone(), Instant::now()),
        };
        fetched
    }

    fn is_fresh(&self, credentials: &Credentials) -> bool {
        let renewed = self.clock.now() + RENEWED_BEFORE_END;
        credentials.expiry().is_none_or(|end| end > renewed)
    }

    async fn fetch(&self) -> Result<Credentials, CredentialsFailure> {
        let provided = self.inner.provide_credentials().await;
        let credentials =
            provided.map_err(|error| CredentialsFailure::of_provider(&self.source, &error))?;
        let parts = [
            ("access key id", credentials.access_key_id()),
            ("secret access key", credentials.secret_access_key()),
            ("session token", credentials.session_token().unwrap_or("-")),
        ];
        let source = &self.source;
        let refused = |kind, message| Err(CredentialsFailure::new(kind, message));
        for (name, value) in parts {
            if value.is_empty() {
                let message = format!("the {name} from {source} is empty");
                return refused(ErrorKind::NoCredentials, message);
            }
            // The SDK would panic on a line break in a header.
            if value.chars().any(char::is_control) {
                let what = "contains a line break or another control character";
                let message = format!("the {name} from {source} {what}");
                return refused(ErrorKind::NoCredentials, message);
            }
        }
        match credentials.expiry() {
            Some(end) if end <= self.clock.now() => {
                let message = format!("the credentials from {source} have ended already");
                refused(ErrorKind::ExpiredCredentials, message)
            }
            Some(_) | None => Ok(credentials),
        }
    }
}

impl ProvideCredentials for Shared {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(async {
            self.provide()
                .await
                .map_err(CredentialsError::provider_error)
        })
    }
}

/// The SDK's form of an access key.
pub(super) fn of_keys(
    keys: AccessKeys,
    expiry: Option<SystemTime>,
    provider: &'static str,
) -> Credentials {
    let mut credentials = Credentials::builder()
        .access_key_id(keys.access_key_id)
        .secret_access_key(keys.secret_access_key)
        .provider_name(provider);
    credentials.set_session_token(keys.session_token);
    credentials.set_account_id(keys.account_id.map(AccountId::from));
    credentials.set_expiry(expiry);
    credentials.build()
}
