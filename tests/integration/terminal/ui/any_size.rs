//! Any screen in any state is drawn on a terminal of any size without a panic.

use greengroup::app::Event;
use greengroup::app::key::{Key, KeyPress};
use proptest::prelude::*;

use super::plant::plant;
use super::scenes::{self, SMALL};
use super::stage::Stage;

const SCENES: [fn((u16, u16)) -> Stage; 14] = [
    scenes::groups,
    scenes::loading,
    scenes::nothing,
    scenes::refused_groups,
    scenes::busy,
    scenes::changed,
    scenes::review,
    scenes::protected,
    scenes::moved,
    scenes::created,
    scenes::failed,
    scenes::unknown,
    scenes::rehearsed,
    scenes::left_draft,
];

#[test]
fn every_scene_at_many_sizes() {
    for scene in SCENES {
        let mut stage = scene(SMALL);
        for (width, height) in [
            (1, 1),
            (1, 200),
            (500, 1),
            (2, 3),
            (59, 15),
            (60, 14),
            (60, 15),
            (61, 16),
            (79, 23),
            (99, 35),
            (100, 36),
            (119, 40),
            (120, 15),
            (500, 200),
        ] {
            stage.resize_now((width, height));
            stage.buffer();
        }
    }
}

#[test]
fn unreported_resize_is_drawn_without_panic() {
    for scene in SCENES {
        let mut stage = scene(SMALL);
        for reported in [(60, 15), (200, 80), (500, 200)] {
            for real in [(60, 15), (80, 24), (133, 17), (300, 100)] {
                stage.resize_now(reported);
                stage.size = real;
                stage.buffer();
            }
        }
    }
}

fn key() -> impl Strategy<Value = KeyPress> {
    // The ends of the body are left out, because the state does not contain its length.
    let letters = "jkhl123456 7/x=uUnNovpdwyYbac?";
    let letters: Vec<KeyPress> = letters.chars().map(KeyPress::from).collect();
    let named = [
        Key::Enter,
        Key::Escape,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Backspace,
    ];
    let named: Vec<KeyPress> = named.into_iter().map(KeyPress::plain).collect();
    prop_oneof![prop::sample::select(letters), prop::sample::select(named)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_walk_is_drawn(
        keys in prop::collection::vec(key(), 1..30),
        width in 1_u16..500,
        height in 1_u16..200,
    ) {
        let mut stage = Stage::new(plant(), SMALL);
        stage.press("Home Enter");
        for (place, key) in keys.into_iter().enumerate() {
            stage.feed(Event::Key(key));
            if place % 5 == 4 {
                stage.resize_now((width, height));
                stage.buffer();
                stage.resize_now(SMALL);
            }
        }
        stage.buffer();
        stage.resize_now((width, height));
        stage.buffer();
    }
}
