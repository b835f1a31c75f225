//! The repository in which most legal things are done, and what a team does there.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

use crate::evasion::trial::OTHER;
use crate::support::guarded::{ACCEPTED, ADR, Pushing};
use crate::support::{FORMATS, Repo};

/// An accepted record with prose, a link, a table and a list.
pub(crate) const PATHS: &str = "sdd/adrs/0002-native-paths.md";
pub(crate) const PATHS_TEXT: &str = "# ADR-0002: Native paths\n\n## Status\n\nAccepted\n\n## Context\n\n\
    Backends disagree about separators, and users see what the backend has;\n\
    [the audit](../audits/audit-001-paths.md) lists them.\n\n\
    ## Decision\n\nWe keep native paths.\n\n| backend | separator |\n|---|---|\n| S3 | slash |\n| SMB | backslash |\n\n\
    ## Consequences\n\n- Every backend converts.\n- Nobody guesses.\n";
/// A record that nobody has agreed to yet.
pub(crate) const ADRS: &str = "sdd/adrs";
pub(crate) const CACHE: &str = "sdd/adrs/0003-cache-listings.md";
pub(crate) const CACHE_TEXT: &str = "# ADR-0003: Cache listings\n\n## Status\n\nDraft\n\n## Decision\n\n\
    We may cache listings.\n";
/// A proposal that nobody has agreed to yet.
pub(crate) const RFC: &str = "sdd/rfcs/rfc-0001-streams.md";
/// An audit and a note of research, frozen since they were published.
pub(crate) const AUDIT: &str = "sdd/audits/audit-001-paths.md";
pub(crate) const RESEARCH: &str = "sdd/research/research-parquet.md";
/// Two specs, and the tests of their sections.
pub(crate) const SPEC: &str = "sdd/specs/001-paths.md";
pub(crate) const SPEC_TEXT: &str = "# Paths\n\n**Prefix:** PATH\n\n## Overview\n\nHow paths look.\n\n\
    ## PATH-001: Separators\n\n**Invariant:** A URI MUST use forward slashes between its segments.\n\n\
    ## PATH-002: Length\n\n**Invariant:** A path MUST NOT be longer than 4096 bytes.\n\n\
    ## PATH-003: Roots\n\n**Invariant:** Every path is absolute after normalization, and begins at the root.\n";
pub(crate) const OTHER_SPEC: &str = "sdd/specs/002-cache.md";
pub(crate) const OTHER_SPEC_TEXT: &str = "# Cache\n\n**Prefix:** CACHE\n\n\
    ## CACHE-001: Age\n\n**Invariant:** An entry is dropped after 60 seconds.\n";
pub(crate) const TESTS: &str = "tests/test_paths.py";
pub(crate) const TESTS_TEXT: &str = "import pytest\n\n\n@pytest.mark.spec(\"PATH-001\")\ndef test_separators():\n    \
    assert True\n\n\n@pytest.mark.spec(\"PATH-002\", \"PATH-003\")\ndef test_lengths_and_roots():\n    assert True\n\n\n\
    @pytest.mark.spec(\"CACHE-001\")\ndef test_age():\n    assert True\n";
pub(crate) const CODE: &str = "src/paths.py";
pub(crate) const BACKLOG: &str = "sdd/BACKLOG.md";
pub(crate) const DONE: &str = "sdd/BACKLOG-DONE.md";
pub(crate) const CHANGES: &str = "CHANGELOG.md";

/// All that the team keeps.
pub(crate) const FILES: &[(&str, &str)] = &[
    (ADR, ACCEPTED),
    (PATHS, PATHS_TEXT),
    (CACHE, CACHE_TEXT),
    (
        RFC,
        "# Streams\n\n## Status\n\nUnder Review\n\n## Proposal\n\nRead lazily.\n",
    ),
    (
        AUDIT,
        "# Audit of paths\n\nSMB has backslashes in 3 places.\n",
    ),
    (RESEARCH, "# Parquet\n\nThe disk reads 2 GB/s.\n"),
    (SPEC, SPEC_TEXT),
    (OTHER_SPEC, OTHER_SPEC_TEXT),
    (TESTS, TESTS_TEXT),
    (
        CODE,
        "def join(*segments):\n    return '/'.join(segments)\n",
    ),
    (
        BACKLOG,
        "# Backlog\n\n- [ ] **BK-001 — Reject dots**\n  In every backend.\n- [ ] **BUG-001 — Joins lose a slash**\n",
    ),
    (DONE, "# Done\n\n- [x] **BK-000 — Publish the package**\n"),
    (
        CHANGES,
        "# Changes\n\n## Unreleased\n\n- Paths are joined.\n",
    ),
    ("README.md", "# Atlas\n\nReads anything from anywhere.\n"),
    (
        "sdd/adrs/README.md",
        "# Decisions\n\n- [1](0001-keep-records.md)\n- [2](0002-native-paths.md)\n",
    ),
];

