//! The requests for the next pages of lists and contents.

use super::Catalog;
use crate::app::effect::Request;
use crate::app::remote::Listing;
use crate::domain::{DefinitionId, DefinitionKind, DefinitionVersionArn, GroupId, PageToken};

impl Catalog {
    /// The request for the next page of a content.
    pub fn content_request(&self, arn: &DefinitionVersionArn) -> Request {
        Request::Content(arn.clone(), self.contents.next_page(arn).cloned())
    }

    /// The request for the next page of the groups; `None` if it is loading or failed, or there is none.
    pub fn groups_request(&self) -> Option<Request> {
        let page = next_page(Some(&self.groups.list));
        page.map(|token| Request::Groups(token.clone()))
    }

    /// The same for the versions of a group.
    pub fn group_versions_request(&self, group: &GroupId) -> Option<Request> {
        let page = next_page(self.group_version_list(group));
        page.map(|token| Request::GroupVersions(group.clone(), token.clone()))
    }

    /// The same for the deployments of a group.
    pub fn deployments_request(&self, group: &GroupId) -> Option<Request> {
        let page = next_page(self.deployments(group));
        page.map(|token| Request::Deployments(group.clone(), token.clone()))
    }

    /// The same for the versions of a definition; the service does not know a new definition yet.
    pub fn versions_request(&self, kind: DefinitionKind, id: &DefinitionId) -> Option<Request> {
        let page = next_page(self.versions(id)).filter(|_| !id.is_new());
        page.map(|token| Request::DefinitionVersions(kind, id.clone(), token.clone()))
    }
}

/// The page to request next; the first page of a list that was never requested.
fn next_page<T>(listing: Option<&Listing<T>>) -> Option<&Option<PageToken>> {
    listing.map_or(Some(&None), Listing::wanted)
}
