//! The subcommands: their output and their exit statuses.

use std::fs;
use std::path::Path;
use std::process::Command;

use greengroup::sandbox::Sandbox;
use rstest::rstest;

use crate::support::program::{PROGRAM, greengroup, ran, texts};
use crate::support::served::Served;

#[test]
fn unusable_configuration_exits_2() {
    let home = tempfile::tempdir().unwrap();
    let (status, printed, said) =
        ran(greengroup(home.path()).args(["--sandbox", "--config", "/nowhere.toml"]));
    assert_eq!((status, printed.as_str()), (Some(2), ""));
    assert!(
        said.starts_with("greengroup: the configuration /nowhere.toml cannot be read"),
        "{said}"
    );
    let folder = home.path().join(".config/greengroup");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "[keys]\nbak = \"b\"\n").unwrap();
    let (status, _, said) = ran(greengroup(home.path()).arg("--sandbox"));
    assert_eq!(status, Some(2));
    let place = format!(
        "{}:2:1: no command is called \"bak\"; did you mean \"back\"?",
        folder.join("config.toml").display()
    );
    assert_eq!(said, format!("greengroup: {place}\n"));
}

#[test]
fn doctor_shows_the_settings() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("mine.toml");
    fs::write(&config, "sort = \"name\"\nkeys.review = \"R\"\nkeys.reload = \"Ctrl-R\"\nprotected.groups = \"press*\"\n").unwrap();
    let mut command = greengroup(home.path());
    let (status, printed, said) = ran(command
        .args(["doctor", "--sandbox", "--config"])
        .env("VISUAL", "nano -l")
        .env("EDITOR", "vi")
        .arg(&config));
    assert_eq!((status, said.as_str()), (Some(0), ""), "{printed}");
    for line in [
        "  TERM             xterm-256color",
        "  locale           C.UTF-8 (UTF-8)",
        "  colours          sixteen",
        "  copying          to your terminal (OSC 52)",
        "  editor           nano -l (VISUAL)",
        "  requests         10 a second, 20 at once",
        "  sort             name",
        "  protected groups press*",
        "  keys             reload Ctrl-R; review R",
        "  account of       the sandbox",
        "  region           eu-central-1",
        "  account          111122223333",
        "  groups           can be listed",
        "No problems found.",
    ] {
        assert!(
            printed.lines().any(|printed| printed == line),
            "{line}\n{printed}"
        );
    }
    assert!(
        printed.contains(&format!("{} (there)", config.display())),
        "{printed}"
    );
}

/// The flag takes precedence, then the configuration, then the terminal's background.
#[rstest]
#[case::dark("", "", &[], "dark")]
#[case::light_background("", "0;15", &[], "light")]
#[case::grey_background("", "0;default;7", &[], "light")]
#[case::dark_background("", "15;0", &[], "dark")]
#[case::unknown_background("", "default;default", &[], "dark")]
#[case::configured("theme = { name = \"monochrome\", kept = \"bold\" }", "0;15", &[], "monochrome, 1 role changed")]
#[case::asked_for("theme.name = \"dark\"", "", &["--theme", "colour-blind"], "colour-blind")]
#[case::auto_asked_for("theme.name = \"dark\"", "0;15", &["--theme=auto"], "light")]
fn doctor_names_the_theme_in_force(
    #[case] config: &str,
    #[case] background: &str,
    #[case] flags: &[&str],
    #[case] theme: &str,
) {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("mine.toml");
    fs::write(&file, config).unwrap();
    let mut command = greengroup(home.path());
    let command = command.args(["doctor", "--sandbox", "--config"]).arg(&file);
    let (_, printed, _) = ran(command.args(flags).env("COLORFGBG", background));
    let line = printed
        .lines()
        .find_map(|line| line.strip_prefix("  theme "));
    assert_eq!(line.map(str::trim), Some(theme), "{printed}");
}

#[test]
fn doctor_shows_no_secret() {
    let home = tempfile::tempdir().unwrap();
    let aws = home.path().join(".aws");
    fs::create_dir_all(&aws).unwrap();
    fs::write(
        aws.join("credentials"),
        "[ops]\naws_access_key_id = AKIAVERYSECRETID\naws_secret_access_key = s3cr3t/hush\naws_session_token = s3cr3t/token\n",
    )
    .unwrap();
    for arguments in [
        ["doctor", "--profile=ops"].as_slice(),
        &["doctor", "--profile=ops", "--markdown"],
    ] {
        let mut command = greengroup(home.path());
        command.args(arguments).args([
            "--region",
            "eu-west-1",
            "--endpoint-url",
            "http://127.0.0.1:9",
        ]);
        command
            .env("HTTPS_PROXY", "http://anna:s3cr3t-word@proxy:3128")
            .env("HTTP_PROXY", "bert:s3cr3t-word@proxy:3128");
        let (status, printed, said) = ran(&mut command);
        assert_eq!(status, Some(1), "no server listens there: {printed}{said}");
        for secret in ["AKIAVERYSECRETID", "anna", "bert"] {
            assert!(
                !printed.contains(secret) && !said.contains(secret),
                "{secret}\n{printed}"
            );
        }
        for word in [
            "ops",
            "eu-west-1",
            "http://127.0.0.1:9",
            "STS is not asked",
            "groups",
            "proxy:3128",
        ] {
            assert!(printed.contains(word), "{word}\n{printed}");
        }
    }
}

