//! A text over the entire screen, scrolled and searched as in `less`.

use unicode_width::UnicodeWidthStr;

use crate::app::command::Command;
use crate::app::effect::Request;
use crate::app::key::KeyPress;
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::Notice;
use crate::app::scroll::Scroll;
use crate::app::session::Session;
use crate::app::subject::Subject;
use crate::app::text::TextLine;
use crate::app::text_input::TextInput;
use crate::app::transition::Transition;
use crate::app::unavailable::{SHOWN_WHOLE, Unavailable};
use crate::app::view::View;
use crate::domain::fold::contains;

/// The text, its scroll position, and its search.
#[derive(Debug)]
pub struct Pager {
    pub subject: Subject,
    pub lines: Vec<TextLine>,
    scroll: Scroll,
    /// Columns scrolled to the right.
    pub left: usize,
    /// Cells of the longest line.
    widest: usize,
    /// Whether longer lines go on below themselves.
    pub is_wrapped: bool,
    pub search: TextInput,
    is_typing: bool,
    /// The line of the current match.
    pub found: Option<usize>,
    /// The texts where the pager starts, until the lines are loaded.
    start: Vec<String>,
}

/// The columns of one scroll step to the right or left.
const COLUMNS_PER_STEP: usize = 8;

impl Pager {
    /// Starts at the first line with one of `texts`, as if the user had searched for them.
    pub fn new(subject: Subject, texts: Vec<String>, session: &Session) -> Self {
        // The user selects plain text with the mouse, so no line is cut.
        let is_plain = matches!(subject, Subject::Request(_) | Subject::Lines { .. });
        let mut reader = Self {
            subject,
            lines: Vec::new(),
            scroll: Scroll::default(),
            left: 0,
            widest: 0,
            is_wrapped: is_plain,
            search: TextInput::default(),
            is_typing: false,
            found: None,
            start: texts,
        };
        reader.read(session);
        reader.fit(session);
        reader
    }

    fn read(&mut self, session: &Session) {
        self.lines = self.subject.lines(session);
        let cells = self.lines.iter().map(|line| line.text.width());
        self.widest = cells.max().unwrap_or(0);
        self.begin_at_start();
    }

    fn begin_at_start(&mut self) {
        let is_found = |text: &&String| self.lines.iter().any(|line| contains(&line.text, text));
        if let Some(text) = self.start.iter().find(is_found).cloned() {
            self.start.clear();
            self.search.paste(&text);
            self.find_from(0, 1);
        }
    }

    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// The number of lines above the screen.
    pub fn top(&self, session: &Session) -> usize {
        self.scroll.hidden(self.max_top(session))
    }

    fn max_top(&self, session: &Session) -> usize {
        // Fewer wrapped lines fit, so only the last one may remain on the screen.
        let rows = if self.is_wrapped {
            1
        } else {
            session.size().list_rows().into()
        };
        self.lines.len().saturating_sub(rows)
    }

    /// How far the lines can be scrolled to the right until the end of the longest is on the screen.
    fn max_left(&self, session: &Session) -> usize {
        self.widest.saturating_sub(session.size().width.into())
    }

    fn full_text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }

    /// Goes to the next match from `start` on, by `step`, and wraps at the end.
    fn find_from(&mut self, start: usize, step: usize) {
        let count = self.lines.len();
        let needle = self.search.as_str();
        let holds = |place: &usize| {
            let line = self.lines.get(*place);
            line.is_some_and(|line| contains(&line.text, needle))
        };
        let mut places = (0..count).map(|turn| (start + turn * step) % count);
        self.found = places.find(holds).filter(|_| !needle.is_empty());
        if let Some(found) = self.found {
            self.scroll.go_to(found.saturating_sub(2));
        }
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "a view has rules for only some of the commands"
)]
impl View for Pager {
    fn context(&self) -> KeyContext {
        KeyContext::Pager
    }

    fn search_text(&self) -> Option<&str> {
        self.is_typing.then(|| self.search.as_str())
    }

    fn enter_label(&self, _session: &Session) -> Option<&'static str> {
        self.is_typing.then_some("to the text")
    }

    fn typed(&mut self, key: KeyPress, session: &Session) {
        if self.is_typing && self.search.press(key) {
            self.find_from(self.top(session), 1);
        }
    }

    fn pasted(&mut self, text: &str, session: &Session) {
        if self.is_typing {
            self.search.paste(text);
            self.find_from(self.top(session), 1);
        }
    }

    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let contents = self.subject.contents();
        let requests = contents.map(|arn| session.catalog().content_request(arn));
        wanted.extend(Wanted::all(Urgency::Base, requests));
    }

    fn unavailable(&self, command: Command, session: &Session) -> Option<Unavailable> {
        let rows = usize::from(session.size().list_rows());
        match command {
            _ if command.scrolls() => {
                SHOWN_WHOLE.when(!self.is_wrapped && self.lines.len() <= rows)
            }
            Command::Left | Command::Right if self.is_wrapped => {
                Some(Unavailable::NotNow("lines are wrapped"))
            }
            Command::Left => {
                Unavailable::NotNow("lines are shown from their start").when(self.left == 0)
            }
            Command::Right => Unavailable::NotNow("no line goes on to the right")
                .when(self.left >= self.max_left(session)),
            Command::NextMark | Command::PreviousMark => {
                Unavailable::NotNow("there is no search").when(self.search.is_empty())
            }
            _ => None,
        }
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        self.scroll
            .command(command, session.size().list_rows().into());
        match command {
            Command::Left => self.left = self.left.saturating_sub(COLUMNS_PER_STEP),
            Command::Right => self.left += COLUMNS_PER_STEP,
            Command::Search => {
                self.is_typing = true;
                self.search.clear();
            }
            Command::LeaveSearch => self.is_typing = false,
            Command::Open if self.is_typing => self.is_typing = false,
            Command::ClearSearch => {
                self.is_typing = false;
                self.search.clear();
                self.found = None;
            }
            Command::NextMark | Command::PreviousMark => {
                let is_next = command == Command::NextMark;
                let last = self.lines.len().saturating_sub(1);
                let step = if is_next { 1 } else { last };
                let start = match self.found {
                    Some(found) => found + step,
                    None if is_next => self.top(session),
                    None => self.top(session) + step,
                };
                self.find_from(start, step);
                if self.found.is_none() {
                    session.notify(Notice::NotFound);
                }
            }
            Command::Wrap => {
                self.is_wrapped = !self.is_wrapped;
                self.left = 0;
                session.notify(Notice::Wrapped(self.is_wrapped));
            }
            Command::Copy => session.copy(self.full_text()),
            Command::Save => {
                let files = self.subject.files(session);
                session.save_text(self.subject.title(), self.full_text(), files);
            }
            Command::Open | Command::Back => return Transition::Close,
            _ => {}
        }
        self.fit(session);
        Transition::Stay
    }

    /// Scrolls so that no row stays empty that a line could fill.
    fn fit(&mut self, session: &Session) {
        self.scroll.end_at(self.max_top(session));
        self.left = self.left.min(self.max_left(session));
    }

    fn answered(&mut self, _request: &Request, session: &mut Session) -> Transition {
        self.read(session);
        Transition::Stay
    }
}
