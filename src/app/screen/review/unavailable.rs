//! The reasons why commands are unavailable on the Review screen.

use super::{Review, ReviewFocus, ReviewLine, ReviewStage, list};
use crate::app::command::Command;
use crate::app::session::Session;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::work::Work;
use crate::domain::check::Findings;

impl Review {
    /// The reason why `command` is unavailable; `None` if it is available.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command can be executed at any time"
    )]
    pub(super) fn obstacle(&self, command: Command, session: &Session) -> Option<Unavailable> {
        match command {
            Command::FindCommand | Command::Calls => None,
            _ if self.stage == ReviewStage::Rereading => Some(Unavailable::NotNow(
                "nothing was sent; the group's latest version is loading once more",
            )),
            _ if self.is_under_way(session) => Some(Unavailable::NotNow(
                "the request was sent; wait for its outcome",
            )),
            Command::Tick => Unavailable::NotHere("there is nothing to acknowledge")
                .when(self.boxes.all().is_empty()),
            Command::Up | Command::Down => Unavailable::NotNow("there is no box to go to")
                .when(self.boxes.all().is_empty() && self.focus != ReviewFocus::List),
            Command::PageUp | Command::PageDown | Command::First | Command::Last => {
                SHOWN_WHOLE.when(self.scroll.is_all_shown() && self.focus != ReviewFocus::List)
            }
            Command::Fix => {
                let findings = session.work().map(Work::findings);
                let is_sound = findings.is_none_or(Findings::is_empty);
                Unavailable::NotHere("there is no finding").when(is_sound)
            }
            Command::Diff => {
                let mut lines = list::lines(session);
                let has_slot = lines.any(|line| matches!(line, ReviewLine::Slot(_)));
                Unavailable::NotNow("no slot is changed").when(!has_slot)
            }
            _ => None,
        }
    }
}
