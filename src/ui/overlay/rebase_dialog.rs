//! The comparison with a newer version of the group: both sides slot by slot, and three choices.

use ratatui::text::Line;

use crate::app::overlay::rebase_dialog::{RebaseChoice, RebaseDialog};
use crate::app::work::Work;
use crate::app::{App, KeyContext, Session};
use crate::domain::rebase::{Merge, Rebase, Side};
use crate::domain::{DefinitionKind, Slots};
use crate::ui::keys::Keys;
use crate::ui::naming::held_words;
use crate::ui::notice::obstacle_text;
use crate::ui::widget::buttons::{Button, buttons};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::titled_rule::TitledRule;

/// Draws the comparison and the choices.
pub(super) fn draw(app: &App, moved: &RebaseDialog, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    canvas.title("the group has a newer version", "");
    let mut lines = introduction(session, moved, canvas);
    lines.push(Line::default());
    let current = moved.current();
    let mut marked = None;
    match &moved.rebase {
        Some(rebase) => {
            for kind in DefinitionKind::ALL {
                if current == Some(kind) {
                    marked = Some(lines.len());
                }
                lines.extend(slot(session, moved, rebase, kind, current, canvas));
            }
        }
        None => lines.push(unread(session, moved, canvas)),
    }
    let (bottom, button) = bottom(session, moved, canvas);
    let rows = canvas.height().saturating_sub(1 + bottom.len());
    let top = first_shown(moved, &lines, rows);
    canvas.write_all(1, lines.iter().skip(top).take(rows));
    let under = canvas.height().saturating_sub(bottom.len());
    canvas.write_all(under.max(1), &bottom);
    let is_open = moved.conflicts().any(|kind| moved.sides[kind].is_none());
    let compared = marked.filter(|_| is_open || moved.focus == RebaseChoice::Back);
    match (compared, button) {
        (Some(line), _) if line >= top && line < top + rows => canvas.put_cursor(1 + line - top, 1),
        (_, Some(column)) => canvas.put_cursor(canvas.height().saturating_sub(1), column),
        (_, None) => {}
    }
}

/// The first visible line: a comparison longer than the screen scrolls with the cursor.
fn first_shown(moved: &RebaseDialog, lines: &[Line<'_>], rows: usize) -> usize {
    let last = lines.len().saturating_sub(rows);
    match moved.current() {
        Some(kind) if last > 0 => (kind.index() * lines.len() / 7).min(last),
        _ => 0,
    }
}

fn introduction(
    session: &Session,
    moved: &RebaseDialog,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let base = session
        .work()
        .and_then(Work::draft)
        .and_then(|draft| draft.base().version.as_ref());
    let version = session.work().and_then(|work| {
        session
            .catalog()
            .group_version(&work.group, &moved.latest)
            .ready()
    });
    let age = version
        .and_then(|version| version.created)
        .map_or_else(String::new, |at| format!(" {} ago", at.age(session.now())));
    let text = format!(
        "Version {} was created{age}, after this draft started from {}. What each side changed:",
        moved.latest.short(),
        base.map_or("nothing", |base| base.short()),
    );
    wrap(&text, canvas.width().saturating_sub(2))
        .iter()
        .map(|part| canvas.row().gap(1).text(canvas.theme.plain, part).line())
        .collect()
}

fn unread(session: &Session, moved: &RebaseDialog, canvas: &Canvas<'_, '_>) -> Line<'static> {
    let error = session.work().and_then(|work| {
        let reading = session.catalog().group_version(&work.group, &moved.latest);
        reading.error()
    });
    let (style, text) = match error {
        Some(error) => (canvas.theme.error, error.to_string()),
        None => (canvas.theme.faint, "loading…".to_owned()),
    };
    canvas.row().gap(3).text(style, &text).line()
}

