//! Counts of important events, so that a run without them does not pass.

use greengroup::app::{App, Command};
use greengroup::domain::{Draft, GroupVersionId};
use greengroup::sandbox::Sandbox;

use super::before::{Before, Front};
use super::ledger::Shown as _;
use super::world;

macro_rules! tally {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The counted events, for the report.
        #[derive(Debug, Clone, Copy, Default)]
        pub(super) struct Tally {
            $($(#[$doc])* pub(super) $name: usize,)*
        }

        impl Tally {
            pub(super) const fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)*
            }

            /// The events that have not occurred.
            pub(super) fn missing(&self) -> Vec<&'static str> {
                let all = [$((stringify!($name), self.$name),)*];
                let missing = all.into_iter().filter(|(_, count)| *count == 0);
                missing.map(|(name, _)| name).collect()
            }
        }
    };
}

tally! {
    steps,
    restarts,
    confirmations,
    /// The confirmed drafts that differ from their base.
    confirmed_changes,
    sent,
    created,
    /// Sent deployments and resets.
    deployed,
    /// The resets among them.
    reset,
    /// Deployments whose end was shown when everything was at rest.
    seen_to_end,
    /// Programs that ended without knowing the outcome of a request.
    unknown,
    /// Drafts that were on the disk, as reported at the end of the program.
    kept,
    /// Resumed drafts of an earlier program.
    resumed,
    /// Reports of a version that another user had created.
    moved,
    /// Rebases of the draft onto that version.
    rebased,
    /// Rebases with slots that both sides had changed.
    conflicts,
    /// Decisions to supersede that version.
    overwritten,
    /// Drafts started again from another version of the group.
    started_again,
    /// Slots copied from another version of the group.
    taken,
    /// The same from a version that was not the latest.
    taken_from_older,
    /// Picks of a version that is not its definition's latest.
    picked_older,
    /// Edits of a content to a new version.
    edited,
    /// Further edits of such a version.
    edited_again,
    /// First versions of new definitions.
    new_definitions,
    /// Edits whose result equals an existing version.
    same_content,
    /// Edits without a change or with an empty text.
    edited_nothing,
    /// Further edits after an error.
    wrong_texts,
    /// Errors fixed in such an edit.
    repaired,
    /// Errors not fixed, with the text kept in a file.
    given_up,
    /// Texts replaced in all slots.
    swapped,
    /// Fixed findings.
    fixed,
    /// Undos of an edit, a replacement or a fix.
    unwritten,
    /// Definition versions created by the program.
    defined,
    /// Those created together with their definition.
    defined_first,
    /// Definition versions found after a lost response.
    found,
    /// Definition versions of an earlier confirmation in a group version created later.
    gone_on,
    /// Programs killed between the first and the last of several requests.
    killed_between,
    /// Texts in the editor when the program was killed or lost its connection.
    edited_offline,
    /// Reads that waited for the rate of a throttling service.
    waited,
}

impl Tally {
    /// The user's event changed the draft from `old` to `new`.
    pub(super) fn note_change(&mut self, before: &Before, new: &Draft, sandbox: &Sandbox) {
        match (&before.front, before.command()) {
            (Front::Moved { conflicts, .. }, _) => {
                self.rebased += 1;
                self.conflicts += usize::from(*conflicts > 0);
            }
            (Front::History(Some(chosen)), command) => {
                match command {
                    Some(Command::Tick) => self.taken += 1,
                    _ => self.started_again += 1,
                }
                let latest = world::latest(sandbox, new.group());
                self.taken_from_older += usize::from(!is(chosen, latest.as_deref()));
            }
            (Front::Screen, Some(Command::Open | Command::PickAndStay)) => {
                let picked = before.highlighted.as_ref();
                let is_older = picked.is_some_and(|picked| world::is_older(sandbox, picked));
                self.picked_older += usize::from(is_older);
            }
            _ => {}
        }
    }

    /// The question about a newer version of the group was asked or answered.
    pub(super) fn note_question(&mut self, before: &Before, app: &App) {
        let is_put = matches!(super::before::front(app), Front::Moved { .. });
        match &before.front {
            Front::Moved { latest, .. } if !is_put => {
                let superseded = app.work().and_then(|work| work.superseded());
                let is_overwritten = superseded.is_some_and(|one| one.version == *latest);
                self.overwritten += usize::from(is_overwritten);
            }
            Front::Screen | Front::Help(_) | Front::Other | Front::History(_) if is_put => {
                self.moved += 1;
            }
            _ => {}
        }
    }
}

fn is(version: &GroupVersionId, other: Option<&str>) -> bool {
    Some(version.as_str()) == other
}
