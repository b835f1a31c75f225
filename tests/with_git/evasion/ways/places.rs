//! Ways by what stands in a record's place, and by the place itself.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::{EDIT, GONE, accepted, case, publish, refused, remove};
use crate::evasion::case::{Group, Last, Verdict, push};
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

const MOVED: &str = "sdd/adrs/0001-hold-records.md";

pub(crate) const GROUP: Group = Group {
    title: "By the place of a record",
    cases: &[
        case(
            "link-in-its-place",
            "a symbolic link to the edited text takes its place",
            refused(
                "frozen-document-replaced",
                "accepted adr-0001 was replaced by a symbolic link",
            ),
            |pushing| {
                accepted(pushing).clone.write("edited.md", EDITED);
                link(pushing, ADR, "../../edited.md")
            },
        ),
        case(
            "submodule-in-its-place",
            "a submodule takes its place",
            refused(
                "frozen-document-replaced",
                "accepted adr-0001 was replaced by a submodule",
            ),
            |pushing| {
                accepted(pushing);
                submodule(pushing, ADR)
            },
        ),
        case(
            "folder-in-its-place",
            "a folder of its name takes its place, with the edited text inside",
            GONE,
            |pushing| {
                remove(accepted(pushing), ADR);
                pushing
                    .clone
                    .write(&format!("{ADR}/text.md"), EDITED)
                    .commit("a folder");
                push(&["main"])
            },
        ),
        case(
            "run-bit-and-edit",
            "the record becomes executable, and its words change with it",
            EDIT,
            |pushing| {
                accepted(pushing).clone.write(ADR, EDITED);
                fs::set_permissions(
                    pushing.clone.path().join(ADR),
                    fs::Permissions::from_mode(0o755),
                )
                .unwrap();
                pushing.clone.commit("run it");
                push(&["main"])
            },
        ),
        case(
            "link-above",
            "a symbolic link to another folder takes the place of the folder of the record",
            GONE,
            |pushing| {
                accepted(pushing)
                    .clone
                    .write("other/0001-keep-records.md", EDITED);
                fs::remove_dir_all(pushing.clone.path().join("sdd/adrs")).unwrap();
                link(pushing, "sdd/adrs", "../other")
            },
        ),
        case(
            "submodule-above",
            "a submodule takes the place of the folder `sdd`",
            GONE,
            |pushing| {
                remove(accepted(pushing), "sdd");
                submodule(pushing, "sdd")
            },
        ),
        case(
            "file-above",
            "a file takes the place of the folder `sdd`",
            GONE,
            |pushing| {
                remove(accepted(pushing), "sdd");
                pushing.clone.change("sdd", "see the wiki\n");
                push(&["main"])
            },
        ),
        case(
            "empty-file",
            "the record stands, and is empty",
            EDIT,
            |pushing| {
                accepted(pushing).clone.change(ADR, "");
                push(&["main"])
            },
        ),
        case(
            "too-large-to-read",
            "the record grows beyond what the policy reads",
            refused(
                "frozen-document-unreadable",
                "accepted adr-0001 became unreadable",
            ),
            |pushing| {
                accepted(pushing)
                    .clone
                    .change(ADR, &format!("{ACCEPTED}\n{}\n", "more ".repeat(1 << 20)));
                push(&["main"])
            },
        ),
        case(
            "stored-elsewhere",
            "a pointer to a large file takes its place",
            refused(
                "frozen-document-unreadable",
                "accepted adr-0001 became unreadable",
            ),
            |pushing| {
                let pointer = format!(
                    "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 73\n",
                    "1".repeat(64)
                );
                accepted(pushing).clone.change(ADR, &pointer);
                push(&["main"])
            },
        ),
        case(
            "move-and-edit",
            "the record is moved and edited in one commit",
            EDIT,
            |pushing| {
                move_to(accepted(pushing), MOVED);
                pushing.clone.change(MOVED, EDITED);
                pushing.clone.git(&["reset", "--quiet", "--soft", "HEAD~2"]);
                pushing.clone.commit_index("move");
                push(&["main"])
            },
        ),
        case(
            "move-then-edit",
            "it is moved in one commit and edited in the next",
            EDIT,
            |pushing| {
                move_to(accepted(pushing), MOVED);
                pushing.clone.change(MOVED, EDITED);
                push(&["main"])
            },
        ),
        case(
            "move-then-edit-later",
            "it is moved in one push and edited in the next",
            EDIT,
            |pushing| {
                move_to(accepted(pushing), MOVED);
                pushing.allow(&["main"]);
                pushing.clone.change(MOVED, EDITED);
                push(&["main"])
            },
        ),
        case(
            "copy-edit-delete",
            "a copy is made and edited, then the original is deleted: three commits",
            Verdict::Refused("frozen-document-deleted", "accepted adr-0001 was deleted"),
            |pushing| {
                accepted(pushing)
                    .clone
                    .change("sdd/adrs/0002-keep-records.md", ACCEPTED);
                pushing
                    .clone
                    .change("sdd/adrs/0002-keep-records.md", EDITED);
                remove(pushing, ADR);
                push(&["main"])
            },
        ),
        case(
            "copy-takes-the-number",
            "a copy under its number is to be edited in its place",
            refused(
                "number-taken",
                "adr-0001 is already taken by sdd/adrs/0001-keep-records.md",
            ),
            |pushing| {
                accepted(pushing)
                    .clone
                    .change(MOVED, &ACCEPTED.replace("Accepted", "Draft"));
                push(&["main"])
            },
        ),
        case(
            "move-there-and-back-and-there",
            "the policy forbids to move a record; one push moves it there and back, the next there again",
            refused(
                "frozen-document-moved",
                "accepted adr-0001 was moved to sdd/adrs/0001-hold-records.md",
            ),
            |pushing| {
                publish(
                    accepted(pushing),
                    "graven.toml",
                    "[kind.adr.edits]\nmove = \"forbid\"\n",
                );
                move_to(pushing, MOVED);
                pushing.clone.git(&["mv", MOVED, ADR]);
                pushing.clone.commit("move back");
                pushing.allow(&["main"]);
                move_to(pushing, MOVED);
                push(&["main"])
            },
        ),
        case(
            "out-of-the-folder",
            "it is moved to where the policy does not look",
            GONE,
            |pushing| {
                move_to(accepted(pushing), "docs/0001-keep-records.md");
                push(&["main"])
            },
        ),
        case(
            "into-a-folder-below",
            "it is moved one folder down, where the globs end",
            GONE,
            |pushing| {
                move_to(accepted(pushing), "sdd/adrs/old/0001-keep-records.md");
                push(&["main"])
            },
        ),
        case(
            "into-another-kind",
            "it is moved among the specs, which never freeze",
            GONE,
            |pushing| {
                move_to(accepted(pushing), "sdd/specs/0001-keep-records.md");
                push(&["main"])
            },
        ),
        case(
            "renamed-so-that-it-is-none",
            "its name loses the number, so that it is no record",
            GONE,
            |pushing| {
                move_to(accepted(pushing), "sdd/adrs/keep-records.md");
                push(&["main"])
            },
        ),
        case(
            "renumbered",
            "it stands under another number",
            refused(
                "frozen-document-renumbered",
                "accepted adr-0001 was renumbered to adr-0002",
            ),
            |pushing| {
                move_to(accepted(pushing), "sdd/adrs/0002-keep-records.md");
                push(&["main"])
            },
        ),
        case(
            "renumbered-and-edited",
            "it stands under another number, in other words",
            EDIT,
            |pushing| {
                move_to(accepted(pushing), "sdd/adrs/0002-keep-records.md");
                pushing
                    .clone
                    .change("sdd/adrs/0002-keep-records.md", EDITED);
                pushing.clone.git(&["reset", "--quiet", "--soft", "HEAD~2"]);
                pushing.clone.commit_index("renumber");
                push(&["main"])
            },
        ),
        case(
            "two-records-swapped",
            "two records exchange their texts",
            EDIT,
            |pushing| {
                let (other, text) = (
                    "sdd/adrs/0002-drop-records.md",
                    EDITED.replace("# 1.", "# 2."),
                );
                publish(accepted(pushing), other, &text);
                pushing
                    .clone
                    .write(ADR, &text)
                    .write(other, ACCEPTED)
                    .commit("swap");
                push(&["main"])
            },
        ),
        case(
            "reused-number",
            "a draft is dropped, and a new record takes its number",
            refused(
                "number-retired",
                "adr-0002 reuses the number of sdd/adrs/0002-one.md, which was removed",
            ),
            |pushing| {
                publish(
                    pushing,
                    "sdd/adrs/0002-one.md",
                    "# 2. One\n\n## Status\n\nDraft\n\nWe may use one disk.\n",
                );
                remove(pushing, "sdd/adrs/0002-one.md");
                pushing.allow(&["main"]);
                pushing
                    .clone
                    .change("sdd/adrs/0002-two.md", &EDITED.replace("# 1.", "# 2."));
                push(&["main"])
            },
        ),
        case(
            "published-note",
            "a research note, which has no status, is edited",
            refused("frozen-text-edited", "published research"),
            |pushing| {
                publish(
                    pushing,
                    "sdd/research/research-disks.md",
                    "# Disks\n\nThe disk reads 2 GB/s.\n",
                );
                pushing.clone.change(
                    "sdd/research/research-disks.md",
                    "# Disks\n\nThe disk reads 9 GB/s.\n",
                );
                push(&["main"])
            },
        ),
        case(
            "published-audit-with-a-status",
            "an audit gets a status, to be edited as a draft",
            refused("frozen-text-edited", "published audit-001 was edited"),
            |pushing| {
                publish(
                    pushing,
                    "sdd/audits/audit-001-keys.md",
                    "# Keys\n\nOne key was lost.\n",
                );
                pushing.clone.change(
                    "sdd/audits/audit-001-keys.md",
                    "# Keys\n\nStatus: Draft\n\nOne key was lost.\n",
                );
                push(&["main"])
            },
        ),
    ],
};

/// The record is moved, in a commit of its own.
fn move_to(pushing: &Pushing, path: &str) {
    let folder = pushing.clone.path().join(path);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    pushing.clone.git(&["mv", ADR, path]);
    pushing.clone.commit("move");
}

fn link(pushing: &Pushing, path: &str, target: &str) -> Last {
    let file = pushing.clone.path().join(path);
    if file.exists() {
        fs::remove_file(&file).unwrap();
    }
    symlink(target, &file).unwrap();
    pushing.clone.commit("a link");
    push(&["main"])
}

/// A submodule takes the place of what stands at a path.
fn submodule(pushing: &Pushing, path: &str) -> Last {
    let commit = pushing.clone.id("HEAD");
    pushing
        .clone
        .git(&["rm", "--quiet", "-r", "--cached", "--ignore-unmatch", path]);
    pushing.clone.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{commit},{path}"),
    ]);
    pushing.clone.commit_index("a submodule");
    push(&["main"])
}
