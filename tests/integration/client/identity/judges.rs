//! The table: every case with the AWS CLI and with this program, and the key that signed in each.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::account::{Account, Asked};
use super::cases::{Case, cases};
use crate::support::program::{greengroup, ran};
use crate::support::python;
use crate::support::secrets::assert_no_secret_below;

/// The outcome of one of the two programs.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// The access key that signed ListGroups.
    Signed(String),
    Refused(String),
}

#[test]
fn identity_table_agrees_with_the_aws_cli() {
    let account = Account::start();
    let mut cli = Cli::start();
    let mut table = String::new();
    let mut wrong = 0;
    let all: Vec<_> = cases().iter().flat_map(Case::variants).collect();
    for case in &all {
        let home = tempfile::tempdir().unwrap();
        let variables = case.prepare(&home, &account.url());
        let theirs = cli.run(&variables, case, &account);
        let home = tempfile::tempdir().unwrap();
        let variables = case.prepare(&home, &account.url());
        let ours = signed_here(&variables, case, &account, &home);
        let verdict = verdict(case, &theirs, &ours);
        wrong += usize::from(verdict != "ok");
        let (label, theirs, ours) = (case.label(), words(&theirs), words(&ours));
        let row = format!("{verdict:<9} {label:<64} CLI {theirs:<42} here {ours}");
        println!("{row}");
        if verdict != "ok" {
            table.push_str(&row);
            table.push('\n');
        }
    }
    println!("{} configurations", all.len());
    assert!(all.len() >= 60, "{}", all.len());
    assert_eq!(wrong, 0, "\n{table}");
}

/// Whether both signed with the same key, or the case allows a refusal.
fn verdict(case: &Case, theirs: &Outcome, ours: &Outcome) -> &'static str {
    match (theirs, ours) {
        (Outcome::Signed(theirs), Outcome::Signed(ours)) if theirs == ours => "ok",
        (Outcome::Signed(_), Outcome::Signed(_)) => "OTHER KEY",
        (_, Outcome::Refused(reason)) if reason.is_empty() => "NO REASON",
        (_, Outcome::Refused(reason)) => {
            let is_explained = case.refusal.is_some_and(|words| reason.contains(words));
            if is_explained { "ok" } else { "REFUSED" }
        }
        (Outcome::Refused(_), Outcome::Signed(ours)) => {
            if case.beyond == Some(ours.as_str()) {
                "ok"
            } else {
                "TAKEN"
            }
        }
    }
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Signed(key) => key.clone(),
        Outcome::Refused(reason) => {
            format!("refused: {}", reason.lines().last().unwrap_or_default())
        }
    }
}

fn signed(requests: &[Asked], reason: impl FnOnce() -> String) -> Outcome {
    let list = requests.iter().find(|asked| asked.what == "ListGroups");
    if let Some(away) = requests
        .iter()
        .find(|asked| asked.what.starts_with("a tunnel"))
    {
        return Outcome::Signed(format!("ELSEWHERE: {}", away.what));
    }
    match list.and_then(|asked| asked.key.clone()) {
        Some(key) => Outcome::Signed(key),
        None => Outcome::Refused(reason()),
    }
}

fn signed_here(
    variables: &[(String, String)],
    case: &Case,
    account: &Account,
    home: &TempDir,
) -> Outcome {
    let mut command = greengroup(home.path());
    command
        .env_clear()
        .envs(variables.iter().cloned())
        .env("TERM", "xterm")
        .env("LANG", "C.UTF-8")
        .arg("doctor");
    if let Some(profile) = case.flag() {
        command.args(["--profile", profile]);
    }
    let (status, report, complaint) = ran(&mut command);
    assert!(
        complaint.is_empty() && status < Some(2),
        "{status:?} {report}{complaint}"
    );
    assert_no_secret_below(home.path());
    signed(&account.take(), || {
        let troubles = report.lines().filter(|line| line.starts_with('!'));
        troubles.collect::<Vec<_>>().join("\n")
    })
}

/// One interpreter that runs the AWS CLI for all cases.
struct Cli {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Cli {
    fn start() -> Self {
        let mut child = python::python()
            .arg(python::judge("sign_with_aws_cli.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn run(&mut self, variables: &[(String, String)], case: &Case, account: &Account) -> Outcome {
        let environment: serde_json::Map<String, Value> = variables
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.clone())))
            .collect();
        let mut arguments = vec!["greengrass", "list-groups"];
        if let Some(profile) = case.flag() {
            arguments.extend(["--profile", profile]);
        }
        let line = json!({ "environment": environment, "arguments": arguments });
        writeln!(self.input, "{line}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let complaint = answer["complaint"].as_str().unwrap().to_owned();
        signed(&account.take(), || complaint)
    }
}

impl Drop for Cli {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
