//! Texts of several lines, each with its meaning: contents, differences, requests, outcomes.

use super::aws_cli::AwsCli;
use crate::domain::diff::{ContentDiff, Mark};
use crate::domain::fold::contains;
use crate::domain::printable::{printable, printable_json, printable_lines};
use crate::domain::{Content, CreateGroupVersion, GroupChange, NextStep, ServiceError};

/// The meaning of a line; the theme decides its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Plain,
    Heading,
    /// JSON, with different styles for names and values.
    Json,
    Added,
    Removed,
    Faint,
    Error,
    /// The next step; the text is empty, because `ui` words it.
    NextStep(NextStep),
}

/// The first line with one of `texts`; an earlier text takes precedence.
pub fn first_line_with(lines: &[TextLine], texts: &[String]) -> Option<usize> {
    texts
        .iter()
        .find_map(|text| lines.iter().position(|line| contains(&line.text, text)))
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

/// Lines of one tone from a text with line breaks.
pub fn lines(tone: Tone, text: &str) -> Vec<TextLine> {
    let text = printable_lines(text);
    let lines = text.lines().map(str::to_owned);
    lines.map(|text| TextLine { tone, text }).collect()
}

/// The content as JSON with the API's member names.
pub fn content_lines(content: &Content) -> Vec<TextLine> {
    lines(Tone::Json, &pretty(&content.to_json()))
}

/// The texts to copy from a request before it is sent, each with its name.
pub fn request_choices(change: &GroupChange, cli: &AwsCli) -> Vec<(&'static str, String)> {
    let (requests, commands) = if change.definitions.is_empty() {
        ("the request", "the command")
    } else {
        ("the requests", "the commands")
    };
    vec![
        (requests, change_json(change)),
        (commands, cli.script(change)),
    ]
}

/// The bodies of all requests as JSON, in order.
pub fn change_json(change: &GroupChange) -> String {
    let bodies = change.requests().into_iter();
    let bodies: Vec<String> = bodies.map(|request| pretty(&request.body)).collect();
    bodies.join("\n")
}

/// The request's body as JSON.
pub fn request_json(request: &CreateGroupVersion) -> String {
    pretty(&request.body())
}

/// The difference from one content to another of its kind: changed items by member, others as JSON.
pub fn diff_lines(before: &Content, after: &Content) -> Vec<TextLine> {
    let Some(diff) = ContentDiff::between(before, after) else {
        return vec![TextLine::new(
            Tone::Faint,
            "The two versions are of different kinds.",
        )];
    };
    let parts = diff.summary();
    let parts = parts.iter().map(|part| TextLine::new(Tone::Heading, part));
    let mut text: Vec<TextLine> = parts.collect();
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

/// One named fact about an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub name: &'static str,
    pub value: String,
}

/// The facts in a response besides the error's title, the most important first.
pub fn error_facts(error: &ServiceError) -> Vec<Fact> {
    let fact = |name, value: String| Fact { name, value };
    let mut facts = vec![fact("operation", error.operation.clone())];
    let status = error.status.map(|status| status.to_string());
    facts.extend(status.map(|status| fact("status", status)));
    facts.push(fact("message", error.message.clone()));
    facts.extend(error.details.iter().map(|detail| {
        let parts = [detail.code.as_deref(), detail.message.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        fact("detail", parts.join(" "))
    }));
    let request_id = error.request_id.clone();
    facts.extend(request_id.map(|id| fact("request id", id)));
    facts
}

/// All facts about an error, and the next step.
pub fn error_lines(error: &ServiceError) -> Vec<TextLine> {
    let mut text = vec![TextLine::new(Tone::Error, error.title())];
    for fact in error_facts(error) {
        let fact = format!("{}: {}", fact.name, fact.value);
        text.extend(lines(Tone::Plain, &fact));
    }
    text.push(TextLine {
        tone: Tone::NextStep(error.next_step()),
        text: String::new(),
    });
    text
}

/// The requests in order, each as JSON and as a command.
pub fn request_lines(change: &GroupChange, cli: &AwsCli) -> Vec<TextLine> {
    let requests = change.requests();
    let count = requests.len();
    let mut text = Vec::new();
    for (number, request) in (1..).zip(&requests) {
        if number > 1 {
            text.push(TextLine::new(Tone::Plain, ""));
        }
        let heading = match count {
            1 => request.operation.clone(),
            _ => format!("{number} of {count}  {}", request.operation),
        };
        text.push(TextLine::new(Tone::Heading, &heading));
        let path = format!("POST {}", request.path);
        text.push(TextLine::new(Tone::Plain, &path));
        text.extend(lines(Tone::Json, &pretty(&request.body)));
        text.push(TextLine::new(Tone::Plain, ""));
        let title = "The same with the AWS CLI";
        text.extend(command_lines(title, &cli.command(request), cli));
        text.extend(request.files.iter().map(|file| {
            let words = format!("# {} is written where this text is saved.", file.name);
            TextLine::new(Tone::Faint, &words)
        }));
    }
    text
}

/// A command under a title, with the command to run before it.
pub fn command_lines(title: &str, command: &str, cli: &AwsCli) -> Vec<TextLine> {
    let mut text = vec![TextLine::new(Tone::Heading, title)];
    text.extend(cli.needs().map(|needs| TextLine::new(Tone::Faint, needs)));
    text.extend(lines(Tone::Plain, command));
    text
}

fn pretty(json: &serde_json::Value) -> String {
    let text = serde_json::to_string_pretty(json).unwrap_or_default();
    printable_json(&text).into_owned()
}
