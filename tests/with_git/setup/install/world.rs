//! A folder of its own for each test, with a space in its name: a home, repositories, and a stand-in for the binary that
//! writes down how it was called.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Answers `--version`, writes its arguments and stdin to `seen`, ends with the code in `exit-<command>`, and as a hook
/// runs first what it is chained to.
const STAND_IN: &str = r#"#!/bin/sh
case ${1:-} in --version) echo 'graven 0.0.0 (stand-in)'; exit 0 ;; esac
{ printf '<%s>' "$@"; echo; } >>"$STAND_IN/seen"
code=0
if [ -f "$STAND_IN/exit-$1" ]; then code=$(cat "$STAND_IN/exit-$1"); fi
case $1 in
hook)
    cat >"$STAND_IN/stdin"
    cat "$STAND_IN/stdin" >>"$STAND_IN/seen"
    chained=$3
    shift 4
    if [ -x "$chained" ]; then "$chained" "$@" <"$STAND_IN/stdin" || exit; fi
    ;;
audit) echo 'audited: 3 steps' ;;
esac
exit "$code"
"#;

pub(crate) struct World {
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("graven it's ")
            .tempdir()
            .unwrap();
        let world = Self { folder };
        fs::create_dir(world.path("home")).unwrap();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command in `folder` that sees nothing of the machine's own Git settings.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"GIT_"))
        {
            command.env_remove(name);
        }
        command.env("PATH", path_without_graven());
        command
            .current_dir(folder)
            .env("HOME", self.path("home"))
            .env("STAND_IN", self.folder.path());
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "Ada")
                .env(format!("GIT_{role}_EMAIL"), "ada@example.org");
            command.env(format!("GIT_{role}_DATE"), "2024-01-02T03:04:05Z");
        }
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("LC_ALL", "C");
        command
    }

    /// What git says, whatever it says.
    pub(crate) fn try_git(&self, folder: &Path, args: &[&str]) -> Said {
        Said::of(self.command("git", folder).args(args))
    }

    /// What git says; it must not fail.
    pub(crate) fn git(&self, folder: &Path, args: &[&str]) -> Said {
        let said = self.try_git(folder, args);
        assert_eq!(said.code, 0, "git {args:?}: {}", said.all());
        said
    }

    /// A clone-like repository on `main` without a commit.
    pub(crate) fn repository(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        self.git(
            self.folder.path(),
            &["init", "-q", "-b", "main", path.to_str().unwrap()],
        );
        path
    }

    /// A bare repository.
    pub(crate) fn server(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        self.git(
            self.folder.path(),
            &["init", "-q", "--bare", "-b", "main", path.to_str().unwrap()],
        );
        path
    }

    /// Writes a file into a repository and tries to commit it.
    pub(crate) fn commit(&self, repository: &Path, name: &str) -> Said {
        fs::write(repository.join(name), name).unwrap();
        self.git(repository, &["add", "--", name]);
        self.try_git(repository, &["commit", "-q", "-m", name])
    }

    /// The stand-in, at `name`.
    pub(crate) fn stand_in(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        write_script(&path, STAND_IN);
        path
    }

    /// From now on the stand-in ends with this code when it is called for `command`.
    pub(crate) fn make_stand_in_end(&self, command: &str, code: u8) {
        fs::write(self.path(&format!("exit-{command}")), code.to_string()).unwrap();
    }

    /// What the stand-in has written down since it was last asked.
    pub(crate) fn seen(&self) -> String {
        let path = self.path("seen");
        let seen = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, "").unwrap();
        seen
    }
}

/// The PATH of the machine without the folders in which a graven is installed, which a shim would find.
pub(crate) fn path_without_graven() -> OsString {
    let path = std::env::var_os("PATH").unwrap();
    std::env::join_paths(
        std::env::split_paths(&path).filter(|folder| !folder.join("graven").exists()),
    )
    .unwrap()
}

/// The end of a process, as text.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self {
            code: status.code().unwrap(),
            out: text(stdout),
            err: text(stderr),
        }
    }

    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Writes an executable file, and the folders above it. Another process writes it, since a file that any thread of this
/// one still holds open for writing cannot be run.
pub(crate) fn write_script(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let write = r#"printf '%s' "$2" >"$1" && chmod 755 "$1""#;
    assert!(
        Command::new("sh")
            .args(["-c", write, "sh"])
            .arg(path)
            .arg(text)
            .status()
            .unwrap()
            .success()
    );
}

pub(crate) fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| !name.ends_with(".sample")).collect();
    names.sort();
    names
}
