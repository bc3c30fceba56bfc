//! The terminal is restored on every path: by processes that really end, on a real pseudo-terminal.

use std::time::Duration;

use clap::Parser;
use greengroup::cli::{self, CommandLine};
use greengroup::runtime::files::log;
use greengroup::runtime::input::delays::Delays;
use greengroup::runtime::input::{Input, Inputs};
use greengroup::runtime::signals::{Signal, Signals};
use greengroup::runtime::terminal::{
    Capabilities, ColorMode, Terminal, TerminalError, open_for_reading,
};
use ratatui::widgets::{Paragraph, Wrap};
use rstest::rstest;
use rustix::process::Signal as Number;
use tokio::signal::unix::{SignalKind, signal};

use crate::support::program::own_test;
use crate::support::pty::{Program, Start};

/// The variable that makes [`scenario`] a process for another test.
pub(super) const SCENARIO: &str = "GREENGROUP_TEST_SCENARIO";

const SCENARIO_TEST: &str = "terminal::mode::scenario";

fn open() -> Terminal {
    Terminal::open(Capabilities::MODERN, ColorMode::Ansi16).unwrap()
}

fn show(terminal: &mut Terminal, text: &str) {
    let text = Paragraph::new(format!("{text}\na line that is always there"));
    terminal
        .draw(|frame| frame.render_widget(text, frame.area()))
        .unwrap();
}

/// Not a test itself: the process for the tests below, on a terminal.
#[tokio::test(flavor = "current_thread")]
async fn scenario() {
    let Ok(scenario) = std::env::var(SCENARIO) else {
        return;
    };
    match scenario.as_str() {
        "quit" => {
            let mut signals = Signals::start().unwrap();
            let mut terminal = open();
            terminal
                .set_title("greengroup \u{1b}]0;evil\u{7} press-line")
                .unwrap();
            show(&mut terminal, "drawn");
            serve(&mut terminal, &mut signals).await;
        }
        "panic" => {
            let mut terminal = open();
            show(&mut terminal, "drawn");
            let task = tokio::spawn(async { panic!("a task failed on purpose") });
            _ = task.await;
            // The terminal is restored although its owner still exists.
            std::future::pending::<()>().await;
        }
        "program" => {
            let mut asked = signal(SignalKind::from_raw(Number::URG.as_raw())).unwrap();
            let line = CommandLine::try_parse_from(["greengroup", "--sandbox"]).unwrap();
            tokio::select! {
                _ = Box::pin(cli::run(line)) => {}
                _ = asked.recv() => panic!("the program failed on purpose"),
            }
        }
        "defect" => {
            let file =
                std::env::temp_dir().join(format!("greengroup-defect-{}", std::process::id()));
            log::start(&file, tracing::level_filters::LevelFilter::ERROR).unwrap();
            log::keep_panics(Some(&file));
            let mut terminal = open();
            show(&mut terminal, "drawn");
            let task = tokio::spawn(async { panic!("a task failed on purpose") });
            _ = task.await;
            let noted = std::fs::read_to_string(&file).unwrap_or_default();
            std::fs::remove_file(&file).unwrap();
            println!("noted: {}", noted.contains("a task failed on purpose"));
        }
        "error" => {
            let failed: Result<(), TerminalError> = (|| {
                let mut terminal = open();
                terminal.draw(|frame| frame.render_widget("drawn", frame.area()))?;
                Err(std::io::Error::other("on purpose").into())
            })();
            eprintln!("{}", failed.unwrap_err());
        }
        "absent" => {
            rustix::process::setsid().unwrap();
            let error = Terminal::open(Capabilities::MODERN, ColorMode::Ansi16).unwrap_err();
            eprintln!("{error}");
        }
        other => panic!("{other}"),
    }
}

