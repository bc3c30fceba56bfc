//! A request: method, path, query and body, read member by member.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::answer::Refusal;
use super::operation::{Operation, percent_decoded, route};

/// One HTTP request to the account.
#[derive(Debug, Clone, Copy)]
pub struct ApiRequest<'a> {
    pub method: &'a str,
    /// Still percent-encoded, without the query.
    pub path: &'a str,
    /// The part after the question mark, still percent-encoded.
    pub query: Option<&'a str>,
    /// The `X-Amzn-Client-Token` header.
    pub client_token: Option<&'a str>,
    pub body: &'a [u8],
}

impl ApiRequest<'_> {
    /// The operation, if the API has it.
    pub fn operation(&self) -> Option<Operation> {
        route(self.method, self.path).map(|route| route.operation)
    }

    /// Whether the request can change the account. The API reads with GET only.
    pub(in crate::sandbox) fn changes_the_account(&self) -> bool {
        let reads = matches!(
            self.operation(),
            None | Some(Operation::NotSimulated(_) | Operation::GetCallerIdentity)
        );
        self.method != "GET" && !reads
    }

    /// The value of a query parameter, decoded; `None` if it is absent or empty.
    pub(super) fn query_value(&self, name: &str) -> Result<Option<String>, Refusal> {
        let first = self.query_values(name)?.into_iter().next();
        Ok(first.filter(|value| !value.is_empty()))
    }

    /// The values of a query parameter that may be repeated, decoded.
    pub(super) fn query_values(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let pairs = self.query.unwrap_or_default().split('&');
        let values = pairs.filter_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (key == name).then(|| percent_decoded(&value.replace('+', " ")))
        });
        values
            .collect::<Option<_>>()
            .ok_or_else(|| Refusal::bad_request(format!("{name} is not percent-encoded UTF-8.")))
    }

    /// The JSON object in the body, which may have only the `known` members. An empty body is an empty
    /// object.
    pub(super) fn members(&self, known: &[&str]) -> Result<Members, Refusal> {
        if self.body.is_empty() {
            return Ok(Members(Map::new()));
        }
        // Some editors and shells write a byte order mark.
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.body);
        let body: Value = serde_json::from_slice(body)
            .map_err(|error| Refusal::bad_request(format!("The body is not JSON: {error}.")))?;
        Members::read("The body", body, known)
    }
}

/// The members of one JSON object.
#[derive(Debug)]
pub(super) struct Members(pub(super) Map<String, Value>);

impl Members {
    /// Refuses members that the API does not have: a misspelt one would be lost silently.
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

    /// Removes and returns a member; `null` is the same as absent.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.shift_remove(name).filter(|value| !value.is_null())
    }

    /// As [`Members::take`]; `expected` describes the type for the refusal of another one.
    fn typed<T: DeserializeOwned>(
        &mut self,
        name: &str,
        expected: &str,
    ) -> Result<Option<T>, Refusal> {
        let value = self.take(name).map(serde_json::from_value).transpose();
        value.map_err(|_| Refusal::bad_request(format!("{name} is not {expected}.")))
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        self.typed(name, "a string")
    }

    /// A text that is not empty.
    pub(super) fn filled_text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(name)?.filter(|text| !text.is_empty()))
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, Refusal> {
        self.typed(name, "true or false")
    }

    /// The `tags`: a map from string to string (AWS General Reference, "Tagging AWS resources").
    pub(super) fn tags(&mut self) -> Result<BTreeMap<String, String>, Refusal> {
        const MAX_KEY: usize = 128;
        const MAX_VALUE: usize = 256;
        let tags: Option<BTreeMap<String, String>> =
            self.typed("tags", "a map from string to string")?;
        let tags = tags.unwrap_or_default();
        let is_bad = |(key, value): &(&String, &String)| {
            key.is_empty()
                || key.chars().count() > MAX_KEY
                || value.chars().count() > MAX_VALUE
                || key.to_ascii_lowercase().starts_with("aws:")
        };
        match tags.iter().find(is_bad) {
            None => Ok(tags),
            Some((key, _)) => Err(Refusal::bad_request(format!(
                "The tag {key:?} is invalid: a key has 1 to {MAX_KEY} characters and does not begin with \"aws:\", \
                 a value has at most {MAX_VALUE} characters."
            ))),
        }
    }
}
