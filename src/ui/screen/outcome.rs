//! The Outcome screen: created, failed, unknown or rehearsed, with all that is known and what comes next.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::outcome_probe::{OutcomeProbe, ProbeResult};
use crate::app::screen::outcome::Outcome;
use crate::app::submission::{Step, StepState};
use crate::app::text::{TextLine, Tone, request_lines};
use crate::app::{App, Session};
use crate::domain::request::shell_quoted;
use crate::domain::{CreatedVersion, ServiceError, Trouble};
use crate::ui::Theme;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::failure::failure_lines;
use crate::ui::widget::paper::Paper;
use crate::ui::widget::row::Row;
use crate::ui::widget::rule::Rule;
use crate::ui::widget::text_lines::whole_lines;

/// Draws the outcome, scrolled; how far that can go is the answer.
pub(super) fn draw(app: &App, outcome: &Outcome, paper: &mut Paper<'_, '_>) -> usize {
    let mut page = Page {
        theme: paper.theme,
        width: paper.width(),
        lines: Vec::new(),
    };
    if let Some(step) = outcome.step(&app.session) {
        page.outcome(&app.session, step);
    }
    let last = page.lines.len().saturating_sub(paper.height());
    let shown = page.lines.iter().skip(outcome.scroll.hidden(last));
    paper.write_all(0, shown);
    paper.put_cursor(0, 1);
    last
}

