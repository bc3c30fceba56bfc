//! The question before a deployment or a reset: the current deployment, the blocking findings, and the
//! consequences.

use ratatui::style::Style;
use ratatui::text::Line;

use super::{DeploymentBody, draw_parts};
use crate::app::aws_cli::AwsCli;
use crate::app::overlay::deployment::{
    DeploymentFocus, DeploymentQuestion, DeploymentView, newest,
};
use crate::app::remote::{Listing, Remote};
use crate::app::screen::review::Acknowledgement;
use crate::app::{KeyContext, Session};
use crate::domain::{DeploymentAction, GroupVersionId};
use crate::ui::keys::Keys;
use crate::ui::notice::obstacle_text;
use crate::ui::screen::review::box_words;
use crate::ui::widget::buttons::{Button, buttons};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::confirm_name::confirm_name;
use crate::ui::widget::titled_rule::TitledRule;

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
    let mut body = DeploymentBody::new(canvas.theme, canvas.width());
    facts(session, view, question, &mut body);
    let bottom = QuestionBottom::new(session, view, question, canvas);
    let hidden = draw_parts(view, &title, &body, &bottom.lines, canvas);
    if let Some((line, column)) = bottom.cursor {
        let under = canvas.height().saturating_sub(bottom.lines.len());
        canvas.put_cursor(under.max(1) + line, column);
    }
    hidden
}

fn facts(
    session: &Session,
    view: &DeploymentView,
    question: &DeploymentQuestion,
    body: &mut DeploymentBody<'_>,
) {
    let theme = body.theme;
    let group = format!("{} {}", session.group_name(&view.group), view.group);
    body.fact("group", theme.plain, &group);
    if let Some(version) = question.action.version() {
        body.fact(
            "version",
            theme.plain,
            &version_words(session, view, version),
        );
    }
    let (style, deployed) = deployed(session, view, body);
    body.fact("deployed now", style, &deployed);
    if question.action.version().is_some() {
        roles(session, view, body);
    }
    body.gap();
    let is_deployed = newest(&view.group, session)
        .is_some_and(|newest| newest.version.as_ref() == question.action.version());
    let warning = match &question.action {
        DeploymentAction::Deploy(_) if is_deployed => {
            "This version is deployed already: only a restart follows. The functions on the core \
             restart, and what they hold in memory is lost."
        }
        DeploymentAction::Deploy(_) => "The functions on the core restart and lose their memory.",
        DeploymentAction::Reset { .. } => {
            "A reset takes everything off the core: its functions, connectors and subscriptions end. \
             The group and its versions stay, and can be deployed again."
        }
    };
    body.text(1, theme.warning, warning);
    for finding in question.findings().blocking() {
        body.gap();
        let text = format!("blocking: {}", finding.message);
        body.text(1, theme.error, &text);
        body.text(3, theme.plain, &format!("fix: {}", finding.fix));
    }
    body.gap();
    let cli = AwsCli::of(session);
    body.text(1, theme.heading, "The same with the AWS CLI:");
    let needs = cli.needs().map(str::to_owned);
    let command = cli.of_deployment(&question.request(&view.group));
    let lines = needs.iter().chain([&command]).flat_map(|text| text.lines());
    for line in lines {
        body.command(line);
    }
}

fn version_words(session: &Session, view: &DeploymentView, version: &GroupVersionId) -> String {
    match session.catalog().group_version(&view.group, version) {
        Remote::Ready(read) => {
            let created = read.created.map_or_else(String::new, |created| {
                format!(", created {created} ({} ago)", created.age(session.now()))
            });
            format!("{version}{created}")
        }
        Remote::Failed(error) => format!("{version}, not read: {error}"),
        Remote::Unasked | Remote::Loading => format!("{version}, loading"),
    }
}

/// The newest deployment and its status.
fn deployed(
    session: &Session,
    view: &DeploymentView,
    body: &DeploymentBody<'_>,
) -> (Style, String) {
    let theme = body.theme;
    let listing = session.catalog().deployments(&view.group);
    if let Some(error) = listing.and_then(Listing::error) {
        return (theme.error, format!("not read: {error}"));
    }
    if listing.is_none_or(Listing::is_growing) {
        return (theme.faint, "loading".to_owned());
    }
    let Some(newest) = newest(&view.group, session) else {
        return (
            theme.plain,
            "nothing: this group was never deployed".to_owned(),
        );
    };
    let what = match &newest.version {
        Some(version) if !newest.is_reset() => version.short().to_owned(),
        _ => "nothing, it was reset".to_owned(),
    };
    let age = newest.created.map_or_else(String::new, |created| {
        format!(", {} ago", created.age(session.now()))
    });
    match session.catalog().deployment_status(&newest.id) {
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
        Remote::Failed(error) => (
            theme.warning,
            format!("{what} (status not read: {}{age})", error.title()),
        ),
        Remote::Unasked | Remote::Loading => (theme.faint, format!("{what} (loading{age})")),
    }
}

