//! Measures the waits other than the network: loading ten thousand definitions, handling a key, drawing a
//! frame.
#![allow(
    clippy::expect_used,
    clippy::cast_possible_wrap,
    clippy::wildcard_enum_match_arm,
    reason = "a benchmark may panic, and answers some questions only"
)]

#[path = "opened/account.rs"]
mod account;

use account::{opened, pages, press};
use divan::Bencher;
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

/// Loads all pages of ten thousand definitions, from the first response to the sorted list.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn ten_thousand_definitions_taken_in(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(pages).bench_local_values(opened);
}

/// Types one character in the search over them, with all its effects.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn one_character_typed(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| {
            let mut app = opened(pages());
            press(&mut app, '/');
            app
        })
        .bench_local_refs(|app| press(app, 's'));
}

/// Draws a frame of 120 by 40 with that list.
#[divan::bench]
fn one_frame_drawn(bencher: Bencher<'_, '_>) {
    let app = opened(pages());
    let theme = Theme::named("dark").expect("it is built in");
    let mut terminal =
        Terminal::new(TestBackend::new(120, 40)).expect("a test backend does not fail");
    bencher.bench_local(|| {
        terminal
            .draw(|frame| _ = ui::render(&app, &theme, frame))
            .expect("a test backend does not fail");
    });
}
