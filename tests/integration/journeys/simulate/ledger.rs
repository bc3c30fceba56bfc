//! The books that are kept beside the program: what was confirmed, sent, saved and created, and what may follow from it.

mod deployments;
mod drafts;
mod outcome;

use std::collections::BTreeMap;
use std::sync::Arc;

use greengroup::app::effect::{Effect, TerminalEffect};
use greengroup::app::event::Event;
use greengroup::app::screen::Screen;
use greengroup::app::{App, Launch};
use greengroup::domain::{Base, CreateGroupVersion, Draft, GroupId, Slots};
use greengroup::sandbox::Sandbox;

use super::before::{ARMED_AFTER, Before, Confirmation, Front};
use super::tally::Tally;
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
    /// What the running program itself saved last of the group that is open.
    own: Option<Draft>,
    file: File,
    may_overwrite: bool,
    pub(super) confirmed: Option<Confirmation>,
    sent: Vec<Sent>,
    deployments: deployments::Deployments,
    launch: Launch,
    pub(super) tally: Tally,
    /// Nothing that is saved arrives on the disk.
    pub(super) is_disk_full: bool,
}

impl Ledger {
    pub(super) fn new(sandbox: &Sandbox) -> Self {
        let mut ledger = Self {
            kept: BTreeMap::new(),
            counted: BTreeMap::new(),
            steps: Steps::default(),
            parked: BTreeMap::new(),
            own: None,
            file: File::Unopened,
            may_overwrite: false,
            confirmed: None,
            sent: Vec::new(),
            deployments: deployments::Deployments::default(),
            launch: Launch::default(),
            tally: Tally::default(),
            is_disk_full: false,
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
        self.own = None;
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
        self.own = None;
    }

    /// The steps of a draft that goes on where its group was closed.
    pub(super) fn taken_up(&mut self, begun: &Draft) -> Option<Steps> {
        let parked = self.parked.remove(begun.group())?;
        if parked.draft != *begun {
            return None;
        }
        self.own = Some(parked.draft);
        Some(parked.steps)
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
        self.tally.note_question(before, app);
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
        self.judge_deployments(app, sandbox);
    }

    fn note_confirmation(&mut self, before: &Before, event: &Event, app: &App) {
        if app.is_rereading() && !before.is_rereading {
            let confirmation = before
                .confirmation(event)
                .expect("Create was entered by something that is no Enter on its button");
            assert!(
                confirmation.armed_for >= ARMED_AFTER,
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
            let differs = before.draft.as_ref().is_some_and(Draft::differs);
            self.tally.confirmed_changes += usize::from(differs);
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
            Effect::Create(request) => {
                let confirmed = self.confirmed.take().expect("sent without a confirmation");
                assert!(
                    !self.launch.read_only && !self.launch.dry_run,
                    "sent though nothing may be changed"
                );
                assert_eq!(
                    request.create, confirmed.request,
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
                let before = world::versions(sandbox, &request.create.group);
                self.sent.push(Sent {
                    request: request.create.clone(),
                    before,
                    effects: Vec::new(),
                });
                self.tally.sent += 1;
            }
            Effect::Deploy(request) => self.judge_deploy(request, before, event, (app, sandbox)),
            // No session of the simulator writes a definition version.
            Effect::Define(request) => panic!("sent without a confirmation: {request:?}"),
            Effect::OpenDraft { .. } => {
                self.file = File::Asked;
                self.may_overwrite = false;
            }
            Effect::CloseDraft(_) | Effect::Connect { .. } => self.file = File::Unopened,
            Effect::SaveDraft(draft) => self.saved(draft, before, app),
            Effect::RemoveDraft(group) => {
                assert!(
                    app.session.submissions().created().count() > before.created,
                    "a draft was removed though nothing was created"
                );
                let is_open = app.work().is_none_or(|work| work.not_kept.is_none());
                if !self.is_disk_full && is_open {
                    self.kept.remove(group);
                }
                self.may_overwrite = true;
            }
            Effect::Terminal(TerminalEffect::Quit) => self.judge_exit(event, app, sandbox),
            Effect::Ask { .. }
            | Effect::RecordProbe { .. }
            | Effect::StartTimer(..)
            | Effect::Terminal(_) => {}
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
        self.session.work()
    }

    fn is_rereading(&self) -> bool {
        matches!(self.screen(), Screen::Review(review) if review.stage == greengroup::app::screen::review::ReviewStage::Rereading)
    }
}
