//! The reason why there is no connection, as a text that every screen shows.

use super::connection::ConnectionState;
use super::session::Session;
use super::subject::Subject;
use super::text::{TextLine, Tone, lines};

/// The reason; `None` unless connecting has failed.
pub fn failure_lines(session: &Session) -> Option<Vec<TextLine>> {
    match session.connection().state() {
        ConnectionState::Failed(failure) => Some(lines(Tone::Error, &failure.message)),
        ConnectionState::Connecting | ConnectionState::Connected(_) => None,
    }
}

/// The same as a text that the user can select.
pub fn failure_subject(session: &Session) -> Option<Subject> {
    failure_lines(session).map(|lines| Subject::Lines {
        title: "connection",
        lines,
        files: Vec::new(),
    })
}
