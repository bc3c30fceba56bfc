//! The lower part of Review, always fully visible: boxes, name, the reason why Create is blocked, buttons.

use crate::app::screen::review::{
    Acknowledgement, AcknowledgementBox, Review, ReviewFocus, ReviewStage,
};
use crate::app::work::{Superseded, Superseding, Work};
use crate::app::{Command, KeyContext, Session};
use crate::domain::check::BlockingRule;
use crate::domain::printable::printable;
use crate::ui::keys::Keys;
use crate::ui::notice::obstacle_text;
use crate::ui::widget::buttons::{Button, buttons};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;
use crate::ui::widget::confirm_name::confirm_name;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_block::TextBlock;
use crate::ui::widget::titled_rule::TitledRule;

/// The lines below the body; the first is the rule between the two.
pub(super) struct Bottom<'a> {
    pub(super) block: TextBlock<'a>,
    /// Line and column of the cursor: in the typed name, else on the focused box or button.
    cursor: Option<(usize, usize)>,
    has_boxes: bool,
    hidden_boxes: usize,
}

impl<'a> Bottom<'a> {
    /// Fits into `room` rows: only the boxes scroll, never the buttons.
    pub(super) fn new(
        session: &Session,
        review: &Review,
        canvas: &Canvas<'a, '_>,
        room: usize,
    ) -> Self {
        let mut below = canvas.block();
        let theme = below.theme;
        let mut cursor = None;
        if let Some(typed) = &review.typed_name {
            let name = session.open_group_name();
            let position = confirm_name(&mut below, (&name, typed), theme.heading);
            cursor = review.is_typing_name().then_some(position);
        }
        let obstacle = review.create_obstacle(session);
        let keys = Keys::new(session, KeyContext::Review);
        let row = below.row().gap(1);
        below.add(match &obstacle {
            Some(obstacle) => row.text(theme.warning, &obstacle_text(obstacle, keys)),
            None => row.middle(theme.ok, &ready(session)),
        });
        let all = all_buttons(session, review, obstacle.is_none());
        let (row, button) = buttons(below.row(), &all);
        let button = button.map(|column| (below.lines.len(), column));
        below.add(match review.focus {
            ReviewFocus::List => row.text(theme.faint, "(focus: the list above)"),
            ReviewFocus::Cancel | ReviewFocus::Create => row,
        });
        let boxes = review.boxes.all();
        let (first, shown) = box_window(review, room.saturating_sub(below.lines.len() + 1));
        let mut block = canvas.block();
        block.blank();
        let is_box_open = review.boxes.open().next().is_some();
        let is_live = is_box_open && review.focus == ReviewFocus::Cancel;
        for (place, one) in boxes.iter().enumerate().skip(first).take(shown) {
            let is_current = Some(place) == review.boxes.cursor();
            block.add(box_line(session, one, (is_current, is_live), block.row()));
        }
        let current = review.boxes.cursor().unwrap_or(0).saturating_sub(first);
        let on_box = is_live.then_some((1 + current, 1));
        let lines_above = block.lines.len();
        let in_block = |(line, column)| (lines_above + line, column);
        let cursor = cursor.map(in_block).or(on_box).or(button.map(in_block));
        block.lines.append(&mut below.lines);
        Self {
            block,
            cursor: cursor.filter(|_| review.focus != ReviewFocus::List),
            has_boxes: !boxes.is_empty(),
            hidden_boxes: boxes.len().saturating_sub(shown),
        }
    }

    /// Draws the lines; `hidden` is the number of body lines below the visible ones.
    pub(super) fn draw(self, keys: Keys<'_>, canvas: &mut Canvas<'_, '_>, hidden: usize) {
        let theme = canvas.theme;
        let mut rule = TitledRule::default();
        if self.has_boxes {
            rule.left.push((theme.heading, "to acknowledge".to_owned()));
        }
        if self.hidden_boxes > 0 {
            let move_among = keys.pair(Command::Up, Command::Down);
            let text = format!("{} more, {move_among}", self.hidden_boxes);
            rule.left.push((theme.warning, text));
        }
        let right = match hidden {
            0 => String::new(),
            hidden => format!("{hidden} more lines, {}", keys.name(Command::PageDown)),
        };
        canvas.write_all(0, &self.block.lines);
        canvas.write(0, &rule.right(&right).line(theme, canvas.width()));
        if let Some((line, column)) = self.cursor {
            canvas.put_cursor(line, column);
        }
    }
}

fn ready(session: &Session) -> String {
    let name = session.open_group_name();
    if session.launch().dry_run {
        format!("Ready. Create only shows the request for {name}: this is a dry run.")
    } else {
        format!("Ready. Create makes a new version of {name}.")
    }
}

