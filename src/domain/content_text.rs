//! A content as a text for the user's editor: JSON with the API's member names, and comment lines.

use serde_json::Value;
use serde_path_to_error::Track;

use super::content::Content;
use super::kind::DefinitionKind;

/// The beginning of a comment line. `#` is not used, because topics contain it.
pub const COMMENT: &str = "//";

/// A parse error of such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextProblem {
    /// The line, from 1, if it is known.
    pub line: Option<usize>,
    pub message: String,
}

/// The content as JSON, indented by two blanks for each level, with a final line break.
pub fn write(content: &Content) -> String {
    let json = serde_json::to_string_pretty(&content.to_json()).unwrap_or_default();
    format!("{json}\n")
}

/// Parses the content of a text; `None` if it has only comments.
///
/// The JSON is the `Definition` member of a `Get…DefinitionVersion` response, or the entire response. A
/// member that the API does not have is an error, because it would be lost.
pub fn read(kind: DefinitionKind, text: &str) -> Result<Option<Content>, TextProblem> {
    // Comments become empty lines, so that the lines keep their numbers.
    let is_comment = |line: &str| line.starts_with(COMMENT);
    let lines = text
        .lines()
        .map(|line| if is_comment(line) { "" } else { line });
    let json = lines.collect::<Vec<&str>>().join("\n");
    if json.trim().is_empty() {
        return Ok(None);
    }
    let value: Value = serde_json::from_str(&json).map_err(|error| TextProblem {
        line: Some(line_of_error(&error)),
        message: without_place(&error.to_string()),
    })?;
    let content = match value.get("Definition") {
        // The lines of the definition are not those of the response.
        Some(definition) => {
            read_content(kind, &definition.to_string()).map_err(|problem| TextProblem {
                line: None,
                ..problem
            })
        }
        None => read_content(kind, &json),
    }?;
    let given = value.get("Definition").unwrap_or(&value);
    match lost(given, &content.to_json(), "") {
        Some(path) => Err(TextProblem {
            line: line_of(text, &path),
            message: format!("{path} is not a member of the API"),
        }),
        None => Ok(Some(content)),
    }
}

fn read_content(kind: DefinitionKind, json: &str) -> Result<Content, TextProblem> {
    let mut parser = serde_json::Deserializer::from_str(json);
    let mut track = Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut parser, &mut track);
    Content::deserialize_as(kind, tracked).map_err(|error| {
        let message = without_place(&error.to_string());
        TextProblem {
            line: Some(line_of_error(&error)),
            message: match track.path().to_string().as_str() {
                "." => message,
                path => format!("{path}: {message}"),
            },
        }
    })
}

/// The line, from 1, of the `Id` member with this value.
pub fn line_of_item(text: &str, id: &str) -> Option<usize> {
    let member = format!("\"Id\": {}", Value::from(id));
    let place = text.lines().position(|line| line.contains(&member))?;
    Some(place + 1)
}

/// For a misplaced line break, the parser reports the following line.
fn line_of_error(error: &serde_json::Error) -> usize {
    let is_at_break = error.column() == 0;
    error.line().saturating_sub(usize::from(is_at_break)).max(1)
}

/// The message without ` at line 3 column 7`, which is shown separately.
fn without_place(message: &str) -> String {
    let place = message.rfind(" at line ");
    place
        .and_then(|place| message.get(..place))
        .unwrap_or(message)
        .to_owned()
}

/// The path of the first member of `given` that `read` lacks; `null` and empty values do not count.
fn lost(given: &Value, read: &Value, path: &str) -> Option<String> {
    match (given, read) {
        (Value::Object(given), read) => given.iter().find_map(|(name, value)| {
            let path = match path {
                "" => name.clone(),
                path => format!("{path}.{name}"),
            };
            match read.get(name) {
                Some(read) => lost(value, read, &path),
                None => (!is_nothing(value)).then_some(path),
            }
        }),
        (Value::Array(given), Value::Array(read)) => {
            let items = given.iter().zip(read).enumerate();
            let mut lost =
                items.map(|(place, (given, read))| lost(given, read, &format!("{path}[{place}]")));
            lost.find_map(|path| path)
        }
        _ => None,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(members) => members.values().all(is_nothing),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The line of the path's last member; `None` if several lines have such a member.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let name = path.rsplit('.').next()?;
    let member = format!("\"{name}\"");
    let mut lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.contains(&member));
    let (first, other) = (lines.next(), lines.next());
    first.filter(|_| other.is_none()).map(|(number, _)| number)
}
