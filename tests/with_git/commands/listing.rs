//! `graven status`, `rules` and `explain`.

use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED, Said};
use crate::support::{FORMATS, Repo};

const OWN: &str = "sdd/adrs/0002-own.md";

/// An accepted record, a draft, a research note and a spec.
fn library(format: &'static str) -> Repo {
    let repo = Repo::of_format(format);
    repo.write(OWN, &DRAFT.replace("# 1.", "# 2."))
        .write(ADR, DRAFT)
        .commit("drafts");
    repo.accept();
    repo.write(
        "sdd/research/research-paths.md",
        "# Paths\n\nThey differ.\n",
    )
    .commit("research");
    repo.change("other.txt", "1");
    repo
}

fn line<'a>(said: &'a Said, path: &str) -> Vec<&'a str> {
    let line = said
        .out
        .lines()
        .find(|line| line.starts_with(path))
        .unwrap_or_else(|| panic!("{path}: {}", said.out));
    line.split_whitespace().collect()
}

#[test]
fn status_lists_each_document_and_since_when_it_is_frozen() {
    for format in FORMATS {
        let repo = library(format);
        let said = repo.graven(&["status"]);
        said.ends(0);
        let accepted = repo.id("HEAD~2").short();
        let noted = repo.id("HEAD~1").short();
        assert_eq!(
            line(&said, ADR),
            [ADR, "adr", "0001", "Accepted", &accepted, "2023-11-14"]
        );
        assert_eq!(line(&said, OWN), [OWN, "adr", "0002", "Draft", "-"]);
        let research = "sdd/research/research-paths.md";
        assert_eq!(
            line(&said, research),
            [research, "research", "-", "-", &noted, "2023-11-14"]
        );
        assert_eq!(said.out.lines().count(), 4);
    }
}

