//! A diff as lines for the screen.

use std::collections::VecDeque;

use serde_json::Value;

use super::{ContentDiff, ItemHeld, MemberChange};

/// The kind of a line of a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Names the item of the lines below.
    Head,
    /// In both contents, shown as context.
    Same,
    /// Only in the old content.
    Removed,
    /// Only in the new content.
    Added,
}

impl Mark {
    /// The character before the line.
    pub const fn sign(self) -> char {
        match self {
            Self::Head => '@',
            Self::Same => ' ',
            Self::Removed => '-',
            Self::Added => '+',
        }
    }
}

/// One line of a diff; its text is not made printable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    pub mark: Mark,
    pub text: String,
}

impl ContentDiff {
    /// The diff item by item, in the order of the new content, with removed items at their old position.
    ///
    /// Added and removed items are shown in full, changed items with the changed members only.
    pub fn lines(&self) -> Vec<DiffLine> {
        let mut page = DiffLines::default();
        if !self.other.is_empty() {
            page.head("changed defaults".to_owned());
            page.members(&self.other);
        }
        let mut removed: VecDeque<&ItemHeld> = self.removed.iter().collect();
        let mut added: VecDeque<&ItemHeld> = self.added.iter().collect();
        for change in &self.changed {
            while let Some(item) = removed.pop_front_if(|item| item.index < change.old_index) {
                page.full_item(Mark::Removed, item);
            }
            while let Some(item) = added.pop_front_if(|item| item.index < change.new_index) {
                page.full_item(Mark::Added, item);
            }
            page.head(title("changed", &change.name, &change.id));
            page.members(&change.members);
        }
        for item in removed {
            page.full_item(Mark::Removed, item);
        }
        for item in added {
            page.full_item(Mark::Added, item);
        }
        if self.order.is_some() {
            page.head("changed order of items".to_owned());
        }
        page.0
    }
}

/// One item or member of a brief diff; its texts are not made printable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefLine {
    pub mark: Mark,
    pub text: String,
    /// A member's old and new value, which follow the text.
    pub values: Option<(String, String)>,
}

impl BriefLine {
    pub const fn new(mark: Mark, text: String) -> Self {
        Self {
            mark,
            text,
            values: None,
        }
    }
}

impl ContentDiff {
    /// The diff with one line for each added or removed item and each changed member.
    pub fn brief(&self) -> Vec<BriefLine> {
        let mut lines: Vec<BriefLine> = brief("defaults", &self.other).collect();
        for change in &self.changed {
            lines.extend(brief(&change.name, &change.members));
        }
        let items = |mark, items: &[ItemHeld]| -> Vec<BriefLine> {
            let names = items.iter().map(|item| item.name.clone());
            names.map(|name| BriefLine::new(mark, name)).collect()
        };
        lines.extend(items(Mark::Removed, &self.removed));
        lines.extend(items(Mark::Added, &self.added));
        if self.order.is_some() {
            let text = "order of items changed".to_owned();
            lines.push(BriefLine::new(Mark::Same, text));
        }
        lines
    }
}

fn brief(name: &str, members: &[MemberChange]) -> impl Iterator<Item = BriefLine> {
    members.iter().map(move |change| {
        let path = change.path.to_string();
        let member = format!("{name} {path}");
        let values = |before: String, after: String| BriefLine {
            mark: Mark::Same,
            text: if path == NAMING {
                String::new()
            } else {
                format!("{member}: ")
            },
            values: Some((before, after)),
        };
        match (&change.before, &change.after) {
            (Some(Value::String(before)), Some(Value::String(after))) => {
                let (before, after) = ends(before, after);
                values(before.to_owned(), after.to_owned())
            }
            (Some(before), Some(after)) if is_scalar(before) && is_scalar(after) => {
                values(before.to_string(), after.to_string())
            }
            (Some(_), Some(_)) => BriefLine::new(Mark::Same, format!("{member} changed")),
            (None, _) => BriefLine::new(Mark::Added, member),
            (Some(_), None) => BriefLine::new(Mark::Removed, member),
        }
    })
}

/// The item's name contains this member, so the line does not repeat it.
const NAMING: &str = "FunctionArn";

/// Two texts without their common beginning, cut at its last separator but one: `cam:12`, `cam:13`.
fn ends<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str) {
    let same = |(one, other): &(u8, u8)| one == other;
    let common = before.bytes().zip(after.bytes()).take_while(same).count();
    let is_separator = |byte: &(usize, u8)| matches!(byte.1, b':' | b'/');
    let separators = before.bytes().enumerate().take(common);
    let mut separators = separators.filter(is_separator);
    let cut = separators.nth_back(1).map_or(0, |(place, _)| place + 1);
    let end = |text: &'a str| text.get(cut..).unwrap_or(text);
    (end(before), end(after))
}

#[derive(Default)]
struct DiffLines(Vec<DiffLine>);

impl DiffLines {
    fn line(&mut self, mark: Mark, text: String) {
        self.0.push(DiffLine { mark, text });
    }

    fn head(&mut self, text: String) {
        self.line(Mark::Head, text);
    }

    fn full_item(&mut self, mark: Mark, item: &ItemHeld) {
        let is_added = mark == Mark::Added;
        let word = if is_added { "added" } else { "removed" };
        self.head(title(word, &item.name, &item.id));
        for line in pretty(&item.json).lines() {
            self.line(mark, line.to_owned());
        }
    }

    fn members(&mut self, members: &[MemberChange]) {
        for change in members {
            if let (Some(Value::Array(before)), Some(Value::Array(after))) =
                (&change.before, &change.after)
            {
                self.list(&change.path.to_string(), before, after);
                continue;
            }
            let sides = [
                (Mark::Removed, &change.before),
                (Mark::Added, &change.after),
            ];
            for (mark, value) in sides {
                if let Some(value) = value {
                    let text = format!("{}: {}", change.path, pretty(value));
                    for line in text.lines() {
                        self.line(mark, line.to_owned());
                    }
                }
            }
        }
    }

    /// The common beginning and end of two lists are shown once.
    fn list(&mut self, path: &str, before: &[Value], after: &[Value]) {
        let shorter = before.len().min(after.len());
        let same = |(one, other): &(&Value, &Value)| one == other;
        let first = before.iter().zip(after).take_while(same).count();
        let from_end = before.iter().rev().zip(after.iter().rev());
        let last = from_end.take_while(same).count().min(shorter - first);
        self.line(Mark::Same, format!("{path}: ["));
        self.elements(Mark::Same, before, 0, first);
        self.elements(Mark::Removed, before, first, before.len() - last);
        self.elements(Mark::Added, after, first, after.len() - last);
        self.elements(Mark::Same, after, after.len() - last, after.len());
        self.line(Mark::Same, "]".to_owned());
    }

    fn elements(&mut self, mark: Mark, list: &[Value], from: usize, to: usize) {
        for value in list.iter().take(to).skip(from) {
            for line in pretty(value).lines() {
                self.line(mark, format!("  {line}"));
            }
        }
    }
}

const fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

fn title(word: &str, name: &str, id: &str) -> String {
    if name == id {
        format!("{word} {name}")
    } else {
        format!("{word} {name} (Id {id})")
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
