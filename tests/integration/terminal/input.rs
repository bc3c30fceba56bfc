//! Bytes of the terminal become keys and pastes, however the network splits them.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{PipeWriter, Write};
use std::time::Duration;

use greengroup::app::key::{Key, KeyPress};
use greengroup::runtime::input::assembler::Assembler;
use greengroup::runtime::input::delays::Delays;
use greengroup::runtime::input::{Input, Inputs};
use proptest::prelude::*;
use rstest::rstest;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

fn delays() -> Delays {
    Delays::after(Duration::from_millis(50))
}

fn uncut(bytes: &[u8]) -> Vec<Input> {
    cut(bytes, &[])
}

/// The events of bytes that arrive in pieces, with a timeout at the end.
fn cut(bytes: &[u8], at: &[usize]) -> Vec<Input> {
    let mut assembler = Assembler::new(delays());
    let mut events = VecDeque::new();
    let mut from = 0;
    let mut ends = at.to_vec();
    ends.push(bytes.len());
    ends.sort_unstable();
    for end in ends {
        assembler.push(&bytes[from..end], &mut events);
        from = end;
    }
    assembler.time_out(&mut events);
    assert_eq!(assembler.patience(), None, "something is still waited for");
    events.into()
}

fn words(events: &[Input]) -> String {
    let words: Vec<String> = events
        .iter()
        .map(|event| match event {
            Input::Key(press) => press.to_string(),
            Input::Pasted { text, dropped } => format!("paste({text:?}, {dropped})"),
            Input::Closed => "closed".to_owned(),
        })
        .collect();
    words.join(" ")
}

#[rstest]
// The bytes of ordinary keys.
#[case(b"aG/7", "a G / 7")]
#[case(b"\r\n\t", "Enter Ctrl-J Tab")]
#[case(b"\x08\x7f", "Backspace Backspace")]
#[case(b"\x01\x03\x15\x1a", "Ctrl-A Ctrl-C Ctrl-U Ctrl-Z")]
#[case(b"\x00\x1c\x1f", "Ctrl-Space Ctrl-\\ Ctrl-_")]
#[case("é字🚀".as_bytes(), "é 字 🚀")]
// Arrows and related keys as sent by xterm, application mode, rxvt and the linux console.
#[case(b"\x1b[A\x1b[B\x1b[C\x1b[D", "Up Down Right Left")]
#[case(b"\x1bOA\x1bOB\x1bOC\x1bOD", "Up Down Right Left")]
#[case(b"\x1b[H\x1b[F\x1bOH\x1bOF", "Home End Home End")]
#[case(b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End")]
#[case(b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "Ins Del PgUp PgDn")]
#[case(b"\x1b[Z", "Shift-Tab")]
#[case(b"\x1bOP\x1b[[A\x1b[11~\x1b[P\x1b[15~\x1b[24~", "F1 F1 F1 F1 F5 F12")]
#[case(
    b"\x1b[1;5C\x1b[1;2A\x1b[1;3D\x1b[5;5~",
    "Ctrl-Right Shift-Up Alt-Left Ctrl-PgUp"
)]
#[case(
    b"\x1b[a\x1bOd\x1b[7^\x1b[7$\x1b[3@",
    "Shift-Up Ctrl-Left Ctrl-Home Shift-Home Ctrl-Shift-Del"
)]
#[case(b"\x1bOM\x1bOj\x1bOy", "Enter * 9")]
// Keys by their character, in kitty's and xterm's forms.
#[case(b"\x1b[27u\x1b[97;5u\x1b[27;5;97~\x1b[13u", "Esc Ctrl-A Ctrl-A Enter")]
#[case(b"\x1b[97;1:3u\x1b[57441u", "")]
// Terminals send Alt as ESC and the key.
#[case(b"\x1b", "Esc")]
#[case(b"\x1b\x1b", "Esc Esc")]
#[case(b"\x1bj", "Alt-j")]
#[case(b"\x1b\r", "Alt-Enter")]
#[case(b"\x1b\x7f", "Alt-Backspace")]
#[case(b"\x1b\x1b[A", "Esc Up")]
#[case("\u{1b}é".as_bytes(), "Esc é")]
#[case(b"\x1b[", "Esc [")]
#[case(b"\x1bO", "Esc O")]
#[case(b"\x1b]", "Esc ]")]
#[case(b"\x1bP", "Esc P")]
#[case(b"\x1b[\r", "Esc [ Enter")]
// Responses and reports of terminals are not keys, and neither are their letters.
#[case(b"\x1b[<64;85;23Mq", "q")]
#[case(b"\x1b[<0;1;1mq", "q")]
#[case(b"\x1b[M !!q", "q")]
#[case(b"\x1b[32;10;10Mq", "q")]
#[case(b"\x1b[12;40Rq", "q")]
#[case(b"\x1b[1;5Rq", "q")]
#[case(b"\x1b[?62;22cq", "q")]
#[case(b"\x1b[>41;354;0cq", "q")]
#[case(b"\x1b[?2026;2$yq", "q")]
#[case(b"\x1b[8;24;80tq", "q")]
#[case(b"\x1b[I\x1b[Oq", "q")]
#[case(b"\x1b]11;rgb:0000/0000/0000\x1b\\q", "q")]
#[case(b"\x1b]52;c;eA==\x07q", "q")]
#[case(b"\x1bP1+r544e=787465726d\x1b\\q", "q")]
#[case(b"\x1b_Gi=31;OK\x1b\\q", "q")]
#[case(b"\x1b[201~q", "q")]
#[case(b"\x1b[99999999999999999999~q", "q")]
#[case(b"\x1b[ @q", "q")]
// Bytes that are not text.
#[case(b"\xff\xfe\x80q", "q")]
#[case(b"\xc3q", "q")]
#[case(b"\xe5\xad\x1b[A", "Up")]
#[case(b"\x9b\x41", "A")]
#[case("\u{85}q".as_bytes(), "q")]
#[case(b"\xed\xa0\x80q", "q")]
fn bytes_become_keys(#[case] bytes: &[u8], #[case] keys: &str) {
    assert_eq!(words(&uncut(bytes)), keys);
}

