//! How long the credentials still last, and when that is too short to go on without a word.

use super::credentials::CredentialsLeft;
use super::notice::Notice;
use super::session::Session;
use crate::domain::Timestamp;

/// Credentials that last longer than this are not worth a warning.
const SOON_SECONDS: i64 = 15 * 60;

impl Session {
    /// Absent where the credentials have no end, or none that is known.
    pub fn credentials_left(&self) -> Option<CredentialsLeft> {
        let expire: Timestamp = self.connected()?.credentials_expire?;
        let age = self.now().age(expire);
        let seconds = expire.seconds_since(self.now());
        Some(match seconds {
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
