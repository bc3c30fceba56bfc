//! The events that may change the draft, and their results: no pick is lost, and none appears.

mod written;

pub(super) use written::{Editing, Known};

use greengroup::app::event::Event;
use greengroup::app::session::{Fix, FixAction};
use greengroup::app::{App, Command};
use greengroup::domain::rebase::Side;
use greengroup::domain::{DefinitionKind, Draft, GroupVersionId, PerKind, Slots};
use greengroup::sandbox::Sandbox;

use super::before::{Before, Front};
use super::ledger::{Ledger, Point, Shown, Steps};
use super::world;
use written::{Written, by_command, judge_fix, judge_written};

/// Compares the draft before and after an event.
pub(super) fn judge(
    ledger: &mut Ledger,
    before: &Before,
    event: &Event,
    app: &App,
    sandbox: &Sandbox,
) {
    let after = app.work().and_then(|work| work.draft());
    match (&before.draft, after) {
        (None, None) => {}
        (None, Some(new)) => begun(ledger, event, new, sandbox),
        (Some(old), None) => {
            assert!(matches!(event, Event::Key(_)), "{event:?} closed the group");
            ledger.parked(old);
        }
        (Some(old), Some(new)) if old == new => {}
        // The groups that use a version lead from one group to another.
        (Some(old), Some(new)) if old.group() != new.group() => {
            assert!(matches!(event, Event::Key(_)), "{event:?} closed the group");
            ledger.parked(old);
            begun(ledger, event, new, sandbox);
        }
        (Some(old), Some(new)) => {
            assert_eq!(before.group, app.work().map(|work| work.group.clone()));
            changed(ledger, (before, event), (old, new), app, sandbox);
        }
    }
}

fn begun(ledger: &mut Ledger, event: &Event, begun: &Draft, sandbox: &Sandbox) {
    assert!(
        !matches!(event, Event::Pasted(_) | Event::Resized { .. }),
        "{event:?} began a draft"
    );
    stands_on_its_base(begun, sandbox);
    ledger.steps = ledger.taken_up(begun).unwrap_or_else(|| {
        assert!(
            !begun.is_begun(),
            "a draft began with changes that no user made"
        );
        Steps::default()
    });
}

fn changed(
    ledger: &mut Ledger,
    (before, event): (&Before, &Event),
    (old, new): (&Draft, &Draft),
    app: &App,
    sandbox: &Sandbox,
) {
    let Event::Key(key) = event else {
        return came(ledger, (before, event), (old, new), Known { app, sandbox });
    };
    if before.left.as_ref() == Some(new) {
        return;
    }
    assert_eq!(before.draft.as_ref(), Some(old));
    match before.command() {
        Some(Command::Undo) => {
            assert_eq!(
                ledger.steps.past.pop(),
                Some(point(new)),
                "undo led somewhere else"
            );
            ledger.steps.future.push(point(old));
            let is_taken_back = old
                .new_versions()
                .any(|one| new.new_versions().all(|other| other != one));
            ledger.tally.unwritten += usize::from(is_taken_back);
        }
        Some(Command::Redo) => {
            assert_eq!(
                ledger.steps.future.pop(),
                Some(point(new)),
                "redo led somewhere else"
            );
            ledger.steps.past.push(point(old));
        }
        command if let Some(written) = written_by(command, before, old, Known { app, sandbox }) => {
            ledger.tally.swapped += usize::from(matches!(before.front, Front::Swap(_)));
            ledger.wrote(&written, (old, new), Known { app, sandbox });
        }
        command => {
            let allowed = allowed(before, command, old, sandbox);
            let allowed = allowed.unwrap_or_else(|| {
                panic!(
                    "{key} ({command:?}) in {:?} changed the draft",
                    before.context
                )
            });
            assert!(
                allowed.contains(new.slots()),
                "{key} ({command:?}) put {:?} where {allowed:?} was meant",
                new.slots()
            );
            assert!(
                old.new_versions().eq(new.new_versions()),
                "{key} ({command:?}) lost a written version or made one up"
            );
            ledger.changed_from(old);
            ledger.tally.note_change(before, new, sandbox);
        }
    }
    if let (Front::Fixes(Some(fix)), Some(Command::Open)) = (&before.front, before.command()) {
        judge_fix(fix, app);
        ledger.tally.fixed += 1;
    }
    stands_on_its_base(new, sandbox);
    steps_lead_back(new, &ledger.steps);
}

/// Every undo leads to the state before its step, and every redo to the state after it.
fn steps_lead_back(draft: &Draft, steps: &Steps) {
    let (mut back, mut forth) = (draft.clone(), draft.clone());
    for before in steps.past.iter().rev() {
        assert!(
            back.undo() && point(&back) == *before,
            "undo would lead to {back:?}, not {before:?}"
        );
    }
    for after in steps.future.iter().rev() {
        assert!(
            forth.redo() && point(&forth) == *after,
            "redo would lead to {forth:?}, not {after:?}"
        );
    }
    assert!(
        !back.can_undo() && !forth.can_redo(),
        "there are more steps than were made"
    );
}

