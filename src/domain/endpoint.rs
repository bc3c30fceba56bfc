//! The address of a server without secrets, for the screen and for files.

use super::hash::sha256;

/// An endpoint without possible secrets: user name and password, path, query and fragment. Digits of a hash
/// replace the last three, so that two endpoints do not look the same.
pub fn without_secrets(endpoint: &str) -> String {
    let scheme_ends = endpoint.find("://").map_or(0, |place| place + "://".len());
    let (scheme, rest) = endpoint.split_at(scheme_ends);
    let (authority, path) = rest
        .find(['/', '?', '#'])
        .map_or((rest, ""), |end| rest.split_at(end));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    if matches!(path, "" | "/") || path.starts_with("/…") {
        return format!("{scheme}{host}{path}");
    }
    let digits: String = sha256(path).chars().take(6).collect();
    format!("{scheme}{host}/…{digits}")
}
