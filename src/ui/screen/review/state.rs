//! The first lines of the Review screen: the state of the group, or of the sent request.

use crate::app::screen::review::{Review, ReviewStage};
use crate::app::submission::{DefinitionStep, Submission};
use crate::app::work::Work;
use crate::app::{KeyContext, Session};
use crate::ui::advice::advice_with_key;
use crate::ui::keys::Keys;
use crate::ui::widget::text_block::TextBlock;

pub(super) fn add(body: &mut TextBlock<'_>, session: &Session, review: &Review) {
    let theme = body.theme;
    let (style, text) = match &review.stage {
        ReviewStage::Reading => {
            let text = "Loading the group's latest version…";
            (theme.faint, text.to_owned())
        }
        ReviewStage::NotRead(error) => {
            let keys = Keys::new(session, KeyContext::Review);
            let advice = advice_with_key(error.next_step(), keys);
            let text = format!("The group was not read again: {error}. {advice}");
            (theme.error, text)
        }
        ReviewStage::Moved(latest) => (
            theme.warning,
            format!("MOVED: version {latest} was created after this draft started."),
        ),
        ReviewStage::Rereading => {
            let text = "Loading the group's latest version once more…";
            (theme.faint, text.to_owned())
        }
        ReviewStage::Ready if review.is_under_way(session) => (theme.warning, under_way(session)),
        ReviewStage::Ready => (theme.plain, ready(session)),
    };
    body.text(1, style, &text);
}

/// The request that is in flight, or whose outcome is checked.
fn under_way(session: &Session) -> String {
    let work = session.work();
    let submission = work.and_then(|work| session.submissions().of(&work.group));
    let definition = submission.and_then(Submission::open_definition);
    let operation = definition.map(|step| step.request.create.operation());
    match (
        definition.is_some_and(DefinitionStep::is_unknown),
        operation,
    ) {
        (true, Some(operation)) => format!("Checking the outcome of {operation}…"),
        (_, operation) => {
            let operation = operation.as_deref().unwrap_or("CreateGroupVersion");
            format!("{operation} was sent. Waiting for the answer…")
        }
    }
}

fn ready(session: &Session) -> String {
    let draft = session.work().and_then(Work::draft);
    let base = draft.and_then(|draft| draft.base().version.as_ref());
    let latest = draft
        .and_then(|draft| session.catalog().group(draft.group()))
        .and_then(|group| group.latest.as_ref());
    match (base, latest) {
        (None, None) => "This is the group's first version.".to_owned(),
        (Some(base), Some(latest)) if base == latest => {
            format!("Up to date: {} is still the latest version.", base.short())
        }
        (Some(base), Some(latest)) => format!(
            "The draft is based on {}, but the latest version is {}: the new version supersedes it.",
            base.short(),
            latest.short()
        ),
        (None, Some(latest)) => format!(
            "The draft started empty, but the latest version is {}.",
            latest.short()
        ),
        (Some(base), None) => format!("The draft is based on {}.", base.short()),
    }
}
