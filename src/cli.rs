//! The command line: what can be asked for, and what it is turned into.

mod account;
mod completions;
mod doctor;
pub mod documents;
mod farewell;
mod refusal;
mod screen;
mod serve;
mod settings;
mod snapshot;
mod unused;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use clap_complete::engine::ArgValueCandidates;

use crate::app::launch::{Launch, SetSlot};
use crate::domain::{GroupVersionId, RequestLimit};
use crate::greengrass::{ClientOptions, ConnectOptions};
use crate::runtime::config::Config;
use crate::runtime::receipt::Output;

pub use completions::{Completed, complete};
pub use farewell::Farewell;
pub use serve::ListenAddress;

/// Does what the command line asks for.
pub async fn run(command_line: CommandLine) -> Farewell {
    if let Some(refusal) = unused::refusal(&command_line) {
        return Farewell::refused(refusal);
    }
    match command_line.subcommand.clone() {
        None => Box::pin(screen::show(command_line)).await,
        Some(Subcommands::Serve(arguments)) => {
            serve::run(arguments, command_line.service.region).await
        }
        Some(Subcommands::Snapshot(arguments)) => {
            Box::pin(snapshot::run(command_line, arguments)).await
        }
        Some(Subcommands::Doctor(arguments)) => doctor::run(command_line, arguments).await,
        Some(Subcommands::Completions { shell }) => completions::script(shell),
        Some(Subcommands::Man) => documents::print_manual(),
    }
}

/// Assemble AWS IoT Greengrass V1 group versions by hand, in a terminal.
///
/// AWS ended Greengrass V1 on 2026-10-07: use --endpoint-url with any server that speaks its API,
/// or --sandbox for the account that is built in.
#[derive(Debug, Clone, Parser)]
#[command(name = "greengroup", version, max_term_width = 100)]
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

/// Which account is reached, and how.
#[derive(Debug, Clone, Args)]
pub struct ServiceArguments {
    /// Profile in the AWS files, instead of AWS_PROFILE
    #[arg(long, value_name = "NAME", global = true, add = ArgValueCandidates::new(completions::profiles))]
    pub profile: Option<String>,
    /// Region, instead of AWS_REGION and the profile's
    #[arg(long, value_name = "NAME", global = true, add = ArgValueCandidates::new(completions::regions))]
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

/// Where the screen begins and what may be done there.
#[derive(Debug, Clone, Args)]
pub struct StartArguments {
    /// Open this group directly
    #[arg(long, value_name = "NAME|ID", add = ArgValueCandidates::new(completions::groups))]
    pub group: Option<String>,
    /// Base group version: an id, its first 8 characters, or `latest`
    #[arg(
        long,
        value_name = "VERSION",
        default_value = "latest",
        hide_default_value = true
    )]
    pub from: String,
    /// Fill or empty a slot before the screen opens; can be given several times
    #[arg(long, value_name = "KIND=ARN|none")]
    pub set: Vec<SetSlot>,
    /// Change nothing: no key that creates is bound, and the client refuses too
    #[arg(long)]
    pub read_only: bool,
    /// Go all the way, but print the request instead of sending it
    #[arg(long)]
    pub dry_run: bool,
    /// What a created version prints on standard output
    #[arg(long, value_enum, default_value_t)]
    pub output: OutputFormat,
}

/// How it looks, and what it writes down.
#[derive(Debug, Clone, Args)]
pub struct AppearanceArguments {
    /// Colours, instead of the configuration's; NO_COLOR and TERM decide when it is `auto`
    #[arg(long, value_enum, value_name = "WHEN", global = true)]
    pub color: Option<ColorChoice>,
    /// Borders and marks in ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Configuration, instead of ~/.config/greengroup/config.toml
    #[arg(long, value_name = "FILE", global = true, value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// How much greengroup.log tells
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t, global = true)]
    pub log_level: LogLevel,
}

/// What can be done instead of opening the screen.
#[derive(Debug, Clone, Subcommand)]
pub enum Subcommands {
    /// Serve the built-in account over HTTP, for other clients
    #[command(after_long_help = serve::after_help())]
    Serve(ServeArguments),
    /// Save every group, definition and version that the credentials can read
    ///
    /// FILE is then an account for --sandbox=FILE and `serve FILE`: to rehearse a change, or to keep a record.
    /// What is read on the way stands in FILE.partial; the same command goes on from there after an interruption.
    Snapshot(SnapshotArguments),
    /// Say what is in force and what is not in order: version, files, terminal, account; never a secret
    Doctor(DoctorArguments),
    /// Print what makes a shell complete options, profiles, regions and groups
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum OutputFormat {
    #[default]
    Text,
    Json,
    Arn,
}

impl From<OutputFormat> for Output {
    fn from(format: OutputFormat) -> Self {
        match format {
            OutputFormat::Text => Self::Text,
            OutputFormat::Json => Self::Json,
            OutputFormat::Arn => Self::Arn,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum LogLevel {
    Off,
    Error,
    #[default]
    Warn,
    Info,
    Debug,
    Trace,
}

impl CommandLine {
    /// What the app starts with.
    pub fn launch(&self, config: &Config) -> Launch {
        let start = &self.start;
        Launch {
            group: start.group.clone(),
            from: (start.from != "latest").then(|| GroupVersionId::new(start.from.as_str())),
            set: start.set.clone(),
            read_only: start.read_only,
            dry_run: start.dry_run,
            is_sandbox: self.service.sandbox.is_some(),
            is_demo: self.service.sandbox == Some(SandboxAccount::Demo),
            sort: config.sort,
            requests: self.request_limit(config),
        }
    }

    /// The limit for requests; none for the sandbox, whose account no device shares.
    fn request_limit(&self, config: &Config) -> RequestLimit {
        let is_paced = self.service.sandbox.is_none() || config.requests != RequestLimit::default();
        RequestLimit {
            per_second: if is_paced {
                config.requests.per_second
            } else {
                f64::INFINITY
            },
            burst: config.requests.burst,
        }
    }

    /// How a client behaves.
    pub fn client_options(&self, config: &Config) -> ClientOptions {
        let limit = self.request_limit(config);
        ClientOptions {
            read_only: self.start.read_only,
            requests_per_second: limit.per_second,
            burst: limit.burst,
            ..ClientOptions::default()
        }
    }

    /// How an account other than the built-in one is reached.
    pub fn connect_options(&self, client: ClientOptions) -> ConnectOptions {
        ConnectOptions {
            profile: self.service.profile.clone(),
            region: self.service.region.clone(),
            endpoint_url: self.service.endpoint_url.clone(),
            client,
            session_helper: session_helper(),
            environment: None,
            files: None,
        }
    }
}

/// This program, which starts a `credential_process` without the terminal. Linux's link to it also works
/// after its file was replaced.
fn session_helper() -> Option<OsString> {
    let link = std::path::Path::new("/proc/self/exe");
    if link.exists() {
        return Some(link.into());
    }
    std::env::current_exe().ok().map(OsString::from)
}
