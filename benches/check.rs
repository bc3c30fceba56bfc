//! Measures a full check at the sizes that the quotas allow; a frame at 30 Hz has 33 ms.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::cast_possible_wrap,
    dead_code,
    reason = "a benchmark may panic, and shares its group with the tests"
)]

use std::time::Instant;

use divan::Bencher;
use greengroup::app::event::{Answer, Event};
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::{App, Request};
use greengroup::domain::check::{Findings, Scope, SlotContent, check};
use greengroup::domain::diff::ContentDiff;
use greengroup::domain::{Content, DefinitionKind, ReadVersion};
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use serde_json::json;

#[expect(dead_code, reason = "other benches use the rest")]
#[path = "opened/account.rs"]
mod account;

#[path = "../tests/integration/support/large_group.rs"]
mod large_group;

use large_group::{LargeGroup, Sizes};

/// The time of one frame at 30 Hz.
const FRAME_MILLISECONDS: f64 = 33.3;

const PICKS: usize = 31;

fn main() {
    divan::main();
    print_pick();
}

/// The app with the largest group open and all contents loaded.
fn opened() -> App {
    let group = LargeGroup::new(Sizes::QUOTAS);
    let contents = group.contents.clone();
    account::open(&group.slots, move |request| match request {
        Request::Content(arn, _) => match contents.get(arn.kind()) {
            SlotContent::Known(content) => {
                let read = ReadVersion {
                    content: content.as_ref().clone(),
                    created: None,
                    next: None,
                };
                Some(Answer::Content(Ok(read.into())))
            }
            _ => None,
        },
        _ => None,
    })
}

/// Measures the key that changes the slot on which most depends, with its effects and the frame. Then
/// measures the key that opens the review.
fn print_pick() {
    let theme = Theme::named("dark").expect("it is built in");
    let size = TestBackend::new(120, 40);
    let mut terminal = Terminal::new(size).expect("a test backend does not fail");
    let mut median_of = |keys: [char; 2]| {
        let mut times: Vec<f64> = (0..PICKS)
            .map(|_| {
                let mut app = opened();
                account::press(&mut app, keys[0]);
                let begun = Instant::now();
                app.update(Event::Key(KeyPress::plain(Key::Char(keys[1]))));
                terminal
                    .draw(|frame| _ = ui::render(&app, &theme, frame))
                    .expect("a test backend does not fail");
                begun.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    for (what, keys) in [
        ("the function slot emptied", ['3', 'x']),
        ("the review opened", ['3', 'a']),
    ] {
        let time = median_of(keys);
        let outcome = if time < FRAME_MILLISECONDS {
            "met"
        } else {
            "MISSED"
        };
        println!(
            "{what}, with its frame, at the quotas: median of {PICKS} {time:.1} ms; a frame at 30 Hz has {FRAME_MILLISECONDS} ms: {outcome}"
        );
    }
}

fn run(group: &LargeGroup) -> Findings {
    check(&group.slots, &group.contents, &group.scope)
}

#[divan::bench]
fn sound_group_at_the_quotas(bencher: Bencher) {
    let group = LargeGroup::new(Sizes::QUOTAS);
    bencher.bench(|| run(&group));
}

/// The most expensive pick: every function that a subscription names is removed.
#[divan::bench]
fn function_slot_dropped_at_the_quotas(bencher: Bencher) {
    let mut group = LargeGroup::new(Sizes::QUOTAS);
    group.slots.empty(DefinitionKind::Function);
    bencher.bench(|| run(&group));
}

/// A finding for each of the subscriptions and devices.
#[divan::bench]
fn everything_elsewhere_and_misnamed_at_the_quotas(bencher: Bencher) {
    let mut group = LargeGroup::new(Sizes::QUOTAS);
    let subscriptions: Vec<_> = (0..Sizes::QUOTAS.subscriptions)
        .map(|n| json!({"Id": format!("no id {n}"), "Source": format!("end {n}"), "Target": "cloud", "Subject": "a/#/b"}))
        .collect();
    group.fill(
        DefinitionKind::Subscription,
        json!({"Subscriptions": subscriptions}),
    );
    group.scope = Scope {
        partition: Some("aws-cn".to_owned()),
        region: Some("cn-north-1".to_owned()),
        account: Some("999988887777".to_owned()),
    };
    bencher.bench(|| run(&group));
}

#[divan::bench]
fn difference_of_two_subscription_contents_at_the_quotas(bencher: Bencher) {
    let content = |shift: usize| {
        let items: Vec<_> = (0..Sizes::QUOTAS.subscriptions)
            .map(|n| {
                json!({"Id": n.to_string(), "Source": "cloud", "Target": "GGShadowService",
                "Subject": format!("line/{}", n / (10 + shift))})
            })
            .collect();
        let json = json!({"Subscriptions": items});
        Content::from_json(DefinitionKind::Subscription, json).expect("subscriptions")
    };
    let (old, new) = (content(0), content(1));
    bencher.bench(|| ContentDiff::between(&old, &new));
}
