//! Real connections that break before or after the effect: there is one effect each time, and the screen
//! reports it.

mod definitions;
mod deployments;

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use greengroup::app::effect::TerminalEffect;
use greengroup::app::event::Event;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::ReviewStage;
use greengroup::app::submission::StepState;
use greengroup::app::{App, Keymap, Launch};
use greengroup::domain::Timestamp;
use greengroup::greengrass::{ClientOptions, ConnectOptions};
use greengroup::runtime::clock;
use greengroup::runtime::connection::ConnectionTarget;
use greengroup::runtime::journal::Journal;
use greengroup::runtime::worker::Worker;
use greengroup::sandbox::account::Account;
use greengroup::sandbox::{Sandbox, serve};
use greengroup::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::session::parse_keys;
use crate::support::small_account::small_account;

const TRIES: usize = 200;
const AT_A_TIME: usize = 25;

/// Longer than any wait of the program on this machine's own network.
const TOO_LONG: Duration = Duration::from_mins(2);

#[test]
fn cut_create_is_there_once_and_shown() {
    in_a_process_of_its_own("journeys::failures::truncation::creates_in_a_process_of_its_own");
}

/// Runs an ignored test in a process with credentials in its environment.
fn in_a_process_of_its_own(test: &str) {
    let home = tempfile::tempdir().unwrap();
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_ACCESS_KEY_ID", "AKIATEST")
        .env("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        // Nothing here uses TLS, and reading the machine's certificates two hundred times would take longest.
        .env("SSL_CERT_FILE", "/dev/null")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout) + String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{output}");
    assert!(output.contains(&format!("{TRIES} tries")), "{output}");
}

#[tokio::test]
#[ignore = "runs in a process with credentials in its environment, started by the test above"]
async fn creates_in_a_process_of_its_own() {
    let account = small_account();
    // Nothing of the response, a part of it, or enough to make it complete.
    let passed = |number| [0, 0, 1, 40, 200, 420, 450, 4096][number % 8];
    let found = tried(|number| {
        let cut = Cut::After(passed(number));
        cut_once(account.clone(), (cut, 1), Person::creates)
    });
    let found = found.await;
    assert!(found > TRIES / 2, "{found}");
}

/// Tries it many times; returns how often the effect had to be looked for.
async fn tried<T: Future<Output = bool>>(cut_once: impl Fn(usize) -> T) -> usize {
    let (mut found, mut answered) = (0, 0);
    for first in (0..TRIES).step_by(AT_A_TIME) {
        let tries = (first..first + AT_A_TIME).map(&cut_once);
        for is_found in join_all(tries).await {
            *(if is_found { &mut found } else { &mut answered }) += 1;
        }
    }
    println!("{TRIES} tries: {found} found after a lost answer, {answered} answered in time");
    found
}

/// Where the first connection with a change breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// The service never receives the request.
    Before,
    /// After its effect and this many bytes of the response.
    After(usize),
}

/// One session over a proxy that cuts the request with this number among those that change something. Returns
/// whether the effect had to be looked for.
async fn cut_once(
    account: Account,
    (cut, which): (Cut, usize),
    act: impl AsyncFn(&mut Person, &Sandbox) -> bool,
) -> bool {
    let sandbox = Sandbox::with(account);
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = server.local_addr().unwrap();
    let serving = tokio::spawn(serve(server, None, sandbox.clone(), std::future::pending()));
    let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", proxy.local_addr().unwrap());
    let proxying = tokio::spawn(async move {
        let left = Arc::new(AtomicUsize::new(which));
        while let Ok((client, _)) = proxy.accept().await {
            tokio::spawn(pass_on(client, target, cut, Arc::clone(&left)));
        }
    });
    let mut person = Person::start(endpoint);
    let is_found = act(&mut person, &sandbox).await;
    proxying.abort();
    serving.abort();
    is_found
}

/// Forwards every request, and breaks the connection of one that changes something.
async fn pass_on(
    mut client: TcpStream,
    target: std::net::SocketAddr,
    cut: Cut,
    left: Arc<AtomicUsize>,
) -> std::io::Result<()> {
    let mut server = TcpStream::connect(target).await?;
    let (mut question, mut answer) = (vec![0; 65536], vec![0; 65536]);
    let mut cuts = false;
    loop {
        tokio::select! {
            length = client.read(&mut question) => {
                let bytes = &question[..length?];
                if bytes.is_empty() {
                    return Ok(());
                }
                cuts |= bytes.starts_with(b"POST ") && left.fetch_sub(1, Ordering::SeqCst) == 1;
                if cuts && cut == Cut::Before {
                    return Ok(());
                }
                server.write_all(bytes).await?;
            }
            length = server.read(&mut answer) => {
                let bytes = &answer[..length?];
                let passed = match cut {
                    Cut::After(passed) if cuts => passed,
                    Cut::After(_) | Cut::Before => bytes.len(),
                };
                if cuts || bytes.is_empty() {
                    return client.write_all(&bytes[..passed.min(bytes.len())]).await;
                }
                client.write_all(bytes).await?;
            }
        }
    }
}

