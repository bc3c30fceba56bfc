//! The log of calls, newest first.

use crate::app::App;
use crate::app::calls::Call;
use crate::app::overlay::calls::Calls;
use crate::domain::CallOutcome;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::row::Row;

/// The length of the longest operation, `ListSubscriptionDefinitionVersions`.
const OPERATION: usize = 34;

/// Draws one line for each attempt.
pub(super) fn draw(app: &App, calls: &Calls, canvas: &mut Canvas<'_, '_>) {
    let session = &app.session;
    let all = session.calls().iter();
    canvas.title("calls", &format!("{} attempts, newest first", all.len()));
    let rows = canvas.height().saturating_sub(1);
    let mut block = canvas.block();
    for call in all.rev().skip(calls.top(session)).take(rows) {
        block.add(call_row(call, block.row()));
    }
    if block.lines.is_empty() {
        block.line(3, block.theme.faint, "No calls yet.");
    }
    canvas.write_all(1, &block.lines);
    canvas.put_cursor(1, 1);
}

/// ` 09:12:44 GetGroup                   200    84 ms  ok  1a2b3c4d-…`.
fn call_row<'a>(call: &Call, row: Row<'a>) -> Row<'a> {
    let theme = row.theme();
    let iso = call.at.iso();
    let time = iso.get(11..19).unwrap_or(&iso);
    let attempt = &call.attempt;
    let operation = match attempt.attempt {
        1 => attempt.operation.clone(),
        again => format!("{} {again}/{}", attempt.operation, attempt.attempts),
    };
    let operation_cells = row.left().saturating_sub(44).clamp(12, OPERATION);
    let row = row
        .gap(1)
        .cell(theme.faint, time, 8)
        .gap(1)
        .cell(theme.plain, &operation, operation_cells)
        .gap(1);
    let Some(end) = &call.end else {
        return row.text(theme.warning, "running");
    };
    let status = end
        .status
        .map_or_else(|| "---".to_owned(), |status| status.to_string());
    let (style, outcome) = match end.outcome {
        CallOutcome::Answered => (theme.plain, "ok"),
        CallOutcome::Failed(kind) => (theme.error, kind.words()),
        CallOutcome::Abandoned => (theme.faint, "cancelled"),
    };
    let request_id = end.request_id.as_deref().unwrap_or("no request id");
    let duration = format!("{:>5} ms", end.duration.as_millis());
    row.cell(style, &status, 3)
        .gap(1)
        .cell(theme.plain, &duration, 8)
        .gap(2)
        .text(style, outcome)
        .gap(2)
        .text(theme.faint, request_id)
}
