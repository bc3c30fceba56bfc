//! The question before a deployment or a reset: the current deployment, the blocking findings, and the
//! consequences.

use ratatui::style::Style;

use super::{NAME, draw_parts};
use crate::app::aws_cli::AwsCli;
use crate::app::overlay::deployment::{
    DeploymentFocus, DeploymentQuestion, DeploymentView, newest,
};
use crate::app::remote::{Listing, Remote};
use crate::app::screen::review::Acknowledgement;
use crate::app::text::{TextLine, Tone};
use crate::app::{KeyContext, Session};
use crate::domain::{DeploymentAction, GroupVersionId};
use crate::ui::keys::Keys;
use crate::ui::notice::obstacle_text;
use crate::ui::screen::review::box_words;
use crate::ui::widget::buttons::{Button, buttons};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::confirm_name::confirm_name;
use crate::ui::widget::text_block::TextBlock;
use crate::ui::widget::titled_rule::TitledRule;

/// The maximum number of rows for boxes; more boxes scroll.
const MAX_BOX_ROWS: usize = 6;

pub(super) fn draw(
    session: &Session,
    view: &DeploymentView,
    question: &DeploymentQuestion,
    canvas: &mut Canvas<'_, '_>,
) -> usize {
    let name = session.group_name(&view.group);
    let title = match &question.action {
        DeploymentAction::Deploy(version) => format!("deploy {} to {name}?", version.short()),
        DeploymentAction::Reset { .. } => format!("reset the deployments of {name}?"),
    };
    let asked = Asked {
        session,
        view,
        question,
        name,
    };
    let mut body = canvas.block();
    asked.facts(&mut body);
    let mut bottom = canvas.block();
    let cursor = asked.bottom(&mut bottom);
    let hidden = draw_parts(view, &title, &body, &bottom.lines, canvas);
    if let Some((line, column)) = cursor {
        let under = canvas.height().saturating_sub(bottom.lines.len());
        canvas.put_cursor(under.max(1) + line, column);
    }
    hidden
}

/// The question with its group.
struct Asked<'a> {
    session: &'a Session,
    view: &'a DeploymentView,
    question: &'a DeploymentQuestion,
    /// The group's name.
    name: String,
}

