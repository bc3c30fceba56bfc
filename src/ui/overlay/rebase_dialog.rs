//! The comparison with a newer version of the group: both sides slot by slot, and three choices.

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
use crate::ui::widget::text_block::TextBlock;
use crate::ui::widget::titled_rule::TitledRule;

pub(super) fn draw(app: &App, moved: &RebaseDialog, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    canvas.title("the group has a newer version", "");
    let mut body = canvas.block();
    introduction(session, moved, &mut body);
    body.blank();
    let mut marked = None;
    match &moved.rebase {
        Some(rebase) => {
            for kind in DefinitionKind::ALL {
                if moved.current() == Some(kind) {
                    marked = Some(body.lines.len());
                }
                slot(session, moved, rebase, kind, &mut body);
            }
        }
        None => unread(session, moved, &mut body),
    }
    let mut below = canvas.block();
    let button = bottom(session, moved, &mut below);
    let rows = canvas.height().saturating_sub(1 + below.lines.len());
    let top = first_shown(moved, body.lines.len(), rows);
    canvas.write_all(1, body.lines.iter().skip(top).take(rows));
    canvas.write_all(1 + rows, &below.lines);
    let is_open = moved.conflicts().any(|kind| moved.sides[kind].is_none());
    let compared = marked.filter(|_| is_open || moved.focus == RebaseChoice::Back);
    match (compared, button) {
        (Some(line), _) if line >= top && line < top + rows => canvas.put_cursor(1 + line - top, 1),
        (_, Some(column)) => canvas.put_cursor(canvas.height().saturating_sub(1), column),
        (_, None) => {}
    }
}

/// The first visible line: a comparison longer than the screen scrolls with the cursor.
fn first_shown(moved: &RebaseDialog, lines: usize, rows: usize) -> usize {
    let last = lines.saturating_sub(rows);
    match moved.current() {
        Some(kind) if last > 0 => (kind.index() * lines / 7).min(last),
        _ => 0,
    }
}

fn introduction(session: &Session, moved: &RebaseDialog, body: &mut TextBlock<'_>) {
    let work = session.work();
    let base = work
        .and_then(Work::draft)
        .and_then(|draft| draft.base().version.as_ref());
    let created = work.and_then(|work| {
        let version = session.catalog().group_version(&work.group, &moved.latest);
        version.ready()?.created
    });
    let age = created.map_or_else(String::new, |at| format!(" {} ago", at.age(session.now())));
    let text = format!(
        "Version {} was created{age}, after this draft started from {}. What each side changed:",
        moved.latest.short(),
        base.map_or("nothing", |base| base.short()),
    );
    body.text(1, body.theme.plain, &text);
}

fn unread(session: &Session, moved: &RebaseDialog, body: &mut TextBlock<'_>) {
    let error = session.work().and_then(|work| {
        let reading = session.catalog().group_version(&work.group, &moved.latest);
        reading.error()
    });
    match error {
        Some(error) => body.line(3, body.theme.error, &error.to_string()),
        None => body.line(3, body.theme.faint, "loading…"),
    }
}

/// The result of comparing a slot, and both sides if they conflict.
fn slot(
    session: &Session,
    moved: &RebaseDialog,
    rebase: &Rebase,
    kind: DefinitionKind,
    body: &mut TextBlock<'_>,
) {
    let theme = body.theme;
    let merge = rebase.merge(kind);
    let (style, word) = match merge {
        Merge::Same => (theme.faint, "same"),
        Merge::Mine => (theme.changed, "mine"),
        Merge::Theirs => (theme.added, "theirs"),
        Merge::Conflict => (theme.error, "CONFLICT"),
    };
    let row = body
        .row()
        .marker(moved.current() == Some(kind))
        .text(theme.key, &(kind.index() + 1).to_string())
        .gap(1)
        .cell(theme.plain, kind.name(), 14)
        .cell(style, word, 10);
    let mine = holds(session, rebase.mine(), kind);
    let theirs = holds(session, rebase.theirs(), kind);
    match merge {
        Merge::Same => body.add(row.middle(theme.faint, &mine)),
        Merge::Mine => body.add(row.middle(theme.plain, &mine)),
        Merge::Theirs => body.add(row.middle(theme.plain, &theirs)),
        Merge::Conflict => {
            body.add(row.text(theme.plain, "both changed it: choose a side"));
            let sides = [(Side::Mine, "mine", mine), (Side::Theirs, "theirs", theirs)];
            for (side, name, held) in sides {
                let (sign, style) = if moved.sides[kind] == Some(side) {
                    ("(x)", theme.heading)
                } else {
                    ("( )", theme.plain)
                };
                let row = body.row().gap(7).text(style, sign).gap(1);
                body.add(row.middle(style, &format!("{name:<7} {held}")));
            }
        }
    }
}

fn holds(session: &Session, slots: &Slots, kind: DefinitionKind) -> String {
    let version = slots.get(kind);
    version.map_or_else(|| "nothing".to_owned(), |held| held_words(session, held))
}

/// Adds the obstacle or the effect of the focused choice, and the buttons. Returns the column of the focused button.
fn bottom(session: &Session, moved: &RebaseDialog, below: &mut TextBlock<'_>) -> Option<usize> {
    let theme = below.theme;
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
    let rule = TitledRule::default().line(theme, below.width);
    below.lines.push(rule);
    below.line(1, style, text);
    let all = RebaseChoice::ALL.map(|choice| Button {
        text: match choice {
            RebaseChoice::Back => "Back",
            RebaseChoice::Rebase => "Rebase onto theirs",
            RebaseChoice::Overwrite => "Keep mine only",
        },
        is_focused: choice == moved.focus,
        is_live: true,
    });
    let (row, column) = buttons(below.row(), &all);
    below.add(row);
    column
}
