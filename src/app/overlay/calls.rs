//! The log of calls on the screen, newest first.

use crate::app::calls::Call;
use crate::app::command::Command;
use crate::app::keymap::KeyContext;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::domain::CallOutcome;
use crate::domain::printable::printable;

/// The log and its scroll position.
#[derive(Debug, Default)]
pub struct Calls {
    scroll: Scroll,
}

impl Calls {
    /// The number of calls above the screen.
    pub fn top(&self, session: &Session) -> usize {
        self.scroll.hidden(last_top(session))
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a view has rules for only some of the commands"
)]
impl View for Calls {
    fn context(&self) -> KeyContext {
        KeyContext::Calls
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        match command {
            _ if command.scrolls() => SHOWN_WHOLE.when(last_top(session) == 0),
            Command::Copy | Command::Save => Unavailable::NotNow("there are no calls yet")
                .when(session.calls().iter().len() == 0),
            _ => None,
        }
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        self.scroll
            .command(command, session.size().list_rows().into());
        match command {
            Command::Copy => session.copy(full_log(session)),
            Command::Save => session.save_text("calls", full_log(session), Vec::new()),
            Command::Open | Command::Calls | Command::Back => return Transition::Close,
            _ => {}
        }
        self.fit(session);
        Transition::Stay
    }

    /// Scrolls so that no row stays empty that a line could fill.
    fn fit(&mut self, session: &Session) {
        self.scroll.end_at(last_top(session));
    }
}

/// The number of lines above the screen if the oldest is on it.
fn last_top(session: &Session) -> usize {
    let rows = usize::from(session.size().list_rows());
    session.calls().iter().len().saturating_sub(rows)
}

fn full_log(session: &Session) -> String {
    let lines: Vec<String> = session.calls().iter().map(call_line).collect();
    lines.join("\n")
}

/// `2026-05-01T09:12:44.120Z  GetGroup  200 ok in 84 ms  request 1a2b…`
fn call_line(call: &Call) -> String {
    let attempt = &call.attempt;
    let again = match attempt.attempt {
        1 => String::new(),
        number => format!(" attempt {number} of {}", attempt.attempts),
    };
    let end = match &call.end {
        None => "under way".to_owned(),
        Some(end) => {
            let status = end.status.map(|status| status.to_string());
            let status = status.as_deref().unwrap_or("---");
            let outcome = match end.outcome {
                CallOutcome::Answered => "ok",
                CallOutcome::Failed(kind) => kind.words(),
                CallOutcome::Abandoned => "cancelled",
            };
            let id = end.request_id.as_ref();
            let id = id.map_or_else(String::new, |id| format!("  request {id}"));
            let milliseconds = end.duration.as_millis();
            format!("{status} {outcome} in {milliseconds} ms{id}")
        }
    };
    let line = format!("{}  {}{again}  {end}", call.at.iso(), attempt.operation);
    printable(&line).into_owned()
}
