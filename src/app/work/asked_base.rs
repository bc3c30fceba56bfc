//! The base of `--from`: a full id, or the beginning of one as shown on the screens.

use super::Work;
use crate::app::catalog::Catalog;
use crate::app::effect::Request;
use crate::domain::printable::printable;
use crate::domain::{ErrorKind, GroupVersionId, ServiceError};

/// The characters of an id on every screen; fewer do not identify a version.
const MIN_PREFIX_CHARACTERS: usize = 8;

/// The versions whose id begins with the text of `--from`.
enum PrefixMatch {
    /// Not all versions are loaded.
    Undecided,
    Of(GroupVersionId),
    OfSeveral(Vec<GroupVersionId>),
    OfNone,
    /// The list could not be completed, so any missing version may match.
    Unlisted(ServiceError),
}

impl Work {
    /// The text of `--from`, if the service has responded that no version has this id.
    fn unknown_base<'a>(
        &'a self,
        catalog: &'a Catalog,
    ) -> Option<(&'a GroupVersionId, &'a ServiceError)> {
        let asked = self.from.as_ref().filter(|_| self.draft.is_none())?;
        let error = catalog.group_version(&self.group, asked).error()?;
        let is_denied = matches!(error.kind, ErrorKind::NotFound | ErrorKind::Refused);
        is_denied.then_some((asked, error))
    }

    /// The list of versions that is needed to resolve `--from`.
    pub fn wanted_base_list(&self, catalog: &Catalog) -> Option<Request> {
        let (asked, _) = self.unknown_base(catalog)?;
        if asked.as_str().chars().count() < MIN_PREFIX_CHARACTERS {
            return None;
        }
        catalog.group_versions_request(&self.group)
    }

    /// Uses the only version whose id begins with `--from`. Otherwise returns the reason why there is no
    /// base.
    pub fn settle_asked_base(&mut self, catalog: &Catalog) -> Option<String> {
        let (asked, error) = self.unknown_base(catalog)?;
        let group = self.name(catalog).unwrap_or(self.group.as_str());
        let (group, version) = (printable(group), printable(asked.as_str()));
        match self.prefix_match(asked, catalog) {
            PrefixMatch::Undecided => None,
            PrefixMatch::Of(version) => {
                self.from = Some(version);
                None
            }
            PrefixMatch::OfSeveral(versions) => {
                let ids: Vec<String> = versions
                    .iter()
                    .map(|id| format!("  {}", printable(id.as_str())))
                    .collect();
                Some(format!(
                    "several versions of the group {group} begin with {version}; give one in full:\n{}",
                    ids.join("\n")
                ))
            }
            PrefixMatch::Unlisted(error) => Some(format!(
                "the group {group} has no version {version}, and its versions could not be listed for one that begins so: {}",
                printable(&error.to_string())
            )),
            PrefixMatch::OfNone if error.kind == ErrorKind::NotFound => Some(format!(
                "the group {group} has no version {version}; leave --from out for its latest, where b lists them all"
            )),
            PrefixMatch::OfNone => Some(format!(
                "the group {group} gives no version {version}: {}",
                printable(&error.to_string())
            )),
        }
    }

    fn prefix_match(&self, asked: &GroupVersionId, catalog: &Catalog) -> PrefixMatch {
        if asked.as_str().chars().count() < MIN_PREFIX_CHARACTERS {
            return PrefixMatch::OfNone;
        }
        let Some(listing) = catalog.group_version_list(&self.group) else {
            return PrefixMatch::Undecided;
        };
        if listing.is_growing() {
            return PrefixMatch::Undecided;
        }
        if let Some(error) = listing.error() {
            return PrefixMatch::Unlisted(error.clone());
        }
        let ids = listing.items().iter().map(|entry| &entry.id);
        let mut matching: Vec<GroupVersionId> = ids
            .filter(|id| id.as_str().starts_with(asked.as_str()) && *id != asked)
            .cloned()
            .collect();
        matching.dedup();
        match matching.len() {
            0 => PrefixMatch::OfNone,
            1 => matching.pop().map_or(PrefixMatch::OfNone, PrefixMatch::Of),
            _ => PrefixMatch::OfSeveral(matching),
        }
    }
}
