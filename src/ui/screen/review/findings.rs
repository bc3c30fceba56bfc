//! The findings in Review, worst first, each with its origin and its fix.

use crate::app::Session;
use crate::app::screen::review::ReviewLine;
use crate::domain::DefinitionKind;
use crate::domain::check::{Finding, Findings, Origin, Severity};
use crate::domain::plural::counted;
use crate::ui::naming::{candidate_words, severity_style};
use crate::ui::widget::text_block::TextBlock;

/// The maximum number of listed items; more are counted.
const MAX_ITEMS: usize = 12;

pub(super) fn add(body: &mut TextBlock<'_>, session: &Session, current: Option<ReviewLine>) {
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
    unchecked(body, findings.pending(), "is loading");
    unchecked(body, findings.unknown(), "could not be read");
    if findings.is_empty() && findings.is_complete() {
        body.line(3, body.theme.ok, "No findings.");
    }
}

/// `2 block deployment, 1 likely mistake`.
fn verdict(findings: &Findings) -> String {
    let words = |severity| match (severity, findings.count_severity(severity)) {
        (_, 0) => None,
        (Severity::Blocks, count) => Some(format!("{count} blocking")),
        (Severity::Likely, count) => Some(counted(count, "likely mistake")),
        (Severity::Note, count) => Some(counted(count, "note")),
    };
    let parts: Vec<String> = Severity::ALL.into_iter().filter_map(words).collect();
    parts.join(", ")
}

fn add_finding(
    body: &mut TextBlock<'_>,
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
        let shown = finding.items.len().min(MAX_ITEMS);
        let (shown, more) = finding.items.split_at(shown);
        let more = match more.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        paragraph(body, &format!("{}{more}", shown.join(", ")), "items: ");
    }
    if !finding.fix.is_empty() {
        paragraph(body, &finding.fix, "fix: ");
    }
}

fn paragraph(body: &mut TextBlock<'_>, text: &str, label: &str) {
    let label = body.row().gap(5).text(body.theme.faint, label);
    body.text_after(label, body.theme.plain, text);
}

fn unchecked(body: &mut TextBlock<'_>, kinds: &[DefinitionKind], why: &str) {
    for kind in kinds {
        let text =
            format!("not verified: the {kind} content {why}, so checks that need it have not run.");
        body.line(3, body.theme.warning, &text);
    }
}
