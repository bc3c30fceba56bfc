//! The thread that reads the terminal. It sleeps until bytes arrive, and ends with the terminal.

use std::io::{self, PipeWriter};
use std::os::fd::{AsFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use tokio::sync::mpsc;

/// The maximum number of queued reads; beyond it the thread waits, and then the terminal.
const QUEUE: usize = 64;
const READ_AT_ONCE: usize = 4096;

/// Starts the thread. Dropping the writer ends it.
pub(super) fn start(terminal: OwnedFd) -> io::Result<(PipeWriter, mpsc::Receiver<Vec<u8>>)> {
    let (stopped, stop) = io::pipe()?;
    let (sender, receiver) = mpsc::channel(QUEUE);
    std::thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            while let Some(bytes) = read(&terminal, &stopped) {
                if sender.blocking_send(bytes).is_err() {
                    break;
                }
            }
        })?;
    Ok((stop, receiver))
}

/// The next bytes; `None` if the terminal or the reader is closed.
fn read(terminal: &OwnedFd, stopped: &impl AsFd) -> Option<Vec<u8>> {
    let mut buffer = vec![0; READ_AT_ONCE];
    loop {
        let mut watched = [
            PollFd::new(terminal, PollFlags::IN),
            PollFd::new(stopped, PollFlags::IN),
        ];
        match poll(&mut watched, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => return None,
        }
        let [from_terminal, from_stop] = &watched;
        if !from_stop.revents().is_empty() {
            return None;
        }
        // This includes a hangup: keys typed before it are read first, and then the read reports the end.
        if from_terminal.revents().is_empty() {
            continue;
        }
        if from_terminal.revents().contains(PollFlags::NVAL) {
            return None;
        }
        match rustix::io::read(terminal, &mut buffer) {
            Ok(0) => return None,
            Ok(length) => {
                buffer.truncate(length);
                return Some(buffer);
            }
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) if from_terminal.revents().contains(PollFlags::IN) => {}
            Err(_) => return None,
        }
    }
}
