//! The permitted results of an edit, a replacement or a fix; no text of the user is lost.

use greengroup::app::App;
use greengroup::app::effect::{Effect, TerminalEffect};
use greengroup::app::event::{EditFailure, EditedText};
use greengroup::app::notice::{EditNotice, Notice};
use greengroup::app::session::{Fix, FixAction};
use greengroup::app::work::Work;
use greengroup::domain::check::Finding;
use greengroup::domain::swap::SwapPlace;
use greengroup::domain::{
    Content, DefinitionKind, DefinitionTarget, DefinitionVersionArn, Draft, NewVersion,
};
use greengroup::sandbox::Sandbox;
use serde_json::Value;

use crate::journeys::simulate::before::{Before, Front};
use crate::journeys::simulate::editor;
use crate::journeys::simulate::ledger::{Ledger, Shown as _};
use crate::journeys::simulate::world;

/// The content in the editor.
#[derive(Debug, Clone)]
pub(in crate::journeys::simulate) struct Editing {
    origin: Origin,
    /// The text given to the editor.
    given: String,
    /// An earlier text was rejected.
    is_again: bool,
}

/// The origin of a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journeys::simulate) enum Origin {
    Version(DefinitionVersionArn),
    /// The first version of a definition of this name.
    New(DefinitionKind, String),
}

/// A new content for a slot, with its origin.
#[derive(Debug)]
pub(super) struct Written {
    origin: Origin,
    content: Value,
}

impl Written {
    const fn kind(&self) -> DefinitionKind {
        match &self.origin {
            Origin::Version(arn) => arn.kind(),
            Origin::New(kind, _) => *kind,
        }
    }
}

/// The sources of contents.
#[derive(Clone, Copy)]
pub(in crate::journeys::simulate) struct Known<'a> {
    pub(in crate::journeys::simulate) app: &'a App,
    pub(in crate::journeys::simulate) sandbox: &'a Sandbox,
}

impl Known<'_> {
    /// The content of a version from the draft or the account. If its definition was deleted, it comes from
    /// the program.
    fn content(self, draft: &Draft, arn: &DefinitionVersionArn) -> Option<Value> {
        if let Some(new) = draft.new_version(arn) {
            return Some(new.content.to_json());
        }
        let held = world::definition_version(self.sandbox, arn).map(|version| version.content);
        let contents = &self.app.session.catalog().contents;
        held.or_else(|| contents.get(arn).ready().map(|content| content.to_json()))
    }
}

/// The contents that a command writes; `None` for other commands.
pub(super) fn by_command(before: &Before, old: &Draft, known: Known<'_>) -> Option<Vec<Written>> {
    match &before.front {
        Front::Swap(places) => Some(exchanged(places, old, known)),
        Front::Fixes(Some(Fix {
            action: FixAction::Edit(edit),
            ..
        })) => {
            let held = old.slots().version(edit.kind())?;
            Some(vec![Written {
                origin: Origin::Version(held.clone()),
                content: edit.content.to_json(),
            }])
        }
        _ => None,
    }
}

fn exchanged(places: &[SwapPlace], old: &Draft, known: Known<'_>) -> Vec<Written> {
    let slots = old.slots().filled();
    let held = slots.filter_map(|(_, held)| held.version());
    let written = held.filter_map(|arn| {
        let of_slot: Vec<_> = places.iter().filter(|one| one.kind == arn.kind()).collect();
        let mut content = known.content(old, arn).filter(|_| !of_slot.is_empty())?;
        for place in of_slot {
            let text = content
                .pointer_mut(&place.pointer)
                .expect("a place of the content");
            assert_eq!(
                *text, place.before,
                "another text stands at {}",
                place.pointer
            );
            *text = place.after.clone().into();
        }
        // A text that is invalid for a member is not replaced.
        Content::from_json(arn.kind(), content.clone()).ok()?;
        Some(Written {
            origin: Origin::Version(arn.clone()),
            content,
        })
    });
    written.collect()
}

/// The draft has the new versions, and is otherwise unchanged.
pub(super) fn judge_written(written: &[Written], old: &Draft, new: &Draft, known: Known<'_>) {
    let mut listed: Vec<NewVersion> = old.new_versions().cloned().collect();
    for kind in DefinitionKind::ALL {
        let Some(one) = written.iter().find(|one| one.kind() == kind) else {
            let (old, new) = (old.slots().get(kind), new.slots().get(kind));
            assert_eq!(old, new, "a slot was changed that nothing was written for");
            continue;
        };
        let arn = new
            .slots()
            .version(kind)
            .expect("what was written is in its slot");
        let held = known.content(new, arn);
        assert_eq!(
            held.as_ref(),
            Some(&one.content),
            "{kind}: another content than was written"
        );
        assert!(
            is_next(arn, one, old, new),
            "{arn} is not the next of {:?}",
            one.origin
        );
        if let Origin::Version(from) = &one.origin {
            listed.retain(|version| version.arn() != from);
        }
        if let Some(version) = new.new_version(arn) {
            // A content that is written again has the origin of the last writing.
            if let Origin::Version(from) = &one.origin
                && !from.is_new()
            {
                assert_eq!(version.from.as_ref(), Some(from));
            }
            listed.retain(|one| one.arn() != arn);
            listed.push(version.clone());
        }
    }
    assert_eq!(old.base(), new.base());
    assert!(
        new.new_versions().count() == listed.len()
            && new.new_versions().all(|one| listed.contains(one)),
        "a written version was lost or made up: {:?} where {listed:?} was meant",
        new.new_versions().collect::<Vec<_>>()
    );
}

