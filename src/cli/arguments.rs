//! The arguments: subcommands, options and their help.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use tracing::level_filters::LevelFilter;

use super::set_argument::SetArgument;
use crate::runtime::config::AUTO_THEME;
use crate::sandbox::NOT_SIMULATED;
use crate::ui::theme::Theme;

/// Assemble AWS IoT Greengrass V1 group versions by hand, in a terminal.
///
/// AWS ended Greengrass V1 on 2026-10-07: use --endpoint-url with any server that speaks its API,
/// or --sandbox for the account that is built in.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "greengroup",
    version,
    max_term_width = 100,
    after_help = "Contents are edited in $GREENGROUP_EDITOR, $VISUAL, $EDITOR or vi."
)]
pub struct CommandLine {
    #[command(subcommand)]
    pub subcommand: Option<Subcommands>,
    #[command(flatten)]
    pub service: ServiceArguments,
    #[command(flatten)]
    pub start: StartArguments,
    #[command(flatten)]
    pub appearance: AppearanceArguments,
}

/// The account to connect to.
#[derive(Debug, Clone, Args)]
pub struct ServiceArguments {
    /// Profile in the AWS files, instead of AWS_PROFILE
    #[arg(long, value_name = "NAME", global = true)]
    pub profile: Option<String>,
    /// Region, instead of AWS_REGION and the profile's
    #[arg(long, value_name = "NAME", global = true)]
    pub region: Option<String>,
    /// Greengrass's endpoint, instead of AWS_ENDPOINT_URL_GREENGRASS
    #[arg(long, value_name = "URL", global = true)]
    pub endpoint_url: Option<String>,
    /// The built-in account: demo data, or FILE, to which what is created is saved
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        value_parser = OsStringValueParser::new().map(SandboxAccount::from),
        global = true,
        value_hint = ValueHint::FilePath,
        conflicts_with_all = ["profile", "region", "endpoint_url"]
    )]
    pub sandbox: Option<SandboxAccount>,
}

/// The account that is built in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SandboxAccount {
    /// Demo data, a fresh copy each time.
    Demo,
    File(PathBuf),
}

impl From<OsString> for SandboxAccount {
    fn from(text: OsString) -> Self {
        if text.is_empty() {
            Self::Demo
        } else {
            Self::File(text.into())
        }
    }
}

impl ServiceArguments {
    /// True for the demo data: a fresh copy that ends with the program.
    pub(super) fn is_demo(&self) -> bool {
        self.sandbox == Some(SandboxAccount::Demo)
    }
}

/// The initial state of the screen, and the changes that it may make.
#[derive(Debug, Clone, Args)]
pub struct StartArguments {
    /// Open this group directly
    #[arg(long, value_name = "NAME|ID")]
    pub group: Option<String>,
    /// Base group version: an id, its first 8 characters, or `latest`
    #[arg(
        long,
        value_name = "VERSION",
        default_value = "latest",
        hide_default_value = true
    )]
    pub from: String,
    /// Fill or empty a slot before the screen opens, or write a new version from the JSON in FILE; can be given
    /// several times
    #[arg(long, value_name = "KIND=ARN|none|@FILE")]
    pub set: Vec<SetArgument>,
    /// Change nothing: no key that creates is bound, and the client refuses too
    #[arg(long)]
    pub read_only: bool,
    /// Go all the way, but print the request instead of sending it
    #[arg(long)]
    pub dry_run: bool,
    /// Ask whether to deploy what was created; `wait` ends the program with the deployment
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "ask",
        conflicts_with = "read_only"
    )]
    pub deploy: Option<DeployChoice>,
    /// What a created version prints on standard output
    #[arg(long, value_enum, default_value_t)]
    pub output: OutputFormat,
}

