//! Texts for the user's editor: private files that are kept until their text is used.

use std::ffi::OsString;
use std::fs::DirBuilder;
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, fchmod, fstat, open};
use rustix::process::geteuid;

use super::{FileError, OWNER_ONLY, PROGRAM, Paths, make_private};
use crate::disk;

const MAX_BYTES: u64 = 16 * 1024 * 1024;
const MAX_NAME: usize = 80;

/// The folders for such files.
#[derive(Debug, Clone)]
pub struct Edits {
    /// XDG_RUNTIME_DIR, if it is an absolute path.
    session: Option<PathBuf>,
    state: Option<PathBuf>,
}

impl Edits {
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let session = variable("XDG_RUNTIME_DIR").map(PathBuf::from);
        let paths = Paths::from_environment(variable).ok();
        Self {
            session: session.filter(|folder| folder.is_absolute()),
            state: paths.map(|paths| paths.state_folder().to_owned()),
        }
    }

    /// Writes `text` to a new file and returns its path. The name starts with `name` and is unique.
    pub fn create(&self, name: &str, text: &str) -> Result<PathBuf, String> {
        let folder = self.folder()?;
        create_in(&folder, name, text).map_err(|error| FileError::at(folder)(error).to_string())
    }

    /// The first folder that can be private.
    fn folder(&self) -> Result<PathBuf, String> {
        if let Some(session) = &self.session
            && is_own(session)
            && let Ok(folder) = own_folder(session.join(PROGRAM))
        {
            return Ok(folder);
        }
        let state = self.state.as_ref().ok_or(
            "there is no folder for the text: set XDG_RUNTIME_DIR, XDG_STATE_HOME or HOME",
        )?;
        let folder = state.join("edit");
        make_private(state)
            .and_then(|()| own_folder(folder.clone()))
            .map_err(|error| FileError::at(folder)(error).to_string())
    }
}

/// Reads the text after the editor has ended.
pub fn read(path: &Path) -> Result<String, String> {
    let failed = |error| FileError::at(path)(error).to_string();
    let bytes = disk::read(path, MAX_BYTES).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| failed(io::Error::other("it is not UTF-8")))
}

fn create_in(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let safe = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => letter,
        _ => '-',
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let stem: String = stem.chars().map(safe).take(MAX_NAME).collect();
    let ending: String = ending.chars().map(safe).take(MAX_NAME).collect();
    let mut file = tempfile::Builder::new()
        .prefix(&format!("{stem}-"))
        .suffix(&format!(".{ending}"))
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    let (_, path) = file.keep()?;
    Ok(path)
}

/// True if the user owns the folder.
fn is_own(folder: &Path) -> bool {
    opened(folder)
        .and_then(|folder| Ok(fstat(&folder)?))
        .is_ok_and(|found| found.st_uid == geteuid().as_raw())
}

/// Creates a folder that only the user can access. Another user's folder or a link is an error.
fn own_folder(folder: PathBuf) -> io::Result<PathBuf> {
    match DirBuilder::new().mode(OWNER_ONLY).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    if !is_own(&folder) {
        return Err(io::Error::other("it is not a folder of yours"));
    }
    fchmod(opened(&folder)?, Mode::from_raw_mode(OWNER_ONLY))?;
    Ok(folder)
}

fn opened(folder: &Path) -> io::Result<rustix::fd::OwnedFd> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::RDONLY | OFlags::CLOEXEC;
    Ok(open(folder, flags, Mode::empty())?)
}
