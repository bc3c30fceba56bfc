//! Which events may change the draft, and into what: no pick is lost, none is made up.

use greengroup::app::event::Event;
use greengroup::app::{App, Command};
use greengroup::domain::rebase::Side;
use greengroup::domain::{DefinitionKind, Draft, GroupVersionId, PerKind, Slots};
use greengroup::sandbox::Sandbox;

use super::before::{Before, Front};
use super::ledger::{Ledger, Point, Shown, Steps};
use super::world;

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
        (None, Some(begun)) => {
            assert!(
                !matches!(event, Event::Pasted(_) | Event::Resized { .. }),
                "{event:?} began a draft"
            );
            stands_on_its_base(begun, sandbox);
            ledger.steps = ledger.taken_up(begun).unwrap_or_else(|| {
                assert!(
                    !begun.differs(),
                    "a draft began with changes that no user made"
                );
                Steps::default()
            });
        }
        (Some(old), None) => {
            assert!(matches!(event, Event::Key(_)), "{event:?} closed the group");
            ledger.parked(old);
        }
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) => {
            assert_eq!(before.group, app.work().map(|work| work.group.clone()));
            changed(ledger, (before, event), (old, new), app, sandbox);
        }
    }
}

fn changed(
    ledger: &mut Ledger,
    (before, event): (&Before, &Event),
    (old, new): (&Draft, &Draft),
    app: &App,
    sandbox: &Sandbox,
) {
    let Event::Key(key) = event else {
        assert_eq!(
            app.session.submissions().created().count(),
            before.created + 1,
            "{event:?} changed the draft"
        );
        assert_eq!(old.slots(), new.slots(), "{event:?} changed the slots");
        assert!(!new.differs() && !new.can_undo() && !new.can_redo());
        ledger.steps = Steps::default();
        return;
    };
    if before.left.as_ref() == Some(new) {
        return;
    }
    assert_eq!(before.draft.as_ref(), Some(old));
    let point = |draft: &Draft| -> Point { (draft.base().clone(), draft.slots().clone()) };
    match before.command() {
        Some(Command::Undo) => {
            assert_eq!(
                ledger.steps.past.pop(),
                Some(point(new)),
                "undo led somewhere else"
            );
            ledger.steps.future.push(point(old));
        }
        Some(Command::Redo) => {
            assert_eq!(
                ledger.steps.future.pop(),
                Some(point(new)),
                "redo led somewhere else"
            );
            ledger.steps.past.push(point(old));
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
            ledger.steps.past.push(point(old));
            ledger.steps.future.clear();
            ledger.tally.note_change(before, new, sandbox);
        }
    }
    stands_on_its_base(new, sandbox);
    assert_eq!(new.can_undo(), !ledger.steps.past.is_empty());
    assert_eq!(new.can_redo(), !ledger.steps.future.is_empty());
}

/// The slots that may come of a command; none where it may change nothing.
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
        (Front::Moved { latest, sides, .. }, Command::Open) => {
            let theirs = version(latest)?;
            return Some(vec![rebased(old, &theirs, sides)]);
        }
        _ => return None,
    }
    Some(vec![slots])
}

/// Mine where only I changed a slot, theirs where only they did, the chosen side where both did.
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

/// The base of a draft holds what the account holds, text that is no ARN included.
fn stands_on_its_base(draft: &Draft, sandbox: &Sandbox) {
    let slots = match &draft.base().version {
        Some(version) => {
            world::slots_of(sandbox, draft.group(), version.as_str()).expect("the base exists")
        }
        None => Slots::default(),
    };
    assert_eq!(draft.base().slots, slots, "the base was read wrongly");
}
