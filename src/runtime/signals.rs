//! The handled signals, as events.

use std::future::poll_fn;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::Poll;

use rustix::process::Signal as Number;
use signal_hook::flag;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// A handled signal; several of the same kind that arrive together are reported once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM, SIGHUP (the terminal is closed), or any other signal that ends a process: save and end.
    Terminate,
    /// SIGQUIT: the same, unless a key sent it to an editor that uses the terminal.
    Quit,
    /// SIGINT from another process: raw mode makes Ctrl-C a key.
    Interrupt,
    /// SIGTSTP from another process: raw mode makes Ctrl-Z a key.
    Suspend,
    /// SIGCONT: take the terminal again and redraw the screen.
    Continued,
    /// SIGWINCH.
    Resized,
}

impl Signal {
    /// True if its default effect ends the process.
    pub const fn ends_process(self) -> bool {
        matches!(self, Self::Terminate | Self::Quit | Self::Interrupt)
    }
}

/// The handled signals, the most urgent first. Every signal that ends a process by default and can be caught is
/// among them, except those for program errors. The default would leave the terminal in raw mode.
const HANDLED: [(Number, Signal); 14] = [
    (Number::HUP, Signal::Terminate),
    (Number::TERM, Signal::Terminate),
    (Number::ABORT, Signal::Terminate),
    (Number::ALARM, Signal::Terminate),
    (Number::USR1, Signal::Terminate),
    (Number::USR2, Signal::Terminate),
    (Number::VTALARM, Signal::Terminate),
    (Number::PROF, Signal::Terminate),
    (Number::XCPU, Signal::Terminate),
    (Number::QUIT, Signal::Quit),
    (Number::INT, Signal::Interrupt),
    (Number::TSTP, Signal::Suspend),
    (Number::CONT, Signal::Continued),
    (Number::WINCH, Signal::Resized),
];

/// True when only the last lines remain to be written.
static IS_LEAVING: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// After this call, a signal that ends a process ends this one immediately.
pub fn restore_defaults() {
    IS_LEAVING.store(true, Ordering::Relaxed);
}

/// The streams of all signals. While it exists, none of them has its default effect.
#[derive(Debug)]
pub struct Signals {
    /// In the order of [`HANDLED`].
    streams: Vec<(Signal, Stream)>,
}

impl Signals {
    /// Must be called in a tokio runtime.
    pub fn start() -> io::Result<Self> {
        let mut streams = Vec::new();
        for (number, meaning) in HANDLED {
            let number = number.as_raw();
            if meaning.ends_process() {
                flag::register_conditional_default(number, Arc::clone(&IS_LEAVING))?;
            }
            streams.push((meaning, signal(SignalKind::from_raw(number))?));
        }
        // Caught, so that exceeding the limit of file sizes is an error of the write.
        flag::register(Number::XFSZ.as_raw(), Arc::default())?;
        Ok(Self { streams })
    }

    /// The next signal, the most urgent first. May be dropped while it waits.
    pub async fn next(&mut self) -> Signal {
        poll_fn(|context| {
            for (signal, stream) in &mut self.streams {
                if stream.poll_recv(context).is_ready() {
                    return Poll::Ready(*signal);
                }
            }
            Poll::Pending
        })
        .await
    }
}
