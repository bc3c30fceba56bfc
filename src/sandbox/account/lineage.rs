//! Groups and definitions alike: something with a name whose versions are added and never changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A group or a definition, and all its versions.
///
/// `H` is what one version holds: slots for a group, a content for a definition.
#[derive(Debug, Clone)]
pub struct Lineage<H> {
    pub(super) heading: Heading,
    /// Oldest first.
    versions: Vec<Arc<Version<H>>>,
    places: HashMap<Arc<str>, usize>,
    latest: Option<usize>,
}

/// All of a group or a definition but its versions.
#[derive(Debug, Clone)]
pub struct Heading {
    pub id: Arc<str>,
    pub arn: Arc<str>,
    /// Not unique, and a definition need not have one.
    pub name: Option<Arc<str>>,
    /// ISO-8601 in UTC, to the millisecond.
    pub created: Arc<str>,
    /// As `created`; moves with each new version and each new name.
    pub updated: Arc<str>,
    pub tags: BTreeMap<String, String>,
}

/// One version: what it holds never changes.
#[derive(Debug, Clone)]
pub struct Version<H> {
    /// The version's own id (`Version` on the wire).
    pub id: Arc<str>,
    pub arn: Arc<str>,
    /// ISO-8601 in UTC, to the millisecond.
    pub created: Arc<str>,
    pub holds: H,
}

impl<H> Lineage<H> {
    pub(super) fn new(heading: Heading) -> Self {
        Self {
            heading,
            versions: Vec::new(),
            places: HashMap::new(),
            latest: None,
        }
    }

    pub const fn heading(&self) -> &Heading {
        &self.heading
    }

    /// Every version, oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Version<H>> + ExactSizeIterator {
        self.versions.iter().map(AsRef::as_ref)
    }

    pub fn version(&self, id: &str) -> Option<&Version<H>> {
        self.places
            .get(id)
            .and_then(|place| self.versions.get(*place))
            .map(AsRef::as_ref)
    }

    /// The version created last, if there is any.
    pub fn latest(&self) -> Option<&Version<H>> {
        self.latest
            .and_then(|place| self.versions.get(place))
            .map(AsRef::as_ref)
    }

    /// Adds a version, which becomes the latest; `false` where its id is taken.
    pub(super) fn add(&mut self, version: Version<H>) -> bool {
        let place = self.versions.len();
        if self.places.contains_key(&version.id) {
            return false;
        }
        self.places.insert(Arc::clone(&version.id), place);
        self.versions.push(Arc::new(version));
        self.latest = Some(place);
        true
    }

    /// Makes a version the latest that is not the last of the list; `false` where there is none of this id.
    pub(super) fn set_latest(&mut self, id: &str) -> bool {
        let place = self.places.get(id).copied();
        self.latest = place.or(self.latest);
        place.is_some()
    }

    /// The versions from `place` on, oldest first, each with its place.
    pub(in crate::sandbox) fn versions_from(
        &self,
        place: usize,
    ) -> impl Iterator<Item = (usize, &Version<H>)> {
        self.versions
            .iter()
            .map(AsRef::as_ref)
            .enumerate()
            .skip(place)
    }
}
