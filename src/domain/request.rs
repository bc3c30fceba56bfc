//! The CreateGroupVersion request: its JSON body and the equivalent AWS CLI command.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::arn::DefinitionVersionArn;
use super::id::GroupId;
use super::printable::is_dangerous;
use super::slots::Slots;

/// CreateGroupVersion for one group; an empty slot is an absent member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateGroupVersion {
    pub group: GroupId,
    pub slots: Slots,
}

impl CreateGroupVersion {
    /// The request body.
    pub fn body(&self) -> Value {
        let members = self
            .slots
            .filled()
            .map(|(kind, arn)| (kind.arn_member().to_owned(), arn.as_str().into()));
        Value::Object(members.collect::<Map<String, Value>>())
    }

    /// The versions in the slots that do not exist yet.
    pub fn new_versions(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        let versions = self.slots.versions();
        versions.filter(|arn| arn.is_new())
    }

    /// The words of the AWS CLI command that sends the same request; the first is `aws`.
    pub fn command_words(&self) -> Vec<String> {
        let mut words: Vec<String> = ["aws", "greengrass", "create-group-version", "--group-id"]
            .map(str::to_owned)
            .into();
        words.push(self.group.to_string());
        for (kind, arn) in self.slots.filled() {
            words.push(kind.cli_flag());
            words.push(arn.to_string());
        }
        words
    }
}

/// Quotes `word` for a POSIX shell.
///
/// Dangerous characters are written as octal numbers for `printf`, because not every shell knows `$'…'`.
pub fn shell_quoted(word: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "-_./:=@%+,".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    // The shell drops line breaks at the end of a command's output, so they follow the substitution.
    let body = word.trim_end_matches('\n');
    let breaks = word.get(body.len()..).unwrap_or_default();
    let body = if body.chars().any(is_dangerous) {
        format!("\"$(printf '{}')\"", printf_format(body))
    } else {
        format!("'{}'", body.replace('\'', r"'\''"))
    };
    match breaks {
        "" => body,
        breaks => format!("{body}'{breaks}'"),
    }
}

/// A `printf` format that prints `text`, without dangerous characters.
fn printf_format(text: &str) -> String {
    let mut format = String::with_capacity(text.len() * 2);
    for character in text.chars() {
        match character {
            '\'' => format.push_str(r"'\''"),
            // Within double quotes an interactive bash would replace it by an earlier command.
            '!' => format.push_str(r"\041"),
            '\\' => format.push_str(r"\\"),
            '%' => format.push_str("%%"),
            _ if is_dangerous(character) => {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    _ = write!(format, "\\{byte:03o}");
                }
            }
            _ => format.push(character),
        }
    }
    format
}
