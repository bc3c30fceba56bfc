//! The body of a refusal in all its shapes: the API's JSON, STS's XML, a web page, bare text.

use serde_json::{Map, Value};

use crate::domain::ErrorDetail;

/// The characters shown of a body that is not an error of the API.
const QUOTED_CHARACTERS: usize = 200;

/// Errors of the API are much smaller.
const MAX_ERROR_BYTES: usize = 1024 * 1024;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum BodyShape {
    #[default]
    Empty,
    /// The API's own JSON, or STS's XML.
    Json,
    /// A web page, with its title.
    Page(Option<String>),
    /// The beginning of any other text.
    Text(String),
}

#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    pub(super) shape: BodyShape,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) details: Vec<ErrorDetail>,
}

impl ErrorBody {
    pub(super) fn read(body: &[u8]) -> Self {
        if body.len() <= MAX_ERROR_BYTES
            && let Ok(Value::Object(members)) = serde_json::from_slice(body)
        {
            return Self::of_members(&members);
        }
        // The title of a page is at its beginning.
        let start = body.get(..body.len().min(16 * 1024)).unwrap_or_default();
        let text = String::from_utf8_lossy(start);
        let text = text.trim();
        if text.is_empty() {
            return Self::default();
        }
        if !text.starts_with('<') {
            return Self::only(BodyShape::Text(quoted(text)));
        }
        match element(text, "Code") {
            Some(code) => Self {
                message: element(text, "Message"),
                code: plain_code(&code),
                ..Self::only(BodyShape::Json)
            },
            None => Self::only(BodyShape::Page(element(text, "title"))),
        }
    }

    fn only(shape: BodyShape) -> Self {
        Self {
            shape,
            ..Self::default()
        }
    }

    /// AWS documents `Message`, some servers write `message`; both sometimes hold JSON again.
    fn of_members(members: &Map<String, Value>) -> Self {
        let mut read = Self {
            code: text(members, &["code", "Code", "__type"]).and_then(|code| plain_code(&code)),
            message: text(members, &["Message", "message", "errorMessage"]),
            details: details(members),
            ..Self::only(BodyShape::Json)
        };
        let wrapped = read.message.as_deref().map(serde_json::from_str::<Value>);
        if let Some(Ok(Value::Object(members))) = wrapped {
            read.details.extend(details(&members));
            let mut details = read.details.iter();
            let of_detail = || details.find_map(|detail| detail.message.clone());
            let message = text(&members, &["Message", "message"]).or_else(of_detail);
            read.message = message.or(read.message);
        }
        read
    }
}

/// The name alone, of `namespace#Name:http://…`.
pub(super) fn plain_code(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or(code);
    let code = code.rsplit('#').next().unwrap_or(code).trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The first of `names` that holds text or a number.
fn text(members: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match members.get(*name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

fn details(members: &Map<String, Value>) -> Vec<ErrorDetail> {
    let entries = members.get("ErrorDetails").and_then(Value::as_array);
    entries
        .into_iter()
        .flatten()
        .map(|entry| ErrorDetail {
            code: entry
                .as_object()
                .and_then(|members| text(members, &["DetailedErrorCode"])),
            message: match entry.as_object() {
                Some(members) => text(members, &["DetailedErrorMessage"]),
                None => entry.as_str().map(str::to_owned),
            },
        })
        .filter(|detail| detail.code.is_some() || detail.message.is_some())
        .collect()
}

/// The text of the first element called `name`, on one line.
fn element(markup: &str, name: &str) -> Option<String> {
    let lower = markup.to_ascii_lowercase();
    let name = name.to_ascii_lowercase();
    let start = lower.find(&format!("<{name}>"))? + name.len() + 2;
    let length = lower.get(start..)?.find(&format!("</{name}>"))?;
    let text = markup.get(start..start + length)?.trim();
    (!text.is_empty()).then(|| quoted(text))
}

fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED_CHARACTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
