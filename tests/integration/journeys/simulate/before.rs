//! The screen before an event, from which the permitted effects follow.

use std::sync::Arc;

use greengroup::app::event::Event;
use greengroup::app::overlay::Overlay;
use greengroup::app::overlay::deployment::DeploymentFocus;
use greengroup::app::overlay::swap::{Swap, SwapStage};
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::{Acknowledgement, ReviewFocus, ReviewStage};
use greengroup::app::session::Fix;
use greengroup::app::work::Work;
use greengroup::app::{App, Command, KeyContext};
use greengroup::domain::rebase::Side;
use greengroup::domain::swap::SwapPlace;
use greengroup::domain::{
    DefinitionKind, DefinitionVersionArn, DeploymentRequest, Draft, GroupChange, GroupId,
    GroupVersionId, NewVersion, PerKind,
};
use greengroup::sandbox::Sandbox;

use super::canvas;
use super::ledger::Shown;
use super::world;

/// Milliseconds after opening the review until Enter on Create works.
pub(super) const ARMED_AFTER: u128 = 300;

/// The front view, as far as it can change the draft.
#[derive(Debug)]
pub(super) enum Front {
    Screen,
    Help(Option<Command>),
    History(Option<GroupVersionId>),
    Moved {
        latest: GroupVersionId,
        sides: PerKind<Option<Side>>,
        conflicts: usize,
    },
    /// The line for the name of a new definition.
    Name(DefinitionKind, String),
    /// The ticked places of a replacement.
    Swap(Vec<SwapPlace>),
    Fixes(Option<Fix>),
    Other,
}

/// The Create button at the moment of the event.
#[derive(Debug, Clone)]
pub(super) struct Confirmation {
    pub(super) change: GroupChange,
    /// The new definition versions of the change, as in the draft.
    pub(super) new: Vec<NewVersion>,
    /// The requests as shown on the screen.
    pub(super) shown: Vec<canvas::Shown>,
    base: Option<GroupVersionId>,
    pub(super) unticked: Vec<Acknowledgement>,
    overwrites: Vec<GroupVersionId>,
    /// The group's latest version in the account.
    latest: Option<Arc<str>>,
    /// Milliseconds since the review was opened.
    pub(super) armed_for: u128,
}

impl Confirmation {
    /// True if Create may have an effect, so that the shown requests matter.
    pub(super) const fn may_pass(&self) -> bool {
        self.armed_for >= ARMED_AFTER && self.unticked.is_empty()
    }

    /// True if the draft is based on the group's latest version, or supersedes it knowingly.
    pub(super) fn covers_latest(&self) -> bool {
        let Some(latest) = self.latest.as_deref() else {
            return true;
        };
        let known = self.base.iter().chain(&self.overwrites);
        known
            .map(GroupVersionId::as_str)
            .any(|known| known == latest)
    }
}

/// The state before an event.
#[derive(Debug)]
pub(super) struct Before {
    pub(super) context: KeyContext,
    pub(super) front: Front,
    pub(super) screen: &'static str,
    pub(super) focus: Option<DefinitionKind>,
    pub(super) highlighted: Option<DefinitionVersionArn>,
    pub(super) draft: Option<Draft>,
    pub(super) group: Option<GroupId>,
    pub(super) left: Option<Draft>,
    pub(super) created: usize,
    pub(super) is_rereading: bool,
    is_create_focused: bool,
    confirmation: Option<Confirmation>,
    command: Option<Command>,
    /// The request of the focused deploy or reset button, if it were not blocked.
    pub(super) deployment: Option<DeploymentRequest>,
}

