//! The terminal is lent to the user's editor and taken back, with scripts as editors.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use rstest::rstest;
use rustix::process::Signal;

use crate::support::program::PROGRAM;
use crate::support::pty::{Finished, Program, Start};

const EDIT: &str = "e";
/// The content under the cursor, in words.
const CORE: &str = "1 core: press-line-3-core";
const NAME: &str = "the user's \"editor\".sh";

/// The program with a script as its editor; the file is its `$1`.
fn with_editor(script: &str) -> Start {
    with_command(r#"sh "./the user's \"editor\".sh""#, script)
}

fn with_command(command: &str, script: &str) -> Start {
    Start::with("--sandbox --group press-line-3")
        .size(160, 24)
        .variable("EDITOR", command)
        .file(NAME, script)
}

fn edited(start: Start) -> Program {
    let mut program = opened(start);
    program.send(EDIT);
    program
}

/// The program, once the content under its cursor is loaded.
fn opened(start: Start) -> Program {
    let program = start.run();
    program.wait_for(CORE);
    program
}

/// Waits for the script's sign, presses Enter, and waits for the program's screen.
fn return_from(program: &mut Program, sign: &str) {
    program.wait_for(sign);
    program.send("\r");
    wait_for_screen(program);
}

fn wait_for_screen(program: &Program) {
    program.wait_until("the program's screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("kept 5")
    });
}

fn ended(mut program: Program) -> Finished {
    program.send("q");
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!((finished.status, finished.complaint.as_str()), (130, ""));
    finished
}

