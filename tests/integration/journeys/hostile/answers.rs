//! Responses that are too many, too large, endless, or of an undocumented shape.

use greengroup::app::Launch;
use greengroup::app::catalog::Catalog;
use greengroup::app::effect::Request;
use greengroup::app::event::Answer;
use greengroup::app::remote::Listing;
use greengroup::domain::{
    DefinitionKind, ErrorKind, GroupId, GroupVersionEntry, GroupVersionId, Page, PageToken,
    ServiceError,
};
use greengroup::greengrass::{Client, ClientOptions};
use greengroup::sandbox::account::{Account, GroupSlots};
use greengroup::sandbox::{Fault, Operation, PageSizes, Sandbox};
use serde_json::json;

use crate::support::canned_http::{Canned, Reply};
use crate::support::session::Session;

fn client(canned: &Canned) -> Client {
    let options = ClientOptions {
        requests_per_second: f64::INFINITY,
        ..ClientOptions::default()
    };
    Client::over(canned.http_client(), "eu-central-1", &options)
}

/// Receives an empty page with the token of the next one.
fn receive(listing: &mut Listing<u8>, next: &str) {
    let page = Page {
        items: vec![],
        next: PageToken::read(Some(next.to_owned())),
        unreadable: 0,
    };
    let token = listing.wanted().cloned().flatten();
    listing.asked();
    listing.take("ListGroups", token.as_ref(), Ok(page));
}

#[test]
fn repeated_token_ends_list_with_reason() {
    let mut listing = Listing::default();
    receive(&mut listing, "one");
    receive(&mut listing, "two");
    assert!(
        listing.is_growing(),
        "an empty page with a token is not the end"
    );
    receive(&mut listing, "one");
    assert_eq!(listing.error().unwrap().kind, ErrorKind::EndlessPages);
}

#[test]
fn late_page_of_old_list_is_ignored() {
    let group = GroupId::new("g");
    let ask = |token: Option<&str>| {
        let token = token.and_then(|token| PageToken::read(Some(token.to_owned())));
        Request::GroupVersions(group.clone(), token)
    };
    let answer = |version: &str, next: Option<&str>| {
        Answer::GroupVersions(Ok(Page {
            items: vec![GroupVersionEntry {
                id: GroupVersionId::new(version),
                arn: None,
                created: None,
            }],
            next: PageToken::read(next.map(str::to_owned)),
            unreadable: 0,
        }))
    };
    let mut catalog = Catalog::default();
    catalog.asked(&ask(None));
    catalog.take(&ask(None), answer("one", Some("second")));
    catalog.asked(&ask(Some("second")));
    catalog.forget(&ask(None));
    catalog.asked(&ask(None));
    catalog.take(&ask(Some("second")), answer("two", None));
    let failed = ServiceError::local("ListGroupVersions", ErrorKind::NoAnswer, "late");
    catalog.take(&ask(Some("second")), Answer::GroupVersions(Err(failed)));
    catalog.take(&ask(None), answer("one", Some("second")));
    assert!(catalog.is_unasked(&ask(Some("second"))));
    catalog.asked(&ask(Some("second")));
    catalog.take(&ask(Some("second")), answer("two", None));
    let listing = catalog.group_version_list(&group).unwrap();
    let versions: Vec<&str> = listing
        .items()
        .iter()
        .map(|entry| entry.id.as_str())
        .collect();
    assert_eq!(versions, ["one", "two"]);
    assert!(listing.is_complete());
}

#[test]
fn endless_tokens_end_list_with_reason() {
    let mut listing = Listing::default();
    let mut pages = 0;
    while listing.is_growing() {
        receive(&mut listing, &pages.to_string());
        pages += 1;
        assert!(pages < 1_000_000);
    }
    assert_eq!(listing.error().unwrap().kind, ErrorKind::EndlessPages);
}

#[tokio::test(start_paused = true)]
async fn members_may_be_missing_null_or_twice() {
    let answer = json!({"Definitions": [
        {"Id": "a", "Name": null, "CreationTimestamp": "12"},
        {"Id": "a", "Name": "again"},
        {"Name": "without an id"},
        {"Id": "b", "Name": "", "LatestVersionArn": null},
    ], "NextToken": null});
    let answer = answer.to_string();
    let canned = Canned::new(move |_, _| Reply::json(answer.clone()));
    let page = client(&canned)
        .definitions(DefinitionKind::Core, None)
        .await
        .unwrap();
    assert!(page.next.is_none());
    assert!(
        page.items
            .iter()
            .any(|definition| definition.id.as_str() == "a")
    );
    assert!(page.unreadable >= 1);
}

#[tokio::test(start_paused = true)]
async fn endless_answer_is_refused_at_the_limit() {
    let sandbox = Sandbox::demo();
    sandbox.fail(Operation::ListGroups, 1, Fault::Huge(100 * 1024 * 1024));
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::start(sandbox, launch).await;
    let error = session.app.session.catalog().groups().error().unwrap();
    assert_eq!(error.kind, ErrorKind::TooLarge);
    session.press("r").await;
    assert!(session.app.session.catalog().groups().is_complete());
}

#[tokio::test(start_paused = true)]
async fn html_page_is_named_as_such() {
    let sandbox = Sandbox::demo();
    sandbox.fail(None, 1000, Fault::Html);
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let session = Session::start(sandbox, launch).await;
    let error = session.app.session.catalog().groups().error().unwrap();
    assert!(
        matches!(error.kind, ErrorKind::Unreadable | ErrorKind::NotServed),
        "{error:?}"
    );
    assert!(
        !session.screen().contains("<!DOCTYPE"),
        "{}",
        session.screen()
    );
}

#[tokio::test(start_paused = true)]
async fn huge_name_and_ten_thousand_definitions_work() {
    let sandbox = Sandbox::with(Account::new("123456789012", "eu-central-1"));
    let long = "n".repeat(1 << 20);
    sandbox.change(|account, moment| {
        for number in 0..10_000 {
            let name = format!("definition-{number}");
            account.create_definition(moment, DefinitionKind::Function, Some(&name));
        }
        let definition = account.create_definition(moment, DefinitionKind::Function, Some(&long));
        let content = json!({"Functions": []});
        account.create_definition_version(
            moment,
            DefinitionKind::Function,
            definition.as_str(),
            content,
        );
        let group = account.create_group(moment, &long);
        account.create_group_version(moment, group.as_str(), GroupSlots::default());
    });
    sandbox.set_pages(PageSizes {
        list: 250,
        content: 200,
    });
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::start(sandbox, launch).await;
    assert!(session.screen().len() < 10_000);
    session.press("<Enter>3").await;
    let catalog = session.app.session.catalog();
    assert_eq!(
        catalog.definitions(DefinitionKind::Function).items().len(),
        10_001
    );
    session.press("/nnn<Enter>").await;
    let screen = session.screen();
    assert!(
        screen.lines().all(|line| line.chars().count() <= 80),
        "{screen}"
    );
    assert!(session.work().draft().unwrap().differs());
}
