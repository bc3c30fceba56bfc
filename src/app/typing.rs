//! Letters and pasted text: which line of what is in front gets them.

use super::App;
use super::key::{Key, KeyPress};
use super::screen::Screen;

impl App {
    /// True while letters go to the group's name that confirms, whatever they mean otherwise.
    pub fn is_typing_name(&self) -> bool {
        match (self.overlays.is_empty(), self.screens.last()) {
            (true, Some(Screen::Review(review))) => review.is_typing_name(),
            _ => false,
        }
    }

    /// In a protected context letters go to the group's name that confirms.
    pub(super) fn types_name(&mut self, key: KeyPress) -> bool {
        match (self.overlays.is_empty(), self.screens.last_mut()) {
            (true, Some(Screen::Review(review))) => {
                (key.types_text() || key.key == Key::Backspace) && review.typed(key)
            }
            _ => false,
        }
    }

    pub(super) fn typed(&mut self, key: KeyPress) {
        match (self.overlays.last_mut(), self.screens.last_mut()) {
            (Some(overlay), _) => overlay.typed(key),
            (None, Some(Screen::Groups(groups))) => groups.typed(key, &self.session),
            (None, Some(Screen::Assemble(assemble))) => assemble.typed(key, &self.session),
            (None, _) => {}
        }
    }

    /// Pasted text goes into a line that is being typed, and nowhere else: it can confirm nothing.
    pub(super) fn pasted(&mut self, text: &str) {
        match (self.overlays.last_mut(), self.screens.last_mut()) {
            (Some(overlay), _) => overlay.pasted(text),
            (None, Some(Screen::Groups(groups))) => groups.pasted(text, &self.session),
            (None, Some(Screen::Assemble(assemble))) => assemble.pasted(text, &self.session),
            (None, Some(Screen::Review(review))) => {
                let is_typing = review.is_typing_name();
                if let Some(name) = review.typed_name.as_mut().filter(|_| is_typing) {
                    name.paste(text);
                }
            }
            (None, _) => {}
        }
    }
}
