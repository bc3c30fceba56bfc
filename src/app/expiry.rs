//! How long the credentials still last, and when that is too short to go on without a word.

use super::credentials::CredentialsLeft;
use super::notice::Notice;
use super::session::Session;
use crate::domain::Timestamp;

/// Credentials that last longer than this are not worth a warning.
const SOON_SECONDS: i64 = 15 * 60;

impl Session {
    /// `None` where the credentials have no end, none that is known, or one before which the next call renews them.
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

    /// Warns where the credentials are about to end.
    pub(super) fn warn_of_expiry(&mut self) {
        match self.credentials_left() {
            Some(CredentialsLeft::Enough(_)) | None => {}
            Some(left @ (CredentialsLeft::Nothing | CredentialsLeft::Little(_))) => {
                self.notify(Notice::CredentialsEnd(left));
            }
        }
    }
}
