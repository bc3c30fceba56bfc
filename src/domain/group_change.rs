//! A reviewed change of a group: the requests in the order in which they are sent.

use serde_json::Value;

use super::definition_request::{ArgumentFile, CreateDefinitionVersion};
use super::kind::DefinitionKind;
use super::request::{CreateGroupVersion, shell_quoted};

/// The definition versions to create, then the group version that uses them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupChange {
    pub definitions: Vec<CreateDefinitionVersion>,
    pub create: CreateGroupVersion,
}

/// One request in the form for the screen, for files, and for the AWS CLI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRequest {
    pub operation: String,
    pub path: String,
    pub body: Value,
    /// The words of the AWS CLI command, quoted for a POSIX shell; the first is `aws`.
    pub words: Vec<String>,
    /// The files that the command reads.
    pub files: Vec<ArgumentFile>,
    /// The variable for the new version's ARN, and the member of the response with it.
    pub result: Option<(String, &'static str)>,
}

impl GroupChange {
    /// Every request, in order.
    pub fn requests(&self) -> Vec<ShownRequest> {
        let definitions = self.definitions.iter().map(|request| {
            let (words, files) = request.command();
            ShownRequest {
                operation: request.operation(),
                path: request.path(),
                body: request.body(),
                words: quoted(&words),
                files,
                result: Some((variable(request.kind()), request.arn_member())),
            }
        });
        definitions.chain([self.group_request()]).collect()
    }

    /// The files that the commands read.
    pub fn files(&self) -> Vec<ArgumentFile> {
        let requests = self.requests().into_iter();
        requests.flat_map(|request| request.files).collect()
    }

    /// The new ARNs are variables, because only the earlier responses contain them.
    fn group_request(&self) -> ShownRequest {
        let create = &self.create;
        let mut body = create.body();
        let mut words = quoted(&create.command_words());
        for new in create.new_versions() {
            let name = variable(new.kind());
            if let Some(member) = body.get_mut(new.kind().arn_member()) {
                *member = format!("${name}").into();
            }
            let flag = new.kind().cli_flag();
            let flag = words.iter().position(|word| *word == flag);
            if let Some(word) = flag.and_then(|place| words.get_mut(place + 1)) {
                *word = format!("\"${name}\"");
            }
        }
        ShownRequest {
            operation: "CreateGroupVersion".to_owned(),
            path: format!("/greengrass/groups/{}/versions", create.group),
            body,
            words,
            files: Vec::new(),
            result: None,
        }
    }
}

impl From<CreateGroupVersion> for GroupChange {
    fn from(create: CreateGroupVersion) -> Self {
        Self {
            definitions: Vec::new(),
            create,
        }
    }
}

fn quoted(words: &[String]) -> Vec<String> {
    words.iter().map(|word| shell_quoted(word)).collect()
}

/// `FUNCTION_VERSION`.
fn variable(kind: DefinitionKind) -> String {
    format!("{}_VERSION", kind.name().to_uppercase())
}
