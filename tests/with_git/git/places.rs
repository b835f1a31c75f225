//! The repository itself, its branches and what its configuration says.

use bstr::{BStr, ByteSlice};
use graven::git::{Head, Repository};

use crate::support::Repo;

#[test]
fn what_cannot_be_read_is_named_with_its_remedy() {
    let repo = Repo::init();
    repo.git(&["config", "core.repositoryformatversion", "1"]);
    repo.git(&["config", "extensions.fromTheFuture", "true"]);
    let error = Repository::open(Some(repo.path())).unwrap_err();
    assert!(error.to_string().contains("extension"), "{error}");

    let nowhere = Repository::open(Some(std::path::Path::new("/nonexistent"))).unwrap_err();
    assert!(
        nowhere
            .to_string()
            .contains("no repository at /nonexistent"),
        "{nowhere}"
    );
}

#[test]
fn head_and_branches_are_told_apart() {
    let repo = Repo::init();
    let unborn = Head::Branch {
        name: "main".into(),
        commit: None,
    };
    assert_eq!(repo.open().head().unwrap(), unborn);
    let first = repo.change("a", "1");
    repo.git(&["branch", "feature/über"]);
    repo.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    let opened = repo.open();
    let names: Vec<String> = opened
        .branches()
        .unwrap()
        .into_keys()
        .map(|name| name.to_string())
        .collect();
    assert_eq!(names, ["alias", "feature/über", "main"]);
    assert_eq!(
        opened
            .reference(BStr::new("refs/heads/alias"))
            .unwrap()
            .name,
        "refs/heads/main"
    );
    assert_eq!(
        opened.reference(BStr::new("refs/heads/no")).unwrap().target,
        None
    );
    assert_eq!(
        opened.reference(BStr::new("refs/heads/..")).unwrap().target,
        None
    );
    assert_eq!(
        opened
            .reference(b"refs/heads/\xff".as_bstr())
            .unwrap()
            .target,
        None
    );
    repo.git(&["tag", "-a", "-m", "tag", "v1"]);
    assert_eq!(opened.resolve("v1").unwrap(), first);
    assert!(
        opened
            .resolve("nothing\x1b")
            .unwrap_err()
            .to_string()
            .starts_with("unknown revision nothing\\u{1b}")
    );
    repo.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(opened.head().unwrap(), Head::Detached(first));
}

#[test]
fn the_default_branch_is_what_the_server_says() {
    let server = Repo::init();
    server.change("a", "1");
    server.branch("trunk").change("a", "2");
    let bare = Repo::clone_of(&server, &["--bare"]);
    let clone = Repo::clone_of(&server, &[]);
    assert_eq!(bare.open().default_branch(None).unwrap().unwrap(), "trunk");
    clone.checkout("main");
    let opened = clone.open();
    assert_eq!(opened.default_branch(None).unwrap().unwrap(), "trunk");
    let remote: Vec<String> = opened
        .remote_branches(BStr::new("origin"))
        .unwrap()
        .into_keys()
        .map(|name| name.to_string())
        .collect();
    assert_eq!(remote, ["main", "trunk"]);
    assert!(
        opened
            .remote_branches(BStr::new("https://example.com/*"))
            .unwrap()
            .is_empty()
    );
    clone.git(&["remote", "rename", "origin", "upstream"]);
    assert_eq!(clone.open().default_branch(None).unwrap().unwrap(), "trunk");
    assert_eq!(
        server.open().default_branch(None).unwrap(),
        None,
        "nobody says"
    );
}

// spec: INST-005
#[test]
fn hooks_are_looked_for_where_git_looks() {
    let repo = Repo::init();
    assert_eq!(
        repo.open().hooks_dir().unwrap(),
        repo.path().join(".git/hooks")
    );
    repo.git(&["config", "core.hooksPath", "tools/hooks"]);
    let opened = repo.open();
    assert_eq!(opened.hooks_dir().unwrap(), repo.path().join("tools/hooks"));
    assert_eq!(
        opened.config("core.hooksPath").unwrap().as_deref(),
        Some("tools/hooks")
    );
    assert_eq!(opened.config("graven.policy").unwrap(), None);
    assert_eq!(opened.work_dir().unwrap(), repo.path());
    assert!(!opened.is_bare() && Repo::bare().open().is_bare());
}
