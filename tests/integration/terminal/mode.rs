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
use portable_pty::CommandBuilder;
use ratatui::widgets::{Paragraph, Wrap};
use rstest::rstest;
use rustix::process::{Pid, Signal as Number, kill_process};

use tokio::signal::unix::{SignalKind, signal};

use super::pseudo::{Pseudo, SCENARIO, scenario_command};

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

fn started(scenario: &str) -> Pseudo {
    let pseudo = Pseudo::run(&format!("exec env {}", scenario_command(scenario).0));
    pseudo.wait_for_text("drawn");
    pseudo
}

fn process(pseudo: &Pseudo) -> Pid {
    Pid::from_raw(i32::try_from(pseudo.child.process_id().unwrap()).unwrap()).unwrap()
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pseudo = started("quit");
    pseudo.wait("raw mode", |_| !pseudo.is_cooked());
    pseudo.assert_taken();
    pseudo.press(b"q");
    assert_eq!(pseudo.wait_for_end(), 0);
    pseudo.assert_given_back();
    let sent = pseudo.sent();
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
    let mut pseudo = started("quit");
    kill_process(process(&pseudo), number).unwrap();
    assert_eq!(pseudo.wait_for_end(), 0);
    pseudo.assert_given_back();
}

#[test]
fn task_panic_restores_terminal_before_its_message() {
    let mut pseudo = Pseudo::run(&format!("exec env {}", scenario_command("panic").0));
    pseudo.wait_for_text("a task failed on purpose");
    pseudo.assert_given_back();
    let sent = pseudo.sent();
    let (left, message) = (
        sent.find("\x1b[?1049l"),
        sent.find("a task failed on purpose"),
    );
    assert!(sent.contains("drawn") && left.is_some() && left < message);
    kill_process(process(&pseudo), Number::KILL).unwrap();
    pseudo.wait_for_end();
}

#[test]
fn panic_restores_terminal_before_its_message() {
    let nowhere = "HOME=/nowhere XDG_CONFIG_HOME=/nowhere XDG_STATE_HOME=/nowhere";
    let line = scenario_command("program").0;
    let mut pseudo = Pseudo::run(&format!("exec env {nowhere} {line}"));
    pseudo.wait_for_text("press-line-1");
    pseudo.assert_taken();
    kill_process(process(&pseudo), Number::URG).unwrap();
    pseudo.wait_for_text("the program failed on purpose");
    // The exit status of a process that panicked, either of this one or of the program.
    assert_eq!(pseudo.wait_for_end(), 101);
    pseudo.assert_given_back();
    let sent = pseudo.sent();
    let (left, message) = (
        sent.find("\x1b[?1049l"),
        sent.find("the program failed on purpose"),
    );
    assert!(left.is_some() && left < message);
}

#[test]
fn panic_is_logged_with_its_location() {
    let mut pseudo = Pseudo::run(&format!("exec env {}", scenario_command("defect").0));
    pseudo.wait_for_text("noted: true");
    pseudo.assert_given_back();
    let said = pseudo.screen().contents().replace('\n', "");
    assert!(said.contains("greengroup: this is a defect."), "{said}");
    assert!(
        said.contains("The message is in") && said.contains("greengroup-defect-"),
        "{said}"
    );
    assert!(said.contains("greengroup doctor --markdown"), "{said}");
    pseudo.wait_for_end();
}

#[test]
fn error_restores_terminal_and_stays_readable() {
    let mut pseudo = Pseudo::run(&format!("exec env {}", scenario_command("error").0));
    pseudo.wait_for_text("the terminal failed: on purpose");
    assert_eq!(pseudo.wait_for_end(), 0);
    pseudo.assert_given_back();
}

#[test]
fn without_any_terminal_there_is_a_sentence() {
    let (line, _) = scenario_command("absent");
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("{line} 2>&1 | cat")])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("this needs a terminal"), "{text}");
}

#[test]
fn dead_terminal_ends_the_process() {
    let mut pseudo = started("quit");
    pseudo.hang_up(b"x");
    pseudo.wait_for_end();
}

#[test]
fn blocked_terminal_does_not_delay_the_exit() {
    // Messages would block too, so they go elsewhere; only the screen is on the terminal.
    let line = scenario_command("quit").0;
    let mut pseudo = Pseudo::run(&format!("exec env {line} >/dev/null 2>&1 </dev/null"));
    pseudo.wait_for_text("drawn");
    pseudo.stop_reading(b"f");
    kill_process(process(&pseudo), Number::TERM).unwrap();
    pseudo.wait_for_end();
    assert!(pseudo.is_cooked(), "raw mode was left");
}

