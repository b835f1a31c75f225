//! Repositories that do not hold everything themselves: it lies in another one, or was left out.

use std::fs;

use super::{commits_are_judged, guarded};
use crate::support::guarded::{ACCEPTED, ADR, DRAFT, EDITED, Pushing, Said};
use crate::support::{FORMATS, Repo};

/// A record that was a draft once, which no checkout of its branch holds.
const SECOND: &str = "sdd/adrs/0002-keep-drafts.md";

/// A bare repository that may be cloned in parts.
fn origin(format: &'static str) -> Repo {
    let work = Repo::of_format(format);
    work.write(SECOND, DRAFT).accept();
    work.change(SECOND, ACCEPTED);
    work.change("other.txt", "1");
    let object_format = format!("--object-format={format}");
    let origin = Repo::with(&["--bare", &object_format]);
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    work.git(&["push", "--quiet", &origin.url(), "main"]);
    origin
}

/// Nobody may have fetched this object in the meantime.
#[track_caller]
fn absent(repo: &Repo, id: &str) {
    repo.set("GIT_NO_LAZY_FETCH", "1");
    assert!(
        !repo.try_git(&["cat-file", "-e", id]).status.success(),
        "{id} was fetched"
    );
}

/// Makes the promises known as older gits did.
fn by_extension(repo: &Repo) {
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    repo.git(&["config", "extensions.partialClone", "origin"]);
}

// spec: REPO-001
// spec: REPO-004
#[test]
fn a_partial_clone_is_judged_where_what_is_needed_is_here() {
    for format in FORMATS {
        let origin = origin(format);
        let draft = origin.git(&["rev-parse", &format!("main~2:{SECOND}")]);
        for extension in [false, true] {
            let repo = Repo::clone_of(&origin, &["--filter=blob:none"]);
            if extension {
                by_extension(&repo);
            }
            repo.guard();
            repo.stage(ADR, EDITED)
                .refuse(&["commit", "--message", "edit"])
                .has(&["frozen-text-edited"]);
            repo.git(&["reset", "--quiet", "--hard"]);
            repo.stage("other.txt", "2")
                .allow(&["commit", "--message", "other"]);
            // When this one was accepted shows only against its draft.
            let words = [
                "history incomplete: this is a partial clone",
                "git fetch --refetch --no-filter",
                SECOND,
            ];
            repo.stage(SECOND, EDITED)
                .attempt(&["commit", "--message", "edit"])
                .ends(1)
                .has(&words);
            repo.git(&["reset", "--quiet", "--hard"]);
            let said = repo.graven(&["audit"]);
            said.ends(2).has(&words);
            let file = repo.home().join("transport");
            repo.set("GIT_TRACE", file.to_str().unwrap());
            repo.graven(&["audit"]).ends(2);
            let traced = fs::read_to_string(&file).unwrap_or_default();
            assert!(!traced.contains("fetch"), "{traced}");
            repo.set("GIT_TRACE", "0");
            absent(&repo, &draft);
            repo.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
            repo.graven(&["audit"]).ends(0);
        }
    }
}

// spec: REPO-004
#[test]
fn nothing_is_fetched_whatever_the_configuration_allows() {
    let origin = origin("sha1");
    let draft = origin.git(&["rev-parse", &format!("main~2:{SECOND}")]);
    let repo = Repo::clone_of(&origin, &["--filter=blob:none"]);
    by_extension(&repo);
    repo.git(&["config", "protocol.file.allow", "always"]);
    repo.git(&["config", "protocol.allow", "always"]);
    repo.set("GIT_ALLOW_PROTOCOL", "file");
    repo.set("GIT_NO_LAZY_FETCH", "0");
    repo.graven(&["audit"]).ends(2).has(&["history incomplete"]);
    absent(&repo, &draft);
}

#[test]
fn a_partial_clone_without_trees_is_not_judged_where_they_are_needed() {
    let origin = origin("sha1");
    let repo = Repo::clone_of(&origin, &["--filter=tree:0"]);
    by_extension(&repo);
    repo.graven(&["audit"])
        .ends(2)
        .has(&["history incomplete: this is a partial clone"]);
    repo.graven(&["check", "HEAD~2..HEAD"])
        .ends(2)
        .has(&["history incomplete: this is a partial clone"]);
}

