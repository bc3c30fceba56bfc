//! What outlives the program: where it lies, who may read it, and how it is written.

pub mod atomic;
pub mod drafts;
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

/// A file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct FileError {
    pub path: PathBuf,
    pub source: io::Error,
}

impl FileError {
    /// For `map_err`: names the file with what went wrong.
    pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self { path, source }
    }
}

/// Neither variable says where files belong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("neither {0} nor HOME names a folder; set one of them")]
pub struct Homeless(&'static str);

/// Where this program's files lie, by the XDG base directory specification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    state: PathBuf,
}

impl Paths {
    pub fn from_environment(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Homeless> {
        // The specification has relative values ignored.
        let folder = |name: &str| {
            variable(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let below = |name: &'static str, usual: &str| {
            folder(name)
                .or_else(|| folder("HOME").map(|home| home.join(usual)))
                .map(|base| base.join(PROGRAM))
                .ok_or(Homeless(name))
        };
        Ok(Self {
            config: below("XDG_CONFIG_HOME", ".config")?,
            state: below("XDG_STATE_HOME", ".local/state")?,
        })
    }

    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
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

    /// Makes the folders of the state, open to their owner only.
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

/// An endpoint without the user name and password that an address can carry.
pub fn without_credentials(endpoint: &str) -> String {
    let Some((scheme, rest)) = endpoint.split_once("://") else {
        return endpoint.to_owned();
    };
    let (authority, path) = rest
        .find(['/', '?', '#'])
        .map_or((rest, ""), |end| rest.split_at(end));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}
