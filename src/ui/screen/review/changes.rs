//! What changed in the content of a slot in Review, below its versions or next to them.

use super::slot_change::SlotChange;
use super::slot_row::{BESIDE, START, WIDE};
use crate::app::Session;
use crate::domain::diff::{BriefLine, ContentDiff, Mark};
use crate::domain::printable::printable;
use crate::domain::{Content, SlotArn};
use crate::ui::widget::cells::width;
use crate::ui::widget::change::change;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_block::TextBlock;

/// The maximum number of lines for one slot's changes; the difference shows all.
const MAX_CHANGES: usize = 3;
const MAX_CHANGES_BESIDE: usize = 6;

/// The maximum bytes of a summary; the line is cut earlier.
const MAX_SUMMARY: usize = 400;

/// The differences between the loaded contents of a changed slot.
pub(super) fn changes(session: &Session, change: &SlotChange<'_>) -> Vec<BriefLine> {
    if !change.state.is_change() {
        return Vec::new();
    }
    let content = |held: Option<&SlotArn>| {
        let arn = held.and_then(SlotArn::version)?;
        session.catalog().contents.get(arn).ready()
    };
    let holds = |mark, content: &Content| {
        let text = content.summary(MAX_SUMMARY).to_string();
        vec![BriefLine::new(mark, text)]
    };
    match (content(change.before), content(change.after)) {
        (Some(before), Some(after)) => ContentDiff::between(before, after)
            .map(|diff| diff.brief())
            .unwrap_or_default(),
        (None, Some(after)) if change.before.is_none() => holds(Mark::Added, after),
        (Some(before), None) if change.after.is_none() => holds(Mark::Removed, before),
        (_, _) => Vec::new(),
    }
}

/// Adds the rows with their changes below, or next to them if there is room.
pub(super) fn add_beside(body: &mut TextBlock<'_>, rows: Vec<Row<'_>>, changes: &[BriefLine]) {
    let is_wide = body.width >= WIDE;
    let (most, column) = if is_wide {
        (MAX_CHANGES_BESIDE, BESIDE)
    } else {
        (MAX_CHANGES, START - 2)
    };
    let all = changes.len();
    let (shown, rest) = changes.split_at(if all > most { most - 1 } else { all });
    let more = format!("{} more", rest.len());
    let more = (!rest.is_empty()).then(|| BriefLine::new(Mark::Head, more));
    let mut lines = shown.iter().chain(&more);
    for row in rows {
        if is_wide
            && row.used() < BESIDE
            && let Some(line) = lines.next()
        {
            body.add(brief(row.to(BESIDE), line));
        } else {
            body.add(row);
        }
    }
    for line in lines {
        body.add(brief(body.row().to(column), line));
    }
}

/// `- 1 resource: camera`, `  cam MemorySize: 16384 → 32768`.
fn brief<'a>(row: Row<'a>, line: &BriefLine) -> Row<'a> {
    let theme = row.theme();
    let (sign, style) = match line.mark {
        Mark::Added => (line.mark.sign(), theme.diff_added),
        Mark::Removed => (line.mark.sign(), theme.diff_removed),
        Mark::Head => (' ', theme.faint),
        Mark::Same => (line.mark.sign(), theme.plain),
    };
    let row = row.text(style, &format!("{sign} "));
    let Some((before, after)) = &line.values else {
        return row.middle(style, &line.text);
    };
    let label = width(&printable(&line.text)).min(row.left() / 2);
    let row = row.name(style, &line.text, label);
    change(row, (style, style), (before, after))
}
