//! Where a command leads, as data: `navigation` builds the views.

use super::command::Command;
use super::edit_step::EditStep;
use super::effect::AccountChoice;
use super::subject::Subject;
use crate::domain::content::TermField;
use crate::domain::{
    DefinitionKind, DefinitionVersionArn, DeploymentAction, GroupId, GroupVersionId,
};

/// Where a command leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Transition {
    Stay,
    /// The screen before this one.
    Back,
    /// What is below the front overlay.
    Close,
    OpenGroup(GroupId),
    Review,
    /// The result of the open group's requests.
    Outcome,
    /// A text over the entire screen.
    Read(Subject),
    /// The same, from the first line on that has one of these texts.
    ReadFrom(Subject, Vec<String>),
    SwitchAccount,
    BaseHistory,
    /// The groups that hold this version, or the item with this text.
    WhereUsed(DefinitionVersionArn, Option<(TermField, String)>),
    /// The next group of the series, with its pick made.
    NextOfSeries,
    /// A new content for the draft.
    Edit(EditStep),
    /// The comparison with the version that the group has a newer version to.
    Rebase(GroupVersionId),
    /// The question is answered: the draft of an earlier run is the draft.
    Resumed,
    /// The draft has this new base now.
    Rebased,
    /// The draft is to supersede this version.
    Overwrite(GroupVersionId),
    /// The open pane's slot takes what this version of the group holds.
    TakeSlot(GroupVersionId),
    /// The pane of this kind.
    ToSlot(DefinitionKind),
    /// The same in this group, open or not.
    ToSlotOf(GroupId, DefinitionKind),
    /// The group's deployment: the question about this, or without one what is deployed.
    Deployment(GroupId, Option<DeploymentAction>),
    /// The draft that starts from the created version.
    ToNewBase,
    ToGroups,
    /// A command for the view below the front overlay.
    Execute(Command),
    Connect(AccountChoice),
}
