//! Texts saved by the user: new files in the working folder, readable by their owner only.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::domain::ArgumentFile;
use crate::runtime::clock;

/// The maximum number of files with the same name in one second.
const MAX_OF_A_NAME: usize = 100;

/// Writes `text` to a new file, and the files for its commands next to it. Returns their paths.
pub fn save_with(
    folder: &Path,
    name: &str,
    text: &str,
    files: &[ArgumentFile],
) -> io::Result<Vec<PathBuf>> {
    let mut saved = vec![save(folder, name, text)?];
    for file in files {
        let path = folder.join(&file.name);
        match disk::create(&path, file.text.as_bytes()) {
            // The name depends on the text, so an existing file has the same text.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => result?,
        }
        saved.push(without_dot(path));
    }
    Ok(saved)
}

fn without_dot(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
}

/// Writes `text` into a new file and returns its path.
pub fn save(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let name: String = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let time: String = clock::now()
        .iso()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take("20260501T113004".len())
        .collect();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 1..=MAX_OF_A_NAME {
        let again = match number {
            1 => String::new(),
            number => format!("-{number}"),
        };
        let path = folder.join(format!("greengroup-{name}-{time}Z{again}.txt"));
        match disk::create(&path, format!("{text}\n").as_bytes()) {
            Ok(()) => return Ok(without_dot(path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
