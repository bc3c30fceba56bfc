//! A walk through every screen and overlay, and the expected picture at each stop.

use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::key::{Key, KeyPress};
use greengroup::domain::{RequestLimit, Timestamp};
use greengroup::runtime::clock;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Ids, Sandbox};
use greengroup::ui::theme::Theme;
use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::support::session::{Picture, Session, Time, parse_keys};

pub(crate) const DESIGN: (u16, u16) = (80, 24);
pub(crate) const LARGE: (u16, u16) = (200, 60);

/// At every stop the terminal gets these sizes, and finally the design's again.
pub(crate) const SIZES: [(u16, u16); 5] = [DESIGN, (60, 15), (40, 10), LARGE, DESIGN];

/// Shorter than the first pause between two looks for a version.
const BETWEEN_TWO_LOOKS: Duration = Duration::from_secs(1);

/// How similar two runs must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Likeness {
    Exact,
    /// Ids and times differ, but not their places.
    Digits,
    /// Lines with times, in an order that depends on the order of responses.
    Log,
}

/// A stop of the walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    pub(crate) name: &'static str,
    /// The keys from the previous stop.
    pub(crate) keys: &'static str,
    /// The size of the terminal for the keys.
    pub(crate) size: (u16, u16),
    pub(crate) likeness: Likeness,
    pub(crate) manner: Manner,
    /// A change of the account before the keys.
    pub(crate) meanwhile: fn(&Sandbox),
}

/// How the keys are pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Plain,
    /// After the time in which Enter has no effect because Review has just opened.
    Late,
    /// The same, and its effect is temporary: it is seen before the search for a version ends.
    LateAndPassing,
}

pub(crate) const fn stop(name: &'static str, keys: &'static str) -> Stop {
    Stop {
        name,
        keys,
        size: DESIGN,
        likeness: Likeness::Exact,
        manner: Manner::Plain,
        meanwhile: |_| {},
    }
}

pub(crate) const fn like(stop: Stop, likeness: Likeness) -> Stop {
    Stop { likeness, ..stop }
}

const fn wide(stop: Stop) -> Stop {
    Stop {
        size: LARGE,
        ..stop
    }
}

pub(crate) const STOPS: [Stop; 24] = [
    stop("groups", ""),
    stop("help", "?"),
    stop("help, searched", "/log"),
    stop("contexts", "<Esc><Esc>c"),
    stop("groups, searched", "<Esc>/press-line-3"),
    stop("assemble", "<Enter>"),
    stop("versions, searched", "3/press-line-3 88d2"),
    wide(stop("preview beside the panes", "<Tab>")),
    wide(stop("difference beside the panes", "d")),
    stop("preview", "p"),
    stop("preview, searched", "/lambda<Enter>"),
    stop("difference", "<Enter>d"),
    stop("plain text", "<Enter>Y"),
    stop("where used", "<Enter>w"),
    stop("history", "<Enter>b"),
    like(stop("deployment, asked", "jD"), Likeness::Digits),
    like(stop("calls", "<Esc><Esc>!"), Likeness::Log),
    stop("question", "<Esc><Enter>q"),
    stop("review", "<Esc>a"),
    stop("review, all ticked", "j<Space><Tab>"),
    Stop {
        manner: Manner::Late,
        ..like(stop("outcome", "<Enter>"), Likeness::Digits)
    },
    like(stop("deployment with a box", "D"), Likeness::Digits),
    like(
        stop("deployment, acknowledged", "<Space><Tab>"),
        Likeness::Digits,
    ),
    Stop {
        manner: Manner::Late,
        ..like(stop("deployment failed", "<Enter>"), Likeness::Digits)
    },
];

/// The appearance selected by the options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Looks {
    pub(crate) has_colours: bool,
    pub(crate) is_ascii: bool,
}

impl Looks {
    pub(crate) const fn new(has_colours: bool, is_ascii: bool) -> Self {
        Self {
            has_colours,
            is_ascii,
        }
    }

    pub(crate) fn theme(self) -> Theme {
        let name = if self.has_colours {
            "dark"
        } else {
            "monochrome"
        };
        let theme = Theme::named(name).unwrap();
        if self.is_ascii {
            theme.with_ascii()
        } else {
            theme
        }
    }
}

/// Whether `shown`, in rows without trailing blanks, is like the expected picture.
pub(crate) fn is_like(picture: &Picture, shown: &[String], likeness: Likeness) -> bool {
    let due = picture.rows();
    let masked = |rows: &[String]| -> Vec<String> { rows.iter().map(|row| masked(row)).collect() };
    match likeness {
        Likeness::Exact => uncounted(&due) == uncounted(shown),
        Likeness::Digits => masked(&due) == masked(shown),
        Likeness::Log => due.len() == shown.len() && masked(&due[..2]) == masked(&shown[..2]),
    }
}