struct Page<'a> {
    theme: &'a Theme,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn outcome(&mut self, session: &Session, step: &Step) {
        match &step.state {
            StepState::Created(created) => self.created(session, step, created),
            StepState::Failed(error) => self.failed(error),
            StepState::Unconfirmed(error, probe) => self.unknown(session, step, error, probe),
            StepState::Rehearsed => self.dry_run(),
            StepState::Waiting | StepState::Sending(_) => {}
        }
        self.blank();
        self.title("request");
        for line in request_lines(&step.request.create) {
            self.lines
                .extend(whole_lines(self.theme, &line, 3, self.width));
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn title(&mut self, title: &str) {
        let rule = Rule::titled(self.theme, title);
        self.lines.push(rule.line(self.theme, self.width));
    }

    /// The word that says it, and a sentence.
    fn verdict(&mut self, style: Style, word: &str, sentence: &str) {
        let row = Row::new(self.theme, self.width).gap(1).text(style, word);
        let start = row.used() + 2;
        let room = self.width.saturating_sub(start + 1);
        let mut row = row.gap(2);
        for part in wrap(sentence, room) {
            self.lines.push(row.text(self.theme.plain, &part).line());
            row = Row::new(self.theme, self.width).gap(start);
        }
        self.blank();
    }

    fn sentence(&mut self, style: Style, text: &str) {
        for part in wrap(text, self.width.saturating_sub(2)) {
            let row = Row::new(self.theme, self.width).gap(1);
            self.lines.push(row.text(style, &part).line());
        }
    }

    /// A name and its value, continued below itself where it is longer than the line.
    fn fact(&mut self, name: &str, value: Option<&str>) {
        const NAME: usize = 20;
        let room = self.width.saturating_sub(NAME + 1);
        for (place, part) in wrap(value.unwrap_or("-"), room).iter().enumerate() {
            let name = if place == 0 { name } else { "" };
            let row = Row::new(self.theme, self.width)
                .gap(1)
                .cell(self.theme.faint, name, NAME - 1)
                .text(self.theme.plain, part);
            self.lines.push(row.line());
        }
    }

    /// All that is known of an error but the advice, which is on asking again.
    fn error(&mut self, error: &ServiceError) {
        let mut lines = failure_lines(self.theme, error, 1, self.width);
        let advice = wrap(error.advice(), self.width.saturating_sub(2)).len();
        lines.truncate(lines.len().saturating_sub(advice));
        self.lines.extend(lines);
    }

    fn receipt(&mut self, created: &CreatedVersion) {
        self.fact("Arn", created.arn.as_deref());
        self.fact("CreationTimestamp", created.creation_timestamp.as_deref());
        self.fact("Id (of the group)", created.id.as_deref());
        self.fact("Version", created.version.as_deref());
    }

    fn created(&mut self, session: &Session, step: &Step, created: &CreatedVersion) {
        let name = session.open_group_name();
        let sentence = format!("A new version of {name} exists. Nothing is deployed yet.");
        self.verdict(self.theme.ok, "CREATED", &sentence);
        self.receipt(created);
        self.next_command(step, created.version.as_deref());
    }

    /// What deploys the version, ready to be copied.
    fn next_command(&mut self, step: &Step, version: Option<&str>) {
        let Some(version) = version else { return };
        self.blank();
        self.title("next: deploy it");
        let group = shell_quoted(step.request.create.group.as_str());
        let version = shell_quoted(version);
        let command = [
            "aws greengrass create-deployment \\".to_owned(),
            format!("  --group-id {group} \\"),
            format!("  --group-version-id {version} \\"),
            "  --deployment-type NewDeployment".to_owned(),
        ];
        for line in command {
            let line = TextLine::new(Tone::Plain, &line);
            self.lines
                .extend(whole_lines(self.theme, &line, 3, self.width));
        }
    }

    fn failed(&mut self, error: &ServiceError) {
        self.verdict(
            self.theme.error,
            "FAILED",
            "No version was created. The draft is kept as it was.",
        );
        self.error(error);
        self.blank();
        self.sentence(self.theme.warning, advice(error));
    }

    fn unknown(
        &mut self,
        session: &Session,
        step: &Step,
        error: &ServiceError,
        probe: &OutcomeProbe,
    ) {
        let (style, word, sentence) = match probe.result() {
            ProbeResult::Found(_) => (
                self.theme.ok,
                "CREATED",
                "No answer came, but a new version holds exactly what was sent.",
            ),
            ProbeResult::Looking => (
                self.theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came. The group's versions are being looked through; nothing is sent again.",
            ),
            ProbeResult::NotThere => (
                self.theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came, and no version holds what was sent. It may still appear: look again before sending again.",
            ),
            ProbeResult::Failed(_) => (
                self.theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came, and looking for the version failed too.",
            ),
        };
        self.verdict(style, word, sentence);
        self.looking(session, probe);
        if let Some(created) = probe.found() {
            self.receipt(created);
            self.next_command(step, created.version.as_deref());
        }
        self.blank();
        self.title("what came instead of an answer");
        self.error(error);
    }

    fn looking(&mut self, session: &Session, probe: &OutcomeProbe) {
        let (looks, most) = (probe.looks(), OutcomeProbe::MAX_LOOKS);
        let retry = session
            .keymap()
            .key_name(crate::app::KeyContext::Outcome, crate::app::Command::Retry);
        let found = match probe.result() {
            ProbeResult::Looking => format!("look {looks} of {most}"),
            ProbeResult::Found(created) => format!(
                "found {} at look {looks} of {most}",
                created.version.as_deref().unwrap_or("-")
            ),
            ProbeResult::NotThere => format!("not there after {looks} looks; {retry} looks again"),
            ProbeResult::Failed(error) => format!("{error}; {retry} looks again"),
        };
        self.fact("looked", Some(&found));
    }

    fn dry_run(&mut self) {
        self.verdict(
            self.theme.ok,
            "DRY RUN",
            "Nothing was sent. This is the request that Create would have sent now.",
        );
    }
}

/// What to do about an error before one goes back and sends again; no key here asks again.
fn advice(error: &ServiceError) -> &'static str {
    if matches!(error.trouble, Trouble::NoAnswer | Trouble::ServerFault) {
        return "Nothing was carried out; go back and create again.";
    }
    let advice = error.advice();
    let end = advice.find(", then press").or(advice.find("; press"));
    end.and_then(|end| advice.get(..end)).unwrap_or(advice)
}