/// True for a version of the edited definition.
fn is_next(arn: &DefinitionVersionArn, one: &Written, old: &Draft, new: &Draft) -> bool {
    let target = new.new_version(arn).map(|version| version.target.clone());
    let target = target.unwrap_or_else(|| DefinitionTarget::Existing(arn.definition_id()));
    match &one.origin {
        Origin::New(_, name) => target == DefinitionTarget::New(name.clone()),
        Origin::Version(from) => {
            let edited = old.new_version(from).map(|version| version.target.clone());
            edited.unwrap_or_else(|| DefinitionTarget::Existing(from.definition_id())) == target
        }
    }
}

impl Ledger {
    /// Records that the editor was opened.
    pub(in crate::journeys::simulate) fn editor_opened(&mut self, before: &Before, text: &str) {
        self.editing = Some(Editing {
            origin: origin(before),
            given: text.to_owned(),
            is_again: false,
        });
    }

    /// The returned text is in the draft, in the editor again, or in a reported file, or it is unchanged.
    pub(in crate::journeys::simulate) fn judge_edited(
        &mut self,
        edited: &Result<EditedText, EditFailure>,
        before: &Before,
        effects: &[Effect],
        known: Known<'_>,
    ) {
        let app = known.app;
        let editing = self.editing.take().expect("the editor was open");
        let Ok(edited) = edited else { return };
        let given = effects.iter().find_map(|effect| match effect {
            Effect::Terminal(TerminalEffect::Edit(request)) => Some(request.text.clone()),
            _ => None,
        });
        let body = |text: &str| -> Vec<String> {
            let lines = text.lines().skip_while(|line| line.starts_with("//"));
            lines.map(str::to_owned).collect()
        };
        let is_open_again = given
            .as_ref()
            .is_some_and(|given| body(given) == body(&edited.text));
        let removed = Effect::Terminal(TerminalEffect::RemoveEdited(edited.path.clone()));
        let is_kept = !effects.contains(&removed)
            && app.session.notice()
                == Some(&Notice::Edit(EditNotice::GivenUp(edited.path.clone())));
        let meant = editor::meaning(&edited.text);
        let draft = app.work().and_then(|work| work.draft());
        let kind = match &editing.origin {
            Origin::Version(arn) => arn.kind(),
            Origin::New(kind, _) => *kind,
        };
        let held = draft.and_then(|draft| known.content(draft, draft.slots().version(kind)?));
        let is_held = meant.is_some() && held == meant;
        let old = before.draft.as_ref();
        let says_nothing = edited.text == editing.given
            || edited.text.lines().all(|line| line.starts_with("//"))
            || matches!(&editing.origin, Origin::Version(arn) if old.and_then(|old| known.content(old, arn)) == meant);
        assert!(
            is_open_again || is_kept || is_held || (says_nothing && !editing.is_again),
            "a text was lost: {}",
            edited.text
        );
        let tally = &mut self.tally;
        tally.wrong_texts += usize::from(is_open_again);
        tally.given_up += usize::from(is_kept);
        tally.repaired += usize::from(editing.is_again && is_held);
        tally.edited_nothing += usize::from(says_nothing);
        if let Some(given) = given {
            self.editing = Some(Editing {
                given,
                is_again: true,
                ..editing
            });
        } else if is_held {
            self.note_edit(&editing, draft);
        }
    }

    fn note_edit(&mut self, editing: &Editing, draft: Option<&Draft>) {
        let held = match &editing.origin {
            Origin::Version(arn) => draft.and_then(|draft| draft.slots().version(arn.kind())),
            Origin::New(kind, _) => draft.and_then(|draft| draft.slots().version(*kind)),
        };
        let is_new = held.is_some_and(DefinitionVersionArn::is_new);
        let tally = &mut self.tally;
        match &editing.origin {
            _ if !is_new => tally.same_content += 1,
            Origin::New(..) => tally.new_definitions += 1,
            Origin::Version(from) if from.is_new() => tally.edited_again += 1,
            Origin::Version(_) => tally.edited += 1,
        }
    }

    /// The expected result of the returned text.
    pub(super) fn by_editor(&self, edited: &EditedText) -> Option<Written> {
        Some(Written {
            origin: self.editing.as_ref()?.origin.clone(),
            content: editor::meaning(&edited.text)?,
        })
    }
}

fn origin(before: &Before) -> Origin {
    match (&before.front, &before.highlighted) {
        (Front::Name(kind, name), _) => Origin::New(*kind, name.clone()),
        (_, Some(arn)) => Origin::Version(arn.clone()),
        (front, None) => panic!("nothing to edit in {front:?}"),
    }
}

/// The fixed finding is gone.
pub(super) fn judge_fix(fix: &Fix, app: &App) {
    let is_it =
        |one: &Finding| (one.rule, &one.message) == (fix.finding.rule, &fix.finding.message);
    let findings = app.work().map(Work::findings);
    let is_there = findings.is_some_and(|findings| findings.iter().any(is_it));
    assert!(
        !is_there || app.session.connected().is_none(),
        "fixed, and there is still: {}",
        fix.finding.message
    );
}
