//! How often what matters happened, so that a run that never came near it does not pass for a proof.

use greengroup::app::{App, Command};
use greengroup::domain::{Draft, GroupVersionId};
use greengroup::sandbox::Sandbox;

use super::before::{Before, Front};
use super::ledger::Shown as _;
use super::world;

macro_rules! tally {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What happened, for the report.
        #[derive(Debug, Clone, Copy, Default)]
        pub(super) struct Tally {
            $($(#[$doc])* pub(super) $name: usize,)*
        }

        impl Tally {
            pub(super) const fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)*
            }

            /// What has not happened once.
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
    /// Those of a draft in which something differs from its base.
    confirmed_changes,
    sent,
    created,
    /// Deployments and resets that were sent.
    deployed,
    /// The resets of them.
    reset,
    /// Deployments whose end was shown when everything had come to rest.
    seen_to_end,
    /// Programs that ended without knowing what came of a request.
    unknown,
    /// Drafts that were on the disk as the program ended and said so.
    kept,
    /// Drafts of an earlier program that were gone on with.
    resumed,
    /// The program reported a version that another user had created.
    moved,
    /// The draft was put onto that version.
    rebased,
    /// There were slots that both had changed.
    conflicts,
    /// That version was superseded knowingly.
    overwritten,
    /// The draft started again from another version of the group.
    started_again,
    /// One slot was taken out of another version of the group.
    taken,
    /// One of these two, out of a version that was not the latest.
    taken_from_older,
    /// A version of a definition was picked that is not its latest.
    picked_older,
    /// A content was edited into a version that does not exist yet.
    edited,
    /// One of these was edited once more.
    edited_again,
    /// The first version of a new definition was written.
    new_definitions,
    /// What was edited was the content of a version that exists.
    same_content,
    /// The editor came back with what it was given, or with nothing.
    edited_nothing,
    /// The editor was opened again with what was wrong.
    wrong_texts,
    /// What was wrong was set right there.
    repaired,
    /// It was not, and the text is kept in a file.
    given_up,
    /// A text was exchanged in all slots.
    swapped,
    /// A finding was fixed.
    fixed,
    /// An edit, an exchange or the edit of a fix was undone.
    unwritten,
    /// Definition versions that the program created.
    defined,
    /// Those of them that came with their definition.
    defined_first,
    /// Definition versions that were looked for and found: their answer was lost.
    found,
    /// Definition versions that an earlier confirmation had created, in a group version that was created later.
    gone_on,
    /// Programs that were killed between the first and the last of several requests.
    killed_between,
    /// Texts that were in the editor as the program was killed, or its connection was lost.
    edited_offline,
    /// A read waited for the rate of a service that throttles.
    waited,
}

impl Tally {
    /// An event of the person changed the draft from `old` to `new`.
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

    /// The question what to do about a group that has moved was put, or answered.
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