#[test]
fn keys_pastes_and_sizes_arrive() {
    let mut pseudo = started("quit");
    pseudo.press(b"\x1b[A");
    pseudo.wait_for_text("Up");
    pseudo.press(b"\x1b[200~y\r\x1b[201~");
    pseudo.wait_for_text(r#"Pasted { text: "y\n""#);
    kill_process(process(&pseudo), Number::INT).unwrap();
    pseudo.wait_for_text("Interrupt Size { width: 80, height: 24 }");
    pseudo.press(b"q");
    pseudo.wait_for_end();
}

/// Line graphics, insert mode, a scroll region, origin mode, no wrapping.
#[test]
fn what_a_killed_program_left_on_is_set_right() {
    let mess = r"\033(0\033[4h\033[5;10r\033[?6h\033[?7l";
    let program = env!("CARGO_BIN_EXE_greengroup");
    let start = format!("printf '{mess}'; HOME=/nowhere exec '{program}' --sandbox");
    let mut pseudo = Pseudo::run(&start);
    pseudo.wait_for_text("cold-store");
    let first = pseudo.screen().rows(0, 80).next().unwrap();
    assert!(first.starts_with(" sandbox "), "{first}");
    let repair = "\x1b(B\x0f\x1b[4l\x1b[r\x1b[?6l\x1b[?7h";
    assert_eq!(pseudo.sent().matches(repair).count(), 1);
    pseudo.press(b"\x0c");
    pseudo.wait("it is set right again", |_| {
        pseudo.sent().matches(repair).count() == 2
    });
    pseudo.press(b"q");
    pseudo.wait_for_end();
}

/// What `Y` shows is selected by the terminal itself, so an ARN longer than a row is one line for it.
#[test]
fn long_arn_of_the_plain_text_is_one_line_of_the_terminal() {
    let program = env!("CARGO_BIN_EXE_greengroup");
    let start = format!("HOME=/nowhere exec '{program}' --sandbox --group press-line-3");
    let mut pseudo = Pseudo::run(&start);
    pseudo.wait_for_text("press-line-3-core");
    pseudo.press(b"Y");
    let begins = |row: &str| row.starts_with("arn:aws:greengrass:");
    pseudo.wait("the plain text", |screen| {
        screen.rows(0, 80).any(|row| begins(&row))
    });
    let screen = pseudo.screen();
    let place = screen.rows(0, 80).position(|row| begins(&row)).unwrap();
    assert!(screen.row_wrapped(u16::try_from(place).unwrap()));
    pseudo.press(b"q");
    pseudo.wait("the panes, no row of which goes on in the next", |screen| {
        let wrapped = (0..24).any(|row| screen.row_wrapped(row));
        !wrapped && screen.contents().contains("press-line-3-core")
    });
    pseudo.press(b"q");
    pseudo.wait_for_end();
}

#[test]
fn session_leader_refuses_to_suspend() {
    let mut pseudo = started("quit");
    pseudo.press(b"\x1a");
    pseudo.wait_for_text("no shell waits behind this program");
    pseudo.assert_taken();
    pseudo.press(b"q");
    pseudo.wait_for_end();
}

#[test]
fn under_a_shell_it_suspends_and_comes_back() {
    let mut command = CommandBuilder::new("bash");
    command.args(["--norc", "--noprofile", "-i"]);
    command.env("PS1", "shell> ");
    let mut pseudo = Pseudo::spawn(command);
    pseudo.wait_for_text("shell>");
    pseudo.press(format!("{}\r", scenario_command("quit").0).as_bytes());
    pseudo.wait("the screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("drawn")
    });
    pseudo.press(b"\x1a");
    pseudo.wait("the shell", |screen| {
        !screen.alternate_screen()
            && screen.contents().contains("Stopped")
            && screen.contents().trim_end().ends_with("shell>")
    });
    pseudo.press(b"echo from the shell\r");
    pseudo.wait_for_text("\nfrom the shell");
    assert!(!pseudo.screen().bracketed_paste() || pseudo.sent().contains("shell>"));
    pseudo.press(b"fg\r");
    pseudo.wait("the screen again", |screen| {
        screen.alternate_screen() && screen.contents().contains("continued")
    });
    pseudo.wait_for_text("a line that is always there");
    pseudo.press(b"x");
    pseudo.wait_for_text("Char('x')");
    pseudo.press(b"q");
    // The program ends before the shell gets the terminal: only the prompt shows that the shell reads.
    pseudo.wait("the shell again", |screen| {
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && screen.contents().trim_end().ends_with("shell>")
    });
    pseudo.press(b"exit\r");
    pseudo.wait_for_end();
}
