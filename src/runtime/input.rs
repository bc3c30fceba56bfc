//! The user's keys and pastes: converts the terminal's bytes to events.

pub mod assembler;
mod csi;
pub mod delays;
mod paste;
mod reader;

use std::collections::VecDeque;
use std::io::{self, PipeWriter};
use std::os::fd::OwnedFd;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use crate::app::key::KeyPress;
use assembler::Assembler;
use delays::Delays;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(KeyPress),
    /// An entire bracketed paste with line breaks as `\n`; `dropped` bytes exceeded the limit.
    Pasted {
        text: String,
        dropped: usize,
    },
    /// The terminal is closed; no more input follows.
    Closed,
}

/// The terminal's input as a stream of events.
#[derive(Debug)]
pub struct Inputs {
    assembler: Assembler,
    ready: VecDeque<Input>,
    bytes: mpsc::Receiver<Vec<u8>>,
    /// When the wait for the rest of an incomplete sequence ends.
    deadline: Option<Instant>,
    delays: Delays,
    /// Dropping it ends the thread; `None` while paused.
    stop: Option<PipeWriter>,
}

impl Inputs {
    /// Starts reading from `terminal` on a separate thread, which ends with this value.
    pub fn start(terminal: OwnedFd, delays: Delays) -> io::Result<Self> {
        let (stop, bytes) = reader::start(terminal)?;
        Ok(Self {
            assembler: Assembler::new(delays),
            ready: VecDeque::new(),
            bytes,
            deadline: None,
            delays,
            stop: Some(stop),
        })
    }

    /// Returns when the terminal is no longer read, and drops the input so far.
    pub async fn pause(&mut self) {
        self.stop = None;
        // The thread closes its end only after its last read.
        while self.bytes.recv().await.is_some() {}
        self.assembler = Assembler::new(self.delays);
        self.ready.clear();
        self.deadline = None;
    }

    /// Reads again after [`Self::pause`].
    pub fn resume(&mut self, terminal: OwnedFd) -> io::Result<()> {
        let (stop, bytes) = reader::start(terminal)?;
        self.stop = Some(stop);
        self.bytes = bytes;
        Ok(())
    }

    /// The next event; after [`Input::Closed`] the same again. May be dropped while it waits.
    pub async fn next(&mut self) -> Input {
        loop {
            if let Some(event) = self.take_ready() {
                return event;
            }
            let received = match self.deadline {
                None => Ok(self.bytes.recv().await),
                Some(deadline) => timeout_at(deadline, self.bytes.recv()).await,
            };
            match received {
                Ok(Some(bytes)) => self.accept(&bytes),
                Ok(None) => return Input::Closed,
                Err(_) => {
                    self.deadline = None;
                    self.assembler.time_out(&mut self.ready);
                }
            }
        }
    }

    /// The next queued event, so that one frame shows all of them.
    pub fn take_ready(&mut self) -> Option<Input> {
        while self.ready.is_empty() {
            match self.bytes.try_recv() {
                Ok(bytes) => self.accept(&bytes),
                Err(_) => break,
            }
        }
        self.ready.pop_front()
    }

    fn accept(&mut self, bytes: &[u8]) {
        self.assembler.push(bytes, &mut self.ready);
        self.deadline = self.assembler.patience().map(|wait| Instant::now() + wait);
    }
}
