//! Ways by the names of refs.

use super::{EDIT, GONE, accepted, case, edit, not_judged, publish, refused, unguarded_push};
use crate::evasion::case::{Group, Last, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

const DELETED: &str = "the push deletes the protected branch refs/heads/main";

pub(crate) const GROUP: Group = Group {
    title: "By the names of refs",
    cases: &[
        case(
            "edit-on-a-new-branch",
            "the edit is pushed as a new branch first",
            EDIT,
            |pushing| {
                accepted(pushing).clone.branch("topic").change(ADR, EDITED);
                push(&["topic"])
            },
        ),
        case(
            "edit-among-others",
            "the edit is on one of four branches that are pushed together",
            EDIT,
            |pushing| {
                accepted(pushing).clone.change("other.txt", "1");
                pushing.clone.branch("topic").change(ADR, EDITED);
                push(&["main", "main:one", "topic:two", "main~1:refs/heads/three"])
            },
        ),
        case(
            "kept-by-another-branch",
            "main restores the edit in the same push, and a new branch ends with it",
            EDIT,
            |pushing| {
                super::versions(accepted(pushing), &[EDITED, ACCEPTED]);
                push(&["main", "main~1:refs/heads/kept"])
            },
        ),
        case(
            "tag-first",
            "a tag brings the edited commit, then main is moved forward to it",
            EDIT,
            |pushing| {
                edit(accepted(pushing));
                pushing.clone.git(&["tag", "ready"]);
                pushing.allow(&["ready"]);
                push(&["ready^{commit}:refs/heads/main"])
            },
        ),
        case(
            "delete-the-branch",
            "main is deleted, so that it can be made anew",
            refused("protected-branch-deleted", DELETED),
            |pushing| {
                deletable(pushing);
                push(&["--delete", "main"])
            },
        ),
        case(
            "rename-the-branch",
            "main is deleted and stands under another name, in one push",
            refused("protected-branch-deleted", DELETED),
            |pushing| {
                deletable(pushing);
                edit(pushing);
                push(&["main:trunk", ":main"])
            },
        ),
        case(
            "edit-by-an-alias",
            "the server has a symbolic ref that names main, and the edit is pushed to it",
            EDIT,
            |pushing| {
                alias(pushing, "refs/heads/alias");
                edit(pushing);
                push(&["main:alias"])
            },
        ),
        case(
            "edit-by-an-alias-among-tags",
            "the symbolic ref stands among the tags",
            EDIT,
            |pushing| {
                alias(pushing, "refs/tags/alias");
                edit(pushing);
                push(&["--force", "main:refs/tags/alias"])
            },
        ),
        case(
            "force-behind-an-alias",
            "main is a symbolic ref on the server, and the branch that it names is forced past the acceptance",
            GONE,
            |pushing| {
                behind_main(publish(pushing, "other.txt", "1"));
                push(&["--force", "main~2:trunk"])
            },
        ),
        case(
            "edit-by-an-alias-named-main",
            "the same by the symbolic ref itself",
            EDIT,
            |pushing| {
                behind_main(pushing);
                push(&["main"])
            },
        ),
        case(
            "delete-by-an-alias",
            "a symbolic ref that names main is deleted, and main with it",
            refused(
                "protected-branch-deleted",
                "the push deletes the protected branch refs/heads/alias",
            ),
            |pushing| {
                deletable(pushing);
                alias(pushing, "refs/heads/alias");
                push(&["--delete", "alias"])
            },
        ),
        case(
            "edit-in-a-namespace",
            "the server shows a namespace, in which the record is accepted and then edited",
            EDIT,
            |pushing| {
                pushing.clone.set("GIT_NAMESPACE", "team");
                edit(accepted(pushing))
            },
        ),
        case(
            "edit-into-a-namespace",
            "the record is accepted in a namespace, and the edit is pushed to its full name from outside",
            not_judged("refs/namespaces/team/refs/heads/main is a branch of another namespace"),
            |pushing| {
                pushing.clone.set("GIT_NAMESPACE", "team");
                accepted(pushing);
                pushing.clone.set("GIT_NAMESPACE", "");
                edit(pushing);
                push(&["main:refs/namespaces/team/refs/heads/main"])
            },
        ),
        case(
            "replace-a-blob",
            "a ref below refs/replace/ puts the edited text in the place of the record",
            refused("replace-ref-pushed", "refs/replace/"),
            |pushing| {
                let (name, _) = replaced(accepted(pushing));
                push(&[&name])
            },
        ),
        case(
            "replaced-on-the-server",
            "the server replaces the edited text by the accepted one, so that its own Git shows nothing",
            EDIT,
            |pushing| {
                edit(accepted(pushing));
                let (edited, whole) = blobs(pushing);
                unguarded_push(pushing, &["main:refs/heads/aside"]);
                pushing.server.git(&["replace", &edited, &whole]);
                push(&["main"])
            },
        ),
        case(
            "grafts-on-the-server",
            "grafts on the server make the accepting commit a root, and the edit its parent",
            EDIT,
            |pushing| {
                edit(accepted(pushing));
                let commits = ["main", "main~1"].map(|name| pushing.clone.id(name).to_string());
                let info = pushing.server.path().join("info");
                std::fs::create_dir_all(&info).unwrap();
                std::fs::write(info.join("grafts"), format!("{}\n", commits[0])).unwrap();
                push(&["main"])
            },
        ),
        case(
            "blob-as-a-branch",
            "a branch is to name the blob of the edited record",
            not_judged("refs/heads/odd would point to"),
            |pushing| odd(pushing, "HEAD:sdd/adrs/0001-keep-records.md"),
        ),
        case(
            "tree-as-a-branch",
            "a branch is to name a tree",
            not_judged("refs/heads/odd would point to"),
            |pushing| odd(pushing, "HEAD^{tree}"),
        ),
        case(
            "tag-as-a-branch",
            "a branch is to name a tag of the edited commit",
            not_judged("refs/heads/odd would point to"),
            |pushing| odd(pushing, "refs/tags/heavy"),
        ),
        case(
            "tag-as-main",
            "main itself is to name a tag of the edited commit",
            not_judged("refs/heads/main would point to"),
            |pushing| {
                odd(pushing, "refs/tags/heavy");
                let tag = pushing.clone.git(&["rev-parse", "refs/tags/heavy"]);
                push(&["--force", &format!("{tag}:refs/heads/main")])
            },
        ),
        case(
            "edit-on-a-release-branch",
            "the policy protects release branches, and the edit is pushed to one",
            EDIT,
            |pushing| {
                publish(
                    pushing,
                    "graven.toml",
                    "[branches]\nprotected = [\"HEAD\", \"release/*\"]\n",
                );
                accepted(pushing).allow(&["main:release/1"]);
                edit(pushing);
                push(&["main:release/1"])
            },
        ),
        case(
            "edit-on-a-new-release-branch",
            "the same, and the branch is new",
            EDIT,
            |pushing| {
                publish(
                    pushing,
                    "graven.toml",
                    "[branches]\nprotected = [\"HEAD\", \"release/*\"]\n",
                );
                edit(accepted(pushing));
                push(&["main:release/1"])
            },
        ),
        case(
            "edit-on-another-default",
            "the default branch has another name than main",
            EDIT,
            |pushing| {
                pushing
                    .server
                    .git(&["symbolic-ref", "HEAD", "refs/heads/trunk"]);
                pushing.clone.change(ADR, ACCEPTED);
                pushing.allow(&["main:trunk"]);
                edit(pushing);
                push(&["main:trunk"])
            },
        ),
        case(
            "edit-after-a-switch",
            "the server's HEAD was switched to another branch; main is protected by its name",
            EDIT,
            |pushing| {
                accepted(pushing).allow(&["main:next"]);
                pushing
                    .server
                    .git(&["symbolic-ref", "HEAD", "refs/heads/next"]);
                edit(pushing)
            },
        ),
        case(
            "edit-while-nobody-is-default",
            "the server's HEAD names a branch that is not there, so every branch counts",
            EDIT,
            |pushing| {
                trunk(pushing);
                edit(pushing);
                push(&["main:trunk"])
            },
        ),
        case(
            "first-default-branch-empty",
            "the same; an empty branch is pushed under the default name, so that the others count no longer",
            GONE,
            |pushing| {
                trunk(pushing);
                pushing
                    .clone
                    .git(&["checkout", "--quiet", "--orphan", "island"]);
                pushing.clone.git(&["rm", "--quiet", "-r", "--force", "."]);
                pushing.clone.commit("begin");
                push(&["island:main"])
            },
        ),
        case(
            "first-default-branch-older",
            "the same with a commit from before the record",
            GONE,
            |pushing| {
                trunk(pushing);
                push(&["main~1:refs/heads/main"])
            },
        ),
        case(
            "first-default-branch-edited",
            "the same with the edit",
            EDIT,
            |pushing| {
                trunk(pushing);
                edit(pushing)
            },
        ),
    ],
};

/// The record is published on a branch that is not the one that the server calls its default, and that is not there.
fn trunk(pushing: &Pushing) {
    pushing.clone.change("other.txt", "1");
    pushing.clone.change(ADR, ACCEPTED);
    pushing.allow(&["main:trunk"]);
}

/// The record is published, and Git itself lets the default branch be deleted.
fn deletable(pushing: &Pushing) {
    accepted(pushing)
        .server
        .git(&["config", "receive.denyDeleteCurrent", "ignore"]);
}

/// The record is published, and another name leads to main.
fn alias(pushing: &Pushing, name: &str) {
    if pushing.server.git(&["for-each-ref"]).is_empty() {
        accepted(pushing);
    }
    pushing
        .server
        .git(&["symbolic-ref", name, "refs/heads/main"]);
}

/// On the server `main` is a symbolic ref to `trunk`, and neither is the default branch. The record is edited in the clone.
fn behind_main(pushing: &Pushing) {
    accepted(pushing).allow(&["main:next", "main:trunk"]);
    pushing
        .server
        .git(&["symbolic-ref", "HEAD", "refs/heads/next"]);
    pushing
        .server
        .git(&["symbolic-ref", "refs/heads/main", "refs/heads/trunk"]);
    edit(pushing);
}

/// The edited and the accepted text.
fn blobs(pushing: &Pushing) -> (String, String) {
    let blob = |text: &str| {
        pushing
            .clone
            .feed(&["hash-object", "-w", "--stdin"], text.as_bytes())
    };
    (blob(EDITED), blob(ACCEPTED))
}

/// The clone replaces the accepted text by the edited one, by the ref of this name.
fn replaced(pushing: &Pushing) -> (String, String) {
    let (edited, whole) = blobs(pushing);
    pushing.clone.git(&["replace", &whole, &edited]);
    (format!("refs/replace/{whole}"), edited)
}

/// A new branch is to name what this revision names after the edit.
fn odd(pushing: &Pushing, revision: &str) -> Last {
    edit(accepted(pushing));
    pushing
        .clone
        .git(&["tag", "--annotate", "--message", "heavy", "heavy"]);
    let id = pushing.clone.git(&["rev-parse", revision]);
    push(&[&format!("{id}:refs/heads/odd")])
}
