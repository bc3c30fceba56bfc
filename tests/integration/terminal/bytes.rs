//! The bytes of each user action on the wire, at 120x40.

use super::list::{Picture, rows};
use super::replay::Pair;

#[test]
fn list_screen_bytes_stay_within_limits() {
    let rows = rows(500);
    let mut pair = Pair::new(120, 40);
    let mut picture = Picture::new(&rows);

    let full = pair.bytes(|frame| picture.render(frame));
    let unchanged = pair.bytes(|frame| picture.render(frame));
    picture.spinner = '/';
    let tick = pair.bytes(|frame| picture.render(frame));
    let mut steps = Vec::new();
    for selected in 1..38 {
        picture.selected = selected;
        steps.push(pair.bytes(|frame| picture.render(frame)));
    }
    let mut scrolls = Vec::new();
    for selected in 38..60 {
        (picture.selected, picture.offset) = (selected, selected - 37);
        scrolls.push(pair.bytes(|frame| picture.render(frame)));
    }
    for offset in (1..20).rev() {
        (picture.selected, picture.offset) = (offset, offset);
        scrolls.push(pair.bytes(|frame| picture.render(frame)));
    }
    scrolls.remove(22);
    let mut typing = Vec::new();
    for query in [
        "p", "pr", "pre", "pres", "press", "pres", "pre", "pr", "p", "",
    ] {
        let picture = Picture::filtered(&rows[..50], query);
        typing.push(pair.bytes(|frame| picture.render(frame)));
    }
    let median = |mut of: Vec<usize>| {
        of.sort_unstable();
        (of[of.len() / 2], of[of.len() - 1])
    };
    let (moved, scrolled, typed) = (median(steps), median(scrolls), median(typing));
    eprintln!(
        "full {full}, unchanged {unchanged}, tick {tick}; median and most: move {moved:?}, \
         scroll {scrolled:?}, typing {typed:?}"
    );
    assert_eq!(unchanged, 0);
    assert!(full <= 3200, "full frame: {full}");
    assert!(tick <= 20, "spinner: {tick}");
    assert!(moved.1 <= 32, "selection move: {moved:?}");
    assert!(scrolled.1 <= 200, "scroll by one: {scrolled:?}");
    assert!(typed.0 <= 1100 && typed.1 <= 3000, "typing: {typed:?}");
}
