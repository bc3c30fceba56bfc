//! `greengroup serve`: the built-in account over HTTP.

use std::io::Write;
use std::path::Path;

use tokio::net::TcpListener;

use super::arguments::{ListenAddress, ServeArguments};
use super::command_result::CommandResult;
use crate::runtime::signals::Signals;
use crate::sandbox::{Account, Sandbox, create_account, serve};

/// The id of an empty account, as in AWS's documentation.
const EMPTY_ACCOUNT: &str = "123456789012";

/// The default region of an empty account, equal to that of the demo account.
const DEFAULT_REGION: &str = "eu-central-1";

/// Serves until a signal terminates it.
pub(super) async fn run(
    arguments: ServeArguments,
    region: Option<String>,
) -> Result<CommandResult, CommandResult> {
    let sandbox = open(&arguments, region).map_err(CommandResult::refused)?;
    let ListenAddress { host, port } = arguments.listen;
    let listener = TcpListener::bind((host.as_str(), port)).await;
    let listener = listener.map_err(|error| {
        CommandResult::refused(format!(
            "cannot listen at {host}:{port}: {error}; choose another address with --listen"
        ))
    })?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let endpoint = if host.contains(':') {
        format!("http://[{host}]:{port}")
    } else {
        format!("http://{host}:{port}")
    };
    // The parent process may wait for the first line. A closed standard output is not an error.
    let mut output = std::io::stdout();
    _ = write!(output, "{}", ready(&endpoint, &sandbox)).and_then(|()| output.flush());
    let mut signals =
        Signals::start().map_err(|_| CommandResult::failed("cannot wait for signals here"))?;
    let served = serve(listener, Some(host), sandbox, ended(&mut signals)).await;
    served.map_err(|error| CommandResult::failed(format!("serving failed: {error}")))?;
    Ok(CommandResult::default())
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

/// The address, and example commands.
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
    while !signals.next().await.ends_process() {}
}
