//! A question above the footer; the screen above it stays visible.

use crate::app::overlay::question::{AnswerButton, Question, Topic};
use crate::app::work::Work;
use crate::app::{App, Session};
use crate::domain::plural::counted;
use crate::domain::{GroupId, GroupVersionId};
use crate::ui::naming::known_group_name;
use crate::ui::widget::buttons::{Button, buttons};
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::cells::wrap;

pub(super) fn draw(app: &App, question: &Question, canvas: &mut Canvas<'_, '_>) {
    let (title, text) = words(&app.session, &question.topic);
    let text = wrap(&text, canvas.width().saturating_sub(3));
    let mut panel = canvas.panel(text.len() + 4, title);
    for (place, line) in text.iter().enumerate() {
        let row = panel.row().gap(1).text(panel.theme.plain, line);
        panel.write(place + 1, &row.line());
    }
    let all: Vec<Button<'_>> = question
        .buttons()
        .into_iter()
        .enumerate()
        .map(|(place, button)| Button {
            text: button_text(button),
            is_focused: place == question.focus,
            is_live: true,
        })
        .collect();
    let (row, column) = buttons(panel.row(), &all);
    panel.write(text.len() + 2, &row.line());
    if let Some(column) = column {
        panel.put_cursor(text.len() + 2, column);
    }
}

fn words(session: &Session, topic: &Topic) -> (&'static str, String) {
    match topic {
        Topic::Quit {
            changed,
            unheld,
            older_base,
            lost_elsewhere,
        } => {
            let slots = (*changed > 0).then(|| counted(*changed, "slot"));
            let here = what_differs(slots, *unheld, older_base.as_ref());
            ("quit?", what_quitting_leaves(session, here, lost_elsewhere))
        }
        Topic::QuitUnknown => (
            "quit?",
            "The outcome of the request is unknown. Quitting now ends with exit status 3; the request is in the history file.".to_owned(),
        ),
        Topic::Resume {
            saved,
            changed,
            unheld,
            older_base,
            base_moved,
        } => {
            let moved = if *base_moved {
                " The group has a newer version now; Review compares the two."
            } else {
                ""
            };
            let slots: Vec<String> = changed
                .iter()
                .map(|(kind, state)| format!("{kind} {}", state.word()))
                .collect();
            let unsettled = session.work().and_then(|work| work.unconfirmed.as_ref());
            let sent = unsettled.map_or_else(String::new, |unsettled| {
                format!(" It was sent {}; the outcome is unknown.", unsettled.sent)
            });
            let count = counted(slots.len(), "slot");
            let slots = (!slots.is_empty()).then(|| format!("{count}: {}", slots.join(", ")));
            let text = format!(
                "A draft of {} from {saved} ({} ago) {}.{moved}{sent}",
                session.open_group_name(),
                saved.age(session.now()),
                what_differs(slots, *unheld, older_base.as_ref()).unwrap_or_default(),
            );
            ("resume the draft?", text)
        }
    }
}

const fn button_text(button: AnswerButton) -> &'static str {
    match button {
        AnswerButton::Stay => "Stay",
        AnswerButton::Quit => "Quit",
        AnswerButton::Resume => "Resume",
        AnswerButton::DiscardDraft => "Discard draft",
    }
}

/// The changes of a draft against its base or the group's latest version; `None` without any.
fn what_differs(
    slots: Option<String>,
    unheld: usize,
    older_base: Option<&GroupVersionId>,
) -> Option<String> {
    let base = older_base.map(|base| format!("starts from the older version {}", base.short()));
    let slots = slots.map(|slots| format!("differs from its base in {slots}"));
    let written = counted(unheld, "NEW version");
    let written = (unheld > 0).then(|| format!("has {written} in no slot"));
    let parts: Vec<String> = base.into_iter().chain(slots).chain(written).collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

fn what_quitting_leaves(
    session: &Session,
    here: Option<String>,
    lost_elsewhere: &[GroupId],
) -> String {
    let fate = match session.work().and_then(Work::unsaved_reason) {
        _ if session.launch().is_demo => {
            "it is lost: the demo account starts fresh each time".to_owned()
        }
        Some(reason) => format!("it is lost, because it was not saved: {reason}"),
        None => "it is kept and offered next time".to_owned(),
    };
    let also = if here.is_some() { " too" } else { "" };
    let here = here.map(|differs| {
        let name = session.open_group_name();
        format!("The draft of {name} {differs}. No version was created from it; {fate}.")
    });
    let elsewhere = (!lost_elsewhere.is_empty()).then(|| {
        let names = lost_elsewhere.iter();
        let names: Vec<String> = names.map(|id| known_group_name(session, id)).collect();
        let drafts = if names.len() == 1 { "draft" } else { "drafts" };
        let names = names.join(", ");
        format!("The {drafts} of {names} would be lost{also}: not saved in a file.")
    });
    let sentences: Vec<String> = here.into_iter().chain(elsewhere).collect();
    sentences.join(" ")
}
