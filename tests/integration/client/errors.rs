//! Every kind of error, from the service's response to the program's message.

use std::time::Duration;

use aws_smithy_runtime_api::client::result::ConnectorError;
use greengroup::domain::service_error::END_OF_SUPPORT;
use greengroup::domain::{Certainty, ErrorKind, GroupId, NextStep, ServiceError};
use rstest::rstest;

use super::client;
use crate::support::canned_http::{Canned, Reply};

async fn error(reply: impl Fn() -> Reply + Send + Sync + 'static) -> ServiceError {
    let canned = Canned::new(move |_, _| reply());
    client(&canned).group(&GroupId::new("g")).await.unwrap_err()
}

#[tokio::test]
async fn error_keeps_all_details_of_the_service() {
    let error = error(|| {
        Reply::status(
            400,
            r#"{"Message": "The group is invalid", "ErrorDetails": [
                {"DetailedErrorCode": "GG-303", "DetailedErrorMessage": "You need a core."},
                {"DetailedErrorCode": "GG-304"}, "bare", {}, null]}"#,
        )
        .with(
            "x-amzn-ErrorType",
            "aws.greengrass#BadRequestException:http://internal/",
        )
        .with("x-amzn-RequestId", "req-1")
    })
    .await;
    assert_eq!(error.operation, "GetGroup");
    assert_eq!(error.code.as_deref(), Some("BadRequestException"));
    assert_eq!(error.status, Some(400));
    assert_eq!(error.message, "The group is invalid");
    assert_eq!(error.request_id.as_deref(), Some("req-1"));
    assert_eq!(error.kind, ErrorKind::Refused);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    let details: Vec<_> = error
        .details
        .iter()
        .map(|detail| (detail.code.as_deref(), detail.message.as_deref()))
        .collect();
    assert_eq!(
        details,
        [
            (Some("GG-303"), Some("You need a core.")),
            (Some("GG-304"), None),
            (None, Some("bare")),
        ]
    );
}

#[rstest]
#[case::seconds("7", Some(7))]
#[case::date("Fri, 27 Nov 2026 20:00:00 GMT", None)]
#[tokio::test]
async fn throttling_keeps_its_retry_after(
    #[case] header: &'static str,
    #[case] seconds: Option<u64>,
) {
    let error = error(move || Reply::status(429, "{}").with("Retry-After", header)).await;
    assert_eq!(error.kind, ErrorKind::Throttled);
    assert_eq!(error.retry_after, seconds.map(Duration::from_secs));
}

#[tokio::test]
async fn a_message_that_is_json_itself_is_unpacked() {
    let error = error(|| {
        Reply::status(
            400,
            r#"{"__type": "MissingCoreException", "message": "{\"ErrorDetails\":[{\"DetailedErrorCode\":\"GG-303\",\"DetailedErrorMessage\":\"You need a Greengrass Core in this Group before you can deploy.\"}]}"}"#,
        )
    })
    .await;
    assert_eq!(error.code.as_deref(), Some("MissingCoreException"));
    assert_eq!(
        error.message,
        "You need a Greengrass Core in this Group before you can deploy."
    );
    assert_eq!(error.details[0].code.as_deref(), Some("GG-303"));
}

#[tokio::test(start_paused = true)]
async fn codes_and_statuses_decide_error_kind() {
    let table = [
        (403, "AccessDeniedException", ErrorKind::AccessDenied),
        (403, "ExpiredTokenException", ErrorKind::ExpiredCredentials),
        (400, "ExpiredToken", ErrorKind::ExpiredCredentials),
        (
            403,
            "UnrecognizedClientException",
            ErrorKind::BadCredentials,
        ),
        (403, "InvalidSignatureException", ErrorKind::BadCredentials),
        (403, "SignatureDoesNotMatch", ErrorKind::BadCredentials),
        (403, "InvalidClientTokenId", ErrorKind::BadCredentials),
        (400, "ThrottlingException", ErrorKind::Throttled),
        (429, "TooManyRequestsException", ErrorKind::Throttled),
        (429, "SomethingElse", ErrorKind::Throttled),
        (404, "IdNotFoundException", ErrorKind::NotFound),
        (404, "VersionNotFoundException", ErrorKind::NotFound),
        (404, "404", ErrorKind::NotFound),
        (400, "InvalidInputException", ErrorKind::Refused),
        (
            400,
            "InvalidContainerDefinitionException",
            ErrorKind::Refused,
        ),
        (400, "400", ErrorKind::Refused),
        (500, "InternalServerErrorException", ErrorKind::ServerFault),
        (503, "ServiceUnavailableException", ErrorKind::ServerFault),
        (404, "UnknownOperationException", ErrorKind::NotServed),
        (
            403,
            "MissingAuthenticationTokenException",
            ErrorKind::NotServed,
        ),
        (410, "Gone", ErrorKind::NotServed),
    ];
    for (status, code, kind) in table {
        let error = error(move || Reply::error(status, code, "said so")).await;
        assert_eq!(error.kind, kind, "{status} {code}");
        assert_eq!(error.code.as_deref(), Some(code));
        assert!(error.message.starts_with("said so"), "{}", error.message);
    }
}

