//! The requests of a confirmed change: the reviewed ones are sent in order and once, and nothing is created
//! twice.
//!
//! Each rule was seen to fail with the change of the program next to it:
//!
//! | rule | change that violates it | seed |
//! |---|---|---|
//! | one request creates one definition version | an unknown answer counts as not sent | 77 |
//! | nothing is created twice | no look for an earlier version after a lost response | 77 |
//! | a version shown as failed or not sent does not exist | a lost response counts as a failure, or as not sent | 77 |
//! | a version shown as created exists | a version with any content counts as found | 49 |
//! | the order of requests | the last request goes first | 27 |
//! | the group version has all of its definition versions | only the first of them is sent | 27 |
//! | the shown requests are sent | an empty body; the last body under each request; a NEW id in the group version | 5 |
//! | the exit status | a stopped change counts as nothing created | 183 |
//! | Enter has no effect on a screen that is too small | it has | 231 |
//! | a slot has the version written for it | `Draft::write` puts another content there | 21 |
//! | a fix removes its finding | other fixes are offered | 57 |
//! | an edited text becomes the next version of its definition | any version with the same content is used | 159 |
//! | no text, no new version and no undo step is lost | no second editor; an earlier draft dropped; `undo` keeps a row | 9, 162, 5 |
//!
//! A replacement that stops at the first place of a content is not detected: no content of the simulator has
//! a text twice.

use std::collections::HashSet;

use greengroup::app::App;
use greengroup::app::effect::DefineRequest;
use greengroup::app::screen::Screen;
use greengroup::app::submission::{DefinitionState, Submission};
use greengroup::domain::{
    CreateDefinitionVersion, CreateGroupVersion, CreatedDefinitionVersion, DefinitionTarget,
    DefinitionVersionArn, GroupChange, GroupId, NewVersion, Slots,
};
use greengroup::sandbox::Sandbox;
use serde_json::Value;

use super::Ledger;
use crate::journeys::simulate::world::{self, HeldVersion};

/// A confirmed change of a group, with the requests sent so far.
#[derive(Debug)]
pub(super) struct Submitted {
    number: usize,
    change: GroupChange,
    new: Vec<NewVersion>,
    /// The request bodies shown on the screen, definition versions first.
    shown: Vec<Value>,
    /// For each sent definition version, its versions in the account.
    effects: Vec<Vec<DefinitionVersionArn>>,
    /// The created versions, as reported to the program.
    created: Vec<DefinitionVersionArn>,
    is_group_sent: bool,
}

/// A definition version that the program has created.
#[derive(Debug)]
struct Made {
    arn: DefinitionVersionArn,
    request: CreateDefinitionVersion,
    /// The number of the confirmation.
    confirmation: usize,
}

/// The records about definition versions.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// The changes confirmed in the running program.
    submitted: Vec<Submitted>,
    confirmations: usize,
    /// Over all restarts.
    made: Vec<Made>,
    known: HashSet<DefinitionVersionArn>,
    count: usize,
}

impl Definitions {
    pub(super) fn in_account(sandbox: &Sandbox) -> Self {
        let mut definitions = Self::default();
        definitions.others_acted(sandbox);
        definitions
    }

    /// Marks everything in the account as known or created by others.
    fn others_acted(&mut self, sandbox: &Sandbox) {
        let all = world::definition_versions(sandbox).into_iter();
        self.known.extend(all.map(|version| version.arn));
        self.count = world::count_definition_versions(sandbox);
    }

    pub(super) fn program_started(&mut self) {
        self.submitted.clear();
    }

    fn last_of(&self, group: &GroupId) -> Option<&Submitted> {
        let mut all = self.submitted.iter().rev();
        all.find(|one| one.change.create.group == *group)
    }

    fn last_of_mut(&mut self, group: &GroupId) -> Option<&mut Submitted> {
        let mut all = self.submitted.iter_mut().rev();
        all.find(|one| one.change.create.group == *group)
    }

    /// The number of definition versions created by the running program.
    pub(super) fn effects(&self) -> usize {
        let effects = self.submitted.iter().flat_map(|one| &one.effects);
        effects.map(Vec::len).sum()
    }

    /// True if the running program has sent a request for a definition version.
    pub(super) fn is_any_sent(&self) -> bool {
        self.submitted.iter().any(|one| !one.effects.is_empty())
    }
}

