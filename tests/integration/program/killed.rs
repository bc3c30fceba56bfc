//! `kill -9` at random moments of sessions with the real program: at most the last key is lost.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::question::Topic;
use greengroup::domain::Draft;
use greengroup::runtime::files::Paths;
use greengroup::runtime::files::drafts::parse;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::{Sandbox, write_account};

use crate::support::disk::Disk;
use crate::support::memory::memory;
use crate::support::pty::Start;
use crate::support::session::Session;
use crate::support::small_account::small_account;

/// For an ordinary run; `KILLED_SESSIONS=200` for the long one.
const SESSIONS: u64 = 40;
const AT_A_TIME: usize = 2;
/// Most keys change the draft; the others move to another slot.
const KEYS: &[u8] = b"1234567xxxx==uuuUUjjkk   ";
const MAX_KEYS: usize = 7;

/// The program usually handles a key in less time.
const AFTER_A_KEY: Range<u64> = 0..12;
/// The program starts in about this time.
const AFTER_THE_START: Range<u64> = 0..900;

#[test]
fn kill_loses_at_most_the_last_key() {
    let asked = std::env::var("KILLED_SESSIONS").ok();
    let sessions = asked.map_or(SESSIONS, |count| count.parse().unwrap());
    let next = AtomicU64::new(0);
    let lost = AtomicU64::new(0);
    // Slower than the keys arrive, and fast enough that a frame waits for it.
    let disk = Disk::that_takes(15);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= sessions {
                return;
            }
            lost.fetch_add(u64::from(killed(seed, &disk)), Ordering::Relaxed);
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(work);
        }
    });
    let lost = lost.into_inner();
    println!("{sessions} programs were killed; {lost} had not yet obeyed the last key");
}

/// The state after some keys, on the screen and in the file.
#[derive(Debug)]
struct State {
    screen: String,
    draft: Option<Draft>,
}

/// One session that ends by `kill -9`; true if the last key was lost.
fn killed(seed: u64, disk: &Disk) -> bool {
    let mut random = fastrand::Rng::with_seed(seed);
    let keys: Vec<u8> = (0..random.usize(0..=MAX_KEYS))
        .map(|_| KEYS[random.usize(0..KEYS.len())])
        .collect();
    let states = rehearse(&keys);
    // Drafts are saved only for an account in a file.
    let start = Start::with("--group alpha --sandbox=account.json").home_in(&memory());
    let start = start.variable("LD_PRELOAD", disk.library());
    write_account(&start.home().join("account.json"), &small_account()).unwrap();
    let mut program = start.run();
    for (key, state) in keys.iter().zip(&states) {
        program.wait_until(&format!("{seed}: {}", state.screen), |screen| {
            said_of_slots(&screen.contents()) == state.screen
        });
        program.send([*key]);
    }
    let moments = if keys.is_empty() {
        AFTER_THE_START
    } else {
        AFTER_A_KEY
    };
    let home = program.kill_after(Duration::from_millis(random.u64(moments)));
    let left = draft_in(home.path());
    // A key without a visible effect may not have been handled before the next one.
    let last_seen = &states[keys.len().saturating_sub(1)].screen;
    let mut possible = states.iter().rev().enumerate();
    let is_possible = possible
        .by_ref()
        .take_while(|(place, state)| *place <= 1 || state.screen == *last_seen)
        .any(|(_, state)| state.draft == left);
    let keys = String::from_utf8_lossy(&keys).into_owned();
    assert!(
        is_possible,
        "{seed}: after {keys:?} there is {left:#?}, which is none of the last of {states:#?}"
    );
    is_offered_again(home.path(), left.as_ref());
    states.last().is_some_and(|state| state.draft != left)
}

/// The state after each key without a kill.
fn rehearse(keys: &[u8]) -> Vec<State> {
    let home = tempfile::tempdir().unwrap();
    on_virtual_time(async {
        let mut session = start(home.path()).await;
        let mut states = vec![state(&session, home.path())];
        for key in keys {
            session.press(&char::from(*key).to_string()).await;
            states.push(state(&session, home.path()));
        }
        states
    })
}

fn state(session: &Session, home: &Path) -> State {
    State {
        screen: said_of_slots(&session.screen()),
        draft: draft_in(home),
    }
}

/// The next program on the same files offers the draft.
fn is_offered_again(home: &Path, left: Option<&Draft>) {
    on_virtual_time(async {
        let mut session = start(home).await;
        let work = session.work();
        assert_eq!((&work.quarantined, &work.not_kept), (&None, &None));
        let Some(left) = left.filter(|left| left.differs()) else {
            return;
        };
        let Some(Overlay::Question(question)) = session.app.overlays().last() else {
            panic!("nothing is offered:\n{}", session.screen());
        };
        assert!(matches!(question.topic, Topic::Resume { .. }));
        session.press("<Enter>").await;
        assert_eq!(session.draft(), left);
    });
}

async fn start(home: &Path) -> Session {
    let launch = Launch {
        group: Some("alpha".to_owned()),
        is_sandbox: true,
        ..Launch::default()
    };
    let journal = Journal::at(&paths(home));
    Session::start_with(Sandbox::with(small_account()), launch, journal, (80, 24)).await
}

fn on_virtual_time<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.unwrap().block_on(work)
}

fn paths(home: &Path) -> Paths {
    Paths::from_environment(|name| (name == "HOME").then(|| home.as_os_str().to_owned())).unwrap()
}

/// The only draft in the files, complete.
fn draft_in(home: &Path) -> Option<Draft> {
    let files = std::fs::read_dir(paths(home).drafts_folder()).ok()?;
    let names = files.map(|file| file.unwrap().path());
    let mut drafts = names.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let path = drafts.next()?;
    assert_eq!(drafts.next(), None, "there is one group only");
    Some(parse(&std::fs::read(path).unwrap()).unwrap().draft)
}

/// The text about the draft on the screen: the number of slots in each state, and a line for each. The first
/// line shows whether data is still loading, which affects the next pick.
fn said_of_slots(screen: &str) -> String {
    let mut lines = screen.lines();
    let facts = lines.next().unwrap_or_default().split("  ").map(str::trim);
    // Virtual time passes faster.
    let facts = facts.filter(|fact| !(fact.is_empty() || fact.starts_with("read ")));
    let mut said: Vec<&str> = facts.chain(lines.next()).collect();
    let is_of_a_slot = |line: &&str| {
        let mut characters = line.trim_start().chars();
        characters
            .next()
            .is_some_and(|first| ('1'..='7').contains(&first))
            && characters.next() == Some(' ')
    };
    let slots = screen.lines().skip(2).filter(is_of_a_slot);
    said.extend(slots.map(|line| line.split("──").next().unwrap_or_default().trim_end()));
    said.join("\n")
}