#[test]
fn doctor_gives_advice() {
    let home = tempfile::tempdir().unwrap();
    let mut command = greengroup(home.path());
    command
        .env("AWS_ACCESS_KEY_ID", "a")
        .env("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key");
    let (status, printed, _) = ran(command.args(["doctor"]).env_remove("TERM"));
    assert_eq!(status, Some(1), "{printed}");
    assert!(
        printed.contains("! TERM             not set\n                   what to do: set it"),
        "{printed}"
    );
    assert!(
        printed.contains("! connection       no region is set; use --region"),
        "{printed}"
    );
    assert!(printed.ends_with("2 problems found.\n"), "{printed}");
    assert!(!home.path().join(".local").exists(), "it makes nothing");
    fs::write(home.path().join(".local"), "").unwrap();
    let (_, printed, _) = ran(greengroup(home.path()).args(["doctor", "--sandbox"]));
    let in_the_way = format!(
        "! state            {}/.local cannot be written to",
        home.path().display()
    );
    assert!(printed.contains(&in_the_way), "{printed}");
    let (_, printed, _) = ran(greengroup(home.path())
        .args(["doctor", "--markdown"])
        .env("TERM", "a|b"));
    assert!(
        printed.contains("### Terminal\n\n| | |\n|---|---|\n| TERM | a\\|b |"),
        "{printed}"
    );
    assert!(
        printed.contains("| **connection** | **no region is set"),
        "{printed}"
    );
}

#[test]
fn doctor_reports_unconfirmed_request() {
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join(".local/state/greengroup");
    fs::create_dir_all(&state).unwrap();
    let sent = r#"{"event":"sending","at":1800000000000,"caller":null,"region":"eu-central-1","endpoint":null,"group":"9f8e21c0","base":null,"old":{},"new":{},"client_token":"t","attempt":1}"#;
    fs::write(state.join("history.jsonl"), format!("{sent}\n")).unwrap();
    let (status, printed, _) = ran(greengroup(home.path()).args(["doctor", "--sandbox"]));
    assert_eq!(status, Some(1));
    let report = "the outcome of the request of 2027-01-15 08:00Z to the group 9f8e21c0";
    assert!(printed.contains(report), "{printed}");
}

#[test]
fn man_prints_the_manual() {
    let home = tempfile::tempdir().unwrap();
    let (status, printed, _) = ran(greengroup(home.path()).arg("man"));
    assert_eq!(status, Some(0));
    assert!(
        printed.contains(".TH greengroup 1") && printed.contains("\\-\\-endpoint\\-url"),
        "{printed}"
    );
}

#[test]
fn every_shell_gets_its_script() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (status, printed, said) = ran(greengroup(home.path()).args(["completions", shell]));
        assert_eq!((status, said.as_str()), (Some(0), ""), "{shell}");
        assert!(
            printed.contains("GREENGROUP_COMPLETE"),
            "{shell}\n{printed}"
        );
    }
    let (status, _, said) = ran(greengroup(home.path()).args(["completions", "tcsh"]));
    assert_eq!(status, Some(2), "{said}");
}

