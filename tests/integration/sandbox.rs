//! The sandbox as the real SDK sees it.

use greengroup::sandbox::{Account, Sandbox};

use crate::sdk;

#[tokio::test]
async fn the_caller_is_a_session_of_the_role_sandbox() {
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let identity = sdk::sts(&sandbox)
        .get_caller_identity()
        .send()
        .await
        .unwrap();
    assert_eq!(identity.account(), Some("111122223333"));
    assert_eq!(
        identity.arn(),
        Some("arn:aws:sts::111122223333:assumed-role/sandbox/greengroup")
    );
}

#[tokio::test]
async fn a_group_is_created_found_and_given_a_version() {
    let sandbox = Sandbox::with(Account::new("111122223333", "eu-central-1"));
    let client = sdk::greengrass(&sandbox);
    let created = client.create_group().name("press").send().await.unwrap();
    assert_eq!(created.latest_version(), None);
    let id = created.id().unwrap();
    let version = client
        .create_group_version()
        .group_id(id)
        .send()
        .await
        .unwrap();
    assert_eq!(version.id(), Some(id));
    let group = client.get_group().group_id(id).send().await.unwrap();
    assert_eq!(group.latest_version_arn(), version.arn());
    let error = client.get_group().group_id("no").send().await.unwrap_err();
    assert_eq!(
        sdk::refusal(&error),
        (
            404,
            "IdNotFoundException".to_owned(),
            "That Group Definition does not exist.".to_owned()
        )
    );
}
