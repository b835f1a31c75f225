//! Ways by objects that no honest Git writes. A server takes most of them as it comes from its makers: its
//! `receive.fsckObjects` is not set.

use std::fs;
use std::io::Write;

use super::{EDIT, accepted, case, edit, not_judged, publish};
use crate::evasion::case::{Group, Last, Verdict, push};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

const NAME: &str = "0001-keep-records.md";

pub(crate) const GROUP: Group = Group {
    title: "By odd objects",
    cases: &[
        case(
            "name-twice",
            "a tree names the record twice: once with the accepted, once with the edited text",
            unordered(),
            |pushing| folder(pushing, &[(FILE, NAME, ACCEPTED), (FILE, NAME, EDITED)]),
        ),
        case(
            "name-twice-edited-first",
            "the same with the edited text first",
            unordered(),
            |pushing| folder(pushing, &[(FILE, NAME, EDITED), (FILE, NAME, ACCEPTED)]),
        ),
        case(
            "names-out-of-order",
            "a tree is not sorted, so that a search misses the record",
            unordered(),
            |pushing| folder(pushing, &[(FILE, "z.md", "z"), (FILE, NAME, EDITED)]),
        ),
        case(
            "file-and-folder",
            "a tree has a file and a folder of one name",
            not_judged("a name is both a file and a folder"),
            |pushing| folder(pushing, &[(FILE, NAME, EDITED), ("40000", NAME, "")]),
        ),
        case(
            "file-and-folder-apart",
            "the same with another name between them",
            not_judged("a name is both a file and a folder"),
            |pushing| {
                folder(
                    pushing,
                    &[
                        (FILE, NAME, EDITED),
                        (FILE, &format!("{NAME}.txt"), "x"),
                        ("40000", NAME, ""),
                    ],
                )
            },
        ),
        case(
            "parent-folder",
            "a tree has an entry named `..`",
            not_judged("an entry is named . or .."),
            |pushing| folder(pushing, &[(FILE, "..", EDITED), (FILE, NAME, ACCEPTED)]),
        ),
        case(
            "git-folder",
            "a tree has an entry named `.git`",
            not_judged("an entry is named .git"),
            |pushing| folder(pushing, &[("40000", ".git", ""), (FILE, NAME, ACCEPTED)]),
        ),
        case(
            "slash-in-a-name",
            "an entry of the root has a whole path for its name, which a checkout would write over the record",
            not_judged("a name contains a slash"),
            |pushing| root(pushing, &[(FILE, ADR, EDITED)]),
        ),
        case(
            "odd-mode",
            "the record has a mode that Git does not write",
            not_judged("an entry has an unknown mode"),
            |pushing| folder(pushing, &[("100600", NAME, EDITED)]),
        ),
        case(
            "mode-with-a-zero",
            "the mode of the record begins with a zero, so that it looks like another",
            not_judged("an entry has an unknown mode"),
            |pushing| folder(pushing, &[("0100644", NAME, EDITED)]),
        ),
        case(
            "folder-twice",
            "the root names the folder `sdd` twice",
            unordered(),
            |pushing| root(pushing, &[("40000", "sdd", "")]),
        ),
        case(
            "commit-with-two-trees",
            "a commit names two trees, the accepted one first",
            OUT_OF_PLACE,
            |pushing| {
                edit(accepted(pushing));
                commit(pushing, |clone, parent| {
                    let [edited, accepted] = ["HEAD^{tree}", "HEAD~1^{tree}"]
                        .map(|name| clone.git(&["rev-parse", name]));
                    format!("tree {accepted}\ntree {edited}\nparent {parent}\n{SIGNED}\nedit\n")
                        .into_bytes()
                })
            },
        ),
        case(
            "parent-behind-the-author",
            "a commit names its parent where Git does not look for it",
            OUT_OF_PLACE,
            |pushing| {
                edit(accepted(pushing));
                commit(pushing, |clone, parent| {
                    let tree = clone.git(&["rev-parse", "HEAD^{tree}"]);
                    format!("tree {tree}\n{SIGNED}parent {parent}\n\nedit\n").into_bytes()
                })
            },
        ),
        case(
            "commit-without-an-author",
            "a commit has no author",
            EDIT,
            |pushing| {
                edit(accepted(pushing));
                commit(pushing, |clone, parent| {
                    format!(
                        "tree {}\nparent {parent}\ncommitter A <a@x> 1 +0000\n\nedit\n",
                        clone.git(&["rev-parse", "HEAD^{tree}"])
                    )
                    .into_bytes()
                })
            },
        ),
        case(
            "commit-of-a-lying-encoding",
            "a commit says that it is written in UTF-16",
            EDIT,
            |pushing| {
                edit(accepted(pushing));
                commit(pushing, |clone, parent| {
                    let tree = clone.git(&["rev-parse", "HEAD^{tree}"]);
                    format!("tree {tree}\nparent {parent}\n{SIGNED}encoding UTF-16\n\nedit\n")
                        .into_bytes()
                })
            },
        ),
        case(
            "commit-with-nul",
            "the message of a commit begins with a NUL, behind which Git shows nothing",
            EDIT,
            |pushing| {
                edit(accepted(pushing));
                commit(pushing, |clone, parent| {
                    let tree = clone.git(&["rev-parse", "HEAD^{tree}"]);
                    format!("tree {tree}\nparent {parent}\n{SIGNED}\n\0edit\n").into_bytes()
                })
            },
        ),
        case(
            "commit-of-many-megabytes",
            "the message of a commit has twenty megabytes",
            not_judged("over the limit of"),
            |pushing| {
                edit(accepted(pushing));
                commit(pushing, |clone, parent| {
                    let tree = clone.git(&["rev-parse", "HEAD^{tree}"]);
                    format!(
                        "tree {tree}\nparent {parent}\n{SIGNED}\n{}\n",
                        "x".repeat(20 << 20)
                    )
                    .into_bytes()
                })
            },
        ),
        case(
            "shallow-island",
            "a shallow clone brings a branch whose older commits nobody has, to a server that takes it",
            not_judged("history incomplete: this is a shallow clone"),
            |pushing| {
                accepted(pushing)
                    .server
                    .git(&["config", "receive.shallowUpdate", "true"]);
                pushing
                    .clone
                    .git(&["checkout", "--quiet", "--orphan", "island"]);
                pushing.clone.change("island.txt", "1");
                let end = pushing.clone.change(ADR, EDITED);
                pushing.clone.write(".git/shallow", &format!("{end}\n"));
                push(&["--force", "island:main"])
            },
        ),
        case(
            "record-gone-from-the-server",
            "the server has lost the accepted text, so the edit cannot be compared with it",
            not_judged("it is not in this repository"),
            |pushing| {
                edit(accepted(pushing));
                lose(&pushing.server, &format!("main:{ADR}"));
                push(&["main"])
            },
        ),
        case(
            "history-gone-from-the-server",
            "the server has lost the commit before the record was accepted",
            not_judged("it is not in this repository"),
            |pushing| {
                accepted(publish(pushing, "other.txt", "1"));
                lose(&pushing.server, "main~1");
                edit(pushing)
            },
        ),
    ],
};

