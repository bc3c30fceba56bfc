//! The open views: the screens, each opened from the previous one, and the overlays above them.

use super::overlay::Overlay;
use super::overlay::question::{Question, Topic};
use super::screen::Screen;
use super::screen::assemble::Assemble;
use super::screen::groups::Groups;
use super::screen::outcome::Outcome;
use super::screen::review::Review;
use super::view::View;

#[derive(Debug, Default)]
pub struct Views {
    pub groups: Box<Groups>,
    open_group: Option<OpenGroup>,
    /// The last one is in front.
    overlays: Vec<Overlay>,
}

/// The screens of the open group. The last of them is shown.
#[derive(Debug)]
struct OpenGroup {
    assemble: Box<Assemble>,
    review: Option<Box<Review>>,
    outcome: Option<Box<Outcome>>,
}

impl Views {
    /// The screen that fills the terminal.
    pub fn screen(&self) -> Screen<'_> {
        match &self.open_group {
            Some(open) => open.screen(),
            None => Screen::Groups(&self.groups),
        }
    }

    /// The overlays, the front one last.
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    pub fn front_overlay_mut(&mut self) -> Option<&mut Overlay> {
        self.overlays.last_mut()
    }

    /// The view that receives the keys.
    pub fn front(&self) -> &dyn View {
        self.nth(0)
    }

    /// The view below the front overlay.
    pub fn below(&self) -> &dyn View {
        self.nth(1)
    }

    fn nth(&self, from_front: usize) -> &dyn View {
        match self.overlays.iter().nth_back(from_front) {
            Some(overlay) => overlay.view(),
            None => self.screen().view(),
        }
    }

    pub fn front_mut(&mut self) -> &mut dyn View {
        match (self.overlays.last_mut(), &mut self.open_group) {
            (Some(overlay), _) => overlay.view_mut(),
            (None, Some(open)) => open.screen_mut(),
            (None, None) => &mut *self.groups,
        }
    }

    /// Every view, the front one first.
    pub fn all(&self) -> impl Iterator<Item = &dyn View> {
        let overlays = self.overlays.iter().rev().map(Overlay::view);
        let open = self.open_group.iter().flat_map(OpenGroup::all);
        let groups: &dyn View = &*self.groups;
        overlays.chain(open).chain([groups])
    }

    /// The same, for changes.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut dyn View> {
        let overlays = self.overlays.iter_mut().rev().map(Overlay::view_mut);
        let open = self.open_group.iter_mut().flat_map(OpenGroup::all_mut);
        let groups: &mut dyn View = &mut *self.groups;
        overlays.chain(open).chain([groups])
    }

    pub fn assemble(&self) -> Option<&Assemble> {
        self.open_group.as_ref().map(|open| &*open.assemble)
    }

    pub fn assemble_mut(&mut self) -> Option<&mut Assemble> {
        self.open_group.as_mut().map(|open| &mut *open.assemble)
    }

    /// The review, if it is the screen.
    pub fn review_mut(&mut self) -> Option<&mut Review> {
        let open = self.open_group.as_mut()?;
        let review = open.review.as_deref_mut();
        review.filter(|_| open.outcome.is_none())
    }

    /// Opens a group and closes the views of another one.
    pub fn open_group(&mut self, assemble: Assemble) {
        self.open_group = Some(OpenGroup {
            assemble: Box::new(assemble),
            review: None,
            outcome: None,
        });
    }

    pub fn open_review(&mut self, review: Review) {
        if let Some(open) = &mut self.open_group {
            open.review = Some(Box::new(review));
        }
    }

    /// Shows an outcome above the review.
    pub fn open_outcome(&mut self, outcome: Outcome) {
        if let Some(open) = &mut self.open_group {
            open.outcome = Some(Box::new(outcome));
        }
    }

    /// Goes back by one screen; false on the group's first screen.
    pub fn back(&mut self) -> bool {
        self.open_group
            .as_mut()
            .is_some_and(|open| open.outcome.take().is_some() || open.review.take().is_some())
    }

    /// Goes back to the panes of the open group.
    pub fn back_to_assemble(&mut self) {
        while self.back() {}
    }

    /// Closes the group and all overlays.
    pub fn back_to_groups(&mut self) {
        self.close_overlays();
        self.open_group = None;
    }

    /// The question overlay, at any position.
    pub fn question(&self) -> Option<&Question> {
        self.overlays.iter().find_map(|overlay| {
            let Overlay::Question(question) = overlay else {
                return None;
            };
            Some(&**question)
        })
    }

    pub fn ask(&mut self, topic: Topic) {
        self.open_overlay(Question::new(topic));
    }

    pub fn open_overlay(&mut self, overlay: impl Into<Overlay>) {
        self.overlays.push(overlay.into());
    }

    pub fn close_overlay(&mut self) {
        self.overlays.pop();
    }

    pub fn close_overlays(&mut self) {
        self.overlays.clear();
    }
}

impl OpenGroup {
    fn screen(&self) -> Screen<'_> {
        match (&self.outcome, &self.review) {
            (Some(outcome), _) => Screen::Outcome(outcome),
            (None, Some(review)) => Screen::Review(review),
            (None, None) => Screen::Assemble(&self.assemble),
        }
    }

    fn screen_mut(&mut self) -> &mut dyn View {
        match (&mut self.outcome, &mut self.review) {
            (Some(outcome), _) => &mut **outcome,
            (None, Some(review)) => &mut **review,
            (None, None) => &mut *self.assemble,
        }
    }

    fn all(&self) -> impl Iterator<Item = &dyn View> {
        let outcome = self.outcome.iter().map(|outcome| &**outcome as &dyn View);
        let review = self.review.iter().map(|review| &**review as &dyn View);
        let assemble: &dyn View = &*self.assemble;
        outcome.chain(review).chain([assemble])
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut dyn View> {
        let outcome = self.outcome.iter_mut();
        let review = self.review.iter_mut();
        let assemble: &mut dyn View = &mut *self.assemble;
        let outcome = outcome.map(|outcome| &mut **outcome as &mut dyn View);
        let review = review.map(|review| &mut **review as &mut dyn View);
        outcome.chain(review).chain([assemble])
    }
}
