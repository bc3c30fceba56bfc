//! Candidates for a shell's completion, read with short timeouts because the user waits after Tab.

use std::time::Duration;

use super::connection::ConnectionTarget;
use crate::app::effect::AccountChoice;
use crate::domain::Group;
use crate::greengrass;

const PATIENCE: Duration = Duration::from_secs(3);

/// The profiles of the AWS files.
pub fn profiles() -> Vec<String> {
    greengrass::profiles()
}

/// The groups that can be read in a short time; none without a connection.
pub fn groups(target: ConnectionTarget) -> Vec<Group> {
    soon(async {
        let mut groups = Vec::new();
        let reading = read_groups(target, &mut groups);
        _ = tokio::time::timeout(PATIENCE, reading).await;
        groups
    })
}

async fn read_groups(target: ConnectionTarget, groups: &mut Vec<Group>) {
    let Ok((connection, _)) = target.connect(AccountChoice::default()).await else {
        return;
    };
    let ask = |from| connection.client.groups(from);
    // The groups read before an error are still offered.
    _ = greengrass::read_pages("ListGroups", ask, |page| groups.extend(page.items)).await;
}

/// Runs a future to its end outside a tokio runtime.
fn soon<T: Default>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.map_or_else(
        |_| T::default(),
        |runtime| {
            let offered = runtime.block_on(work);
            runtime.shutdown_background();
            offered
        },
    )
}
