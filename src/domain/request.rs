//! The one request that changes anything, as it is sent and as the AWS CLI would send it.

use serde_json::{Map, Value};

use super::id::GroupId;
use super::slots::Slots;

/// CreateGroupVersion for one group; an empty slot is an absent member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateGroupVersion {
    pub group: GroupId,
    pub slots: Slots,
}

impl CreateGroupVersion {
    /// The request's body.
    pub fn body(&self) -> Value {
        let members = self
            .slots
            .filled()
            .map(|(kind, arn)| (kind.arn_member().to_owned(), arn.as_str().into()));
        Value::Object(members.collect::<Map<String, Value>>())
    }

    /// The same call for the AWS CLI, as the words of a command; the first is `aws`.
    pub fn command_words(&self) -> Vec<String> {
        let mut words: Vec<String> = ["aws", "greengrass", "create-group-version", "--group-id"]
            .map(str::to_owned)
            .into();
        words.push(self.group.to_string());
        for (kind, arn) in self.slots.filled() {
            words.push(kind.cli_flag().to_owned());
            words.push(arn.to_string());
        }
        words
    }
}

/// `word` so that a POSIX shell reads exactly it: plain words as they are, all others in single
/// quotes, and those with characters that a terminal would act on in `$'…'` with escapes.
pub fn shell_quoted(word: &str) -> String {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "-_./:=@%+,".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if word.chars().any(super::printable::is_dangerous) {
        let mut quoted = String::from("$'");
        for character in word.chars() {
            match character {
                '\'' | '\\' => quoted.extend(['\\', character]),
                _ if super::printable::is_dangerous(character) => {
                    let mut bytes = [0; 4];
                    for byte in character.encode_utf8(&mut bytes).bytes() {
                        quoted.push_str("\\x");
                        quoted.extend(hex_digits(byte));
                    }
                }
                _ => quoted.push(character),
            }
        }
        quoted.push('\'');
        return quoted;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn hex_digits(byte: u8) -> impl Iterator<Item = char> {
    [byte >> 4, byte & 0xf]
        .into_iter()
        .filter_map(|digit| char::from_digit(digit.into(), 16))
}
