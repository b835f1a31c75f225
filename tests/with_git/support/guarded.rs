//! Repositories that graven guards: its real binary, installed by `graven install`, run by the real git.

use std::fs;
use std::process::{Command, Output};

use graven::repo::ObjectId;

use super::Repo;
use super::world::World;

/// Where the record stands that most tests are about.
pub(crate) const ADR: &str = "sdd/adrs/0001-keep-records.md";
/// The record as it was accepted.
pub(crate) const ACCEPTED: &str =
    "# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\nWe keep them.\n";
/// The record with its decision turned round.
pub(crate) const EDITED: &str =
    "# 1. Keep records\n\n## Status\n\nAccepted\n\n## Decision\n\nWe lose them.\n";
/// The record before anybody agreed to it.
pub(crate) const DRAFT: &str =
    "# 1. Keep records\n\n## Status\n\nDraft\n\n## Decision\n\nWe may keep them.\n";

/// How a program ended, and what it said; no line ends in blanks, which git pads its `remote:` lines with.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    /// What a reader sees, with ids that differ from format to format left out.
    pub(crate) fn shown(&self) -> String {
        redact(&self.err)
    }

    /// What graven says by way of the server, without git's own words about the push.
    pub(crate) fn remote(&self) -> String {
        let lines = self
            .err
            .lines()
            .filter_map(|line| line.strip_prefix("remote:"));
        redact(
            &lines
                .flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"])
                .collect::<String>(),
        )
    }

    #[track_caller]
    pub(crate) fn has(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(
                self.all().contains(word),
                "{word:?} is missing:\n{}",
                self.all()
            );
        }
        self
    }

    #[track_caller]
    pub(crate) fn lacks(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(
                !self.all().contains(word),
                "{word:?} is there:\n{}",
                self.all()
            );
        }
        self
    }

    #[track_caller]
    pub(crate) fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}", self.all());
        self
    }

    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

impl From<Output> for Said {
    fn from(
        Output {
            status,
            stdout,
            stderr,
        }: Output,
    ) -> Self {
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            text.lines()
                .flat_map(|line| [line.trim_end(), "\n"])
                .collect()
        };
        Self {
            code: status.code().unwrap_or(-1),
            out: text(stdout),
            err: text(stderr),
        }
    }
}

/// Text with every id of an object as `[ID]`.
fn redact(text: &str) -> String {
    regex::Regex::new(r"\b[0-9a-f]{7,64}\b")
        .unwrap()
        .replace_all(text, "[ID]")
        .into_owned()
}

impl Repo {
    /// Runs graven here, as a person would.
    pub(crate) fn graven(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(env!("CARGO_BIN_EXE_graven")).args(arguments))
    }

    /// Runs graven, as a person would who stands in a folder of the repository.
    pub(crate) fn graven_below(&self, folder: &str, arguments: &[&str]) -> Said {
        let mut command = self.command(env!("CARGO_BIN_EXE_graven"));
        Said::of(
            command
                .current_dir(self.path().join(folder))
                .args(arguments),
        )
    }

    /// Runs git, which may be refused.
    pub(crate) fn attempt(&self, arguments: &[&str]) -> Said {
        self.tick();
        Said::from(self.try_git(arguments))
    }

    /// Runs git, which must be allowed.
    #[track_caller]
    pub(crate) fn allow(&self, arguments: &[&str]) -> Said {
        let said = self.attempt(arguments);
        said.ends(0)
            .lacks(&["graven: refused", "graven: not judged"]);
        said
    }

    /// Runs git, which must be refused and leave everything as it was.
    #[track_caller]
    pub(crate) fn refuse(&self, arguments: &[&str]) -> Said {
        let before = self.state();
        let said = self.attempt(arguments);
        said.ends(1).has(&["graven: refused: "]);
        assert_eq!(self.state(), before, "git {arguments:?} changed something");
        said
    }

    /// Refs, index and work tree.
    pub(crate) fn state(&self) -> String {
        [
            "for-each-ref",
            "symbolic-ref --quiet HEAD",
            "ls-files --stage",
            "status --porcelain=v2 --branch",
            "diff",
        ]
        .iter()
        .map(|command| Said::from(self.try_git(&command.split(' ').collect::<Vec<_>>())).out)
        .collect()
    }

    /// Installs graven as the hooks of a clone.
    pub(crate) fn guard(&self) -> &Self {
        self.graven(&["install"]).ends(0);
        self
    }

    /// Commits the record as it was accepted.
    pub(crate) fn accept(&self) -> ObjectId {
        self.change(ADR, ACCEPTED)
    }

    /// What a file of the work tree holds.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Commits past the hooks.
    pub(crate) fn smuggle(&self, path: &str, text: &str) -> ObjectId {
        self.stage(path, text);
        self.tick();
        self.git(&[
            "commit",
            "--quiet",
            "--no-verify",
            "--message",
            &format!("change {path}"),
        ]);
        self.id("HEAD")
    }

    fn objects(&self) -> String {
        self.git(&[
            "cat-file",
            "--batch-all-objects",
            "--batch-check=%(objectname)",
        ])
    }
}