/// A small main loop: shows the last event, and ends on `q` and on the ending signals.
async fn serve(terminal: &mut Terminal, signals: &mut Signals) {
    let delays = Delays::after(Duration::from_millis(50));
    let mut inputs = Inputs::start(open_for_reading().unwrap(), delays).unwrap();
    loop {
        let text = tokio::select! {
            input = inputs.next() => match input {
                Input::Closed => return,
                Input::Key(press) if press.to_string() == "q" => return,
                Input::Key(press) if press.to_string() == "f" => {
                    for _ in 0..100 {
                        flood(terminal).unwrap();
                    }
                    continue;
                }
                Input::Key(press) if press.to_string() == "Ctrl-Z" => match terminal.suspend() {
                    Ok(()) => continue,
                    Err(refused) => refused.to_string(),
                },
                input @ (Input::Key(_) | Input::Pasted { .. }) => format!("{input:?}"),
            },
            signal = signals.next() => match signal {
                Signal::Terminate | Signal::Quit => return,
                Signal::Continued => {
                    terminal.resume().unwrap();
                    "continued".to_owned()
                }
                signal @ (Signal::Interrupt | Signal::Suspend | Signal::Resized) => format!("{signal:?} {:?}", terminal.size().unwrap()),
            },
        };
        show(terminal, &text);
    }
}

/// Two frames that differ in every cell.
fn flood(terminal: &mut Terminal) -> Result<(), TerminalError> {
    for text in ["flood ", "other "] {
        let text = Paragraph::new(text.repeat(400)).wrap(Wrap::default());
        terminal.draw(|frame| frame.render_widget(text, frame.area()))?;
    }
    Ok(())
}

/// A process that plays this scenario.
fn scene(scenario: &str) -> Start {
    Start::test(SCENARIO_TEST).variable(SCENARIO, scenario)
}

fn started(scenario: &str) -> Program {
    let program = scene(scenario).run();
    program.wait_for("drawn");
    program
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut program = started("quit");
    program.assert_taken();
    program.send("q");
    let finished = program.finish();
    assert_eq!(finished.status, 0);
    finished.assert_given_back();
    let sent = finished.sent();
    assert!(
        !sent.contains("\x1b]0;"),
        "a title with a sequence in it was sent as it is"
    );
    assert!(
        sent.contains("\x1b[22;2t") && sent.contains("\x1b[23;2t"),
        "the title was not saved"
    );
    assert!(
        !sent.contains("?1000h") && !sent.contains("?1006h"),
        "the mouse was captured"
    );
    assert!(
        !sent.contains("\x1b[6n") && !sent.contains("\x1b[c"),
        "the terminal was asked"
    );
}

#[rstest]
#[case(Number::TERM)]
#[case(Number::HUP)]
fn a_signal_gives_the_terminal_back(#[case] number: Number) {
    let program = started("quit");
    program.signal(number);
    let finished = program.finish();
    assert_eq!(finished.status, 0);
    finished.assert_given_back();
}

/// True if the screen was left before `message`.
fn is_left_before(sent: &str, message: &str) -> bool {
    let left = sent.find("\x1b[?1049l");
    left.is_some() && left < sent.find(message)
}

#[test]
fn task_panic_restores_terminal_before_its_message() {
    let message = "a task failed on purpose";
    let program = scene("panic").run();
    program.wait_for(message);
    program.wait_until_given_back();
    let sent = program.sent();
    assert!(sent.contains("drawn") && is_left_before(&sent, message));
    program.signal(Number::KILL);
    program.finish();
}

#[test]
fn panic_restores_terminal_before_its_message() {
    let message = "the program failed on purpose";
    let program = scene("program").run();
    program.wait_for("press-line-1");
    program.assert_taken();
    program.signal(Number::URG);
    program.wait_for(message);
    let finished = program.finish();
    // The exit status of a process that panicked, either of this one or of the program.
    assert_eq!(finished.status, 101);
    finished.assert_given_back();
    assert!(is_left_before(&finished.sent(), message));
}

#[test]
fn panic_is_logged_with_its_location() {
    let program = scene("defect").run();
    program.wait_for("noted: true");
    program.wait_until_given_back();
    let said = program.screen().replace('\n', "");
    assert!(said.contains("greengroup: this is a defect."), "{said}");
    assert!(
        said.contains("The message is in") && said.contains("greengroup-defect-"),
        "{said}"
    );
    assert!(said.contains("greengroup doctor --markdown"), "{said}");
    program.finish();
}

#[test]
fn error_restores_terminal_and_stays_readable() {
    let program = scene("error").run();
    program.wait_for("the terminal failed: on purpose");
    let finished = program.finish();
    assert_eq!(finished.status, 0);
    finished.assert_given_back();
}

