//! The findings in Review, worst first, each with its origin and its fix.

use super::body::Body;
use crate::app::Session;
use crate::app::screen::review::ReviewLine;
use crate::domain::DefinitionKind;
use crate::domain::check::{Finding, Findings, Origin, Severity};
use crate::domain::plural::counted;
use crate::ui::naming::{candidate_words, severity_style};
use crate::ui::widget::cells::wrap;

/// The maximum number of listed items; more are counted.
const MAX_ITEMS: usize = 12;

/// Adds a few lines for each finding.
pub(super) fn add(body: &mut Body<'_>, session: &Session, current: Option<ReviewLine>) {
    let Some(work) = session.work() else { return };
    let findings = work.findings();
    body.title("checks", &verdict(findings));
    for (place, (finding, origin)) in work.findings_with_origin().enumerate() {
        let start = body.lines.len();
        let is_current = current == Some(ReviewLine::Finding(place));
        add_finding(body, place + 1, finding, origin, is_current);
        if let Some(words) = candidate_words(session, finding) {
            paragraph(body, &words, "pick: ");
        }
        if is_current {
            body.cursor = Some(start..body.lines.len());
        }
    }
    unchecked(
        body,
        findings.pending(),
        "is loading, so checks that need it have not run",
    );
    unchecked(
        body,
        findings.unknown(),
        "could not be read, so checks that need it have not run",
    );
    if findings.is_empty() && findings.is_complete() {
        let row = body.row().gap(3).text(body.theme.ok, "No findings.");
        body.add(row);
    }
}

/// `2 block deployment, 1 likely mistake`.
fn verdict(findings: &Findings) -> String {
    let parts: Vec<String> = Severity::ALL
        .into_iter()
        .filter_map(|severity| {
            let count = findings.count_severity(severity);
            let words = match (severity, count) {
                (_, 0) => return None,
                (Severity::Blocks, count) => format!("{count} blocking"),
                (Severity::Likely, count) => counted(count, "likely mistake"),
                (Severity::Note, count) => counted(count, "note"),
            };
            Some(words)
        })
        .collect();
    parts.join(", ")
}

fn add_finding(
    body: &mut Body<'_>,
    number: usize,
    finding: &Finding,
    origin: Origin,
    is_current: bool,
) {
    let theme = body.theme;
    let style = severity_style(theme, finding.severity);
    let slots: Vec<&str> = finding.slots.iter().map(|kind| kind.name()).collect();
    let row = body
        .row()
        .marker(is_current)
        .text(theme.key, &number.to_string())
        .gap(1)
        .text(style, finding.severity.words())
        .gap(2)
        .text(theme.plain, origin.words())
        .gap(2)
        .text(theme.faint, &slots.join(", "));
    body.add(row);
    paragraph(body, &finding.message, "");
    if !finding.items.is_empty() {
        let more = finding.items.len().saturating_sub(MAX_ITEMS);
        let shown: Vec<&str> = finding
            .items
            .iter()
            .take(MAX_ITEMS)
            .map(String::as_str)
            .collect();
        let more = match more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        paragraph(body, &format!("{}{more}", shown.join(", ")), "items: ");
    }
    if !finding.fix.is_empty() {
        paragraph(body, &finding.fix, "fix: ");
    }
}

fn paragraph(body: &mut Body<'_>, text: &str, label: &str) {
    let theme = body.theme;
    let room = body.width.saturating_sub(6 + label.len());
    for (place, part) in wrap(text, room).iter().enumerate() {
        let row = body.row().gap(5);
        let row = if place == 0 {
            row.text(theme.faint, label)
        } else {
            row.gap(label.len())
        };
        let row = row.text(theme.plain, part);
        body.add(row);
    }
}

fn unchecked(body: &mut Body<'_>, kinds: &[DefinitionKind], why: &str) {
    for kind in kinds {
        let text = format!("not verified: the {kind} content {why}.");
        let row = body.row().gap(3).text(body.theme.warning, &text);
        body.add(row);
    }
}