impl Asked<'_> {
    fn facts(&self, body: &mut TextBlock<'_>) {
        let theme = body.theme;
        let group = &self.view.group;
        let action = &self.question.action;
        let id = format!("{} {group}", self.name);
        body.fact(("group", NAME), theme.plain, &id);
        if let Some(version) = action.version() {
            let words = self.version_words(version);
            body.fact(("version", NAME), theme.plain, &words);
        }
        let (style, deployed) = self.deployed(body);
        body.fact(("deployed now", NAME), style, &deployed);
        if action.version().is_some() {
            self.roles(body);
        }
        body.blank();
        let is_deployed = newest(group, self.session)
            .is_some_and(|newest| newest.version.as_ref() == action.version());
        let warning = match action {
            DeploymentAction::Deploy(_) if is_deployed => {
                "This version is deployed already: only a restart follows. The functions on the core \
                 restart, and what they hold in memory is lost."
            }
            DeploymentAction::Deploy(_) => {
                "The functions on the core restart and lose their memory."
            }
            DeploymentAction::Reset { .. } => {
                "A reset takes everything off the core: its functions, connectors and subscriptions end. \
                 The group and its versions stay, and can be deployed again."
            }
        };
        body.text(1, theme.warning, warning);
        for finding in self.question.findings().blocking() {
            body.blank();
            body.text(1, theme.error, &format!("blocking: {}", finding.message));
            body.text(3, theme.plain, &format!("fix: {}", finding.fix));
        }
        body.blank();
        let cli = AwsCli::of(self.session);
        body.text(1, theme.heading, "The same with the AWS CLI:");
        let command = cli.of_deployment(&self.question.request(group));
        for text in cli.needs().into_iter().chain([command.as_str()]) {
            for line in text.lines() {
                body.full(3, &TextLine::new(Tone::Plain, line));
            }
        }
    }

    fn version_words(&self, version: &GroupVersionId) -> String {
        let catalog = self.session.catalog();
        match catalog.group_version(&self.view.group, version) {
            Remote::Ready(read) => {
                let created = read.created.map_or_else(String::new, |created| {
                    let age = created.age(self.session.now());
                    format!(", created {created} ({age} ago)")
                });
                format!("{version}{created}")
            }
            Remote::Failed(error) => format!("{version}, not read: {error}"),
            Remote::Unasked | Remote::Loading => format!("{version}, loading"),
        }
    }

    /// The newest deployment and its status.
    fn deployed(&self, body: &TextBlock<'_>) -> (Style, String) {
        let theme = body.theme;
        let catalog = self.session.catalog();
        let listing = catalog.deployments(&self.view.group);
        if let Some(error) = listing.and_then(Listing::error) {
            return (theme.error, format!("not read: {error}"));
        }
        if listing.is_none_or(Listing::is_growing) {
            return (theme.faint, "loading".to_owned());
        }
        let Some(newest) = newest(&self.view.group, self.session) else {
            let text = "nothing: this group was never deployed";
            return (theme.plain, text.to_owned());
        };
        let what = match &newest.version {
            Some(version) if !newest.is_reset() => version.short(),
            _ => "nothing, it was reset",
        };
        let age = newest.created.map_or_else(String::new, |created| {
            format!(", {} ago", created.age(self.session.now()))
        });
        match catalog.deployment_status(&newest.id) {
            Remote::Ready(status) => {
                let message = status.error_message.as_deref().unwrap_or_default();
                let style = if message.is_empty() {
                    theme.plain
                } else {
                    theme.error
                };
                let text = format!("{what} ({}{age}) {message}", status.word());
                (style, text.trim_end().to_owned())
            }
            Remote::Failed(error) => {
                let text = format!("{what} (status not read: {}{age})", error.title());
                (theme.warning, text)
            }
            Remote::Unasked | Remote::Loading => (theme.faint, format!("{what} (loading{age})")),
        }
    }

    fn roles(&self, body: &mut TextBlock<'_>) {
        let theme = body.theme;
        let catalog = self.session.catalog();
        let all = [
            (
                "service role",
                &catalog.service_role,
                "none: deploying fails",
                "greengrass:GetServiceRoleForAccount",
            ),
            (
                "group role",
                catalog.group_role(&self.view.group),
                "none: functions reach no AWS service",
                "greengrass:GetAssociatedRole",
            ),
        ];
        for (name, role, absent, action) in all {
            let (style, text) = match role {
                Remote::Ready(Some(role)) => (theme.plain, role.role_arn.to_string()),
                Remote::Ready(None) => (theme.warning, absent.to_owned()),
                Remote::Failed(error) => {
                    let text = format!("not read: {} ({action})", error.title());
                    (theme.faint, text)
                }
                Remote::Unasked | Remote::Loading => (theme.faint, "loading".to_owned()),
            };
            body.fact((name, NAME), style, &text);
        }
    }

    /// Adds the boxes, the name to type, the obstacle and the buttons. Returns the line and the column of the
    /// cursor.
    fn bottom(&self, bottom: &mut TextBlock<'_>) -> Option<(usize, usize)> {
        let (session, question) = (self.session, self.question);
        let theme = bottom.theme;
        let mut cursor = self.boxes(bottom);
        if question.wants_name {
            let typed = (self.name.as_str(), &question.typed_name);
            let position = confirm_name(bottom, typed, theme.selected);
            cursor = question.is_typing().then_some(position).or(cursor);
        }
        let obstacle = question.obstacle(&self.view.group, session);
        let keys = Keys::new(session, KeyContext::Deployment);
        let (style, sentence) = match &obstacle {
            Some(obstacle) => (theme.warning, obstacle_text(obstacle, keys)),
            None => (theme.ok, self.ready()),
        };
        bottom.add(bottom.row().gap(1).middle(style, &sentence));
        let all = self.buttons(obstacle.is_none(), cursor.is_some());
        let (row, column) = buttons(bottom.row(), &all);
        cursor = cursor.or(column.map(|column| (bottom.lines.len(), column)));
        bottom.add(row);
        cursor
    }

    fn boxes(&self, bottom: &mut TextBlock<'_>) -> Option<(usize, usize)> {
        let question = self.question;
        let theme = bottom.theme;
        let mut rule = TitledRule::default();
        let boxes = question.boxes.all();
        if !boxes.is_empty() {
            let is_choice = boxes.iter().all(|one| one.what == Acknowledgement::Force);
            let title = if is_choice {
                "to choose"
            } else {
                "to acknowledge"
            };
            rule.left.push((theme.heading, title.to_owned()));
        }
        let current = question.boxes.cursor().unwrap_or(0);
        let first = (current + 1).saturating_sub(MAX_BOX_ROWS);
        if boxes.len() > MAX_BOX_ROWS {
            let text = format!("{} more", boxes.len() - MAX_BOX_ROWS);
            rule.left.push((theme.warning, text));
        }
        bottom.lines.push(rule.line(theme, bottom.width));
        let mut cursor = None;
        for (place, one) in boxes.iter().enumerate().skip(first).take(MAX_BOX_ROWS) {
            let (sign, style) = if one.ticked {
                ("[x]", theme.plain)
            } else {
                ("[ ]", theme.warning)
            };
            let is_focused = question.focus == DeploymentFocus::Cancel;
            let has_cursor = place == current && !one.ticked && is_focused;
            if has_cursor {
                cursor = Some((bottom.lines.len(), 1));
            }
            let text = self.box_words(&one.what);
            let row = bottom.row().marker(has_cursor);
            let row = row.text(theme.heading, sign).gap(1);
            // The name at the end of a finding matters as much as its beginning.
            bottom.add(if matches!(one.what, Acknowledgement::Blocking(_)) {
                row.middle(style, &text)
            } else {
                row.text(style, &text)
            });
        }
        cursor
    }

    fn box_words(&self, what: &Acknowledgement) -> String {
        if let Acknowledgement::Blocking(rule) = what {
            // The sentence may be cut at the edge, but its number must not.
            return match rule.count() {
                1 => format!("blocking: {}", rule.message()),
                count => format!("blocking, {count} times: {}", rule.message()),
            };
        }
        box_words(self.session, what, usize::MAX)
    }

    fn ready(&self) -> String {
        let name = &self.name;
        match &self.question.action {
            _ if self.session.launch().dry_run => {
                "Ready. The request is only shown: this is a dry run.".to_owned()
            }
            DeploymentAction::Deploy(version) => {
                let version = version.short();
                format!("Ready. Deploy sends {version} to the core of {name}.")
            }
            DeploymentAction::Reset { force } => {
                let when = if *force { " at once" } else { "" };
                format!("Ready. Reset empties the core of {name}{when}.")
            }
        }
    }

    fn buttons(&self, is_live: bool, is_on_box: bool) -> [Button<'static>; 2] {
        let question = self.question;
        let text = match (&question.action, self.session.launch().dry_run) {
            (DeploymentAction::Deploy(_), false) => "Deploy",
            (DeploymentAction::Deploy(_), true) => "Deploy (dry run)",
            (DeploymentAction::Reset { .. }, false) => "Reset",
            (DeploymentAction::Reset { .. }, true) => "Reset (dry run)",
        };
        [
            Button {
                text: "Cancel",
                is_focused: question.focus == DeploymentFocus::Cancel && !is_on_box,
                is_live: true,
            },
            Button {
                text,
                is_focused: question.focus == DeploymentFocus::Confirm,
                is_live,
            },
        ]
    }
}
