//! The subjects of texts, and the lines of each from the catalog.

use super::aws_cli::AwsCli;
use super::connection::ConnectionState;
use super::remote::Remote;
use super::session::Session;
use super::text::{self, TextLine, Tone};
use super::work::Work;
use crate::domain::{ArgumentFile, Content, DefinitionKind, DefinitionVersionArn, GroupId};

/// The subject of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    Content(DefinitionVersionArn),
    Diff {
        before: Option<DefinitionVersionArn>,
        after: Option<DefinitionVersionArn>,
    },
    /// The draft's request, for selection by hand. The selected version's ARN, if any, comes first.
    Request(Option<DefinitionVersionArn>),
    Groups(Vec<GroupId>),
    /// A fixed text.
    Lines {
        title: &'static str,
        lines: Vec<TextLine>,
        /// The files that the text's commands read.
        files: Vec<ArgumentFile>,
    },
}

impl Subject {
    pub fn title(&self) -> String {
        match self {
            Self::Content(arn) => format!("{} {}", arn.kind(), arn.short()),
            Self::Diff { before, after } => {
                let short = |arn: &Option<DefinitionVersionArn>| {
                    arn.as_ref()
                        .map_or("(empty)", DefinitionVersionArn::short)
                        .to_owned()
                };
                format!("{} -> {}", short(before), short(after))
            }
            Self::Request(_) => "request".to_owned(),
            Self::Groups(_) => "groups".to_owned(),
            Self::Lines { title, .. } => (*title).to_owned(),
        }
    }

    /// The contents in the text.
    pub fn contents(&self) -> impl Iterator<Item = &DefinitionVersionArn> {
        let arns = match self {
            Self::Content(arn) => [Some(arn), None],
            Self::Diff { before, after } => [before.as_ref(), after.as_ref()],
            Self::Request(_) | Self::Groups(_) | Self::Lines { .. } => [None, None],
        };
        arns.into_iter().flatten()
    }

    /// The files that the text's commands read.
    pub fn files(&self, session: &Session) -> Vec<ArgumentFile> {
        match self {
            Self::Request(_) => {
                let requests = session.work().and_then(Work::requests);
                requests.map_or_else(Vec::new, |requests| requests.files())
            }
            Self::Lines { files, .. } => files.clone(),
            Self::Content(_) | Self::Diff { .. } | Self::Groups(_) => Vec::new(),
        }
    }

    /// The entire text.
    pub fn lines(&self, session: &Session) -> Vec<TextLine> {
        match self {
            Self::Content(arn) => match content(arn, session) {
                Ok(content) => text::content_lines(content),
                Err(lines) => lines,
            },
            Self::Diff { before, after } => diff_lines(before.as_ref(), after.as_ref(), session),
            Self::Request(highlighted) => {
                let arn = highlighted.iter().flat_map(|arn| {
                    let gap = TextLine::new(Tone::Plain, "");
                    [TextLine::new(Tone::Plain, arn.as_str()), gap]
                });
                let request = session.work().and_then(Work::requests);
                let cli = AwsCli::of(session);
                let request = request.map(|request| text::request_lines(&request, &cli));
                arn.chain(request.unwrap_or_default()).collect()
            }
            Self::Groups(shown) => shown.iter().map(|id| group_line(id, session)).collect(),
            Self::Lines { lines, .. } => lines.clone(),
        }
    }
}

fn group_line(id: &GroupId, session: &Session) -> TextLine {
    let group = session.catalog().group(id);
    let name = group.and_then(|group| group.name.as_deref());
    TextLine::new(
        Tone::Plain,
        &format!("{id} {}", name.unwrap_or("(no name)")),
    )
}

/// The content, or lines with the reason why it is missing.
fn content<'a>(
    arn: &DefinitionVersionArn,
    session: &'a Session,
) -> Result<&'a Content, Vec<TextLine>> {
    match session.catalog().contents.get(arn) {
        Remote::Ready(content) => Ok(content),
        Remote::Failed(error) => Err(text::error_lines(error)),
        Remote::Unasked | Remote::Loading => Err(vec![TextLine::new(Tone::Faint, "loading…")]),
    }
}

fn diff_lines(
    before: Option<&DefinitionVersionArn>,
    after: Option<&DefinitionVersionArn>,
    session: &Session,
) -> Vec<TextLine> {
    let kind = after
        .or(before)
        .map_or(DefinitionKind::Core, DefinitionVersionArn::kind);
    let nothing = Content::empty(kind);
    let read =
        |arn: Option<&DefinitionVersionArn>| arn.map_or(Ok(&nothing), |arn| content(arn, session));
    match (read(before), read(after)) {
        (Ok(before), Ok(after)) => text::diff_lines(before, after),
        (Err(lines), _) | (_, Err(lines)) => lines,
    }
}

/// The reason why there is no connection; `None` unless connecting has failed.
pub fn failure_lines(session: &Session) -> Option<Vec<TextLine>> {
    let ConnectionState::Failed(failure) = session.connection().state() else {
        return None;
    };
    Some(text::lines(Tone::Error, &failure.message))
}

/// The same as a text that the user can select.
pub fn failure_subject(session: &Session) -> Option<Subject> {
    failure_lines(session).map(|lines| Subject::Lines {
        title: "connection",
        lines,
        files: Vec::new(),
    })
}
