//! A list screen like the program's: names, ids, times and summaries.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{HighlightSpacing, List, ListState, Paragraph};

#[derive(Clone)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) time: String,
    pub(super) summary: String,
}

pub(super) fn rows(count: usize) -> Vec<Row> {
    let lines = [
        "press",
        "weld",
        "paint",
        "robot-arm",
        "camera",
        "scada-bridge",
        "label",
    ];
    let roles = ["fns", "functions", "core", "telemetry", "edge-fns"];
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    (0..count)
        .map(|_| Row {
            name: format!(
                "{}-line-{}-{}",
                lines[random(lines.len())],
                random(40),
                roles[random(roles.len())]
            ),
            id: format!("{:08x}", random(0xffff_ffff)),
            time: format!(
                "2026-{:02}-{:02} {:02}:{:02}Z",
                1 + random(12),
                1 + random(28),
                random(24),
                random(60)
            ),
            summary: format!("{} fn: cam:{}", 1 + random(9), random(40)),
        })
        .collect()
}

pub(super) struct Picture<'rows> {
    pub(super) rows: Vec<&'rows Row>,
    pub(super) query: &'rows str,
    pub(super) selected: usize,
    pub(super) offset: usize,
    pub(super) spinner: char,
}

impl<'rows> Picture<'rows> {
    pub(super) fn new(rows: &'rows [Row]) -> Self {
        Self {
            rows: rows.iter().collect(),
            query: "",
            selected: 0,
            offset: 0,
            spinner: '|',
        }
    }

    pub(super) fn filtered(rows: &'rows [Row], query: &'rows str) -> Self {
        let mut picture = Self::new(rows);
        picture.rows.retain(|row| {
            let mut letters = row.name.chars();
            query
                .chars()
                .all(|wanted| letters.any(|letter| letter == wanted))
        });
        picture.query = query;
        picture
    }

    pub(super) fn render(&self, frame: &mut Frame) {
        let [header, search, list] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Fill(1),
        ])
        .areas(frame.area());
        let title = format!(
            " 111122223333 ops-admin  eu-central-1 {}   {}/500",
            self.spinner,
            self.rows.len()
        );
        frame.render_widget(Paragraph::new(title).style(Modifier::BOLD), header);
        frame.render_widget(Paragraph::new(format!("/ {}", self.query)), search);
        let items = self.rows.iter().map(|row| {
            let mut wanted = self.query.chars().peekable();
            let mut spans: Vec<Span> = format!("{:<32}", row.name)
                .chars()
                .map(|letter| match wanted.next_if_eq(&letter) {
                    Some(_) => Span::styled(letter.to_string(), Color::Yellow),
                    None => Span::raw(letter.to_string()),
                })
                .collect();
            spans.push(Span::styled(
                format!("{}  {}  ", row.id, row.time),
                Style::new().fg(Color::DarkGray),
            ));
            spans.push(Span::raw(row.summary.clone()));
            Line::from(spans)
        });
        let list_widget = List::new(items)
            .highlight_symbol("> ")
            .highlight_spacing(HighlightSpacing::Always);
        let mut state = ListState::default()
            .with_selected(Some(self.selected))
            .with_offset(self.offset);
        frame.render_stateful_widget(list_widget, list, &mut state);
        if !self.query.is_empty() {
            let column = 2 + u16::try_from(self.query.len()).unwrap();
            frame.set_cursor_position((column, search.y));
        }
    }
}
