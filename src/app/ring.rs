//! A step through choices in a circle: panes, buttons, searches.

/// The choice after `current`, or the one before it, wrapping at the ends.
pub(super) fn neighbour<T: Clone + PartialEq>(ring: &[T], current: &T, is_next: bool) -> T {
    let place = ring.iter().position(|choice| choice == current);
    let step = if is_next {
        1
    } else {
        ring.len().saturating_sub(1)
    };
    let mut from_current = ring.iter().cycle().skip(place.unwrap_or(0));
    from_current.nth(step).unwrap_or(current).clone()
}
