//! Trees and blobs of a commit, and how two trees differ.

use graven::repo::PathSet;
use graven::repo::{Blob, Mode, ObjectId, Objects, RepoPath, Side};

use super::{compared, differing, eventful, everything, listed, shown};
use crate::support::{FORMATS, Repo};

#[test]
fn entries_and_differences_are_gits_in_both_formats() {
    for format in FORMATS {
        let (repo, count) = eventful(format);
        let opened = repo.open();
        let side = |tag: usize| Side::Commit(repo.id(&tag.to_string()));
        for before in 1..=count {
            let entries = opened.entries(&side(before), &everything()).unwrap();
            assert_eq!(shown(&entries), listed(&repo, &before.to_string()));
            for entry in entries {
                assert_eq!(
                    opened.entry(&side(before), &entry.path).unwrap(),
                    Some(entry)
                );
            }
            for after in 1..=count {
                let found = opened
                    .differences(Some(&side(before)), &side(after), &everything())
                    .unwrap();
                let expected = compared(&repo, &before.to_string(), &after.to_string());
                assert_eq!(
                    differing(&found, opened.id_digits()),
                    expected,
                    "{format} {before} {after}"
                );
            }
        }
    }
}

#[test]
fn only_watched_paths_are_answered_and_other_folders_are_not_opened() {
    let (repo, _) = eventful("sha1");
    let watch = PathSet::new(["sdd/adrs/*.md"]).unwrap();
    let opened = repo.open();
    let found = opened
        .differences(None, &Side::Commit(repo.id("1")), &watch)
        .unwrap();
    assert_eq!(found.len(), 2);
    // The tree of another folder is gone, and nobody notices.
    let tree = repo.git(&["rev-parse", "1:über"]);
    std::fs::remove_file(
        repo.path()
            .join(format!(".git/objects/{}/{}", &tree[..2], &tree[2..])),
    )
    .unwrap();
    let opened = repo.open();
    assert_eq!(
        opened
            .entries(&Side::Commit(repo.id("1")), &watch)
            .unwrap()
            .len(),
        2
    );
    let error = opened
        .entries(&Side::Commit(repo.id("1")), &everything())
        .unwrap_err();
    assert!(
        error.to_string().contains("is not in this repository"),
        "{error}"
    );
}

#[test]
fn what_swallows_a_file_shows_at_its_path() {
    let (repo, _) = eventful("sha1");
    let opened = repo.open();
    let path = RepoPath::new("sdd/adrs/0002-b.md");
    let entry = |tag: &str| {
        opened
            .entry(&Side::Commit(repo.id(tag)), &path)
            .unwrap()
            .map(|entry| entry.mode)
    };
    assert_eq!(
        (entry("1"), entry("3"), entry("4")),
        (Some(Mode::File), None, Some(Mode::Symlink))
    );
    let folder = opened
        .entry(&Side::Commit(repo.id("1")), &RepoPath::new("sdd/adrs"))
        .unwrap();
    assert_eq!(folder, None);
    for odd in ["", "/", "a//b", "a/", "/a", "a.b/c"] {
        assert_eq!(
            opened
                .entry(&Side::Commit(repo.id("2")), &RepoPath::new(odd))
                .unwrap(),
            None,
            "{odd}"
        );
    }
}

#[test]
fn a_blob_is_measured_before_it_is_read() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        let commit = repo.change("file", "12345");
        let opened = repo.open();
        let id = repo.id("HEAD:file");
        assert_eq!(opened.blob(id, 5).unwrap(), Blob::Bytes(b"12345".to_vec()));
        assert_eq!(opened.blob(id, 4).unwrap(), Blob::TooLarge(5));
        assert!(
            opened
                .blob(commit, 100)
                .unwrap_err()
                .to_string()
                .contains("it is a commit")
        );
        let other = ObjectId::from_bytes(&vec![7; 52 - id.as_bytes().len()]).unwrap();
        assert!(opened.blob(other, 4).is_err(), "a name of the other format");
    }
}

#[test]
fn a_malformed_tree_is_an_error_and_never_half_an_answer() {
    let repo = Repo::init();
    repo.change("file", "x");
    let blob = repo.id("HEAD:file");
    let entry =
        |mode: &str, name: &str| [format!("{mode} {name}\0").as_bytes(), blob.as_bytes()].concat();
    for raw in [
        [entry("100644", "b.md"), entry("100644", "a.md")].concat(),
        [entry("100644", "a.md"), entry("100644", "a.md")].concat(),
        entry("100644", ".."),
        entry("100000", "a.md"),
    ] {
        let tree = repo.feed(
            &["hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
            &raw,
        );
        let commit = repo.git(&["commit-tree", "-m", "malformed", &tree]);
        let side = Side::Commit(repo.id(&commit));
        let error = repo
            .open()
            .entries(&side, &PathSet::new(["*.md"]).unwrap())
            .unwrap_err();
        assert!(error.to_string().contains("malformed tree"), "{error}");
    }
}

#[test]
fn a_tree_of_endless_paths_is_given_up() {
    let repo = Repo::init();
    let mut id = repo.feed(&["hash-object", "-w", "--stdin"], b"x");
    for depth in 0..12 {
        let kind = if depth == 0 {
            "100644 blob"
        } else {
            "040000 tree"
        };
        let lines = (0..10)
            .map(|name| format!("{kind} {id}\t{name}\n"))
            .collect::<Vec<_>>()
            .concat();
        id = repo.feed(&["mktree"], lines.as_bytes());
    }
    let commit = repo.git(&["commit-tree", "-m", "bomb", &id]);
    let error = repo
        .open()
        .entries(&Side::Commit(repo.id(&commit)), &everything())
        .unwrap_err();
    assert!(error.to_string().contains("too many entries"), "{error}");
}
