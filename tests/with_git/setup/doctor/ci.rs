//! Whether CI calls graven, with the history that it needs.

use std::fmt::Write as _;

use super::{stands, world};
use crate::support::Repo;

const WORKFLOW: &str = ".github/workflows/records.yml";
const GITLAB: &str = ".gitlab-ci.yml";

fn workflow(with: &str, run: &str) -> String {
    format!(
        "on: [pull_request]\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n  records:\n    \
         runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n{with}      - name: judge\n        run: |\n          \
         set -e\n          {run}\n"
    )
}

/// A repository whose HEAD holds this file, and nothing else that CI reads.
fn holding(path: &str, text: &str) -> Repo {
    let (_server, clone) = world();
    clone.change(path, text);
    clone
}

// spec: DOC-008
#[test]
fn a_job_that_calls_graven_in_a_shallow_clone_is_a_missing_guard() {
    let run = "graven check origin/main..HEAD";
    for with in [
        "",
        "        with:\n          fetch-depth: 50\n",
        "        with:\n          token: x\n",
    ] {
        let repo = holding(WORKFLOW, &workflow(with, run));
        let check = stands(
            &repo,
            "ci-history",
            "missing",
            "the job records of .github/workflows/records.yml",
        );
        assert!(check.text.unwrap().contains("fetch-depth: 0"));
    }
    for with in [
        "{fetch-depth: 0}",
        "{fetch-depth: '0'}",
        "{\"fetch-depth\": \"0\"} # all of it",
    ] {
        let repo = holding(WORKFLOW, &workflow(&format!("        with: {with}\n"), run));
        stands(&repo, "ci", "good", "CI calls graven: the job records of ");
    }
    // Another repository beside it is of no matter.
    let other = "        with: {fetch-depth: 0}\n      - uses: actions/checkout@v4\n        with: {repository: a/b}\n";
    stands(
        &holding(WORKFLOW, &workflow(other, run)),
        "ci",
        "good",
        "CI calls graven",
    );
    let repo = holding(
        WORKFLOW,
        &workflow(
            "        with:\n          fetch-depth: ${{ inputs.depth }}\n",
            run,
        ),
    );
    stands(&repo, "ci-history", "advice", "set elsewhere");
}

// spec: DOC-008
#[test]
fn a_repository_whose_ci_never_asks_graven_is_told() {
    let (server, clone) = world();
    stands(&clone, "ci", "advice", "calls graven");
    clone.change(
        WORKFLOW,
        &workflow("", "# graven check\n          graven install"),
    );
    stands(&clone, "ci", "advice", "calls graven");
    // The tree of HEAD counts, not the work tree.
    clone.write(WORKFLOW, &workflow("", "graven audit"));
    stands(&clone, "ci", "advice", "calls graven");
    clone.commit("audit");
    stands(&clone, "ci-history", "missing", "calls graven");
    clone.git(&["push", "--quiet"]);
    stands(&server, "ci-history", "missing", "calls graven");
    clone.write(
        WORKFLOW,
        &workflow(
            "        with:\n          fetch-depth: 0\n",
            "/opt/graven --format json audit",
        ),
    );
    clone.commit("whole");
    stands(&clone, "ci", "good", "CI calls graven");
}

// spec: DOC-008
#[test]
fn a_job_of_gitlab_needs_a_depth_of_0_of_its_own_or_for_all() {
    let job = "records:\n  script:\n    - apt-get install git\n    - [graven audit]\n";
    for (before, after) in [
        ("", ""),
        ("variables:\n  GIT_DEPTH: 20\n", ""),
        (
            "variables: {GIT_DEPTH: 0}\n",
            "  variables: {GIT_DEPTH: 5}\n",
        ),
    ] {
        let repo = holding(GITLAB, &[before, job, after].concat());
        let check = stands(
            &repo,
            "ci-history",
            "missing",
            "the job records of .gitlab-ci.yml",
        );
        assert!(check.text.unwrap().contains("GIT_DEPTH: 0"));
    }
    for text in [
        format!("variables:\n  GIT_DEPTH: \"0\"\n{job}"),
        format!("variables:\n  GIT_DEPTH: {{value: 0, description: all}}\n{job}"),
        format!("{job}  variables:\n    GIT_DEPTH: 0\n"),
        format!(".whole:\n  variables:\n    GIT_DEPTH: 0\n{job}  extends: [.whole]\n"),
        format!(".whole: &whole\n  GIT_DEPTH: 0\n{job}  variables: *whole\n"),
        "before_script: [graven check main..HEAD]\nvariables: {GIT_DEPTH: 0}\nrecords: {script: make}\n".to_owned(),
        ".judge:\n  script: graven audit\n  variables: {GIT_DEPTH: 0}\nrecords: {extends: .judge}\n".to_owned(),
    ] {
        let repo = holding(GITLAB, &text);
        stands(&repo, "ci", "good", "the job records of .gitlab-ci.yml");
    }
    let repo = holding(
        GITLAB,
        ".judge:\n  extends: .judge\n  script: graven audit\nlint: {script: make}\n",
    );
    stands(&repo, "ci", "advice", "calls graven");
}

// spec: DOC-008
// spec: DOC-010
#[test]
fn a_file_that_cannot_be_read_is_told_and_stops_nothing() {
    let mut bomb = "a0: &a0 x\n".to_owned();
    for at in 1..40 {
        let _ = writeln!(
            bomb,
            "a{at}: &a{at} [{}]",
            format!("*a{}, ", at - 1).repeat(9)
        );
    }
    let long = format!("#{}\n", "x".repeat(1 << 19));
    for (text, words) in [
        ("jobs: [", "cannot be read: "),
        (long.as_str(), "it is too long or not UTF-8"),
        (&"[".repeat(100_000), "cannot be read: "),
    ] {
        let repo = holding(WORKFLOW, text);
        stands(&repo, "ci-file", "advice", words);
        stands(&repo, "ci", "advice", "calls graven");
    }
    let repo = holding(WORKFLOW, &format!("{bomb}jobs: *a39\n"));
    stands(&repo, "ci", "advice", "calls graven");
    // One command, and many ways to it.
    let many = |what: &str| format!("[{}]", format!("{what}, ").repeat(2_000));
    let command = "x".repeat(50_000);
    let script = format!(
        ".a: &a {command}\n.b: &b {}\n.c: &c {}\nlint:\n  script: {}\n",
        many("*a"),
        many("*b"),
        many("*c")
    );
    stands(
        &holding(GITLAB, &script),
        "ci-file",
        "advice",
        "was not read to its end",
    );
    let steps = format!("a: &a {command}\nb: &b {}\njobs:\n", many("{run: *a}"));
    let jobs: String = (0..2_000)
        .flat_map(|at| {
            [
                "  j".to_owned(),
                at.to_string(),
                ": {steps: *b}\n".to_owned(),
            ]
        })
        .collect();
    stands(
        &holding(WORKFLOW, &[steps, jobs].concat()),
        "ci-file",
        "advice",
        "was not read to its end",
    );
}
