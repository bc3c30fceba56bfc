//! `greengroup serve`: the built-in account over HTTP.

use std::io::Write;

use tokio::net::TcpListener;

use super::{Farewell, ServeArguments};
use crate::runtime::signals::{Signal, Signals};
use crate::sandbox::{Sandbox, serve};

/// Serves until a signal asks to end.
pub(super) async fn run(arguments: ServeArguments) -> Farewell {
    let sandbox = match arguments
        .file
        .as_deref()
        .map_or_else(|| Ok(Sandbox::demo()), Sandbox::open)
    {
        Ok(sandbox) => sandbox,
        Err(error) => return Farewell::refused(error.to_string()),
    };
    let listener = match TcpListener::bind(arguments.listen).await {
        Ok(listener) => listener,
        Err(error) => {
            return Farewell::refused(format!(
                "cannot listen at {}: {error}; choose another address with --listen",
                arguments.listen
            ));
        }
    };
    let address = listener.local_addr().unwrap_or(arguments.listen);
    let mut output = std::io::stdout();
    // Whoever started this waits for the line; if nobody does, that is no reason to stop.
    _ = writeln!(
        output,
        "serving Greengrass V1 at http://{address} (no authentication)"
    )
    .and_then(|()| output.flush());
    let Ok(mut signals) = Signals::start() else {
        return Farewell::failed("signals cannot be awaited here");
    };
    match serve(listener, sandbox, ended(&mut signals)).await {
        Ok(()) => Farewell::default(),
        Err(error) => Farewell::failed(format!("serving failed: {error}")),
    }
}

async fn ended(signals: &mut Signals) {
    loop {
        match signals.next().await {
            Signal::Terminate | Signal::Interrupt => return,
            Signal::Suspend | Signal::Continued | Signal::Resized => {}
        }
    }
}