#[tokio::test(start_paused = true)]
async fn html_page_is_not_greengrass() {
    const PAGE: &str =
        "<!DOCTYPE html>\n<html><head><title>Sign in\n to the hotel</title></head></html>";
    let table = [
        (200, ErrorKind::Unreadable),
        (302, ErrorKind::Unreadable),
        (403, ErrorKind::NotServed),
        (404, ErrorKind::NotServed),
        (410, ErrorKind::NotServed),
        (502, ErrorKind::ServerFault),
    ];
    for (status, kind) in table {
        let error = error(move || Reply::status(status, PAGE)).await;
        assert_eq!(error.kind, kind, "{status}");
        let page = "the endpoint answered with a web page: Sign in to the hotel";
        assert!(error.message.starts_with(page), "{}", error.message);
        let ended = greengroup::ui::advice(error.next_step())
            .contains(&format!("AWS ended Greengrass V1 on {END_OF_SUPPORT}"));
        assert_eq!(ended, kind == ErrorKind::NotServed);
    }
}

#[tokio::test(start_paused = true)]
async fn rubbish_is_reported_and_not_shown_at_length() {
    for body in [
        "not json at all",
        "{",
        "[1, 2]",
        "null",
        r#""text""#,
        r#"{"Id": {"deep": []}}"#,
        r#"{"Id": "g"} trailing"#,
        "\u{0}\u{1b}[31m",
    ] {
        let error = error(move || Reply::json(body)).await;
        assert_eq!(error.kind, ErrorKind::Unreadable, "{body}");
        assert_eq!(error.status, Some(200));
        assert!(!error.message.is_empty());
    }
    let nested = "[".repeat(1_000_000);
    let deep = format!(r#"{{"tags": {nested}"#);
    let error = error(move || Reply::json(deep.clone())).await;
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert!(error.message.chars().count() < 300, "{}", error.message);
}

#[tokio::test(start_paused = true)]
async fn empty_error_still_has_a_message() {
    for (status, kind) in [
        (400, ErrorKind::Unreadable),
        (404, ErrorKind::NotServed),
        (500, ErrorKind::ServerFault),
    ] {
        let error = error(move || Reply::status(status, "")).await;
        assert_eq!(error.kind, kind);
        assert!(
            error.message.contains(&status.to_string()),
            "{}",
            error.message
        );
    }
    let error = error(|| Reply::status(400, "{}")).await;
    assert_eq!(error.kind, ErrorKind::Refused);
}

#[tokio::test]
async fn sts_speaks_xml_when_it_refuses() {
    let canned = Canned::always(
        403,
        "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code>\
         <Message>The security token included in the request is expired</Message></Error>\
         <RequestId>r</RequestId></ErrorResponse>",
    );
    let error = client(&canned).identity().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::ExpiredCredentials);
    assert_eq!(error.code.as_deref(), Some("ExpiredToken"));
    assert!(error.message.starts_with("The security token"));
}

#[tokio::test(start_paused = true)]
async fn failed_connection_knows_whether_it_sent() {
    let refused = error(Reply::refused).await;
    assert_eq!(refused.kind, ErrorKind::Unreachable);
    assert_eq!(refused.certainty, Certainty::NotExecuted);
    assert_eq!(
        refused.message,
        "cannot connect to greengrass.eu-central-1.amazonaws.com: Connection refused"
    );
    let cut = error(Reply::cut).await;
    assert_eq!(cut.kind, ErrorKind::NoAnswer);
    assert_eq!(cut.certainty, Certainty::Unknown);
    let hung = error(|| Reply::Hangs).await;
    assert_eq!(hung.kind, ErrorKind::NoAnswer);
    assert_eq!(hung.certainty, Certainty::Unknown);
    let invalid = error(|| Reply::Fails(ConnectorError::user("no such header".into()))).await;
    assert_eq!(invalid.kind, ErrorKind::NotSent);
    assert_eq!(invalid.certainty, Certainty::NotExecuted);
}

#[tokio::test]
async fn empty_id_is_refused_before_sending() {
    let canned = Canned::always(200, "{}");
    let error = client(&canned).group(&GroupId::new("")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotSent);
    assert_eq!(error.certainty, Certainty::NotExecuted);
    assert_eq!(canned.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn server_without_groups_is_not_greengrass() {
    let canned = Canned::new(|_, _| Reply::status(404, r#"{"message":"Not Found"}"#));
    let groups = client(&canned).groups(None).await.unwrap_err();
    assert_eq!(groups.kind, ErrorKind::NotServed);
    let group = error(|| Reply::status(404, r#"{"message":"Not Found"}"#)).await;
    assert_eq!(group.kind, ErrorKind::NotFound);
}

#[tokio::test(start_paused = true)]
async fn redirect_names_its_target() {
    let reply =
        || Reply::status(302, "<html></html>").with("location", "https://sso.example/login");
    let error = error(reply).await;
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert!(
        error
            .message
            .contains("redirects to https://sso.example/login"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn compressed_answer_names_its_encoding() {
    let error = error(|| Reply::status(200, "\u{1f}").with("content-encoding", "gzip")).await;
    assert!(error.message.contains("Content-Encoding: gzip"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn proxy_password_prompt_is_not_a_web_page() {
    let error = error(|| Reply::status(407, "<html><title>Proxy</title></html>")).await;
    assert_eq!(error.kind, ErrorKind::Unreachable);
    assert!(
        error.message.contains("user name and password (407)"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn unknown_sts_operation_is_not_a_deleted_thing() {
    let canned = Canned::always(404, r#"{"message": "Not Found"}"#);
    let error = client(&canned).identity().await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreadable);
    assert_eq!(error.next_step(), NextStep::CheckEndpoint);
}
