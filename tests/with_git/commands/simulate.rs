//! `graven simulate`.

use crate::support::Repo;
use crate::support::guarded::{ADR, DRAFT, EDITED};

/// Three steps: a draft, accepted, and edited after that.
fn history() -> Repo {
    let repo = Repo::init();
    repo.write(ADR, DRAFT).commit("draft");
    repo.accept();
    repo.write(ADR, EDITED).commit("edit");
    repo
}

#[test]
fn simulate_counts_what_each_rule_would_have_said_in_which_month() {
    let repo = history();
    let said = repo.graven(&["simulate"]);
    said.ends(0);
    let lines: Vec<Vec<&str>> = said
        .out
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[0], ["rule", "level", "steps", "findings", "2023-11"]);
    assert_eq!(lines[1], ["frozen-text-edited", "forbid", "1", "1", "1"]);
    assert_eq!(
        said.out.lines().last(),
        Some("3 steps, of which 1 would be refused")
    );
}

#[test]
fn simulate_looks_at_the_last_steps_only() {
    let repo = history();
    repo.change("other.txt", "1");
    let said = repo.graven(&["simulate", "--last", "1"]);
    said.ends(0);
    assert_eq!(said.out, "1 step, no findings\n");
    repo.graven(&["simulate", "--last", "2"])
        .ends(0)
        .has(&["2 steps, of which 1 would be refused"]);
    repo.graven(&["simulate", "--last", "999"])
        .ends(0)
        .has(&["4 steps, of which 1 would be refused"]);
    repo.graven(&["simulate", "--last", "0"]).ends(2);
}

#[test]
fn simulate_tries_a_policy_that_is_not_in_force() {
    let repo = history();
    repo.write("strict.toml", "[kind.adr]\nfreeze = \"when-committed\"\n");
    let said = repo.graven(&["simulate", "--policy", "strict.toml"]);
    said.ends(0).has(&["3 steps, of which 2 would be refused"]);
    repo.write("wrong.toml", "[kind.adr]\nfreez = \"never\"\n");
    repo.graven(&["simulate", "--policy", "wrong.toml"])
        .ends(2)
        .has(&["unknown key `freez` in `kind.adr`"]);
}

#[test]
fn simulate_is_json_when_asked() {
    let said = history().graven(&["simulate", "--format", "json"]);
    said.ends(0);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["steps"], 3);
    assert_eq!(json["refused"], 1);
    assert_eq!(json["rules"][0]["id"], "frozen-text-edited");
    assert_eq!(json["rules"][0]["months"]["2023-11"], 1);
}