/// An event other than a key changes the draft only if it comes from the editor or the service.
fn came(
    ledger: &mut Ledger,
    (before, event): (&Before, &Event),
    (old, new): (&Draft, &Draft),
    known: Known<'_>,
) {
    match event {
        Event::Edited(edited) => {
            let edited = edited.as_ref().expect("a failed editor changes nothing");
            let written = ledger
                .by_editor(edited)
                .expect("what is no JSON changes nothing");
            ledger.wrote(&[written], (old, new), known);
        }
        Event::DefinitionAnswered { group, .. } => {
            let (written, created) = ledger.defined(group);
            ledger.steps.created(&written, &created);
            assert_eq!(
                point(new),
                point(old).created(&written, &created),
                "a created version changed something else"
            );
            steps_lead_back(new, &ledger.steps);
        }
        _ => {
            assert_eq!(
                known.app.session.submissions().created().count(),
                before.created + 1,
                "{event:?} changed the draft"
            );
            assert_eq!(old.slots(), new.slots(), "{event:?} changed the slots");
            assert!(!new.differs() && !new.can_undo() && !new.can_redo());
            ledger.steps = Steps::default();
        }
    }
}

fn point(draft: &Draft) -> Point {
    // A content that was written twice has the origin of the last writing, in earlier steps too.
    let written = draft.new_versions().cloned().map(|mut version| {
        version.from = None;
        version.latest = None;
        version
    });
    Point {
        base: draft.base().clone(),
        slots: draft.slots().clone(),
        listed: written.collect(),
    }
}

/// The contents that a command writes; none for other commands.
fn written_by(
    command: Option<Command>,
    before: &Before,
    old: &Draft,
    known: Known<'_>,
) -> Option<Vec<Written>> {
    (command == Some(Command::Open)).then(|| by_command(before, old, known))?
}

impl Ledger {
    /// The draft was changed, and one undo restores it.
    fn changed_from(&mut self, old: &Draft) {
        self.steps.past.push(point(old));
        self.steps.future.clear();
    }

    fn wrote(&mut self, written: &[Written], (old, new): (&Draft, &Draft), known: Known<'_>) {
        judge_written(written, old, new, known);
        // The same content from another version is no step.
        if point(old) != point(new) {
            self.changed_from(old);
        }
        steps_lead_back(new, &self.steps);
    }
}

/// The slots that a command may result in; none if it may change nothing.
fn allowed(
    before: &Before,
    command: Option<Command>,
    old: &Draft,
    sandbox: &Sandbox,
) -> Option<Vec<Slots>> {
    let mut slots = old.slots().clone();
    let version =
        |version: &GroupVersionId| world::slots_of(sandbox, old.group(), version.as_str());
    match (&before.front, command?) {
        (Front::Screen | Front::Help(_), Command::Open | Command::PickAndStay) => {
            let picked = before.highlighted.clone()?;
            assert_eq!(
                before.focus,
                Some(picked.kind()),
                "a version of another kind was picked"
            );
            slots.fill(picked);
        }
        (Front::Screen | Front::Help(_), Command::Empty) => slots.empty(before.focus?),
        (Front::Screen | Front::Help(_), Command::Reset) => {
            slots.copy_from(&old.base().slots, before.focus?);
        }
        (Front::History(Some(chosen)), Command::Open) => slots = version(chosen)?,
        (Front::History(Some(chosen)), Command::Tick) => {
            slots.copy_from(&version(chosen)?, before.focus?);
        }
        (
            Front::Fixes(Some(Fix {
                action: FixAction::Pick(picked),
                ..
            })),
            Command::Open,
        ) => {
            // Another user may have deleted its definition since it was loaded.
            let is_listed = old.new_versions().any(|one| one.arn() == picked);
            assert!(
                is_listed || !picked.is_new(),
                "a fix picked {picked}, which is nowhere"
            );
            slots.fill(picked.clone());
        }
        (Front::Moved { latest, sides, .. }, Command::Open) => {
            let theirs = version(latest)?;
            return Some(vec![rebased(old, &theirs, sides)]);
        }
        _ => return None,
    }
    Some(vec![slots])
}

/// The draft's slot if only it changed, theirs if only they changed it, the chosen side in a conflict.
fn rebased(old: &Draft, theirs: &Slots, sides: &PerKind<Option<Side>>) -> Slots {
    let base = &old.base().slots;
    let mut slots = old.slots().clone();
    for kind in DefinitionKind::ALL {
        let is_mine_changed = old.slots().get(kind) != base.get(kind);
        let is_theirs_changed = theirs.get(kind) != base.get(kind);
        let takes_theirs = match (is_mine_changed, is_theirs_changed) {
            (false, _) => true,
            (true, false) => false,
            (true, true) => sides[kind] == Some(Side::Theirs),
        };
        if takes_theirs {
            slots.copy_from(theirs, kind);
        }
    }
    slots
}

/// The base of a draft has the same slots as in the account, including text that is not an ARN.
fn stands_on_its_base(draft: &Draft, sandbox: &Sandbox) {
    let slots = match &draft.base().version {
        Some(version) => {
            world::slots_of(sandbox, draft.group(), version.as_str()).expect("the base exists")
        }
        None => Slots::default(),
    };
    assert_eq!(draft.base().slots, slots, "the base was read wrongly");
}
