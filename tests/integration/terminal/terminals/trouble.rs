//! The screens of problems: a draft of an earlier run, a protected context, an error, a newer version, no
//! response.

use std::path::Path;

use greengroup::app::event::{Answer, Connected};
use greengroup::app::protection::Protection;
use greengroup::app::{Event, Launch, Request};
use greengroup::domain::{CredentialsSource, DefinitionKind, Draft, Timestamp};
use greengroup::runtime::files::Paths;
use greengroup::runtime::files::drafts::{DraftKey, Drafts, SavedDraft};
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Fault, Ids, Operation, Sandbox};
use rstest::rstest;

use super::{LATIN, Route, Settings, UTF_8, at_once, looking, looks, title, walk};
use crate::support::pty::Start;
use crate::support::served::Served;
use crate::support::session::{Session, Time};
use crate::support::tour::{self, DESIGN, Likeness, Looks, Manner, Pictures, Stop, like, stop};

const GROUP: &str = "press-line-3";
const GROUP_ID: &str = "cfe25d79-95b2-4438-b0ad-41ddccd688af";

/// Review asks for the name of the group, and no timer waits for the next second.
const CONFIGURATION: &str =
    "requests = { per_second = 1000, burst = 1000 }\n[protected]\ngroups = [\"press-*\"]\n";

const fn digits(name: &'static str, keys: &'static str) -> Stop {
    like(stop(name, keys), Likeness::Digits)
}

/// One way through all of them.
const STOPS: [Stop; 12] = [
    stop("a draft was left", ""),
    // Once the panes show the problem, Review has the one box that stays.
    Stop {
        manner: Manner::Late,
        ..stop("resumed", "<Enter>")
    },
    stop("protected", "a"),
    stop("protected, name half typed", "j<Space><Tab>press"),
    stop("protected, name typed", "-line-3"),
    Stop {
        manner: Manner::Late,
        meanwhile: refuse,
        ..digits("failed", "<Enter>")
    },
    Stop {
        meanwhile: move_on,
        ..digits("moved", "<Esc>")
    },
    Stop {
        manner: Manner::Late,
        ..digits("moved base", "<Tab><Enter>")
    },
    digits("moved base, mine only", "<Tab><Tab>"),
    Stop {
        manner: Manner::Late,
        ..digits("kept mine", "<Enter>")
    },
    digits("confirmed", "<Tab><Tab>j<Space><Tab>press-line-3"),
    Stop {
        manner: Manner::LateAndPassing,
        meanwhile: answer_nothing,
        ..digits("unknown", "<Enter>")
    },
];

fn refuse(account: &Sandbox) {
    account.fail(Operation::CreateGroupVersion, 1, Fault::Deny);
}

fn answer_nothing(account: &Sandbox) {
    account.fail(Operation::CreateGroupVersion, 1, Fault::ServerError);
}

/// Another user creates a version without loggers.
fn move_on(account: &Sandbox) {
    account.change(|account, moment| {
        let latest = account.group(GROUP_ID).unwrap().latest().unwrap();
        let mut slots = latest.holds.clone();
        slots[DefinitionKind::Logger] = None;
        account
            .create_group_version(moment, GROUP_ID, slots)
            .unwrap();
    });
}

/// The demo account, with the same ids and ages for created versions each time.
fn account() -> Sandbox {
    let sandbox = Sandbox::demo();
    sandbox.set_clock_and_ids(
        || "2026-05-02T08:00:00.000Z".parse().unwrap(),
        Ids::Seeded(7),
    );
    sandbox
}

fn launch() -> Launch {
    Launch {
        group: Some(GROUP.to_owned()),
        ..Launch::default()
    }
}

/// A draft with another function version, as saved by an earlier run.
async fn draft() -> Draft {
    let mut session = Session::start(account(), launch()).await;
    session.press("3/press-line-3 88d2<Enter>").await;
    session.draft().clone()
}

/// Saves it where a program with this home looks for it.
fn leave(draft: &Draft, home: &Path, endpoint: Option<&str>) -> Paths {
    let paths = Paths::from_environment(|name| (name == "HOME").then(|| home.into())).unwrap();
    paths.prepare().unwrap();
    let (account, region) =
        account().account(|account| (account.id().to_owned(), account.region().to_owned()));
    let key = DraftKey::new(&account, &region, endpoint, draft.group().clone());
    let saved = SavedDraft {
        key,
        saved: "2026-05-01T08:00:00.000Z".parse::<Timestamp>().unwrap(),
        draft: draft.clone(),
    };
    Drafts::in_folder(paths.drafts_folder())
        .save(&saved)
        .unwrap();
    paths
}

