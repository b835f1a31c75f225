//! `graven init`: it looks at what is there, says what it saw, and never overwrites.

use crate::support::guarded::{ACCEPTED, ADR, EDITED};
use crate::support::{FORMATS, Repo};

const POLICY: &str = "graven.toml";

/// A repository with an accepted record at a path, staged.
fn with(path: &str, text: &str) -> Repo {
    let repo = Repo::init();
    repo.stage(path, text);
    repo
}

#[test]
fn each_preset_is_recognised_by_what_stands_there() {
    let madr = "---\nstatus: accepted\ndate: 2024-01-02\n---\n\n# Keep records\n\n## Context and Problem Statement\n\nWhy?\n\n\
                ## Decision Outcome\n\nWe keep them.\n";
    for (path, text, preset) in [
        (ADR, ACCEPTED, "sdd"),
        ("doc/adr/0001-keep-records.md", ACCEPTED, "adr-tools"),
        ("docs/decisions/0001-keep-records.md", madr, "madr"),
        ("src/main.c", "int main;\n", "none"),
    ] {
        let repo = with(path, text);
        let shown = repo.graven(&["init", "--dry-run"]);
        shown.ends(0).has(&[&format!("preset = \"{preset}\"")]);
        assert!(
            !repo.path().join(POLICY).exists(),
            "a dry run writes nothing"
        );
        repo.graven(&["init"]).ends(0).has(&[POLICY]);
        assert_eq!(repo.text(POLICY), shown.out, "{preset}");
        repo.graven(&["check", "--policy", POLICY]).ends(0);
        repo.graven(&["rules"]).ends(0);

        // What it wrote guards what it saw.
        if preset != "none" {
            repo.git(&["add", POLICY]);
            repo.commit("records and their policy");
            repo.graven(&["status", path]).ends(0).has(&[path, "adr"]);
            repo.stage(path, &text.replace("We keep them", "We lose them"));
            repo.graven(&["check"])
                .ends(1)
                .has(&["frozen-text-edited", path]);
        }
    }
}

#[test]
fn a_policy_that_is_there_is_never_overwritten() {
    let repo = with(ADR, ACCEPTED);
    repo.write(POLICY, "# mine\n");
    let said = repo.graven(&["init"]);
    said.ends(2)
        .has(&["graven.toml already exists", "help: graven init --dry-run"]);
    assert_eq!(repo.text(POLICY), "# mine\n");
    repo.graven(&["init", "--dry-run"])
        .ends(0)
        .has(&["preset = \"sdd\""]);
    assert_eq!(repo.text(POLICY), "# mine\n");

    std::fs::remove_file(repo.path().join(POLICY)).unwrap();
    std::os::unix::fs::symlink("nowhere.toml", repo.path().join(POLICY)).unwrap();
    repo.graven(&["init"])
        .ends(2)
        .has(&["graven.toml already exists"]);
    assert!(
        !repo.path().join("nowhere.toml").exists(),
        "a link is not followed"
    );
}

#[test]
fn a_bare_repository_has_no_place_for_a_policy() {
    for format in FORMATS {
        let work = Repo::of_format(format);
        work.accept();
        let server = Repo::with(&["--bare", &format!("--object-format={format}")]);
        work.git(&["push", "--quiet", &server.url(), "main"]);
        server.graven(&["init"]).ends(2).has(&[
            "a bare repository has no work tree",
            "help: graven init --dry-run",
        ]);
        server
            .graven(&["init", "--dry-run"])
            .ends(0)
            .has(&["preset = \"sdd\""]);
        assert!(!server.path().join(POLICY).exists());
    }
}

#[test]
fn init_below_the_root_writes_to_the_root() {
    let repo = with(ADR, ACCEPTED);
    let mut command = repo.command(env!("CARGO_BIN_EXE_graven"));
    let said = crate::support::guarded::Said::of(
        command
            .current_dir(repo.path().join("sdd/adrs"))
            .arg("init"),
    );
    said.ends(0);
    assert!(repo.path().join(POLICY).exists());
    assert!(!repo.path().join("sdd/adrs").join(POLICY).exists());
}

#[test]
fn install_says_what_it_did_and_uninstall_takes_it_back() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let said = repo.graven(&["install"]);
        said.ends(0).has(&[
            "installed ",
            "hooks/pre-commit",
            "hooks/pre-merge-commit",
            "hooks/commit-msg",
            "hooks/pre-push",
        ]);
        repo.graven(&["install"])
            .ends(0)
            .has(&["unchanged: it is up to date"])
            .lacks(&["installed"]);
        repo.accept();
        repo.stage(ADR, EDITED);
        repo.refuse(&["commit", "--message", "lose them"]);
        repo.graven(&["uninstall"]).ends(0).has(&["removed "]);
        repo.allow(&["commit", "--message", "lose them"])
            .lacks(&["graven"]);
        repo.graven(&["uninstall"])
            .ends(0)
            .has(&["nothing to remove"]);

        let server = Repo::with(&["--bare", &format!("--object-format={format}")]);
        server
            .graven(&["install"])
            .ends(0)
            .has(&["hooks/pre-receive"])
            .lacks(&["pre-commit"]);
    }
}
