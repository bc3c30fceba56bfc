//! Tags of groups and definitions (botocore 1.44.5: TagResource, UntagResource, ListTagsForResource).

use std::collections::BTreeMap;

use serde_json::{Map, json};

use super::answer::{Refusal, object};
use super::{OperationCall, OperationResult};

/// The maximum number of tags of one resource (AWS General Reference, "Tagging AWS resources").
const MAX_TAGS: usize = 50;

impl OperationCall<'_> {
    pub(super) fn list_tags_for_resource(&mut self) -> OperationResult {
        Ok(object(json!({"tags": self.tags()?})))
    }

    /// Adds tags, and replaces the values of those that exist.
    pub(super) fn tag_resource(&mut self) -> OperationResult {
        let new = self.request.members(&["tags"])?.tags()?;
        let tags = self.tags()?;
        let mut all = tags.clone();
        all.extend(new);
        if all.len() > MAX_TAGS {
            return Err(Refusal::bad_request(format!(
                "A resource has at most {MAX_TAGS} tags."
            )));
        }
        *tags = all;
        Ok(Map::new())
    }

    /// Removes tags; an absent tag is not an error (AWS CLI example of `untag-resource`).
    pub(super) fn untag_resource(&mut self) -> OperationResult {
        let keys = self.request.query_values("tagKeys")?;
        let tags = self.tags()?;
        if keys.is_empty() {
            return Err(Refusal::bad_request("tagKeys is missing."));
        }
        tags.retain(|key, _| !keys.contains(key));
        Ok(Map::new())
    }

    /// Sets all tags of a new group or definition.
    pub(super) fn set_tags(&mut self, arn: &str, tags: BTreeMap<String, String>) {
        if let Some(of_resource) = self.account.tags_mut(arn) {
            *of_resource = tags;
        }
    }

    fn tags(&mut self) -> Result<&mut BTreeMap<String, String>, Refusal> {
        let arn = self.parent;
        self.account.tags_mut(arn).ok_or_else(|| {
            Refusal::bad_request(format!(
                "There is no group or definition with the ARN {arn:?}."
            ))
        })
    }
}
