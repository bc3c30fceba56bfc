//! Every text in a row or in its contents is found by typing it, and the match is opened.

use greengroup::app::Launch;
use greengroup::app::screen::Screen;
use greengroup::domain::DefinitionKind;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;
use rstest::rstest;

use crate::support::made_account::made_account;
use crate::support::open_group::press_line;
use crate::support::session::Session;

const LARGE: (u16, u16) = (200, 100);

/// The program on its own account, which it loads entirely.
fn reading_all() -> Launch {
    Launch {
        is_sandbox: true,
        reads_all: true,
        ..Launch::default()
    }
}

async fn started(sandbox: Sandbox) -> Session {
    Session::start_with(sandbox, reading_all(), Journal::nowhere(), LARGE).await
}

/// The short ids of the listed rows, in order.
fn short_ids(session: &Session) -> Vec<String> {
    match session.app.screen() {
        Screen::Groups(groups) => {
            let ids = groups.picker.ordered_ids();
            ids.map(|id| id.short().to_owned()).collect()
        }
        Screen::Assemble(assemble) => {
            let ids = assemble.pane().picker.ordered_ids();
            ids.map(|arn| arn.short().to_owned()).collect()
        }
        Screen::Review(_) | Screen::Outcome(_) => panic!("{}", session.screen()),
    }
}

/// The texts of the rows on screen, each with the short id of its row, except cut ones.
fn shown_texts(session: &Session) -> Vec<(String, String)> {
    let screen = session.screen();
    // The preview next to the list shows other texts.
    let lines = screen
        .lines()
        .map(|line| line.split('│').next().unwrap_or_default());
    let mut texts = Vec::new();
    for short in short_ids(session) {
        let mut rows = lines.clone().filter(|line| !line.contains(" holds "));
        let Some(line) = rows.find(|line| line.contains(&format!(" {short} "))) else {
            continue;
        };
        let start = line.find(&short).unwrap();
        let name = line[..start].trim_start_matches(['*', '>', ' ']).trim_end();
        let mut add = |text: &str| {
            let text = text.trim();
            if !text.is_empty() && text != "-" && !text.contains('…') {
                texts.push((short.clone(), text.to_owned()));
            }
        };
        add(name);
        // After wide characters, the test backend adds a remark to the text.
        let (line, _) = line[start..]
            .split_once("\" Hidden")
            .unwrap_or((&line[start..], ""));
        for mut cell in line.split("  ") {
            for mark in ["slot ", "base ", "latest "] {
                if let Some(rest) = cell.strip_prefix(mark) {
                    add(mark);
                    cell = rest;
                }
            }
            let (count, items) = cell.split_once(": ").unwrap_or((cell, ""));
            add(count);
            items.split(", ").for_each(&mut add);
        }
    }
    texts
}

/// Searches for each text of each row, and returns the number of texts.
fn find_each(session: &mut Session) -> usize {
    let texts = shown_texts(session);
    for (short, text) in &texts {
        session.press_now("/");
        session.paste(text);
        assert!(
            short_ids(session).contains(short),
            "{text:?} of {short} is not found\n{}",
            session.screen()
        );
        session.press_now("<Esc>");
    }
    texts.len()
}

async fn find_all(mut session: Session) {
    let mut found = find_each(&mut session);
    let groups = short_ids(&session);
    assert!(groups.len() > 3, "{}", session.screen());
    session.press("<Enter>").await;
    for _ in DefinitionKind::ALL {
        found += find_each(&mut session);
        session.press("<Tab>").await;
    }
    assert!(found > 100, "{found}: {}", session.screen());
}

#[tokio::test(start_paused = true)]
async fn demo_rows_are_found_by_all_they_show() {
    find_all(started(Sandbox::demo()).await).await;
}

#[rstest]
#[case(1)]
#[case(2)]
#[case(3)]
#[tokio::test(start_paused = true)]
async fn made_rows_are_found_by_all_they_show(#[case] seed: u64) {
    find_all(started(Sandbox::with(made_account(seed))).await).await;
}

#[tokio::test(start_paused = true)]
async fn row_names_the_matched_item() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3/cam:13").await;
    session.assert_body("cam:13 in …tions/cam");
    session.assert_body("> press-line-3-fns");
}

#[tokio::test(start_paused = true)]
async fn full_screen_begins_at_the_match() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("6/fn:mix<Tab><Right>").await;
    let screen = session.screen();
    let second = session.body();
    let first: Vec<&str> = second.lines().take(5).collect();
    assert!(first.iter().any(|line| line.contains("mix")), "{screen}");
}

#[tokio::test(start_paused = true)]
async fn group_is_opened_at_the_slot_that_matched() {
    let mut session = started(Sandbox::demo()).await;
    session.press("/cam:12").await;
    session.assert_body("cam:12 in function");
    session.press("<Enter>").await;
    let screen = session.screen();
    let Screen::Assemble(assemble) = session.app.screen() else {
        panic!("{screen}");
    };
    assert_eq!(assemble.focus, DefinitionKind::Function, "{screen}");
    let slot = session.work().draft().unwrap().slots();
    assert_eq!(
        assemble.highlighted(),
        slot.version(DefinitionKind::Function),
        "{screen}"
    );
}

#[tokio::test(start_paused = true)]
async fn unread_contents_are_counted_and_read_on_request() {
    let mut session = Session::start(
        Sandbox::demo(),
        Launch {
            is_sandbox: true,
            ..Launch::default()
        },
    )
    .await;
    session.press("/").await;
    session.assert_body(", contents of ");
    session.assert_body("fn: thing: topic: res: con: id:");
    let before = session.app.session.calls().iter().count();
    session.press("cam:12").await;
    assert_eq!(
        session.app.session.calls().iter().count(),
        before,
        "a query sends nothing"
    );
    session.assert_body("No match among");
    session.press_apart("<Tab>v").await;
    session.assert_footer("Loading the contents of ");
    session.assert_footer("v stops.");
    session.settle().await;
    session.assert_body("1/19, contents of 18 read");
    session.assert_body("cam:12 in function");
}

#[tokio::test(start_paused = true)]
async fn reading_contents_stops_on_the_same_key() {
    let mut session = Session::start(Sandbox::demo(), press_line()).await;
    session.press("3/e<Tab>").await;
    session
        .sandbox()
        .set_delay(std::time::Duration::from_secs(2));
    session.press_apart("vv").await;
    session.assert_footer("Stopped; the contents of ");
    session.settle().await;
    session.assert_body(", contents of ");
}