/// The program on a real connection, and its user.
struct Person {
    app: App,
    worker: Worker,
    /// Milliseconds between keys, so that Enter is never too soon.
    pressed_apart: i64,
}

impl Person {
    fn start(endpoint: String) -> Self {
        let client = ClientOptions {
            requests_per_second: f64::INFINITY,
            ..ClientOptions::default()
        };
        let options = ConnectOptions {
            endpoint_url: Some(endpoint),
            client,
            ..ConnectOptions::default()
        };
        let launch = Launch {
            group: Some("alpha".to_owned()),
            ..Launch::default()
        };
        let mut person = Self {
            app: App::new(launch, Keymap::default()),
            worker: Worker::start(ConnectionTarget::Service(options), Journal::nowhere()),
            pressed_apart: 0,
        };
        person.feed(Event::Resized {
            width: 80,
            height: 24,
        });
        person
    }

    fn feed(&mut self, event: Event) {
        let now = clock::now().milliseconds() + self.pressed_apart;
        self.app
            .update(Event::Clock(Timestamp::from_milliseconds(now)));
        for effect in self.app.update(event) {
            if let Some(TerminalEffect::Edit(request)) = self.worker.perform(effect) {
                self.feed(definitions::edited(&request));
            }
        }
    }

    fn press(&mut self, keys: &str) {
        for key in parse_keys(keys) {
            self.pressed_apart += 300;
            self.feed(Event::Key(key));
        }
    }

    async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let all = async {
            while !is_so(self) {
                let event = self.worker.next().await;
                self.feed(event);
            }
        };
        let in_time = tokio::time::timeout(TOO_LONG, all).await;
        assert!(in_time.is_ok(), "{what} never came:\n{}", self.screen());
    }

    async fn creates(&mut self, sandbox: &Sandbox) -> bool {
        self.creates_after("7x", sandbox).await
    }

    /// Presses keys in a draft with loaded contents, then creates its version.
    async fn creates_after(&mut self, keys: &str, sandbox: &Sandbox) -> bool {
        self.until("the draft", |this| {
            let work = this.app.session.work();
            work.is_some_and(|work| work.draft().is_some() && work.findings().pending().is_empty())
        })
        .await;
        let group = self.app.session.work().unwrap().group.to_string();
        let count = || sandbox.account(|account| account.group(&group).unwrap().versions().len());
        let before = count();
        self.press(keys);
        self.press("a");
        self.until("the review", |this| {
            let is_checked = this.app.session.work().unwrap().findings().pending().is_empty();
            let is_ready = matches!(this.app.screen(), Screen::Review(review) if review.stage == ReviewStage::Ready);
            is_checked && is_ready
        })
        .await;
        while let Screen::Review(review) = self.app.screen()
            && review.boxes.open().next().is_some()
        {
            self.press("<Space><Down>");
        }
        self.press("<Right><Enter>");
        self.until("the outcome", |this| {
            let outcome = this.app.shown_outcome();
            outcome.is_some_and(|step| !step.is_looking())
        })
        .await;
        assert_eq!(count(), before + 1, "exactly one version is new");
        self.shows_the_truth(sandbox, &group)
    }

    fn shows_the_truth(&self, sandbox: &Sandbox, group: &str) -> bool {
        let latest =
            sandbox.account(|account| account.group(group).unwrap().latest().unwrap().id.clone());
        let outcome = self.app.shown_outcome().unwrap();
        let is_unknown = matches!(outcome.state, StepState::Unconfirmed(..));
        let version = outcome
            .created()
            .and_then(|created| created.version.as_deref());
        assert_eq!(version, Some(&*latest));
        assert_eq!(self.app.session.submissions().created().count(), 1);
        let screen = self.screen();
        assert!(screen.contains(&latest[..8]), "{screen}");
        is_unknown
    }

    fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let theme = Theme::default();
        terminal
            .draw(|frame| _ = ui::render(&self.app, &theme, frame))
            .unwrap();
        terminal.backend().to_string()
    }
}