#[rstest]
#[case(
    b"\x1b[200~abc\r\ndef\ry\r\x1b[201~q",
    r#"paste("abc\ndef\ny\n", 0) q"#
)]
#[case(b"\x1b[200~\x1b[201~", r#"paste("", 0)"#)]
#[case(
    b"\x1b[200~a\x1b[20\x1b[A\x1b\x1b[201~",
    r#"paste("a\u{1b}[20\u{1b}[A\u{1b}", 0)"#
)]
#[case(b"\x1b[200~no end y\r", r#"paste("no end y\n", 0)"#)]
#[case(b"\x1b[200~no end\x03q", r#"paste("no end", 0) Ctrl-C q"#)]
#[case(b"\x1b[200~\xff\xc3\xa9\x1b[201~", r#"paste("é", 0)"#)]
fn a_paste_is_one_event_and_never_keys(#[case] bytes: &[u8], #[case] expected: &str) {
    assert_eq!(words(&uncut(bytes)), expected);
}

#[test]
fn oversized_paste_is_cut_and_reported() {
    let mut bytes = b"\x1b[200~".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 70_000));
    bytes.extend_from_slice(b"\x1b[201~q");
    let events = uncut(&bytes);
    let Input::Pasted { text, dropped } = &events[0] else {
        panic!("{events:?}");
    };
    assert_eq!((text.len(), *dropped), (65_536, 70_000 - 65_536));
    assert_eq!(words(&events[1..]), "q");
}

#[test]
fn wait_depends_on_the_sequence_begun() {
    let waits = |bytes: &[u8]| {
        let mut assembler = Assembler::new(delays());
        assembler.push(bytes, &mut VecDeque::new());
        assembler.patience()
    };
    let delays = delays();
    assert_eq!(waits(b"a"), None);
    assert_eq!(waits(b"\x1b"), Some(delays.escape));
    assert_eq!(waits(b"\x1b["), Some(delays.sequence));
    assert_eq!(waits(b"\x1b[200~abc"), Some(delays.paste));
    assert!(delays.sequence > delays.escape && delays.paste > delays.sequence);
}

#[rstest]
#[case(&[], 50)]
#[case(&[("SSH_TTY", "/dev/pts/1")], 100)]
#[case(&[("SSH_CONNECTION", "1 2 3 4")], 100)]
#[case(&[("TMUX", "/tmp/tmux-0/default,1,0")], 100)]
#[case(&[("TMUX", "")], 50)]
#[case(&[("ESCDELAY", "25"), ("SSH_TTY", "/dev/pts/1")], 25)]
#[case(&[("ESCDELAY", "nonsense")], 50)]
#[case(&[("ESCDELAY", "99999999")], 5000)]
fn escape_wait_follows_the_environment(#[case] set: &[(&str, &str)], #[case] milliseconds: u64) {
    let variable = |name: &str| {
        let found = set.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| OsString::from(value))
    };
    let delays = Delays::from_environment(variable);
    assert_eq!(delays.escape, Duration::from_millis(milliseconds));
}

