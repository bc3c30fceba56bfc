//! The target of a connection: AWS, another endpoint, or the sandbox in this process.

use std::sync::{Arc, OnceLock};

use tokio::sync::mpsc::UnboundedSender;

use crate::app::effect::AccountChoice;
use crate::app::event::{ConnectFailure, Connected};
use crate::domain::CallRecord;
use crate::greengrass::{
    Client, ClientOptions, ConnectOptions, ServiceConnection, connect, profiles,
};
use crate::sandbox::Sandbox;

#[derive(Debug, Clone)]
pub enum ConnectionTarget {
    /// Without a value it is the demo account, created by the first connection so that it does not delay the
    /// first frame.
    Sandbox {
        sandbox: Arc<OnceLock<Sandbox>>,
        options: ClientOptions,
    },
    Service(ConnectOptions),
}

impl ConnectionTarget {
    pub fn client_options(&mut self) -> &mut ClientOptions {
        match self {
            Self::Sandbox { options, .. } => options,
            Self::Service(options) => &mut options.client,
        }
    }

    /// Reports every attempt to `observer`, which paces and retries the reads itself.
    pub fn schedule_here(&mut self, observer: UnboundedSender<CallRecord>) {
        let options = self.client_options();
        options.observer = Some(observer);
        options.schedules_reads = false;
    }

    /// Resolves configuration and credentials; nothing is sent to Greengrass yet.
    pub async fn connect(
        self,
        choice: AccountChoice,
    ) -> Result<(ServiceConnection, Connected), ConnectFailure> {
        match self {
            Self::Sandbox { sandbox, options } => {
                let sandbox = sandbox.get_or_init(Sandbox::demo);
                let region = sandbox.account(|account| account.region().to_owned());
                let client = Client::over(sandbox.http_client(), &region, &options);
                let connected = Connected {
                    region: region.clone(),
                    is_sandbox: true,
                    ..Connected::default()
                };
                Ok((ServiceConnection::over(client, region), connected))
            }
            Self::Service(mut options) => {
                options.profile = choice.profile.or(options.profile);
                options.region = choice.region.or(options.region);
                let connection = Box::pin(connect(options)).await.map_err(|error| {
                    tracing::warn!(%error, "not connected");
                    ConnectFailure {
                        message: error.to_string(),
                    }
                })?;
                let connected = Connected {
                    profile: connection.profile.clone(),
                    region: connection.region.clone(),
                    endpoint: connection.endpoint.clone(),
                    credentials: connection.credentials.clone(),
                    profiles: profiles(),
                    ..Connected::default()
                };
                Ok((connection, connected))
            }
        }
    }
}
