//! The position of a member in a JSON text.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// The byte at which the value of the member at `path` begins: `groups[2].Versions[0].Arn`.
pub(super) fn start_of(bytes: &[u8], path: &str) -> Option<usize> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        value = if let Some(index) = step.strip_suffix(']') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.get(index.parse::<usize>().ok()?)?
        } else {
            let members: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
            members.get(step)?
        };
    }
    // Raw values are borrowed from the text.
    let offset = value.get().as_ptr().addr();
    offset.checked_sub(text.as_ptr().addr())
}

/// The line and the column, in bytes and both from 1, of the byte at `offset`.
pub(super) fn line_and_column(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let line = 1 + memchr::memchr_iter(b'\n', before).count();
    (line, 1 + before.len() - line_start)
}
