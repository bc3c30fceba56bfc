//! Notices and blocked buttons in words, with the keys of the user's context.

use std::path::PathBuf;

use super::keys::Keys;
use crate::app::Command;
use crate::app::credentials::CredentialsLeft;
use crate::app::event::EditFailure;
use crate::app::notice::{EditNotice, Notice, Obstacle, ReadingNotice};
use crate::domain::plural::counted;
use crate::domain::printable::printable;

/// The sentence in the footer.
pub(super) fn notice_text(notice: &Notice, keys: Keys<'_>) -> String {
    let fixed = match notice {
        Notice::Runtime(report) => report,
        Notice::Saved(files) => return saved_as(files),
        Notice::NotSaved(why) => return format!("Not saved: {why}."),
        Notice::PasteCut(dropped) => {
            return format!("The paste was too long: its last {dropped} bytes were ignored.");
        }
        Notice::ScreenCut(width, height) => {
            return format!(
                "The terminal is too large: the part beyond {width}×{height} stays empty."
            );
        }
        Notice::HistoryNotWritten(why) => return format!("The history was not written: {why}"),
        Notice::DraftDamaged(file) => {
            return format!("The draft was damaged; it is kept in {}.", file.display());
        }
        Notice::NotRecorded => "Nothing was sent: the history could not be written.",
        Notice::Unavailable(why) => return why.to_string(),
        Notice::UnboundKey(key) => {
            let help = keys.name(Command::Help);
            return format!("{key} does nothing here; {help} lists the keys.");
        }
        Notice::Picked(kind, name, version) => {
            let undo = keys.name(Command::Undo);
            return format!("{kind}: {name} {version}; {undo} undoes it.");
        }
        Notice::Edit(edit) => return edit_text(edit, keys),
        Notice::Undone(kind) => return format!("Undone: the {kind} slot is as before."),
        Notice::Redone(kind) => return format!("Redone: the {kind} slot is changed again."),
        Notice::PasteIgnored => "The paste was ignored: no text field has the focus.",
        Notice::FoundCreated { version, group } => {
            return format!(
                "Version {version} of {group}, whose outcome was unknown, was created."
            );
        }
        Notice::EnterTooSoon => {
            let enter = keys.name(Command::Open);
            return format!("{enter} came too soon after another key; press it again.");
        }
        Notice::Obstacle(obstacle) => return obstacle_notice(obstacle, keys),
        Notice::VersionLoading(command) => {
            let key = keys.name(*command);
            return format!("This version is loading: press {key} again in a moment.");
        }
        Notice::BaseChosen(version) => {
            let undo = keys.name(Command::Undo);
            return format!(
                "The draft starts from {} now; {undo} undoes it.",
                version.short()
            );
        }
        Notice::DeploymentActive => "A deployment of this group is active already.",
        Notice::CredentialsEnd(left) => return credentials_end(left, keys),
        Notice::Series(words) => {
            let key = keys.name(Command::Successor);
            return format!("{words}; {key} opens the next group.");
        }
        Notice::Reading(reading) => return reading_text(*reading, keys),
        Notice::LoadingOlder(name) => return format!("Loading the older versions of {name}."),
        Notice::Compared(version) => {
            let diff = keys.name(Command::Diff);
            return format!("Go to another version and press {diff} to compare it with {version}.");
        }
        Notice::NoEarlierSearch => "There is no earlier search.",
        Notice::NotFound => "Not found.",
        Notice::Wrapped(true) => "Long lines are wrapped.",
        Notice::Wrapped(false) => "Long lines are cut.",
        Notice::BestMatchFirst => "With a filter the best match comes first.",
        Notice::AlreadyInSlot => "The slot has this version already.",
        Notice::AlreadyEmpty => "The slot is empty already.",
        Notice::AlreadyReset => "The slot has what its base has.",
        Notice::NoOtherMark { here: true } => "No other slot is changed or has a finding.",
        Notice::NoOtherMark { here: false } => "No slot is changed or has a finding.",
        Notice::AllVersionsListed => "All versions of this definition are listed.",
        Notice::ComparedWithBase => "Versions are compared with the base again.",
        Notice::NoFindings => "No findings.",
        Notice::NoOtherFinding => "There is no other finding.",
        Notice::FindingWithoutSlot => "This finding belongs to no slot.",
    };
    fixed.to_owned()
}

