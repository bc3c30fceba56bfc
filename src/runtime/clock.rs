//! The only place that reads the clock and creates ids; other code gets them as values.

use time::OffsetDateTime;

use crate::domain::Timestamp;

/// The time now, to the millisecond.
pub fn now() -> Timestamp {
    let nanoseconds = OffsetDateTime::now_utc().unix_timestamp_nanos();
    Timestamp::from_milliseconds(i64::try_from(nanoseconds / 1_000_000).unwrap_or(i64::MAX))
}

/// A unique token for one request.
pub fn client_token() -> String {
    uuid::Uuid::new_v4().to_string()
}
