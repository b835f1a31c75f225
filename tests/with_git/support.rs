//! Real repositories, driven by the real `git`, the same on every machine: fixed dates and names, no configuration but
//! their own, no variable of whoever runs the tests.
//!
//! Use it from a test file with `mod support;`.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use globset::{Glob, GlobSetBuilder};
use graven::git::Repository;
use graven::policy::{Branches, Policy};
use graven::repo::PathSet;
use graven::repo::{ObjectId, Side};
use graven::report::Problem;
use graven::steps::Policies;
use tempfile::TempDir;

pub(crate) mod guarded;
pub(crate) mod served;
pub(crate) mod world;

use world::{By, World};

/// Seconds since 1970 of the first commit; each next one is a minute later.
const FIRST: i64 = 1_700_000_000;

/// A repository in a directory of its own that goes when it does.
pub(crate) struct Repo {
    home: TempDir,
    dir: PathBuf,
    clock: Cell<i64>,
    /// What is added to the environment of `git`.
    variables: RefCell<BTreeMap<String, String>>,
}

/// The two object formats.
pub(crate) const FORMATS: [&str; 2] = ["sha1", "sha256"];

impl Repo {
    /// An empty repository with a work tree, on the branch `main`.
    pub(crate) fn init() -> Self {
        Self::with(&[])
    }

    /// An empty bare repository whose HEAD names `main`.
    pub(crate) fn bare() -> Self {
        Self::with(&["--bare"])
    }

    /// An empty repository of one sort.
    pub(crate) fn of_format(world: impl Into<World>) -> Self {
        Self::of(world.into(), &[])
    }

    /// An empty bare repository of one sort.
    pub(crate) fn bare_of(world: impl Into<World>) -> Self {
        Self::of(world.into(), &["--bare"])
    }

    fn of(world: World, arguments: &[&str]) -> Self {
        let world = world.arguments();
        let world = world.iter().map(String::as_str).collect::<Vec<_>>();
        Self::at(
            "repo",
            &[
                &["init", "--quiet", "--initial-branch=main"],
                world.as_slice(),
                arguments,
            ]
            .concat(),
        )
    }

