//! `serve` in a separate thread for the duration of a test.

use std::thread::JoinHandle;

use greengroup::sandbox::{Sandbox, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A server on a free loopback port, which ends with this value.
#[derive(Debug)]
pub(crate) struct Served {
    /// `http://127.0.0.1:PORT`
    pub(crate) endpoint: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    pub(crate) fn start(sandbox: Sandbox) -> Self {
        Self::by(async move |listener, stopped| {
            let stopped = async { drop(stopped.await) };
            serve(listener, None, sandbox, stopped).await.unwrap();
        })
    }

    /// Another server, which ends after the message to stop.
    pub(crate) fn by(
        serve: impl AsyncFnOnce(TcpListener, oneshot::Receiver<()>) + Send + 'static,
    ) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (bound, address) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                bound.send(listener.local_addr().unwrap()).unwrap();
                serve(listener, stopped).await;
            });
        });
        Self {
            endpoint: format!("http://{}", address.recv().unwrap()),
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Dropping the sender stops the server.
        self.stop = None;
        drop(self.thread.take().map(JoinHandle::join));
    }
}
