//! Trees, commits and blobs past their budgets: neither opened nor walked to their end, and never passed over.

use std::io::Write;
use std::process::Stdio;

use super::{not_judged, patient};
use crate::support::Repo;
use crate::support::guarded::{ACCEPTED, ADR, EDITED, Pushing};

/// Stores an object of which git writes what it holds itself.
fn stored(repo: &Repo, kind: &str, content: &[u8]) -> String {
    repo.feed(
        &["hash-object", "-t", kind, "-w", "--literally", "--stdin"],
        content,
    )
}

/// A tree of these lines, as `git mktree` takes them.
fn tree(repo: &Repo, lines: &str) -> String {
    repo.feed(&["mktree", "--missing"], lines.as_bytes())
}

/// Ten entries that all lead to one object.
fn tenfold(repo: &Repo, mode: &str, kind: &str, id: &str) -> String {
    let lines: Vec<String> = (0..10)
        .map(|entry| format!("{mode} {kind} {id}\t{entry}\n"))
        .collect();
    tree(repo, &lines.concat())
}

/// Commits the tree of `HEAD` with one more folder.
fn commit_with(repo: &Repo, folder: &str, id: &str) {
    let lines = repo.git(&["ls-tree", "HEAD"]);
    let whole = tree(repo, &format!("{lines}\n040000 tree {id}\t{folder}\n"));
    repo.tick();
    let commit = repo.git(&[
        "commit-tree",
        &whole,
        "-p",
        "HEAD",
        "-m",
        &format!("add {folder}"),
    ]);
    repo.git(&["update-ref", "refs/heads/main", &commit]);
}

/// A tree of 12 objects that spells 10^10 paths.
fn bomb(repo: &Repo) -> String {
    let blob = stored(repo, "blob", b"boom");
    let leaves = tenfold(repo, "100644", "blob", &blob);
    (0..9).fold(leaves, |inner, _| tenfold(repo, "040000", "tree", &inner))
}

// spec: BUDGET-002
#[test]
fn a_tree_of_twelve_objects_and_ten_thousand_million_entries_is_not_judged() {
    let pushing = patient();
    commit_with(&pushing.clone, "tests", &bomb(&pushing.clone));
    not_judged(
        &pushing,
        &[
            "it has too many entries",
            "narrow the globs of the policy",
            "folder tests/",
        ],
    );
}

// spec: BUDGET-002
#[test]
fn a_tree_of_many_entries_where_nothing_is_watched_is_not_opened() {
    let pushing = patient();
    commit_with(&pushing.clone, "vendor", &bomb(&pushing.clone));
    assert_eq!(pushing.allow(&["main"]).remote(), "");
    let repo = Repo::init();
    repo.accept();
    commit_with(&repo, "tests", &bomb(&repo));
    repo.graven(&["check", "HEAD~1..HEAD"])
        .ends(2)
        .has(&["it has too many entries"]);
}

// spec: BUDGET-003
#[test]
fn folders_nested_beyond_reason_are_not_judged() {
    let pushing = patient();
    let blob = stored(&pushing.clone, "blob", b"deep");
    let nest = |folders: usize| {
        let entry = format!("100644,{blob},tests/{}x", "d/".repeat(folders - 1));
        pushing
            .clone
            .git(&["update-index", "--add", "--cacheinfo", &entry]);
        pushing.clone.commit_index("nest");
    };
    nest(257);
    not_judged(
        &pushing,
        &[
            "its folders are nested too deeply",
            "narrow the globs of the policy",
        ],
    );
    pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    nest(256);
    pushing.allow(&["main"]);
}

// spec: BUDGET-004
#[test]
fn a_tree_of_too_many_bytes_is_not_judged() {
    let pushing = patient();
    let blob = stored(&pushing.clone, "blob", b"wide");
    let lines: Vec<String> = (0..17_000)
        .map(|entry| format!("100644 blob {blob}\t{entry:05}{}\n", "x".repeat(4_000)))
        .collect();
    let wide = tree(&pushing.clone, &lines.concat());
    commit_with(&pushing.clone, "tests", &wide);
    not_judged(&pushing, &["over the limit of 67108864", "tests"]);
}

// spec: BUDGET-005
#[test]
fn a_commit_of_too_many_bytes_is_not_judged() {
    let pushing = patient();
    let message = "word ".repeat((16 << 20) / 5 + 1);
    let tree = pushing.clone.git(&["rev-parse", "HEAD^{tree}"]);
    let commit = pushing
        .clone
        .feed(&["commit-tree", &tree, "-p", "HEAD"], message.as_bytes());
    pushing.clone.git(&["reset", "--quiet", "--soft", &commit]);
    not_judged(&pushing, &["over the limit of 16777216"]);
}

/// A blob of zeros, which nobody has to hold.
fn zeros(repo: &Repo, size: usize) -> String {
    let mut command = repo.command("git");
    command
        .args(["hash-object", "-w", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let block = vec![0; 1 << 20];
    for _ in 0..size / block.len() {
        input.write_all(&block).unwrap();
    }
    drop(input);
    String::from_utf8(child.wait_with_output().unwrap().stdout)
        .unwrap()
        .trim()
        .to_owned()
}

// spec: BUDGET-001
#[test]
fn a_huge_blob_in_the_place_of_a_record_is_refused_unread() {
    let pushing = patient();
    let blob = zeros(&pushing.clone, 64 << 20);
    pushing.clone.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("100644,{blob},{ADR}"),
    ]);
    pushing.clone.commit_index("grow");
    pushing
        .refuse(&["main"])
        .has(&["error[frozen-document-unreadable]", "67108864"]);
    pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    let new = ADR.replace("0001", "0002");
    pushing.clone.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("100644,{blob},{new}"),
    ]);
    pushing.clone.commit_index("add");
    not_judged(&pushing, &["cannot be read", "67108864 bytes"]);
}

// spec: BUDGET-001
#[test]
fn a_huge_blob_where_nothing_is_watched_is_none_of_our_business() {
    let pushing = patient();
    let blob = zeros(&pushing.clone, 64 << 20);
    pushing.clone.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("100644,{blob},data/zeros.bin"),
    ]);
    pushing.clone.commit_index("add");
    assert_eq!(pushing.allow(&["main"]).remote(), "");
}

// spec: BUDGET-001
#[test]
fn records_up_to_the_size_that_the_policy_allows_are_read() {
    let pushing = Pushing::of("sha1");
    pushing
        .clone
        .write(
            "graven.toml",
            "limits = { blob = '1 KiB', deadline = '10 min' }\n",
        )
        .accept();
    pushing.allow(&["main"]);
    let long = |size: usize| {
        format!(
            "{}{}\n",
            ACCEPTED.replace("# 1.", "# 2."),
            "x".repeat(size - ACCEPTED.len() - 1)
        )
    };
    let new = ADR.replace("0001", "0002");
    pushing.clone.change(&new, &long(1024));
    pushing.allow(&["main"]);
    pushing.clone.change(
        &new.replace("0002", "0003"),
        &long(1025).replace("# 2.", "# 3."),
    );
    not_judged(&pushing, &["1025 bytes", "limit of 1024"]);
    pushing.clone.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    pushing.clone.change(ADR, EDITED);
    pushing.refuse(&["main"]);
}
