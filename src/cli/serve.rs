//! `greengroup serve`: the built-in account over HTTP.

use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use tokio::net::TcpListener;

use super::{Farewell, ServeArguments};
use crate::runtime::signals::{Signal, Signals};
use crate::sandbox::{Account, NOT_SIMULATED, Sandbox, create_account, serve};

/// The id of an empty account: the one that the documentation of AWS uses.
const EMPTY_ACCOUNT: &str = "123456789012";

/// The region of an empty account if none is given: that of the demo account.
const DEFAULT_REGION: &str = "eu-central-1";

/// `HOST:PORT`, where HOST is an IP address or a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenAddress {
    host: String,
    port: u16,
}

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.rsplit_once(':').and_then(|(host, port)| {
            let host = host
                .strip_prefix('[')
                .map_or(host, |host| host.trim_end_matches(']'));
            Some((host, port.parse().ok()?))
        });
        match parts {
            Some((host, port)) if !host.is_empty() => Ok(Self {
                host: host.to_owned(),
                port,
            }),
            Some(_) | None => Err("it must be HOST:PORT, such as 127.0.0.1:8471".to_owned()),
        }
    }
}

/// Serves until a signal asks to end.
pub(super) async fn run(arguments: ServeArguments, region: Option<String>) -> Farewell {
    let sandbox = match open(&arguments, region) {
        Ok(sandbox) => sandbox,
        Err(message) => return Farewell::refused(message),
    };
    let ListenAddress { host, port } = arguments.listen;
    let listener = match TcpListener::bind((host.as_str(), port)).await {
        Ok(listener) => listener,
        Err(error) => {
            return Farewell::refused(format!(
                "cannot listen at {host}:{port}: {error}; choose another address with --listen"
            ));
        }
    };
    let port = listener.local_addr().map_or(port, |address| address.port());
    let endpoint = if host.contains(':') {
        format!("http://[{host}]:{port}")
    } else {
        format!("http://{host}:{port}")
    };
    // Programs that started this one wait for the first line. A closed standard output is not an error.
    let mut output = std::io::stdout();
    _ = write!(output, "{}", ready(&endpoint, &sandbox)).and_then(|()| output.flush());
    let Ok(mut signals) = Signals::start() else {
        return Farewell::failed("cannot wait for signals here");
    };
    match serve(listener, Some(host), sandbox, ended(&mut signals)).await {
        Ok(()) => Farewell::default(),
        Err(error) => Farewell::failed(format!("serving failed: {error}")),
    }
}

fn open(arguments: &ServeArguments, region: Option<String>) -> Result<Sandbox, String> {
    let Some(file) = arguments.file.as_deref() else {
        return Ok(Sandbox::demo());
    };
    if arguments.empty {
        begin(file, region)?;
    }
    Sandbox::open(file).map_err(|error| error.to_string())
}

fn begin(file: &Path, region: Option<String>) -> Result<(), String> {
    let of_environment = ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok())
        .filter(|region| !region.is_empty());
    let region = region.or(of_environment);
    let account = Account::new(EMPTY_ACCOUNT, region.as_deref().unwrap_or(DEFAULT_REGION));
    create_account(file, &account).map_err(|error| {
        format!("--empty begins a new file, and {error}; leave --empty out or name another file")
    })
}

/// The address, and the commands to use it.
fn ready(endpoint: &str, sandbox: &Sandbox) -> String {
    let (account, region) =
        sandbox.account(|account| (account.id().to_owned(), account.region().to_owned()));
    format!(
        "serving Greengrass V1 at {endpoint} (no authentication), account {account} in {region}\n\
         export AWS_ENDPOINT_URL_GREENGRASS={endpoint} AWS_DEFAULT_REGION={region} AWS_REGION={region} \
         AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox\n\
         aws greengrass list-groups\n\
         greengroup\n"
    )
}

async fn ended(signals: &mut Signals) {
    loop {
        match signals.next().await {
            Signal::Terminate | Signal::Interrupt => return,
            Signal::Suspend | Signal::Continued | Signal::Resized => {}
        }
    }
}

/// The long help of `serve`.
pub(super) fn after_help() -> String {
    format!(
        "FILE can be shared: other programs may use it at the same time, and no change is lost.\n\n\
         A deployment is Building for 3 s and InProgress for 3 s, then Success; if the checks find something blocking \
         it goes from Building to Failure. A group with the tag greengroup:core=offline has a core that never answers.\n\n\
         Not simulated (answered with 501 NotSimulatedException): {}.",
        NOT_SIMULATED.join(", ")
    )
}
