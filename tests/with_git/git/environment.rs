//! Opening a repository from inside a real hook: the index that is being committed, the objects that are being pushed, a
//! repository of somebody else. The hook is this very test program, which writes down what it saw.

use std::env;
use std::fs;
use std::path::PathBuf;

use graven::git::Repository;
use graven::repo::PathSet;
use graven::repo::{Objects, Side};
use graven::steps::hook;
use graven::steps::hook::{Hook, HookRequest};

use crate::support::{FORMATS, Repo};

/// Tells [`inside_the_hook`] which hook it is.
const HOOK: &str = "TEST_HOOK";
/// Where it writes what it saw.
const SEEN: &str = "TEST_SEEN";

/// Not a test of its own: what the hooks below run.
#[test]
#[ignore = "run by hooks"]
fn inside_the_hook() {
    let Some(hook) = env::var(HOOK).ok().and_then(|name| Hook::named(&name)) else {
        return;
    };
    let arguments: Vec<_> = env::var("TEST_ARGUMENTS")
        .unwrap_or_default()
        .split_whitespace()
        .map(Into::into)
        .collect();
    let seen = match Repository::open_in_hook() {
        Ok(repository) => {
            let input = hook::read(std::io::stdin()).unwrap();
            let asked = hook::request(hook, &arguments, &input, &repository).unwrap();
            describe(&repository, &asked)
        }
        Err(error) => format!("{error}\n"),
    };
    fs::write(env::var_os(SEEN).unwrap(), seen).unwrap();
}

/// The question, and every path of each state it is about.
fn describe(repository: &Repository, asked: &HookRequest) -> String {
    let paths = |side: &Side| {
        let entries = repository
            .entries(side, &PathSet::new(["**"]).unwrap())
            .unwrap();
        let shown = entries
            .iter()
            .map(|entry| match repository.blob(entry.id, 100).unwrap() {
                graven::repo::Blob::Bytes(bytes) => {
                    format!("{}={}", entry.path, String::from_utf8_lossy(&bytes))
                }
                graven::repo::Blob::TooLarge(size) => format!("{}:{size}", entry.path),
            });
        shown.collect::<Vec<_>>().join(" ")
    };
    match asked {
        HookRequest::Staged {
            amending,
            merge_parents,
        } => {
            let index = repository.staged().unwrap();
            format!(
                "amending={amending} parents={} {}\n",
                merge_parents.len(),
                paths(&index)
            )
        }
        HookRequest::Message {
            amending, subject, ..
        } => format!("amending={amending} subject={subject:?}\n"),
        HookRequest::Push { lines, unread, .. } => {
            assert_eq!(unread, &[]);
            let line = |line: &hook::RefLine| {
                let state = line
                    .after
                    .map_or_else(|| "gone".to_owned(), |after| paths(&Side::Commit(after)));
                format!(
                    "{} {}: {state}\n",
                    line.name,
                    repository.reference(line.name.as_bstr()).unwrap().name
                )
            };
            lines.iter().map(line).collect()
        }
    }
}

/// Makes this test program the hook of that name.
fn watch(repo: &Repo, name: &str) -> PathBuf {
    let seen = repo.home().join("seen");
    let program = env::current_exe().unwrap();
    let (program, place) = (program.display(), seen.display());
    repo.hook(
        name,
        &format!(
            "export {HOOK}={name} {SEEN}='{place}' TEST_ARGUMENTS=\"$*\"\n\
             '{program}' --exact git::environment::inside_the_hook --ignored >'{place}.log' 2>&1 || {{ cat '{place}.log' >&2; exit 1; }}"
        ),
    );
    seen
}

#[track_caller]
fn read(seen: &PathBuf) -> String {
    let text = fs::read_to_string(seen).unwrap();
    fs::remove_file(seen).unwrap();
    text
}