impl Submitted {
    /// The reviewed slots, with the created versions instead of the new ones.
    fn slots(&self) -> Slots {
        let mut slots = self.change.create.slots.clone();
        for (new, created) in self.new.iter().zip(&self.created) {
            assert_eq!(slots.version(new.kind()), Some(new.arn()));
            slots.fill(created.clone());
        }
        slots
    }
}

/// True for a version with exactly this content in the intended definition.
fn is_of(version: &HeldVersion, target: &DefinitionTarget, body: &Value) -> bool {
    match target {
        DefinitionTarget::Existing(id) => {
            version.arn.definition() == id.as_str() && version.content == *body
        }
        DefinitionTarget::New(name) => {
            version.name.as_ref() == Some(name)
                && body["Name"] == **name
                && version.content == body["InitialVersion"]
        }
    }
}

impl Ledger {
    /// Another user has changed the account.
    pub(in crate::journeys::simulate) fn others_acted(&mut self, sandbox: &Sandbox) {
        self.definitions.others_acted(sandbox);
    }

    /// True between the first and the last request of a change.
    pub(in crate::journeys::simulate) fn is_between_requests(&self) -> bool {
        let last = self.definitions.submitted.last();
        last.is_some_and(|last| !last.effects.is_empty() && !last.is_group_sent)
    }

    /// The confirmed change is being sent.
    fn submit(&mut self) {
        let Some(confirmed) = self.confirmed.take() else {
            return;
        };
        assert!(
            !self.launch.read_only && !self.launch.dry_run,
            "sent though nothing may be changed"
        );
        assert!(
            confirmed.covers_latest(),
            "sent though the group had moved: {confirmed:?}"
        );
        self.definitions.confirmations += 1;
        self.definitions.submitted.push(Submitted {
            number: self.definitions.confirmations,
            shown: match confirmed.shown.as_slice() {
                // Confirmed over the help, which hides the requests.
                [] => confirmed
                    .change
                    .requests()
                    .into_iter()
                    .map(|one| one.body)
                    .collect(),
                shown => shown.iter().map(|one| one.body.clone()).collect(),
            },
            change: confirmed.change,
            new: confirmed.new,
            effects: Vec::new(),
            created: Vec::new(),
            is_group_sent: false,
        });
    }

    pub(super) fn judge_define(&mut self, request: &DefineRequest) {
        if request.looks_only {
            return;
        }
        self.submit();
        let submitted = self.definitions.last_of_mut(&request.group);
        let submitted = submitted.expect("sent without a confirmation");
        let place = submitted.effects.len();
        assert_eq!(
            Some(&request.create),
            submitted.change.definitions.get(place),
            "sent something else than was reviewed"
        );
        assert_eq!(
            submitted.created.len(),
            place,
            "sent before the one before it was created"
        );
        submitted.effects.push(Vec::new());
    }

    /// The request for the group version that may now be sent.
    pub(super) fn judge_create(&mut self, group: &GroupId) -> CreateGroupVersion {
        self.submit();
        let submitted = self.definitions.last_of_mut(group);
        let submitted = submitted.expect("sent without a confirmation");
        assert!(
            !submitted.is_group_sent,
            "sent twice after one confirmation"
        );
        assert_eq!(
            submitted.created.len(),
            submitted.change.definitions.len(),
            "sent without all of its definition versions"
        );
        submitted.is_group_sent = true;
        CreateGroupVersion {
            group: group.clone(),
            slots: submitted.slots(),
        }
    }

    /// Records that the program knows of a created definition version.
    pub(super) fn note_defined(
        &mut self,
        group: &GroupId,
        created: &CreatedDefinitionVersion,
        sandbox: &Sandbox,
    ) {
        let submitted = self.definitions.last_of_mut(group);
        let submitted = submitted.expect("an answer to nothing");
        let place = submitted.created.len();
        let target = &submitted.change.definitions[place].target;
        let version = world::definition_version(sandbox, &created.arn);
        let is_it = version.is_some_and(|version| is_of(&version, target, &submitted.shown[place]));
        assert!(is_it, "taken for created, and is not: {}", created.arn);
        submitted.created.push(created.arn.clone());
        self.tally.found += usize::from(created.request_id.is_none());
    }

    /// The last version created for a group: in the draft, and in the account.
    pub(in crate::journeys::simulate) fn defined(
        &self,
        group: &GroupId,
    ) -> (DefinitionVersionArn, DefinitionVersionArn) {
        let submitted = self
            .definitions
            .last_of(group)
            .expect("an answer to nothing");
        let created = submitted.created.last().expect("nothing was created");
        let new = &submitted.new[submitted.created.len() - 1];
        (new.arn().clone(), created.clone())
    }

