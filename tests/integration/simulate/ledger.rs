//! The books that are kept beside the program: what was confirmed, sent, saved and created, and what may follow from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use greengroup::app::effect::{Effect, Exit};
use greengroup::app::event::{DraftFile, Event};
use greengroup::app::screen::Screen;
use greengroup::app::screen::outcome::{Looked, Verdict};
use greengroup::app::{App, Launch};
use greengroup::domain::{Base, CreateGroupVersion, Draft, GroupId, Slots};
use greengroup::sandbox::Sandbox;

use super::before::{Before, Confirmation, Front};
use super::world;

/// What a step can be undone to.
pub(super) type Point = (Base, Slots);

/// The steps behind and before a draft, kept apart from the draft's own.
#[derive(Debug, Clone, Default)]
pub(super) struct Steps {
    pub(super) past: Vec<Point>,
    pub(super) future: Vec<Point>,
}

/// A draft as it was last handed out to be saved.
#[derive(Debug, Clone)]
struct Kept {
    draft: Draft,
    steps: Steps,
}

/// A request that was sent, and the versions that came of it.
#[derive(Debug)]
struct Sent {
    request: CreateGroupVersion,
    before: Vec<Arc<str>>,
    effects: Vec<Arc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    Unopened,
    Asked,
    Known,
}

/// What is known of the whole session, over all restarts; of the running program the rest.
#[derive(Debug)]
pub(super) struct Ledger {
    kept: BTreeMap<GroupId, Kept>,
    counted: BTreeMap<GroupId, usize>,
    pub(super) steps: Steps,
    /// The drafts of groups that were closed, which the running program has in memory.
    parked: BTreeMap<GroupId, Kept>,
    file: File,
    may_overwrite: bool,
    pub(super) confirmed: Option<Confirmation>,
    sent: Vec<Sent>,
    launch: Launch,
    pub(super) tally: Tally,
}

/// What happened, for the report.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) steps: usize,
    pub(super) restarts: usize,
    pub(super) confirmations: usize,
    pub(super) sent: usize,
    pub(super) created: usize,
    pub(super) unknown: usize,
    pub(super) resumed: usize,
}

impl Tally {
    pub(super) const fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.restarts += other.restarts;
        self.confirmations += other.confirmations;
        self.sent += other.sent;
        self.created += other.created;
        self.unknown += other.unknown;
        self.resumed += other.resumed;
    }
}

impl Ledger {
    pub(super) fn new(sandbox: &Sandbox) -> Self {
        let mut ledger = Self {
            kept: BTreeMap::new(),
            counted: BTreeMap::new(),
            steps: Steps::default(),
            parked: BTreeMap::new(),
            file: File::Unopened,
            may_overwrite: false,
            confirmed: None,
            sent: Vec::new(),
            launch: Launch::default(),
            tally: Tally::default(),
        };
        for group in world::groups(sandbox) {
            ledger
                .counted
                .insert(group.clone(), world::versions(sandbox, &group).len());
        }
        ledger
    }

    /// A program begins; what the one before had in memory is gone.
    pub(super) fn program_started(&mut self, launch: Launch) {
        self.file = File::Unopened;
        self.confirmed = None;
        self.parked.clear();
        self.sent.clear();
        self.launch = launch;
    }

    /// The group was closed with this draft in it.
    pub(super) fn parked(&mut self, draft: &Draft) {
        let parked = Kept {
            draft: draft.clone(),
            steps: self.steps.clone(),
        };
        self.parked.insert(draft.group().clone(), parked);
    }

    /// The steps of a draft that goes on where its group was closed.
    pub(super) fn taken_up(&mut self, begun: &Draft) -> Option<Steps> {
        let parked = self.parked.remove(begun.group())?;
        (parked.draft == *begun).then_some(parked.steps)
    }

    /// Somebody else created a version.
    pub(super) fn someone_created(&mut self, group: &GroupId) {
        *self.counted.get_mut(group).unwrap() += 1;
    }

    /// Looks for versions that the program has created since.
    pub(super) fn look_at_account(&mut self, sandbox: &Sandbox) {
        for (group, counted) in &mut self.counted {
            let count = sandbox.account(|account| {
                account
                    .group(group.as_str())
                    .map_or(0, |one| one.versions().len())
            });
            if count == *counted {
                continue;
            }
            for version in world::versions(sandbox, group).into_iter().skip(*counted) {
                let sent = self
                    .sent
                    .last_mut()
                    .expect("a version appeared though nothing was sent");
                assert_eq!(
                    sent.request.group, *group,
                    "another group than the confirmed one got a version"
                );
                let slots = world::slots_of(sandbox, group, &version).unwrap();
                assert_eq!(
                    slots, sent.request.slots,
                    "the account got other slots than were sent"
                );
                sent.effects.push(version);
                assert_eq!(sent.effects.len(), 1, "one confirmation made two versions");
                self.tally.created += 1;
            }
            *counted = count;
        }
    }

