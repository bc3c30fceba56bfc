//! A request as it arrives: a method, a path, a query and a body, read member by member.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::answer::Refusal;
use super::operation::{Operation, percent_decoded, route};

/// One HTTP request to the account.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub method: &'a str,
    /// Still percent-encoded, without the query.
    pub path: &'a str,
    /// What follows the question mark, still percent-encoded.
    pub query: Option<&'a str>,
    /// The `X-Amzn-Client-Token` header.
    pub client_token: Option<&'a str>,
    pub body: &'a [u8],
}

impl Request<'_> {
    /// What is asked, if the API has such an operation.
    pub fn operation(&self) -> Option<Operation> {
        route(self.method, self.path).map(|route| route.operation)
    }

    /// The value of a query parameter, decoded.
    pub(super) fn query_value(&self, name: &str) -> Result<Option<String>, Refusal> {
        let pairs = self.query.unwrap_or_default().split('&');
        let mut values = pairs.filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key == name).then_some(value)
        });
        let Some(value) = values.next() else {
            return Ok(None);
        };
        percent_decoded(value, true)
            .map(Some)
            .ok_or_else(|| Refusal::bad_request(format!("{name} is not percent-encoded UTF-8.")))
    }

    /// The JSON object in the body, which may have only the `known` members; no body is an empty object.
    pub(super) fn members(&self, known: &[&str]) -> Result<Members, Refusal> {
        if self.body.is_empty() {
            return Ok(Members(Map::new()));
        }
        let body: Value = serde_json::from_slice(self.body)
            .map_err(|error| Refusal::bad_request(format!("The body is not JSON: {error}.")))?;
        Members::read("The body", body, known)
    }
}

/// The members of one JSON object.
#[derive(Debug)]
pub(super) struct Members(pub(super) Map<String, Value>);

impl Members {
    /// A member that the API does not have is refused: what is misspelt would be lost in silence.
    pub(super) fn read(what: &str, value: Value, known: &[&str]) -> Result<Self, Refusal> {
        let Value::Object(members) = value else {
            return Err(Refusal::bad_request(format!(
                "{what} is not a JSON object."
            )));
        };
        match members.keys().find(|name| !known.contains(&name.as_str())) {
            None => Ok(Self(members)),
            Some(name) => Err(Refusal::bad_request(format!(
                "{what} has an unknown member {name:?}."
            ))),
        }
    }

    /// Takes a member out; `null` is the same as absent.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::bad_request(format!("{name} is not a string."))),
        }
    }

    /// The `tags`: a map from string to string.
    pub(super) fn tags(&mut self) -> Result<BTreeMap<String, String>, Refusal> {
        let tags = self.take("tags").unwrap_or(Value::Object(Map::new()));
        serde_json::from_value(tags)
            .map_err(|_| Refusal::bad_request("tags is not a map from string to string."))
    }
}
