//! The credentials that sign, resolved through the profiles in the order of the AWS CLI.
//!
//! Source: botocore's `credentials.py`, `create_credential_resolver` and the providers in it.
//!
//! The order differs from the SDK's chain: keys in the credentials file precede `credential_process`. A
//! profile that is named explicitly precedes the environment.
//!
//! The CLI skips an incomplete setting and tries the role of the machine. Here an incomplete setting is an
//! error that names it.

mod error;
mod links;
mod resolver;
mod settings;

pub use error::ChainError;
pub use links::{AccessKeys, Chain, ChainStart, ProfileChoice, Role, Sso, WebIdentity};
pub use resolver::resolve;