const FILE: &str = "100644";
const SIGNED: &str = "author A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\n";

const OUT_OF_PLACE: Verdict = not_judged("a tree or parent header is out of place");

const fn unordered() -> Verdict {
    not_judged("its entries are unsorted or duplicated")
}

/// Entries of a tree: mode, name, and the text of a file. A folder is `sdd` with the accepted record.
type Entries<'a> = &'a [(&'a str, &'a str, &'a str)];

/// A tree with exactly these bytes.
fn tree(clone: &Repo, entries: Entries<'_>) -> String {
    let mut raw = Vec::new();
    for (mode, name, text) in entries {
        let id = match *mode {
            "40000" => clone.git(&["rev-parse", "main:sdd"]),
            _ => clone.feed(&["hash-object", "-w", "--stdin"], text.as_bytes()),
        };
        write!(raw, "{mode} {name}\0").unwrap();
        raw.extend(
            id.as_bytes()
                .chunks(2)
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()),
        );
    }
    clone.feed(
        &["hash-object", "-t", "tree", "--literally", "-w", "--stdin"],
        &raw,
    )
}

/// The folder of the records gets this tree.
fn folder(pushing: &Pushing, entries: Entries<'_>) -> Last {
    let clone = &accepted(pushing).clone;
    let adrs = tree(clone, entries);
    let sdd = clone.feed(
        &["mktree"],
        format!("040000 tree {adrs}\tadrs\n").as_bytes(),
    );
    let root = clone.feed(&["mktree"], format!("040000 tree {sdd}\tsdd\n").as_bytes());
    push_tree(clone, &root)
}

/// The root has the folder `sdd` as it was, and these entries behind it.
fn root(pushing: &Pushing, entries: Entries<'_>) -> Last {
    let clone = &accepted(pushing).clone;
    let root = tree(clone, &[&[("40000", "sdd", "")], entries].concat());
    push_tree(clone, &root)
}

fn push_tree(clone: &Repo, tree: &str) -> Last {
    let commit = clone.git(&["commit-tree", tree, "-p", "main", "-m", "odd"]);
    push(&[&format!("{commit}:refs/heads/main")])
}

/// A commit with exactly these bytes, in place of the last one.
fn commit(pushing: &Pushing, bytes: impl Fn(&Repo, &str) -> Vec<u8>) -> Last {
    let raw = bytes(&pushing.clone, &pushing.clone.id("HEAD~1").to_string());
    let id = pushing.clone.feed(
        &[
            "hash-object",
            "-t",
            "commit",
            "--literally",
            "-w",
            "--stdin",
        ],
        &raw,
    );
    push(&["--force", &format!("{id}:refs/heads/main")])
}

/// A repository loses an object.
fn lose(repo: &Repo, revision: &str) {
    let id = repo.git(&["rev-parse", revision]);
    fs::remove_file(repo.path().join("objects").join(&id[..2]).join(&id[2..])).unwrap();
}