/// Parts of terminal sequences, complete and broken, and any other bytes.
fn some_stream() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&'static [u8]> = vec![
        b"\x1b",
        b"[",
        b"O",
        b"\x1b[A",
        b"\x1bOB",
        b"\x1b[1;5C",
        b"\x1b[3~",
        b"\x1b[<0;1;1M",
        b"\x1b[M",
        b"\x1b]11;x\x1b\\",
        b"\x1bPq\x1b\\",
        b"\x1b[200~",
        b"\x1b[201~",
        b"y\r",
        b"\x1b[[A",
        "字é🚀".as_bytes(),
        b"\x1b[?1;2c",
        b"\x18",
        b"\x1b[7$",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(known).prop_map(<[u8]>::to_vec),
        2 => proptest::collection::vec(any::<u8>(), 0..4),
        1 => "[a-z]{1,3}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_cut_gives_the_same_events(
        bytes in some_stream(),
        places in proptest::collection::vec(any::<proptest::sample::Index>(), 0..8),
    ) {
        let at: Vec<usize> = places.iter().map(|place| place.index(bytes.len() + 1)).collect();
        prop_assert_eq!(cut(&bytes, &at), uncut(&bytes));
        let everywhere: Vec<usize> = (0..bytes.len()).collect();
        prop_assert_eq!(cut(&bytes, &everywhere), uncut(&bytes));
    }

    #[test]
    fn nothing_pasted_is_ever_a_key(text in "[ -~\\r\\n\\tä-ü]{0,80}") {
        let bytes = format!("\x1b[200~{text}\x1b[201~");
        let pasted = text.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(uncut(bytes.as_bytes()), [Input::Pasted { text: pasted, dropped: 0 }]);
    }

    #[test]
    fn no_letter_of_an_unknown_sequence_leaks(
        parameters in "[0-9;:<=>?]{1,40}", last in "[a-zA-Z]",
    ) {
        let events = uncut(format!("\x1b[{parameters}{last}").as_bytes());
        prop_assume!(!(parameters == "200" && last == "~"));
        prop_assert!(events.len() <= 1, "{events:?}");
        // At most one key; a letter only if it is sent by its number.
        let is_letter = |event: &Input| {
            matches!(event, Input::Key(KeyPress { key: Key::Char(_), .. }))
        };
        prop_assert!(last == "u" || !events.iter().any(is_letter), "{events:?}");
    }
}

fn piped() -> (PipeWriter, Inputs) {
    let (reading, writing) = std::io::pipe().unwrap();
    (writing, Inputs::start(reading.into(), delays()).unwrap())
}

#[tokio::test(start_paused = true)]
async fn lone_escape_arrives_after_the_wait() {
    let (mut keyboard, mut inputs) = piped();
    keyboard.write_all(b"x\x1b").unwrap();
    assert_eq!(inputs.next().await, Input::Key('x'.into()));
    let before = tokio::time::Instant::now();
    let input = tokio::time::timeout(Duration::from_mins(1), inputs.next()).await;
    assert_eq!(input, Ok(Input::Key(Key::Escape.into())));
    let waited = before.elapsed().as_millis();
    assert!((49..=51).contains(&waited), "{waited} ms");
}

#[tokio::test]
async fn split_sequence_is_one_key() {
    let (mut keyboard, mut inputs) = piped();
    keyboard.write_all(b"x\x1b").unwrap();
    assert_eq!(inputs.next().await, Input::Key('x'.into()));
    keyboard.write_all(b"[A").unwrap();
    assert_eq!(inputs.next().await, Input::Key(Key::Up.into()));
}

#[tokio::test]
async fn queued_keys_are_drained_without_waiting() {
    let (mut keyboard, mut inputs) = piped();
    keyboard.write_all(b"abc").unwrap();
    assert_eq!(inputs.next().await, Input::Key('a'.into()));
    assert_eq!(inputs.take_ready(), Some(Input::Key('b'.into())));
    assert_eq!(inputs.take_ready(), Some(Input::Key('c'.into())));
    assert_eq!(inputs.take_ready(), None);
}

#[tokio::test]
async fn keys_before_the_end_arrive_before_it() {
    let (mut keyboard, mut inputs) = piped();
    keyboard.write_all(b"q").unwrap();
    drop(keyboard);
    assert_eq!(inputs.next().await, Input::Key('q'.into()));
    assert_eq!(inputs.next().await, Input::Closed);
    assert_eq!(inputs.next().await, Input::Closed);
}

#[tokio::test]
async fn dropped_inputs_end_their_thread() {
    let (keyboard, inputs) = piped();
    drop(inputs);
    // The thread closes the reading end of the pipe.
    let mut watched = [PollFd::new(&keyboard, PollFlags::empty())];
    let five_seconds = Timespec {
        tv_sec: 5,
        tv_nsec: 0,
    };
    poll(&mut watched, Some(&five_seconds)).unwrap();
    assert!(watched[0].revents().contains(PollFlags::ERR), "{watched:?}");
}

/// Unprocessed input waits in the terminal, not in the program's memory.
#[tokio::test]
async fn ten_megabytes_of_escapes_take_little_memory() {
    const ALL: usize = 10 * 1024 * 1024;
    const HELD: usize = 1024 * 1024;
    let (mut keyboard, mut inputs) = piped();
    let written = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&written);
    let typist = std::thread::spawn(move || {
        let piece = [0x1b; 4096];
        for _ in 0..ALL / piece.len() {
            keyboard.write_all(&piece).unwrap();
            counted.fetch_add(piece.len(), std::sync::atomic::Ordering::Relaxed);
        }
    });
    let mut taken = 0;
    while inputs.next().await != Input::Closed {
        taken += 1;
        let ahead = written
            .load(std::sync::atomic::Ordering::Relaxed)
            .saturating_sub(taken);
        assert!(ahead < HELD, "{ahead} bytes are held");
    }
    typist.join().unwrap();
    // The last one may begin a sequence whose end came too early.
    assert!(taken + 1 >= ALL, "{taken}");
}