/// The result of comparing a slot, and both sides if they conflict.
fn slot(
    session: &Session,
    moved: &RebaseDialog,
    rebase: &Rebase,
    kind: DefinitionKind,
    current: Option<DefinitionKind>,
    canvas: &Canvas<'_, '_>,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let merge = rebase.merge(kind);
    let (style, word) = match merge {
        Merge::Same => (theme.faint, "same"),
        Merge::Mine => (theme.changed, "mine"),
        Merge::Theirs => (theme.added, "theirs"),
        Merge::Conflict => (theme.error, "CONFLICT"),
    };
    let head = canvas
        .row()
        .marker(current == Some(kind))
        .text(theme.key, &(kind.index() + 1).to_string())
        .gap(1)
        .cell(theme.plain, kind.name(), 14)
        .cell(style, word, 10);
    let both = "both changed it: choose a side";
    match merge {
        Merge::Same => vec![
            head.middle(theme.faint, &holds(session, rebase.mine(), kind))
                .line(),
        ],
        Merge::Mine => vec![
            head.middle(theme.plain, &holds(session, rebase.mine(), kind))
                .line(),
        ],
        Merge::Theirs => {
            vec![
                head.middle(theme.plain, &holds(session, rebase.theirs(), kind))
                    .line(),
            ]
        }
        Merge::Conflict => {
            let chosen = moved.sides[kind];
            let sides = [
                (Side::Mine, "mine", rebase.mine()),
                (Side::Theirs, "theirs", rebase.theirs()),
            ];
            let mut lines = vec![head.text(theme.plain, both).line()];
            lines.extend(sides.map(|(side, name, slots)| {
                let text = format!("{name:<7} {}", holds(session, slots, kind));
                side_line(&text, chosen == Some(side), canvas)
            }));
            lines
        }
    }
}

fn holds(session: &Session, slots: &Slots, kind: DefinitionKind) -> String {
    let version = slots.get(kind);
    version.map_or_else(|| "nothing".to_owned(), |held| held_words(session, held))
}

/// `(x) mine    press-line-3-fns 88d2f00a (2 h old)`.
fn side_line(text: &str, is_chosen: bool, canvas: &Canvas<'_, '_>) -> Line<'static> {
    let theme = canvas.theme;
    let (sign, style) = if is_chosen {
        ("(x)", theme.heading)
    } else {
        ("( )", theme.plain)
    };
    canvas
        .row()
        .gap(7)
        .text(style, sign)
        .gap(1)
        .middle(style, text)
        .line()
}

/// The lines below the comparison, and the column of the focused button.
fn bottom(
    session: &Session,
    moved: &RebaseDialog,
    canvas: &Canvas<'_, '_>,
) -> (Vec<Line<'static>>, Option<usize>) {
    let theme = canvas.theme;
    let keys = Keys::new(session, KeyContext::Rebase);
    let obstacle = moved
        .obstacle(session)
        .map(|obstacle| obstacle_text(&obstacle, keys));
    let (style, text) = match (&obstacle, moved.focus) {
        (Some(obstacle), _) => (theme.warning, obstacle.as_str()),
        (None, RebaseChoice::Back) => (theme.plain, "Back to Review; nothing changes."),
        (None, RebaseChoice::Rebase) => (
            theme.plain,
            "The draft takes their changes, keeps mine, and the new version becomes its base.",
        ),
        (None, RebaseChoice::Overwrite) => (
            theme.warning,
            "The draft stays as it is: the new version loses their changes.",
        ),
    };
    let (row, column) = buttons(canvas.row(), &all_buttons(moved));
    let lines = vec![
        TitledRule::default().line(theme, canvas.width()),
        canvas.row().gap(1).text(style, text).line(),
        row.line(),
    ];
    (lines, column)
}

fn all_buttons(moved: &RebaseDialog) -> [Button<'static>; 3] {
    RebaseChoice::ALL.map(|choice| Button {
        text: match choice {
            RebaseChoice::Back => "Back",
            RebaseChoice::Rebase => "Rebase onto theirs",
            RebaseChoice::Overwrite => "Keep mine only",
        },
        is_focused: choice == moved.focus,
        is_live: true,
    })
}
