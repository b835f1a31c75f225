//! Every kind of repository that Git can make is guarded like a plain one, or refused in words that help.

mod clones;
mod formats;
mod indexes;
mod places;
mod random;
mod refused;
mod untouched;

use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED};

/// Installs the hooks; a record is accepted, its edit refused, another file allowed, and the audit is that of a plain clone.
#[track_caller]
fn guarded(repo: &Repo) {
    repo.guard();
    commits_are_judged(repo);
    repo.smuggle(ADR, EDITED);
    audited_like_a_plain_clone(repo);
}

/// Through the hooks that stand there.
#[track_caller]
fn commits_are_judged(repo: &Repo) {
    repo.stage(ADR, ACCEPTED)
        .allow(&["commit", "--message", "accept it"]);
    repo.stage(ADR, EDITED)
        .refuse(&["commit", "--message", "edit it"])
        .has(&["frozen-text-edited", ADR]);
    repo.git(&["checkout", "--quiet", "HEAD", "--", ADR]);
    repo.stage("other.txt", "1\n")
        .allow(&["commit", "--message", "something else"]);
}

/// An audit that finds something says the same, byte by byte, where libgit2 reads everything.
#[track_caller]
fn audited_like_a_plain_clone(repo: &Repo) {
    let plain = Repo::clone_of(repo, &["--no-local"]);
    for format in ["text", "json"] {
        let arguments = ["--format", format, "audit"];
        let (one, other) = (repo.graven(&arguments), plain.graven(&arguments));
        one.ends(1).has(&["frozen-text-edited"]);
        assert_eq!((one.out, one.err), (other.out, other.err));
    }
}
