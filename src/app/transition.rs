//! The target of a command, as data; `navigation` builds the views.

use super::command::Command;
use super::edit_step::EditStep;
use super::effect::AccountChoice;
use super::subject::Subject;
use crate::domain::content::TermField;
use crate::domain::{
    DefinitionKind, DefinitionVersionArn, DeploymentAction, GroupId, GroupVersionId,
};

/// The target of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Transition {
    Stay,
    /// The screen before this one.
    Back,
    /// The view below the front overlay.
    Close,
    OpenGroup(GroupId),
    Review,
    /// The result of the open group's requests.
    Outcome,
    /// A text over the entire screen.
    Read(Subject),
    /// The same, from the first line with one of these texts.
    ReadFrom(Subject, Vec<String>),
    SwitchAccount,
    BaseHistory,
    /// The groups that use this version, or the item with this text.
    WhereUsed(DefinitionVersionArn, Option<(TermField, String)>),
    /// The next group of the series, with its version picked.
    NextOfSeries,
    Edit(EditStep),
    /// The comparison with this newer version of the group.
    Rebase(GroupVersionId),
    /// The user has resumed the draft of an earlier run.
    Resumed,
    /// The draft has a new base.
    Rebased,
    /// The draft supersedes this version.
    Overwrite(GroupVersionId),
    /// Copies the open pane's slot from this version of the group.
    TakeSlot(GroupVersionId),
    /// The pane of this kind.
    ToSlot(DefinitionKind),
    /// The pane of this kind in this group, open or not.
    ToSlotOf(GroupId, DefinitionKind),
    /// The group's deployment: the question before this action, or without one the current deployment.
    Deployment(GroupId, Option<DeploymentAction>),
    /// The draft that starts from the created version.
    ToNewBase,
    ToGroups,
    /// A command for the view below the front overlay.
    Execute(Command),
    Connect(AccountChoice),
}
