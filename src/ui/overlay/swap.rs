//! The replacement of a text: the text, its replacement, and the places with their boxes.

use super::menu;
use crate::app::App;
use crate::app::overlay::swap::{Swap, SwapBox, SwapStage};
use crate::domain::content::endpoint_name;
use crate::domain::plural::counted;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::change::change;
use crate::ui::widget::row::Row;
use crate::ui::widget::search_line::search_line;

/// Draws the current step.
pub(super) fn draw(_app: &App, view: &Swap, canvas: &mut Canvas<'_, '_>) {
    match view.stage {
        SwapStage::From => {
            menu::draw(
                &view.from,
                "replace which text?",
                canvas,
                |row, entry, style| row.middle(style, &entry.text),
            );
        }
        SwapStage::To => draw_line(view, canvas),
        SwapStage::Places => draw_places(view, canvas),
    }
}

fn draw_line(view: &Swap, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    canvas.title(&format!("replace {} with", view.chosen()), "");
    search_line(canvas, 1, ">", (&view.to, ""), true);
    let candidates = view.candidates();
    let rows = canvas.height().saturating_sub(3);
    let place = view.candidate.unwrap_or(0);
    let top = (place + 1).saturating_sub(rows);
    for (line, (place, text)) in candidates
        .iter()
        .enumerate()
        .skip(top)
        .take(rows)
        .enumerate()
    {
        let is_selected = view.candidate == Some(place);
        let (marker, style) = if is_selected {
            (theme.symbols.marker, theme.selected)
        } else {
            ("", theme.plain)
        };
        let name = endpoint_name(Some(text), "");
        let row = canvas.row().gap(1).cell(theme.marker, marker, 2);
        let row = row.middle(style, &name);
        let row = if name == *text {
            row
        } else {
            row.gap(2).text(theme.faint, text)
        };
        canvas.write(line + 3, &row.line());
    }
}

fn draw_places(view: &Swap, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let from = endpoint_name(Some(view.chosen()), "");
    let to = endpoint_name(Some(&view.wanted()), "");
    let text = format!("replace {from} with {to}");
    let of = format!(
        "{} of {}",
        view.ticked(),
        counted(view.boxes.len(), "place")
    );
    canvas.title(&text, &of);
    let notes = usize::from(view.unread > 0 || view.boxes.is_empty());
    let rows = canvas.height().saturating_sub(1 + notes);
    let top = (view.cursor + 1).saturating_sub(rows);
    for (line, (place, one)) in view
        .boxes
        .iter()
        .enumerate()
        .skip(top)
        .take(rows)
        .enumerate()
    {
        let is_current = place == view.cursor;
        let row = place_row(canvas.row(), one, is_current);
        canvas.write(line + 1, &row.line());
        if is_current {
            canvas.put_cursor(line + 1, 1);
        }
    }
    let note = if view.boxes.is_empty() {
        "No content of the draft has this text.".to_owned()
    } else {
        format!(
            "{} not loaded: these slots are not changed.",
            counted(view.unread, "content")
        )
    };
    if notes > 0 {
        let row = canvas.row().gap(1).text(theme.warning, &note);
        canvas.write(canvas.height().saturating_sub(1), &row.line());
    }
}

fn place_row<'a>(row: Row<'a>, one: &SwapBox, is_current: bool) -> Row<'a> {
    let theme = row.theme();
    let place = &one.place;
    let marker = if is_current { theme.symbols.marker } else { "" };
    let (before, after) = (
        endpoint_name(Some(&place.before), ""),
        endpoint_name(Some(&place.after), ""),
    );
    let row = row
        .gap(1)
        .cell(theme.marker, marker, 2)
        .text(theme.plain, if one.ticked { "[x]" } else { "[ ]" })
        .gap(1)
        .cell(theme.plain, place.kind.name(), 13)
        .name(theme.plain, &place.item, 16)
        .gap(1)
        .cell(theme.faint, place.member(), 12)
        .gap(1);
    change(
        row,
        (theme.diff_removed, theme.diff_added),
        (&before, &after),
    )
}
