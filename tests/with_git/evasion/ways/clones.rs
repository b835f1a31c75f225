//! Ways past the hooks of a clone: by how a commit is made, and by going round these hooks.

use std::{env, fs};

use super::{EDIT, accepted, case, not_judged};
use crate::evasion::case::{Group, git, push};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

pub(crate) const GROUP: Group = Group {
    title: "In a clone, and past its hooks",
    cases: &[
        case(
            "commit-what-is-staged",
            "the edit is staged and committed",
            EDIT,
            |pushing| {
                guarded(pushing).stage(ADR, EDITED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-all",
            "`git commit -a` takes the edit from the work tree",
            EDIT,
            |pushing| {
                guarded(pushing).write(ADR, EDITED);
                git(&["commit", "-a", "--message", "edit"])
            },
        ),
        case(
            "commit-a-path",
            "`git commit PATH` takes the edit from the work tree",
            EDIT,
            |pushing| {
                guarded(pushing).write(ADR, EDITED);
                git(&["commit", "--message", "edit", "--", ADR])
            },
        ),
        case(
            "commit-only-a-path",
            "`git commit --only` takes the edit, while the record stands whole in the index",
            EDIT,
            |pushing| {
                guarded(pushing).write(ADR, EDITED).stage("other.txt", "1");
                git(&["commit", "--message", "edit", "--only", ADR])
            },
        ),
        case(
            "commit-including-a-path",
            "`git commit --include` takes the edit beside what is staged",
            EDIT,
            |pushing| {
                guarded(pushing).write(ADR, EDITED).stage("other.txt", "1");
                git(&["commit", "--message", "edit", "--include", ADR])
            },
        ),
        case(
            "commit-another-index",
            "`GIT_INDEX_FILE` names an index with the edit",
            EDIT,
            |pushing| {
                let clone = guarded(pushing);
                fs::copy(
                    clone.path().join(".git/index"),
                    clone.path().join(".git/other"),
                )
                .unwrap();
                clone.set("GIT_INDEX_FILE", ".git/other");
                clone.stage(ADR, EDITED).write(ADR, ACCEPTED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-behind-a-restored-file",
            "the edit is staged, and the work tree has the accepted text again",
            EDIT,
            |pushing| {
                guarded(pushing).stage(ADR, EDITED).write(ADR, ACCEPTED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-amend",
            "`git commit --amend` adds the edit to a commit that came after the record",
            EDIT,
            |pushing| {
                let clone = guarded(pushing);
                clone.change("other.txt", "1");
                clone.stage(ADR, EDITED);
                git(&["commit", "--amend", "--no-edit"])
            },
        ),
        case(
            "commit-behind-skip-worktree",
            "the path of the record is marked as not to be looked at, after the edit was staged",
            EDIT,
            |pushing| {
                guarded(pushing)
                    .stage(ADR, EDITED)
                    .git(&["update-index", "--skip-worktree", ADR]);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-with-head-replaced",
            "the clone replaces the published commit by one without the record",
            EDIT,
            |pushing| {
                let clone = guarded(pushing);
                let empty = clone.feed(&["mktree"], b"");
                let bare = clone.git(&["commit-tree", &empty, "-m", "nothing"]);
                clone.git(&["replace", &clone.id("HEAD").to_string(), &bare]);
                clone.stage(ADR, EDITED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-on-no-branch",
            "the edit is committed on a detached HEAD",
            EDIT,
            |pushing| {
                guarded(pushing).git(&["checkout", "--quiet", "--detach"]);
                pushing.clone.stage(ADR, EDITED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-in-another-work-tree",
            "the edit is committed in a second work tree of the clone",
            EDIT,
            |pushing| {
                guarded(pushing).git(&["worktree", "add", "--quiet", "-b", "topic", "aside"]);
                pushing.clone.write(&format!("aside/{ADR}"), EDITED);
                git(&["-C", "aside", "commit", "-a", "--message", "edit"])
            },
        ),
        case(
            "commit-in-a-shallow-clone",
            "the clone ends at the published commit, so the hook cannot tell what was published before",
            not_judged("history incomplete: this is a shallow clone"),
            |pushing| {
                super::publish(pushing, "other.txt", "1");
                guarded(pushing).write(".git/shallow", &format!("{}\n", pushing.clone.id("HEAD")));
                pushing.clone.stage(ADR, EDITED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "commit-in-a-partial-clone",
            "the edit is committed in a clone that may lack objects by a filter, which libgit2 does not open",
            EDIT,
            |pushing| {
                let clone = guarded(pushing);
                clone.git(&["config", "core.repositoryFormatVersion", "1"]);
                clone.git(&["config", "extensions.partialClone", "origin"]);
                clone.stage(ADR, EDITED);
                git(&["commit", "--message", "edit"])
            },
        ),
        case(
            "push-by-the-clone-s-hook",
            "the edit was committed without hooks, and `pre-push` sees it",
            EDIT,
            |pushing| {
                guarded(pushing).smuggle(ADR, EDITED);
                pushing
                    .server
                    .git(&["config", "core.hooksPath", "/dev/null"]);
                push(&["main"])
            },
        ),
        case(
            "commit-no-verify",
            "`--no-verify` goes past the hooks of the clone, at the commit and at the push",
            EDIT,
            |pushing| {
                guarded(pushing).smuggle(ADR, EDITED);
                push(&["--no-verify", "main"])
            },
        ),
        case(
            "commit-without-hooks",
            "`core.hooksPath` names nothing while the edit is committed and pushed",
            EDIT,
            |pushing| {
                let clone = guarded(pushing).stage(ADR, EDITED);
                clone.git(&[
                    "-c",
                    "core.hooksPath=/dev/null",
                    "commit",
                    "--quiet",
                    "--message",
                    "edit",
                ]);
                git(&["-c", "core.hooksPath=/dev/null", "push", "origin", "main"])
            },
        ),
        case(
            "push-from-a-shallow-clone",
            "a clone of depth one edits the record and pushes",
            EDIT,
            |pushing| {
                super::publish(pushing, "other.txt", "1");
                accepted(pushing)
                    .clone
                    .write(".git/shallow", &format!("{}\n", pushing.clone.id("HEAD")));
                super::edit(pushing)
            },
        ),
    ],
};

/// A published record, in a clone with graven's hooks. Another tool that is tried stands there already.
fn guarded(pushing: &Pushing) -> &Repo {
    accepted(pushing);
    if env::var_os(crate::evasion::trial::OTHER).is_none() {
        pushing.clone.guard();
    }
    &pushing.clone
}
