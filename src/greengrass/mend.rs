//! Lets one member of the wrong type not spoil a whole answer: the SDK would refuse all of it.
//!
//! AWS's own documents promise timestamps in milliseconds where the service writes text, so an
//! endpoint that follows them answers with numbers; others write numbers and booleans as text.

use aws_sdk_greengrass::config::interceptors::BeforeDeserializationInterceptorContextMut;
use aws_sdk_greengrass::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

/// The members that the API's model makes 32-bit integers; all others hold text.
const NUMBERS: [&str; 5] = ["MemorySize", "Timeout", "Uid", "Gid", "Space"];

/// The members that the API's model makes booleans.
const BOOLEANS: [&str; 4] = ["SyncShadow", "Pinned", "AccessSysfs", "AutoAddGroupOwner"];

/// The members whose own members are chosen by the person: text, whatever they are called.
const MAPS: [&str; 3] = ["Variables", "Parameters", "tags"];

/// No page of the service comes near this, in bytes; larger ones are not worth their weight in memory twice.
const LARGEST_MENDED: usize = 4 * 1024 * 1024;

/// Gives the members of successful answers the types of the API's model.
#[derive(Debug)]
pub(super) struct Mending;

#[dyn_dispatch_hint]
impl Intercept for Mending {
    fn name(&self) -> &'static str {
        "Mending"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        if !response.status().is_success() {
            return Ok(());
        }
        let body = response
            .body()
            .bytes()
            .filter(|body| body.len() <= LARGEST_MENDED);
        let parsed = body.map(serde_json::from_slice);
        if let Some(Ok(mut answer)) = parsed
            && mend(&mut answer, Wanted::Text)
        {
            *response.body_mut() = SdkBody::from(answer.to_string());
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Text,
    Number,
    Boolean,
    /// Text all the way down.
    Map,
}

impl Wanted {
    fn of_member(name: &str) -> Self {
        if NUMBERS.contains(&name) {
            Self::Number
        } else if BOOLEANS.contains(&name) {
            Self::Boolean
        } else if MAPS.contains(&name) {
            Self::Map
        } else {
            Self::Text
        }
    }
}

/// True when something in `value` was changed. A null among the entries of a list is no entry.
fn mend(value: &mut Value, wanted: Wanted) -> bool {
    let mended = match (&mut *value, wanted) {
        (Value::Object(members), _) => {
            let count = members.len();
            if wanted == Wanted::Map {
                members.retain(|_, member| !member.is_null());
            }
            let mut is_changed = members.len() != count;
            for (name, member) in members {
                let wanted = match wanted {
                    Wanted::Map => Wanted::Map,
                    Wanted::Text | Wanted::Number | Wanted::Boolean => Wanted::of_member(name),
                };
                is_changed |= mend(member, wanted);
            }
            return is_changed;
        }
        (Value::Array(items), _) => {
            let count = items.len();
            items.retain(|item| !item.is_null());
            let mut is_changed = items.len() != count;
            for item in items {
                is_changed |= mend(item, wanted);
            }
            return is_changed;
        }
        (Value::Null, _)
        | (Value::String(_), Wanted::Text | Wanted::Map)
        | (Value::Bool(_), Wanted::Boolean) => return false,
        (Value::Number(number), Wanted::Number) if fits(number.as_i64()) => return false,
        (Value::Number(number), Wanted::Text | Wanted::Map) => Value::from(number.to_string()),
        (Value::Bool(truth), Wanted::Text | Wanted::Map) => Value::from(truth.to_string()),
        (Value::String(text), Wanted::Number) => match text.trim().parse::<i32>() {
            Ok(number) => Value::from(number),
            Err(_) => Value::Null,
        },
        (Value::String(text), Wanted::Boolean) => match text.trim().parse::<bool>() {
            Ok(truth) => Value::from(truth),
            Err(_) => Value::Null,
        },
        (Value::Number(_) | Value::Bool(_), Wanted::Number | Wanted::Boolean) => Value::Null,
    };
    *value = mended;
    true
}

fn fits(number: Option<i64>) -> bool {
    number.is_some_and(|number| i32::try_from(number).is_ok())
}
