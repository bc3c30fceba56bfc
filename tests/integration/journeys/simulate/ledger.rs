//! The records kept beside the program: confirmed, sent, saved and created things, and their permitted
//! consequences.

mod definitions;
mod deployments;
mod drafts;
mod outcome;

use std::collections::BTreeMap;
use std::sync::Arc;

use greengroup::app::effect::{Effect, TerminalEffect};
use greengroup::app::event::Event;
use greengroup::app::screen::Screen;
use greengroup::app::{App, Launch};
use greengroup::domain::{
    Base, CreateGroupVersion, DefinitionVersionArn, Draft, GroupId, NewVersion, Slots,
};
use greengroup::sandbox::Sandbox;

use super::before::{ARMED_AFTER, Before, Confirmation, Front};
use super::changes::{Editing, Known};
use super::tally::Tally;
use super::world;

/// A state to which undo can return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) base: Base,
    pub(super) slots: Slots,
    /// The versions that the draft would create.
    pub(super) listed: Vec<NewVersion>,
}

impl Point {
    /// The same after a new version was created.
    pub(super) fn created(
        mut self,
        new: &DefinitionVersionArn,
        created: &DefinitionVersionArn,
    ) -> Self {
        self.listed.retain(|one| one.arn() != new);
        if self.slots.version(new.kind()) == Some(new) {
            self.slots.fill(created.clone());
        }
        self
    }
}

/// The undo and redo steps of a draft, recorded independently of the draft.
#[derive(Debug, Clone, Default)]
pub(super) struct Steps {
    pub(super) past: Vec<Point>,
    pub(super) future: Vec<Point>,
}

impl Steps {
    pub(super) fn created(&mut self, new: &DefinitionVersionArn, created: &DefinitionVersionArn) {
        for point in self.past.iter_mut().chain(&mut self.future) {
            *point = point.clone().created(new, created);
        }
    }
}

/// A draft as last passed on for saving.
#[derive(Debug, Clone)]
struct Kept {
    draft: Draft,
    steps: Steps,
}

/// A sent request, and the versions that it created.
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

/// The records of the session over all restarts, and of the running program.
#[derive(Debug)]
pub(super) struct Ledger {
    kept: BTreeMap<GroupId, Kept>,
    counted: BTreeMap<GroupId, usize>,
    pub(super) steps: Steps,
    /// The drafts of closed groups in the memory of the running program.
    parked: BTreeMap<GroupId, Kept>,
    /// The last draft of the open group that this program run saved.
    own: Option<Draft>,
    file: File,
    may_overwrite: bool,
    pub(super) confirmed: Option<Confirmation>,
    sent: Vec<Sent>,
    definitions: definitions::Definitions,
    deployments: deployments::Deployments,
    /// The content in the user's editor.
    pub(super) editing: Option<Editing>,
    launch: Launch,
    pub(super) tally: Tally,
    /// Nothing can be saved.
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
            definitions: definitions::Definitions::in_account(sandbox),
            deployments: deployments::Deployments::default(),
            editing: None,
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

    /// Another program run starts; the memory of the previous one is lost.
    pub(super) fn program_started(&mut self, launch: Launch) {
        self.file = File::Unopened;
        self.confirmed = None;
        self.parked.clear();
        self.own = None;
        self.sent.clear();
        self.definitions.program_started();
        self.editing = None;
        self.launch = launch;
    }

    /// The group was closed with this draft.
    pub(super) fn parked(&mut self, draft: &Draft) {
        let parked = Kept {
            draft: draft.clone(),
            steps: self.steps.clone(),
        };
        self.parked.insert(draft.group().clone(), parked);
        self.own = None;
    }

    /// The steps of a draft that is resumed after its group was closed.
    pub(super) fn taken_up(&mut self, begun: &Draft) -> Option<Steps> {
        let parked = self.parked.remove(begun.group())?;
        if parked.draft != *begun {
            return None;
        }
        self.own = Some(parked.draft);
        Some(parked.steps)
    }

    /// A definition version was created for a closed group, whose draft is in memory.
    fn draft_is_elsewhere(&mut self, group: &GroupId, app: &App) {
        let (new, created) = self.defined(group);
        let is_open = app.work().is_some_and(|work| work.group == *group);
        if let Some(parked) = self.parked.get_mut(group).filter(|_| !is_open) {
            parked.draft.created(&new, &created);
            parked.steps.created(&new, &created);
        }
    }

    /// Another user created a version.
    pub(super) fn someone_created(&mut self, group: &GroupId) {
        *self.counted.get_mut(group).unwrap() += 1;
    }

    /// Records the versions that the program has created since the last call.
    pub(super) fn look_at_account(&mut self, sandbox: &Sandbox) {
        self.look_at_definitions(sandbox);
        let mut gone_on = Vec::new();
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
                gone_on.push((group.clone(), slots));
                sent.effects.push(version);
                assert_eq!(sent.effects.len(), 1, "one confirmation made two versions");
                self.tally.created += 1;
            }
            *counted = count;
        }
        for (group, slots) in gone_on {
            self.note_gone_on(&group, &slots);
        }
    }

    /// Checks one event and all its effects.
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
        if let Event::DefinitionAnswered {
            group,
            answer: Ok(Some(created)),
        } = event
        {
            self.note_defined(group, created, sandbox);
            self.draft_is_elsewhere(group, app);
        }
        super::changes::judge(self, before, event, app, sandbox);
        if let Event::Edited(edited) = event {
            self.judge_edited(edited, before, effects, Known { app, sandbox });
        }
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
            let shown = &confirmation.shown;
            let requests = confirmation.change.requests();
            let is_it = requests.len() == shown.len()
                && requests
                    .iter()
                    .zip(shown)
                    .all(|(request, shown)| shown.is(request));
            assert!(
                matches!(before.front, Front::Help(_)) || is_it,
                "something else stood on the screen than would be sent: {shown:#?}, {requests:#?}"
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
                let may = self.judge_create(&request.create.group);
                assert_eq!(request.create, may, "sent something else than was reviewed");
                assert_eq!(
                    app.work()
                        .and_then(greengroup::app::work::Work::request)
                        .as_ref(),
                    Some(&may)
                );
                let before = world::versions(sandbox, &request.create.group);
                self.sent.push(Sent {
                    request: request.create.clone(),
                    before,
                    effects: Vec::new(),
                });
                self.tally.sent += 1;
            }
            Effect::Define(request) => self.judge_define(request),
            Effect::Deploy(request) => self.judge_deploy(request, before, event, (app, sandbox)),
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
            Effect::Terminal(TerminalEffect::Edit(request)) if matches!(event, Event::Key(_)) => {
                self.editor_opened(before, &request.text);
            }
            Effect::Terminal(TerminalEffect::Quit) => self.judge_exit(event, app, sandbox),
            Effect::Ask { .. }
            | Effect::RecordProbe { .. }
            | Effect::StartTimer(..)
            | Effect::Terminal(_) => {}
        }
    }
}

/// The questions of the ledger to the app.
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
