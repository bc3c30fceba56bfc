//! The input line for the name of a new definition.

use crate::app::command::Command;
use crate::app::edit_step::{EditStep, EditSubject};
use crate::app::key::KeyPress;
use crate::app::keymap::KeyContext;
use crate::app::session::Session;
use crate::app::text_input::TextInput;
use crate::app::transition::Transition;
use crate::app::unavailable::Unavailable;
use crate::app::view::View;
use crate::domain::DefinitionKind;

/// The line for the name.
#[derive(Debug)]
pub struct DefinitionName {
    pub kind: DefinitionKind,
    pub input: TextInput,
}

impl DefinitionName {
    /// Proposes a name from the open group and the kind.
    pub fn new(kind: DefinitionKind, session: &Session) -> Self {
        let mut input = TextInput::default();
        input.paste(&format!("{}-{kind}", session.open_group_name()));
        Self { kind, input }
    }
}

impl View for DefinitionName {
    fn context(&self) -> KeyContext {
        KeyContext::Line
    }

    fn takes_as_text(&self, key: KeyPress) -> bool {
        key.belongs_to_a_line()
    }

    fn typed(&mut self, key: KeyPress, _session: &Session) {
        self.input.press(key);
    }

    fn pasted(&mut self, text: &str, _session: &Session) {
        self.input.paste(text);
    }

    fn unavailable(&self, command: Command, _session: &Session) -> Option<Unavailable> {
        let is_nameless = self.input.as_str().trim().is_empty();
        Unavailable::NotNow("the definition needs a name")
            .when(command == Command::Open && is_nameless)
    }

    fn execute(&mut self, command: Command, _session: &mut Session) -> Transition {
        if command != Command::Open {
            return Transition::Close;
        }
        let name = self.input.as_str().trim().to_owned();
        Transition::Edit(EditStep::Open(EditSubject::NewDefinition(self.kind, name)))
    }
}
