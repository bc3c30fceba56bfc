//! Somebody at the keys: mostly what makes sense where one is, now and then anything at all.

use greengroup::app::event::Event;
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::notice::Obstacle;
use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::deployment::{DeploymentFocus, DeploymentView};
use greengroup::app::overlay::rebase_dialog::{RebaseChoice, RebaseDialog};
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::{ReviewFocus, ReviewStage};
use greengroup::app::submission::Step;
use greengroup::app::{App, KeyContext};
use greengroup::domain::DefinitionKind;

use super::seed::Dice;
use crate::support::session::parse_keys;

/// Asks about a reset.
pub(super) const RESET: &str = "<F8>";

/// Keys with their weights, by where one is.
const GROUPS: &[(usize, &str)] = &[
    (8, "<Enter>"),
    (4, "j"),
    (2, "k"),
    (1, "/"),
    (1, "o"),
    (1, "Y"),
    (1, "?"),
    (1, "!"),
    (1, "R"),
    (1, "c"),
    (1, "r"),
];
const ASSEMBLE: &[(usize, &str)] = &[
    (10, "<Enter>"),
    (6, "<Space>"),
    (5, "x"),
    (3, "="),
    (6, "u"),
    (4, "U"),
    (12, "a"),
    (12, "j"),
    (4, "k"),
    (3, "<Tab>"),
    (2, "<Shift-Tab>"),
    (2, "1"),
    (2, "2"),
    (2, "3"),
    (1, "4"),
    (1, "5"),
    (1, "6"),
    (2, "7"),
    (3, "/"),
    (2, "n"),
    (1, "N"),
    (5, "v"),
    (10, "b"),
    (1, "D"),
    (4, RESET),
    (1, "w"),
    (1, "p"),
    (1, "d"),
    (1, "y"),
    (1, "Y"),
    (1, "r"),
    (1, "R"),
    (1, "c"),
    (1, "?"),
    (1, "!"),
    (1, "o"),
    (2, "<Esc>"),
    (1, "G"),
    (1, "g"),
];
const REVIEW: &[(usize, &str)] = &[
    (6, "<Enter>"),
    (4, "<Right>"),
    (3, "<Tab>"),
    (5, "<Space>"),
    (4, "<Down>"),
    (2, "<Up>"),
    (1, "<Left>"),
    (2, "<Esc>"),
    (1, "r"),
    (1, "n"),
    (1, "d"),
    (1, "y"),
    (1, "Y"),
    (1, "?"),
    (1, "!"),
    (1, "R"),
    (1, "q"),
];
const OUTCOME: &[(usize, &str)] = &[
    (4, "<Enter>"),
    (2, "<Esc>"),
    (2, "r"),
    (1, "j"),
    (1, "y"),
    (1, "Y"),
    (3, "D"),
    (1, "?"),
    (1, "R"),
    (1, "q"),
];
const SEARCH: &[(usize, &str)] = &[
    (4, "<Enter>"),
    (2, "<Tab>"),
    (2, "<Esc>"),
    (3, "0"),
    (3, "o"),
    (2, "'"),
    (1, "!"),
    (1, "^"),
    (2, "<Down>"),
    (1, "<Backspace>"),
    (1, " "),
];
const READER: &[(usize, &str)] = &[
    (5, "<Esc>"),
    (1, "/"),
    (1, "n"),
    (1, "j"),
    (1, "<Right>"),
    (1, "<Enter>"),
];
const MENU: &[(usize, &str)] = &[
    (5, "<Enter>"),
    (4, "j"),
    (2, "k"),
    (3, "<Esc>"),
    (3, "<Space>"),
    (1, "/"),
    (1, "r"),
    (1, "y"),
];
const HISTORY: &[(usize, &str)] = &[
    (6, "j"),
    (1, "k"),
    (6, "<Space>"),
    (2, "<Enter>"),
    (6, "D"),
    (1, "<Esc>"),
];
const QUESTION: &[(usize, &str)] = &[
    (5, "<Enter>"),
    (4, "<Right>"),
    (2, "<Tab>"),
    (1, "<Left>"),
    (4, "<Space>"),
    (2, "<Down>"),
    (1, "<Esc>"),
];
const ANYTHING: &[(usize, &str)] = &[
    (2, "q"),
    (1, "<Ctrl-C>"),
    (1, "<Ctrl-Z>"),
    (1, "<Ctrl-L>"),
    (1, "<PgDn>"),
    (1, "<PgUp>"),
    (1, "<Home>"),
    (1, "<End>"),
    (1, "<F5>"),
    (1, "ß"),
    (1, "漢"),
    (1, "<Ctrl-U>"),
    (1, "<Ctrl-W>"),
    (1, "<Alt-x>"),
    (1, "y"),
    (1, "<Delete>"),
    (1, "\u{301}"),
    (2, "<Enter>"),
    (1, "<Space>"),
    (1, "%"),
];
const PASTES: &[&str] = &[
    "y\r",
    "\r",
    "yes\n",
    "q\rq\r",
    "\u{1b}[A\u{1b}[B\r",
    "\u{1b}]52;c;bm8=\u{7}",
    "x",
    "  ",
    "a\ra\r\t \r",
    "\u{3}",
    "cam",
    "\u{202e}evil",
    "arn:aws:greengrass:eu-central-1:123456789012:/greengrass/definition/cores/x/versions/y",
    "\u{1b}[200~inner\u{1b}[201~",
];

