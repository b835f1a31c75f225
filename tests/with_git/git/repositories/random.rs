//! The two readers held against each other on random histories.

use std::fmt::{Debug, Display, Write};

use bstr::{BStr, ByteSlice};
use graven::git::Repository;
use graven::repo::PathSet;
use graven::repo::{Entry, ObjectId, Objects, RepoPath, Side};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{FORMATS, Repo};

/// Names that swallow each other, and names that are hard to read.
const PATHS: [&str; 12] = [
    "a",
    "a/b",
    "a/b/c",
    "a.b",
    "sdd/adrs/0001-x.md",
    "sdd/adrs/0002-y.md",
    "über/ö.md",
    "with space",
    "tab\tand\nline",
    "\"quoted\"",
    "-dash",
    ":colon",
];
const BRANCHES: [&str; 4] = [
    "refs/heads/main",
    "refs/heads/topic/a",
    "refs/heads/über",
    "refs/remotes/origin/main",
];
const CONTENTS: [&str; 3] = ["", "one\n", "two\n\0bytes"];

#[derive(Debug, Clone)]
enum Change {
    Write {
        path: &'static str,
        mode: &'static str,
        content: &'static str,
    },
    Link {
        path: &'static str,
    },
    Delete {
        path: &'static str,
    },
}

#[derive(Debug, Clone)]
struct Made {
    branch: &'static str,
    /// Another commit, by its place among those before.
    other: Option<prop::sample::Index>,
    changes: Vec<Change>,
}

fn change() -> impl Strategy<Value = Change> {
    let path = || select(&PATHS[..]);
    prop_oneof![
        5 => (path(), select(&["100644", "100755", "120000"][..]), select(&CONTENTS[..]))
            .prop_map(|(path, mode, content)| Change::Write { path, mode, content }),
        1 => path().prop_map(|path| Change::Link { path }),
        2 => path().prop_map(|path| Change::Delete { path }),
    ]
}

fn made() -> impl Strategy<Value = Made> {
    (
        select(&BRANCHES[..]),
        any::<Option<prop::sample::Index>>(),
        vec(change(), 0..4),
    )
        .prop_map(|(branch, other, changes)| Made {
            branch,
            other,
            changes,
        })
}

/// A name as `git fast-import` reads it.
fn quoted(path: &str) -> String {
    let octal = |byte: &u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(*byte).to_string()
        } else {
            format!("\\{byte:03o}")
        }
    };
    format!(
        "\"{}\"",
        path.as_bytes().iter().map(octal).collect::<String>()
    )
}

/// Makes the history with `git fast-import`, and refs of every sort for it.
fn history(format: &'static str, history: &[Made]) -> Repo {
    let repo = Repo::of_format(format);
    let mut stream = String::new();
    let mut known: Vec<&str> = Vec::new();
    for (at, made) in history.iter().enumerate() {
        let when = 1_700_000_000 + 60 * (at % 7);
        let message = format!("commit {at}\n\nbody\n");
        write!(
            stream,
            "commit {}\nmark :{}\ncommitter A <a@b> {when} +0000\n",
            made.branch,
            at + 1
        )
        .unwrap();
        write!(stream, "data {}\n{message}\n", message.len()).unwrap();
        if let Some(other) = made
            .other
            .filter(|_| at > 0)
            .map(|other| other.index(at) + 1)
        {
            // A branch that is there is merged into, one that is new starts there.
            let verb = if known.contains(&made.branch) {
                "merge"
            } else {
                "from"
            };
            writeln!(stream, "{verb} :{other}").unwrap();
        }
        known.push(made.branch);
        for change in &made.changes {
            match change {
                Change::Write {
                    path,
                    mode,
                    content,
                } => {
                    write!(
                        stream,
                        "M {mode} inline {}\ndata {}\n{content}\n",
                        quoted(path),
                        content.len()
                    )
                    .unwrap();
                }
                Change::Link { path } => {
                    let id = "12".repeat(if format == "sha1" { 20 } else { 32 });
                    writeln!(stream, "M 160000 {id} {}", quoted(path)).unwrap();
                }
                Change::Delete { path } => writeln!(stream, "D {}", quoted(path)).unwrap(),
            }
        }
    }
    writeln!(
        stream,
        "tag annotated\nfrom :1\ntagger A <a@b> 1 +0000\ndata 3\ntag"
    )
    .unwrap();
    repo.feed(&["fast-import", "--quiet", "--force"], stream.as_bytes());
    repo.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    repo.git(&[
        "symbolic-ref",
        "refs/heads/alias-of-alias",
        "refs/heads/alias",
    ]);
    repo.git(&["symbolic-ref", "refs/heads/dangling", "refs/heads/unborn"]);
    repo.git(&[
        "symbolic-ref",
        "refs/remotes/origin/HEAD",
        "refs/remotes/origin/main",
    ]);
    repo.git(&["config", "remote.origin.url", "elsewhere"]);
    repo.git(&["config", "Graven.Policy", "policies/über.toml"]);
    repo.write(
        "more",
        "[Graven]\n\tother = \" it's\\tincluded \"\n\tnamed\n",
    )
    .git(&["config", "include.path", "../more"]);
    repo
}