    /// Judges one event and all that followed from it.
    pub(super) fn judge(
        &mut self,
        before: &Before,
        event: &Event,
        effects: &[Effect],
        app: &App,
        sandbox: &Sandbox,
    ) {
        self.judge_left(before, app);
        super::changes::judge(self, before, event, app, sandbox);
        self.note_confirmation(before, event, app);
        if let Event::DraftOpened(file) = event {
            self.judge_file(file, app);
        }
        for effect in effects {
            self.judge_effect(effect, before, event, app, sandbox);
        }
        if !app.is_rereading() {
            self.confirmed = None;
        }
        self.judge_saved(app);
        self.judge_outcome(app, sandbox);
    }

    fn note_confirmation(&mut self, before: &Before, event: &Event, app: &App) {
        if app.is_rereading() && !before.is_rereading {
            let confirmation = before
                .confirmation(event)
                .expect("Create was entered by something that is no Enter on its button");
            assert!(
                confirmation.armed_for >= 300,
                "Enter counted {} ms after the review opened",
                confirmation.armed_for
            );
            assert!(
                confirmation.unticked.is_empty(),
                "confirmed with open boxes: {:?}",
                confirmation.unticked
            );
            let shown = confirmation.shown.as_ref();
            assert!(
                matches!(before.front, Front::Help(_))
                    || shown.is_some_and(|shown| shown.is(&confirmation.request)),
                "something else stood on the screen than would be sent: {shown:#?}"
            );
            self.confirmed = Some(confirmation);
            self.tally.confirmations += 1;
        }
    }

    fn judge_effect(
        &mut self,
        effect: &Effect,
        before: &Before,
        event: &Event,
        app: &App,
        sandbox: &Sandbox,
    ) {
        match effect {
            Effect::Create { request, .. } => {
                let confirmed = self.confirmed.take().expect("sent without a confirmation");
                assert!(
                    !self.launch.read_only && !self.launch.dry_run,
                    "sent though nothing may be changed"
                );
                assert_eq!(
                    request.request, confirmed.request,
                    "sent something else than was reviewed"
                );
                assert_eq!(
                    app.work()
                        .and_then(greengroup::app::work::Work::request)
                        .as_ref(),
                    Some(&confirmed.request)
                );
                assert!(
                    confirmed.covers_latest(),
                    "sent though the group had moved: {confirmed:?}"
                );
                let before = world::versions(sandbox, &request.request.group);
                self.sent.push(Sent {
                    request: request.request.clone(),
                    before,
                    effects: Vec::new(),
                });
                self.tally.sent += 1;
            }
            Effect::OpenDraft(_) => {
                self.file = File::Asked;
                self.may_overwrite = false;
            }
            Effect::CloseDraft(_) | Effect::Connect { .. } => self.file = File::Unopened,
            Effect::SaveDraft(draft) => self.saved(draft, before),
            Effect::RemoveDraft(group) => {
                assert!(
                    app.session.created.len() > before.created,
                    "a draft was removed though nothing was created"
                );
                self.kept.remove(group);
                self.may_overwrite = true;
            }
            Effect::Quit(exit) => self.judge_exit(*exit, event, app, sandbox),
            Effect::Ask { .. }
            | Effect::Settle(_)
            | Effect::Copy(_)
            | Effect::StartTimer(..)
            | Effect::Suspend
            | Effect::SaveText { .. }
            | Effect::Redraw => {}
        }
    }

    fn saved(&mut self, draft: &Draft, before: &Before) {
        let kept = Kept {
            draft: draft.clone(),
            steps: self.steps.clone(),
        };
        let old = self.kept.insert(draft.group().clone(), kept);
        if let Some(old) = old.filter(|old| old.draft.differs()) {
            let goes_on = before.draft.as_ref() == Some(&old.draft);
            assert!(
                self.may_overwrite || goes_on,
                "a left draft was overwritten without a word"
            );
        }
        self.may_overwrite = true;
    }

    /// The question about a left draft was answered.
    fn judge_left(&mut self, before: &Before, app: &App) {
        let left = app.work().and_then(|work| work.left.as_ref());
        if let (Some(left), None) = (&before.left, left) {
            self.may_overwrite = true;
            let kept = app.work().and_then(|work| self.kept.get(&work.group));
            if let Some(kept) = kept
                && app.work().and_then(|work| work.draft()) == Some(left)
            {
                self.steps = kept.steps.clone();
                self.tally.resumed += 1;
            }
        }
    }

    fn judge_file(&mut self, file: &DraftFile, app: &App) {
        self.file = File::Known;
        let Some(work) = app.work() else { return };
        let kept = self.kept.get(&work.group).map(|kept| &kept.draft);
        match file {
            DraftFile::None => {
                assert_eq!(kept, None, "a draft was lost");
                self.may_overwrite = true;
            }
            DraftFile::Found { draft, .. } => {
                assert_eq!(Some(&**draft), kept, "another draft is in the file");
                self.may_overwrite |= !draft.differs();
            }
            other => panic!("nobody else was there and nothing was damaged: {other:?}"),
        }
    }

