//! The Outcome screen: created, failed, unknown or dry run, with all known facts and the next step.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::aws_cli::AwsCli;
use crate::app::deployment_run::DeploymentRun;
use crate::app::outcome_probe::{OutcomeProbe, ProbeResult};
use crate::app::screen::outcome::{Outcome, deploy_command, fates};
use crate::app::submission::{DefinitionState, DefinitionStep, Step, StepState, Submission};
use crate::app::text::{TextLine, Tone, lines, request_lines};
use crate::app::{App, Command, KeyContext, Session};
use crate::domain::{CreatedVersion, GroupVersionId, ServiceError, refusal};
use crate::ui::Theme;
use crate::ui::advice::advice_after_create;
use crate::ui::keys::Keys;
use crate::ui::screen::review::changed_slots;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;
use crate::ui::widget::failure::Failure;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::full_lines;
use crate::ui::widget::titled_rule::TitledRule;

/// Draws the outcome. Returns the number of rows by which it can be scrolled.
pub(super) fn draw(app: &App, outcome: &Outcome, canvas: &mut Canvas<'_, '_>) -> usize {
    let mut page = OutcomePage {
        theme: canvas.theme,
        width: canvas.width(),
        lines: Vec::new(),
    };
    if let Some(submission) = outcome.submission(&app.session) {
        page.outcome(&app.session, submission);
    }
    let last = page.lines.len().saturating_sub(canvas.height());
    let shown = page.lines.iter().skip(outcome.scroll.hidden(last));
    canvas.write_all(0, shown);
    canvas.put_cursor(0, 1);
    last
}