/// What one reader says, word by word.
#[derive(Default)]
struct Told(Vec<String>);

impl Told {
    fn say<T: Debug, E: Display>(&mut self, question: &str, answer: Result<T, E>) {
        let answer = answer.map_or_else(
            |error| format!("error: {error}"),
            |answer| format!("{answer:?}"),
        );
        self.0.push(format!("{question}: {answer}"));
    }

    /// Only whether there is one: libgit2 and git complain in words of their own.
    fn say_if<T: Debug, E>(&mut self, question: &str, answer: Result<T, E>) {
        self.say(question, Ok::<_, String>(answer.ok()));
    }
}

fn refs(told: &mut Told, opened: &Repository) {
    told.say(
        "place",
        Ok::<_, String>((
            opened.git_dir().components(),
            opened.work_dir().map(|dir| dir.components()),
        )),
    );
    told.say(
        "flags",
        Ok::<_, String>((opened.is_bare(), opened.is_shallow(), opened.id_digits())),
    );
    told.say(
        "hooks",
        opened
            .hooks_dir()
            .map(|dir| dir.components().collect::<std::path::PathBuf>()),
    );
    for key in [
        "graven.policy",
        "graven.other",
        "graven.none",
        "core.bare",
        "remote.origin.url",
    ] {
        told.say(key, opened.config(key));
    }
    told.say("head", opened.head());
    told.say("branches", opened.branches());
    told.say("every branch", opened.all_branch_tips());
    told.say("remote", opened.default_remote());
    told.say("default", opened.default_branch(None));
    for remote in ["origin", "other", "*", "a b"] {
        told.say(remote, opened.default_branch(Some(BStr::new(remote))));
        told.say(remote, opened.remote_branches(BStr::new(remote)));
    }
    let names = [
        "HEAD",
        "refs/heads/alias",
        "refs/heads/alias-of-alias",
        "refs/heads/dangling",
        "refs/heads/none",
        "refs/tags/annotated",
        "refs/heads",
        "main",
        "refs/heads/a..b",
        "refs/heads/a b",
        "",
    ];
    for name in names.into_iter().chain(BRANCHES) {
        told.say(name, opened.reference(BStr::new(name)));
    }
    told.say("not UTF-8", opened.reference(b"refs/heads/\xff".as_bstr()));
    for revision in [
        "HEAD",
        "main",
        "topic/a",
        "über",
        "annotated",
        "HEAD~1",
        "main^2",
        "origin",
        "origin/main",
        "none",
        "HEAD:a",
        "HEAD^{tree}",
        ":/commit 0",
        "a b",
        "",
        "-x",
        "..",
        "main..topic/a",
        "^main",
        "alias",
        "main@{0}",
    ] {
        told.say_if(revision, opened.resolve(revision));
    }
}

