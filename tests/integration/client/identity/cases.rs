//! The configurations of the table.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

/// One configuration.
#[derive(Debug, Clone, Default)]
pub(super) struct Case {
    name: &'static str,
    config: Option<Vec<u8>>,
    credentials: Option<Vec<u8>>,
    /// Files below the home folder; those in `bin/` are executable.
    files: Vec<(&'static str, &'static str)>,
    variables: Vec<(&'static str, &'static str)>,
    profile: Option<&'static str>,
    chosen: Chosen,
    has_environment_keys: bool,
    is_crossed: bool,
    /// A part of the error, if this program may refuse the configuration.
    pub(super) refusal: Option<&'static str>,
    /// The key that signs here if the AWS CLI refuses the configuration.
    pub(super) beyond: Option<&'static str>,
}

/// How the profile is chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Chosen {
    #[default]
    Flag,
    Variable,
}

const KEYS: &str = "aws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n";
const OTHER_KEYS: &str = "aws_access_key_id = AKIAOTHER\naws_secret_access_key = s3cr3t/file+key\n";
const ROLE: &str = "role_arn = arn:aws:iam::111122223333:role/plant\n";

impl Case {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            profile: Some("plant"),
            ..Self::default()
        }
    }

    fn config(mut self, text: impl AsRef<[u8]>) -> Self {
        self.config = Some(text.as_ref().to_vec());
        self
    }

    fn credentials(mut self, text: impl AsRef<[u8]>) -> Self {
        self.credentials = Some(text.as_ref().to_vec());
        self
    }

    fn file(mut self, path: &'static str, text: &'static str) -> Self {
        self.files.push((path, text));
        self
    }

    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    fn profile(mut self, name: impl Into<Option<&'static str>>) -> Self {
        self.profile = name.into();
        self
    }

    fn refused(mut self, words: &'static str) -> Self {
        self.refusal = Some(words);
        self
    }

    fn beyond(mut self, key: &'static str) -> Self {
        self.beyond = Some(key);
        self
    }

    /// By flag with keys in the environment, by variable without, and for some cases also the reverse.
    pub(super) fn variants(&self) -> Vec<Self> {
        let variants: &[(Chosen, bool)] = match self.profile {
            None => &[(Chosen::Flag, false), (Chosen::Flag, true)],
            Some(_) if self.is_crossed => &[
                (Chosen::Flag, false),
                (Chosen::Flag, true),
                (Chosen::Variable, false),
                (Chosen::Variable, true),
            ],
            Some(_) => &[(Chosen::Flag, true), (Chosen::Variable, false)],
        };
        let variant = |&(chosen, has_environment_keys)| {
            let is_by_environment =
                has_environment_keys && (chosen == Chosen::Variable || self.profile.is_none());
            Self {
                chosen,
                has_environment_keys,
                beyond: self
                    .beyond
                    .map(|key| if is_by_environment { "AKIAENV" } else { key }),
                ..self.clone()
            }
        };
        variants.iter().map(variant).collect()
    }

    fn crossed(mut self) -> Self {
        self.is_crossed = true;
        self
    }

    pub(super) fn label(&self) -> String {
        let chosen = match (self.profile, self.chosen) {
            (None, _) => "no profile",
            (Some(_), Chosen::Flag) => "--profile",
            (Some(_), Chosen::Variable) => "AWS_PROFILE",
        };
        let keys = if self.has_environment_keys {
            ", keys in env"
        } else {
            ""
        };
        format!("{} ({chosen}{keys})", self.name)
    }

    pub(super) fn flag(&self) -> Option<&'static str> {
        self.profile.filter(|_| self.chosen == Chosen::Flag)
    }

    /// Writes the files and returns the environment.
    pub(super) fn prepare(&self, home: &TempDir, url: &str) -> Vec<(String, String)> {
        let path = home.path().to_str().unwrap().to_owned();
        let filled_in = |text: &[u8]| {
            let filled = String::from_utf8(text.to_vec());
            filled.map_or_else(
                |_| text.to_vec(),
                |text| {
                    text.replace("@HOME@", &path)
                        .replace("@URL@", url)
                        .into_bytes()
                },
            )
        };
        fs::create_dir_all(home.path().join(".aws/sso/cache")).unwrap();
        fs::create_dir_all(home.path().join("bin")).unwrap();
        for (name, content) in [("config", &self.config), ("credentials", &self.credentials)] {
            if let Some(content) = content {
                fs::write(home.path().join(".aws").join(name), filled_in(content)).unwrap();
            }
        }
        for (name, content) in &self.files {
            let file = home.path().join(name);
            fs::write(&file, filled_in(content.as_bytes())).unwrap();
            if name.starts_with("bin/") {
                fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
        let mut variables = vec![
            ("HOME", path.clone()),
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("AWS_REGION", "eu-central-1".to_owned()),
            ("AWS_DEFAULT_REGION", "eu-central-1".to_owned()),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.to_owned()),
            // Requests to AWS end here.
            ("HTTPS_PROXY", url.to_owned()),
            ("NO_PROXY", "127.0.0.1".to_owned()),
        ];
        if !self
            .variables
            .iter()
            .any(|(name, _)| *name == "AWS_ENDPOINT_URL")
        {
            variables.push(("AWS_ENDPOINT_URL", url.to_owned()));
        }
        if self.has_environment_keys {
            variables.push(("AWS_ACCESS_KEY_ID", "AKIAENV".to_owned()));
            variables.push(("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key".to_owned()));
        }
        if self.chosen == Chosen::Variable {
            variables.extend(
                self.profile
                    .map(|profile| ("AWS_PROFILE", profile.to_owned())),
            );
        }
        for (name, value) in &self.variables {
            let value = value.replace("@HOME@", &path).replace("@URL@", url);
            variables.retain(|(known, _)| known != name);
            variables.push((name, value));
        }
        let owned = variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        owned.collect()
    }
}

