//! New versions of the session: creates them, and puts them into the draft.

use super::Session;
use crate::app::edit_step::EditSubject;
use crate::app::launch::SetSlot;
use crate::domain::{
    Content, DefinitionTarget, DefinitionVersionArn, NewVersion, ServiceError, WrittenVersion,
};

impl Session {
    /// The name of a version's definition, if it has one.
    pub fn definition_name(&self, arn: &DefinitionVersionArn) -> Option<String> {
        let name = self.catalog().definition_of(arn)?.name.clone();
        name.filter(|name| !name.is_empty())
    }

    /// The new version for an edited content; `None` without a draft.
    pub fn new_version(&self, subject: &EditSubject, content: Content) -> Option<NewVersion> {
        let draft = self.draft()?;
        match subject {
            EditSubject::Version(arn) if arn.is_new() => {
                draft.new_version(arn)?.with_content(content).ok()
            }
            EditSubject::Version(arn) => {
                let definition = self.catalog().definition_of(arn);
                let latest = definition.and_then(|definition| definition.latest.as_ref());
                let latest = Some(latest.unwrap_or(arn).clone());
                NewVersion::next_to(arn, content, Some(arn.clone()), latest).ok()
            }
            EditSubject::NewDefinition(_, name) => {
                let scope = self.scope();
                // This ARN is never sent.
                let scope = (
                    scope.partition.as_deref().unwrap_or("aws"),
                    scope.region.as_deref()?,
                    scope.account.as_deref().unwrap_or("000000000000"),
                );
                NewVersion::first(scope, name.clone(), content, None).ok()
            }
        }
    }

    /// The service's error, if it refused this version at the last attempt.
    pub fn refusal(&self, subject: &EditSubject) -> Option<&ServiceError> {
        let EditSubject::Version(arn) = subject else {
            return None;
        };
        let submission = self.submissions().of(&self.work()?.group)?;
        let step = submission.open_definition()?;
        step.refusal().filter(|_| step.version.arn() == arn)
    }

    /// Puts an edited content into its slot. Returns the version that is now in the slot.
    pub fn write_content(
        &mut self,
        subject: &EditSubject,
        content: Content,
    ) -> Option<DefinitionVersionArn> {
        let version = self.new_version(subject, content)?;
        self.write(vec![(version, subject.replaced())]).pop()
    }

    /// Puts new versions into their slots in one step for undo. An existing version with the same content is
    /// used instead. Returns the versions that are now in the slots.
    pub fn write(
        &mut self,
        written: Vec<(NewVersion, Option<DefinitionVersionArn>)>,
    ) -> Vec<DefinitionVersionArn> {
        let mut held = Vec::new();
        let mut steps = Vec::new();
        for (version, replaces) in written {
            let existing = self.same_content(&version);
            held.push(existing.clone().unwrap_or_else(|| version.arn().clone()));
            steps.push(WrittenVersion {
                version,
                replaces,
                existing,
            });
        }
        self.change_draft(|draft| draft.write(steps));
        held
    }

    /// Applies `--set`, each slot as one step for undo.
    pub(super) fn set_slots(&mut self, asked: Vec<SetSlot>) {
        for set in asked {
            match set {
                SetSlot::Fill(arn) => self.change_draft(|draft| draft.pick(arn)),
                SetSlot::Empty(kind) => self.change_draft(|draft| draft.empty(kind)),
                SetSlot::Write(content) => self.set_content(content),
            }
        }
        self.know_written();
    }

    /// Puts a content from a file into its slot. It becomes the next version of the slot's definition, or the
    /// first version of a new definition.
    fn set_content(&mut self, content: Content) {
        let kind = content.kind();
        let subject = match self.held(kind) {
            Some(arn) => EditSubject::Version(arn.clone()),
            None => EditSubject::NewDefinition(kind, format!("{}-{kind}", self.open_group_name())),
        };
        self.write_content(&subject, content);
    }

    /// A loaded version of the same definition with the same content.
    fn same_content(&self, version: &NewVersion) -> Option<DefinitionVersionArn> {
        let DefinitionTarget::Existing(definition) = &version.target else {
            return None;
        };
        let catalog = self.catalog();
        let listed = catalog.versions(definition).into_iter();
        let listed = listed.flat_map(|listing| listing.items().iter().map(|one| &one.arn));
        let known = [version.from.as_ref(), version.latest.as_ref()];
        let mut candidates = listed.chain(known.into_iter().flatten());
        let is_same = |arn: &&DefinitionVersionArn| {
            !arn.is_new() && catalog.contents.get(arn).ready() == Some(&version.content)
        };
        candidates.find(is_same).cloned()
    }
}
