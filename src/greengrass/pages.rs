//! Reads a list from its first page to its last.

use crate::domain::{Page, PageToken, PageWalk, ServiceError};

/// The entries of all pages of a list.
pub(super) async fn read_all<T, F: Future<Output = Result<Page<T>, ServiceError>>>(
    operation: &str,
    ask: impl Fn(Option<PageToken>) -> F,
) -> Result<Vec<T>, ServiceError> {
    let mut all = Vec::new();
    read_pages(operation, ask, |page| all.extend(page.items)).await?;
    Ok(all)
}

/// Requests every page of a list and passes each to `receive`, in order.
///
/// Fails if a page fails or the pages do not end. `receive` has the earlier pages by then.
pub async fn read_pages<T, F: Future<Output = Result<Page<T>, ServiceError>>>(
    operation: &str,
    ask: impl Fn(Option<PageToken>) -> F,
    mut receive: impl FnMut(Page<T>),
) -> Result<(), ServiceError> {
    let (mut walk, mut from) = (PageWalk::default(), None);
    loop {
        let page = ask(from).await?;
        let (next, entries) = (page.next.clone(), page.items.len() + page.unreadable);
        receive(page);
        match walk.step(operation, next, entries)? {
            Some(token) => from = Some(token),
            None => return Ok(()),
        }
    }
}