fn objects(told: &mut Told, opened: &Repository, commits: &[ObjectId]) {
    let watches = [["**"].as_slice(), &["sdd/adrs/*.md"], &["a/**", "*"]]
        .map(|globs| PathSet::new(globs.iter().copied()).unwrap());
    let absent = ObjectId::from_bytes(&vec![7; commits[0].as_bytes().len()]).unwrap();
    let foreign = ObjectId::from_bytes(&vec![7; 52 - commits[0].as_bytes().len()]).unwrap();
    for commit in commits.iter().chain([&absent, &foreign]) {
        let side = Side::Commit(*commit);
        told.say("commit", opened.commit(*commit));
        told.say("is commit", opened.is_commit(*commit));
        told.say("has", opened.contains(*commit));
        told.say(
            "line",
            opened.first_parents(*commit).collect::<Result<Vec<_>, _>>(),
        );
        told.say("all", opened.all_commits(*commit));
        told.say(
            "short",
            Ok::<_, String>(opened.resolve(&commit.short()).ok()),
        );
        for watch in &watches {
            let entries = opened.entries(&side, watch);
            blobs(told, opened, entries.iter().flatten());
            told.say("entries", entries);
            let mut past = Vec::new();
            let walked = opened.first_parent_changes(*commit, watch, &mut |id, found| {
                past.push((id, found));
                std::ops::ControlFlow::Continue(())
            });
            told.say("past", walked.map(|()| past));
        }
        for path in PATHS {
            told.say(path, opened.entry(&side, &RepoPath::new(path)));
            told.say(path, opened.versions(*commit, &RepoPath::new(path)));
        }
        for other in commits {
            told.say("base", opened.merge_base(*commit, *other));
            told.say("line", opened.first_parents_between(*commit, *other));
            told.say(
                "subjects",
                opened.first_parent_subjects(Some(*commit), *other, 5),
            );
            told.say(
                "differences",
                opened.differences(Some(&side), &Side::Commit(*other), &watches[0]),
            );
        }
    }
}

fn blobs<'e>(told: &mut Told, opened: &Repository, entries: impl Iterator<Item = &'e Entry>) {
    for entry in entries {
        told.say("small", opened.blob(entry.id, 3));
        told.say("whole", opened.blob(entry.id, 1000));
    }
}

fn index(told: &mut Told, opened: &Repository) {
    let entries = opened.staged().map(|side| match side {
        Side::Index(entries) => entries,
        Side::Commit(_) => panic!("what is staged is no commit"),
    });
    blobs(
        told,
        opened,
        entries.iter().flat_map(|entries| entries.iter()),
    );
    told.say("index", entries);
}

/// Stages things of every sort.
fn stage(repo: &Repo, changes: &[Change], conflict: bool) {
    repo.git(&["read-tree", "refs/heads/main"]);
    let blob = repo.feed(&["hash-object", "-w", "--stdin"], b"staged\n");
    for change in changes {
        let (path, mode) = match change {
            Change::Write { path, mode, .. } => (path, *mode),
            Change::Link { path } => (path, "160000"),
            Change::Delete { path } => {
                repo.git(&[
                    "--literal-pathspecs",
                    "rm",
                    "--quiet",
                    "-r",
                    "--cached",
                    "--ignore-unmatch",
                    "--",
                    path,
                ]);
                continue;
            }
        };
        let line = format!("{mode} {blob} 0\t{path}\0");
        repo.feed(&["update-index", "-z", "--index-info"], line.as_bytes());
    }
    repo.write("announced", "later\n")
        .git(&["add", "--intent-to-add", "announced"]);
    if conflict {
        let zero = "0".repeat(blob.len());
        let lines = format!("0 {zero} 0\tz\0100644 {blob} 2\tz\0100644 {blob} 3\tz\0");
        repo.feed(&["update-index", "-z", "--index-info"], lines.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Default::default() })]

    // spec: REPO-002
    #[test]
    fn both_readers_say_the_same(
        format in select(&FORMATS[..]),
        mut made in vec(made(), 1..9),
        staged in vec(change(), 0..5),
        conflict in prop::bool::weighted(0.2),
    ) {
        made[0].branch = "refs/heads/main";
        let repo = history(format, &made);
        let all = repo.git(&["rev-list", "--all"]);
        let commits: Vec<ObjectId> = all.lines().map(|id| ObjectId::from_hex(id.as_bytes()).unwrap()).collect();
        stage(&repo, &staged, conflict);
        let told = [repo.open(), Repository::open_through_git(Some(repo.path())).unwrap()].map(|opened| {
            let mut told = Told::default();
            refs(&mut told, &opened);
            index(&mut told, &opened);
            objects(&mut told, &opened, &commits);
            told.0
        });
        for (one, other) in told[0].iter().zip(&told[1]) {
            prop_assert_eq!(one, other);
        }
        prop_assert_eq!(told[0].len(), told[1].len());
    }
}