#[test]
fn status_tells_specs_about_tooling_from_those_about_the_library() {
    let repo = library("sha1");
    repo.write(
        "sdd/specs/001-paths.md",
        "# Paths\n\n**Prefix:** PATH\n\n## PATH-001: Dots\n\nNone.\n",
    )
    .commit("library");
    repo.graven(&["status"])
        .ends(0)
        .lacks(&["scope", "library"]);
    let tooling =
        "# Docs\n\n**Scope:** Build & CI tooling. Not library code.\n\n**Prefix:** `DOCFRAME`\n";
    repo.write("sdd/specs/047-docs.md", tooling)
        .commit("tooling");
    let said = repo.graven(&["status"]);
    said.ends(0);
    assert_eq!(
        line(&said, "path"),
        [
            "path", "kind", "number", "scope", "status", "frozen", "since"
        ]
    );
    assert_eq!(
        line(&said, "sdd/specs/001")[2..],
        ["001", "library", "-", "-"]
    );
    assert_eq!(
        line(&said, "sdd/specs/047")[2..],
        ["047", "tooling", "-", "-"]
    );
    assert_eq!(line(&said, OWN)[2..], ["0002", "-", "Draft", "-"]);
    let said = repo.graven(&["--format", "json", "status", "sdd/specs"]);
    said.ends(0)
        .has(&[r#""scope": "library""#, r#""scope": "tooling""#]);
}

#[test]
fn status_takes_paths_and_folders() {
    let repo = library("sha1");
    for (below, name) in [
        ("sdd", "research"),
        ("sdd/research", "."),
        ("sdd/adrs", "../research/research-paths.md"),
    ] {
        let said = repo.graven_below(below, &["status", name]);
        said.ends(0)
            .has(&["sdd/research/research-paths.md"])
            .lacks(&["sdd/adrs"]);
    }
    for folder in [
        "sdd/research",
        "./sdd/research/",
        "sdd/research/research-paths.md",
    ] {
        let said = repo.graven(&["status", folder]);
        said.ends(0).has(&["research-paths.md"]).lacks(&[ADR]);
    }
    repo.graven(&["status", "."]).ends(0).has(&[ADR, OWN]);
    repo.graven(&["status", OWN, "sdd/research"])
        .ends(0)
        .has(&[OWN, "research-paths.md"])
        .lacks(&[ADR]);
}

#[test]
fn status_follows_a_record_that_moved() {
    let repo = library("sha1");
    let accepted = repo.id("HEAD~2").short();
    repo.git(&["mv", ADR, "sdd/adrs/0001-hold-records.md"]);
    repo.commit("move");
    repo.graven(&["status", "sdd/adrs/0001-hold-records.md"])
        .ends(0)
        .has(&[&accepted]);
}

#[test]
fn status_is_json_when_asked() {
    let repo = library("sha256");
    let said = repo.graven(&["status", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&said.ends(0).out).unwrap();
    let documents = read["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0]["path"], ADR);
    assert_eq!(documents[0]["status"], "Accepted");
}

#[test]
fn status_knows_the_commit_and_not_the_work_tree() {
    let repo = library("sha1");
    let before = repo.graven(&["status"]).out;
    repo.stage(ADR, EDITED).write(OWN, ACCEPTED);
    assert_eq!(repo.graven(&["status"]).out, before);
}

#[test]
fn rules_lists_every_rule_at_its_level_under_the_policy() {
    let repo = library("sha1");
    let said = repo.graven(&["rules"]);
    said.ends(0);
    assert_eq!(said.out.lines().count(), graven::rules::RULES.len() + 1);
    for rule in graven::rules::RULES {
        assert_eq!(
            line(&said, &format!("{} ", rule.id))[1],
            rule.level.as_str()
        );
    }
    repo.change("graven.toml", "[rules]\nnumber-taken = \"warn\"\n");
    assert_eq!(line(&repo.graven(&["rules"]), "number-taken ")[1], "warn");
    let strict = repo.home().join("strict.toml");
    std::fs::write(&strict, "[rules]\nnumber-taken = \"forbid\"\n").unwrap();
    let said = repo.graven(&[
        "rules",
        "--policy",
        strict.to_str().unwrap(),
        "--format",
        "json",
    ]);
    let read: serde_json::Value = serde_json::from_str(&said.ends(0).out).unwrap();
    let taken = read["rules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|rule| rule["id"] == "number-taken")
        .unwrap();
    assert_eq!(taken["level"], "forbid");
}

#[test]
fn rules_and_explain_need_no_repository() {
    let repo = Repo::init();
    let outside = repo.home().join("outside");
    std::fs::create_dir(&outside).unwrap();
    for arguments in [&["rules"][..], &["explain", "number-taken"]] {
        let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
        Said::of(command.current_dir(&outside).args(arguments))
            .ends(0)
            .has(&["number-taken"]);
    }
}

#[test]
fn explain_shows_the_page_of_every_rule() {
    let repo = Repo::init();
    for rule in graven::rules::RULES {
        let said = repo.graven(&["explain", rule.id]);
        said.ends(0).has(&[rule.id, "What to do"]);
        assert_eq!(said.err, "");
    }
}

/// Else a bare repository whose default branch has another name would look as if it kept nothing.
#[test]
fn what_lists_says_that_head_names_no_commit_where_other_branches_do() {
    let repo = library("sha1");
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    for command in ["status", "trace"] {
        let said = repo.graven(&[command]);
        said.ends(2).has(&[
            "HEAD points to trunk, which has no commit",
            "git symbolic-ref HEAD refs/heads/main",
        ]);
    }
    let empty = Repo::init();
    empty
        .graven(&["status"])
        .ends(0)
        .has(&["no governed documents"]);
    empty.graven(&["trace"]).ends(0);
}

/// What is offered to be pasted runs nothing that a branch is called.
#[test]
fn a_branch_in_a_command_is_one_word_for_the_shell() {
    let repo = library("sha1");
    repo.git(&["branch", "--move", "main", "$(id)"]);
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    repo.graven(&["status"])
        .ends(2)
        .has(&["git symbolic-ref HEAD 'refs/heads/$(id)'"]);
    repo.graven(&["audit"])
        .ends(2)
        .has(&["graven audit '$(id)'"]);
}
