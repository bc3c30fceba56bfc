//! Timestamps of the service: ISO-8601 in UTC, although the API reference says milliseconds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A time in milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// The full seconds from `earlier` to this time.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1000
    }

    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// The age at `now` in the largest fitting unit: `4 min`, `2 h`, `6 mo`; `-2 h` by a clock that is 2 h
    /// behind.
    pub fn age(self, now: Self) -> String {
        let seconds = (now.0 - self.0) / 1000;
        let sign = if seconds <= -60 { "-" } else { "" };
        let seconds = if sign.is_empty() {
            seconds.max(0)
        } else {
            -seconds
        };
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
        match days {
            0 if minutes == 0 => format!("{seconds} s"),
            0 if hours == 0 => format!("{sign}{minutes} min"),
            0 => format!("{sign}{hours} h"),
            1..60 => format!("{sign}{days} d"),
            60..730 => format!("{sign}{} mo", days / 30),
            _ => format!("{sign}{} y", days / 365),
        }
    }

    fn date_time(self) -> Option<OffsetDateTime> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).ok()
    }

    /// The day in UTC: `2026-05-01`.
    pub fn day(self) -> String {
        self.date_time()
            .map_or_else(|| format!("{} ms", self.0), |at| at.date().to_string())
    }

    /// With milliseconds, as the service writes it: `2019-11-11T05:47:31.435Z`.
    pub fn iso(self) -> String {
        let Some(at) = self.date_time() else {
            return format!("{} ms", self.0);
        };
        let (date, time) = (at.date(), at.time());
        format!(
            "{date}T{:02}:{:02}:{:02}.{:03}Z",
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond()
        )
    }
}

/// With minutes: `2026-05-01 09:12Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(at) = self.date_time() else {
            return write!(formatter, "{} ms", self.0);
        };
        formatter.pad(&format!(
            "{} {:02}:{:02}Z",
            at.date(),
            at.hour(),
            at.minute()
        ))
    }
}

/// The text is neither ISO-8601 nor milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a point in time")]
pub struct NotATimestamp(pub String);

impl FromStr for Timestamp {
    type Err = NotATimestamp;

    /// Parses `2019-11-11T05:47:31.435Z`; digits alone are milliseconds.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(milliseconds) = text.parse::<i64>() {
            return Ok(Self(milliseconds));
        }
        let parsed =
            OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotATimestamp(text.to_owned()))?;
        i64::try_from(parsed.unix_timestamp_nanos() / 1_000_000)
            .map(Self)
            .map_err(|_| NotATimestamp(text.to_owned()))
    }
}
