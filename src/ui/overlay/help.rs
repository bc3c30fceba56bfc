//! The help: the current keys, their commands, and the reasons why commands are unavailable.

use ratatui::style::Style;

use super::menu;
use crate::app::App;
use crate::app::command::CommandGroup;
use crate::app::overlay::help::{Help, HelpRow};
use crate::app::overlay::menu::MenuRow;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::width;
use crate::ui::widget::row::Row;

/// The minimum and maximum width of the keys' column, in cells. Longer keys shift the text in their row.
const MIN_KEYS: usize = 16;
const MAX_KEYS: usize = 24;

/// Draws the keys in their groups, or the filtered rows in one list.
pub(super) fn draw(app: &App, help: &Help, canvas: &mut Canvas<'_, '_>) {
    let title = format!("keys: {}", help.context.name());
    let keys = help.menu.visible().map(|row| width(&row.value.keys));
    let keys = keys.filter(|cells| *cells <= MAX_KEYS).max();
    let page = HelpPage {
        app,
        help,
        keys: keys.unwrap_or(0).max(MIN_KEYS),
    };
    let used = if help.menu.is_typing() || !help.menu.filter.is_empty() {
        menu::draw(&help.menu, &title, canvas, |row, entry, style| {
            page.row(row, entry, style)
        })
    } else {
        menu::rule(&help.menu, &title, canvas);
        page.groups(canvas)
    };
    let notes = [
        "words are ANDed: fuzzy  'exact  ^start  end$  !not; ids and ARNs match too",
        "* marks the version in the slot; capitals mark a change",
    ];
    let mut below = canvas.block();
    for note in notes {
        below.line(3, below.theme.faint, note);
    }
    canvas.write_all(used + 1, &below.lines);
}

struct HelpPage<'a> {
    app: &'a App,
    help: &'a Help,
    /// The width of the column of keys.
    keys: usize,
}

/// A line of the grouped help.
enum HelpLine<'a> {
    Blank,
    Heading(&'static str),
    /// The row with this index.
    Row(usize, &'a MenuRow<HelpRow>),
}

impl<'a> HelpPage<'a> {
    /// Draws the groups one below another, or in two columns if there is room. Returns the number of used
    /// lines.
    fn groups(&self, canvas: &mut Canvas<'_, '_>) -> usize {
        let rows = canvas.height().saturating_sub(1);
        let lines = self.lines();
        let is_wide = self.app.session.size().is_wide();
        let columns: u16 = if is_wide { 2 } else { 1 };
        let mut split = lines.len().div_ceil(columns.into());
        // A heading must not be the last line of a column.
        while let Some([.., HelpLine::Heading(_)]) = lines.get(..split) {
            split -= 1;
        }
        let (left, right) = lines.split_at(split);
        let width = canvas.area.width / columns;
        let mut used = 0;
        for (column, lines) in [(0, left), (width, right)] {
            let lines = match lines {
                [HelpLine::Blank, rest @ ..] => rest,
                _ => lines,
            };
            let mut canvas = canvas.columns(column, width);
            used = used.max(self.column(lines, rows, &mut canvas));
        }
        1 + used
    }

    fn lines(&self) -> Vec<HelpLine<'a>> {
        let mut lines = Vec::new();
        let mut last = None;
        for (place, row) in self.help.menu.visible().enumerate() {
            let group = row.value.group;
            if group != last {
                lines.push(HelpLine::Blank);
                lines.extend(group.map(|group| HelpLine::Heading(heading(group))));
                last = group;
            }
            lines.push(HelpLine::Row(place, row));
        }
        lines
    }

    /// Draws one column, scrolled to the cursor. Returns the number of lines.
    fn column(&self, lines: &[HelpLine<'_>], rows: usize, canvas: &mut Canvas<'_, '_>) -> usize {
        let theme = canvas.theme;
        let cursor = self.help.menu.cursor();
        let is_at =
            |line: &HelpLine<'_>| matches!(line, HelpLine::Row(place, _) if *place == cursor);
        let at = lines.iter().position(is_at).unwrap_or(0);
        let top = (at + 1).saturating_sub(rows);
        let shown = lines.iter().skip(top).take(rows);
        let mut used = 0;
        for (place, line) in shown.enumerate() {
            used = place + 1;
            let line = match line {
                HelpLine::Blank => continue,
                HelpLine::Heading(text) => canvas.row().gap(1).text(theme.heading, text).line(),
                HelpLine::Row(number, entry) => {
                    let is_selected = *number == cursor;
                    if is_selected {
                        canvas.put_cursor(used, 1);
                    }
                    let row = canvas.row().marker(is_selected);
                    self.row(row, entry, theme.row(is_selected)).line()
                }
            };
            canvas.write(used, &line);
        }
        used
    }

    fn row<'b>(&self, row: Row<'b>, entry: &MenuRow<HelpRow>, style: Style) -> Row<'b> {
        let theme = row.theme();
        let HelpRow {
            command,
            keys,
            does,
            ..
        } = &entry.value;
        let command = command.as_ref().ok();
        let why = command.and_then(|command| self.app.unavailable_below(*command));
        let style = if why.is_some() { theme.faint } else { style };
        let row = row
            .cell(theme.key, keys, self.keys.max(width(keys)))
            .gap(1)
            .text(style, does);
        match why {
            Some(why) => row.gap(2).text(theme.faint, &why.to_string()),
            None => row,
        }
    }
}

const fn heading(group: CommandGroup) -> &'static str {
    match group {
        CommandGroup::Here => "here",
        CommandGroup::Moving => "moving",
        CommandGroup::Program => "everywhere",
    }
}