/// The remaining files in a folder.
fn kept(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn edits(home: &Path) -> PathBuf {
    home.join(".local/state/greengroup/edit")
}

#[rstest]
#[case(false)]
#[case(true)]
fn editor_has_terminal_and_keys(#[case] is_into_file: bool) {
    let script = r#"[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo "lines: $(stty -a | grep -c ' icanon')"
        read line
        echo "$line" > "$HOME/typed""#;
    let start = with_editor(script);
    let start = if is_into_file {
        start.into_file()
    } else {
        start
    };
    let mut program = edited(start);
    program.wait_for("lines: 1");
    program.send("q3x?\r");
    wait_for_screen(&program);
    let finished = ended(program);
    let typed = fs::read_to_string(finished.home.path().join("typed"));
    assert_eq!(typed.unwrap(), "q3x?\n");
}

/// Keys typed ahead are for the editor, so the program must not handle them.
#[test]
fn keys_before_the_editor_do_nothing() {
    let mut program = opened(with_editor("echo begun; read line"));
    program.send(format!("{EDIT}3x"));
    return_from(&mut program, "begun");
    // The response to a later key shows that the program has handled all input.
    program.send("u");
    let shown = program.wait_for("nothing to undo");
    assert!(shown.contains("kept 5"), "{shown}");
    ended(program);
}

#[rstest]
#[case("session", "session/greengroup", false)]
#[case("", ".local/state/greengroup/edit", false)]
#[case("nowhere", ".local/state/greengroup/edit", false)]
#[case("session", ".local/state/greengroup/edit", true)]
fn file_is_private_and_removed(
    #[case] session: &str,
    #[case] folder: &str,
    #[case] is_planted: bool,
) {
    let script = r#"stat -c '%a %F' "$1" "$(dirname "$1")" > "$HOME/modes"
        echo "$1" > "$HOME/path"; echo begun; read line"#;
    let mut start = with_editor(script);
    let home = start.home().to_owned();
    if session == "session" {
        fs::create_dir(home.join(session)).unwrap();
    }
    if is_planted {
        fs::create_dir(home.join("planted")).unwrap();
        symlink(home.join("planted"), home.join("session/greengroup")).unwrap();
    }
    if !session.is_empty() {
        let session = home.join(session);
        start = start.variable("XDG_RUNTIME_DIR", session.to_str().unwrap());
    }
    let mut program = edited(start);
    return_from(&mut program, "begun");
    let finished = ended(program);
    let read = |name| fs::read_to_string(finished.home.path().join(name)).unwrap();
    assert_eq!(read("modes"), "600 regular file\n700 directory\n");
    let path = PathBuf::from(read("path").trim_end());
    assert_eq!(path.parent(), Some(home.join(folder).as_path()));
    assert!(!path.exists(), "{} was left", path.display());
}

#[test]
fn folder_of_others_mode_is_made_private() {
    let start =
        with_editor(r#"stat -c %a "$(dirname "$1")" > "$HOME/mode"; echo begun; read line"#);
    let folder = edits(start.home());
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let mut program = edited(start);
    return_from(&mut program, "begun");
    let finished = ended(program);
    let mode = fs::read_to_string(finished.home.path().join("mode"));
    assert_eq!(mode.unwrap(), "700\n");
}

#[rstest]
#[case("sh ./editor.sh --wait 'two words'", "3: --wait, two words")]
#[case("FLAG=set sh ./editor.sh", "1: ")]
#[case("true && sh ./editor.sh", "1: ")]
fn command_is_a_line_of_shell(#[case] command: &str, #[case] arguments: &str) {
    let script = r#"count=$#
        [ $# = 1 ] && file=$1 || { file=$3; words="$1, $2"; }
        [ -f "$file" ] && echo "$count: $words"
        read line"#;
    let start = with_command(command, "").file("editor.sh", script);
    let state = start.home().join("a \"state\" 'of' $HOME");
    let start = start.variable("XDG_STATE_HOME", state.to_str().unwrap());
    let mut program = edited(start);
    return_from(&mut program, arguments);
    ended(program);
    assert_eq!(kept(state.join("greengroup/edit")), Vec::<PathBuf>::new());
}

#[rstest]
#[case("exit 3", "ended with status 3")]
#[case("kill -9 $$", "ended by SIGKILL")]
fn failed_editor_changes_nothing(#[case] end: &str, #[case] shown: &str) {
    let program = edited(with_editor(end));
    program.wait_for(shown);
    let finished = ended(program);
    assert_eq!(kept(edits(finished.home.path())), Vec::<PathBuf>::new());

    let program = edited(with_editor(&format!("echo mine > \"$1\"; {end}")));
    program.wait_for(shown);
    let finished = ended(program);
    let files = kept(edits(finished.home.path()));
    assert_eq!(files.len(), 1);
    assert_eq!(fs::read_to_string(&files[0]).unwrap(), "mine\n");
}

#[test]
fn missing_editor_names_the_variables() {
    let program = edited(with_command("no-such-editor --wait", ""));
    let shown = program.wait_for("GREENGROUP_EDITOR, VISUAL or EDITOR");
    assert!(shown.contains("no-such-editor --wait"), "{shown}");
    let finished = ended(program);
    assert_eq!(kept(edits(finished.home.path())), Vec::<PathBuf>::new());
}

#[test]
fn missing_shell_is_a_failed_edit() {
    let program = edited(with_editor("").variable("PATH", "/nowhere"));
    program.wait_for("the editor cannot be started");
    let finished = ended(program);
    assert_eq!(kept(edits(finished.home.path())), Vec::<PathBuf>::new());
}

#[rstest]
#[case(r#"printf '\377' > "$1""#, "it is not UTF-8")]
#[case(r#"rm "$1"; mkfifo "$1""#, "it is not a regular file")]
#[case(r#"truncate -s 17M "$1""#, "it is larger than")]
fn unreadable_text_is_kept(#[case] script: &str, #[case] shown: &str) {
    let program = edited(with_editor(script).size(240, 24));
    program.wait_for(shown);
    let finished = ended(program);
    assert_eq!(kept(edits(finished.home.path())).len(), 1);
}

#[rstest]
#[case(&["EDITOR"], "1")]
#[case(&["EDITOR", "VISUAL"], "2")]
#[case(&["EDITOR", "VISUAL", "GREENGROUP_EDITOR"], "3")]
fn first_variable_counts(#[case] variables: &[&str], #[case] last: &str) {
    let mut start = Start::with("--sandbox --group press-line-3")
        .size(160, 24)
        .variable("GREENGROUP_EDITOR", " ");
    for (number, name) in (1..).zip(variables) {
        start = start.variable(name, &format!("sh -c 'echo opened {number}; read line'"));
    }
    let mut program = edited(start);
    return_from(&mut program, &format!("opened {last}"));
    ended(program);
}

/// Application arrow keys, mouse reports, raw mode, the alternate screen, a bold font.
#[rstest]
#[case("exit 0")]
#[case("kill -9 $$")]
fn terminal_left_in_disorder_is_put_right(#[case] end: &str) {
    let script = r"printf '\033[?1049h\033[?1h\033[?1000h\033[?1006h\033[1m\033[4h\033[5;9rbegun'
        read line; stty raw -echo; ";
    let mut program = edited(with_editor(&format!("{script}{end}")));
    program.wait_for("begun");
    program.send("\r");
    program.wait_until("the program's screen", |screen| {
        let modes = (screen.application_cursor(), screen.mouse_protocol_mode());
        screen.contents().contains("kept 5")
            && modes == (false, vt100::MouseProtocolMode::None)
            && screen.bracketed_paste()
    });
    ended(program);
}

#[rstest]
#[case("")]
#[case("trap '' TERM; ")]
#[case("trap 'echo ended >> \"$1\"; exit' TERM; ")]
fn terminated_program_keeps_the_text(#[case] trap: &str) {
    // Runs as long as the file exists.
    let script = r#"echo mine >> "$1"; stty raw; printf '\033[?1049hhangs'; while [ -e "$1" ]; do sleep 0.1; done"#;
    let program = edited(with_editor(&format!("{trap}{script}")));
    program.wait_for("hangs");
    program.signal(Signal::TERM);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(finished.status, 130);
    let files = kept(edits(finished.home.path()));
    assert_eq!(files.len(), 1);
    let text = fs::read_to_string(&files[0]).unwrap();
    let is_asked_to_end = trap.contains("echo ended");
    assert!(text.ends_with(if is_asked_to_end {
        "mine\nended\n"
    } else {
        "mine\n"
    }));
    let complaint = &finished.complaint;
    assert!(
        complaint.contains(files[0].to_str().unwrap()),
        "{complaint}"
    );
}

#[test]
fn dropped_link_keeps_the_text() {
    let script = r#"echo mine >> "$1"; echo hangs; read line; echo "$line""#;
    let mut program = edited(with_editor(script));
    program.wait_for("hangs");
    program.hang_up("x");
    let finished = program.finish();
    assert_eq!(finished.status, 130);
    let files = kept(edits(finished.home.path()));
    assert_eq!(files.len(), 1);
    let complaint = &finished.complaint;
    assert!(
        complaint.contains(files[0].to_str().unwrap()),
        "{complaint}"
    );
}

#[rstest]
#[case("sh", "\x03", "ended by SIGINT")]
#[case("sh", "\x1c", "ended by SIGQUIT")]
#[case("true && sh", "\x03", "status 130")]
fn interrupting_keys_end_the_editor_alone(
    #[case] shell: &str,
    #[case] key: &str,
    #[case] shown: &str,
) {
    let command = format!("{shell} ./editor.sh");
    let script = "ulimit -c 0; echo hangs; read line";
    let mut program = edited(with_command(&command, "").file("editor.sh", script));
    program.wait_for("hangs");
    program.send(key);
    program.wait_for(shown);
    ended(program);
}

#[test]
fn suspended_editor_goes_on_with_the_program() {
    let start = with_editor(r#"echo begun; read line; echo "$line" > "$HOME/typed""#)
        .script("exec bash --norc --noprofile -i 2>&1")
        .variable("PS1", "shell> ");
    let mut program = start.run();
    program.wait_for("shell>");
    let path = PROGRAM;
    program.send(format!("clear; {path} --sandbox --group press-line-3\r"));
    program.wait_for(CORE);
    program.send(EDIT);
    program.wait_for("begun");
    program.send("\x1a");
    program.wait_until("the shell", |screen| {
        let shown = screen.contents();
        shown.contains("Stopped") && shown.trim_end().ends_with("shell>")
    });
    // The shell takes its terminal back after it has printed its prompt.
    program.send("\r");
    program.wait_until("another prompt", |screen| {
        screen.contents().matches("shell>").count() == 2
    });
    program.send("fg\r");
    program.wait_until("the job again", |screen| {
        screen.contents().matches(path).count() == 2
    });
    program.send("typed\r");
    wait_for_screen(&program);
    program.send("q");
    program.wait_until("the shell again", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("shell>")
    });
    program.send("exit\r");
    let finished = program.finish();
    let typed = fs::read_to_string(finished.home.path().join("typed"));
    assert_eq!(typed.unwrap(), "typed\n");
}

/// In a terminal that is too small, a key changes nothing.
#[test]
fn size_is_read_again_after_the_editor() {
    let mut program = edited(with_editor("echo begun; read line"));
    program.wait_for("begun");
    program.resize(50, 10);
    program.send("\r");
    program.wait_for("60x15");
    // If the slot had been emptied, the second key would ask about that.
    program.send("xq");
    assert_eq!(program.finish().status, 130);
}

#[test]
fn edited_text_becomes_a_version() {
    let script = r#"sed -i 's/press-line-3-core/press-line-9-core/' "$1""#;
    let program = edited(with_editor(script));
    program.wait_until("the new version", |screen| {
        let shown = screen.contents();
        shown.contains("NEW") && shown.contains("1 core: press-line-9-core")
    });
    program.signal(Signal::TERM);
    let finished = program.finish();
    finished.assert_given_back();
    assert_eq!(kept(edits(finished.home.path())), Vec::<PathBuf>::new());
}

/// The editor opens again at the wrong line, if the editor is known to accept a line.
#[rstest]
#[case("vim", "arguments: +")]
#[case("other", "arguments: /")]
fn wrong_line_goes_to_editors_accepting_lines(#[case] name: &str, #[case] shown: &str) {
    let script = r#"#!/bin/sh
        if [ $# = 1 ] && [ ! -e wrong ]; then echo '{"Cores": [}' > "$1"; touch wrong
        else echo "arguments: $*"; read line; fi"#;
    let start = with_command(&format!("./{name}"), "").file(name, script);
    let path = start.home().join(name);
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    let mut program = edited(start);
    return_from(&mut program, shown);
    ended(program);
}

/// An editor that runs in the background returns at once: the notice names the flag that makes it wait.
#[test]
fn immediate_return_of_editor_names_its_flag() {
    let start = with_command("./code", "").file("code", "#!/bin/sh\nexit 0\n");
    let path = start.home().join("code");
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    let program = edited(start);
    program.wait_for("code ended at once and changed nothing: set EDITOR=\"code --wait\".");
    let finished = ended(program);
    assert_eq!(kept(edits(finished.home.path())), Vec::<PathBuf>::new());
}
