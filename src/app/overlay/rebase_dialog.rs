//! The comparison of a draft with a newer version of its group, slot by slot, and the choice between them.

use crate::app::command::Command;
use crate::app::effect::Request;
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::{Notice, Obstacle};
use crate::app::ring::neighbour;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::View;
use crate::domain::rebase::{Merge, Rebase, Side};
use crate::domain::{Base, DefinitionKind, GroupVersionId, PerKind, ServiceError};

/// The buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RebaseChoice {
    Back,
    Rebase,
    Overwrite,
}

impl RebaseChoice {
    pub const ALL: [Self; 3] = [Self::Back, Self::Rebase, Self::Overwrite];
}

/// The new latest version, the result of the comparison, and the choices so far.
#[derive(Debug)]
pub struct RebaseDialog {
    pub latest: GroupVersionId,
    pub rebase: Option<Rebase>,
    /// The chosen side of each conflict; `None` until the user has chosen.
    pub sides: PerKind<Option<Side>>,
    cursor: Option<DefinitionKind>,
    pub focus: RebaseChoice,
}

impl RebaseDialog {
    pub fn new(latest: GroupVersionId, session: &Session) -> Self {
        let mut dialog = Self {
            latest,
            rebase: None,
            sides: PerKind::from_fn(|_| None),
            cursor: None,
            focus: RebaseChoice::Back,
        };
        dialog.compare(session);
        dialog
    }

    /// Compares once the new latest version is loaded.
    fn compare(&mut self, session: &Session) {
        let Some(draft) = session.draft() else { return };
        let theirs = session.catalog().group_version(draft.group(), &self.latest);
        if let Some(theirs) = theirs.ready() {
            let base = &draft.base().slots;
            self.rebase = Some(Rebase::between(base, draft.slots(), &theirs.slots));
        }
    }

    /// The slots that both sides changed differently.
    pub fn conflicts(&self) -> impl Iterator<Item = DefinitionKind> {
        self.rebase.iter().flat_map(Rebase::conflicts)
    }

    /// The slots that either side changed.
    fn changed(&self) -> impl Iterator<Item = DefinitionKind> {
        let rebase = self.rebase.iter();
        rebase.flat_map(|rebase| {
            let kinds = DefinitionKind::ALL.into_iter();
            kinds.filter(|&kind| rebase.merge(kind) != Merge::Same)
        })
    }

    /// The slot under the cursor; initially the first one with a conflict.
    pub fn current(&self) -> Option<DefinitionKind> {
        let first = || self.conflicts().next().or_else(|| self.changed().next());
        self.cursor.or_else(first)
    }

    /// The reason why the focused choice is blocked; `None` if it is not.
    pub fn obstacle(&self, session: &Session) -> Option<Obstacle> {
        if self.focus == RebaseChoice::Back {
            return None;
        }
        if self.rebase.is_none() {
            return Some(match self.error(session) {
                Some(error) => Obstacle::VersionNotRead(error.title().to_owned()),
                None => Obstacle::VersionLoading,
            });
        }
        let is_open = |kind: DefinitionKind| self.sides[kind].is_none();
        (self.focus == RebaseChoice::Rebase && self.conflicts().any(is_open))
            .then_some(Obstacle::ConflictOpen)
    }

    fn request(&self, session: &Session) -> Option<Request> {
        let group = session.work()?.group.clone();
        Some(Request::GroupVersion(group, self.latest.clone()))
    }

