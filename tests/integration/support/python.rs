//! A Python environment with the clients and the server for comparisons, created once in the target folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The versions must match: the AWS CLI requires an exact botocore.
const PINS: &str = "boto3==1.44.5 botocore==1.44.5 awscli==1.46.3 moto[server]==5.2.5";

/// The folder of the environment; creates it if it does not exist, which takes a minute.
pub(crate) fn environment() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let folder = target.join("python-judges");
    let stamp = folder.join("pins");
    // Tests run in separate processes: the lock lets one of them create it.
    let lock = File::create(target.join("python-judges.lock")).unwrap();
    lock.lock().unwrap();
    if fs::read_to_string(&stamp).is_ok_and(|pins| pins == PINS) {
        return folder;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    run(Command::new(folder.join("bin/python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(PINS.split(' ')));
    fs::write(stamp, PINS).unwrap();
    folder
}

/// The interpreter of the environment, with credentials without access and no configuration of this machine.
pub(crate) fn python() -> Command {
    alone(Command::new(environment().join("bin/python")))
}

/// A POSIX shell with the AWS CLI of the environment and the same credentials.
pub(crate) fn shell() -> Command {
    let mut command = Command::new("sh");
    let folder = environment().join("bin");
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    alone(command)
}

fn alone(mut command: Command) -> Command {
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_DEFAULT_REGION", "eu-central-1")
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    for variable in [
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL",
        "AWS_CA_BUNDLE",
    ] {
        command.env_remove(variable);
    }
    command
}

/// A script of `tests/judges`.
pub(crate) fn judge(script: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/judges").join(script)
}

/// Runs a command to its end and returns its output; panics with the output if it fails.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} failed\n{printed}\n{complaints}"
    );
    printed
}
