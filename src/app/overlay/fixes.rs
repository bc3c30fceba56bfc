//! The fixes of a finding: existing versions, and the smallest edits, best first.

use std::sync::Arc;

use crate::app::command::Command;
use crate::app::edit_step::{EditStep, FixSubject};
use crate::app::keymap::KeyContext;
use crate::app::loader::{Urgency, Wanted};
use crate::app::notice::{EditNotice, Notice};
use crate::app::overlay::menu::{Menu, MenuRow};
use crate::app::session::{Fix, FixAction, Session};
use crate::app::subject::Subject;
use crate::app::text::{TextLine, diff_lines};
use crate::app::transition::Transition;
use crate::app::view::{Searchable, View};
use crate::app::work::Work;
use crate::domain::check::{Finding, Findings};

/// The number of older versions of the slot's definition that are loaded and tried.
const MAX_READ: usize = 12;

/// The findings and their fixes.
#[derive(Debug)]
pub struct Fixes {
    findings: Vec<Arc<Finding>>,
    pub menu: Menu<Fix>,
    /// The number of loaded contents at the last search for fixes.
    contents: usize,
}

impl Fixes {
    pub fn new(subject: &FixSubject, session: &mut Session) -> Self {
        let findings = session.work().map(Work::findings);
        let all = findings.into_iter().flat_map(Findings::shared);
        let findings = match subject {
            FixSubject::Slot(kind) => all.filter(|one| one.concerns(*kind)).cloned().collect(),
            FixSubject::Finding(place) => all.skip(*place).take(1).cloned().collect(),
        };
        let mut view = Self {
            findings,
            menu: Menu::new(Vec::new()),
            contents: 0,
        };
        view.refresh(session);
        view
    }

    pub fn selected(&self) -> Option<&Fix> {
        self.menu.selected()
    }

    /// The finding that the selected fix removes, else the first finding.
    pub fn finding(&self) -> Option<&Finding> {
        let of_fix = self.selected().map(|fix| &fix.finding);
        of_fix.or(self.findings.first()).map(AsRef::as_ref)
    }

    /// The changes of the selected fix to its slot.
    pub fn difference(&self, session: &Session) -> Vec<TextLine> {
        let Some(fix) = self.selected() else {
            return Vec::new();
        };
        match &fix.action {
            FixAction::Pick(arn) => Subject::Diff {
                before: session.held(arn.kind()).cloned(),
                after: Some(arn.clone()),
            }
            .lines(session),
            FixAction::Edit(edit) => {
                let held = session.held(edit.kind());
                let before = held.and_then(|arn| session.catalog().contents.get(arn).ready());
                before.map_or_else(Vec::new, |before| diff_lines(before, &edit.content))
            }
        }
    }
}

/// `pick press-line-3-subs d6885c9e`, `cam:13 instead of cam:12 in the subscriptions`.
fn words(fix: &Fix, session: &Session) -> String {
    match &fix.action {
        FixAction::Pick(arn) => {
            let name = session.definition_name(arn).unwrap_or_default();
            format!("pick {name} {}", arn.short())
        }
        FixAction::Edit(edit) => edit.does.clone(),
    }
}

impl View for Fixes {
    fn context(&self) -> KeyContext {
        KeyContext::Fixes
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        Some(&self.menu)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        Some(&mut self.menu)
    }

    /// Finds the fixes again after more contents are loaded.
    fn refresh(&mut self, session: &mut Session) {
        let contents = session.catalog().contents.read().count();
        if self.contents == contents {
            return;
        }
        self.contents = contents;
        let findings = self.findings.iter();
        let fixes = findings.flat_map(|finding| session.fixes(finding));
        let rows = fixes
            .map(|fix| MenuRow::new(words(&fix, session), fix))
            .collect();
        // Until a key moves the cursor, it stays on the best fix.
        if self.menu.is_touched {
            self.menu.replace(rows);
        } else {
            self.menu = Menu::new(rows);
        }
    }

    /// Requests the older versions of the definitions with findings.
    fn wants(&self, session: &Session, wanted: &mut Vec<Wanted>) {
        let catalog = session.catalog();
        let kinds = self.findings.iter().flat_map(|finding| &finding.slots);
        for held in kinds.filter_map(|kind| session.held(*kind)) {
            let definition = held.definition_id();
            let list = catalog.versions_request(held.kind(), &definition);
            let listed = catalog.versions(&definition);
            let versions = listed.map_or(&[][..], |listing| listing.items()).iter();
            let contents = versions.map(|version| catalog.content_request(&version.arn));
            let requests = list.into_iter().chain(contents.take(MAX_READ));
            wanted.extend(Wanted::all(Urgency::OnScreen, requests));
        }
    }

    fn execute(&mut self, command: Command, session: &mut Session) -> Transition {
        if command != Command::Open {
            return Transition::Close;
        }
        if let Some(fix) = self.selected() {
            session.take_fix(fix);
            session.notify(Notice::Edit(EditNotice::Fixed(words(fix, session))));
        }
        Transition::Edit(EditStep::Written)
    }
}