    /// Records the definition versions that the program has created since the last call.
    pub(super) fn look_at_definitions(&mut self, sandbox: &Sandbox) {
        if world::count_definition_versions(sandbox) == self.definitions.count {
            return;
        }
        let all = world::definition_versions(sandbox);
        for version in &all {
            if self.definitions.known.insert(version.arn.clone()) {
                self.judge_made(version, &all);
            }
        }
        self.definitions.count = all.len();
    }

    fn judge_made(&mut self, version: &HeldVersion, all: &[HeldVersion]) {
        let Definitions {
            submitted, made, ..
        } = &mut self.definitions;
        let submitted = submitted
            .last_mut()
            .expect("a definition version appeared though nothing was sent");
        let place = submitted.effects.len();
        let place = place
            .checked_sub(1)
            .expect("a definition version was made before it was sent");
        let request = &submitted.change.definitions[place];
        assert!(
            is_of(version, &request.target, &submitted.shown[place]),
            "the account got another content than a review showed: {version:?}"
        );
        let effects = &mut submitted.effects[place];
        effects.push(version.arn.clone());
        assert_eq!(
            effects.len(),
            1,
            "one confirmed request made two definition versions"
        );
        let is_still_there = |one: &Made| {
            let mut all = all.iter();
            let held = all.find(|version| version.arn == one.arn);
            held.is_some_and(|held| {
                held.is_latest || matches!(one.request.target, DefinitionTarget::Existing(_))
            })
        };
        let earlier = made
            .iter()
            .find(|one| one.request == *request && is_still_there(one));
        assert!(
            earlier.is_none(),
            "created again what an earlier confirmation had created: {version:?}"
        );
        let is_first = matches!(request.target, DefinitionTarget::New(_));
        made.push(Made {
            arn: version.arn.clone(),
            request: request.clone(),
            confirmation: submitted.number,
        });
        self.tally.defined += 1;
        self.tally.defined_first += usize::from(is_first);
    }

    /// Records whether a new group version contains versions of an earlier confirmation.
    pub(super) fn note_gone_on(&mut self, group: &GroupId, slots: &Slots) {
        let number = self.definitions.last_of(group).map(|one| one.number);
        let is_earlier = |one: &Made| {
            Some(one.confirmation) != number && slots.version(one.arn.kind()) == Some(&one.arn)
        };
        let has_gone_on = self.definitions.made.iter().any(is_earlier);
        self.tally.gone_on += usize::from(has_gone_on);
    }

    /// True if the last confirmed request for the group version was sent.
    pub(super) fn is_group_sent(&self, group: &GroupId) -> bool {
        self.definitions
            .last_of(group)
            .is_some_and(|one| one.is_group_sent)
    }

    /// The outcome shown for each definition version matches the account.
    pub(super) fn judge_fates(&self, app: &App, sandbox: &Sandbox) {
        let Some(submission) = shown_submission(app) else {
            return;
        };
        let submitted = self.definitions.last_of(&submission.group);
        for (place, step) in submission.definitions.iter().enumerate() {
            let effects = submitted.and_then(|one| one.effects.get(place));
            let is_there = effects.is_some_and(|effects| !effects.is_empty());
            match &step.state {
                // Another user may have deleted the definition since then.
                DefinitionState::Created(created) => {
                    let was_there = self.definitions.known.contains(&created.arn);
                    assert!(was_there, "shown as created, and is not there");
                    if let Some(held) = world::definition_version(sandbox, &created.arn) {
                        assert_eq!(held.content, step.request.create.content.to_json());
                    }
                }
                DefinitionState::Failed(error) => {
                    assert!(!is_there, "shown as failed, and is there: {error}");
                }
                DefinitionState::Waiting => assert!(!is_there, "shown as not sent, and is there"),
                DefinitionState::Rehearsed => assert!(self.launch.dry_run && !is_there),
                DefinitionState::Sending
                | DefinitionState::Unknown(_)
                | DefinitionState::Looking(_) => {}
            }
        }
    }
}

fn shown_submission(app: &App) -> Option<&Submission> {
    match app.screen() {
        Screen::Outcome(outcome) => outcome.submission(&app.session),
        _ => None,
    }
}