/// Cancel and, unless creating is disabled, Create.
fn all_buttons(session: &Session, review: &Review, is_live: bool) -> Vec<Button<'static>> {
    let is_under_way = review.is_under_way(session);
    let create = if session.launch().dry_run {
        "Create (dry run)"
    } else if matches!(review.stage, ReviewStage::Moved(_)) {
        "Compare with new version"
    } else {
        "Create"
    };
    let mut all = vec![
        Button {
            text: "Cancel",
            is_focused: review.focus == ReviewFocus::Cancel
                && !is_under_way
                && review.boxes.open().next().is_none(),
            is_live: !is_under_way,
        },
        Button {
            text: create,
            is_focused: review.focus == ReviewFocus::Create && !is_under_way,
            is_live: is_live || matches!(review.stage, ReviewStage::Moved(_)),
        },
    ];
    if session.launch().read_only {
        all.truncate(1);
    }
    all
}

/// The first visible box and the number of visible ones; the cursor is always visible.
fn box_window(review: &Review, rows: usize) -> (usize, usize) {
    let shown = review.boxes.cursor().map_or(0, |cursor| cursor + 1);
    let first = shown.saturating_sub(rows);
    (first, rows.min(review.boxes.all().len()))
}

/// ` > [ ] DROPPED: …`. If the cursor is elsewhere, only the sign marks the box that Space ticks.
fn box_line<'a>(
    session: &Session,
    one: &AcknowledgementBox,
    (is_current, is_live): (bool, bool),
    row: Row<'a>,
) -> Row<'a> {
    let theme = row.theme();
    let sign = if one.ticked { "[x]" } else { "[ ]" };
    let style_of_sign = if is_current {
        theme.marker
    } else {
        theme.plain
    };
    let style = match &one.what {
        Acknowledgement::Dropped(..) | Acknowledgement::LeftOut(..) => theme.dropped,
        Acknowledgement::Blocking(_) => theme.error,
        Acknowledgement::IdenticalCopy
        | Acknowledgement::Supersedes(_)
        | Acknowledgement::NotCompared(_)
        | Acknowledgement::NewerVersion(_)
        | Acknowledgement::NewerNotRead(_)
        | Acknowledgement::Unchecked(_)
        | Acknowledgement::NoServiceRole
        | Acknowledgement::Unrecorded(_)
        | Acknowledgement::Force => theme.warning,
    };
    let style = if one.ticked { theme.plain } else { style };
    let row = row.marker(is_current && is_live);
    let row = row.text(style_of_sign, sign).gap(1);
    let words = box_words(session, &one.what, row.left());
    row.text(style, &words)
}

/// `1 is blocking: …` or `2, 5 are blocking`: the numbers of the findings, and the sentence if it fits.
fn blocking(session: &Session, rule: &BlockingRule, room: usize) -> String {
    let findings = session.work().map(Work::findings);
    let numbers = findings.map_or_else(Vec::new, |findings| findings.numbers_of(rule));
    let shown: Vec<String> = numbers.iter().take(6).map(usize::to_string).collect();
    let more = numbers.len() - shown.len();
    let short = match (numbers.len(), more) {
        (1, _) => format!("finding {} is blocking", shown.concat()),
        (_, 0) => format!("findings {} are blocking", shown.join(", ")),
        _ => format!("findings {} and {more} more are blocking", shown.join(", ")),
    };
    let full = format!("{short}: {}", rule.message());
    if numbers.len() == 1 && width(&printable(&full)) <= room {
        full
    } else {
        short
    }
}

/// The text of a box in `room` cells.
pub(crate) fn box_words(session: &Session, what: &Acknowledgement, room: usize) -> String {
    match what {
        Acknowledgement::Dropped(kind, _) => {
            format!("DROPPED: the new version has no {kind} definition")
        }
        Acknowledgement::LeftOut(kind, latest) => format!(
            "LEFT OUT: version {} has a {kind} definition, the new one has none",
            latest.short()
        ),
        Acknowledgement::Blocking(rule) => blocking(session, rule, room),
        Acknowledgement::IdenticalCopy => {
            "nothing changed: this creates an identical copy of the latest version".to_owned()
        }
        Acknowledgement::Supersedes(Superseded { version, why }) => match why {
            Superseding::MovedOn => format!(
                "supersedes version {}, created by someone else",
                version.short()
            ),
            Superseding::OlderBase => format!(
                "supersedes the latest version {} from an older base",
                version.short()
            ),
        },
        Acknowledgement::NotCompared(version) => {
            format!("not compared with version {}: not read", version.short())
        }
        Acknowledgement::NewerVersion(arn) => format!(
            "{}: version {} is newer than the edit; nothing is merged",
            arn.kind(),
            arn.short()
        ),
        Acknowledgement::NewerNotRead(kind) => {
            format!("{kind}: not read whether a version is newer than the edit")
        }
        Acknowledgement::Unchecked(kinds) => {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            format!("not checked, because not read: {}", kinds.join(", "))
        }
        Acknowledgement::NoServiceRole => {
            "this account has no Greengrass service role in this region: deploying fails".to_owned()
        }
        Acknowledgement::Unrecorded(reason) => {
            format!("no line in the history; a crash leaves no record: {reason}")
        }
        Acknowledgement::Force => {
            "force: reset at once, without waiting for the core or for an active deployment"
                .to_owned()
        }
    }
}
