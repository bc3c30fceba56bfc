//! A moto server on a free port for the duration of a test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::support::python;

/// The maximum time for moto to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running moto server, which ends with this value.
#[derive(Debug)]
pub(crate) struct Moto {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub(crate) endpoint: String,
}

impl Moto {
    pub(crate) fn start() -> Self {
        let mut child = python::python()
            .args(["-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let complaints = BufReader::new(child.stderr.take().unwrap());
        let (found, endpoint) = mpsc::channel();
        // Reads the output to its end, so that moto never blocks on a full pipe.
        std::thread::spawn(move || {
            for line in complaints.lines().map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("Running on ") {
                    drop(found.send(address.trim().to_owned()));
                }
            }
        });
        let endpoint = endpoint.recv_timeout(PATIENCE);
        let moto = Self {
            child,
            endpoint: endpoint.clone().unwrap_or_default(),
        };
        assert!(endpoint.is_ok(), "moto has not begun after {PATIENCE:?}");
        moto
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn moto_answers_on_a_free_port() {
    let moto = Moto::start();
    let script = "import boto3, sys; \
        print(boto3.client('greengrass', endpoint_url=sys.argv[1]).list_groups()['Groups'])";
    let printed = python::run(python::python().args(["-c", script, &moto.endpoint]));
    assert_eq!(printed, "[]\n");
}