fn profile(name: &str, options: &str) -> String {
    format!("[profile {name}]\n{options}")
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = keys();
    cases.extend(roles());
    cases.extend(web_identities());
    cases.extend(sso());
    cases.extend(processes());
    cases.extend(names());
    cases.extend(unusual_lines());
    cases.extend(choices());
    cases.extend(machines());
    cases.extend(settings());
    cases
}

fn keys() -> Vec<Case> {
    let plant = |options: &str| format!("[plant]\n{options}");
    vec![
        Case::new("keys in credentials")
            .crossed()
            .credentials(plant(KEYS)),
        Case::new("keys in config")
            .crossed()
            .config(profile("plant", KEYS)),
        Case::new("keys in both files")
            .config(profile("plant", OTHER_KEYS))
            .credentials(plant(KEYS)),
        Case::new("keys with a token").credentials(plant(&format!(
            "{KEYS}aws_session_token = s3cr3t/t0k3n+key\n"
        ))),
        Case::new("key without secret")
            .crossed()
            .credentials(plant("aws_access_key_id = AKIAFILE\n"))
            .refused("aws_secret_access_key"),
        Case::new("secret without key")
            .credentials(plant("aws_secret_access_key = s3cr3t/file+key\n"))
            .refused("aws_access_key_id"),
        Case::new("secret in the other file")
            .config(profile(
                "plant",
                "aws_secret_access_key = s3cr3t/file+key\n",
            ))
            .credentials(plant("aws_access_key_id = AKIAFILE\n"))
            .refused("aws_secret_access_key"),
        Case::new("token alone")
            .credentials(plant("aws_session_token = s3cr3t/t0k3n+key\n"))
            .refused("aws_access_key_id"),
        Case::new("upper-case names of options").credentials(plant(
            &KEYS
                .to_uppercase()
                .replace("S3CR3T/FILE+KEY", "s3cr3t/file+key"),
        )),
        Case::new("line ends of Windows").credentials(plant(KEYS).replace('\n', "\r\n")),
        Case::new("secret over two lines")
            .credentials(plant(
                "aws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t\n  /file+key\n",
            ))
            .refused("aws_secret_access_key of the profile \"plant\" contains a line break"),
        Case::new("empty key")
            .credentials(plant(
                "aws_access_key_id =\naws_secret_access_key = s3cr3t/file+key\n",
            ))
            .refused("aws_access_key_id of the profile \"plant\" is empty"),
    ]
}

