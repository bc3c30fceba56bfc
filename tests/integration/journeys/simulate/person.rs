//! A simulated user: mostly presses sensible keys, sometimes any key.

mod keys;

use greengroup::app::event::Event;
use greengroup::app::key::{Key, KeyPress};
use greengroup::app::notice::Obstacle;
use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::deployment::{DeploymentFocus, DeploymentView};
use greengroup::app::overlay::rebase_dialog::{RebaseChoice, RebaseDialog};
use greengroup::app::overlay::swap::{Swap, SwapStage};
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::{ReviewFocus, ReviewStage};
use greengroup::app::submission::Step;
use greengroup::app::work::Work;
use greengroup::app::{App, KeyContext};
use greengroup::domain::{DefinitionKind, DefinitionVersionArn};

use super::seed::Dice;
use crate::support::session::parse_keys;
use keys::{
    ANYTHING, ASSEMBLE, EDITS, GROUPS, HISTORY, MENU, OUTCOME, PASTES, QUESTION, READER, REVIEW,
    SEARCH,
};

/// The keys for a reset.
pub(super) const RESET: &str = "<F8>";

/// The goal of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// To look around and pick.
    Assemble,
    /// To write and create versions.
    Edit,
}

/// The next action of the user.
pub(super) fn act(app: &App, intent: Intent, dice: &mut Dice) -> Event {
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
        8..=92 if intent == Intent::Edit => {
            let key = edit(app, dice).or_else(|| purposeful(app, dice));
            Event::Key(key.unwrap_or_else(|| usual(app, dice)))
        }
        11..=60 => Event::Key(purposeful(app, dice).unwrap_or_else(|| usual(app, dice))),
        // A draft with changes has many boxes to tick, too many for random keys.
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
        KeyContext::Fixes => MENU,
        KeyContext::Question
        | KeyContext::Rebase
        | KeyContext::Deployment
        | KeyContext::Line
        | KeyContext::Swap => QUESTION,
    };
    key(dice.weighted(keys))
}

/// The next key from a resumed draft to its created version.
pub(super) fn go_on(app: &App, dice: &mut Dice) -> KeyPress {
    let nearer = match (app.overlays().last(), app.screen()) {
        (Some(Overlay::RebaseDialog(_)), _) | (None, Screen::Review(_)) => purposeful(app, dice),
        (Some(_), _) => Some(Key::Escape.into()),
        (None, Screen::Assemble(_)) => Some('a'.into()),
        (None, Screen::Groups(_) | Screen::Outcome(_)) => Some(Key::Enter.into()),
    };
    nearer.unwrap_or_else(|| 'j'.into())
}

/// The next key to new versions and to their review.
fn edit(app: &App, dice: &mut Dice) -> Option<KeyPress> {
    if !app.overlays().is_empty() {
        return None;
    }
    if matches!(app.screen(), Screen::Groups(_)) {
        return Some(Key::Enter.into());
    }
    let Screen::Assemble(_) = app.screen() else {
        return None;
    };
    if let Some(older) = purposeful(app, dice) {
        return Some(older);
    }
    let draft = app.session.work().and_then(Work::draft)?;
    let is_written = draft.to_create().next().is_some();
    // The rest of a stopped change is continued.
    let is_stopped = draft.differs()
        && app
            .session
            .submissions()
            .created_definitions()
            .next()
            .is_some();
    Some(if (is_written || is_stopped) && dice.chance(60) {
        'a'.into()
    } else {
        key(dice.weighted(EDITS))
    })
}

/// The next key to a created version, if chance rarely gets there.
fn purposeful(app: &App, dice: &mut Dice) -> Option<KeyPress> {
    if let Some(front) = app.overlays().last() {
        return match front {
            Overlay::Question(_) => None,
            Overlay::RebaseDialog(moved) => Some(decide(moved, dice)),
            Overlay::BaseHistory(_) => Some(key(dice.weighted(HISTORY))),
            Overlay::DeploymentView(view) => deploy(view, app, dice),
            Overlay::DefinitionName(_) | Overlay::Fixes(_) if dice.chance(70) => {
                Some(Key::Enter.into())
            }
            Overlay::Swap(swap) => Some(exchange(swap, dice)),
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
                (false, false) if dice.chance(50) => Some(Key::Enter.into()),
                (false, _) => None,
            }
        }
        // A user who finds an older version often wants it.
        Screen::Assemble(assemble) => {
            let catalog = app.session.catalog();
            let is_older = |arn: &&DefinitionVersionArn| {
                !arn.is_new() && catalog.definition_of(arn).is_some() && !catalog.is_latest(arn)
            };
            let highlighted = assemble.highlighted().filter(is_older);
            highlighted.filter(|_| dice.chance(40)).map(|_| ' '.into())
        }
        Screen::Groups(_) => None,
    }
}

/// The next key of a replacement: any text, another number at its end, and the places.
fn exchange(swap: &Swap, dice: &mut Dice) -> KeyPress {
    match swap.stage {
        SwapStage::From if dice.chance(60) => Key::Down.into(),
        SwapStage::From => Key::Enter.into(),
        SwapStage::To if swap.to.as_str() == swap.chosen() => Key::Backspace.into(),
        SwapStage::To if swap.to.as_str().len() < swap.chosen().len() => {
            dice.one_of(&['0', '1', '2', '3']).into()
        }
        SwapStage::To => Key::Enter.into(),
        SwapStage::Places => match dice.below(10) {
            0 => ' '.into(),
            1 => Key::Down.into(),
            2 => Key::Escape.into(),
            _ => Key::Enter.into(),
        },
    }
}

/// The next key to a deployment, or away from it.
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

/// The next key of the question about a newer version, mostly a rebase.
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
