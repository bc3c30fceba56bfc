//! Following a list from its first page to its last.

use crate::domain::{Page, PageToken, PageWalk, ServiceError};

/// Asks for every page of a list and hands each to `receive`, in order.
///
/// Fails when a page fails, or when the pages do not end; the pages before have been received by then.
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
