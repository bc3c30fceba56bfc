//! The files that are kept after the program ends: their paths, permissions and writing.

pub mod drafts;
pub mod edits;
pub mod history;
pub mod lock;
pub mod log;
pub mod texts;

use std::ffi::OsString;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

const PROGRAM: &str = "greengroup";
const OWNER_ONLY: u32 = 0o700;

/// A file could not be read or written. The reason comes first, because a narrow screen cuts the end of the
/// line.
#[derive(Debug, thiserror::Error)]
#[error("{source}: {}", path.display())]
pub struct FileError {
    pub path: PathBuf,
    pub source: io::Error,
}

impl FileError {
    /// For `map_err`: adds the path to the error.
    pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self { path, source }
    }
}

/// Neither XDG_STATE_HOME nor HOME is an absolute path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("neither XDG_STATE_HOME nor HOME names a folder; set one of them")]
pub struct NoHomeDirectory;

/// The paths of drafts, history and log, by the XDG base directory specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    state: PathBuf,
}

/// The default configuration file; `None` if neither XDG_CONFIG_HOME nor HOME is an absolute path.
pub fn config_file(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    Some(folder(variable, "XDG_CONFIG_HOME", ".config")?.join("config.toml"))
}

/// This program's folder in the one of the variable `name`, else in `default` below HOME.
fn folder(
    variable: impl Fn(&str) -> Option<OsString>,
    name: &str,
    default: &str,
) -> Option<PathBuf> {
    // The specification requires that relative values are ignored.
    let absolute = |name: &str| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = absolute(name).or_else(|| Some(absolute("HOME")?.join(default)))?;
    Some(base.join(PROGRAM))
}

impl Paths {
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, NoHomeDirectory> {
        let state = folder(variable, "XDG_STATE_HOME", ".local/state").ok_or(NoHomeDirectory)?;
        Ok(Self { state })
    }

    pub fn state_folder(&self) -> &Path {
        &self.state
    }

    pub fn drafts_folder(&self) -> PathBuf {
        self.state.join("drafts")
    }

    pub fn history_file(&self) -> PathBuf {
        self.state.join("history.jsonl")
    }

    pub fn log_file(&self) -> PathBuf {
        self.state.join("greengroup.log")
    }

    /// Creates the folders of the state, accessible to their owner only.
    pub fn prepare(&self) -> Result<(), FileError> {
        for folder in [self.state.clone(), self.drafts_folder()] {
            make_private(&folder).map_err(FileError::at(folder))?;
        }
        Ok(())
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(OWNER_ONLY)
        .create(folder)?;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(folder, Permissions::from_mode(OWNER_ONLY))?;
    }
    Ok(())
}
