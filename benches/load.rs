//! What a server is pushed when somebody means harm, or a whole project: real pushes over `file://` to a bare repository
//! with graven's hook, against the same pushes to one whose hook does nothing, in turn. The hook's own time and its peak of
//! memory are taken by GNU time, where it is there.
//!
//! `cargo bench --bench load`; `ROUNDS=5` runs each pair five times instead of three, `ONLY=blob` the cases so named, and
//! `DEADLINE='10 min'` lets the policy allow so long, to see what a case takes on a machine that has other work.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed"
)]

#[allow(dead_code, reason = "nothing here runs forty times")]
mod whole_process;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use whole_process::repository::import;
use whole_process::{Contender, Folder, git, graven};

/// Megabytes that a hook may take.
const MEMORY: f64 = 300.0;
const GNU_TIME: &str = "/usr/bin/time";
const COMMITS: usize = 20_000;
const REFS: usize = 50_000;
const AT_ONCE: usize = 10;

fn main() {
    if !whole_process::is_asked() {
        return;
    }
    let folder = Folder::new("load");
    let only = std::env::var("ONLY").unwrap_or_default();
    println!(
        "case | with graven | without | ratio | the hook | its processor time | its memory | answer"
    );
    for (name, build) in CASES {
        if name.contains(&only) {
            let at = folder.path().join(name.replace([' ', ',', '^'], "-"));
            build(&at).measure(name, &at);
            // The next case wants the room.
            let _ = fs::remove_dir_all(at);
        }
    }
    println!(
        "medians of {} runs each, in turn; seconds of wall time; ratio: with graven / without",
        rounds()
    );
}