// spec: HOOK-002
#[test]
fn pre_commit_sees_the_index_that_is_being_committed() {
    for format in FORMATS {
        let repo = Repo::of_format(format);
        repo.stage("a", "1").stage("b", "1");
        let seen = watch(&repo, "pre-commit");
        repo.commit_index("first");
        assert_eq!(read(&seen), "amending=false parents=0 a=1 b=1\n");
        // The ordinary index says one thing, the commit holds another.
        repo.stage("b", "staged").write("a", "2");
        repo.git(&["commit", "--quiet", "-m", "only a path", "a"]);
        assert_eq!(read(&seen), "amending=false parents=0 a=2 b=1\n");
        repo.write("a", "3");
        repo.git(&["commit", "--quiet", "--all", "-m", "all"]);
        assert_eq!(read(&seen), "amending=false parents=0 a=3 b=staged\n");
        fs::create_dir(repo.path().join("folder")).unwrap();
        repo.write("a", "4");
        let mut below = repo.command("git");
        below.current_dir(repo.path().join("folder")).args([
            "commit",
            "--quiet",
            "-am",
            "from a folder",
        ]);
        assert!(below.status().unwrap().success());
        assert_eq!(read(&seen), "amending=false parents=0 a=4 b=staged\n");
    }
}

// spec: HOOK-002
// spec: INST-005
#[test]
fn a_linked_work_tree_has_its_own_head_and_index() {
    let repo = Repo::init();
    repo.change("a", "1");
    let seen = watch(&repo, "pre-commit");
    repo.git(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]);
    let linked = repo.path().parent().unwrap().join("linked");
    fs::write(linked.join("a"), "2").unwrap();
    let mut commit = repo.command("git");
    commit
        .current_dir(&linked)
        .args(["commit", "--quiet", "--all", "-m", "linked"]);
    assert!(commit.status().unwrap().success());
    assert_eq!(read(&seen), "amending=false parents=0 a=2\n");
    let opened = Repository::open(Some(&linked)).unwrap();
    assert_eq!(opened.head().unwrap().commit(), Some(repo.id("topic")));
    assert_eq!(opened.hooks_dir().unwrap(), repo.path().join(".git/hooks"));
}

// spec: HOOK-004
#[test]
fn an_amended_commit_is_known() {
    let repo = Repo::init();
    repo.change("a", "1");
    let seen = watch(&repo, "pre-commit");
    repo.git(&["commit", "--quiet", "--amend", "--no-edit"]);
    assert_eq!(read(&seen), "amending=true parents=0 a=1\n");
    repo.git(&["commit", "--quiet", "--allow-empty", "-m", "--amend"]);
    assert_eq!(read(&seen), "amending=false parents=0 a=1\n");
}

// spec: HOOK-005
#[test]
fn a_merge_tells_its_parents_with_and_without_a_conflict() {
    let repo = Repo::init();
    repo.change("a", "1");
    repo.branch("topic").change("t", "1");
    repo.checkout("main").change("a", "2");
    let (clean, conflicted) = (watch(&repo, "pre-merge-commit"), watch(&repo, "pre-commit"));
    repo.merge(&["topic"]);
    assert_eq!(read(&clean), "amending=false parents=1 a=2 t=1\n");
    repo.checkout("topic")
        .write("a", "3")
        .git(&["commit", "--quiet", "-am", "conflict"]);
    repo.checkout("main");
    assert!(!repo.try_git(&["merge", "topic"]).status.success());
    repo.stage("a", "4")
        .git(&["commit", "--quiet", "-m", "resolved"]);
    assert_eq!(read(&conflicted), "amending=false parents=1 a=4 t=1\n");
}

// spec: HOOK-003
#[test]
fn pre_receive_sees_the_objects_in_quarantine() {
    for format in FORMATS {
        // Colons and quotes make Git quote the path of the store.
        for name in ["repo", "with:colon \"and quotes\""] {
            let server = Repo::at(
                name,
                &[
                    "init",
                    "--quiet",
                    "--bare",
                    "--initial-branch=main",
                    &format!("--object-format={format}"),
                ],
            );
            let work = Repo::of_format(format);
            work.change("a", "1");
            work.git(&["push", "--quiet", server.path().to_str().unwrap(), "main"]);
            let seen = watch(&server, "pre-receive");
            server.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
            work.change("b", "2");
            work.git(&[
                "push",
                "--quiet",
                server.path().to_str().unwrap(),
                "main:alias",
                "main:topic",
            ]);
            let expected = "refs/heads/alias refs/heads/main: a=1 b=2\nrefs/heads/topic refs/heads/topic: a=1 b=2\n";
            assert_eq!(read(&seen), expected, "{format} {name}");
            work.git(&["push", "--quiet", server.path().to_str().unwrap(), ":topic"]);
            assert_eq!(
                read(&seen),
                "refs/heads/topic refs/heads/topic: gone\n",
                "a deletion has no quarantine"
            );
        }
    }
}

