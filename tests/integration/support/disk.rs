//! A slow or hanging disk: a preloaded library that delays syncing files.

use std::process::Command;

use tempfile::TempDir;

/// The library of one such disk.
pub(crate) struct Disk {
    library: String,
    _folder: TempDir,
}

impl Disk {
    /// Never finishes, like a network home without its server.
    pub(crate) fn that_hangs() -> Self {
        Self::which("for (;;) pause();")
    }

    pub(crate) fn that_takes(milliseconds: u32) -> Self {
        Self::which(&format!("return usleep({milliseconds} * 1000);"))
    }

    fn which(does: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let source = folder.path().join("disk.c");
        let text = format!(
            "#include <unistd.h>\nint fsync(int file) {{ {does} }}\nint fdatasync(int file) {{ {does} }}\n"
        );
        std::fs::write(&source, text).unwrap();
        let library = folder.path().join("disk.so");
        let mut compiler = Command::new("cc");
        compiler
            .args(["-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(source);
        assert!(compiler.status().unwrap().success());
        Self {
            library: library.to_str().unwrap().to_owned(),
            _folder: folder,
        }
    }

    /// The path for `LD_PRELOAD`.
    pub(crate) fn library(&self) -> &str {
        &self.library
    }
}
