//! Policies that cannot be read, or that say something nobody can mean.

use std::fs;

use super::{fails, not_judged};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

const POLICY: &str = "graven.toml";

#[test]
fn every_fault_of_a_staged_policy_has_its_place_and_a_guess() {
    let repo = Repo::init();
    repo.guard().accept();
    let text = "[rules]\nfrozen-text-edit = \"warn\"\nnumber-taken = \"wrn\"\n\n[kind.adr]\npath = [\"x\"]\n";
    repo.stage(POLICY, text);
    let words = [
        "graven.toml:2:1: unknown rule `frozen-text-edit`",
        "did you mean `frozen-text-edited`?",
        "graven.toml:3:16: unknown level `wrn`",
        "did you mean `warn`?",
        "graven.toml:6:1: unknown key `path` in `kind.adr`",
        "did you mean `paths`?",
        "graven: not judged: 3 problems",
    ];
    not_judged(&repo, &["check"], &words);
    let before = repo.state();
    repo.attempt(&["commit", "--message", "policy"])
        .ends(1)
        .has(&words);
    assert_eq!(repo.state(), before);
}

#[test]
fn a_policy_in_force_that_has_faults_stops_everything_but_its_mending() {
    let repo = Repo::init();
    repo.guard().accept();
    repo.smuggle(POLICY, "[rules]\nnumber-take = \"warn\"\n");
    repo.stage("other.txt", "1");
    let words = [
        "graven.toml:2:1: unknown rule `number-take`",
        "did you mean `number-taken`?",
    ];
    not_judged(&repo, &["check"], &words);
    not_judged(&repo, &["audit"], &words);
    fails(&repo, &["status"], &words);
    fails(&repo, &["rules"], &words);
    repo.attempt(&["commit", "--message", "other"])
        .ends(1)
        .has(&words);

    repo.stage(POLICY, "").stage(ADR, EDITED);
    repo.refuse(&["commit", "--message", "mend and lose"])
        .has(&["frozen-text-edited", "fixed in this step"]);
    repo.stage(ADR, ACCEPTED);
    repo.allow(&["commit", "--message", "mend the policy"])
        .has(&["fixed in this step", "allowed, with 1 warning"]);
    repo.stage(ADR, EDITED);
    repo.refuse(&["commit", "--message", "lose them"])
        .has(&["frozen-text-edited"])
        .lacks(&["mended"]);
}

#[test]
fn a_policy_that_is_no_toml_no_text_or_no_file_is_named() {
    let repo = Repo::init();
    repo.accept();
    let file = repo.home().join("policy.toml");
    let cases: [(&[u8], &str); 3] = [
        (b"[kind", "policy.toml:1:6: invalid TOML"),
        (b"a = 1\n\xff", "policy.toml is not valid UTF-8 at byte 6"),
        (b"[kind.x]\npaths = [\"[\"]\n", "policy.toml:2:"),
    ];
    for (bytes, words) in cases {
        fs::write(&file, bytes).unwrap();
        for command in ["check", "audit"] {
            not_judged(
                &repo,
                &[command, "--policy", file.to_str().unwrap()],
                &[words],
            );
        }
        fails(
            &repo,
            &["rules", "--policy", file.to_str().unwrap()],
            &[words],
        );
    }
    let gone = [
        "the policy gone.toml cannot be read",
        "name a readable file with --policy",
    ];
    for command in ["check", "audit"] {
        not_judged(&repo, &[command, "--policy", "gone.toml"], &gone);
        not_judged(
            &repo,
            &[command, "--policy", "."],
            &["the policy . cannot be read"],
        );
    }
    for command in ["rules", "status"] {
        fails(&repo, &[command, "--policy", "gone.toml"], &gone);
    }
}

#[test]
fn a_policy_that_is_a_link_is_not_followed() {
    let repo = Repo::init();
    repo.accept();
    std::os::unix::fs::symlink("/etc/passwd", repo.path().join(POLICY)).unwrap();
    repo.git(&["add", POLICY]);
    not_judged(&repo, &["check"], &["graven.toml is not a text file"]);
    repo.commit("a link");
    not_judged(
        &repo,
        &["check"],
        &["graven.toml is a symbolic link", "make it a regular file"],
    );
}

#[test]
fn a_glob_that_matches_nothing_is_warned_about() {
    let repo = Repo::init();
    repo.accept();
    repo.change(
        POLICY,
        "[kind.note]\npaths = [\"notse/*.md\"]\nfreeze = \"when-committed\"\n",
    );
    for command in ["check", "audit"] {
        let said = repo.graven(&[command]);
        said.ends(0).has(&[
            "warning: graven.toml: the glob \"notse/*.md\" of kind.note.paths matches nothing",
        ]);
        said.has(&["help: ", "graven: allowed, with 1 warning"]);
    }
}