fn roles() -> Vec<Case> {
    let base = format!("[base]\n{KEYS}");
    let role = |more: &str| profile("plant", &format!("{ROLE}{more}"));
    let second = "role_arn = arn:aws:iam::111122223333:role/second\n";
    vec![
        Case::new("role").crossed().config(role("source_profile = base\nexternal_id = x1\nrole_session_name = me\nduration_seconds = 900\n")).credentials(&base),
        Case::new("role of a role")
            .config(format!("{}[profile middle]\n{second}source_profile = base\n", role("source_profile = middle\n")))
            .credentials(&base),
        Case::new("role of the own keys").config(role(&format!("source_profile = plant\n{KEYS}"))),
        Case::new("source with keys and a role")
            .config(format!("{}[profile middle]\n{second}source_profile = base\n{OTHER_KEYS}", role("source_profile = middle\n")))
            .credentials(&base),
        Case::new("missing source").crossed().config(role("source_profile = gone\n")).refused("no such profile"),
        Case::new("loop of sources")
            .config(format!("{}[profile middle]\n{second}source_profile = plant\n", role("source_profile = middle\n")))
            .refused("leads back to itself"),
        Case::new("own source without keys").config(role("source_profile = plant\n")).refused("leads back to itself"),
        Case::new("source without credentials")
            .config(format!("{}[profile base]\nregion = eu-central-1\n", role("source_profile = base\n")))
            .refused("has no credentials"),
        Case::new("two sources").config(role("source_profile = base\ncredential_source = Environment\n")).credentials(&base).refused("remove one"),
        Case::new("role without a source").config(role("")).refused("source_profile or credential_source"),
        Case::new("source without a role").config(profile("plant", "source_profile = base\n")).credentials(&base).refused("no role_arn"),
        Case::new("role of the environment").crossed().config(role("credential_source = Environment\n")).refused("AWS_ACCESS_KEY_ID is not set"),
        Case::new("role of the instance").crossed().config(role("credential_source = Ec2InstanceMetadata\n")),
        Case::new("role of the container")
            .config(role("credential_source = EcsContainer\n"))
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "@URL@/container"),
        Case::new("role of a container that is not there").config(role("credential_source = EcsContainer\n")).refused("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
        Case::new("credential_source in lower case").config(role("credential_source = environment\n")).refused("must be Environment"),
        Case::new("credential_source without a role").config(profile("plant", "credential_source = Environment\n")).refused("no role_arn"),
        Case::new("role with MFA").config(role("source_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/anna\n")).credentials(&base).refused("MFA"),
        Case::new("profile only as the source of another")
            .config(role("source_profile = base\n")).credentials(&base).profile("base"),
    ]
}

fn web_identities() -> Vec<Case> {
    let web = format!("{ROLE}web_identity_token_file = @HOME@/token\n");
    vec![
        Case::new("web identity")
            .config(profile("plant", &web))
            .file("token", "s3cr3t-token"),
        Case::new("role of a web identity")
            .config(format!(
                "{}{}",
                profile(
                    "plant",
                    "role_arn = arn:aws:iam::111122223333:role/second\nsource_profile = base\n"
                ),
                profile("base", &web)
            ))
            .file("token", "s3cr3t-token"),
        Case::new("web identity without its file")
            .config(profile("plant", &web))
            .refused("/token"),
        Case::new("web identity of the environment")
            .credentials(format!("[plant]\n{KEYS}"))
            .with("AWS_WEB_IDENTITY_TOKEN_FILE", "@HOME@/token")
            .with("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/env")
            .file("token", "s3cr3t-token"),
        Case::new("web identity of the environment without a role")
            .credentials(format!("[plant]\n{KEYS}"))
            .with("AWS_WEB_IDENTITY_TOKEN_FILE", "@HOME@/token")
            .file("token", "s3cr3t-token")
            .refused("role_arn"),
    ]
}

fn sso() -> Vec<Case> {
    // The file's name is the SHA-1 of the session's name, or of the start URL.
    const TOKEN: &str = r#"{"accessToken": "s3cr3t-corp", "expiresAt": "2099-01-01T00:00:00Z", "region": "eu-central-1", "startUrl": "https://sso.example/start"}"#;
    let account = "sso_account_id = 111122223333\nsso_role_name = ops\n";
    let place = "sso_region = eu-central-1\nsso_start_url = https://sso.example/start\n";
    let with_tokens = |case: Case| {
        case.file(
            ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
            TOKEN,
        )
        .file(
            ".aws/sso/cache/a5da521e67ca8b5594bc843a5c43dc51e6a163fe.json",
            TOKEN,
        )
        .file(
            ".aws/sso/cache/98df91031e87f97bfc088c045be6442dc5d70b2a.json",
            TOKEN,
        )
    };
    let session = |name: &str| format!("sso_session = {name}\n{account}");
    vec![
        with_tokens(
            Case::new("SSO")
                .crossed()
                .config(profile("plant", &format!("{account}{place}"))),
        ),
        with_tokens(Case::new("SSO session").config(format!(
            "{}[sso-session corp]\n{place}",
            profile("plant", &session("corp"))
        ))),
        with_tokens(
            Case::new("SSO before keys")
                .config(profile("plant", &format!("{account}{place}")))
                .credentials(format!("[plant]\n{KEYS}")),
        ),
        with_tokens(
            Case::new("keys of a profile with a leftover of SSO")
                .config(profile("plant", "sso_session = corp\n"))
                .credentials(format!("[plant]\n{KEYS}"))
                .beyond("AKIAFILE"),
        ),
        Case::new("SSO session that is not there")
            .config(profile("plant", &session("gone")))
            .refused("[sso-session gone]"),
        Case::new("half of SSO")
            .config(profile("plant", place))
            .refused("sso_account_id"),
        with_tokens(Case::new("[sso-session \"acme sso\"]").config(format!(
            "{}[sso-session \"acme sso\"]\n{place}",
            profile("plant", &session("acme sso"))
        ))),
        with_tokens(
            Case::new("SSO session that differs from the profile").config(format!(
                "{}[sso-session corp]\n{place}",
                profile(
                    "plant",
                    &format!("{}sso_region = us-east-1\n", session("corp"))
                )
            )),
        )
        .refused("different values for sso_region"),
    ]
}