    /// What is in memory is in the file, but for a draft in which nothing was done.
    fn judge_saved(&self, app: &App) {
        let Some((work, draft)) = app.work().and_then(|work| Some((work, work.draft()?))) else {
            return;
        };
        let is_untouched = !draft.differs() && !draft.can_undo() && !draft.can_redo();
        if is_untouched
            || work.left.is_some()
            || self.file == File::Asked
            || app.session.connected().is_none()
        {
            return;
        }
        let kept = self.kept.get(&work.group).map(|kept| &kept.draft);
        assert_eq!(
            kept,
            Some(draft),
            "the draft in memory is not the one that was saved ({:?})",
            self.file
        );
    }

    /// The groups that have a draft in which something differs.
    pub(super) fn left_behind(&self) -> Vec<GroupId> {
        let left = self.kept.iter().filter(|(_, kept)| kept.draft.differs());
        left.map(|(group, _)| group.clone()).collect()
    }

    /// The group is open again, and the draft in it holds what was left.
    pub(super) fn is_resumed(&self, group: &GroupId, app: &App) {
        let draft = app.work().and_then(|work| work.draft());
        let draft = draft.unwrap_or_else(|| panic!("{group} was not opened"));
        let kept = &self.kept[group].draft;
        assert_eq!(
            draft.slots(),
            kept.slots(),
            "the draft of {group} was not taken up"
        );
    }

    fn judge_outcome(&mut self, app: &App, sandbox: &Sandbox) {
        let Some(Screen::Outcome(outcome)) = app.screen() else {
            return;
        };
        if let Verdict::DryRun = outcome.result {
            assert!(self.launch.dry_run && self.sent.is_empty());
            return;
        }
        let sent = self.sent.last().expect("an outcome of nothing");
        assert_eq!(
            outcome.request, sent.request,
            "the outcome of another request"
        );
        match &outcome.result {
            Verdict::Created(created) => {
                let version = created.version.as_deref().unwrap();
                assert!(
                    sent.effects.iter().any(|one| **one == *version),
                    "shown as created, and is not"
                );
            }
            Verdict::Failed(error) => assert!(
                sent.effects.is_empty(),
                "shown as failed, and is there: {error}"
            ),
            Verdict::Unknown(_, look) => match look.looked() {
                Looked::Found(version) => {
                    let slots = world::slots_of(sandbox, &sent.request.group, version.as_str());
                    assert_eq!(
                        slots.as_ref(),
                        Some(&sent.request.slots),
                        "found a version that holds something else"
                    );
                    let is_old = sent.before.iter().any(|one| **one == *version.as_str());
                    assert!(!is_old, "found a version that was there before");
                }
                Looked::NotThere => assert!(sent.effects.is_empty(), "not found, and is there"),
                Looked::Looking | Looked::Failed(_) => {}
            },
            Verdict::DryRun => {}
        }
    }

    fn judge_exit(&mut self, exit: Exit, event: &Event, app: &App, sandbox: &Sandbox) {
        assert!(
            !matches!(event, Event::Pasted(_) | Event::Resized { .. }),
            "{event:?} ended the program"
        );
        let effects = self
            .sent
            .iter()
            .map(|sent| sent.effects.len())
            .sum::<usize>();
        match exit {
            Exit::Created => {
                let is_real = app.session.created.iter().all(|created| {
                    let group = GroupId::new(created.id.as_deref().unwrap_or_default());
                    world::slots_of(
                        sandbox,
                        &group,
                        created.version.as_deref().unwrap_or_default(),
                    )
                    .is_some()
                });
                assert!(is_real, "a receipt of nothing");
                assert!(
                    !app.session.created.is_empty() || app.session.rehearsed.is_some(),
                    "exit 0 for nothing"
                );
            }
            Exit::Failed | Exit::NothingCreated => {
                assert_eq!(effects, 0, "{exit:?}, and a version was created");
            }
            Exit::OutcomeUnknown => {
                assert!(!self.sent.is_empty(), "the outcome of nothing is unknown");
                self.tally.unknown += 1;
            }
            Exit::BadArguments => panic!("the arguments were good: {:?}", app.session.farewell),
        }
    }
}

/// What the books ask of the app.
pub(super) trait Shown {
    fn work(&self) -> Option<&greengroup::app::work::Work>;
    fn is_rereading(&self) -> bool;
}

impl Shown for App {
    fn work(&self) -> Option<&greengroup::app::work::Work> {
        self.session.work.as_ref()
    }

    fn is_rereading(&self) -> bool {
        matches!(self.screen(), Some(Screen::Review(review)) if review.stage == greengroup::app::screen::review::Stage::Rereading)
    }
}
