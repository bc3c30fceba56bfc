//! stub
pub mod theme {
    #[derive(Debug, Default)]
    pub struct Theme;
    impl Theme {
        pub fn monochrome() -> Self {
            Self
        }
        pub fn with_ascii(self) -> Self {
            self
        }
    }
}
pub fn render(_: &crate::app::App, _: &theme::Theme, frame: &mut ratatui::Frame) {
    let _ = frame;
}