impl Pushing {
    /// A team at work: what it keeps is published, and the hooks of its clone are in place.
    pub(crate) fn begins(&self) -> &Self {
        let past = Past::of(&self.clone);
        past.put(self.server.path(), "refs/heads/main");
        past.put(&self.clone.path().join(".git"), "refs/heads/main");
        past.put(&self.clone.path().join(".git"), "refs/remotes/origin/main");
        // None of them lasts long enough to be tidied.
        configure(
            &self.server.path().join("config"),
            "[gc]\n\tauto = 0\n[receive]\n\tautogc = false\n",
        );
        let text = "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[branch \"main\"]\n\tremote = origin\n\tmerge = refs/heads/main\n";
        configure(&self.clone.path().join(".git/config"), text);
        self.clone.git(&["reset", "--quiet", "--hard"]);
        self.guarded()
    }

    /// Puts the hooks of the clone in place, but for another tool, which has its own.
    pub(crate) fn guarded(&self) -> &Self {
        if env::var_os(OTHER).is_none() {
            self.clone.guard();
        }
        self
    }

    /// A command of git on the way, which is as legal as the last one.
    #[track_caller]
    pub(crate) fn does(&self, arguments: &[&str]) -> &Self {
        let said = self.clone.attempt(arguments);
        said.ends(0).lacks(&["graven"]);
        self
    }

    /// Writes a file and commits everything.
    #[track_caller]
    pub(crate) fn saves(&self, path: &str, text: &str) -> &Self {
        self.clone.write(path, text);
        self.commits(&format!("Write {path}"))
    }

    /// Commits everything in the work tree.
    #[track_caller]
    pub(crate) fn commits(&self, message: &str) -> &Self {
        self.does(&["add", "--all"])
            .does(&["commit", "--quiet", "--message", message])
    }

    /// Replaces words of a file, which have to be there.
    #[track_caller]
    pub(crate) fn edits(&self, path: &str, words: &str, others: &str) -> &Self {
        let text = self.clone.text(path);
        assert!(
            text.contains(words),
            "{words:?} is missing in {path}:\n{text}"
        );
        self.clone.write(path, &text.replace(words, others));
        self
    }

    /// Writes bytes to a file.
    pub(crate) fn bytes(&self, path: &str, bytes: &[u8]) -> &Self {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
        self
    }

    /// Begins a branch and goes there.
    pub(crate) fn branches(&self, name: &str) -> &Self {
        self.does(&["checkout", "--quiet", "-b", name])
    }

    /// Goes to a branch or a commit.
    pub(crate) fn goes(&self, name: &str) -> &Self {
        self.does(&["checkout", "--quiet", name])
    }

    /// Where a file of the work tree is.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.clone.path().join(path)
    }
}

fn configure(file: &Path, lines: &str) {
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, format!("{text}{lines}")).unwrap();
}

/// The first commit of the team, made once for each format of objects.
struct Past {
    commit: String,
    /// Files of a pack, below the folder of objects.
    packed: Vec<(PathBuf, Vec<u8>)>,
}

impl Past {
    fn of(repo: &Repo) -> &'static Self {
        static MADE: [OnceLock<Past>; FORMATS.len()] = [const { OnceLock::new() }; FORMATS.len()];
        let format = repo.git(&["rev-parse", "--show-object-format"]);
        let at = FORMATS.iter().position(|&name| name == format).unwrap();
        MADE[at].get_or_init(|| Self::made(FORMATS[at]))
    }

    fn made(format: &'static str) -> Self {
        let repo = Repo::of_format(format);
        for (path, text) in FILES {
            repo.write(path, text);
        }
        let commit = repo.commit("Begin").to_string();
        repo.git(&["repack", "-a", "-d", "--quiet"]);
        let folder = repo.path().join(".git/objects/pack");
        let names = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name());
        let packed = names
            .map(|name| {
                (
                    Path::new("pack").join(&name),
                    fs::read(folder.join(&name)).unwrap(),
                )
            })
            .collect();
        Self { commit, packed }
    }

    /// Puts it into a Git directory, as a ref.
    fn put(&self, directory: &Path, name: &str) {
        let named = [(
            PathBuf::from(name),
            format!("{}\n", self.commit).into_bytes(),
        )];
        let packed = self
            .packed
            .iter()
            .map(|(path, bytes)| (Path::new("objects").join(path), bytes));
        for (path, bytes) in packed.chain(named.iter().map(|(path, bytes)| (path.clone(), bytes))) {
            let file = directory.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    }
}
