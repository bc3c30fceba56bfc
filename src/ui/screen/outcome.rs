//! The Outcome screen: created, failed, unknown or dry run, with all known facts and the next step.

use ratatui::style::Style;

use super::review::{add_request, changed_slots};
use crate::app::aws_cli::AwsCli;
use crate::app::deployment_run::DeploymentRun;
use crate::app::outcome_probe::{OutcomeProbe, ProbeResult};
use crate::app::screen::outcome::{Outcome, deploy_command, fates};
use crate::app::submission::{DefinitionState, DefinitionStep, Step, StepState, Submission};
use crate::app::text::{TextLine, Tone, lines};
use crate::app::{App, Command, KeyContext, Session};
use crate::domain::{CreatedVersion, GroupVersionId, ServiceError, refusal};
use crate::ui::advice::advice_after_create;
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::text_block::TextBlock;

/// The width of the names before facts.
const NAME: usize = 19;

/// Draws the outcome. Returns the number of rows by which it can be scrolled.
pub(super) fn draw(app: &App, outcome: &Outcome, canvas: &mut Canvas<'_, '_>) -> usize {
    let session = &app.session;
    let mut page = OutcomePage {
        session,
        keys: Keys::new(session, KeyContext::Outcome),
        body: canvas.block(),
    };
    if let Some(submission) = outcome.submission(session) {
        page.outcome(submission);
    }
    let rows = canvas.height();
    let top = page.body.top(outcome.scroll, rows);
    canvas.write_all(0, page.body.lines.iter().skip(top));
    canvas.put_cursor(0, 1);
    page.body.lines.len().saturating_sub(rows)
}

struct OutcomePage<'a> {
    session: &'a Session,
    keys: Keys<'a>,
    body: TextBlock<'a>,
}

