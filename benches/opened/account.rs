//! An app with an open group and direct answers: no network, no runtime.
#![allow(
    clippy::expect_used,
    clippy::cast_possible_wrap,
    clippy::wildcard_enum_match_arm,
    reason = "a bench may panic, and answers some questions only"
)]

use std::collections::BTreeMap;

use greengroup::app::event::{Answer, Connected, Event, Reply};
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::{App, Effect, Keymap, Launch, Request};
use greengroup::domain::{
    Definition, DefinitionId, DefinitionKind, DefinitionVersionArn, Group, GroupId, GroupVersion,
    GroupVersionId, Identity, Page, PageToken, RequestLimit, Slots, Timestamp,
};

pub(crate) const DEFINITIONS: usize = 10_000;
const PAGE: usize = 100;

pub(crate) fn arn(number: usize) -> DefinitionVersionArn {
    version_arn(number, number)
}

pub(crate) fn version_arn(number: usize, version: usize) -> DefinitionVersionArn {
    let text = format!(
        "arn:aws:greengrass:eu-central-1:111122223333:/greengrass/definition/functions/{number:08x}-0000-4000-8000-000000000000/versions/{:08x}-0000-4000-8000-000000000000",
        version.wrapping_mul(2_654_435_761) & 0xffff_ffff
    );
    text.parse().expect("the ARN is well formed")
}

pub(crate) fn definition(number: usize) -> Definition {
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
        tags: BTreeMap::new(),
    }
}

pub(crate) fn pages() -> Vec<Page<Definition>> {
    let count = DEFINITIONS / PAGE;
    (0..count)
        .map(|page| Page {
            items: (page * PAGE..(page + 1) * PAGE).map(definition).collect(),
            next: PageToken::read((page + 1 < count).then(|| page.to_string())),
            unreadable: 0,
        })
        .collect()
}

/// Answers every request of the app with `answer`, until it sends none that can be answered.
pub(crate) fn answer_all(
    app: &mut App,
    effects: Vec<Effect>,
    answer: &mut impl FnMut(&Request) -> Option<Answer>,
) {
    let mut effects = effects;
    while let Some(effect) = effects.pop() {
        if let Effect::Ask { epoch, request, .. } = effect
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

/// An app with the group open and every definition loaded.
pub(crate) fn opened(pages: Vec<Page<Definition>>) -> App {
    let mut slots = Slots::default();
    slots.fill(arn(0));
    let mut pages = pages.into_iter();
    let mut app = open(&slots, |request| match request {
        Request::Definitions(DefinitionKind::Function, _) => {
            pages.next().map(|page| Answer::Definitions(Ok(page)))
        }
        _ => None,
    });
    press(&mut app, '3');
    app
}

/// An app of 120 by 40 cells with an open group whose base has `slots`.
pub(crate) fn open(slots: &Slots, mut other: impl FnMut(&Request) -> Option<Answer>) -> App {
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
        // Time does not advance here, so the rate must not be limited.
        requests: RequestLimit {
            per_second: f64::INFINITY,
            ..RequestLimit::default()
        },
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
    answer_all(&mut app, effects, &mut |request| match request {
        Request::Identity => Some(Answer::Identity(Ok(None::<Identity>))),
        Request::Group(_) => Some(Answer::Group(Ok(group.clone()))),
        Request::Groups(_) => Some(Answer::Groups(Ok(Page {
            items: vec![group.clone()],
            next: None,
            unreadable: 0,
        }))),
        Request::GroupVersion(_, version) => Some(Answer::GroupVersion(Ok(GroupVersion {
            id: version.clone(),
            arn: None,
            created: None,
            slots: slots.clone(),
        }))),
        request => other(request),
    });
    app
}

pub(crate) fn press(app: &mut App, character: char) {
    app.update(Event::Key(KeyPress::plain(Key::Char(character))));
}
