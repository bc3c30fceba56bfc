//! Texts of several lines, each line with what it means: contents, differences, requests, outcomes.

use crate::domain::diff::{ContentDiff, Mark};
use crate::domain::printable::{printable, printable_json, printable_lines};
use crate::domain::request::shell_quoted;
use crate::domain::{Content, CreateGroupVersion, ServiceError};

/// What a line means; the theme decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Plain,
    Heading,
    /// JSON, whose names and values look different.
    Json,
    Added,
    Removed,
    Faint,
    Warning,
    Error,
}

/// One line; its text is printable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    pub tone: Tone,
    pub text: String,
}

impl TextLine {
    /// Makes `text` printable.
    pub fn new(tone: Tone, text: &str) -> Self {
        Self {
            tone,
            text: printable(text).into_owned(),
        }
    }
}

/// Several lines of one tone out of a text with line breaks.
pub fn lines(tone: Tone, text: &str) -> impl Iterator<Item = TextLine> {
    printable_lines(text)
        .lines()
        .map(|line| TextLine {
            tone,
            text: line.to_owned(),
        })
        .collect::<Vec<_>>()
        .into_iter()
}

/// The content as JSON with the API's member names.
pub fn content_lines(content: &Content) -> Vec<TextLine> {
    lines(Tone::Json, &pretty(&content.to_json())).collect()
}

/// The request's body as JSON.
pub fn request_json(request: &CreateGroupVersion) -> String {
    pretty(&request.body())
}

/// The request as a command for a shell, one flag a line, with nothing in it that a terminal would act on.
pub fn request_command(request: &CreateGroupVersion) -> String {
    let words: Vec<String> = request
        .command_words()
        .iter()
        .map(|word| shell_quoted(word))
        .collect();
    let mut command = String::new();
    for (place, word) in words.iter().enumerate() {
        let starts_line = word.starts_with("--");
        command.push_str(match (place, starts_line) {
            (0, _) => "",
            (_, true) => " \\\n  ",
            (_, false) => " ",
        });
        command.push_str(word);
    }
    command
}

/// How a content differs from another of its kind: changed items with their changed members, others as JSON.
pub fn diff_lines(before: &Content, after: &Content) -> Vec<TextLine> {
    let Some(diff) = ContentDiff::between(before, after) else {
        return vec![TextLine::new(
            Tone::Faint,
            "The two are of different kinds.",
        )];
    };
    let mut text = vec![TextLine::new(Tone::Heading, &diff.summary())];
    text.extend(diff.lines().into_iter().map(|line| {
        let tone = match line.mark {
            Mark::Head => Tone::Heading,
            Mark::Same => Tone::Plain,
            Mark::Removed => Tone::Removed,
            Mark::Added => Tone::Added,
        };
        TextLine::new(tone, &format!("{} {}", line.mark.sign(), line.text))
    }));
    text
}

/// Everything known of an error, and what to do next.
pub fn error_lines(error: &ServiceError) -> Vec<TextLine> {
    let status = error.status.map(|status| status.to_string());
    let mut text = vec![TextLine::new(Tone::Error, error.title())];
    text.extend(fact_lines("operation", Some(&error.operation)));
    text.extend(fact_lines("status", status.as_deref()));
    text.extend(fact_lines("message", Some(&error.message)));
    let details = error.details.iter().flat_map(|detail| {
        let part = |text: &Option<String>| text.clone().unwrap_or_default();
        let words = format!("{} {}", part(&detail.code), part(&detail.message));
        fact_lines("detail", Some(words.trim()))
    });
    let rest = details.chain(fact_lines("request id", error.request_id.as_deref()));
    let advice = TextLine::new(Tone::Warning, error.advice());
    // Where no answer came, details are the SDK's: long, and of less help than the advice.
    if error.status.is_none() {
        text.push(advice);
        text.extend(rest);
    } else {
        text.extend(rest);
        text.push(advice);
    }
    text
}

/// A name and its value, which may have several lines.
fn fact_lines(name: &str, value: Option<&str>) -> Vec<TextLine> {
    value.map_or_else(Vec::new, |value| {
        lines(Tone::Plain, &format!("{name:<11}{value}")).collect()
    })
}

/// The request as JSON and as a command.
pub fn request_lines(request: &CreateGroupVersion) -> Vec<TextLine> {
    let mut text = vec![TextLine::new(Tone::Heading, "CreateGroupVersion")];
    text.push(TextLine::new(
        Tone::Plain,
        &format!("POST /greengrass/groups/{}/versions", request.group),
    ));
    text.extend(lines(Tone::Json, &request_json(request)));
    text.push(TextLine::new(Tone::Plain, ""));
    text.push(TextLine::new(Tone::Heading, "The same with the AWS CLI"));
    text.extend(lines(Tone::Plain, &request_command(request)));
    text
}

fn pretty(json: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(json).unwrap_or_default();
    printable_json(&text).into_owned()
}
