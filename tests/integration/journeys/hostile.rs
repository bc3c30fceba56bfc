//! Hostile data: no text of the service controls a terminal, and every text is sent back unchanged.

mod answers;
mod arguments;

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use greengroup::app::Launch;
use greengroup::app::aws_cli::AwsCli;
use greengroup::app::screen::Screen;
use greengroup::app::text::request_json;
use greengroup::domain::printable::{is_dangerous, printable_json};
use greengroup::domain::request::shell_quoted;
use greengroup::domain::{CreateGroupVersion, DefinitionKind, GroupChange, GroupId, Slots};
use greengroup::runtime::files::Paths;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::Sandbox;
use greengroup::sandbox::account::{Account, GroupSlots};
use rstest::rstest;
use serde_json::json;

use crate::support::session::Session;

/// Each of them affects a terminal, a shell or a parser that uses it unescaped.
const HOSTILE: &[&str] = &[
    "\u{1b}[31mred\u{1b}[2J\u{1b}]0;title\u{7}",
    "\u{9b}31m\u{9d}52;c;bm8=\u{9c}",
    "\u{1b}P+q544e\u{1b}\\\u{90}dcs\u{9c}",
    "a\rb\nc\td\u{8}\u{7f}\u{0}e",
    "\u{202e}gpj.exe\u{202c}\u{2066}isolate\u{2069}",
    "zero\u{200b}width\u{200d}joined\u{feff}\u{ad}",
    "'; rm -rf / #$(id)`id`\\n%s%n$HOME\"!",
    "--profile=other",
    "-",
    "ends in a break\n\n",
    "\u{e0041}tag\u{2028}line\u{2029}",
];

fn is_safe(text: &str) -> bool {
    !text
        .chars()
        .any(|character| character != '\n' && is_dangerous(character))
}

/// An account in which every name is `hostile`.
fn account(hostile: &str) -> Sandbox {
    let sandbox = Sandbox::with(Account::new("123456789012", "eu-central-1"));
    sandbox.change(|account, moment| {
        let mut slots = GroupSlots::default();
        for kind in DefinitionKind::ALL {
            let definition = account.create_definition(moment, kind, Some(hostile));
            for number in 0..2 {
                let item = json!({"Id": hostile, "ThingArn": hostile, "CertificateArn": hostile, "Name": hostile,
                    "FunctionArn": hostile, "ConnectorArn": hostile, "Source": hostile, "Target": hostile,
                    "Subject": hostile, "Component": hostile, "Level": hostile, "Type": hostile, "Space": number});
                let content = json!({kind.items_member(): [item]});
                let made = account.create_definition_version(moment, kind, definition.as_str(), content);
                slots[kind] = Some(Arc::clone(&made.unwrap().arn));
            }
        }
        slots[DefinitionKind::Device] = Some(hostile.into());
        slots[DefinitionKind::Logger] = Some(format!("arn:aws:greengrass:{hostile}").into());
        let group = account.create_group(moment, hostile);
        account.create_group_version(moment, group.as_str(), slots);
    });
    sandbox
}

/// A way through every screen, copying wherever that is possible.
const EVERYWHERE: &str = "Yy<Esc><Enter>yp<Esc>d<Esc><Right>y<Esc>Yy<Esc>3j<Enter>2yw<Esc>by<Esc>!y<Esc>?<Esc>aydYy<Esc>n<Enter>";

#[rstest]
#[tokio::test(start_paused = true)]
async fn hostile_names_are_escaped_and_sent_verbatim(
    #[values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)] number: usize,
) {
    let hostile = HOSTILE[number];
    let sandbox = account(hostile);
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::from_environment(|_| Some(folder.path().into())).unwrap();
    let launch = Launch {
        is_sandbox: true,
        ..Launch::default()
    };
    let mut session = Session::start_with(sandbox, launch, Journal::at(&paths), (120, 40)).await;
    for key in crate::support::session::parse_keys(EVERYWHERE) {
        session.feed(greengroup::app::Event::Key(key));
        session.settle().await;
        let screen = session.screen();
        assert!(is_safe(&screen), "after {key}:\n{}", screen.escape_debug());
        assert!(is_safe(&session.app.title()));
    }
    while !session.app.overlays().is_empty() {
        session.press("<Esc>").await;
    }
    if session.screen_name() == "Assemble" {
        session.press("a").await;
    }
    while let Some(open) = first_open_box(&session) {
        session
            .press(if open == 0 { "<Space>" } else { "<Down>" })
            .await;
    }
    session.press("<Right><Enter>").await;
    assert_eq!(session.screen_name(), "Outcome", "{}", session.screen());
    session.press("yYy<Esc>").await;
    assert!(session.copied.len() >= 5, "{:?}", session.copied);
    for copied in &session.copied {
        assert!(is_safe(copied), "{copied:?}");
    }
    goes_back_verbatim(&session, hostile);
    let files = [paths.history_file()];
    for file in files.into_iter().chain(files_in(&paths.drafts_folder())) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(is_safe(&text), "{}: {text:?}", file.display());
    }
}

