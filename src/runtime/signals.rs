//! The signals that this program answers, as events.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use rustix::process::Signal as Number;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// What a signal asks for; several of the same kind that come together are told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, or SIGHUP: the terminal or the connection is gone. Save and end.
    Terminate,
    /// SIGINT from outside: raw mode makes Ctrl-C a key.
    Interrupt,
    /// SIGTSTP from outside: raw mode makes Ctrl-Z a key.
    Suspend,
    /// SIGCONT: the terminal is to be taken again and drawn whole.
    Continued,
    /// SIGWINCH.
    Resized,
}

/// Set by the signal itself, for code that waits outside the loop and so cannot be told.
static ENDING: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// True once SIGHUP or SIGTERM came.
pub(super) fn is_ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// The streams of all signals; from its making on none of them has its usual effect.
#[derive(Debug)]
pub struct Signals {
    hangup: Stream,
    terminate: Stream,
    interrupt: Stream,
    suspend: Stream,
    continued: Stream,
    resized: Stream,
}

impl Signals {
    /// Needs a running tokio runtime.
    pub fn start() -> io::Result<Self> {
        for number in [Number::HUP, Number::TERM] {
            signal_hook::flag::register(number.as_raw(), Arc::clone(&ENDING))?;
        }
        let raw = |number: Number| signal(SignalKind::from_raw(number.as_raw()));
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            suspend: raw(Number::TSTP)?,
            continued: raw(Number::CONT)?,
            resized: signal(SignalKind::window_change())?,
        })
    }

    /// The next signal, the gravest first. May be dropped while it waits.
    pub async fn next(&mut self) -> Signal {
        tokio::select! {
            biased;
            _ = self.hangup.recv() => Signal::Terminate,
            _ = self.terminate.recv() => Signal::Terminate,
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.suspend.recv() => Signal::Suspend,
            _ = self.continued.recv() => Signal::Continued,
            _ = self.resized.recv() => Signal::Resized,
        }
    }
}
