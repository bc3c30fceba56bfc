//! The replacement of a text: the text, its replacement, and the places with their boxes.

use super::menu;
use crate::app::App;
use crate::app::overlay::swap::{Swap, SwapBox, SwapStage};
use crate::domain::content::endpoint_name;
use crate::domain::plural::counted;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::change::change;
use crate::ui::widget::list::list;
use crate::ui::widget::row::Row;
use crate::ui::widget::search_line::search_line;

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
    let candidates = view.candidates();
    let mut below = canvas.part(3, usize::MAX);
    list(
        &mut below,
        &candidates,
        view.candidate,
        |row, text, is_selected| {
            let name = endpoint_name(Some(text), "");
            let row = row.middle(theme.row(is_selected), &name);
            if name == *text {
                row
            } else {
                row.gap(2).text(theme.faint, text)
            }
        },
    );
    search_line(canvas, 1, ">", (&view.to, ""), true);
}

fn draw_places(view: &Swap, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let from = endpoint_name(Some(view.chosen()), "");
    let to = endpoint_name(Some(&view.wanted()), "");
    let places = counted(view.boxes.len(), "place");
    canvas.title(
        &format!("replace {from} with {to}"),
        &format!("{} of {places}", view.ticked()),
    );
    let notes = usize::from(view.unread > 0 || view.boxes.is_empty());
    let rows = canvas.height().saturating_sub(1 + notes);
    let mut below = canvas.part(1, rows);
    list(&mut below, &view.boxes, Some(view.cursor), |row, one, _| {
        place_row(row, one)
    });
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

fn place_row<'a>(row: Row<'a>, one: &SwapBox) -> Row<'a> {
    let theme = row.theme();
    let place = &one.place;
    let before = endpoint_name(Some(&place.before), "");
    let after = endpoint_name(Some(&place.after), "");
    let row = row
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