struct OutcomePage<'a> {
    theme: &'a Theme,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl OutcomePage<'_> {
    fn outcome(&mut self, session: &Session, submission: &Submission) {
        let step = &submission.create;
        let definition = submission.open_definition();
        let is_begun = definition.or(submission.definitions.first()).is_some();
        match &step.state {
            StepState::Waiting if is_begun => self.stopped(session, submission),
            StepState::Created(created) => self.created(session, step, created),
            StepState::Failed(error) => self.failed(session, error),
            StepState::Unconfirmed(error, probe) => self.unknown(session, step, error, probe),
            StepState::Rehearsed => self.dry_run(),
            StepState::Waiting | StepState::Sending(_) => {}
        }
        let fates = fates(submission);
        if !fates.is_empty() {
            self.blank();
            self.title("requests, in their order");
            for (request, fate) in fates {
                self.fate(&request, &fate);
            }
        }
        let changed = changed_slots(session, &step.request, self.theme, self.width);
        if !changed.is_empty() {
            self.blank();
            let arrow = self.theme.symbols.arrow;
            self.title(&format!("slots: old {arrow} new"));
            self.lines.extend(changed);
        }
        self.blank();
        let is_alone = submission.definitions.is_empty();
        self.title(if is_alone { "request" } else { "requests" });
        for line in request_lines(&submission.change(), &AwsCli::of(session)) {
            self.lines
                .extend(full_lines(self.theme, &line, 3, self.width));
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    fn title(&mut self, title: &str) {
        let rule = TitledRule::titled(self.theme, title);
        self.lines.push(rule.line(self.theme, self.width));
    }

    /// The result as a word and a sentence.
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

    /// A name and its value, wrapped if it is longer than the line.
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

    /// The facts of the service's error; a retry is not offered here.
    fn error(&mut self, error: &ServiceError) {
        let failure = Failure {
            theme: self.theme,
            indent: 1,
            width: self.width,
        };
        self.lines.extend(failure.without_advice(error));
    }

    /// The slot with the refused version, and the items in the error.
    fn place(&mut self, error: &ServiceError, step: &DefinitionStep) {
        let reasons = refusal::reasons(error, &step.version.content).into_iter();
        let items: Vec<String> = reasons.flat_map(|reason| reason.items).collect();
        self.fact("slot", Some(step.version.kind().name()));
        if !items.is_empty() {
            self.fact("item", Some(&items.join(", ")));
        }
    }

    /// The outcome of one request, below its name.
    fn fate(&mut self, request: &str, fate: &str) {
        let row = Row::new(self.theme, self.width).gap(1);
        self.lines
            .push(row.text(self.theme.heading, request).line());
        for part in wrap(fate, self.width.saturating_sub(4)) {
            let row = Row::new(self.theme, self.width).gap(3);
            self.lines.push(row.text(self.theme.plain, &part).line());
        }
    }

    /// The requests after a definition version that was not created were not sent.
    fn stopped(&mut self, session: &Session, submission: &Submission) {
        const NOT_REPEATED: &str =
            "The created versions are in the draft and are not created again.";
        let step = submission.open_definition();
        let keys = Keys::new(session, KeyContext::Outcome);
        match step.map(|step| (step, &step.state)) {
            Some((_, DefinitionState::Failed(error))) => {
                let sentence = format!("No group version was created. {NOT_REPEATED}");
                self.verdict(self.theme.error, "FAILED", &sentence);
                self.error(error);
                if let Some(step) = step.filter(|step| step.refusal().is_some()) {
                    self.place(error, step);
                }
                self.blank();
                let advice = advice_after_create(error.next_step(), keys);
                self.sentence(self.theme.warning, &advice);
            }
            Some((_, DefinitionState::Unknown(error) | DefinitionState::Looking(error))) => {
                let sentence = format!(
                    "A definition version was sent, but no usable answer came, and none with this content was found. No group version was created. {NOT_REPEATED}"
                );
                self.verdict(self.theme.warning, "UNKNOWN", &sentence);
                let retry = keys.name(Command::Retry);
                let checked = if step.is_some_and(DefinitionStep::is_under_way) {
                    "checking the definition's versions".to_owned()
                } else {
                    format!("not found; {retry} checks again")
                };
                self.fact("checked", Some(&checked));
                self.blank();
                self.title("error");
                self.error(error);
            }
            Some((_, DefinitionState::Waiting)) | None => {
                let sentence = format!(
                    "The group version is not created yet: review the draft and create it. {NOT_REPEATED}"
                );
                self.verdict(self.theme.warning, "STOPPED", &sentence);
            }
            Some((
                _,
                DefinitionState::Sending | DefinitionState::Created(_) | DefinitionState::Rehearsed,
            )) => {}
        }
    }

    fn receipt(&mut self, created: &CreatedVersion) {
        self.fact("Arn", created.arn.as_deref());
        self.fact("CreationTimestamp", created.creation_timestamp.as_deref());
        self.fact("Group id", created.id.as_deref());
        self.fact("Version", created.version.as_deref());
    }

    fn created(&mut self, session: &Session, step: &Step, created: &CreatedVersion) {
        let name = session.open_group_name();
        let deployed = deployed_words(session, step, created);
        let sentence = format!("A new version of {name} exists. {deployed}");
        self.verdict(self.theme.ok, "CREATED", &sentence);
        self.receipt(created);
        if let Some(words) = session.series().words() {
            self.fact("series", Some(&words));
        }
        self.next_command(session, step);
    }

    /// The command that deploys the version, for copying.
    fn next_command(&mut self, session: &Session, step: &Step) {
        let Some(command) = deploy_command(step, session) else {
            return;
        };
        self.blank();
        self.title("next: deploy it");
        let needs = AwsCli::of(session).needs();
        let needs = needs.map(|needs| TextLine::new(Tone::Faint, needs));
        for line in needs.into_iter().chain(lines(Tone::Plain, &command)) {
            self.lines
                .extend(full_lines(self.theme, &line, 3, self.width));
        }
    }

    fn failed(&mut self, session: &Session, error: &ServiceError) {
        self.verdict(
            self.theme.error,
            "FAILED",
            "No version was created. The draft is kept.",
        );
        self.error(error);
        self.blank();
        let keys = Keys::new(session, KeyContext::Outcome);
        let advice = advice_after_create(error.next_step(), keys);
        self.sentence(self.theme.warning, &advice);
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
                "No answer came, but a new version has exactly the sent slots.",
            ),
            ProbeResult::Looking => (
                self.theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came. Checking the group's versions; nothing is sent again.",
            ),
            ProbeResult::NotThere => (
                self.theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came, and no version has the sent slots. It may still appear: check again before sending again.",
            ),
            ProbeResult::Failed(_) => (
                self.theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came, and checking for the version failed too.",
            ),
        };
        self.verdict(style, word, sentence);
        self.looking(session, probe);
        if let Some(created) = probe.found() {
            self.receipt(created);
            self.next_command(session, step);
        }
        self.blank();
        self.title("error");
        self.error(error);
    }

    fn looking(&mut self, session: &Session, probe: &OutcomeProbe) {
        let (looks, most) = (probe.looks(), OutcomeProbe::MAX_LOOKS);
        let retry = Keys::new(session, KeyContext::Outcome).name(Command::Retry);
        let found = match probe.result() {
            ProbeResult::Looking => format!("check {looks} of {most}"),
            ProbeResult::Found(created) => format!(
                "found {} (check {looks} of {most})",
                created.version.as_deref().unwrap_or("-")
            ),
            ProbeResult::NotThere => {
                format!("not found after {looks} checks; {retry} checks again")
            }
            ProbeResult::Failed(error) => format!("{error}; {retry} checks again"),
        };
        self.fact("checked", Some(&found));
    }

    fn dry_run(&mut self) {
        self.verdict(
            self.theme.ok,
            "DRY RUN",
            "Nothing was sent. This is the request that Create would have sent.",
        );
    }
}

/// The state of the created version's deployment, or the key that deploys it.
fn deployed_words(session: &Session, step: &Step, created: &CreatedVersion) -> String {
    let run = session.deployment_of(&step.request.create.group);
    let is_of_version = |run: &&DeploymentRun| {
        let version = run.request.action.version();
        version.map(GroupVersionId::as_str) == created.version.as_deref()
    };
    let words = run.filter(is_of_version).and_then(DeploymentRun::words);
    let deploy = Keys::new(session, KeyContext::Outcome).bound(Command::Deploy);
    match (words, deploy) {
        (Some(words), _) => format!("{words}."),
        (None, Some(deploy)) => format!("Nothing is deployed yet; {deploy} deploys it."),
        (None, None) => "Nothing is deployed yet.".to_owned(),
    }
}