impl OutcomePage<'_> {
    fn outcome(&mut self, submission: &Submission) {
        let theme = self.body.theme;
        let step = &submission.create;
        match &step.state {
            StepState::Waiting if !submission.definitions.is_empty() => self.stopped(submission),
            StepState::Created(created) => self.created(step, created),
            StepState::Failed(error) => {
                self.failed("No version was created. The draft is kept.", error, None);
            }
            StepState::Unconfirmed(error, probe) => self.unknown(step, error, probe),
            StepState::Rehearsed => self.verdict(
                theme.ok,
                "DRY RUN",
                "Nothing was sent. This is the request that Create would have sent.",
            ),
            StepState::Waiting | StepState::Sending(_) => {}
        }
        let body = &mut self.body;
        let fates = fates(submission);
        if !fates.is_empty() {
            body.blank();
            body.title("requests, in their order", "");
        }
        for (request, fate) in fates {
            body.line(1, theme.heading, &request);
            body.text(3, theme.plain, &fate);
        }
        let changed = changed_slots(self.session, &step.request, body);
        if !changed.is_empty() {
            body.blank();
            body.title(&format!("slots: old {} new", theme.symbols.arrow), "");
            body.lines.extend(changed);
        }
        body.blank();
        add_request(body, self.session, &submission.change());
    }

    /// The result as a word and a sentence.
    fn verdict(&mut self, style: Style, word: &str, sentence: &str) {
        let row = self.body.row().gap(1).text(style, word).gap(2);
        self.body.text_after(row, self.body.theme.plain, sentence);
        self.body.blank();
    }

    fn fact(&mut self, name: &str, value: Option<&str>) {
        let plain = self.body.theme.plain;
        self.body.fact((name, NAME), plain, value.unwrap_or("-"));
    }

    /// The facts of the service's error, and the slot and the items of a refused definition version. A retry is not
    /// offered here.
    fn failed(&mut self, sentence: &str, error: &ServiceError, refused: Option<&DefinitionStep>) {
        let theme = self.body.theme;
        self.verdict(theme.error, "FAILED", sentence);
        self.body.failure_without_advice(1, error);
        if let Some(step) = refused {
            let reasons = refusal::reasons(error, &step.version.content).into_iter();
            let items: Vec<String> = reasons.flat_map(|reason| reason.items).collect();
            self.fact("slot", Some(step.version.kind().name()));
            if !items.is_empty() {
                self.fact("item", Some(&items.join(", ")));
            }
        }
        self.body.blank();
        let advice = advice_after_create(error.next_step(), self.keys);
        self.body.text(1, theme.warning, &advice);
    }

    /// The requests after a definition version that was not created were not sent.
    fn stopped(&mut self, submission: &Submission) {
        const NOT_REPEATED: &str =
            "The created versions are in the draft and are not created again.";
        let warning = self.body.theme.warning;
        let step = submission.open_definition();
        match step.map(|step| &step.state) {
            Some(DefinitionState::Failed(error)) => {
                let sentence = format!("No group version was created. {NOT_REPEATED}");
                let refused = step.filter(|step| step.refusal().is_some());
                self.failed(&sentence, error, refused);
            }
            Some(DefinitionState::Unknown(error) | DefinitionState::Looking(error)) => {
                let sentence = format!(
                    "A definition version was sent, but no usable answer came, and none with this content was found. No group version was created. {NOT_REPEATED}"
                );
                self.verdict(warning, "UNKNOWN", &sentence);
                let checked = if step.is_some_and(DefinitionStep::is_under_way) {
                    "checking the definition's versions".to_owned()
                } else {
                    let retry = self.keys.name(Command::Retry);
                    format!("not found; {retry} checks again")
                };
                self.fact("checked", Some(&checked));
                self.error(error);
            }
            Some(DefinitionState::Waiting) | None => {
                let sentence = format!(
                    "The group version is not created yet: review the draft and create it. {NOT_REPEATED}"
                );
                self.verdict(warning, "STOPPED", &sentence);
            }
            Some(
                DefinitionState::Sending | DefinitionState::Created(_) | DefinitionState::Rehearsed,
            ) => {}
        }
    }

    /// The service's error, below its title.
    fn error(&mut self, error: &ServiceError) {
        self.body.blank();
        self.body.title("error", "");
        self.body.failure_without_advice(1, error);
    }

    fn receipt(&mut self, created: &CreatedVersion) {
        self.fact("Arn", created.arn.as_deref());
        self.fact("CreationTimestamp", created.creation_timestamp.as_deref());
        self.fact("Group id", created.id.as_deref());
        self.fact("Version", created.version.as_deref());
    }

    fn created(&mut self, step: &Step, created: &CreatedVersion) {
        let session = self.session;
        let name = session.open_group_name();
        let deployed = deployed_words(session, step, created);
        let sentence = format!("A new version of {name} exists. {deployed}");
        self.verdict(self.body.theme.ok, "CREATED", &sentence);
        self.receipt(created);
        if let Some(words) = session.series().words() {
            self.fact("series", Some(&words));
        }
        self.next_command(step);
    }

    /// The command that deploys the version, for copying.
    fn next_command(&mut self, step: &Step) {
        let Some(command) = deploy_command(step, self.session) else {
            return;
        };
        self.body.blank();
        self.body.title("next: deploy it", "");
        let needs = AwsCli::of(self.session).needs();
        let needs = needs.map(|needs| TextLine::new(Tone::Faint, needs));
        for line in needs.into_iter().chain(lines(Tone::Plain, &command)) {
            self.body.full(3, &line);
        }
    }

    fn unknown(&mut self, step: &Step, error: &ServiceError, probe: &OutcomeProbe) {
        let theme = self.body.theme;
        let (style, word, sentence) = match probe.result() {
            ProbeResult::Found(_) => (
                theme.ok,
                "CREATED",
                "No answer came, but a new version has exactly the sent slots.",
            ),
            ProbeResult::Looking => (
                theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came. Checking the group's versions; nothing is sent again.",
            ),
            ProbeResult::NotThere => (
                theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came, and no version has the sent slots. It may still appear: check again before sending again.",
            ),
            ProbeResult::Failed(_) => (
                theme.warning,
                "UNKNOWN",
                "The request was sent, but no usable answer came, and checking for the version failed too.",
            ),
        };
        self.verdict(style, word, sentence);
        let checked = self.checked(probe);
        self.fact("checked", Some(&checked));
        if let Some(created) = probe.found() {
            self.receipt(created);
            self.next_command(step);
        }
        self.error(error);
    }

    /// The progress of the checks for the version.
    fn checked(&self, probe: &OutcomeProbe) -> String {
        let (looks, most) = (probe.looks(), OutcomeProbe::MAX_LOOKS);
        let retry = self.keys.name(Command::Retry);
        match probe.result() {
            ProbeResult::Looking => format!("check {looks} of {most}"),
            ProbeResult::Found(created) => format!(
                "found {} (check {looks} of {most})",
                created.version.as_deref().unwrap_or("-")
            ),
            ProbeResult::NotThere => {
                format!("not found after {looks} checks; {retry} checks again")
            }
            ProbeResult::Failed(error) => format!("{error}; {retry} checks again"),
        }
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
