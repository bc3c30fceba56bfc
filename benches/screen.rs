//! What a person waits for besides the network: ten thousand definitions taken in, a key obeyed, a frame drawn.
#![allow(
    clippy::expect_used,
    clippy::cast_possible_wrap,
    clippy::wildcard_enum_match_arm,
    reason = "a benchmark may panic, and answers some questions only"
)]

use divan::Bencher;
use greengroup::app::event::{Answer, Connected, Event, Reply};
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::{App, Effect, Keymap, Launch, Request};
use greengroup::domain::{
    Definition, DefinitionId, DefinitionKind, DefinitionVersionArn, Group, GroupId, GroupVersion,
    GroupVersionId, Identity, Page, PageToken, Slots, Timestamp,
};
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const DEFINITIONS: usize = 10_000;
const PAGE: usize = 100;

fn main() {
    divan::main();
}

fn arn(number: usize) -> DefinitionVersionArn {
    let text = format!(
        "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/functions/{number:08x}-0000-4000-8000-000000000000/versions/{:08x}-0000-4000-8000-000000000000",
        number.wrapping_mul(2_654_435_761) & 0xffff_ffff
    );
    text.parse().expect("the ARN is well formed")
}

fn definition(number: usize) -> Definition {
    let latest = arn(number);
    Definition {
        kind: DefinitionKind::Function,
        id: DefinitionId::new(latest.definition()),
        name: Some(format!("line-{}-station-{number}-fns", number % 97)),
        created: Some(Timestamp::from_milliseconds(
            1_700_000_000_000 + number as i64 * 60_000,
        )),
        updated: None,
        latest: Some(latest),
    }
}

fn pages() -> Vec<Page<Definition>> {
    let count = DEFINITIONS / PAGE;
    (0..count)
        .map(|page| Page {
            items: (page * PAGE..(page + 1) * PAGE).map(definition).collect(),
            next: PageToken::read((page + 1 < count).then(|| page.to_string())),
            unreadable: 0,
        })
        .collect()
}

/// Answers every question that the app asks with `answer`, until it asks none that can be answered.
fn answer_all(
    app: &mut App,
    effects: Vec<Effect>,
    answer: &mut impl FnMut(&Request) -> Option<Answer>,
) {
    let mut effects = effects;
    while let Some(effect) = effects.pop() {
        if let Effect::Ask { epoch, request } = effect
            && let Some(answer) = answer(&request)
        {
            let reply = Box::new(Reply {
                epoch,
                request,
                answer,
            });
            effects.extend(app.update(Event::Replied(reply)));
        }
    }
}

/// An app with the group open and every definition read.
fn opened(pages: Vec<Page<Definition>>) -> App {
    let group = Group {
        id: GroupId::new("plant"),
        name: Some("plant".to_owned()),
        arn: None,
        created: None,
        updated: None,
        latest: Some(GroupVersionId::new("first")),
        latest_arn: None,
    };
    let launch = Launch {
        group: Some("plant".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    let mut app = App::new(launch, Keymap::default());
    app.update(Event::Resized {
        width: 120,
        height: 40,
    });
    let connected = Connected {
        region: "eu-central-1".to_owned(),
        is_sandbox: true,
        ..Connected::default()
    };
    let effects = app.update(Event::Connected(Ok(connected)));
    let mut pages = pages.into_iter();
    answer_all(&mut app, effects, &mut |request| match request {
        Request::Identity => Some(Answer::Identity(Ok(None::<Identity>))),
        Request::Group(_) => Some(Answer::Group(Ok(group.clone()))),
        Request::Groups(_) => Some(Answer::Groups(Ok(Page {
            items: vec![group.clone()],
            next: None,
            unreadable: 0,
        }))),
        Request::GroupVersion(_, version) => {
            let mut slots = Slots::default();
            slots.fill(arn(0));
            Some(Answer::GroupVersion(Ok(GroupVersion {
                id: version.clone(),
                arn: None,
                created: None,
                slots,
            })))
        }
        Request::Definitions(DefinitionKind::Function, _) => {
            pages.next().map(|page| Answer::Definitions(Ok(page)))
        }
        _ => None,
    });
    press(&mut app, '3');
    app
}

fn press(app: &mut App, character: char) {
    app.update(Event::Key(KeyPress::plain(Key::Char(character))));
}

/// All pages of ten thousand definitions, from the first answer to the list in its order.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn ten_thousand_definitions_taken_in(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(pages).bench_local_values(opened);
}

/// One character typed in the search over them, all that follows from it included.
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

/// A frame of 120 by 40 with that list.
#[divan::bench]
fn one_frame_drawn(bencher: Bencher<'_, '_>) {
    let app = opened(pages());
    let theme = Theme::named("dark").expect("it is built in");
    let mut terminal =
        Terminal::new(TestBackend::new(120, 40)).expect("a test backend does not fail");
    bencher.bench_local(|| {
        terminal
            .draw(|frame| ui::render(&app, &theme, frame))
            .expect("a test backend does not fail");
    });
}
