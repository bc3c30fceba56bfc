//! The preview beside the panes: the highlighted version's content, or how it differs from the base.

use crate::app::screen::assemble::{PreviewMode, SidePreview};
use crate::app::subject::Subject;
use crate::domain::DefinitionVersionArn;
use crate::ui::widget::paper::Paper;
use crate::ui::widget::row::Row;
use crate::ui::widget::text_lines::text_line;

/// Draws the preview behind a line from top to bottom.
pub(super) fn draw(preview: &SidePreview, mode: PreviewMode, paper: &mut Paper<'_, '_>) {
    let theme = paper.theme;
    let lines = preview.lines();
    let rows = paper.height().saturating_sub(1);
    let top = preview.top(rows);
    let title = edge(paper).gap(1).text(
        theme.heading,
        &title(preview.subject(), mode, theme.symbols.arrow),
    );
    let title = title
        .gap(1)
        .fill(theme.rule, theme.symbols.horizontal, usize::MAX);
    paper.write(0, &title.line());
    for place in 0..rows {
        let row: Row<'_> = edge(paper).gap(1);
        let room = row.left();
        let mut line = row.line();
        if let Some(text) = lines.get(top + place) {
            line.spans.extend(text_line(theme, text, 0, room).spans);
        }
        paper.write(place + 1, &line);
    }
}

fn edge<'a>(paper: &Paper<'a, '_>) -> Row<'a> {
    let theme = paper.theme;
    paper.row().text(theme.rule, theme.symbols.vertical)
}

fn title(subject: Option<&Subject>, mode: PreviewMode, arrow: &str) -> String {
    let short = |arn: &Option<DefinitionVersionArn>| {
        arn.as_ref()
            .map_or("nothing", DefinitionVersionArn::short)
            .to_owned()
    };
    match (subject, mode) {
        (Some(Subject::Content(arn)), _) => format!("content of {}", arn.short()),
        (Some(Subject::Diff { before, after }), _) => {
            format!("diff: base {} {arrow} {}", short(before), short(after))
        }
        (_, PreviewMode::Content) => "content".to_owned(),
        (_, PreviewMode::Diff) => "diff".to_owned(),
    }
}