// spec: REPO-004
#[test]
fn a_shallow_clone_is_judged_where_both_sides_are_here() {
    for format in FORMATS {
        let origin = origin(format);
        for partial in [false, true] {
            let repo = Repo::clone_of(&origin, &["--depth=1"]);
            if partial {
                by_extension(&repo);
            }
            // Later than what was cloned.
            (0..9).for_each(|_| repo.tick());
            repo.guard();
            // Since when it says this lies behind the end.
            let words = [
                "history incomplete: this is a shallow clone",
                "git fetch --unshallow",
            ];
            repo.stage(ADR, EDITED)
                .attempt(&["commit", "--message", "edit"])
                .ends(1)
                .has(&words);
            repo.git(&["reset", "--quiet", "--hard"]);
            repo.stage("other.txt", "2")
                .allow(&["commit", "--message", "other"]);
            repo.graven(&["check", "HEAD~1..HEAD"]).ends(0);
            for arguments in [
                &["audit"][..],
                &["audit", "--every-commit"],
                &["next", "adr"],
            ] {
                repo.graven(arguments).ends(2).has(&[
                    "history incomplete: this is a shallow clone",
                    "git fetch --unshallow",
                ]);
            }
            repo.graven(&["check", "HEAD~2..HEAD"])
                .ends(2)
                .has(&["unknown revision HEAD~2", "git fetch --unshallow"]);
        }
    }
}

// spec: REPO-004
#[test]
fn a_shallow_clone_with_reftables_ends_where_it_ends() {
    if super::formats::no_tables() {
        return;
    }
    let origin = origin("sha256");
    let repo = Repo::at(
        "repo",
        &[
            "clone",
            "--quiet",
            "--ref-format=reftable",
            "--depth=1",
            &origin.url(),
        ],
    );
    let words = [
        "history incomplete: this is a shallow clone",
        "git fetch --unshallow",
    ];
    repo.guard()
        .stage(ADR, EDITED)
        .attempt(&["commit", "--message", "edit"])
        .ends(1)
        .has(&words);
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.stage("other.txt", "2")
        .allow(&["commit", "--message", "other"]);
    repo.graven(&["audit"]).ends(2).has(&words);
    repo.graven(&["check", "HEAD~2..HEAD"])
        .ends(2)
        .has(&["unknown revision HEAD~2", "git fetch --unshallow"]);
}

#[test]
fn objects_of_another_repository_are_read() {
    for format in FORMATS {
        let origin = origin(format);
        let place = origin.path().to_str().unwrap();
        let shared = Repo::at("repo", &["clone", "--quiet", "--shared", place]);
        let reference = Repo::clone_of(&origin, &["--reference", place]);
        for repo in [shared, reference] {
            assert!(repo.path().join(".git/objects/info/alternates").exists());
            repo.guard()
                .stage(ADR, EDITED)
                .refuse(&["commit", "--message", "edit"])
                .has(&["frozen-text-edited"]);
            repo.git(&["reset", "--quiet", "--hard"]);
            repo.stage("other.txt", "2")
                .allow(&["commit", "--message", "other"]);
            repo.smuggle(ADR, EDITED);
            super::audited_like_a_plain_clone(&repo);
        }
    }
}

#[test]
fn a_server_with_objects_elsewhere_judges_what_is_pushed() {
    for tables in [false, true] {
        if tables && super::formats::no_tables() {
            return;
        }
        let origin = origin("sha1");
        let format = if tables {
            "--ref-format=reftable"
        } else {
            "--ref-format=files"
        };
        let place = origin.path().to_str().unwrap();
        let server = Repo::at(
            "server",
            &["clone", "--quiet", "--bare", "--shared", format, place],
        );
        let pushing = Pushing {
            server,
            clone: Repo::clone_of(&origin, &[]),
        };
        pushing.server.graven(&["install", "--server"]).ends(0);
        pushing
            .clone
            .git(&["remote", "set-url", "origin", &pushing.server.url()]);
        pushing.clone.change(ADR, EDITED);
        let said = Said::from(pushing.clone.try_git(&["push", "origin", "main"]));
        said.ends(1).has(&["frozen-text-edited"]);
        pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        pushing.clone.change("other.txt", "2");
        pushing.allow(&["main"]);
    }
}

#[test]
fn a_packed_repository_with_a_commit_graph_is_read_the_same() {
    for tables in [false, true] {
        if tables && super::formats::no_tables() {
            return;
        }
        let repo = if tables {
            super::formats::tables("sha256")
        } else {
            Repo::init()
        };
        repo.guard();
        commits_are_judged(&repo);
        repo.git(&["gc", "--quiet"]);
        repo.git(&["commit-graph", "write", "--reachable"]);
        repo.git(&["multi-pack-index", "write"]);
        repo.stage(ADR, EDITED)
            .refuse(&["commit", "--message", "edit"]);
        repo.stage(ADR, ACCEPTED);
        guarded_history(&repo);
    }
}

fn guarded_history(repo: &Repo) {
    repo.smuggle(ADR, EDITED);
    super::audited_like_a_plain_clone(repo);
}

#[test]
fn a_clone_by_reference_can_be_guarded_from_its_first_commit() {
    let other = Repo::init();
    other.change("first.txt", "1");
    let repo = Repo::clone_of(
        &other,
        &[
            "--reference",
            other.path().to_str().unwrap(),
            "--dissociate",
        ],
    );
    guarded(&repo);
}
