//! Whether CI runs graven with the history that it needs. Calls are looked for in the commands of the
//! file itself, not in scripts, actions and files that it refers to.

use std::cell::Cell;
use std::rc::Rc;

use super::Check;
use super::facts::CiFile;
use super::manager::calls;
use super::yaml::{self, Node};

/// Templates that a job extends, one after the other.
const LONGEST_CHAIN: usize = 10;
/// Bytes of commands that are read in one file. Aliases may repeat them without end.
const WORK: usize = 4 << 20;
/// What reading anything costs beside its bytes.
const GLANCE: usize = 64;

pub(super) fn checks(files: &[CiFile]) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut calling = Vec::new();
    for file in files {
        let read = file
            .text
            .as_deref()
            .ok_or_else(|| "it is too long or not UTF-8".to_owned())
            .and_then(yaml::parse);
        let reader = Reader {
            left: Cell::new(WORK),
        };
        let jobs = match read {
            Ok(read) if file.path.starts_with(".github/") => reader.github(&read),
            Ok(read) => reader.gitlab(&read),
            Err(why) => {
                let message = format!("{} cannot be read: {why}", file.path);
                checks
                    .push(Check::advice("ci-file", message).so("fix it: CI cannot read it either"));
                continue;
            }
        };
        if reader.left.get() == 0 {
            let message = format!(
                "{} was not read to its end: it has too many commands",
                file.path
            );
            checks.push(Check::advice("ci-file", message).so("split it into several files"));
        }
        for Job { name, depth } in jobs {
            let job = format!("the job {name} of {}", file.path);
            match depth {
                Depth::Whole => calling.push(job),
                Depth::Shallow(advice) => checks.push(
                    Check::missing(
                        "ci-history",
                        format!("{job} calls graven in a shallow clone, which cannot be judged"),
                    )
                    .so(advice),
                ),
                Depth::Unknown => checks.push(
                    Check::advice(
                        "ci-history",
                        format!("{job} calls graven; its clone depth is set elsewhere and was not checked"),
                    )
                    .so("make sure that it fetches the whole history"),
                ),
            }
        }
    }
    if !calling.is_empty() {
        checks.push(Check::good(
            "ci",
            format!("CI calls graven: {}", calling.join(", ")),
        ));
    } else if checks.iter().all(|check| check.name != "ci-history") {
        let message = "no GitHub workflow or .gitlab-ci.yml calls graven";
        checks.push(
            Check::advice("ci", message)
                .so("run graven check origin/main..HEAD for each pull request, in a full clone"),
        );
    }
    checks
}

/// A job that calls graven to judge.
struct Job {
    name: String,
    depth: Depth,
}

/// How much of the history a job has.
enum Depth {
    Whole,
    /// Too little; what to write instead.
    Shallow(&'static str),
    /// It depends on something outside the file.
    Unknown,
}

/// The work that may still be spent on one file.
struct Reader {
    left: Cell<usize>,
}

impl Reader {
    fn github(&self, file: &Node) -> Vec<Job> {
        let jobs = file.get("jobs").map(Node::pairs).unwrap_or_default();
        let mut found = Vec::new();
        for (name, job) in jobs {
            if !self.spend(0) {
                break;
            }
            let steps = job.get("steps").map(Node::items).unwrap_or_default();
            let calls = |step: &Rc<Node>| step.get("run").is_some_and(|run| self.runs(run, 0));
            if steps.iter().any(calls) {
                found.push(Job {
                    name: name.clone(),
                    depth: fetched(steps),
                });
            }
        }
        found
    }

