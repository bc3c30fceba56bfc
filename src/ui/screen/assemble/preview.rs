//! The preview next to the panes: the selected version's content, or its difference from the base.

use crate::app::screen::assemble::{PreviewMode, SidePreview};
use crate::app::subject::Subject;
use crate::app::work::Work;
use crate::app::{KeyContext, Session};
use crate::domain::DefinitionVersionArn;
use crate::ui::keys::Keys;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::side;
use crate::ui::widget::text_lines::CutLines;

pub(super) fn draw(
    session: &Session,
    preview: &SidePreview,
    mode: PreviewMode,
    canvas: &mut Canvas<'_, '_>,
) {
    let theme = canvas.theme;
    let lines = CutLines {
        theme,
        keys: Keys::new(session, KeyContext::Assemble),
        lines: preview.lines(),
        left: 0,
    };
    let top = preview.top(canvas.height().saturating_sub(1));
    let title = title(session, preview, mode, theme.symbols.arrow);
    side::draw(canvas, &title, |place, room| lines.at(top + place, room));
}

/// The compared version: the slot's base, or the version marked for comparison.
fn title(session: &Session, preview: &SidePreview, mode: PreviewMode, arrow: &str) -> String {
    let short = |arn: &Option<DefinitionVersionArn>| {
        arn.as_ref()
            .map_or("nothing", DefinitionVersionArn::short)
            .to_owned()
    };
    match (preview.subject(), mode) {
        (Some(Subject::Content(arn)), _) => format!("content of {}", arn.short()),
        (Some(Subject::Diff { before, after }), _) => {
            let is_base = before.as_ref().is_none_or(|arn| is_base(session, arn));
            let role = if is_base { "base" } else { "marked" };
            format!("diff: {role} {} {arrow} {}", short(before), short(after))
        }
        (_, PreviewMode::Content) => "content".to_owned(),
        (_, PreviewMode::Diff) => "diff".to_owned(),
    }
}

fn is_base(session: &Session, arn: &DefinitionVersionArn) -> bool {
    let draft = session.work().and_then(Work::draft);
    draft.and_then(|draft| draft.base().slots.version(arn.kind())) == Some(arn)
}
