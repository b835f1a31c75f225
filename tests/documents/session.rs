//! A shell session: the commands of a page, one after the other, in a home of its own that looks the same on every machine.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::page::Exchange;

/// What stands between the outputs of two commands; no command prints it.
const MARK: &str = "\u{1}";

/// Runs the commands in one POSIX shell and gives what each of them printed, both streams together as on a terminal, each
/// line with its line break and without trailing blanks, the home shown as `/home/ada`.
pub(crate) fn run(exchanges: &[Exchange]) -> Vec<String> {
    let mut text = concat!(include_str!("prepare.sh"), "status=0\n").to_owned();
    for Exchange { command, .. } in exchanges {
        // The next command may ask for `$?`.
        let _ = write!(
            text,
            "printf '{MARK}'\n(exit $status)\n{command}\nstatus=$?\n"
        );
    }
    let said = script(&text);
    let mut parts = said.split(MARK);
    assert_eq!(parts.next(), Some(""), "the world could not be prepared");
    let outputs: Vec<String> = parts.map(tidied).collect();
    assert_eq!(
        outputs.len(),
        exchanges.len(),
        "the session ended early: {said}"
    );
    outputs
}

/// What a POSIX shell prints that runs these lines in a home of its own, which is shown as `/home/ada`, as if it were the day
/// of its commits. It sees graven, the
/// tools of the machine, and nothing else of whoever runs it.
pub(crate) fn script(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().canonicalize().unwrap();
    let graven = Path::new(env!("CARGO_BIN_EXE_graven"))
        .parent()
        .unwrap()
        .to_path_buf();
    let tools = std::env::var_os("PATH").unwrap();
    let path =
        std::env::join_paths([graven].into_iter().chain(std::env::split_paths(&tools))).unwrap();
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("exec 2>&1\n{text}"))
        .stdin(Stdio::null());
    shell
        .current_dir(&home)
        .env_clear()
        .env("PATH", path)
        .env("HOME", &home);
    shell.envs([
        ("LC_ALL", "C"),
        ("TZ", "UTC"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ]);
    shell.envs([
        ("GIT_DEFAULT_HASH", "sha1"),
        ("GIT_DEFAULT_REF_FORMAT", "files"),
        ("GIT_EDITOR", "true"),
    ]);
    shell.envs([
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "init.defaultBranch"),
        ("GIT_CONFIG_VALUE_0", "main"),
    ]);
    for role in ["AUTHOR", "COMMITTER"] {
        shell
            .env(format!("GIT_{role}_NAME"), "Ada")
            .env(format!("GIT_{role}_EMAIL"), "ada@example.org");
        shell.env(format!("GIT_{role}_DATE"), "2024-03-14T09:26:53Z");
    }
    // What is written today is named after today.
    let today = String::from_utf8(
        Command::new("date")
            .args(["-u", "+%Y-%m-%d"])
            .output()
            .unwrap()
            .stdout,
    )
    .unwrap();
    let output = shell.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    said.replace(home.to_str().unwrap(), "/home/ada")
        .replace(today.trim(), "2024-03-14")
}

fn tidied(output: &str) -> String {
    output
        .lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}