fn processes() -> Vec<Case> {
    const GIVES: &str = "#!/bin/sh\necho '{\"Version\": 1, \"AccessKeyId\": \"AKIAPROC\", \"SecretAccessKey\": \"s3cr3t/proc+key\"}'\n";
    const ENDED: &str = "#!/bin/sh\necho '{\"Version\": 1, \"AccessKeyId\": \"AKIAPROC\", \"SecretAccessKey\": \"s3cr3t/proc+key\", \"SessionToken\": \"s3cr3t/t0k3n+key\", \"Expiration\": \"2020-01-01T00:00:00Z\"}'\n";
    const BREAKS: &str = "#!/bin/sh\nprintf '{\"Version\": 1, \"AccessKeyId\": \"AKIAPROC\\\\r\\\\n\", \"SecretAccessKey\": \"s3cr3t/proc+key\"}'\n";
    let process = || {
        Case::new("").config(profile(
            "plant",
            "credential_process = @HOME@/bin/give --now 'two words'\n",
        ))
    };
    let named = |name, case: Case| Case { name, ..case };
    vec![
        named("process", process().file("bin/give", GIVES)),
        named(
            "process and keys in credentials",
            process()
                .crossed()
                .file("bin/give", GIVES)
                .credentials(format!("[plant]\n{KEYS}")),
        ),
        Case::new("process and keys in config")
            .config(profile(
                "plant",
                &format!("credential_process = @HOME@/bin/give\n{KEYS}"),
            ))
            .file("bin/give", GIVES),
        named(
            "process that fails",
            process().file("bin/give", "#!/bin/sh\necho no card >&2\nexit 3\n"),
        )
        .refused("exit status 3"),
        named("process that is not there", process()).refused("bin/give"),
        named(
            "process whose credentials have ended",
            process().file("bin/give", ENDED),
        )
        .refused("have ended already"),
        named(
            "process with a line break in its key",
            process().file("bin/give", BREAKS),
        )
        .refused("line break"),
        named(
            "process that prints no JSON",
            process().file("bin/give", "#!/bin/sh\necho s3cr3t/proc+key\n"),
        )
        .refused("not the JSON"),
        Case::new("process with an open quote")
            .config(profile(
                "plant",
                "credential_process = @HOME@/bin/give 'x\n",
            ))
            .refused("quote"),
        Case::new("role of a process")
            .config(format!(
                "{}[profile base]\ncredential_process = @HOME@/bin/give\n",
                profile("plant", &format!("{ROLE}source_profile = base\n"))
            ))
            .file("bin/give", GIVES),
    ]
}

