//! Paths and text of the AWS files.

use std::io;
use std::path::{Path, PathBuf};

use crate::greengrass::environment::Environment;

/// Only a regular file is read, as by the CLI. A pipe would have other content at the second read.
pub(super) fn read(path: &Path) -> Result<Option<String>, String> {
    let bytes = match std::fs::metadata(path) {
        Ok(found) if found.is_file() => std::fs::read(path),
        Ok(_) if path == Path::new("/dev/null") => return Ok(None),
        Ok(_) => return Err("it is not a regular file".to_owned()),
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => Err(error),
    };
    let bytes = bytes.map_err(|error| error.to_string())?;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err("it begins with a byte order mark; save it without".to_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        Err(error) => {
            let read = error.as_bytes().get(..error.utf8_error().valid_up_to());
            let lines = read.unwrap_or_default().split(|&byte| byte == b'\n');
            let line = lines.count();
            Err(format!("line {line} is not UTF-8; save the file as UTF-8"))
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Replaces `$NAME`, `${NAME}` and a leading `~`, as the CLI does for the paths of its files.
pub(in crate::greengrass) fn expand(path: &str, environment: &Environment) -> PathBuf {
    let path = expand_variables(path, environment);
    let below_home = match path.as_str() {
        "~" => Some(""),
        path => path.strip_prefix("~/"),
    };
    let home = || {
        let named = environment.get("HOME").map(PathBuf::from);
        named.or_else(std::env::home_dir)
    };
    match below_home.zip(home()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(path),
    }
}

fn expand_variables(path: &str, environment: &Environment) -> String {
    let mut expanded = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let braced = after
            .strip_prefix('{')
            .and_then(|after| after.split_once('}'));
        let (name, after_name) = braced.unwrap_or_else(|| {
            let end = after.find(|letter| !is_word(letter)).unwrap_or(after.len());
            after.split_at(end)
        });
        if let Some(value) = environment.get(name) {
            expanded.push_str(value);
            rest = after_name;
        } else {
            expanded.push('$');
            rest = after;
        }
    }
    expanded.push_str(rest);
    expanded
}