/// The rows without the count in a list's title, which depends on reading ahead.
fn uncounted(rows: &[String]) -> Vec<&str> {
    let all = rows.iter().map(String::as_str);
    all.map(|row| {
        let end = row.find(['─', '-']).filter(|_| is_counted(row));
        &row[..end.unwrap_or(row.len())]
    })
    .collect()
}

/// True for a row with the length of a list.
pub(crate) fn is_counted(row: &str) -> bool {
    let words = [
        "own first",
        "newest first",
        "by name",
        "best match first",
        "contents of",
    ];
    words.iter().any(|order| row.contains(order))
}

/// The row with every digit, also of hexadecimal numbers, and every age replaced. The account's clock is
/// ahead of this machine's.
fn masked(row: &str) -> String {
    let masked = row.replace(|letter: char| letter.is_ascii_hexdigit(), "0");
    match (row.find('('), row.find(" ago)")) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &masked[..start], &masked[end..])
        }
        _ => masked,
    }
}

/// The expected pictures at each stop of a way, at each of [`SIZES`].
pub(crate) type Pictures = Vec<Vec<Picture>>;

const ALL_LOOKS: [Looks; 4] = [
    Looks::new(true, false),
    Looks::new(true, true),
    Looks::new(false, false),
    Looks::new(false, true),
];

/// The pictures in the order of [`ALL_LOOKS`]. They are the same in every terminal with this appearance.
static TAKEN: OnceCell<Vec<Pictures>> = OnceCell::const_new();

/// The expected pictures along [`STOPS`].
pub(crate) async fn pictures(looks: Looks) -> &'static Pictures {
    let taken = TAKEN.get_or_init(take_pictures).await;
    let place = ALL_LOOKS.iter().position(|other| *other == looks);
    &taken[place.unwrap()]
}

async fn take_pictures() -> Vec<Pictures> {
    let launch = Launch {
        is_sandbox: true,
        is_demo: true,
        reads_all: true,
        // The data read ahead is complete at each stop, as in a program that was waited for.
        requests: RequestLimit {
            per_second: f64::INFINITY,
            ..RequestLimit::default()
        },
        ..Launch::default()
    };
    let sandbox = Sandbox::demo();
    sandbox.set_clock_and_ids(account_now, Ids::Random);
    let mut session = Session::begin(sandbox, launch, Journal::nowhere(), DESIGN);
    session.keep_time(Time::OfThisMachine);
    session.settle().await;
    let pictures = pictures_of(&mut session, &STOPS, &ALL_LOOKS).await;
    assert_eq!(session.screen_name(), "Outcome");
    pictures
}

/// The account's clock follows the virtual time, so that deployments end after the real number of polls.
fn account_now() -> Timestamp {
    thread_local! {
        static BEGUN: (Instant, Timestamp) = (Instant::now(), clock::now());
    }
    BEGUN.with(|(begun, now)| {
        let passed = i64::try_from(begun.elapsed().as_millis()).unwrap();
        Timestamp::from_milliseconds(now.milliseconds() + passed)
    })
}

/// The expected pictures along `stops`, each at each of [`SIZES`], for each of `looks`.
pub(crate) async fn pictures_of(
    session: &mut Session,
    stops: &[Stop],
    looks: &[Looks],
) -> Vec<Pictures> {
    let mut pictures = vec![Pictures::new(); looks.len()];
    for stop in stops {
        session.resize(stop.size).await;
        (stop.meanwhile)(session.sandbox());
        if stop.manner == Manner::LateAndPassing {
            session.press_now(stop.keys);
            session.wait(BETWEEN_TWO_LOOKS).await;
        } else {
            session.press(stop.keys).await;
        }
        let mut sizes = vec![Vec::new(); looks.len()];
        for size in SIZES {
            if stop.manner == Manner::LateAndPassing {
                session.resize_now(size);
            } else {
                session.resize(size).await;
            }
            for (sizes, looks) in sizes.iter_mut().zip(looks) {
                session.theme = looks.theme();
                sizes.push(session.frame());
            }
        }
        for (pictures, sizes) in pictures.iter_mut().zip(sizes) {
            pictures.push(sizes);
        }
    }
    pictures
}

/// The keys as bytes of a keyboard.
pub(crate) fn bytes(keys: &str) -> Vec<u8> {
    parse_keys(keys).into_iter().flat_map(sent).collect()
}

fn sent(press: KeyPress) -> Vec<u8> {
    match press.key {
        Key::Char(letter) => letter.to_string().into_bytes(),
        Key::Enter => b"\r".to_vec(),
        Key::Escape => b"\x1b".to_vec(),
        Key::Tab => b"\t".to_vec(),
        other => panic!("{other:?} is not on the way"),
    }
}