/// A name, and what makes the repository that is pushed.
type Named = (&'static str, fn(&Path) -> Case);

const CASES: [Named; 8] = [
    ("20,000 commits, a record each", |at| commits(at, false)),
    ("20,000 commits, one of them illegal", |at| {
        commits(at, true)
    }),
    ("50,000 branches", |at| {
        refs(at, "refs/heads/topic/*:refs/heads/topic/*")
    }),
    ("50,000 tags", |at| {
        refs(at, "refs/heads/topic/*:refs/tags/topic/*")
    }),
    ("a tree of 10^10 entries", bomb),
    ("a blob of 2 GB", |at| large(at, 2 << 30, b"\0")),
    ("a Markdown file of 100 MB", |at| {
        large(at, 100 << 20, b"Some *words* of a [link](x) in a line.\n")
    }),
    ("ten pushes at once", at_once),
];

/// What is pushed where.
struct Case {
    source: PathBuf,
    /// What the server has already.
    first: String,
    /// The refs of each push; all are started at once.
    pushes: Vec<String>,
    /// The first words that the server says; empty where it allows.
    answer: &'static str,
}

/// One run.
struct Run {
    /// Seconds that the pushes took.
    wall: f64,
    /// What the hooks took at most: seconds of wall time and of processor time, megabytes.
    hook: [f64; 3],
    /// True when it was answered before the time was over.
    in_time: bool,
}

impl Case {
    fn measure(&self, name: &str, at: &Path) {
        let template = at.join("template.git");
        git(
            at,
            &[
                "init",
                "--quiet",
                "--bare",
                "--initial-branch=main",
                "template.git",
            ],
        );
        git(
            &self.source,
            &[
                "push",
                "--quiet",
                path(&template),
                &format!("{}:refs/heads/main", self.first),
            ],
        );
        let timed = format!(
            "{GNU_TIME} -a -o '{}/times' -f '%e %U %S %M' ",
            at.display()
        );
        let timed = if Path::new(GNU_TIME).exists() {
            timed
        } else {
            String::new()
        };
        let ours = format!("{timed}'{}' hook pre-receive", graven().display());
        let mut pairs = Vec::new();
        for _ in 0..rounds() {
            pairs.push((
                self.run(&template, at, &ours, self.answer),
                self.run(&template, at, "cat >/dev/null", ""),
            ));
        }
        let median = |value: &dyn Fn(&(Run, Run)) -> f64| {
            let mut values: Vec<f64> = pairs.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let [time, processor, memory] = [0, 1, 2].map(|which| median(&|pair| pair.0.hook[which]));
        let answer = if self.answer.is_empty() {
            "graven: allowed"
        } else {
            self.answer
        };
        let late = pairs.iter().filter(|pair| !pair.0.in_time).count();
        println!(
            "{name} | {:.2} s | {:.2} s | {:.2} | {time:.2} s | {processor:.2} s | {memory:.0} MB{} | {}{}",
            median(&|pair| pair.0.wall),
            median(&|pair| pair.1.wall),
            median(&|pair| pair.0.wall / pair.1.wall),
            if memory > MEMORY { ", missed" } else { "" },
            answer.trim_start_matches("graven: "),
            if late > 0 {
                format!(", and {late} times not judged in time: missed")
            } else {
                String::new()
            },
        );
    }

    /// Pushes to a copy of the server.
    fn run(&self, template: &Path, at: &Path, hook: &str, answer: &str) -> Run {
        let (server, times) = (at.join("server.git"), at.join("times"));
        for old in [&server, &times] {
            let _ = fs::remove_dir_all(old).or_else(|_| fs::remove_file(old));
        }
        assert!(
            Command::new("cp")
                .arg("-r")
                .args([template, &server])
                .status()
                .expect("cp starts")
                .success()
        );
        let file = server.join("hooks/pre-receive");
        fs::write(&file, format!("#!/bin/sh\n{hook}\n")).expect("it can be written");
        fs::set_permissions(&file, PermissionsExt::from_mode(0o755))
            .expect("it can be made executable");
        let begin = Instant::now();
        let url = format!("file://{}", server.display());
        let start = |refs: &String| {
            let mut command =
                Contender::new("git", &self.source, &["push", "--quiet", &url, refs], &[]).command;
            command.stderr(Stdio::piped()).spawn().expect("git starts")
        };
        let pushed: Vec<_> = self.pushes.iter().map(start).collect();
        let ended: Vec<Output> = pushed
            .into_iter()
            .map(|push| push.wait_with_output().expect("git ends"))
            .collect();
        let wall = begin.elapsed().as_secs_f64();
        let mut in_time = true;
        for output in ended {
            let said = String::from_utf8_lossy(&output.stderr);
            if said.contains("the deadline of") {
                in_time = false;
                continue;
            }
            let expected = output.status.success() == answer.is_empty() && said.contains(answer);
            assert!(expected, "{}: {said}", output.status);
        }
        let mut hook = [f64::NAN; 3];
        for line in fs::read_to_string(&times).unwrap_or_default().lines() {
            let numbers: Vec<f64> = line
                .split(' ')
                .filter_map(|number| number.parse().ok())
                .collect();
            // Of a hook that does not end with 0 there is a line of words too.
            let [wall, user, system, memory] = numbers[..] else {
                continue;
            };
            for (most, number) in hook.iter_mut().zip([wall, user + system, memory / 1024.0]) {
                *most = number.max(*most);
            }
        }
        Run {
            wall,
            hook,
            in_time,
        }
    }
}

fn rounds() -> usize {
    std::env::var("ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(3)
        .max(1)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the temporary directory is UTF-8")
}

fn record(number: usize, status: &str, decision: &str) -> (String, String) {
    let context = "Some words about it, and why it is asked at all. ".repeat(12);
    let text = format!(
        "# {number}. Records\n\n## Status\n\n{status}\n\n## Context\n\n{context}\n\n## Decision\n\nWe {decision}.\n"
    );
    (format!("sdd/adrs/{number:04}-records.md"), text)
}

/// A hundred accepted records, two hundred drafts and a thousand other files.
fn project() -> Vec<(String, String)> {
    let records = (1..=300).map(|number| {
        record(
            number,
            if number <= 100 { "Accepted" } else { "Draft" },
            "keep them",
        )
    });
    let files = (0..1_000).map(|file| (format!("src/file_{file}.c"), format!("int x{file};\n")));
    let deadline = std::env::var("DEADLINE").map(|time| {
        (
            "graven.toml".into(),
            format!("limits.deadline = '{time}'\n"),
        )
    });
    records.chain(files).chain(deadline.ok()).collect()
}

fn commits(at: &Path, illegal: bool) -> Case {
    let source = at.join("source");
    let later = (1..=COMMITS).map(|commit| match commit {
        _ if illegal && commit == COMMITS / 2 => vec![record(7, "Accepted", "lose them")],
        _ => vec![record(
            101 + commit % 200,
            "Draft",
            &format!("keep them {commit} times"),
        )],
    });
    import(&source, std::iter::once(project()).chain(later));
    let answer = if illegal {
        "graven: refused: 1 error"
    } else {
        ""
    };
    Case {
        source,
        first: format!("main~{COMMITS}"),
        pushes: vec!["main:refs/heads/main".to_owned()],
        answer,
    }
}

fn refs(at: &Path, pushed: &str) -> Case {
    let source = at.join("source");
    import(&source, [project()]);
    let mut stream = String::new();
    for number in 0..REFS {
        let _ = writeln!(
            stream,
            "commit refs/heads/topic/{number}\ncommitter Ada <ada@example.com> {} +0000\ndata 0\nfrom refs/heads/main\n\
             M 644 inline src/file_{}.c\ndata 12\nint y{number:06};\n",
            1_700_001_000 + number,
            number % 1_000,
        );
    }
    whole_process::git_reading(&source, &["fast-import", "--quiet"], stream.as_bytes());
    Case {
        source,
        first: "main".to_owned(),
        pushes: vec![pushed.to_owned()],
        answer: "",
    }
}

fn at_once(at: &Path) -> Case {
    let source = at.join("source");
    let later = (0..100 * AT_ONCE).map(|commit| {
        vec![record(
            101 + commit % 200,
            "Draft",
            &format!("keep {commit}"),
        )]
    });
    import(&source, std::iter::once(project()).chain(later));
    let pushes =
        (1..=AT_ONCE).map(|push| format!("main~{}:refs/heads/topic-{push}", 100 * (push - 1)));
    Case {
        pushes: pushes.collect(),
        first: format!("main~{}", 100 * AT_ONCE),
        source,
        answer: "",
    }
}

/// Twelve objects that spell ten thousand million paths, in a folder of tests.
fn bomb(at: &Path) -> Case {
    let source = at.join("source");
    import(&source, [project()]);
    let blob = asked(&source, &["hash-object", "-w", "--stdin"], b"boom");
    let tenfold = |mode: &str, id: &str| {
        let lines: String = (0..10)
            .flat_map(|entry| [format!("{mode} {id}\t{entry}"), "\n".to_owned()])
            .collect();
        asked(&source, &["mktree"], lines.as_bytes())
    };
    let tree = (0..9).fold(tenfold("100644 blob", &blob), |inner, _| {
        tenfold("040000 tree", &inner)
    });
    let whole =
        asked(&source, &["ls-tree", "main"], b"") + &format!("\n040000 tree {tree}\ttests\n");
    commit_tree(&source, &asked(&source, &["mktree"], whole.as_bytes()));
    Case {
        source,
        first: "main~1".to_owned(),
        pushes: vec!["main:refs/heads/main".to_owned()],
        answer: "graven: not judged: 1 problem",
    }
}

/// A new record of so many bytes, which nobody has to hold at once.
fn large(at: &Path, size: usize, line: &[u8]) -> Case {
    let source = at.join("source");
    import(&source, [project()]);
    let mut command =
        Contender::new("git", &source, &["hash-object", "-w", "--stdin"], &[]).command;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git starts");
    let block = line.repeat((1 << 20) / line.len());
    let mut input = child.stdin.take().expect("it was piped");
    for _ in 0..=size / block.len() {
        input.write_all(&block).expect("git reads");
    }
    drop(input);
    let blob = said(&child.wait_with_output().expect("git ends"));
    git(
        &source,
        &[
            "update-index",
            "--add",
            "--cacheinfo",
            &format!("100644,{blob},sdd/adrs/0301-large.md"),
        ],
    );
    commit_tree(&source, &asked(&source, &["write-tree"], b""));
    Case {
        source,
        first: "main~1".to_owned(),
        pushes: vec!["main:refs/heads/main".to_owned()],
        answer: "graven: not judged: 1 problem",
    }
}

fn commit_tree(repo: &Path, tree: &str) {
    let commit = asked(
        repo,
        &["commit-tree", tree, "-p", "main", "-m", "Grow"],
        b"",
    );
    git(repo, &["update-ref", "refs/heads/main", &commit]);
}

/// What git answers.
fn asked(repo: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut command = Contender::new("git", repo, arguments, &[]).command;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git starts");
    child
        .stdin
        .take()
        .expect("it was piped")
        .write_all(input)
        .expect("git reads");
    said(&child.wait_with_output().expect("git ends"))
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "git exited with {}", output.status);
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