/// A clone without hooks, and the bare repository with graven's hook that it pushes to as `origin`.
pub(crate) struct Pushing {
    pub(crate) server: Repo,
    pub(crate) clone: Repo,
}

impl Pushing {
    pub(crate) fn of(world: impl Into<World>) -> Self {
        let world = world.into();
        let (server, clone) = (Repo::bare_of(world), Repo::of_format(world));
        server.graven(&["install", "--server"]).ends(0);
        clone.git(&["remote", "add", "origin", &server.address(world.by)]);
        Self { server, clone }
    }

    /// The same, with an accepted record on the server's `main`.
    pub(crate) fn accepted(world: impl Into<World>) -> Self {
        let pushing = Self::of(world);
        pushing.clone.accept();
        pushing.allow(&["main"]);
        pushing
    }

    /// Everything that a refused command must leave as it was, on both sides.
    pub(crate) fn states(&self) -> [String; 3] {
        [
            self.clone.state(),
            self.server.git(&["for-each-ref"]),
            self.server.objects(),
        ]
    }

    /// Pushes, which must be allowed.
    #[track_caller]
    pub(crate) fn allow(&self, arguments: &[&str]) -> Said {
        self.clone.allow(&[&["push", "origin"], arguments].concat())
    }

    /// Pushes, which must fail with graven's word first and leave the server without a trace.
    #[track_caller]
    pub(crate) fn refuse(&self, arguments: &[&str]) -> Said {
        self.stopped("remote: graven: refused: ", arguments)
    }

    /// The same for a push that ends with other words.
    #[track_caller]
    pub(crate) fn stopped(&self, first: &str, arguments: &[&str]) -> Said {
        let new = self.clone.objects();
        let (refs, had) = (self.server.git(&["for-each-ref"]), self.server.objects());
        let said = self
            .clone
            .attempt(&[&["push", "origin"], arguments].concat());
        said.ends(1).has(&["(pre-receive hook declined)"]);
        assert!(said.err.starts_with(first), "{}", said.err);
        assert_eq!(
            self.server.git(&["for-each-ref"]),
            refs,
            "the refs of the server"
        );
        for id in new.lines().filter(|id| !had.contains(id)) {
            assert!(
                !self
                    .server
                    .try_git(&["cat-file", "-e", id])
                    .status
                    .success(),
                "{id} is on the server"
            );
        }
        assert_eq!(self.server.objects(), had, "the objects of the server");
        let names = fs::read_dir(self.server.path().join("objects")).unwrap();
        let left: Vec<_> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(
            !left
                .iter()
                .any(|name| name.contains("tmp_") || name.contains("incoming")),
            "{left:?}"
        );
        said
    }
}
