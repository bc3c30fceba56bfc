//! The log of calls on the screen, newest first.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::{Call, CallStage};
use crate::app::screen::Transition;
use crate::app::session::Session;
use crate::domain::printable::printable;

/// How far down the log one has scrolled.
#[derive(Debug, Default)]
pub struct Calls {
    pub top: usize,
}

impl Calls {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the keymap sends an overlay only its own commands")]
    pub fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        let rows = usize::from(session.size.list_rows());
        let last = session.calls.iter().len().saturating_sub(rows);
        match command {
            Command::Up => self.top = self.top.saturating_sub(1),
            Command::Down => self.top += 1,
            Command::PageUp => self.top = self.top.saturating_sub(rows / 2),
            Command::PageDown => self.top += rows / 2,
            Command::First => self.top = 0,
            Command::Last => self.top = last,
            Command::Copy => {
                let lines: Vec<String> = session.calls.iter().map(call_line).collect();
                session.effect(Effect::Copy(lines.join("\n")));
            }
            Command::Open | Command::Calls => return Transition::Close,
            _ => {}
        }
        self.top = self.top.min(last);
        Transition::Stay
    }
}

/// `2026-05-01T09:12:44.120Z  GetGroup  200 in 84 ms  request 1a2b…`
pub fn call_line(call: &Call) -> String {
    let attempt = if call.attempt > 1 { format!(" attempt {}", call.attempt) } else { String::new() };
    let stage = match &call.stage {
        CallStage::Waiting => "waiting for its turn".to_owned(),
        CallStage::Sent => "sent".to_owned(),
        CallStage::Ended { milliseconds, status, request_id, outcome } => {
            let status = status.map_or_else(|| "---".to_owned(), |status| status.to_string());
            let request_id = request_id.as_deref().map_or_else(String::new, |id| format!("  request {id}"));
            format!("{status} {outcome} in {milliseconds} ms{request_id}")
        }
    };
    printable(&format!("{}  {}{attempt}  {stage}", call.at.iso(), call.operation)).into_owned()
}
