//! The reasons why commands are unavailable on the Assemble screen.

use super::{Assemble, PreviewMode};
use crate::app::command::Command;
use crate::app::session::Session;
use crate::app::unavailable::{NO_FURTHER_GROUP, SHOWN_WHOLE, Unavailable};
use crate::app::work::Work;
use crate::domain::Draft;

const NO_VERSION: Unavailable = Unavailable::NotNow("there is no version here");

impl Assemble {
    /// The reason why `command` is unavailable; `None` if it is available.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "every other command can be executed at any time"
    )]
    pub(super) fn obstacle(&self, command: Command, session: &Session) -> Option<Unavailable> {
        let draft = session.draft();
        let is_nothing_there = || NO_VERSION.when(self.highlighted().is_none());
        match command {
            Command::Review
            | Command::Edit
            | Command::Swap
            | Command::Empty
            | Command::Reset
            | Command::Undo
            | Command::Redo
            | Command::Open
            | Command::PickAndStay
                if draft.is_none() =>
            {
                Some(Unavailable::NotNow("the group's base version is loading"))
            }
            Command::Edit => self.not_edited(session),
            Command::Fix => {
                let findings = session.work().map(Work::findings);
                let count = findings.map_or(0, |findings| findings.count(self.focus));
                Unavailable::NotNow("this slot has no finding").when(count == 0)
            }
            Command::Successor => NO_FURTHER_GROUP.when(!session.series().goes_on()),
            Command::Undo => Unavailable::NotNow("there is nothing to undo")
                .when(!draft.is_some_and(Draft::can_undo)),
            Command::Redo => Unavailable::NotNow("there is nothing to redo")
                .when(!draft.is_some_and(Draft::can_redo)),
            Command::Open
            | Command::PickAndStay
            | Command::OlderVersions
            | Command::Compare
            | Command::Copy
            | Command::WhereUsed => is_nothing_there(),
            Command::Preview if !session.size().is_wide() => is_nothing_there(),
            Command::Diff if !session.size().is_wide() => {
                NO_VERSION.when(self.preview_subject(PreviewMode::Diff, session).is_none())
            }
            Command::Right => {
                let mode = self.preview.mode().unwrap_or(PreviewMode::Content);
                NO_VERSION.when(self.preview_subject(mode, session).is_none())
            }
            Command::PreviewUp | Command::PreviewDown => self.not_scrolled(session),
            Command::Retry => {
                Unavailable::NotNow("nothing failed here").when(!self.has_failed(session))
            }
            _ => None,
        }
    }

    /// A content can be edited only when it is loaded, and an empty slot has none.
    fn not_edited(&self, session: &Session) -> Option<Unavailable> {
        let draft = session.draft();
        if draft.is_some_and(|draft| draft.slots().get(self.focus).is_none()) {
            return None;
        }
        let Some(arn) = self.highlighted() else {
            return Some(NO_VERSION);
        };
        let content = session.catalog().contents.get(arn);
        let why = if content.error().is_some() {
            "the content could not be read"
        } else {
            "the content is loading"
        };
        Unavailable::NotNow(why).when(content.ready().is_none())
    }

    fn not_scrolled(&self, session: &Session) -> Option<Unavailable> {
        if self.preview.mode().is_none() || !session.size().is_wide() {
            let why = "no side preview is open";
            return Some(Unavailable::NotNow(why));
        }
        let rows = usize::from(session.size().list_rows());
        SHOWN_WHOLE.when(self.preview.lines().len() <= rows)
    }

    /// Whether a retry would send a request.
    fn has_failed(&self, session: &Session) -> bool {
        let catalog = session.catalog();
        let versions = self
            .highlighted()
            .and_then(|arn| catalog.versions(&arn.definition_id()));
        let work = session.work();
        catalog.definitions(self.focus).error().is_some()
            || versions.is_some_and(|listing| listing.error().is_some())
            || catalog.contents.has_failures()
            || catalog.identity.error().is_some()
            || work.is_some_and(|work| work.error(catalog).is_some())
    }
}
