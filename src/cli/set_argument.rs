//! `--set KIND=ARN|none|@FILE`, and the contents in the files that it names.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::app::launch::{SetSlot, SetSlotError};
use crate::disk;
use crate::domain::content_text;
use crate::domain::printable::printable;
use crate::domain::{Content, DefinitionKind};

/// Far more than the service accepts.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// One `--set` before its file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetArgument {
    Slot(SetSlot),
    File(DefinitionKind, PathBuf),
}

impl FromStr for SetArgument {
    type Err = SetSlotError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("=@") {
            Some((kind, file)) if !kind.contains('=') => Ok(Self::File(kind.parse()?, file.into())),
            Some(_) | None => text.parse().map(Self::Slot),
        }
    }
}

impl SetArgument {
    pub(super) const fn is_file(&self) -> bool {
        matches!(self, Self::File(..))
    }

    /// Reads the file, if it names one; the error is a sentence.
    pub(super) fn read(&self) -> Result<SetSlot, String> {
        match self {
            Self::Slot(slot) => Ok(slot.clone()),
            Self::File(kind, file) => {
                let content = read_content(*kind, file).map_err(|what| {
                    let place = format!("--set {kind}=@{}", file.display());
                    printable(&format!("{place}: {what}")).into_owned()
                })?;
                Ok(SetSlot::Write(content))
            }
        }
    }
}

fn read_content(kind: DefinitionKind, file: &Path) -> Result<Content, String> {
    let bytes = disk::read(file, MAX_BYTES).map_err(|error| format!("not read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    match content_text::read(kind, &text) {
        Ok(Some(content)) => Ok(content),
        Ok(None) => Err(format!("there is no {kind} content in it")),
        Err(problem) => Err(match problem.line {
            Some(line) => format!("line {line}: {}", problem.message),
            None => problem.message,
        }),
    }
}
