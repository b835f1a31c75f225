//! The facts about a repository that the checks need.

use std::path::PathBuf;

use bstr::BString;

use crate::report::Problem;
use crate::setup::install::InstalledHook;
use crate::steps::Guarded;
use crate::steps::hook::HostSide;

/// Everything that is known.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The repository. Foreign text.
    pub folder: String,
    /// How it is used.
    pub place: HostSide,
    /// Its hooks.
    pub hooks: Hooks,
    /// Its policy.
    pub policy: PolicyFacts,
    /// Its branches.
    pub branches: Branches,
    /// The rest.
    pub repository: Repository,
    /// The CI configuration in the commit of `HEAD`, sorted by path.
    pub ci: Vec<CiFile>,
}

/// The hooks of a repository.
#[derive(Debug, Clone)]
pub struct Hooks {
    /// The folder that Git runs hooks from.
    pub folder: PathBuf,
    /// Whether that is a folder, or does not exist.
    pub is_folder: bool,
    /// Which configuration file names the folder, as an option of `git config`: `--global`.
    pub configured: Option<&'static str>,
    /// The default hooks folder, if it holds graven's hooks and Git ignores
    /// it.
    pub shadowed: Option<PathBuf>,
    /// The hooks that graven would have here.
    pub found: Vec<FoundHook>,
    /// The configuration of hook managers.
    pub managed: Vec<Managed>,
    /// The version of this graven.
    pub version: &'static str,
    /// Whether `graven install` needs `--server` here.
    pub says_server: bool,
}

/// One hook.
#[derive(Debug, Clone)]
pub struct FoundHook {
    /// The hook at that place.
    pub found: InstalledHook,
    /// The binary that it runs, if it is graven's.
    pub binary: Option<Binary>,
}

/// A graven that a hook runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// Its path, as the hook names it.
    pub path: PathBuf,
    /// The version that it reports; `None` when it does not exist or reports none.
    pub version: Option<String>,
    /// True when `path` is not an executable file.
    pub is_gone: bool,
    /// The one on PATH, which a hook runs when `path` does not exist.
    pub fallback: Option<PathBuf>,
}

/// A configuration file of a hook manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// From the root of the work tree.
    pub path: String,
    /// Its content. Foreign text.
    pub text: String,
}

/// Where the policy comes from.
#[derive(Debug, Clone)]
pub struct PolicyFacts {
    /// Where it is, or why it cannot be read.
    pub source: Result<PolicySource, Problem>,
    /// How the policy file of the work tree compares with the one that judges.
    pub work_tree: WorkTree,
    /// How many documents the policy governs in the current tree; `None` without a commit or a policy.
    pub documents: Option<usize>,
}

/// Where a policy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicySource {
    /// In a file outside the tree, which `graven.policy` names.
    File(PathBuf),
    /// In the tree of this commit, abbreviated.
    Tree(String),
    /// In the program: this preset.
    BuiltIn(String),
}

/// A policy file in the work tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkTree {
    /// It is the one that judges, or neither exists, or there is no work tree.
    Same,
    /// It differs from the one that judges.
    Differs,
    /// It does not exist, but another one judges.
    Gone,
}

/// The branches of a repository.
#[derive(Debug, Clone)]
pub struct Branches {
    /// Which are protected; `None` when the policy cannot be read.
    pub guarded: Option<Guarded>,
    /// In a clone, the usual remote, when something of it was fetched. Foreign text.
    pub remote: Option<BString>,
}

/// What else matters of a repository.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// How much of its history it has.
    pub history: History,
    /// How many refs there are in `refs/replace/`.
    pub replaced: usize,
    /// The file of grafts.
    pub grafts: Option<PathBuf>,
    /// Whether Git checks pushed objects as `git fsck` does.
    pub checks_objects: bool,
    /// Whether a push may make the history shallow.
    pub takes_shallow: bool,
}

/// How much of its history a repository has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum History {
    /// Complete.
    #[default]
    Whole,
    /// Commits are missing on purpose.
    Shallow,
    /// Objects are missing on purpose.
    Partial,
}

/// A configuration file of CI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CiFile {
    /// From the root of the tree. Foreign text.
    pub path: String,
    /// Its content; `None` when it is too long or not text.
    pub text: Option<String>,
}
