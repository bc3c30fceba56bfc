//! The machine's certificates on a disk that hangs: the screen still works.

use rustix::fs::{CWD, FileType, Mode};
use tempfile::TempDir;

use crate::support::pty::Start;

#[test]
fn keys_work_while_certificates_hang() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("unwritten-pipe");
    rustix::fs::mknodat(CWD, &pipe, FileType::Fifo, Mode::RWXU, 0).unwrap();
    let start = Start::with("--endpoint-url https://127.0.0.1:9").credentials();
    let mut program = start
        .variable("SSL_CERT_FILE", pipe.to_str().unwrap())
        .run();
    program.wait_for("custom endpoint");
    program.send("?");
    program.wait_for("quit");
    program.send("\x1bq");
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
}
