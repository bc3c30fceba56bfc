//! Prints every scene, to be looked at: `cargo test --test integration -- --ignored --nocapture look`.

use super::scenes;
use super::stage::Stage;

fn show(name: &str, stage: &Stage) {
    println!("=== {name}\n{}", stage.screen());
}

#[test]
#[ignore = "for eyes only"]
fn look() {
    let size = match std::env::var("SIZE").ok().as_deref() {
        Some("large") => scenes::LARGE,
        _ => scenes::SMALL,
    };
    show("groups", &scenes::groups(size));
    show("assemble", &scenes::assemble(size));
    show("busy", &scenes::busy(size));
    show("changed", &scenes::changed(size));
    show("review", &scenes::review(size));
    show("armed", &scenes::armed(size));
    show("created", &scenes::created(size));
    show("failed", &scenes::failed(size));
    show("unknown", &scenes::unknown(size));
    show("rehearsed", &scenes::rehearsed(size));
    show("moved review", &scenes::moved_review(size));
    show("moved", &scenes::moved(size));
    show("loading", &scenes::loading(size));
    show("protected", &scenes::protected(size));
    show("read only", &scenes::read_only(size));
    show("empty slot", &scenes::empty_slot(size));
    show("nothing", &scenes::nothing(size));
    show("refused groups", &scenes::refused_groups(size));
    for (name, keys) in [
        ("help", "3 ?"),
        ("calls", "!"),
        ("reader", "3 g p"),
        ("diff", "3 g d"),
        ("search", "3 g p / c a m"),
        ("history", "b"),
        ("users", "3 G w"),
        ("contexts", "c"),
        ("question", "3 g Enter q"),
        ("plain text", "Y"),
        ("content", "3 g p"),
        ("review expanded", "3 g Enter a d PgDn"),
        ("review list", "3 g Enter a n n"),
        ("review end", "3 g Enter a G"),
    ] {
        let mut stage = scenes::assemble(size);
        stage.press(keys);
        show(name, &stage);
    }
}