/// The result of an edit.
fn edit_text(notice: &EditNotice, keys: Keys<'_>) -> String {
    match notice {
        EditNotice::Written(kind, version) => {
            let undo = keys.name(Command::Undo);
            format!("{kind}: {version} will be created; {undo} undoes it.")
        }
        EditNotice::SameContent(kind, version) => {
            format!("{kind}: version {version} has this content already; it is picked.")
        }
        EditNotice::Fixed(by) => {
            let undo = keys.name(Command::Undo);
            format!("Fixed: {}; {undo} undoes it.", printable(by))
        }
        EditNotice::Swapped { places, slots } => {
            let undo = keys.name(Command::Undo);
            let (places, slots) = (counted(*places, "place"), counted(*slots, "slot"));
            format!("Replaced in {places} of {slots}; {undo} undoes it.")
        }
        EditNotice::Unchanged(Some(editor)) => returned_at_once(editor),
        EditNotice::GivenUp(file) => {
            format!("Not taken; the text is kept in {}.", file.display())
        }
        EditNotice::Failed(failure) => not_edited(failure),
        EditNotice::Unchanged(None) => "Nothing was edited.".to_owned(),
    }
}

/// The notice after a press of a blocked button; the line above the button gives the reason.
fn obstacle_notice(obstacle: &Obstacle, keys: Keys<'_>) -> String {
    if let Obstacle::Acknowledgements(open) = obstacle {
        return format!("Nothing was sent: {open} to acknowledge first.");
    }
    obstacle_text(obstacle, keys)
}

fn saved_as(files: &[PathBuf]) -> String {
    let names = files.iter().map(|file| file.display().to_string());
    let names: Vec<String> = names.collect();
    format!("Saved as {}.", names.join(" and "))
}

/// An editor that runs on in the background needs a flag to wait.
fn returned_at_once(editor: &str) -> String {
    let flag = match editor {
        "code" | "codium" | "subl" | "zed" | "gedit" | "xed" => "--wait",
        "mate" | "bbedit" => "-w",
        "gvim" | "mvim" => "-f",
        _ => {
            return format!(
                "{editor} ended at once and changed nothing; if it has a flag to wait, set it."
            );
        }
    };
    format!("{editor} ended at once and changed nothing: set EDITOR=\"{editor} {flag}\".")
}

fn not_edited(failure: &EditFailure) -> String {
    let kept = failure.kept.as_ref().map_or_else(String::new, |file| {
        format!("; the text is kept in {}", file.display())
    });
    format!("{}{kept}.", failure.problem)
}

/// The reason why a button is blocked, and the key for the fix.
pub(super) fn obstacle_text(obstacle: &Obstacle, keys: Keys<'_>) -> String {
    match obstacle {
        Obstacle::GroupLoading => "Loading the group's latest version.".to_owned(),
        Obstacle::GroupNotRead(error) => {
            let retry = keys.name(Command::Retry);
            format!("The group was not read again ({error}): press {retry} to retry.")
        }
        Obstacle::GroupMoved => "The group has a newer version: decide on it first.".to_owned(),
        Obstacle::Sending => "Sending.".to_owned(),
        Obstacle::ReadOnly => "This program was started with --read-only.".to_owned(),
        Obstacle::Acknowledgements(open) => format!("{open} to acknowledge ({}).", keys.of_boxes()),
        Obstacle::Protected => "This account is protected.".to_owned(),
        Obstacle::ResetNameNotTyped(name) => format!("Type {name} to confirm the reset."),
        Obstacle::NameNotTyped => "Protected: type the group's name to confirm.".to_owned(),
        Obstacle::VersionLoading => "Loading the new version.".to_owned(),
        Obstacle::VersionNotRead(error) => {
            let open = keys.name(Command::Open);
            format!("The new version was not read ({error}): press {open} to retry.")
        }
        Obstacle::DeploymentsLoading => "Loading the current deployment.".to_owned(),
        Obstacle::DeploymentsNotRead(error) => {
            let retry = keys.name(Command::Retry);
            format!("The deployments were not read ({error}): press {retry} to retry.")
        }
        Obstacle::ConflictOpen => {
            let keys = keys.of_boxes();
            format!("Choose a side for each conflict first ({keys}).")
        }
    }
}

fn credentials_end(left: &CredentialsLeft, keys: Keys<'_>) -> String {
    let reload = keys.name(Command::Reload);
    let end = match left {
        CredentialsLeft::Nothing => "have expired".to_owned(),
        CredentialsLeft::Little(left) | CredentialsLeft::Enough(left) => {
            format!("expire in {left}")
        }
    };
    format!("The credentials {end}: renew them, then press {reload}. The draft is kept.")
}

fn reading_text(reading: ReadingNotice, keys: Keys<'_>) -> String {
    match reading {
        ReadingNotice::Begun(rows) => {
            let key = keys.name(Command::OlderVersions);
            format!("Loading the contents of {rows} more; {key} stops.")
        }
        ReadingNotice::BegunVersions(definitions) => {
            let key = keys.name(Command::OlderVersions);
            let definitions = counted(definitions, "definition");
            format!("Loading all versions of {definitions}, with contents; {key} stops.")
        }
        ReadingNotice::Stopped(0) => "Stopped; not all versions are listed.".to_owned(),
        ReadingNotice::Stopped(rows) => format!("Stopped; the contents of {rows} are not read."),
        ReadingNotice::AllRead => "All contents here are read.".to_owned(),
    }
}