    fn gitlab(&self, file: &Node) -> Vec<Job> {
        let scripts = ["before_script", "script", "after_script"];
        let mut found = Vec::new();
        let common = scripts
            .iter()
            .any(|script| file.get(script).is_some_and(|script| self.runs(script, 0)));
        for (name, job) in file
            .pairs()
            .iter()
            .filter(|(_, job)| matches!(**job, Node::Map(_)))
        {
            // A name with a leading dot is a template, and `default` is not a job.
            if name.starts_with('.')
                || matches!(
                    name.as_str(),
                    "default" | "variables" | "workflow" | "include"
                )
            {
                continue;
            }
            if !self.spend(file.pairs().len()) {
                break;
            }
            let chain = chain(file, job);
            let script = |script: &&str| chain.iter().find_map(|job| job.get(script));
            let own = scripts
                .iter()
                .filter_map(script)
                .any(|script| self.runs(script, 0));
            if own || (common && chain.iter().any(|job| job.get("script").is_some())) {
                found.push(Job {
                    name: name.clone(),
                    depth: depth(file, &chain),
                });
            }
        }
        found
    }

    /// Whether a script, which may hold lists, runs `graven check` or `graven audit`.
    fn runs(&self, script: &Node, deep: usize) -> bool {
        let text = script.text().unwrap_or_default();
        let judges = |rest: &str| {
            rest.split_whitespace()
                .any(|word| matches!(word.trim_matches(';'), "check" | "audit"))
        };
        self.spend(text.len())
            && (calls(text).any(judges)
                || (deep < 3 && script.items().iter().any(|line| self.runs(line, deep + 1))))
    }

    /// False when there is nothing left to spend.
    fn spend(&self, bytes: usize) -> bool {
        self.left
            .set(self.left.get().saturating_sub(bytes + GLANCE));
        self.left.get() > 0
    }
}

/// What the last checkout of this repository fetches. A job without one gets the history in its own way.
fn fetched(steps: &[Rc<Node>]) -> Depth {
    let is_checkout = |step: &&Rc<Node>| {
        let uses = step.get("uses").and_then(Node::text).unwrap_or_default();
        let elsewhere = step
            .get("with")
            .is_some_and(|with| with.get("repository").is_some());
        uses.split('@').next() == Some("actions/checkout") && !elsewhere
    };
    let Some(checkout) = steps.iter().rev().find(is_checkout) else {
        return Depth::Unknown;
    };
    let depth = checkout
        .get("with")
        .and_then(|with| with.get("fetch-depth"))
        .and_then(Node::text);
    match depth {
        Some("0") => Depth::Whole,
        Some(depth) if depth.contains("${{") => Depth::Unknown,
        _ => Depth::Shallow("write `fetch-depth: 0` below `with:` of actions/checkout"),
    }
}

/// A job and the templates that it extends, the nearest first.
fn chain<'a>(file: &'a Node, job: &'a Node) -> Vec<&'a Node> {
    let mut chain = vec![job];
    let mut at = 0;
    while let Some(extends) = chain.get(at).map(|job| job.get("extends")) {
        let names = extends.map(|names| {
            names
                .text()
                .into_iter()
                .chain(names.items().iter().rev().filter_map(|name| name.text()))
        });
        for template in names
            .into_iter()
            .flatten()
            .take(LONGEST_CHAIN)
            .filter_map(|name| file.get(name))
        {
            if chain.len() < LONGEST_CHAIN {
                chain.push(template);
            }
        }
        at += 1;
    }
    chain
}

/// The value of `GIT_DEPTH`, of the job or of all jobs.
fn depth(file: &Node, chain: &[&Node]) -> Depth {
    let mut places = chain
        .iter()
        .copied()
        .chain([file])
        .filter_map(|place| place.get("variables"));
    let said = places.find_map(|variables| variables.get("GIT_DEPTH"));
    // A variable may be a map with a value.
    let said = said.and_then(|said| {
        said.text()
            .or_else(|| said.get("value").and_then(Node::text))
    });
    match said {
        Some("0") => Depth::Whole,
        Some(depth) if depth.contains('$') => Depth::Unknown,
        _ => Depth::Shallow("write `GIT_DEPTH: 0` below `variables:` of the job"),
    }
}