fn roles(session: &Session, view: &DeploymentView, body: &mut DeploymentBody<'_>) {
    let catalog = session.catalog();
    let missing = (
        "none: deploying fails",
        "none: functions reach no AWS service",
    );
    let all = [
        (
            "service role",
            &catalog.service_role,
            missing.0,
            "greengrass:GetServiceRoleForAccount",
        ),
        (
            "group role",
            catalog.group_role(&view.group),
            missing.1,
            "greengrass:GetAssociatedRole",
        ),
    ];
    for (name, role, absent, action) in all {
        let theme = body.theme;
        let (style, text) = match role {
            Remote::Ready(Some(role)) => (theme.plain, role.role_arn.to_string()),
            Remote::Ready(None) => (theme.warning, absent.to_owned()),
            Remote::Failed(error) => (
                theme.faint,
                format!("not read: {} ({action})", error.title()),
            ),
            Remote::Unasked | Remote::Loading => (theme.faint, "loading".to_owned()),
        };
        body.fact(name, style, &text);
    }
}

/// Boxes, the name to type, the obstacle and the buttons.
struct QuestionBottom {
    lines: Vec<Line<'static>>,
    cursor: Option<(usize, usize)>,
}

/// The maximum number of rows for boxes; more boxes scroll.
const MAX_BOX_ROWS: usize = 6;

impl QuestionBottom {
    fn new(
        session: &Session,
        view: &DeploymentView,
        question: &DeploymentQuestion,
        canvas: &Canvas<'_, '_>,
    ) -> Self {
        let theme = canvas.theme;
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
        let mut lines = vec![rule.line(theme, canvas.width())];
        let mut cursor = None;
        for (place, one) in boxes.iter().enumerate().skip(first).take(MAX_BOX_ROWS) {
            let is_current = place == current;
            let (sign, style) = if one.ticked {
                ("[x]", theme.plain)
            } else {
                ("[ ]", theme.warning)
            };
            let has_cursor = is_current && !one.ticked && question.focus == DeploymentFocus::Cancel;
            let row = canvas.row().marker(has_cursor);
            let text = words(session, &one.what);
            let row = row.text(theme.heading, sign).gap(1);
            // The name at the end of a finding matters as much as its beginning.
            let row = if matches!(one.what, Acknowledgement::Blocking(_)) {
                row.middle(style, &text)
            } else {
                row.text(style, &text)
            };
            if has_cursor {
                cursor = Some((lines.len(), 1));
            }
            lines.push(row.line());
        }
        if question.wants_name {
            let name = session.group_name(&view.group);
            let typed = (name.as_str(), &question.typed_name);
            let (shown, column) = confirm_name(theme, canvas.width(), typed, theme.selected);
            lines.extend(shown);
            if question.is_typing() {
                cursor = Some((lines.len() - 1, column));
            }
        }
        let obstacle = question.obstacle(&view.group, session);
        let keys = Keys::new(session, KeyContext::Deployment);
        let (style, sentence) = match &obstacle {
            Some(obstacle) => (theme.warning, obstacle_text(obstacle, keys)),
            None => (theme.ok, ready(session, view, question)),
        };
        lines.push(canvas.row().gap(1).middle(style, &sentence).line());
        let is_on_box = cursor.is_some();
        let all = all_buttons(session, question, obstacle.is_none(), is_on_box);
        let (row, column) = buttons(canvas.row(), &all);
        cursor = cursor.or(column.map(|column| (lines.len(), column)));
        lines.push(row.line());
        Self { lines, cursor }
    }
}

fn words(session: &Session, what: &Acknowledgement) -> String {
    if let Acknowledgement::Blocking(rule) = what {
        // The sentence may be cut at the edge, but its number must not.
        return match rule.count() {
            1 => format!("blocking: {}", rule.message()),
            count => format!("blocking, {count} times: {}", rule.message()),
        };
    }
    box_words(session, what, usize::MAX)
}

fn ready(session: &Session, view: &DeploymentView, question: &DeploymentQuestion) -> String {
    let name = session.group_name(&view.group);
    let is_dry = session.launch().dry_run;
    match &question.action {
        _ if is_dry => "Ready. The request is only shown: this is a dry run.".to_owned(),
        DeploymentAction::Deploy(version) => {
            format!(
                "Ready. Deploy sends {} to the core of {name}.",
                version.short()
            )
        }
        DeploymentAction::Reset { force: false } => {
            format!("Ready. Reset empties the core of {name}.")
        }
        DeploymentAction::Reset { force: true } => {
            format!("Ready. Reset empties the core of {name} at once.")
        }
    }
}

fn all_buttons(
    session: &Session,
    question: &DeploymentQuestion,
    is_live: bool,
    is_on_box: bool,
) -> [Button<'static>; 2] {
    let text = match (&question.action, session.launch().dry_run) {
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