fn names() -> Vec<Case> {
    let config = |name: &'static str, section: &str| {
        Case::new("")
            .config(format!("[profile {section}]\n{KEYS}"))
            .profile(name)
    };
    let named = |name, case: Case| Case { name, ..case };
    vec![
        named("[profile \"my plant\"]", config("my plant", "\"my plant\"")),
        named("[profile 'my plant']", config("my plant", "'my plant'")),
        named("[profile \"Anna's plant\"]", config("Anna's plant", "\"Anna's plant\"")),
        named("[profile Werk-München]", config("Werk-München", "Werk-München")),
        named("[profile acme(prod)]", config("acme(prod)", "acme(prod)")),
        named("[profile a=b&c]", config("a=b&c", "a=b&c")),
        named("[profile a#b]", config("a#b", "a#b")),
        named("[my plant] in credentials", Case::new("").credentials(format!("[my plant]\n{KEYS}")).profile("my plant")),
        named("[profile my plant] without quotes", config("my plant", "my plant")).refused("there is no profile"),
        named("[ profile plant ]", Case::new("").config(format!("[ profile plant ]\n{KEYS}"))).refused("there is no profile"),
        named("[Profile plant]", Case::new("").config(format!("[Profile plant]\n{KEYS}"))).refused("there is no profile"),
        named("[services \"my local\"]", Case::new("").config(format!("[profile plant]\nservices = my local\n{KEYS}[services \"my local\"]\ngreengrass =\n  endpoint_url = @URL@\nsts =\n  endpoint_url = @URL@\n")).with("AWS_ENDPOINT_URL", "")),
        named("services that are not there", Case::new("").config(format!("[profile plant]\nservices = gone\n{KEYS}")).with("AWS_ENDPOINT_URL", "")).refused("[services gone]"),
        named("one profile written twice in two ways", Case::new("").config(format!("[profile plant]\n{OTHER_KEYS}[profile \"plant\"]\n{KEYS}"))),
    ]
}

fn unusual_lines() -> Vec<Case> {
    let plant = format!("[profile plant]\n{KEYS}");
    let other = |lines: &str| format!("{plant}[profile other]\n{lines}");
    let own = |lines: &str| format!("{plant}{lines}");
    vec![
        Case::new("first option indented").config(format!("[profile plant]\n  {}", KEYS.replace('\n', "\n  "))),
        Case::new("text after the bracket").config(format!("[profile plant] # mine\n{KEYS}")),
        Case::new("colon in place of the equals sign").config(own("region: eu-central-1\n")),
        Case::new("comments and empty lines").config(format!("# one\n; two\n\n[profile plant]\n\n# three\n{KEYS}\n  # four\n")),
        Case::new("a#b in another profile").config(other("a#b\n")).beyond("AKIAFILE"),
        Case::new("a#b in this profile").config(own("a#b\n")).refused("line 4: it is neither"),
        Case::new("option twice in another profile").config(other("region = a\nregion = b\n")).beyond("AKIAFILE"),
        Case::new("option twice in this profile").config(own("region = a\nregion = b\n")).refused("region is there already"),
        Case::new("another profile twice").config(other("region = a\n[profile other]\n")).beyond("AKIAFILE"),
        Case::new("this profile twice").config(own("[profile plant]\n")).refused("there already, on line 1"),
        Case::new("indented text without a key in another profile").config(other("s3 =\n  nothing\n")).beyond("AKIAFILE"),
        Case::new("bracket that is not closed, in another profile").config(format!("[profile other]\nregion = x\n[profile third\n{OTHER_KEYS}{plant}")).beyond("AKIAFILE"),
        Case::new("lines before the first section").config(format!("region = x\n{plant}")).refused("before the first [section]"),
        Case::new("[DEFAULT] for all").config("[DEFAULT]\naws_secret_access_key = s3cr3t/file+key\n[profile plant]\naws_access_key_id = AKIAFILE\n"),
        Case::new("Latin-1 in credentials").config(&plant).credentials(b"[other]\nname = M\xfcnchen\naws_secret_access_key = s3cr3t/file+key\n").refused("line 2 is not UTF-8"),
        Case::new("key with a comment behind it").config("[profile plant]\naws_access_key_id = AKIAFILE#1\naws_secret_access_key = s3cr3t/file+key\n"),
    ]
}