    /// An empty repository made by `git init` with more arguments.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        Self::at(
            "repo",
            &[
                &[
                    "init",
                    "--quiet",
                    "--initial-branch=main",
                    "--ref-format=files",
                ],
                arguments,
            ]
            .concat(),
        )
    }

    /// A clone of another, with more arguments for `git clone`.
    pub(crate) fn clone_of(other: &Self, arguments: &[&str]) -> Self {
        Self::clone_at(&other.url(), &[&["--ref-format=files"], arguments].concat())
    }

    /// A clone of a server of that sort, by the way there.
    pub(crate) fn clone_in(world: impl Into<World>, server: &Self) -> Self {
        let world = world.into();
        Self::clone_at(
            &server.address(world.by),
            &[&format!("--ref-format={}", world.refs)],
        )
    }

    fn clone_at(address: &str, arguments: &[&str]) -> Self {
        Self::at(
            "repo",
            &[&["clone", "--quiet"], arguments, &[address]].concat(),
        )
    }

    /// Makes one under a name of its own with a command that takes the place last.
    pub(crate) fn at(name: &str, command: &[&str]) -> Self {
        let home = TempDir::new().unwrap();
        let root = home.path().canonicalize().unwrap();
        let dir = root.join(name);
        let repo = Self {
            home,
            dir: root,
            clock: Cell::new(FIRST),
            variables: RefCell::default(),
        };
        repo.git(&[command, &[dir.to_str().unwrap()]].concat());
        Self { dir, ..repo }
    }

    /// The same commands in another folder, such as a linked work tree, which has to last as long as this one.
    pub(crate) fn in_folder(&self, dir: &Path) -> Self {
        let (clock, variables) = (self.clock.clone(), self.variables.clone());
        Self {
            home: TempDir::new().unwrap(),
            dir: dir.to_owned(),
            clock,
            variables,
        }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.dir
    }

    /// Its address for `git clone`; `file://`, so that a depth counts.
    pub(crate) fn url(&self) -> String {
        format!("file://{}", self.dir.display())
    }

    /// Its address for a clone that reaches it that way.
    pub(crate) fn address(&self, by: By) -> String {
        let address = match by {
            By::Path => None,
            By::Ssh => served::or_by_path(served::ssh::server()).map(|ssh| ssh.address(&self.dir)),
            By::Http => {
                served::or_by_path(served::http::server()).map(|http| http.address(&self.dir))
            }
        };
        address.unwrap_or_else(|| self.url())
    }

    /// A directory beside it that lasts as long.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Adds a variable to the environment of every later command.
    pub(crate) fn set(&self, name: &str, value: &str) {
        self.variables
            .borrow_mut()
            .insert(name.into(), value.into());
    }

    /// A program in this repository, with nothing of the outside in its environment.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let date = format!("{} +0000", self.clock.get());
        let mut command = Command::new(program);
        command.current_dir(&self.dir).env_clear();
        for kept in ["PATH", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH"] {
            command.envs(std::env::var_os(kept).map(|value| (kept, value)));
        }
        command
            .envs([
                ("GIT_CONFIG_NOSYSTEM", "1"),
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("LC_ALL", "C"),
                ("TZ", "UTC"),
            ])
            .envs([
                ("GIT_AUTHOR_NAME", "Ada"),
                ("GIT_AUTHOR_EMAIL", "ada@example.com"),
                ("GIT_EDITOR", "true"),
            ])
            .envs([
                ("GIT_COMMITTER_NAME", "Ada"),
                ("GIT_COMMITTER_EMAIL", "ada@example.com"),
            ])
            .env("HOME", self.home.path())
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .envs(served::variables())
            .envs(self.variables.borrow().iter());
        command
    }

    /// Runs `git`, which may fail.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        self.command("git").args(arguments).output().unwrap()
    }

    /// Runs `git`, which must succeed; what it printed, without the last line break.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.feed(arguments, b"")
    }

    /// Runs `git` with bytes on its standard input.
    #[track_caller]
    pub(crate) fn feed(&self, arguments: &[&str], input: &[u8]) -> String {
        let mut command = self.command("git");
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout)
            .trim_end_matches('\n')
            .to_owned()
    }

    /// Writes a file of the work tree.
    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let file = self.dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// Writes a file and stages it.
    pub(crate) fn stage(&self, path: &str, text: &str) -> &Self {
        self.write(path, text).git(&["add", "--force", "--", path]);
        self
    }

    /// Commits everything in the work tree, also when nothing changed.
    pub(crate) fn commit(&self, message: &str) -> ObjectId {
        self.git(&["add", "--all"]);
        self.commit_index(message)
    }

    /// Commits what is staged.
    pub(crate) fn commit_index(&self, message: &str) -> ObjectId {
        self.tick();
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.id("HEAD")
    }

    /// Writes one file and commits.
    pub(crate) fn change(&self, path: &str, text: &str) -> ObjectId {
        self.write(path, text).commit(&format!("change {path}"))
    }

    /// Goes to a new branch.
    pub(crate) fn branch(&self, name: &str) -> &Self {
        self.git(&["checkout", "--quiet", "-b", name]);
        self
    }

    /// Goes to a branch or a commit.
    pub(crate) fn checkout(&self, name: &str) -> &Self {
        self.git(&["checkout", "--quiet", name]);
        self
    }

    /// Merges branches with a merge commit.
    pub(crate) fn merge(&self, names: &[&str]) -> ObjectId {
        self.tick();
        self.git(&[&["merge", "--quiet", "--no-ff", "--no-edit"], names].concat());
        self.id("HEAD")
    }

    /// Lets a minute go by.
    pub(crate) fn tick(&self) {
        self.clock.set(self.clock.get() + 60);
    }

    /// The object that a revision names.
    #[track_caller]
    pub(crate) fn id(&self, revision: &str) -> ObjectId {
        ObjectId::from_hex(self.git(&["rev-parse", "--verify", revision]).as_bytes()).unwrap()
    }

    /// Opens it as a person would who names its directory.
    pub(crate) fn open(&self) -> Repository {
        Repository::open(Some(&self.dir)).unwrap()
    }

    /// Makes graven its hook of that name.
    pub(crate) fn install(&self, hook: &str) {
        self.hook(
            hook,
            &format!("exec '{}' hook {hook} \"$@\"", env!("CARGO_BIN_EXE_graven")),
        );
    }

    /// Gives it a hook that runs these lines of shell.
    pub(crate) fn hook(&self, name: &str, lines: &str) {
        let file = self
            .dir
            .join(self.git(&["rev-parse", "--git-path", "hooks"]))
            .join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, format!("#!/bin/sh\n{lines}\n")).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
}

/// Policies that differ in the protected branches alone, and remember where they were asked for.
pub(crate) struct Protecting {
    policy: Arc<Policy>,
    pub(crate) asked: RefCell<Vec<Option<ObjectId>>>,
}

impl Protecting {
    pub(crate) fn new(branches: &[&str]) -> Self {
        Self {
            policy: Arc::new(policy(branches, &["**"])),
            asked: RefCell::default(),
        }
    }

    /// Where the last policy was asked for.
    pub(crate) fn last(&self) -> Option<ObjectId> {
        self.asked.borrow().last().copied().flatten()
    }
}

impl Policies for Protecting {
    fn at(&self, side: Option<&Side>) -> Result<Arc<Policy>, Problem> {
        self.asked.borrow_mut().push(match side {
            Some(Side::Commit(commit)) => Some(*commit),
            Some(Side::Index(_)) | None => None,
        });
        Ok(Arc::clone(&self.policy))
    }
}

/// A policy without kinds that protects these branches (`HEAD` is the default branch) and watches these globs.
pub(crate) fn policy(branches: &[&str], watched: &[&str]) -> Policy {
    let mut globs = GlobSetBuilder::new();
    for name in branches.iter().filter(|name| **name != "HEAD") {
        globs.add(Glob::new(name).unwrap());
    }
    Policy {
        branches: Branches {
            protected: branches.iter().map(|name| (*name).to_owned()).collect(),
            globs: globs.build().unwrap(),
            default_branch: branches.contains(&"HEAD"),
        },
        kinds: Vec::new(),
        watch: PathSet::new(watched.iter().copied()).unwrap(),
        ..graven::policy::preset("none").unwrap()
    }
}
