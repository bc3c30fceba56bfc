//! Remembers until when the credentials in use are valid.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_credential_types::provider::{
    ProvideCredentials, SharedCredentialsProvider, future::ProvideCredentials as Provided,
};

use crate::domain::Timestamp;

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

/// A provider of credentials that is listened to: asking it again for the expiry would fetch anew.
#[derive(Debug)]
pub(super) struct Watched {
    inner: SharedCredentialsProvider,
    expiry: Expiry,
}

impl Watched {
    pub(super) const fn new(inner: SharedCredentialsProvider, expiry: Expiry) -> Self {
        Self { inner, expiry }
    }
}

impl ProvideCredentials for Watched {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(async {
            let provided = self.inner.provide_credentials().await;
            if let Ok(credentials) = &provided {
                self.expiry.set(credentials.expiry());
            }
            provided
        })
    }
}
