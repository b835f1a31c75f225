//! The deadline of a hook on a server: it holds whatever is slow, and where nobody waits there is none.

use std::fs;
use std::io::Write;
use std::process::{Child, Stdio};

use super::not_judged;
use crate::support::guarded::{ADR, EDITED, Pushing, Said};
use crate::support::{FORMATS, Repo};

/// A server whose policy allows this long, and a clone that has pushed an accepted record to it. The first push is judged
/// by the default.
fn allowing(time: &str) -> Pushing {
    let pushing = Pushing::of("sha1");
    pushing
        .clone
        .write("graven.toml", &format!("limits.deadline = '{time}'\n"))
        .accept();
    pushing.allow(&["main"]);
    pushing
}

/// Starts a hook that is given something to read and is then waited for; its standard input stays open.
fn started(repo: &Repo, arguments: &[&str], input: &[u8]) -> Child {
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One whose time is over does not read to the end.
    let _ = child.stdin.as_mut().unwrap().write_all(input);
    child
}

/// Waits for one whose standard input stays open until it has ended.
fn waited_for(mut child: Child) -> Said {
    let input = child.stdin.take();
    let said = Said::from(child.wait_with_output().unwrap());
    drop(input);
    said
}

/// A file that can be opened only when somebody opens its other end too.
fn fifo(repo: &Repo, name: &str) -> String {
    let path = repo.home().join(name).display().to_string();
    assert!(
        repo.command("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    path
}

// spec: BUDGET-007
#[test]
fn standard_input_without_an_end_is_not_waited_for() {
    let pushing = allowing("2 s");
    let (before, after) = (
        pushing.server.id("main"),
        pushing.clone.change("other.txt", "1"),
    );
    let line = format!("{before} {after} refs/heads/main\n");
    let said = waited_for(started(
        &pushing.server,
        &["hook", "pre-receive"],
        line.as_bytes(),
    ));
    said.ends(2).has(&[
        "graven: not judged: 1 problem\n",
        "error: cannot judge: the deadline of 2 s passed before standard input ended",
        "help: pass the hook's whole standard input to graven",
        "help: or, if the host allows more time, raise limits.deadline",
    ]);
    let json = waited_for(started(
        &pushing.server,
        &["--format", "json", "hook", "pre-receive"],
        b"",
    ));
    let read: serde_json::Value = serde_json::from_str(&json.ends(2).out).unwrap();
    assert_eq!(read["outcome"], "not-judged");
}

// spec: BUDGET-007
#[test]
fn a_hook_that_runs_before_graven_takes_of_the_same_time() {
    let pushing = allowing("2 s");
    let fifo = fifo(&pushing.server, "never");
    // What it starts holds its outputs open, and outlives it.
    pushing
        .server
        .hook("pre-receive.chained", &format!("echo begun; cat '{fifo}'"));
    pushing.clone.change("other.txt", "1");
    let said = pushing.stopped("remote: begun", &["main"]);
    said.has(&[
        "remote: graven: not judged: 1 problem",
        "the deadline of 2 s passed in the hook that runs before graven",
        "make that hook faster",
    ]);
    // Lets go what was left behind.
    drop(
        fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(&fifo)
            .unwrap(),
    );
}

#[test]
fn what_the_hook_before_graven_says_comes_first_and_all_of_it() {
    for format in FORMATS {
        let pushing = Pushing::accepted(format);
        pushing
            .server
            .hook("pre-receive.chained", "echo one; cat >&2; echo three");
        pushing.clone.change(ADR, EDITED);
        let said = pushing.stopped("remote: one", &["main"]);
        let place = |word: &str| {
            said.err
                .find(word)
                .unwrap_or_else(|| panic!("{word}: {}", said.err))
        };
        assert!(
            place("refs/heads/main") < place("remote: three")
                && place("three") < place("graven: refused")
        );
    }
}

// spec: BUDGET-007
#[test]
fn a_policy_that_cannot_be_read_to_its_end_is_not_waited_for() {
    let pushing = Pushing::accepted("sha1");
    let policy = fifo(&pushing.server, "policy.toml");
    pushing.server.git(&["config", "graven.policy", &policy]);
    pushing.clone.change("other.txt", "1");
    not_judged(
        &pushing,
        &["the deadline of 4 s passed before the repository and its policy were read"],
    );
}

// spec: BUDGET-007
#[test]
fn a_push_that_takes_too_long_to_judge_is_not_judged() {
    let pushing = allowing("100 ms");
    let tip = pushing.server.id("main");
    let lines: Vec<String> = (0..200_000)
        .map(|line| format!("{tip} {tip} refs/heads/{line}\n"))
        .collect();
    let mut child = started(
        &pushing.server,
        &["hook", "pre-receive"],
        lines.concat().as_bytes(),
    );
    drop(child.stdin.take());
    waited_for(child).ends(2).has(&[
        "the deadline of 100 ms passed before ",
        "help: or, if the host allows more time",
    ]);
}

// spec: BUDGET-007
#[test]
fn the_hook_for_one_ref_has_the_same_deadline() {
    let pushing = allowing("1 s");
    let (server, tip) = (&pushing.server, pushing.server.id("main").to_string());
    let fifo = fifo(server, "never");
    server.hook("chained", &format!("read line <'{fifo}'"));
    let chained = server.path().join("hooks/chained").display().to_string();
    let child = started(
        server,
        &[
            "hook",
            "--after",
            &chained,
            "update",
            "refs/heads/main",
            &tip,
            &tip,
        ],
        b"",
    );
    waited_for(child).ends(2).has(&[
        "graven: not judged: 1 problem",
        "the deadline of 1 s passed ",
    ]);
}

// spec: BUDGET-010
#[test]
fn where_nobody_kills_a_hook_there_is_no_deadline() {
    let pushing = allowing("100 ms");
    let clone = &pushing.clone;
    clone.guard();
    for hook in ["pre-commit", "pre-push"] {
        clone.hook(&format!("{hook}.chained"), "sleep 1");
    }
    clone.stage("other.txt", "1");
    clone.allow(&["commit", "--message", "more"]);
    pushing.allow(&["--dry-run", "main"]);
    clone.graven(&["check", "HEAD~1..HEAD"]).ends(0);
    clone.graven(&["audit"]).ends(0);
}

// spec: BUDGET-008
#[test]
fn a_push_that_is_judged_in_time_is_answered_as_ever() {
    let pushing = allowing("10 min");
    pushing
        .clone
        .write("graven.toml", "limits.deadline = '9 min'\n")
        .commit("hurry");
    assert_eq!(pushing.allow(&["main"]).remote(), "");
    pushing.clone.change(ADR, EDITED);
    pushing
        .refuse(&["main"])
        .has(&["error[frozen-text-edited]"]);
}

#[test]
fn the_hook_for_one_ref_reads_no_input() {
    let pushing = Pushing::accepted("sha1");
    let tip = pushing.server.id("main").to_string();
    let said = waited_for(started(
        &pushing.server,
        &["hook", "update", "refs/heads/main", &tip, &tip],
        b"",
    ));
    assert_eq!(said.ends(0).all(), "");
}
