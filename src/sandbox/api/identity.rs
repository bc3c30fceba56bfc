//! GetCallerIdentity, the only operation of STS that the sandbox has: form in, XML out.

use super::answer::Response;
use super::request::ApiRequest;
use crate::sandbox::account::Account;

/// The role whose session every caller of the sandbox has.
const ROLE: &str = "sandbox";
const SESSION: &str = "greengroup";

/// Answers a form whose `Action` is GetCallerIdentity (STS API reference, version 2011-06-15).
pub(super) fn answer(account: &Account, request: &ApiRequest<'_>, request_id: &str) -> Response {
    let form = String::from_utf8_lossy(request.body);
    let is_asked = form
        .split('&')
        .any(|pair| pair == "Action=GetCallerIdentity");
    if !is_asked {
        let body = format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>\
             <Type>Sender</Type><Code>InvalidAction</Code>\
             <Message>The sandbox answers GetCallerIdentity only.</Message></Error>\
             <RequestId>{request_id}</RequestId></ErrorResponse>"
        );
        return Response::new(400, "text/xml", body.into_bytes());
    }
    let (partition, id) = (account.partition(), account.id());
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\
         <GetCallerIdentityResult>\
         <Arn>arn:{partition}:sts::{id}:assumed-role/{ROLE}/{SESSION}</Arn>\
         <UserId>AROASANDBOXSANDBOXSAN:{SESSION}</UserId><Account>{id}</Account>\
         </GetCallerIdentityResult>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    );
    Response::new(200, "text/xml", body.into_bytes())
}