/// Colours, borders, configuration and log.
#[derive(Debug, Clone, Args)]
pub struct AppearanceArguments {
    /// Colours, instead of the configuration's; NO_COLOR and TERM decide when it is `auto`
    #[arg(long, value_enum, value_name = "WHEN", global = true)]
    pub color: Option<ColorChoice>,
    /// Theme, instead of the configuration's; `auto` follows COLORFGBG
    #[arg(long, value_name = "NAME", global = true, value_parser = theme_names())]
    pub theme: Option<String>,
    /// Borders and marks in ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Configuration, instead of ~/.config/greengroup/config.toml
    #[arg(long, value_name = "FILE", global = true, value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// How detailed greengroup.log is
    #[arg(long, value_name = "LEVEL", default_value = "warn", value_parser = log_levels())]
    #[arg(global = true)]
    pub log_level: LevelFilter,
}

/// The subcommands; without one, the screen opens.
#[derive(Debug, Clone, Subcommand)]
pub enum Subcommands {
    /// Serve the built-in account over HTTP, for other clients
    #[command(after_long_help = serve_help())]
    Serve(ServeArguments),
    /// Save every group, definition and version that the credentials can read
    ///
    /// FILE is then an account for --sandbox=FILE and `serve FILE`: to rehearse a change, or to keep a record.
    /// Until it is complete, FILE.partial keeps what was read; after an interruption the same command continues.
    Snapshot(SnapshotArguments),
    /// Check the setup: version, files, terminal, account; no secret is printed
    Doctor(DoctorArguments),
    /// Print the script with which a shell completes options, profiles, regions and groups
    ///
    /// For bash: put `source <(greengroup completions bash)` into ~/.bashrc.
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page; `greengroup man | man -l -` shows it
    Man,
}

#[derive(Debug, Clone, Args)]
pub struct SnapshotArguments {
    /// The file to write, readable by its owner only
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Replace FILE even if it holds things that the account does not have
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Clone, Args)]
pub struct DoctorArguments {
    /// As Markdown, for a bug report
    #[arg(long)]
    pub markdown: bool,
    /// Print the configuration with every default instead, to begin one from
    #[arg(long, conflicts_with = "markdown")]
    pub default_config: bool,
}

#[derive(Debug, Clone, Args)]
pub struct ServeArguments {
    /// Account file, to which what is created is saved; without it the demo account
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Begin FILE as an empty account, in --region or AWS_REGION; FILE must not exist
    #[arg(long, requires = "file")]
    pub empty: bool,
    /// Address or name to listen at; port 0 takes a free one
    #[arg(long, value_name = "HOST:PORT", default_value = crate::app::aws_cli::SERVE_ADDRESS)]
    pub listen: ListenAddress,
}

/// `HOST:PORT`, where HOST is an IP address or a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenAddress {
    pub(super) host: String,
    pub(super) port: u16,
}

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.rsplit_once(':').and_then(|(host, port)| {
            let host = host
                .strip_prefix('[')
                .map_or(host, |host| host.trim_end_matches(']'));
            Some((host, port.parse().ok()?))
        });
        match parts {
            Some((host, port)) if !host.is_empty() => Ok(Self {
                host: host.to_owned(),
                port,
            }),
            Some(_) | None => Err("it must be HOST:PORT, such as 127.0.0.1:8471".to_owned()),
        }
    }
}

fn theme_names() -> PossibleValuesParser {
    let names = [AUTO_THEME].into_iter().chain(Theme::NAMES.iter().copied());
    PossibleValuesParser::new(names)
}

fn log_levels() -> impl TypedValueParser<Value = LevelFilter> {
    PossibleValuesParser::new(["off", "error", "warn", "info", "debug", "trace"])
        .try_map(|level| level.parse::<LevelFilter>())
}

/// The long help of `serve`.
fn serve_help() -> String {
    format!(
        "FILE can be shared: other programs may use it at the same time, and no change is lost.\n\n\
         A deployment is Building for 3 s and InProgress for 3 s, then Success; if the checks find something blocking \
         it goes from Building to Failure. A group with the tag greengroup:core=offline has a core that never answers.\n\n\
         Not simulated (answered with 501 NotSimulatedException): {}.",
        NOT_SIMULATED.join(", ")
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OutputFormat {
    #[default]
    Text,
    Json,
    Arn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DeployChoice {
    Ask,
    Wait,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}
