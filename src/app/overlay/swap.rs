//! Replaces one text in all slots of the draft, in three steps: the text, its replacement, the places.

use crate::app::command::Command;
use crate::app::edit_step::{EditStep, EditSubject};
use crate::app::key::KeyPress;
use crate::app::keymap::KeyContext;
use crate::app::notice::{EditNotice, Notice};
use crate::app::overlay::menu::{Menu, MenuRow};
use crate::app::session::Session;
use crate::app::text_input::TextInput;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::{Searchable, View};
use crate::domain::content::endpoint_name;
use crate::domain::fold::Folding;
use crate::domain::plural::counted;
use crate::domain::swap::{self, SwapPlace};
use crate::domain::{Content, DefinitionVersionArn};

/// The maximum number of listed candidates.
const MAX_CANDIDATES: usize = 100;

/// The current step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwapStage {
    From,
    To,
    Places,
}

/// A place with its box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwapBox {
    pub place: SwapPlace,
    pub ticked: bool,
}

/// The state of the three steps.
#[derive(Debug)]
pub struct Swap {
    pub stage: SwapStage,
    /// The texts in the draft's contents.
    pub from: Menu<String>,
    pub to: TextInput,
    /// The texts in the account's loaded contents.
    known: Vec<String>,
    /// The index in [`Self::candidates`] that Enter takes instead of the line.
    pub candidate: Option<usize>,
    pub boxes: Vec<SwapBox>,
    pub cursor: usize,
    /// The number of slots with a content that is not loaded; these are not changed.
    pub unread: usize,
}

impl Swap {
    pub fn new(session: &Session) -> Self {
        let held = held(session);
        let contents = held.iter().filter_map(|(_, content)| *content);
        let rows = swap::texts(contents).into_iter().map(|(text, count)| {
            let name = endpoint_name(Some(&text), "");
            let shown = if name == text {
                format!("{text}  {}", counted(count, "place"))
            } else {
                format!("{name}  {}  {text}", counted(count, "place"))
            };
            MenuRow {
                names: name,
                ..MenuRow::new(shown, text)
            }
        });
        let mut from = Menu::new(rows.collect());
        from.command(Command::Search, session);
        Self {
            stage: SwapStage::From,
            from,
            to: TextInput::default(),
            known: Vec::new(),
            candidate: None,
            boxes: Vec::new(),
            cursor: 0,
            unread: held.iter().filter(|(_, content)| content.is_none()).count(),
        }
    }

    /// The text to replace.
    pub fn chosen(&self) -> &str {
        self.from.selected().map_or("", String::as_str)
    }

    /// Possible replacements. Those with the same beginning as the replaced text come first.
    pub fn candidates(&self) -> Vec<&str> {
        let (from, typed) = (self.chosen(), self.to.as_str());
        let stem = stem(from);
        let typed = Folding::ALL.fold(typed);
        let is_near = |text: &&str| !stem.is_empty() && text.starts_with(stem);
        let is_unedited = typed == Folding::ALL.fold(from);
        let is_meant = |text: &&str| {
            let is_as_typed = Folding::ALL.fold(text).contains(&typed);
            *text != from && (is_as_typed || (is_unedited && is_near(text)))
        };
        let meant = self.known.iter().map(String::as_str).filter(is_meant);
        let (mut near, far): (Vec<&str>, Vec<&str>) = meant.partition(is_near);
        near.extend(far);
        near.truncate(MAX_CANDIDATES);
        near
    }

    /// The replacement.
    pub fn wanted(&self) -> String {
        let candidate = self
            .candidate
            .and_then(|place| self.candidates().get(place).copied());
        candidate.unwrap_or(self.to.as_str()).to_owned()
    }

    pub fn ticked(&self) -> usize {
        self.boxes.iter().filter(|one| one.ticked).count()
    }

    fn open(&mut self, session: &mut Session) -> Transition {
        match self.stage {
            SwapStage::From => {
                let contents = session.catalog().contents.read();
                let contents = contents.map(|(_, content)| content.as_ref());
                let texts = swap::texts(contents).into_iter();
                self.known = texts.map(|(text, _)| text).collect();
                let from = self.chosen().to_owned();
                self.to = TextInput::default();
                self.to.paste(&from);
                self.candidate = None;
                self.stage = SwapStage::To;
            }
            SwapStage::To => {
                let (from, to) = (self.chosen().to_owned(), self.wanted());
                let held = held(session);
                let contents = held.iter().filter_map(|(_, content)| *content);
                let places = contents.flat_map(|content| swap::places(content, &from, &to));
                self.boxes = places
                    .map(|place| SwapBox {
                        place,
                        ticked: true,
                    })
                    .collect();
                self.cursor = 0;
                self.stage = SwapStage::Places;
            }
            SwapStage::Places => return self.exchange(session),
        }
        Transition::Stay
    }

