//! The remaining lifetime of the credentials, and the warning before they expire.

use super::credentials::CredentialsLeft;
use super::notice::Notice;
use super::session::Session;
use crate::domain::Timestamp;

/// There is no warning if the credentials last longer than this.
const SOON_SECONDS: i64 = 15 * 60;

impl Session {
    /// `None` if the expiry is unknown or absent, or if the next call renews the credentials first.
    pub fn credentials_left(&self) -> Option<CredentialsLeft> {
        let connected = self.connected()?;
        let expire: Timestamp = connected.credentials_expire?;
        let age = self.now().age(expire);
        let seconds = expire.seconds_since(self.now());
        Some(match seconds {
            ..60 if connected.credentials.is_renewed => return None,
            ..60 => CredentialsLeft::Nothing,
            60..=SOON_SECONDS => CredentialsLeft::Little(age),
            _ => CredentialsLeft::Enough(age),
        })
    }

    pub(super) fn warn_of_expiry(&mut self) {
        match self.credentials_left() {
            Some(CredentialsLeft::Enough(_)) | None => {}
            Some(left @ (CredentialsLeft::Nothing | CredentialsLeft::Little(_))) => {
                self.notify(Notice::CredentialsEnd(left));
            }
        }
    }
}