#[test]
fn update_and_pre_push_are_understood() {
    let server = Repo::bare();
    let work = Repo::init();
    work.change("a", "1");
    let (updated, pushed) = (watch(&server, "update"), watch(&work, "pre-push"));
    work.git(&["push", "--quiet", &server.url(), "HEAD~0:refs/heads/main"]);
    let expected = "refs/heads/main refs/heads/main: a=1\n";
    assert_eq!(
        (read(&updated).as_str(), read(&pushed).as_str()),
        (expected, expected)
    );
}

#[test]
fn a_namespace_has_branches_of_its_own() {
    let server = Repo::bare();
    let work = Repo::init();
    work.change("a", "1");
    server.git(&[
        "symbolic-ref",
        "refs/namespaces/team/refs/heads/alias",
        "refs/namespaces/team/refs/heads/main",
    ]);
    let seen = watch(&server, "pre-receive");
    let push = |what: &str| {
        let program = "--receive-pack=git --namespace=team receive-pack";
        work.git(&[
            "push",
            "--quiet",
            program,
            server.path().to_str().unwrap(),
            what,
        ]);
    };
    push("main");
    assert_eq!(
        server
            .git(&["for-each-ref", "--format=%(refname)"])
            .lines()
            .last(),
        Some("refs/namespaces/team/refs/heads/main")
    );
    work.change("a", "2");
    read(&seen);
    push("main:alias");
    assert_eq!(read(&seen), "refs/heads/alias refs/heads/main: a=2\n");
    let folders = fs::read_dir(server.path().join("refs/namespaces")).unwrap();
    assert_eq!(folders.count(), 1, "a hook writes nothing");
}

// spec: HOOK-006
#[test]
fn the_configuration_of_whoever_pushes_does_not_matter() {
    let server = Repo::bare();
    let work = Repo::init();
    work.change("a", "1");
    let seen = watch(&server, "pre-receive");
    // Git does not read the file that libgit2 trips over: it takes the other name first.
    fs::create_dir_all(work.home().join("xdg/git")).unwrap();
    fs::write(work.home().join("xdg/git/config"), "[broken").unwrap();
    work.set("XDG_CONFIG_HOME", work.home().join("xdg").to_str().unwrap());
    work.git(&["push", "--quiet", server.path().to_str().unwrap(), "main"]);
    assert_eq!(read(&seen), "refs/heads/main refs/heads/main: a=1\n");
}

// spec: HOOK-006
#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_judged_where_git_runs_its_hooks() {
    let server = Repo::bare();
    let work = Repo::init();
    work.change("a", "1");
    let (received, committed) = (watch(&server, "pre-receive"), watch(&work, "pre-commit"));
    for repo in [&server, &work] {
        for path in [repo.path().to_owned(), repo.path().join(".git")] {
            if path.exists() && std::os::unix::fs::chown(&path, Some(12345), None).is_err() {
                eprintln!("skipped: only the superuser can give a directory away");
                return;
            }
        }
        let trusted = repo.home().join("trusting");
        fs::write(&trusted, "[safe]\n\tdirectory = /*\n").unwrap();
        repo.set("GIT_CONFIG_GLOBAL", trusted.to_str().unwrap());
    }
    assert!(
        Repository::open(Some(server.path())).is_err(),
        "a person is asked to say so first"
    );
    server.set("GIT_CONFIG_GLOBAL", "/dev/null");
    fs::write(work.home().join("trusting"), "[safe]\n\tdirectory = *\n").unwrap();
    // The hook itself must not know that the directory is trusted.
    for (repo, hook) in [(&server, "pre-receive"), (&work, "pre-commit")] {
        let file = repo
            .path()
            .join(if hook == "pre-commit" {
                ".git/hooks"
            } else {
                "hooks"
            })
            .join(hook);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(
            &file,
            text.replacen("export", "export GIT_CONFIG_GLOBAL=/dev/null", 1),
        )
        .unwrap();
    }
    work.git(&["push", "--quiet", server.path().to_str().unwrap(), "main"]);
    assert_eq!(read(&received), "refs/heads/main refs/heads/main: a=1\n");
    work.write("a", "2")
        .git(&["commit", "--quiet", "-am", "all"]);
    assert_eq!(read(&committed), "amending=false parents=0 a=2\n");
}
