//! Assertions on a part of the screen.

use greengroup::app::layout::HEADER_ROWS;

use super::{Runtime, Session};

impl<R: Runtime> Session<R> {
    /// The lines between header and footer, which contain the screen's own text.
    pub fn body(&self) -> String {
        self.rows(HEADER_ROWS.into(), usize::from(self.size.1) - 1)
    }

    /// The rows from `start` to before `end`.
    fn rows(&self, start: usize, end: usize) -> String {
        let rows = self.drawn().rows();
        let end = end.min(rows.len());
        rows[start.min(end)..end].join("\n")
    }

    /// Checks that the text is in the header, which has the account, the group and the progress.
    #[track_caller]
    pub fn assert_header(&self, text: impl AsRef<str>) {
        self.assert_within("header", &self.rows(0, HEADER_ROWS.into()), text.as_ref());
    }

    /// Checks that the text is between header and footer.
    #[track_caller]
    pub fn assert_body(&self, text: impl AsRef<str>) {
        self.assert_within("body", &self.body(), text.as_ref());
    }

    /// Checks that the text is in the last row.
    #[track_caller]
    pub fn assert_footer(&self, text: impl AsRef<str>) {
        let footer = self.rows(usize::from(self.size.1) - 1, usize::MAX);
        self.assert_within("footer", &footer, text.as_ref());
    }

    #[track_caller]
    fn assert_within(&self, region: &str, shown: &str, text: &str) {
        assert!(
            shown.contains(text),
            "{text:?} is not in the {region} of\n{}",
            self.screen()
        );
    }
}
