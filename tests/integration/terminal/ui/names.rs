//! Names from the service: none controls the terminal, breaks a line or moves a column.

use greengroup::domain::DefinitionKind;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::account::{Account, LINE_3};
use super::scenes::SMALL;
use super::stage::Stage;

/// An account with one group and one core definition, both called `name`.
fn named(name: &str) -> Account {
    let mut account = Account::default();
    account.group(LINE_3, Some(name), "2025-11-02T08:00:00Z");
    account.definition(DefinitionKind::Core, "d1000000-0000", Some(name));
    let held = account.version(
        DefinitionKind::Core,
        "55aa01c2-1b2c",
        "2025-11-02T07:58:00Z",
        json!({"Cores": [{"Id": name}]}),
    );
    account.group_version(LINE_3, "9f8e21c0-3c1d", "2025-11-02T08:00:00Z", &[held]);
    account
}

/// Every cell has a printable symbol, and a wide character is followed by its covered cell.
fn assert_sound(buffer: &Buffer) {
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(!symbol.contains(char::is_control), "{symbol:?}");
            let width = u16::try_from(symbol.width()).unwrap();
            assert!(x + width <= buffer.area.width, "{symbol:?} is cut in two");
        }
    }
}

/// The column of the short id in the first row.
fn id_column(stage: &Stage, y: u16, id: &str) -> Option<u16> {
    let buffer = stage.buffer();
    (0..buffer.area.width).find(|&x| {
        let text: String = (x..buffer.area.width)
            .take(id.len())
            .map(|x| buffer[(x, y)].symbol())
            .collect();
        text == id
    })
}

#[test]
fn escapes_in_names_are_written_out() {
    let mut stage = Stage::new(named("a\u{1b}[2J\nb\u{202e}c\u{200b}d"), SMALL);
    let groups = stage.screen();
    assert!(
        groups.contains(r"a\u{1b}[2J\u{a}b\u{202e}c\u{200b}d"),
        "{groups}"
    );
    stage.press("Enter");
    assert_sound(&stage.buffer());
    stage.press("p");
    assert_sound(&stage.buffer());
}

#[test]
fn columns_stay_aligned_with_any_name() {
    for name in [
        "plain",
        "検査ライン東-画像処理ファンクション-第三工場",
        "e\u{301}le\u{300}ve",
        "שלום עולם",
        "ﾊﾞｯﾁ",
        "👩‍🔧 line",
        "",
        "a name that is far longer than its column can ever be, and then some",
    ] {
        let mut stage = Stage::new(named(name), SMALL);
        assert_eq!(id_column(&stage, 3, "5f2c81aa"), Some(43), "{name}");
        stage.press("Enter");
        // A name longer than the column gets one cell more.
        let column = if name.len() > 21 { 26 } else { 25 };
        assert_eq!(id_column(&stage, 3, "55aa01c2"), Some(column), "{name}");
    }
}

#[test]
fn a_match_is_lit_where_it_is_seen() {
    let mut stage = Stage::new(named("検査\u{200b}line"), SMALL);
    stage.press("/ l i n e");
    let buffer = stage.buffer();
    let yellow = (0..80)
        .filter(|&x| buffer[(x, 4)].fg == ratatui::style::Color::Yellow)
        .map(|x| buffer[(x, 4)].symbol());
    assert_eq!(yellow.collect::<String>(), "line");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_name_is_drawn_soundly(name in "\\PC{0,40}|[\\x00-\\x7f\u{200b}\u{202e}漢字é]{0,40}", width in 60_u16..100) {
        let mut stage = Stage::new(named(&name), (width, 20));
        assert_sound(&stage.buffer());
        stage.press("/ a Enter");
        assert_sound(&stage.buffer());
        stage.press("Esc Enter / e");
        assert_sound(&stage.buffer());
        stage.press("Esc x a");
        assert_sound(&stage.buffer());
    }
}