/// The next thing that the person does.
pub(super) fn act(app: &App, dice: &mut Dice) -> Event {
    match dice.below(100) {
        0..=2 => Event::Pasted(dice.one_of(PASTES).to_owned()),
        3..=5 => {
            let (width, height) = (
                dice.one_of(&[1, 20, 60, 80, 120, 200]),
                dice.one_of(&[1, 10, 24, 25, 40, 60]),
            );
            Event::Resized { width, height }
        }
        6..=10 => press(dice, ANYTHING),
        11..=60 => Event::Key(purposeful(app, dice).unwrap_or_else(|| usual(app, dice))),
        // A draft with changes has boxes to tick: too many for one who forgets what for.
        61..=90 if is_question(app.context()) => {
            Event::Key(purposeful(app, dice).unwrap_or_else(|| usual(app, dice)))
        }
        _ => Event::Key(usual(app, dice)),
    }
}

const fn is_question(context: KeyContext) -> bool {
    matches!(
        context,
        KeyContext::Review | KeyContext::Question | KeyContext::Deployment
    )
}

fn press(dice: &mut Dice, keys: &[(usize, &str)]) -> Event {
    Event::Key(key(dice.weighted(keys)))
}

pub(super) fn key(name: &str) -> KeyPress {
    parse_keys(name)[0]
}

fn usual(app: &App, dice: &mut Dice) -> KeyPress {
    let keys = match app.context() {
        KeyContext::Groups => GROUPS,
        KeyContext::Assemble => ASSEMBLE,
        KeyContext::Review => REVIEW,
        KeyContext::Outcome => OUTCOME,
        KeyContext::Search => SEARCH,
        KeyContext::Pager => READER,
        KeyContext::Help
        | KeyContext::Calls
        | KeyContext::BaseHistory
        | KeyContext::WhereUsed
        | KeyContext::Accounts => MENU,
        KeyContext::Question
        | KeyContext::Rebase
        | KeyContext::Deployment
        | KeyContext::Line
        | KeyContext::Fixes
        | KeyContext::Swap => QUESTION,
    };
    key(dice.weighted(keys))
}

/// What brings one nearer to a created version, where that takes more than chance.
fn purposeful(app: &App, dice: &mut Dice) -> Option<KeyPress> {
    if let Some(front) = app.overlays().last() {
        return match front {
            Overlay::Question(_) => None,
            Overlay::RebaseDialog(moved) => Some(decide(moved, dice)),
            Overlay::BaseHistory(_) => Some(key(dice.weighted(HISTORY))),
            Overlay::DeploymentView(view) => deploy(view, app, dice),
            _ if dice.chance(60) => Some(Key::Escape.into()),
            _ => None,
        };
    }
    match app.screen() {
        Screen::Review(review) => match review.stage {
            ReviewStage::Ready => {
                let open = review.boxes.all().iter().position(|one| !one.ticked);
                match open {
                    _ if review.focus == ReviewFocus::List => Some(Key::Right.into()),
                    Some(place) if Some(place) > review.boxes.cursor() => Some(Key::Down.into()),
                    Some(place) if Some(place) < review.boxes.cursor() => Some(Key::Up.into()),
                    Some(_) => Some(' '.into()),
                    None if review.focus != ReviewFocus::Create => Some(Key::Right.into()),
                    None => Some(Key::Enter.into()),
                }
            }
            ReviewStage::NotRead(_) => Some('r'.into()),
            ReviewStage::Moved(_) if review.focus != ReviewFocus::Create => Some(Key::Right.into()),
            ReviewStage::Moved(_) => Some(Key::Enter.into()),
            ReviewStage::Reading | ReviewStage::Rereading => None,
        },
        Screen::Outcome(outcome) => {
            let is_looking = outcome.step(&app.session).is_some_and(Step::is_looking);
            let is_created = outcome.step(&app.session).is_some_and(Step::is_success);
            match (is_looking, is_created) {
                (true, _) => Some('j'.into()),
                (false, true) if dice.chance(70) => Some('D'.into()),
                (false, _) => None,
            }
        }
        Screen::Groups(_) | Screen::Assemble(_) => None,
    }
}

/// What brings one to a deployment, or away from it.
fn deploy(view: &DeploymentView, app: &App, dice: &mut Dice) -> Option<KeyPress> {
    let Some(question) = &view.question else {
        return dice.chance(30).then(|| Key::Escape.into());
    };
    let open = question.boxes.open().next();
    let all = question.boxes.all();
    let open = open.and_then(|open| all.iter().position(|one| one == open));
    Some(match open {
        Some(place) if Some(place) > question.boxes.cursor() => Key::Down.into(),
        Some(place) if Some(place) < question.boxes.cursor() => Key::Up.into(),
        Some(_) => ' '.into(),
        None if question.focus == DeploymentFocus::Cancel => Key::Right.into(),
        None => match question.obstacle(&view.group, &app.session) {
            None => Key::Enter.into(),
            Some(Obstacle::ResetNameNotTyped(name)) => {
                let rest = name.strip_prefix(question.typed_name.as_str());
                let next = rest.and_then(|rest| rest.chars().next());
                next.map_or(Key::Backspace.into(), KeyPress::from)
            }
            Some(_) => return None,
        },
    })
}

/// What brings one through the question about a group that has moved, mostly by a rebase.
fn decide(moved: &RebaseDialog, dice: &mut Dice) -> KeyPress {
    let is_open = |kind: DefinitionKind| moved.sides[kind].is_none();
    let open = moved.conflicts().find(|kind| is_open(*kind));
    let wanted = dice.weighted(&[(2, RebaseChoice::Rebase), (1, RebaseChoice::Overwrite)]);
    match (open, moved.current()) {
        (Some(open), Some(current)) if open > current => Key::Down.into(),
        (Some(open), Some(current)) if open < current => Key::Up.into(),
        (Some(_), _) => ' '.into(),
        (None, _) if moved.focus != wanted => Key::Right.into(),
        (None, _) => Key::Enter.into(),
    }
}