fn choices() -> Vec<Case> {
    let both = format!("[plant]\n{KEYS}[other]\n{OTHER_KEYS}");
    let default = format!("[default]\n{OTHER_KEYS}");
    vec![
        Case::new("AWS_DEFAULT_PROFILE before AWS_PROFILE")
            .crossed()
            .credentials(&both)
            .with("AWS_DEFAULT_PROFILE", "other"),
        Case::new("AWS_DEFAULT_PROFILE alone")
            .credentials(&both)
            .with("AWS_DEFAULT_PROFILE", "other")
            .profile(None),
        Case::new("profile that is not there")
            .credentials(&default)
            .refused("there is no profile"),
        Case::new("empty AWS_PROFILE")
            .credentials(&default)
            .with("AWS_PROFILE", "")
            .profile(None)
            .refused("there is no profile"),
        Case::new("[default]").credentials(&default).profile(None),
        Case::new("[default] by name")
            .credentials(&default)
            .profile("default"),
        Case::new("[default] and [profile default]")
            .config(format!("[default]\n{OTHER_KEYS}[profile default]\n{KEYS}"))
            .profile(None),
        Case::new("default by name, not there")
            .credentials(format!("[plant]\n{KEYS}"))
            .profile("default")
            .refused("there is no profile"),
        Case::new("files elsewhere")
            .file(
                "other",
                "[plant]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n",
            )
            .with("AWS_SHARED_CREDENTIALS_FILE", "~/other"),
        Case::new("files elsewhere, by $HOME")
            .file(
                "other",
                "[plant]\naws_access_key_id = AKIAFILE\naws_secret_access_key = s3cr3t/file+key\n",
            )
            .with("AWS_SHARED_CREDENTIALS_FILE", "${HOME}/other"),
        Case::new("folder in place of the credentials")
            .config(profile("plant", "region = eu-central-1\n"))
            .with("AWS_SHARED_CREDENTIALS_FILE", "@HOME@/bin")
            .refused("not a regular file"),
    ]
}

fn machines() -> Vec<Case> {
    let empty = profile("plant", "region = eu-central-1\n");
    vec![
        Case::new("no files").profile(None),
        Case::new("profile without credentials")
            .crossed()
            .config(&empty),
        Case::new("profile without credentials, in a container")
            .config(&empty)
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "@URL@/container"),
        Case::new("profile without credentials, no instance")
            .config(&empty)
            .with("AWS_EC2_METADATA_DISABLED", "true")
            .refused("no credentials were found"),
        Case::new("container behind a proxy")
            .config(&empty)
            .with("AWS_CONTAINER_CREDENTIALS_FULL_URI", "@URL@/container")
            .with("HTTP_PROXY", "http://127.0.0.1:1"),
    ]
}

fn settings() -> Vec<Case> {
    let plant = format!("[plant]\n{KEYS}");
    let with = |name, variable, value| Case::new(name).credentials(&plant).with(variable, value);
    vec![
        with("AWS_RETRY_MODE=legacy", "AWS_RETRY_MODE", "legacy"),
        with("AWS_RETRY_MODE empty", "AWS_RETRY_MODE", "").beyond("AKIAFILE"),
        with("AWS_MAX_ATTEMPTS=0", "AWS_MAX_ATTEMPTS", "0").beyond("AKIAFILE"),
        with("AWS_MAX_ATTEMPTS=abc", "AWS_MAX_ATTEMPTS", "abc").beyond("AKIAFILE"),
        with("AWS_MAX_ATTEMPTS=-1", "AWS_MAX_ATTEMPTS", "-1").beyond("AKIAFILE"),
        Case::new("retry_mode = legacy")
            .config(profile("plant", &format!("retry_mode = legacy\n{KEYS}"))),
        with(
            "AWS_USE_FIPS_ENDPOINT with an endpoint",
            "AWS_USE_FIPS_ENDPOINT",
            "true",
        )
        .beyond("AKIAFILE"),
        with(
            "dual-stack with an endpoint",
            "AWS_USE_DUALSTACK_ENDPOINT",
            "true",
        )
        .beyond("AKIAFILE"),
        Case::new("FIPS in the profile, with an endpoint")
            .config(profile(
                "plant",
                &format!("use_fips_endpoint = true\n{KEYS}"),
            ))
            .beyond("AKIAFILE"),
        Case::new("dual-stack in the profile, with an endpoint")
            .config(profile(
                "plant",
                &format!("use_dualstack_endpoint = true\n{KEYS}"),
            ))
            .beyond("AKIAFILE"),
        with(
            "AWS_CA_BUNDLE that is not there, plain endpoint",
            "AWS_CA_BUNDLE",
            "/nowhere.pem",
        )
        .beyond("AKIAFILE"),
        with(
            "half a key in the environment",
            "AWS_ACCESS_KEY_ID",
            "AKIAHALF",
        )
        .with("AWS_SECRET_ACCESS_KEY", "")
        .refused("AWS_SECRET_ACCESS_KEY is not"),
        with(
            "line break in the environment's key",
            "AWS_ACCESS_KEY_ID",
            "AKIAENV\r\n",
        )
        .with("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
        .refused("AWS_ACCESS_KEY_ID contains a line break"),
        with(
            "AWS_SECURITY_TOKEN",
            "AWS_SECURITY_TOKEN",
            "s3cr3t/t0k3n+key",
        ),
    ]
}
