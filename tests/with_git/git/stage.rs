//! Writing into the index and the work tree: everything or nothing, and nothing of a person's is lost.

use std::fs;
use std::path::Path;

use graven::git::{GitError, Repository};
use graven::repo::{RepoPath, Write};

use crate::support::{FORMATS, Repo};

fn write(path: &str, content: &str) -> Write {
    Write {
        path: RepoPath::new(path),
        content: Some(content.as_bytes().to_vec()),
    }
}

fn two_files(format: &'static str) -> Repo {
    let repo = Repo::of_format(format);
    repo.write("docs/old.md", "old\n");
    repo.write("gone.md", "gone\n");
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "two files"]);
    repo
}

type Open = fn(Option<&Path>) -> Result<Repository, GitError>;

/// Both ways to read, and to write.
const READERS: [Open; 2] = [Repository::open, Repository::open_through_git];

fn stage(open: Open, repo: &Repo, writes: &[Write]) -> Result<(), GitError> {
    open(Some(repo.path())).unwrap().stage(writes)
}

#[test]
fn files_are_written_changed_and_removed_together() {
    for open in READERS {
        for format in FORMATS {
            let repo = two_files(format);
            let gone = Write {
                path: RepoPath::new("gone.md"),
                content: None,
            };
            stage(
                open,
                &repo,
                &[
                    write("docs/old.md", "new\n"),
                    write("docs/deep/er.md", "deep\n"),
                    gone,
                ],
            )
            .unwrap();
            let status = repo.git(&["status", "--porcelain"]);
            assert_eq!(
                status, "A  docs/deep/er.md\nM  docs/old.md\nD  gone.md",
                "{format}"
            );
            assert_eq!(
                fs::read_to_string(repo.path().join("docs/old.md")).unwrap(),
                "new\n"
            );
            assert_eq!(
                fs::read_to_string(repo.path().join("docs/deep/er.md")).unwrap(),
                "deep\n"
            );
        }
    }
}

#[test]
fn what_is_not_staged_is_left_as_it_is() {
    for open in READERS {
        let repo = two_files("sha1");
        repo.write("docs/old.md", "mine\n");
        repo.write("new.md", "mine too\n");
        for path in ["docs/old.md", "new.md"] {
            let refused = stage(
                open,
                &repo,
                &[write("other.md", "other\n"), write(path, "theirs\n")],
            )
            .unwrap_err();
            assert!(
                refused
                    .to_string()
                    .starts_with(&format!("{path} was not changed: ")),
                "{refused}"
            );
        }
        assert_eq!(
            repo.git(&["status", "--porcelain"]),
            " M docs/old.md\n?? new.md"
        );
        assert_eq!(
            fs::read_to_string(repo.path().join("docs/old.md")).unwrap(),
            "mine\n"
        );
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_nor_over_a_file_in_the_place_of_a_folder() {
    for open in READERS {
        let repo = two_files("sha1");
        let elsewhere = Repo::init();
        std::os::unix::fs::symlink(elsewhere.path(), repo.path().join("link")).unwrap();
        repo.write("file", "mine\n");
        for (path, folder) in [
            ("link/new.md", "link"),
            ("link/deep/er.md", "link"),
            ("file/new.md", "file"),
        ] {
            let refused = stage(
                open,
                &repo,
                &[write("other.md", "other\n"), write(path, "theirs\n")],
            )
            .unwrap_err();
            let said = format!("{path} cannot be written: {folder} is not a folder");
            assert!(refused.to_string().starts_with(&said), "{refused}");
        }
        assert!(!elsewhere.path().join("new.md").exists());
        assert_eq!(repo.git(&["status", "--porcelain"]), "?? file\n?? link");
        assert_eq!(
            fs::read_to_string(repo.path().join("file")).unwrap(),
            "mine\n"
        );
    }
}

#[test]
fn a_remedy_names_a_path_as_a_shell_reads_it() {
    for open in READERS {
        let repo = two_files("sha1");
        repo.write("an old one.md", "old\n");
        repo.git(&["add", "."]);
        repo.write("an old one.md", "mine\n");
        let refused = stage(open, &repo, &[write("an old one.md", "theirs\n")]).unwrap_err();
        assert!(
            refused.remedy.ends_with("git add -- 'an old one.md'"),
            "{}",
            refused.remedy
        );
    }
}

#[test]
fn what_is_staged_already_can_be_written_over() {
    for open in READERS {
        let repo = two_files("sha1");
        repo.write("docs/old.md", "staged\n");
        repo.git(&["add", "."]);
        stage(open, &repo, &[write("docs/old.md", "further\n")]).unwrap();
        assert_eq!(repo.git(&["status", "--porcelain"]), "M  docs/old.md");
        assert_eq!(repo.git(&["show", ":docs/old.md"]), "further");
    }
}

#[test]
fn line_ends_follow_the_configuration() {
    for open in READERS {
        let repo = two_files("sha1");
        repo.git(&["config", "core.autocrlf", "true"]);
        stage(open, &repo, &[write("docs/old.md", "one\ntwo\n")]).unwrap();
        assert_eq!(
            fs::read_to_string(repo.path().join("docs/old.md")).unwrap(),
            "one\r\ntwo\r\n"
        );
        assert_eq!(repo.git(&["status", "--porcelain"]), "M  docs/old.md");
    }
}

#[test]
fn a_failure_leaves_nothing_behind() {
    for open in READERS {
        let repo = two_files("sha1");
        // A file stands where a folder would have to be.
        let refused = stage(
            open,
            &repo,
            &[
                write("docs/old.md", "new\n"),
                write("gone.md/below.md", "x\n"),
            ],
        );
        assert!(refused.is_err());
        assert_eq!(repo.git(&["status", "--porcelain"]), "");
        assert_eq!(
            fs::read_to_string(repo.path().join("docs/old.md")).unwrap(),
            "old\n"
        );
    }
}