/// The content of COMPREPLY in bash, one candidate a line.
fn bash_completes(home: &Path, words: &[&str]) -> Vec<String> {
    let script = format!(
        r#"set -u; source <({PROGRAM} completions bash)
           COMP_WORDS=("$@"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE=9
           _clap_complete_greengroup greengroup "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
           printf '%s\n' "${{COMPREPLY[@]}}""#
    );
    let program = greengroup(home);
    let mut bash = Command::new("bash");
    bash.env_clear().envs(
        program
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    bash.args(["--norc", "-c", &script, "bash", "greengroup"])
        .args(words);
    let (status, printed, said) = ran(&mut bash);
    assert_eq!((status, said.as_str()), (Some(0), ""), "{words:?}");
    printed.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_options_profiles_regions_and_groups() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(".aws")).unwrap();
    fs::write(
        home.path().join(".aws/config"),
        "[profile plant-ops]\nregion = eu-west-1\n[profile other]\n",
    )
    .unwrap();
    let completed = |words: &[&str]| bash_completes(home.path(), words);
    assert_eq!(completed(&["--endp"]), ["--endpoint-url"]);
    assert_eq!(completed(&["snap"]), ["snapshot"]);
    assert_eq!(completed(&["--profile", "pl"]), ["plant-ops"]);
    assert_eq!(completed(&["--region", "eu-w"]), ["eu-west-1", "eu-west-2"]);
    assert_eq!(completed(&["--color", "n"]), ["never"]);
    let groups = completed(&["--sandbox", "--group", "press-line-"]);
    assert!(groups.contains(&"press-line-3".to_owned()), "{groups:?}");
    // Names are quoted for bash; for a name of two groups, their ids are offered.
    let groups = completed(&["--sandbox", "--group", ""]);
    assert!(groups.len() >= 12, "{groups:?}");
    let demo = Sandbox::demo();
    let (names, ids) = demo.account(|account| {
        let headings: Vec<_> = account
            .groups()
            .iter()
            .map(|group| group.metadata().clone())
            .collect();
        let name = |place: usize| headings[place].name.clone();
        let twice = (0..headings.len()).filter(|&one| {
            (0..headings.len()).any(|other| one != other && name(one) == name(other))
        });
        let twice: Vec<usize> = twice.collect();
        let names: Vec<String> = twice
            .iter()
            .map(|&place| name(place).unwrap().to_string())
            .collect();
        (
            names,
            twice
                .iter()
                .map(|&place| headings[place].id.to_string())
                .collect::<Vec<_>>(),
        )
    });
    assert!(
        ids.len() >= 2 && ids.iter().all(|id| groups.contains(id)),
        "{ids:?}\n{groups:?}"
    );
    assert!(!names.iter().any(|name| groups.contains(name)), "{names:?}");
    assert!(
        groups
            .iter()
            .all(|group| !group.contains(' ') || group.contains("\\ ")),
        "{groups:?}"
    );
}

#[test]
fn groups_complete_from_the_given_endpoint() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join(".aws")).unwrap();
    fs::write(
        home.path().join(".aws/credentials"),
        "[x]\naws_access_key_id = A\naws_secret_access_key = s3cr3t/file+key\n",
    )
    .unwrap();
    let served = Served::start(Sandbox::demo());
    let words = [
        "--profile",
        "x",
        "--region",
        "=",
        "eu-central-1",
        "--endpoint-url",
        &served.endpoint,
        "--group",
        "press-line-3",
    ];
    assert_eq!(bash_completes(home.path(), &words), ["press-line-3"]);
    // Bash splits an endpoint into several words.
    let (scheme, rest) = served.endpoint.split_once(':').unwrap();
    let (host, port) = rest.split_once(':').unwrap();
    let mut words = vec!["--profile", "x", "--region", "eu-central-1"];
    words.extend(["--endpoint-url", scheme, ":", host, ":", port, "--group"]);
    words.push("press-line-3");
    assert_eq!(bash_completes(home.path(), &words), ["press-line-3"]);
    // No server responds: no candidates and no messages.
    let words = [
        "--profile",
        "x",
        "--region",
        "eu-central-1",
        "--endpoint-url",
        "http://127.0.0.1:9",
        "--group",
        "pre",
    ];
    assert_eq!(bash_completes(home.path(), &words), [""; 1]);
}

#[test]
fn doctor_prints_the_default_configuration() {
    let home = tempfile::tempdir().unwrap();
    let (status, output, complaint) =
        ran(greengroup(home.path()).args(["doctor", "--default-config"]));
    assert_eq!((status, complaint.as_str()), (Some(0), ""));
    assert_eq!(output, include_str!("../../../assets/config.toml"));
}

/// Runs the program with a closed pipe as standard output, and as standard error if `both`.
fn unread(command: &mut Command, both: bool) -> (Option<i32>, String) {
    let closed = || std::io::pipe().unwrap().1;
    command.stdout(closed());
    if both {
        command.stderr(closed());
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[rstest]
#[case::doctor(&["doctor", "--sandbox"])]
#[case::default_config(&["doctor", "--default-config"])]
#[case::completions(&["completions", "bash"])]
#[case::man(&["man"])]
#[case::help(&["--help"])]
#[case::help_of_a_subcommand(&["snapshot", "--help"])]
#[case::version(&["--version"])]
fn closed_pipe_is_not_an_error(#[case] arguments: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let (read, _, _) = ran(greengroup(home.path()).args(arguments));
    let found = unread(greengroup(home.path()).args(arguments), false);
    assert_eq!(found, (read, String::new()), "{arguments:?}");
    let found = unread(greengroup(home.path()).args(arguments), true);
    assert_eq!(found, (read, String::new()), "{arguments:?}");
}

#[test]
fn snapshot_succeeds_with_closed_pipes() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("plant.json");
    let mut command = greengroup(home.path());
    command.args(["--sandbox", "snapshot"]).arg(&file);
    assert_eq!(unread(&mut command, true), (Some(0), String::new()));
    assert!(Sandbox::open(&file).is_ok());
}

#[test]
fn full_disk_is_reported() {
    let home = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = greengroup(home.path()).arg("man").stdout(full).output();
    let (status, _, said) = texts(&output.unwrap());
    assert_eq!(status, Some(1));
    assert!(
        said.starts_with("greengroup: the text could not be written: "),
        "{said}"
    );
}