impl Before {
    pub(super) fn of(
        app: &App,
        event: &Event,
        sandbox: &Sandbox,
        review_opened: tokio::time::Instant,
    ) -> Self {
        let work = app.work();
        let assemble = match app.screen() {
            Screen::Assemble(assemble) => Some(assemble),
            _ => None,
        };
        let mut before = Self {
            context: app.context(),
            front: front(app),
            screen: app.screen().name(),
            focus: assemble.map(|assemble| assemble.focus),
            highlighted: assemble.and_then(|assemble| assemble.highlighted().cloned()),
            draft: work.and_then(Work::draft).cloned(),
            group: work.map(|work| work.group.clone()),
            left: work
                .and_then(|work| work.recovered.as_ref())
                .map(|left| left.draft.clone()),
            created: app.session.submissions().created().count(),
            is_rereading: app.is_rereading(),
            is_create_focused: false,
            confirmation: None,
            command: None,
            deployment: deployment(app),
        };
        if let Event::Key(key) = event {
            before.command = app.session.keymap().command(before.context, *key);
            before.command = match (&before.front, before.command) {
                (Front::Help(chosen), Some(Command::Open)) => *chosen,
                (_, command) => command,
            };
        }
        if let (Screen::Review(review), Some(work)) = (app.screen(), work) {
            before.is_create_focused =
                review.focus == ReviewFocus::Create && review.stage == ReviewStage::Ready;
            if before.is_create_focused && before.command == Some(Command::Open) {
                before.confirmation = confirmation(review, work, sandbox, review_opened);
            }
        }
        before
    }

    /// The command of the key; a command chosen in the help counts as the key's.
    pub(super) const fn command(&self) -> Option<Command> {
        self.command
    }

    /// The change behind Create, to be completed by the shown requests.
    pub(super) const fn confirmation_mut(&mut self) -> Option<&mut Confirmation> {
        self.confirmation.as_mut()
    }

    /// The change behind Create, if this event pressed it.
    pub(super) fn confirmation(&self, event: &Event) -> Option<Confirmation> {
        let is_in_front = matches!(self.front, Front::Screen | Front::Help(_));
        let is_enter = matches!(event, Event::Key(_)) && self.command == Some(Command::Open);
        self.confirmation
            .clone()
            .filter(|_| is_enter && is_in_front && self.is_create_focused)
    }
}

fn confirmation(
    review: &greengroup::app::screen::review::Review,
    work: &Work,
    sandbox: &Sandbox,
    review_opened: tokio::time::Instant,
) -> Option<Confirmation> {
    let unticked = review
        .boxes
        .all()
        .iter()
        .filter(|one| !one.ticked)
        .map(|one| one.what.clone());
    let overwrites = review.boxes.all().iter().filter_map(|one| match &one.what {
        Acknowledgement::Supersedes(superseded) => Some(superseded.version.clone()),
        _ => None,
    });
    Some(Confirmation {
        change: work.requests()?,
        new: work.draft()?.to_create().cloned().collect(),
        shown: Vec::new(),
        base: work.draft()?.base().version.clone(),
        unticked: unticked.collect(),
        overwrites: overwrites.collect(),
        latest: world::latest(sandbox, &work.group),
        armed_for: review_opened.elapsed().as_millis(),
    })
}

fn deployment(app: &App) -> Option<DeploymentRequest> {
    let Some(Overlay::DeploymentView(view)) = app.overlays().last() else {
        return None;
    };
    let question = view.question.as_ref()?;
    let is_live = question.focus == DeploymentFocus::Confirm
        && question.obstacle(&view.group, &app.session).is_none();
    is_live.then(|| question.request(&view.group))
}

pub(super) fn front(app: &App) -> Front {
    match app.overlays().last() {
        None => Front::Screen,
        Some(Overlay::Help(help)) => {
            Front::Help(help.menu.selected().and_then(|row| row.command.ok()))
        }
        Some(Overlay::BaseHistory(history)) => Front::History(history.menu.selected().cloned()),
        Some(Overlay::RebaseDialog(moved)) => Front::Moved {
            latest: moved.latest.clone(),
            sides: PerKind::from_fn(|kind| moved.sides[kind]),
            conflicts: moved.conflicts().count(),
        },
        Some(Overlay::DefinitionName(name)) => {
            Front::Name(name.kind, name.input.as_str().trim().to_owned())
        }
        Some(Overlay::Swap(swap)) if swap.stage == SwapStage::Places => Front::Swap(ticked(swap)),
        Some(Overlay::Fixes(fixes)) => Front::Fixes(fixes.selected().cloned()),
        Some(_) => Front::Other,
    }
}

fn ticked(swap: &Swap) -> Vec<SwapPlace> {
    let ticked = swap.boxes.iter().filter(|one| one.ticked);
    ticked.map(|one| one.place.clone()).collect()
}
