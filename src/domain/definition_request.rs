//! Create…DefinitionVersion and Create…Definition: their JSON bodies and the equivalent AWS CLI commands.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::arn::DefinitionVersionArn;
use super::content::Content;
use super::hash::sha256;
use super::id::DefinitionId;
use super::kind::DefinitionKind;

/// The definition that a new version belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DefinitionTarget {
    Existing(DefinitionId),
    /// A definition of this name, created with the version.
    New(String),
}

/// A request that creates one definition version, with its definition if that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDefinitionVersion {
    pub target: DefinitionTarget,
    pub content: Arc<Content>,
    /// The definition's latest version when the content was written.
    pub after: Option<DefinitionVersionArn>,
}

/// A file from which an AWS CLI command reads an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentFile {
    /// The name of the file in the working folder; another text has another name.
    pub name: String,
    pub text: String,
}

/// The maximum bytes of JSON in one word of a command. Linux allows 128 KiB (`MAX_ARG_STRLEN`, execve(2)).
const MAX_WORD: usize = 100_000;

/// The response: the ARN of the new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedDefinitionVersion {
    pub arn: DefinitionVersionArn,
    /// AWS's request id; `None` if the version was found later, without a response.
    pub request_id: Option<String>,
}

impl CreateDefinitionVersion {
    pub fn kind(&self) -> DefinitionKind {
        self.content.kind()
    }

    /// The API's name of the call.
    pub fn operation(&self) -> String {
        let subject = self.kind().definition_word();
        match self.target {
            DefinitionTarget::Existing(_) => format!("Create{subject}Version"),
            DefinitionTarget::New(_) => format!("Create{subject}"),
        }
    }

    /// The path of the request.
    pub fn path(&self) -> String {
        let segment = self.kind().path_segment();
        match &self.target {
            DefinitionTarget::Existing(id) => {
                format!("/greengrass/definition/{segment}/{id}/versions")
            }
            DefinitionTarget::New(_) => format!("/greengrass/definition/{segment}"),
        }
    }

    /// The request body.
    pub fn body(&self) -> Value {
        let content = self.content.to_json();
        match &self.target {
            DefinitionTarget::Existing(_) => content,
            DefinitionTarget::New(name) => json!({ "Name": name, "InitialVersion": content }),
        }
    }

    /// The words of the AWS CLI command that sends the same request; the first is `aws`. Arguments that are
    /// too long for a word are in the files.
    pub fn command(&self) -> (Vec<String>, Vec<ArgumentFile>) {
        let kind = self.kind();
        let mut files = Vec::new();
        let mut argument = |name: &str, value: &Value| {
            let text = value.to_string();
            if text.len() <= MAX_WORD {
                return text;
            }
            let hash = sha256(&text);
            let name = format!("{name}-{}.json", hash.get(..8).unwrap_or_default());
            let word = format!("file://{name}");
            files.push(ArgumentFile { name, text });
            word
        };
        let mut words = vec!["aws".to_owned(), "greengrass".to_owned()];
        match &self.target {
            DefinitionTarget::Existing(id) => {
                words.push(format!("create-{kind}-definition-version"));
                words.push(format!("--{kind}-definition-id"));
                words.push(id.to_string());
                let content = self.content.to_json();
                for (member, value) in content.as_object().into_iter().flatten() {
                    let flag = member_flag(member);
                    let value = argument(flag.trim_start_matches('-'), value);
                    words.extend([flag, value]);
                }
            }
            DefinitionTarget::New(name) => {
                words.push(format!("create-{kind}-definition"));
                words.push("--name".to_owned());
                words.push(name.clone());
                words.push("--initial-version".to_owned());
                words.push(argument("initial-version", &self.content.to_json()));
            }
        }
        (words, files)
    }

    /// SHA-256 of the content's JSON, in hexadecimal digits.
    pub fn content_hash(&self) -> String {
        sha256(&self.content.to_json().to_string())
    }

    /// The member of the response with the new version's ARN.
    pub const fn arn_member(&self) -> &'static str {
        match self.target {
            DefinitionTarget::Existing(_) => "Arn",
            DefinitionTarget::New(_) => "LatestVersionArn",
        }
    }
}

/// `DefaultConfig` is `--default-config`.
fn member_flag(member: &str) -> String {
    let mut flag = "-".to_owned();
    for character in member.chars() {
        if character.is_ascii_uppercase() {
            flag.push('-');
        }
        flag.push(character.to_ascii_lowercase());
    }
    flag
}