#[test]
fn without_any_terminal_there_is_a_sentence() {
    let output = own_test(SCENARIO_TEST).env(SCENARIO, "absent").output();
    let text = String::from_utf8(output.unwrap().stderr).unwrap();
    assert!(text.contains("this needs a terminal"), "{text}");
}

#[test]
fn dead_terminal_ends_the_process() {
    let mut program = started("quit");
    program.hang_up("x");
    program.finish();
}

#[test]
fn blocked_terminal_does_not_delay_the_exit() {
    // Messages would block too, so they go elsewhere; only the screen is on the terminal.
    let start = scene("quit").script(r#"exec "$0" "$@" >/dev/null 2>&1 </dev/null"#);
    let mut program = start.run();
    program.wait_for("drawn");
    program.stall("f");
    program.signal(Number::TERM);
    assert!(program.finish().is_cooked, "raw mode was left");
}

#[test]
fn keys_pastes_and_sizes_arrive() {
    let mut program = started("quit");
    program.send("\x1b[A");
    program.wait_for("Up");
    program.send("\x1b[200~y\r\x1b[201~");
    program.wait_for(r#"Pasted { text: "y\n""#);
    program.signal(Number::INT);
    program.wait_for("Interrupt Size { width: 80, height: 24 }");
    program.send("q");
    program.finish();
}

/// Line graphics, insert mode, a scroll region, origin mode, no wrapping.
#[test]
fn modes_of_a_killed_program_are_reset() {
    let mess = r#"printf '\033(0\033[4h\033[5;10r\033[?6h\033[?7l'; exec "$0" "$@""#;
    let mut program = Start::with("--sandbox").script(mess).run();
    let screen = program.wait_for("cold-store");
    let first = screen.lines().next().unwrap();
    assert!(first.starts_with(" sandbox "), "{first}");
    let repair = "\x1b(B\x0f\x1b[4l\x1b[r\x1b[?6l\x1b[?7h";
    assert_eq!(program.sent().matches(repair).count(), 1);
    program.send("\x0c");
    program.wait_until_sent("the second repair", |sent| {
        sent.matches(repair).count() == 2
    });
    program.send("q");
    program.finish();
}

/// What `Y` shows is selected by the terminal itself, so an ARN longer than a row is one line for it.
#[test]
fn long_arn_in_plain_text_wraps() {
    let mut program = Start::with("--sandbox --group press-line-3").run();
    program.wait_for("press-line-3-core");
    program.send("Y");
    let begins = |row: &str| row.starts_with("arn:aws:greengrass:");
    program.wait_until("the plain text", |screen| {
        let place = screen.rows(0, 80).position(|row| begins(&row));
        place.is_some_and(|place| screen.row_wrapped(u16::try_from(place).unwrap()))
    });
    program.send("q");
    program.wait_until("the panes, no row of which goes on in the next", |screen| {
        let wrapped = (0..24).any(|row| screen.row_wrapped(row));
        !wrapped && screen.contents().contains("press-line-3-core")
    });
    program.send("q");
    program.finish();
}

#[test]
fn session_leader_refuses_to_suspend() {
    let mut program = started("quit");
    program.send("\x1a");
    program.wait_for("no shell waits behind this program");
    program.assert_taken();
    program.send("q");
    program.finish();
}

#[test]
fn under_a_shell_it_suspends_and_comes_back() {
    let start = scene("quit")
        .script("exec bash --norc --noprofile -i")
        .variable("PS1", "shell> ");
    let line = start.line();
    let mut program = start.run();
    program.wait_for("shell>");
    program.send(format!("{line}\r"));
    program.wait_until("the screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("drawn")
    });
    program.send("\x1a");
    program.wait_until("the shell", |screen| {
        !screen.alternate_screen()
            && screen.contents().contains("Stopped")
            && screen.contents().trim_end().ends_with("shell>")
    });
    program.send("echo from the shell\r");
    program.wait_for("\nfrom the shell");
    program.send("fg\r");
    program.wait_until("the screen again", |screen| {
        screen.alternate_screen() && screen.contents().contains("continued")
    });
    program.wait_for("a line that is always there");
    program.send("x");
    program.wait_for("Char('x')");
    program.send("q");
    // The program ends before the shell gets the terminal: only the prompt shows that the shell reads.
    program.wait_until("the shell again", |screen| {
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && screen.contents().trim_end().ends_with("shell>")
    });
    program.send("exit\r");
    program.finish();
}
