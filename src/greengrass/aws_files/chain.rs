//! Whose credentials sign: the order of the AWS CLI, followed through the profiles to its end.
//!
//! Source: botocore's `credentials.py`, `create_credential_resolver` and the providers in it. It differs
//! from the SDK's chain: keys in the credentials file come before `credential_process`, and a profile
//! that was named explicitly comes before the environment. Where the CLI would pass over half of a
//! setting and go on to the role of the machine, this stops and names the setting.

mod error;
mod links;
mod resolver;
mod settings;

pub use error::ChainError;
pub use links::{AccessKeys, Chain, ChainStart, ProfileChoice, Role, Sso, WebIdentity};
pub use resolver::resolve;
