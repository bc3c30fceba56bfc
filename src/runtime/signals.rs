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

/// Every signal that ends a process by default and can be caught, except those for program errors. The
/// default would leave the terminal in raw mode.
const ENDING: [Number; 9] = [
    Number::HUP,
    Number::TERM,
    Number::ABORT,
    Number::ALARM,
    Number::USR1,
    Number::USR2,
    Number::VTALARM,
    Number::PROF,
    Number::XCPU,
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
    /// One for each signal of [`ENDING`].
    ending: Vec<Stream>,
    quit: Stream,
    interrupt: Stream,
    suspend: Stream,
    continued: Stream,
    resized: Stream,
}

impl Signals {
    /// Must be called in a tokio runtime.
    pub fn start() -> io::Result<Self> {
        let raw = |number: Number| signal(SignalKind::from_raw(number.as_raw()));
        for number in ENDING.into_iter().chain([Number::QUIT, Number::INT]) {
            flag::register_conditional_default(number.as_raw(), Arc::clone(&IS_LEAVING))?;
        }
        // Caught, so that exceeding the limit of file sizes is an error of the write.
        flag::register(Number::XFSZ.as_raw(), Arc::default())?;
        Ok(Self {
            ending: ENDING.into_iter().map(raw).collect::<io::Result<_>>()?,
            quit: raw(Number::QUIT)?,
            interrupt: signal(SignalKind::interrupt())?,
            suspend: raw(Number::TSTP)?,
            continued: raw(Number::CONT)?,
            resized: signal(SignalKind::window_change())?,
        })
    }

    /// The next signal, the most urgent first. May be dropped while it waits.
    pub async fn next(&mut self) -> Signal {
        let ending = &mut self.ending;
        let ended = poll_fn(|context| {
            let mut polls = ending.iter_mut().map(|stream| stream.poll_recv(context));
            polls
                .find(Poll::is_ready)
                .map_or(Poll::Pending, |_| Poll::Ready(()))
        });
        tokio::select! {
            biased;
            () = ended => Signal::Terminate,
            _ = self.quit.recv() => Signal::Quit,
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.suspend.recv() => Signal::Suspend,
            _ = self.continued.recv() => Signal::Continued,
            _ = self.resized.recv() => Signal::Resized,
        }
    }
}
