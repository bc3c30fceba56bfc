//! A draft moved to a newer version: no change is lost and no slot is dropped.

use greengroup::domain::rebase::{Merge, Rebase, Side};
use greengroup::domain::{DefinitionKind, PerKind, Slots};
use proptest::option;
use proptest::prelude::*;
use rstest::rstest;

const KIND: DefinitionKind = DefinitionKind::Function;

fn arn(kind: DefinitionKind, version: &str) -> String {
    let segment = kind.path_segment();
    format!(
        "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/{segment}/a/versions/{version}"
    )
}

fn slots(version: Option<&str>) -> Slots {
    let mut slots = Slots::default();
    if let Some(version) = version {
        slots.fill_verbatim(KIND, &arn(KIND, version));
    }
    slots
}

#[rstest]
#[case::untouched(Some("1"), Some("1"), Some("1"), Merge::Same, Some("1"))]
#[case::empty_everywhere(None, None, None, Merge::Same, None)]
#[case::i_picked(Some("1"), Some("2"), Some("1"), Merge::Mine, Some("2"))]
#[case::i_dropped(Some("1"), None, Some("1"), Merge::Mine, None)]
#[case::i_added(None, Some("1"), None, Merge::Mine, Some("1"))]
#[case::they_picked(Some("1"), Some("1"), Some("2"), Merge::Theirs, Some("2"))]
#[case::they_dropped(Some("1"), Some("1"), None, Merge::Theirs, None)]
#[case::they_added(None, None, Some("1"), Merge::Theirs, Some("1"))]
#[case::both_picked_the_same(Some("1"), Some("2"), Some("2"), Merge::Same, Some("2"))]
#[case::both_dropped(Some("1"), None, None, Merge::Same, None)]
fn one_slot(
    #[case] ancestor: Option<&str>,
    #[case] mine: Option<&str>,
    #[case] theirs: Option<&str>,
    #[case] merge: Merge,
    #[case] outcome: Option<&str>,
) {
    let rebase = Rebase::between(&slots(ancestor), &slots(mine), &slots(theirs));
    assert_eq!(rebase.merge(KIND), merge);
    assert_eq!(rebase.resolve(&PerKind::default()), Some(slots(outcome)));
}

#[rstest]
#[case::two_picks(Some("2"), Some("3"))]
#[case::a_pick_and_a_drop(Some("2"), None)]
#[case::a_drop_and_a_pick(None, Some("3"))]
fn a_conflict_waits_for_a_choice(#[case] mine: Option<&str>, #[case] theirs: Option<&str>) {
    let rebase = Rebase::between(&slots(Some("1")), &slots(mine), &slots(theirs));
    assert_eq!(rebase.conflicts().collect::<Vec<_>>(), [KIND]);
    assert_eq!(rebase.resolve(&PerKind::default()), None);
    for (side, outcome) in [(Side::Mine, mine), (Side::Theirs, theirs)] {
        let mut choices = PerKind::default();
        choices[KIND] = Some(side);
        assert_eq!(rebase.resolve(&choices), Some(slots(outcome)));
    }
}

/// Few versions, so that they repeat, and a text that is not an ARN.
fn any_slots() -> impl Strategy<Value = Slots> {
    let held = || option::of(prop::sample::select(vec!["1", "2", "3", "junk"]));
    prop::array::uniform7(held()).prop_map(|held| {
        let mut slots = Slots::default();
        for (kind, version) in DefinitionKind::ALL.into_iter().zip(held) {
            match version {
                Some("junk") => slots.fill_verbatim(kind, "junk"),
                Some(version) => slots.fill_verbatim(kind, &arn(kind, version)),
                None => {}
            }
        }
        slots
    })
}

fn any_choices() -> impl Strategy<Value = PerKind<Option<Side>>> {
    let side = prop::sample::select(vec![Side::Mine, Side::Theirs]);
    prop::array::uniform7(side).prop_map(|sides| PerKind::from_fn(|kind| Some(sides[kind.index()])))
}

proptest! {
    #[test]
    fn with_nothing_of_mine_it_is_theirs(base in any_slots(), theirs in any_slots(), choices in any_choices()) {
        let rebase = Rebase::between(&base, &base, &theirs);
        prop_assert_eq!(rebase.conflicts().count(), 0);
        prop_assert_eq!(rebase.resolve(&choices), Some(theirs));
    }

    #[test]
    fn with_nothing_of_theirs_it_is_mine(base in any_slots(), mine in any_slots(), choices in any_choices()) {
        let rebase = Rebase::between(&base, &mine, &base);
        prop_assert_eq!(rebase.conflicts().count(), 0);
        prop_assert_eq!(rebase.resolve(&choices), Some(mine));
    }

    #[test]
    fn equal_changes_are_no_conflict(base in any_slots(), both in any_slots()) {
        let rebase = Rebase::between(&base, &both, &both);
        prop_assert_eq!(rebase.conflicts().count(), 0);
        prop_assert_eq!(rebase.resolve(&PerKind::default()), Some(both));
    }

    #[test]
    fn nothing_is_dropped_that_neither_side_dropped(
        base in any_slots(), mine in any_slots(), theirs in any_slots(), choices in any_choices()
    ) {
        let outcome = Rebase::between(&base, &mine, &theirs).resolve(&choices).unwrap();
        for kind in DefinitionKind::ALL {
            let held = [&mine, &theirs].map(|side| side.get(kind));
            if held.iter().all(Option::is_some) {
                prop_assert!(outcome.get(kind).is_some(), "{} was dropped", kind);
            }
            prop_assert!(held.contains(&outcome.get(kind)), "{} has no source", kind);
        }
    }

    #[test]
    fn a_change_of_one_side_alone_is_kept(
        base in any_slots(), mine in any_slots(), theirs in any_slots(), choices in any_choices()
    ) {
        let rebase = Rebase::between(&base, &mine, &theirs);
        let outcome = rebase.resolve(&choices).unwrap();
        for kind in DefinitionKind::ALL {
            if mine.get(kind) == base.get(kind) {
                prop_assert_eq!(outcome.get(kind), theirs.get(kind));
            } else if theirs.get(kind) == base.get(kind) {
                prop_assert_eq!(outcome.get(kind), mine.get(kind));
            }
        }
    }
}