/// The expected pictures over this endpoint.
async fn pictures(draft: &Draft, endpoint: &str, looks: Looks) -> Pictures {
    let home = tempfile::tempdir().unwrap();
    let journal = Journal::at(&leave(draft, home.path(), None));
    let mut session = Session::begin(account(), launch(), journal, DESIGN);
    session.keep_time(Time::OfThisMachine);
    session.app.session.protect(Protection {
        groups: vec!["press-*".to_owned()],
        ..Protection::default()
    });
    session.settle().await;
    let region = session
        .sandbox()
        .account(|account| account.region().to_owned());
    let connected = Connected {
        region,
        endpoint: Some(endpoint.to_owned()),
        credentials: CredentialsSource {
            is_environment: true,
            ..CredentialsSource::default()
        },
        ..Connected::default()
    };
    session.feed(Event::Connected(Ok(connected)));
    // With an explicit endpoint, STS is not called.
    let shared = &mut session.app.session;
    shared.forget(&Request::Identity);
    shared.ask_again(Request::Identity);
    session.feed(Event::Ticked);
    let shared = &mut session.app.session;
    shared.replied(0, &Request::Identity, Answer::Identity(Ok(None)));
    session.feed(Event::Ticked);
    let mut pictures = tour::pictures_of(&mut session, &STOPS, &[looks]).await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    pictures.remove(0)
}

/// A server in trouble, a draft of an earlier run, and the expected pictures.
struct Trouble {
    sandbox: Sandbox,
    served: Served,
    draft: Draft,
    pictures: Pictures,
}

impl Trouble {
    async fn new(looks: Looks) -> Self {
        let (sandbox, draft) = (account(), draft().await);
        let served = Served::start(sandbox.clone());
        let pictures = pictures(&draft, &served.endpoint, looks).await;
        Self {
            sandbox,
            served,
            draft,
            pictures,
        }
    }

    /// The program over this server.
    fn start(&self) -> Start {
        let start = Start::with("--config protected.toml --endpoint-url")
            .argument(&self.served.endpoint)
            .argument("--group")
            .argument(GROUP)
            .file("protected.toml", CONFIGURATION)
            .credentials()
            .size(DESIGN.0, DESIGN.1);
        leave(&self.draft, start.home(), Some(&self.served.endpoint));
        start
    }

    fn route(&self) -> Route<'_> {
        Route {
            account: Some(&self.sandbox),
            ..Route::through(&STOPS, &self.pictures)
        }
    }
}

/// Every kind of terminal with and without colours, every kind with both character sets, and colours with
/// both character sets. Each of these pairs is at every stop in every size.
#[rstest]
#[case("xterm-256color", [("", UTF_8), ("1", LATIN)])]
#[case("screen", [("", LATIN), ("1", UTF_8)])]
#[case("tmux-256color", [("", UTF_8), ("1", LATIN)])]
#[case("linux", [("", LATIN), ("1", UTF_8)])]
#[case("vt100", [("", UTF_8), ("1", LATIN)])]
#[case("dumb", [("", LATIN), ("1", UTF_8)])]
#[tokio::test(start_paused = true)]
async fn failures_are_shown_as_drawn(#[case] term: &'static str, #[case] both: [Settings; 2]) {
    let mut walks = Vec::new();
    for settings in both {
        let trouble = Trouble::new(looks(term, settings)).await;
        walks.push(move || failures_are_shown(term, settings, &trouble));
    }
    at_once(walks);
}

fn failures_are_shown(term: &str, settings: Settings, trouble: &Trouble) {
    let mut program = looking(trouble.start(), term, settings).run();
    let where_it_is = title(term, settings);
    walk(&mut program, &trouble.route(), &where_it_is);
    program.send("q");
    program.wait_for("> Stay <");
    program.send("\x03");
    let finished = program.finish();
    assert_eq!(finished.status, 3, "{where_it_is}");
    finished.assert_given_back();
}

/// All pairs again.
#[rstest]
#[case("screen", [("", UTF_8), ("1", LATIN)])]
#[case("tmux-256color", [("", LATIN), ("1", UTF_8)])]
#[tokio::test(start_paused = true)]
async fn tmux_shows_failures_as_drawn(#[case] term: &'static str, #[case] both: [Settings; 2]) {
    let mut walks = Vec::new();
    for settings in both {
        let trouble = Trouble::new(looks(term, settings)).await;
        walks.push(move || tmux_shows_failures(term, settings, &trouble));
    }
    at_once(walks);
}

fn tmux_shows_failures(term: &str, settings: Settings, trouble: &Trouble) {
    let Some(mut tmux) = looking(trouble.start(), term, settings).run_in_tmux() else {
        return;
    };
    let where_it_is = format!("in tmux, {}", title(term, settings));
    walk(&mut tmux, &trouble.route(), &where_it_is);
    tmux.send(b"q\x03");
    let ended = tmux.look_until(|screen| screen.contents().contains("ended with 3"));
    assert!(ended.is_ok(), "{where_it_is}: {}", tmux.shown());
}
