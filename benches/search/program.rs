//! Runs the benchmark of the `fzf` program's own filter, if fzf is installed.

use std::io::Write;
use std::process::{Command, Stdio};

/// Mean milliseconds of one filter run over `texts`, as measured by fzf itself.
pub(crate) fn fzf(texts: &[String], query: &str, threads: usize) -> Option<f64> {
    let mut program = Command::new("fzf")
        .args(["--bench", "60ms", "--threads", &threads.to_string()])
        .args(["--filter", query])
        .env_remove("FZF_DEFAULT_OPTS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = program.stdin.take()?;
    input.write_all(texts.join("\n").as_bytes()).ok()?;
    drop(input);
    let output = program.wait_with_output().ok()?;
    let line = String::from_utf8(output.stdout).ok()?;
    let (_, rest) = line.split_once("avg: ")?;
    milliseconds(rest.split_whitespace().next()?)
}

/// Parses `1.2ms`, `340µs` and similar.
fn milliseconds(text: &str) -> Option<f64> {
    let unit = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.')?;
    let (number, unit) = text.split_at(unit);
    let factor = match unit {
        "s" => 1000.0,
        "ms" => 1.0,
        "µs" | "us" => 0.001,
        "ns" => 0.000_001,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}
