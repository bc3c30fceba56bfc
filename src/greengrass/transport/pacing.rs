//! The client's own request rate: one bucket of tokens, first come, first served.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// A slower rate would stop the client.
const MIN_RATE: f64 = 0.1;

/// The resolution of tokio's timer; a shorter wait would not move a paused clock.
const TICK: Duration = Duration::from_millis(1);

#[derive(Debug)]
pub(super) struct Pacer {
    per_second: f64,
    burst: f64,
    /// The lock is granted in the order of the callers. A dropped call leaves the queue.
    bucket: Mutex<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    /// Unset until the first request: a client may be created outside a tokio runtime.
    filled: Option<Instant>,
}

impl Pacer {
    pub(super) fn new(per_second: f64, burst: u32) -> Self {
        let burst = f64::from(burst.max(1));
        Self {
            // For NaN too, this is the minimum.
            per_second: per_second.max(MIN_RATE),
            burst,
            bucket: Mutex::new(Bucket {
                tokens: burst,
                filled: None,
            }),
        }
    }

    /// Waits until one more request may be sent.
    pub(super) async fn turn(&self) {
        if self.per_second.is_infinite() {
            return;
        }
        let mut bucket = self.bucket.lock().await;
        while !self.take(&mut bucket) {
            let missing = (1.0 - bucket.tokens) / self.per_second;
            tokio::time::sleep(Duration::from_secs_f64(missing).max(TICK)).await;
        }
    }

    fn take(&self, bucket: &mut Bucket) -> bool {
        let now = Instant::now();
        if let Some(filled) = bucket.filled.replace(now) {
            let gained = now.duration_since(filled).as_secs_f64() * self.per_second;
            bucket.tokens = (bucket.tokens + gained).min(self.burst);
        }
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }
}
