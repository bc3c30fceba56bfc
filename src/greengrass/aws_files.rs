//! AWS's configuration and credentials files, read once by the rules of the AWS CLI.
//!
//! Sources: botocore's `configloader.py` and `session.py` (`full_config`). A section that the CLI refuses is
//! refused here only if it is used, otherwise skipped.

pub mod chain;
pub mod ini;
mod paths;
pub mod profile;
pub mod words;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::environment::Environment;
use ini::{Document, Problem};
use profile::{Profile, Values, WrongLine};

pub(super) use paths::expand;

/// One of the two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwsFile {
    pub path: PathBuf,
    pub state: FileState,
}

/// Whether a file can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    Absent,
    Read {
        /// The skipped lines and sections, with the reasons.
        skipped: Vec<Problem>,
    },
    Unusable(String),
}

/// Both files.
#[derive(Debug, Clone)]
pub struct AwsFiles {
    pub config: AwsFile,
    pub credentials: AwsFile,
    profiles: BTreeMap<String, Profile>,
    sso_sessions: HashMap<String, Values>,
    services: HashMap<String, Values>,
    /// Lines before the first section of a file belong to no profile, so nothing can be used.
    stray: Option<WrongLine>,
}

impl AwsFiles {
    /// Reads the files that the environment names, or those in `~/.aws`.
    pub fn read(environment: &Environment) -> Self {
        let read = |variable, usual| {
            let path = paths::expand(environment.get(variable).unwrap_or(usual), environment);
            let content = paths::read(&path);
            (path, content)
        };
        Self::parse(
            read("AWS_CONFIG_FILE", "~/.aws/config"),
            read("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        )
    }

    /// `None` is an absent file.
    pub fn parse(
        (config_path, config): (PathBuf, Result<Option<String>, String>),
        (credentials_path, credentials): (PathBuf, Result<Option<String>, String>),
    ) -> Self {
        let (config, of_config) = AwsFile::parse(config_path, config);
        let (credentials, of_credentials) = AwsFile::parse(credentials_path, credentials);
        let mut files = Self {
            config,
            credentials,
            profiles: BTreeMap::new(),
            sso_sessions: HashMap::new(),
            services: HashMap::new(),
            stray: None,
        };
        files.add_config(of_config);
        files.add_credentials(of_credentials);
        files
    }

    fn add_config(&mut self, document: Document) {
        let path = self.config.path.clone();
        self.note_stray(&path, &document);
        for section in document.sections {
            self.config.skip(section.problems.clone());
            let Some((kind, name)) = named(&section.name) else {
                let name = section.name;
                let reason =
                    format!("[{name}] is not a section of the AWS CLI, such as [profile NAME]");
                self.config.skip(vec![Problem::new(section.line, reason)]);
                continue;
            };
            let values = Values::of(section, &path);
            match kind {
                Kind::Profile => self.profile(name).config = Some(values),
                Kind::SsoSession => _ = self.sso_sessions.insert(name, values),
                Kind::Services => _ = self.services.insert(name, values),
            }
        }
    }

    fn add_credentials(&mut self, document: Document) {
        let path = self.credentials.path.clone();
        self.note_stray(&path, &document);
        for section in document.sections {
            self.credentials.skip(section.problems.clone());
            let name = section.name.clone();
            self.profile(name).credentials = Some(Values::of(section, &path));
        }
    }

    fn note_stray(&mut self, path: &Path, document: &Document) {
        if let Some(problem) = document.problems.first() {
            self.stray.get_or_insert_with(|| WrongLine {
                path: path.to_owned(),
                problem: problem.clone(),
            });
        }
    }

    fn profile(&mut self, name: String) -> &mut Profile {
        let profile = self.profiles.entry(name.clone()).or_default();
        profile.name = name;
        profile
    }

    /// The names of all profiles, sorted.
    pub fn names(&self) -> Vec<String> {
        self.profiles.keys().cloned().collect()
    }

    pub fn get(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// The endpoint in the `services` section that the profile names.
    ///
    /// Source: botocore's `ConfiguredEndpointProvider`, which refuses a section that is missing or empty.
    pub fn service_endpoint(
        &self,
        profile: &Profile,
        service: &str,
    ) -> Result<Option<&str>, FilesError> {
        let Some(name) = profile.get("services") else {
            return Ok(None);
        };
        let section = self
            .services
            .get(name)
            .filter(|one| !one.options.is_empty());
        let section = section.ok_or_else(|| FilesError::MissingServices {
            profile: profile.name.clone(),
            services: name.to_owned(),
        })?;
        section.check()?;
        Ok(section.nested(service, "endpoint_url"))
    }

    /// Fails if one of the files cannot be used.
    pub fn check(&self) -> Result<(), FilesError> {
        for file in [&self.config, &self.credentials] {
            if let FileState::Unusable(reason) = &file.state {
                return Err(FilesError::Unusable {
                    path: file.path.clone(),
                    reason: reason.clone(),
                });
            }
        }
        self.stray.clone().map_or(Ok(()), |stray| Err(stray.into()))
    }
}

/// The problem in the files that prevents a connection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilesError {
    #[error("{} cannot be used: {reason}", path.display())]
    Unusable { path: PathBuf, reason: String },
    #[error(transparent)]
    Line(#[from] WrongLine),
    #[error(
        "the profile {profile:?} says services = {services}, and there is no such section [services {services}] with settings"
    )]
    MissingServices { profile: String, services: String },
}

impl AwsFile {
    fn parse(path: PathBuf, content: Result<Option<String>, String>) -> (Self, Document) {
        let (state, document) = match content {
            Ok(None) => (FileState::Absent, Document::default()),
            Ok(Some(text)) => {
                let document = Document::parse(&text);
                let skipped = document.problems.clone();
                (FileState::Read { skipped }, document)
            }
            Err(reason) => (FileState::Unusable(reason), Document::default()),
        };
        (Self { path, state }, document)
    }

    fn skip(&mut self, problems: Vec<Problem>) {
        if let FileState::Read { skipped } = &mut self.state {
            skipped.extend(problems);
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Profile,
    SsoSession,
    Services,
}

/// The kind and the name of a section. The name is one word, quoted if necessary.
fn named(section: &str) -> Option<(Kind, String)> {
    const KINDS: [(&str, Kind); 3] = [
        ("profile", Kind::Profile),
        ("sso-session", Kind::SsoSession),
        ("services", Kind::Services),
    ];
    if section == "default" {
        return Some((Kind::Profile, section.to_owned()));
    }
    let (_, kind) = KINDS.iter().find(|(word, _)| section.starts_with(word))?;
    let [_, name]: [String; 2] = words::split(section)?.try_into().ok()?;
    Some((*kind, name))
}