    /// The error of loading the new version.
    fn error<'a>(&self, session: &'a Session) -> Option<&'a ServiceError> {
        let group = &session.work()?.group;
        let theirs = session.catalog().group_version(group, &self.latest);
        theirs.error()
    }

    fn toggle_side(&mut self) {
        let Some(kind) = self.current() else { return };
        self.sides[kind] = Some(match self.sides[kind] {
            Some(Side::Mine) => Side::Theirs,
            Some(Side::Theirs) | None => Side::Mine,
        });
    }

    /// The difference between both contents of a conflict, or from the base to the changed one.
    fn read_difference(&self, session: &Session) -> Transition {
        let (Some(kind), Some(rebase), Some(draft)) =
            (self.current(), &self.rebase, session.draft())
        else {
            return Transition::Stay;
        };
        let (before, after) = match rebase.merge(kind) {
            Merge::Conflict => (rebase.mine(), rebase.theirs()),
            Merge::Mine => (&draft.base().slots, rebase.mine()),
            Merge::Theirs | Merge::Same => (&draft.base().slots, rebase.theirs()),
        };
        let subject = Subject::Diff {
            before: before.version(kind).cloned(),
            after: after.version(kind).cloned(),
        };
        Transition::Read(subject)
    }

    fn choose(&self, session: &mut Session) -> Transition {
        if let Some(obstacle) = self.obstacle(session) {
            session.notify(Notice::Obstacle(obstacle));
            if self.error(session).is_some()
                && let Some(request) = self.request(session)
            {
                session.ask_again(request);
            }
            return Transition::Stay;
        }
        match self.focus {
            RebaseChoice::Rebase => self.rebase_draft(session),
            RebaseChoice::Overwrite => Transition::Overwrite(self.latest.clone()),
            RebaseChoice::Back => Transition::Close,
        }
    }

    fn rebase_draft(&self, session: &mut Session) -> Transition {
        let (Some(rebase), Some(group)) = (&self.rebase, session.work().map(|work| &work.group))
        else {
            return Transition::Close;
        };
        let theirs = session.catalog().group_version(group, &self.latest);
        let Some(theirs) = theirs.ready() else {
            return Transition::Close;
        };
        let Some(slots) = rebase.resolve(&self.sides) else {
            return Transition::Stay;
        };
        let base = Base {
            version: Some(self.latest.clone()),
            slots: theirs.slots.clone(),
        };
        if let Some(work) = session.work_mut() {
            work.rebase(base, slots);
        }
        Transition::Rebased
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a view has rules for only some of the commands"
)]
impl View for RebaseDialog {
    fn context(&self) -> KeyContext {
        KeyContext::Rebase
    }

    fn enter_changes(&self, session: &Session) -> bool {
        self.focus != RebaseChoice::Back && self.obstacle(session).is_none()
    }

    fn enter_label(&self, _session: &Session) -> Option<&'static str> {
        (self.focus == RebaseChoice::Back).then_some("back")
    }

    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        let needs_a_slot = [Command::Up, Command::Down, Command::Tick, Command::Diff];
        let why = match self.rebase {
            None => "the new version is loading",
            Some(_) => "no slot differs",
        };
        let current = self.current();
        match command {
            _ if needs_a_slot.contains(&command) && current.is_none() => {
                Some(Unavailable::NotNow(why))
            }
            Command::Tick if self.conflicts().next().is_none() => {
                Some(Unavailable::NotHere("no slot was changed by both sides"))
            }
            Command::Tick => {
                Unavailable::NotNow("only a slot that both sides changed needs a side")
                    .when(!self.conflicts().any(|conflict| Some(conflict) == current))
            }
            _ => None,
        }
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        match command {
            Command::Left | Command::PreviousPane => {
                self.focus = neighbour(&RebaseChoice::ALL, &self.focus, false);
            }
            Command::Right | Command::NextPane => {
                self.focus = neighbour(&RebaseChoice::ALL, &self.focus, true);
            }
            Command::Up => {
                let above = self.changed().filter(|kind| Some(*kind) < self.current());
                self.cursor = above.last().or_else(|| self.current());
            }
            Command::Down => {
                let below = self.changed().find(|kind| Some(*kind) > self.current());
                self.cursor = below.or_else(|| self.current());
            }
            Command::Tick => self.toggle_side(),
            Command::Diff => return self.read_difference(session),
            Command::Open => return self.choose(session),
            Command::Back => return Transition::Close,
            _ => {}
        }
        Transition::Stay
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        wanted.extend(Wanted::all(Urgency::Base, self.request(session)));
    }

    fn answered(&mut self, _request: &Request, session: &mut Session) -> Transition {
        self.compare(session);
        Transition::Stay
    }
}