fn files_in(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The request contains the texts unchanged, although the service refuses them.
fn goes_back_verbatim(session: &Session, hostile: &str) {
    let Some(outcome) = session.app.shown_outcome() else {
        panic!("{}", session.screen())
    };
    let sent = |kind| {
        outcome
            .request
            .create
            .slots
            .get(kind)
            .map(ToString::to_string)
    };
    assert_eq!(sent(DefinitionKind::Device).as_deref(), Some(hostile));
    let logger = format!("arn:aws:greengrass:{hostile}");
    assert_eq!(sent(DefinitionKind::Logger), Some(logger));
}

/// The number of lines from the cursor to the first box that is not ticked.
fn first_open_box(session: &Session) -> Option<usize> {
    let Screen::Review(review) = session.app.screen() else {
        return None;
    };
    let open = review.boxes.all().iter().position(|one| !one.ticked)?;
    Some(open - review.boxes.cursor().unwrap_or(0))
}

/// The request with `text` in every possible place.
fn request(text: &str) -> CreateGroupVersion {
    let mut slots = Slots::default();
    for kind in DefinitionKind::ALL {
        slots.fill_verbatim(kind, text);
    }
    CreateGroupVersion {
        group: GroupId::new(text),
        slots,
    }
}

fn shown_command(request: &CreateGroupVersion) -> String {
    let requests = GroupChange::from(request.clone()).requests();
    AwsCli::default().command(&requests[0])
}

#[test]
fn shown_command_survives_the_shell() {
    for shell in ["sh", "bash"] {
        for &hostile in HOSTILE.iter().filter(|hostile| !hostile.contains('\0')) {
            let request = request(hostile);
            let command = shown_command(&request);
            assert!(is_safe(&command), "{command:?}");
            let arguments = command.strip_prefix("aws ").unwrap();
            let script = format!("printf '%s\\0' {arguments}");
            let Ok(output) = Command::new(shell).args(["-c", &script]).output() else {
                assert_ne!(shell, "sh");
                continue;
            };
            let read: Vec<&[u8]> = output.stdout.split(|&byte| byte == 0).collect();
            let mut words: Vec<Vec<u8>> = request
                .command_words()
                .into_iter()
                .skip(1)
                .map(Into::into)
                .collect();
            words.push(Vec::new());
            assert_eq!(read, words, "{shell}: {command}");
        }
    }
}

/// An interactive bash replaces `!` and the following text by an earlier command, even within double quotes,
/// line by line.
#[test]
fn shown_command_survives_an_interactive_bash() {
    for &hostile in HOSTILE.iter().filter(|hostile| !hostile.contains('\0')) {
        let request = request(&format!("{hostile}!echo !! !-1 !$"));
        let command = shown_command(&request);
        let arguments = command.strip_prefix("aws ").unwrap();
        // Before 5.2 it also did so in a substitution.
        let mut substitutions = command.split("\"$(").skip(1);
        let is_marked = |rest: &str| rest.split(")\"").next().unwrap().contains('!');
        assert!(!substitutions.any(is_marked), "{command}");
        let typed = format!("set -H\necho earlier\nprintf '%s\\0' {arguments} >words\nexit\n");
        let folder = tempfile::tempdir().unwrap();
        let mut bash = Command::new("bash");
        bash.args(["--norc", "--noprofile", "--noediting", "-i"]);
        bash.env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8");
        bash.current_dir(folder.path());
        bash.stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = bash.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(typed.as_bytes())
            .unwrap();
        child.wait().unwrap();
        let read = std::fs::read(folder.path().join("words")).unwrap_or_default();
        let read: Vec<&[u8]> = read.split(|&byte| byte == 0).collect();
        let words = request.command_words().into_iter().skip(1);
        let mut words: Vec<Vec<u8>> = words.map(Into::into).collect();
        words.push(Vec::new());
        assert_eq!(read, words, "{command}");
    }
}

#[test]
fn shown_json_equals_the_request() {
    for &hostile in HOSTILE {
        let request = request(hostile);
        let json = request_json(&request);
        assert!(is_safe(&json), "{json:?}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).unwrap(),
            request.body()
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_word_is_quoted_without_danger(word in "\\PC*|[\\x00-\\xff]*") {
        proptest::prop_assert!(is_safe(&shell_quoted(&word)));
    }

    #[test]
    fn any_text_survives_its_printable_json(text in "\\PC*|[\\x00-\\xff]*|\\p{Cf}*") {
        let json = serde_json::to_string(&text).unwrap();
        let safe = printable_json(&json);
        proptest::prop_assert!(is_safe(&safe));
        proptest::prop_assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
    }
}
