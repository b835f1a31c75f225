//! Whole processes, timed against each other: the two run in turn, so that whatever else the machine does befalls both.
//! Wall time is taken here, processor time from what the system says of finished children.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) mod repository;

/// The program that is measured: the one that was built with the benchmark, or the one that `GRAVEN` names.
pub(crate) fn graven() -> PathBuf {
    env::var_os("GRAVEN").map_or_else(
        || PathBuf::from(env!("CARGO_BIN_EXE_graven")),
        PathBuf::from,
    )
}

/// How often each pair runs: `ROUNDS`, else 40.
pub(crate) fn rounds() -> usize {
    env::var("ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(40)
        .max(3)
}

/// True when this is `cargo bench`; `cargo test --all-targets` starts a benchmark too, and then it does nothing.
pub(crate) fn is_asked() -> bool {
    let asked = env::args().any(|argument| argument == "--bench");
    if !asked {
        println!("skipped: run it with cargo bench");
    }
    asked
}

/// What graven may take.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// This many times what git takes (infinity where nothing is promised),
    pub(crate) times: f64,
    /// and so much more.
    pub(crate) more: Duration,
}

/// One program that runs again and again.
pub(crate) struct Contender {
    pub(crate) command: Command,
    /// What it answers when it has done its work.
    pub(crate) codes: &'static [i32],
}

/// What was measured.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 8]>,
}

const HEAD: [&str; 8] = [
    "case", "graven", "git", "ratio", "[min", "max]", "cpu", "target",
];

/// A directory that goes when it does.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("graven-bench-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary directory can be made");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind lies in the temporary directory and harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Contender {
    /// A program in a repository, with nothing of the outside in its environment and nobody reading what it says.
    pub(crate) fn new(
        program: impl AsRef<Path>,
        dir: &Path,
        arguments: &[&str],
        codes: &'static [i32],
    ) -> Self {
        let mut command = Command::new(program.as_ref());
        command.current_dir(dir).args(arguments).env_clear();
        for kept in ["PATH", "TMPDIR", "SYSTEMROOT"] {
            command.envs(env::var_os(kept).map(|value| (kept, value)));
        }
        command.envs([
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("LC_ALL", "C"),
        ]);
        command.envs([
            ("GIT_AUTHOR_NAME", "Ada"),
            ("GIT_AUTHOR_EMAIL", "ada@example.com"),
        ]);
        command.envs([
            ("GIT_COMMITTER_NAME", "Ada"),
            ("GIT_COMMITTER_EMAIL", "ada@example.com"),
        ]);
        command.envs([
            ("GIT_AUTHOR_DATE", "1700000000 +0000"),
            ("GIT_COMMITTER_DATE", "1700000000 +0000"),
        ]);
        command
            .env("HOME", dir)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Self { command, codes }
    }

    /// Wall time and processor time of one run.
    fn run(&mut self) -> (Duration, Duration) {
        let (processor, begin) = (processor_of_children(), Instant::now());
        let status = self.command.status().expect("the program starts");
        let wall = begin.elapsed();
        let expected = status.code().is_some_and(|code| self.codes.contains(&code));
        assert!(
            expected,
            "{:?} ended with {status}, which is none of {:?}",
            self.command, self.codes
        );
        (wall, processor_of_children().saturating_sub(processor))
    }
}

/// Runs a command that has to succeed.
pub(crate) fn git(dir: &Path, arguments: &[&str]) {
    Contender::new("git", dir, arguments, &[0]).run();
}

/// Runs a command that has to succeed, with something to read.
pub(crate) fn git_reading(dir: &Path, arguments: &[&str], input: &[u8]) {
    let mut command = Contender::new("git", dir, arguments, &[0]).command;
    let mut child = command.stdin(Stdio::piped()).spawn().expect("git starts");
    child
        .stdin
        .take()
        .expect("it was piped")
        .write_all(input)
        .expect("git reads");
    assert!(child.wait().expect("git ends").success(), "{command:?}");
}

impl Table {
    /// Runs two programs in turn, after a few runs that do not count.
    pub(crate) fn compare(
        &mut self,
        case: &str,
        mut ours: Contender,
        mut theirs: Contender,
        target: Target,
    ) {
        for _ in 0..3 {
            ours.run();
            theirs.run();
        }
        let mut pairs = Vec::new();
        let mut processor = (Duration::ZERO, Duration::ZERO);
        for _ in 0..rounds() {
            let (one, other) = (ours.run(), theirs.run());
            processor = (processor.0 + one.1, processor.1 + other.1);
            pairs.push((one.0.as_secs_f64(), other.0.as_secs_f64()));
        }
        let ratios = sorted(pairs.iter().map(|(one, other)| one / other));
        let Target { times, more } = target;
        let over = sorted(
            pairs
                .iter()
                .map(|(one, other)| one - other * times - more.as_secs_f64()),
        );
        let verdict = if median(&over) <= 0.0 {
            "met"
        } else {
            "missed"
        };
        let more = if more.is_zero() {
            String::new()
        } else {
            format!(" + {} ms", more.as_millis())
        };
        // Counted in hundredths of a second: too few of them say nothing.
        let counted = processor.0.min(processor.1) >= Duration::from_millis(200);
        let cpu = processor.0.as_secs_f64() / processor.1.as_secs_f64();
        self.rows.push([
            case.to_owned(),
            milliseconds(median(&sorted(pairs.iter().map(|pair| pair.0)))),
            milliseconds(median(&sorted(pairs.iter().map(|pair| pair.1)))),
            format!("{:.2}", median(&ratios)),
            format!("[{:.2}", ratios[0]),
            format!("{:.2}]", ratios[ratios.len() - 1]),
            if counted {
                format!("{cpu:.2}")
            } else {
                "-".to_owned()
            },
            if times.is_finite() {
                format!("{times} x git{more}: {verdict}")
            } else {
                "nothing promised".to_owned()
            },
        ]);
    }

    /// Says what was measured.
    pub(crate) fn print(&self) {
        let rows = || std::iter::once(HEAD.map(str::to_owned)).chain(self.rows.iter().cloned());
        let width = |column: usize| {
            rows()
                .map(|row| row[column].len())
                .max()
                .unwrap_or_default()
        };
        for row in rows() {
            let cell = |(column, text): (usize, &String)| {
                let width = width(column);
                if matches!(column, 0 | 7) {
                    format!("{text:<width$}")
                } else {
                    format!("{text:>width$}")
                }
            };
            println!(
                "{}",
                row.iter()
                    .enumerate()
                    .map(cell)
                    .collect::<Vec<_>>()
                    .join("  ")
                    .trim_end()
            );
        }
        println!(
            "medians of {} runs each, in turn; ratio and cpu: graven / git",
            rounds()
        );
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.1} ms", seconds * 1e3)
}

/// Processor time of all children that have ended, in steps of a hundredth of a second; zero where nobody says.
fn processor_of_children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let ticks = |field: usize| {
        fields
            .get(field)
            .and_then(|field| field.parse::<u64>().ok())
            .unwrap_or_default()
    };
    Duration::from_millis(10 * (ticks(13) + ticks(14)))
}
