//! Real connections that break before or after the effect: there is one effect each time, and the screen
//! reports it.

mod definitions;
mod deployments;

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use greengroup::app::screen::Screen;
use greengroup::app::screen::review::ReviewStage;
use greengroup::app::submission::StepState;
use greengroup::app::{Keymap, Launch};
use greengroup::greengrass::{ClientOptions, ConnectOptions};
use greengroup::runtime::connection::ConnectionTarget;
use greengroup::runtime::journal::Journal;
use greengroup::sandbox::account::Account;
use greengroup::sandbox::{Sandbox, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::program::{own_test, ran};
use crate::support::session::{Clock, NOW, Sandboxed, Session, Time};
use crate::support::small_account::small_account;

const TRIES: usize = 200;
const AT_A_TIME: usize = 25;

#[test]
fn cut_create_is_there_once_and_shown() {
    in_a_process_of_its_own("journeys::failures::truncation::creates_in_a_process_of_its_own");
}

/// Runs an ignored test in a process with credentials in its environment.
fn in_a_process_of_its_own(test: &str) {
    let home = tempfile::tempdir().unwrap();
    let mut command = own_test(test);
    command
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_ACCESS_KEY_ID", "AKIATEST")
        .env("AWS_SECRET_ACCESS_KEY", "s3cr3t/env+key")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        // Nothing here uses TLS, and reading the machine's certificates two hundred times would take longest.
        .env("SSL_CERT_FILE", "/dev/null")
        .stdin(Stdio::null());
    let (status, printed, said) = ran(&mut command);
    assert_eq!(status, Some(0), "{printed}{said}");
    let is_complete = printed.contains(&format!("{TRIES} tries"));
    assert!(is_complete, "{printed}{said}");
}

#[tokio::test]
#[ignore = "runs in a process with credentials in its environment, started by the test above"]
async fn creates_in_a_process_of_its_own() {
    let account = small_account();
    // Nothing of the response, a part of it, or enough to make it complete.
    let passed = |number| [0, 0, 1, 40, 200, 420, 450, 4096][number % 8];
    let found = tried(|number| {
        let cut = Cut::After(passed(number));
        cut_once(account.clone(), (cut, 1), creates)
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
    act: impl AsyncFn(&mut Session) -> bool,
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
    let mut session = start(endpoint, sandbox);
    let is_found = act(&mut session).await;
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

/// The program on a real connection to a server of `sandbox`.
fn start(endpoint: String, sandbox: Sandbox) -> Session {
    let client = ClientOptions {
        requests_per_second: f64::INFINITY,
        ..ClientOptions::default()
    };
    let target = ConnectionTarget::Service(ConnectOptions {
        endpoint_url: Some(endpoint),
        client,
        ..ConnectOptions::default()
    });
    let launch = Launch {
        group: Some("alpha".to_owned()),
        ..Launch::default()
    };
    let runtime = Sandboxed::through(target, sandbox, Journal::nowhere());
    let clock = Clock::new(NOW.parse().unwrap(), Time::OfThisMachine);
    let mut session = Session::over(runtime, (launch, Keymap::default()), clock);
    session.resize_now((80, 24));
    session
}

async fn creates(session: &mut Session) -> bool {
    creates_after(session, "7x").await
}

/// Presses keys in a draft with loaded contents, then creates its version.
async fn creates_after(session: &mut Session, keys: &str) -> bool {
    session
        .until("the draft", |session| {
            let work = session.app.session.work();
            work.is_some_and(|work| work.draft().is_some() && work.findings().pending().is_empty())
        })
        .await;
    let group = session.app.session.work().unwrap().group.to_string();
    let count = |session: &Session| {
        let versions = |account: &Account| account.group(&group).unwrap().versions().len();
        session.sandbox().account(versions)
    };
    let before = count(session);
    session.press_now(keys);
    session.press_now("a");
    session
        .until("the review", |session| {
            let work = session.app.session.work().unwrap();
            let is_checked = work.findings().pending().is_empty();
            let is_ready = matches!(
                session.app.screen(),
                Screen::Review(review) if review.stage == ReviewStage::Ready
            );
            is_checked && is_ready
        })
        .await;
    while let Screen::Review(review) = session.app.screen()
        && review.boxes.open().next().is_some()
    {
        session.press_now("<Space><Down>");
    }
    session.press_now("<Right><Enter>");
    session
        .until("the outcome", |session| {
            let outcome = session.app.shown_outcome();
            outcome.is_some_and(|step| !step.is_looking())
        })
        .await;
    assert_eq!(count(session), before + 1, "exactly one version is new");
    shows_the_truth(session, &group)
}

fn shows_the_truth(session: &Session, group: &str) -> bool {
    let latest = session
        .sandbox()
        .account(|account| account.group(group).unwrap().latest().unwrap().id.clone());
    let outcome = session.app.shown_outcome().unwrap();
    let is_unknown = matches!(outcome.state, StepState::Unconfirmed(..));
    let version = outcome
        .created()
        .and_then(|created| created.version.as_deref());
    assert_eq!(version, Some(&*latest));
    assert_eq!(session.app.session.submissions().created().count(), 1);
    session.assert_body(&latest[..8]);
    is_unknown
}
