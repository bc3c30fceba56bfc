//! Paths on the core, normalized before they are compared.

/// Resolves `//`, `.` and `..`; `None` for a relative path. Symbolic links are unknown here.
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

/// Returns whether `path` is `directory` or below it; both must be normalized.
pub(super) fn is_within(path: &str, directory: &str) -> bool {
    path.strip_prefix(directory)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || directory == "/")
}
