//! Paths of the core's file system, compared by what they name rather than by how they are written.

/// An absolute path with `//`, `.` and `..` worked out; nothing for a path that is not absolute.
///
/// Links on the core cannot be seen from here.
pub(super) fn plain(path: &str) -> Option<String> {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.strip_prefix('/')?.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    Some(format!("/{}", steps.join("/")))
}

/// True when `path` is `directory` or lies below it, both plain.
pub(super) fn is_within(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || directory == "/")
}