    /// Writes a version for each slot with a ticked place, in one step.
    fn exchange(&self, session: &mut Session) -> Transition {
        let mut written = Vec::new();
        for (arn, content) in held(session) {
            let ticked = self.boxes.iter().filter(|one| one.ticked);
            let places = ticked.map(|one| &one.place);
            let places = places.filter(|place| place.kind == arn.kind());
            let places: Vec<SwapPlace> = places.cloned().collect();
            let content = content.filter(|_| !places.is_empty());
            let Some(content) = content.and_then(|content| swap::apply(content, &places)) else {
                continue;
            };
            let subject = EditSubject::Version(arn.clone());
            let version = session.new_version(&subject, content);
            written.extend(version.map(|version| (version, subject.replaced())));
        }
        let slots = written.len();
        session.write(written);
        session.notify(Notice::Edit(EditNotice::Swapped {
            places: self.ticked(),
            slots,
        }));
        Transition::Edit(EditStep::Written)
    }

    fn back(&mut self) -> Transition {
        match self.stage {
            SwapStage::From => return Transition::Close,
            SwapStage::To => self.stage = SwapStage::From,
            SwapStage::Places => self.stage = SwapStage::To,
        }
        Transition::Stay
    }

    /// Moves among the places or the candidates; before the first candidate is the line.
    fn step(&mut self, command: Command) {
        if self.stage == SwapStage::Places {
            let last = self.boxes.len().saturating_sub(1);
            self.cursor = command.moved(self.cursor, last, 0).unwrap_or(self.cursor);
        } else if command == Command::Up {
            self.candidate = self.candidate.and_then(|place| place.checked_sub(1));
        } else {
            let next = self.candidate.map_or(0, |place| place + 1);
            let last = self.candidates().len().checked_sub(1);
            self.candidate = last.map(|last| next.min(last));
        }
    }
}

/// The part of an ARN or topic before its last segment, which similar texts share.
fn stem(text: &str) -> &str {
    let end = text.rfind([':', '/']).map_or(0, |place| place + 1);
    text.get(..end).unwrap_or_default()
}

/// The versions in the draft's slots, with their contents if loaded.
fn held(session: &Session) -> Vec<(&DefinitionVersionArn, Option<&Content>)> {
    let draft = session.draft().into_iter();
    let versions = draft.flat_map(|draft| draft.slots().versions());
    let content = |arn| session.catalog().contents.get(arn).ready();
    versions
        .map(|arn| (arn, content(arn).map(AsRef::as_ref)))
        .collect()
}

impl View for Swap {
    fn context(&self) -> KeyContext {
        match self.stage {
            SwapStage::From | SwapStage::Places => KeyContext::Swap,
            SwapStage::To => KeyContext::Line,
        }
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        (self.stage == SwapStage::From).then_some(&self.from as &dyn Searchable)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        (self.stage == SwapStage::From).then_some(&mut self.from as &mut dyn Searchable)
    }

    fn enter_label(&self, _session: &Session) -> Option<&'static str> {
        (self.stage == SwapStage::Places).then_some("replace")
    }

    fn takes_as_text(&self, key: KeyPress) -> bool {
        self.stage == SwapStage::To && key.belongs_to_a_line()
    }

    fn typed(&mut self, key: KeyPress, _session: &Session) {
        match self.stage {
            SwapStage::From => self.from.typed(key),
            SwapStage::To => {
                self.to.press(key);
                self.candidate = None;
            }
            SwapStage::Places => {}
        }
    }

    fn pasted(&mut self, text: &str, _session: &Session) {
        match self.stage {
            SwapStage::From => self.from.pasted(text),
            SwapStage::To => {
                self.to.paste(text);
                self.candidate = None;
            }
            SwapStage::Places => {}
        }
    }

    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        let nothing = Unavailable::NotNow("there is no text to replace");
        match (self.stage, command) {
            (SwapStage::From, Command::Open) => nothing.when(self.from.selected().is_none()),
            (SwapStage::To, Command::Open) => {
                let is_same = self.wanted() == self.chosen() || self.wanted().is_empty();
                Unavailable::NotNow("type the replacement").when(is_same)
            }
            (SwapStage::Places, Command::Open) => {
                Unavailable::NotNow("no place is ticked").when(self.ticked() == 0)
            }
            (SwapStage::Places, Command::Search) => {
                Some(Unavailable::NotHere("the places are all shown"))
            }
            (SwapStage::From, Command::Tick) => Some(Unavailable::NotNow("choose the text first")),
            _ => None,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the keymap sends an overlay only its own commands"
    )]
    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        match command {
            Command::Open => return self.open(session),
            Command::Back => return self.back(),
            Command::Up | Command::Down => self.step(command),
            Command::Tick => {
                if let Some(one) = self.boxes.get_mut(self.cursor) {
                    one.ticked = !one.ticked;
                }
            }
            _ => {}
        }
        Transition::Stay
    }
}
