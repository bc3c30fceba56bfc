//! The role of a group, and the service role of the account.

use serde_json::{Map, Value, json};

use super::answer::{Refusal, object};
use super::{OperationCall, OperationResult};
use crate::domain::{AccountRole, Arn};

impl OperationCall<'_> {
    /// The group need not exist (moto's comment in `associate_role_to_group`).
    pub(super) fn associate_role_to_group(&mut self) -> OperationResult {
        let role = self.role()?;
        let answer = associated_at(&role);
        self.account.set_group_role(self.parent, Some(role));
        Ok(answer)
    }

    pub(super) fn get_associated_role(&mut self) -> OperationResult {
        let role = self.account.group_role(self.parent).map(entry);
        role.ok_or_else(|| no_role("You need to attach an IAM role to this deployment group."))
    }

    pub(super) fn disassociate_role_from_group(&mut self) -> Map<String, Value> {
        self.account.set_group_role(self.parent, None);
        self.disassociated_at()
    }

    pub(super) fn associate_service_role(&mut self) -> OperationResult {
        let role = self.role()?;
        let answer = associated_at(&role);
        self.account.set_service_role(Some(role));
        Ok(answer)
    }

    /// No source documents the text for a missing role, so it follows that of the group's role.
    pub(super) fn get_service_role(&mut self) -> OperationResult {
        let role = self.account.service_role().map(entry);
        role.ok_or_else(|| no_role("You need to attach a service role to this account."))
    }

    pub(super) fn disassociate_service_role(&mut self) -> Map<String, Value> {
        self.account.set_service_role(None);
        self.disassociated_at()
    }

    fn role(&self) -> Result<AccountRole, Refusal> {
        let role_arn = self.request.members(&["RoleArn"])?.filled_text("RoleArn")?;
        let role_arn = role_arn.ok_or_else(|| Refusal::bad_request("RoleArn is missing."))?;
        let is_role = Arn::split(&role_arn)
            .is_some_and(|arn| arn.service == "iam" && arn.resource.starts_with("role/"));
        if !is_role {
            return Err(Refusal::bad_request(format!(
                "RoleArn {role_arn:?} is not the ARN of an IAM role."
            )));
        }
        Ok(AccountRole {
            role_arn: role_arn.into(),
            associated_at: self.now_to_the_second().into(),
        })
    }

    fn disassociated_at(&self) -> Map<String, Value> {
        object(json!({"DisassociatedAt": self.now_to_the_second()}))
    }

    /// `2019-09-10T20:03:30Z`, without milliseconds (AWS CLI example of `get-associated-role`).
    fn now_to_the_second(&self) -> String {
        let time = self.moment.now.iso();
        match time.split_once('.') {
            Some((seconds, _)) => format!("{seconds}Z"),
            None => time,
        }
    }
}

fn associated_at(role: &AccountRole) -> Map<String, Value> {
    object(json!({"AssociatedAt": role.associated_at}))
}

/// The code is the status (developer guide, group-role).
fn no_role(message: &str) -> Refusal {
    Refusal::new(404, "404", message)
}

fn entry(role: &AccountRole) -> Map<String, Value> {
    object(json!({"AssociatedAt": role.associated_at, "RoleArn": role.role_arn}))
}
